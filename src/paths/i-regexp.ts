/** Patterns of `match` and `search` in a JSONPath: I-Regexp (RFC 9485). */

import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { loadJsonP3 } from './json-p3'

/** In characters; to compile a longer one may take all time and memory, and nothing can stop it. */
const MAX_LENGTH = 1000

/**
 * An I-Regexp as JavaScript has it; undefined for what is none, which matches nothing.
 * @param isWhole whether it is for the whole text, and not for a part of it
 * @throws UsageError for one that is too long
 */
export function compilePattern(pattern: unknown, isWhole: boolean): RegExp | undefined {
  if (typeof pattern !== 'string') return undefined
  if (pattern.length > MAX_LENGTH) {
    throw new UsageError(
      `The pattern ${quoted(pattern)} of a path has more than ${MAX_LENGTH} characters: give a shorter one.`,
    )
  }
  if (!isIRegexp(pattern)) return undefined
  const source = translate(pattern)
  try {
    // As a part of the other, a)(b would be one.
    const part = new RegExp(source, 'u')
    return isWhole ? new RegExp(`^(?:${source})$`, 'u') : part
  } catch {
    // Such as a{3,2}, [b-a] or \p{Xy}.
    return undefined
  }
}

/** @throws Error for what is not an I-Regexp: it would match nothing, and nobody would see why */
export function requirePattern(pattern: string, name: string): void {
  if (compilePattern(pattern, false)) return
  throw new Error(
    `${quoted(pattern)} is not a pattern that ${name} knows, which are those of I-Regexp (RFC 9485): ` +
      'write [0-9] for \\d, [A-Za-z0-9_] for \\w, [$] for \\$, ( for (?:',
  )
}

/**
 * json-p3 checks the grammar alone where it is asked for errors, and does not know that `'` is an ordinary character. It tries
 * the pattern at once: with a letter before it, it ends soon.
 */
function isIRegexp(pattern: string): boolean {
  const { Match } = loadJsonP3().jsonpath.functions
  try {
    new Match({ throwErrors: true, cacheSize: 0 }).call('', `a(${pattern.replaceAll("'", ',')})`)
  } catch (error) {
    return (error as Error).name !== 'IRegexpError'
  }
  return true
}

/** A class of characters, an escape, or one character. */
const PART = /\[(?:[^\]\\]|\\.)*\]|\\.|./gsu

/**
 * RFC 9485, section 5.3. `^` and `$` are ordinary characters there, and yet anchors at the ends, as the compliance tests of
 * RFC 9535 have it: nobody who writes them there means anything else.
 */
function translate(pattern: string): string {
  const parts = pattern.match(PART) ?? []
  const translated = parts.map((part, at) => {
    if (part === '.') return '[^\\n\\r]'
    if (part === '\\-') return '-'
    if (part === '^') return isEnd(parts[at - 1], '(') ? part : '\\^'
    if (part === '$') return isEnd(parts[at + 1], ')') ? part : '\\$'
    return part
  })
  return translated.join('')
}

/** Whether an alternative ends before, or behind, what stands there. */
function isEnd(next: string | undefined, parenthesis: string): boolean {
  return next === undefined || next === '|' || next === parenthesis
}
