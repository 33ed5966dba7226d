/** A real browser for what people look at. */

import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Whether there is one; where everything is checked there must be. */
export const hasBrowser = existsSync(CHROMIUM) || process.env.CI !== undefined

/** Starts Chromium: Debian's, or the one that the variable CHROMIUM names. */
export function openBrowser(): Promise<Browser> {
  // Without the sandbox, since it may run in a container.
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
}
