/** What a step that no sentence answers may have meant: the nearest sentences, in the writer's own words. */

import { align, FAR, type Fitting, type Guess } from './alignment'
import { formsOf } from './sentence-form'

/** A sentence that is defined; RegExp patterns among them are passed over. */
export interface Definition {
  readonly pattern: string | RegExp
  readonly expression: {
    readonly parameterTypes?: readonly {
      readonly name?: string | undefined
      readonly regexpStrings: readonly string[]
    }[]
    match(text: string): unknown
  }
}

/** How many are told. */
const TOLD = 3

/** Others are told if they are nearly as near as the nearest. */
const NEARLY = 0.3

/** A step of more words is not looked at. */
const WORDS = 60

const COLON = 0.1

/**
 * The nearest sentences, the nearest first; none if nothing is near.
 * @param hasArgument whether a table or a doc string stands below the step
 */
export function suggestionsFor(text: string, hasArgument: boolean, definitions: readonly Definition[]): string[] {
  const words = wordsOf(text)
  if (words.length > WORDS) return []
  const fitting = fittingOf(definitions)
  const guesses = new Map<string, number>()
  for (const definition of definitions) {
    if (typeof definition.pattern !== 'string') continue
    for (const form of formsOf(definition.pattern)) {
      const guess = align(words, form, fitting)
      if (!guess || definition.expression.match(guess.text) === null) continue
      const cost = guess.cost + (guess.text.endsWith(':') === hasArgument ? 0 : COLON)
      guesses.set(guess.text, Math.min(cost, guesses.get(guess.text) ?? cost))
    }
  }
  const ranked = [...guesses].sort(([, one], [, other]) => one - other)
  const limit = Math.min(FAR, (ranked[0]?.[1] ?? 0) + NEARLY)
  return ranked
    .filter(([, cost]) => cost <= limit)
    .slice(0, TOLD)
    .map(([sentence]) => sentence)
}

/** What a text is in a place; the places of one name are the same in all sentences. */
function fittingOf(definitions: readonly Definition[]): Fitting {
  const types = new Map<string, RegExp>()
  for (const { name = '', regexpStrings } of definitions.flatMap(({ expression }) => expression.parameterTypes ?? [])) {
    if (!types.has(name)) types.set(name, new RegExp(`^(?:${regexpStrings.join('|')})$`))
  }
  const known = new Map<string, Guess | undefined>()
  return (parameter, text) => {
    const key = `${parameter} ${text}`
    if (!known.has(key)) {
      const guesses = [{ text, cost: 0 }, ...mendings(parameter, text)]
      known.set(
        key,
        guesses.find((guess) => types.get(parameter)?.test(guess.text)),
      )
    }
    return known.get(key)
  }
}

/** What a text may become so that it fits a place. */
function* mendings(parameter: string, text: string): Iterable<Guess> {
  if (parameter === 'message' || parameter === 'string') {
    const curly = /^[“”„«»‘’‚‹›](.*)[“”„«»‘’‚‹›]$/s.exec(text)?.[1]
    if (curly !== undefined) yield { text: `"${curly}"`, cost: 0.1 }
    else if (!/["'{}[\]]/.test(text)) yield { text: `"${text}"`, cost: 0.6 }
  }
  if (parameter === 'client' || parameter === 'clients') {
    if (text === 'everybody' || text === 'all') yield { text: 'everyone', cost: 0.3 }
    else if (/^[a-z]{2,}$/.test(text)) yield { text: text.replace(/^./, (first) => first.toUpperCase()), cost: 0.5 }
  }
}

const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'(?!\w)|[“”„«‘‚‹][^“”„«»‘’‚‹›]*[“”»’›]/y

/** The words of a step; what is quoted, and JSON, is one word. Marks that people add are left out. */
function wordsOf(text: string): string[] {
  const words: string[] = []
  const source = text
    .trim()
    .replace(/\.$/, '')
    .replace(/\b(do|does|did|should|will|must|can|has|have|is|are)n['’]t\b/g, '$1 not')
    .replace(/\bno one\b/g, 'nobody')
  let at = 0
  while (at < source.length) {
    QUOTED.lastIndex = at
    const word =
      QUOTED.exec(source)?.[0] ??
      jsonAt(source, at) ??
      /^(?:\s+|['’]s\b|,|[^\s'’]+|.)/s.exec(source.slice(at, at + 500))?.[0] ??
      ''
    if (word.trim() !== '' && word !== ',') words.push(word)
    at += Math.max(word.length, 1)
    if (words.length > WORDS) break
  }
  return words
}

/** JSON from its opening to its closing bracket. */
function jsonAt(source: string, start: number): string | undefined {
  if (!'{['.includes(source[start] as string)) return undefined
  let depth = 0
  for (let at = start; at < source.length; at++) {
    const mark = source[at] as string
    if (mark === '"') {
      QUOTED.lastIndex = at
      at += (QUOTED.exec(source)?.[0].length ?? source.length) - 1
    } else if ('{['.includes(mark)) depth++
    else if ('}]'.includes(mark) && --depth === 0) return source.slice(start, at + 1)
  }
  return source.slice(start)
}
