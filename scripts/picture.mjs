/** Takes the picture of the living documentation that the README shows, from a run of the features of the chat. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const SCENARIO = '#chat-meeting--two-people-meet'

const page = join(mkdtempSync(join(tmpdir(), 'picture-')), 'index.html')
const format = ['--format', `./features/support/living-docs.js:${page}`]
const { status } = spawnSync('node_modules/.bin/cucumber-js', ['features/chat', ...format], { stdio: 'inherit' })
if (status !== 0) throw new Error('The features of the chat do not pass.')

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const tab = await browser.newPage({ viewport: { width: 860, height: 640 }, deviceScaleFactor: 1.5 })
await tab.goto(pathToFileURL(page).href)
await tab.locator(SCENARIO).evaluate((scenario) => scenario.scrollIntoView())
await tab.locator(`${SCENARIO} .picture text`).first().waitFor()
await tab.screenshot({ path: 'docs/living-documentation.png' })
await browser.close()
