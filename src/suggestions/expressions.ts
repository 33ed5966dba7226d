/** How Cucumber holds a step against its expressions. */

import { createRequire } from 'node:module'

/** What is needed of the class `CucumberExpression` of @cucumber/cucumber-expressions. */
interface Expression {
  readonly source: string
  match(text: string): unknown
}

/**
 * Has Cucumber pass over each expression that has a word which the step lacks.
 *
 * Cucumber tries all expressions on each step, and at the first step V8 compiles the regular expressions of all of them: that took
 * half of what the library adds to a start. What matches, and how, stays the same.
 */
export function filterExpressions(): void {
  const [prototype] = findPrototypes()
  if (prototype === undefined || FILTERED in prototype.match) return
  const { match } = prototype
  prototype.match = Object.assign(
    function (this: Expression, text: string) {
      return mayMatch(this.source, text) ? match.call(this, text) : null
    },
    { [FILTERED]: true },
  )
}

const FILTERED = Symbol.for('cucumber-websocket.filtered')

/** Calls an observer for each step that is held against an expression, with whether it matches. */
export function observeMatches(observer: (text: string, matches: boolean) => void): void {
  for (const prototype of findPrototypes()) {
    const { match } = prototype
    prototype.match = function (this: Expression, text: string) {
      const result = match.call(this, text)
      observer(text, result !== null)
      return result
    }
  }
}

/** The two classes of expressions that Cucumber has loaded; none if it keeps them elsewhere. */
function findPrototypes(): Expression[] {
  try {
    const cucumber = createRequire(require.resolve('@cucumber/cucumber'))
    const loaded = cucumber.cache[cucumber.resolve('@cucumber/cucumber-expressions')]?.exports
    return [loaded.CucumberExpression.prototype, loaded.RegularExpression.prototype]
    /* c8 ignore next 3 -- of a Cucumber that keeps its expressions elsewhere */
  } catch {
    return []
  }
}

const wordsBySource = new Map<string, readonly (readonly string[])[]>()

function mayMatch(source: string, text: string): boolean {
  const words = wordsBySource.get(source) ?? requiredWords(source)
  wordsBySource.set(source, words)
  return words.every((alternatives) => alternatives.some((word) => text.includes(word)))
}

/** The words that are in each step that an expression matches; of `send(s)/say(s)` one of several. */
export function requiredWords(source: string): string[][] {
  // With an escape, a bracket or a slash may be a part of a word.
  if (source.includes('\\')) return []
  return source
    .replace(/\([^()]*\)|\{[^{}]*\}/g, (part) => (part.startsWith('{') || /\s/.test(part) ? ' ' : '\0'))
    .split(/\s+/)
    .map((chunk) => chunk.split('/').map(longestPart))
    .filter((alternatives) => alternatives.every((word) => word !== ''))
}

/** Of a word with an optional part, what is always there: `reply` of `reply(ing)`. */
function longestPart(word: string): string {
  return word.split('\0').reduce((longest, part) => (part.length > longest.length ? part : longest), '')
}
