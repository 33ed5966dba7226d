/** What a command writes. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { inWords } from './in-words'

/** Writes a file, in a folder that need not be there. */
export function writeWhole(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  } catch (error) {
    throw inWords(error, `${quoted(file)} cannot be written`)
  }
}

/**
 * Makes sure that nothing but an earlier page would be lost: a shell may have put a file of messages behind `--out`.
 * @param mark what such a page has in it
 */
export function requireReplaceable(file: string, mark: string): void {
  if (!existsSync(file)) return
  if (readHead(file).includes(mark)) return
  throw new UsageError(
    `${quoted(file)} is there already, and is not a page of this command: name another file, as in --out reports/index.html, or remove it.`,
  )
}

function readHead(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(0, 2000)
  } catch (error) {
    throw inWords(error, `${quoted(file)} cannot be written`)
  }
}
