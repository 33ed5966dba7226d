/** Aligns a step with a form of a sentence: the cheapest way to turn the one into the other. */

import { textDistance } from '../text/nearest'
import type { Part, Placeholder, Word } from './sentence-form'
import { areDifferent, areSynonyms, isAuxiliary, isFiller } from './synonyms'

/** A sentence as it may have been meant, and how far it is from the step; 0 is the same. */
export interface Guess {
  readonly text: string
  readonly cost: number
}

/** What a text is in a place, and how much of it had to be mended. */
export type FitParameter = (parameter: string, text: string) => Guess | undefined

/** A part of a sentence is missing, is too much, or is another one. */
const COST = { missingWord: 0.7, missingFiller: 0.3, missingPlace: 0.8, extraFiller: 0.2 }
const SYNONYM = 0.35

/** Words farther apart are different words. */
const MAX_DISTANCE = 0.4

/** Beyond this, it was not meant. */
export const MAX_COST = 0.85

/** How many words may stand in one place. */
const MAX_WORDS_IN_PLACEHOLDER = 12

/** How the words that follow somebody, or a number, are written. */
interface Agreement {
  readonly be: 'is' | 'are' | 'am'
  readonly endsInS: boolean
}

const SINGULAR: Agreement = { be: 'is', endsInS: true }

interface State extends Guess {
  readonly agreement: Agreement
}

/** The cheapest alignment, or none that is near. */
export function align(words: readonly string[], form: readonly Part[], fitting: FitParameter): Guess | undefined {
  let row: (State | undefined)[] = [{ text: '', cost: 0, agreement: SINGULAR }]
  for (let at = 0; at < words.length; at++) row.push(skip(row[at], words[at] as string))
  for (const part of form) row = alignPart(row, words, part, fitting)
  return row.at(-1)
}

/** From how the words fit the parts so far, how they fit one part more; each entry is for so many words. */
function alignPart(
  row: readonly (State | undefined)[],
  words: readonly string[],
  part: Part,
  fitting: FitParameter,
): (State | undefined)[] {
  const following: (State | undefined)[] = []
  for (let end = 0; end <= words.length; end++) {
    const word = words[end - 1]
    const candidates = [
      'parameter' in part ? omitPlaceholder(row[end], part) : omitWord(row[end], part),
      word === undefined ? undefined : skip(following[end - 1], word),
      ...('parameter' in part
        ? takePlaceholders(row, words.slice(0, end), part, fitting)
        : [word === undefined ? undefined : takeWord(row[end - 1], word, part)]),
    ]
    following.push(cheapest(candidates))
  }
  return following
}

function* takePlaceholders(
  row: readonly (State | undefined)[],
  words: readonly string[],
  part: Placeholder,
  fitting: FitParameter,
): Iterable<State | undefined> {
  for (let start = Math.max(0, words.length - MAX_WORDS_IN_PLACEHOLDER); start < words.length; start++) {
    const before = row[start]
    const found = before && fitting(part.parameter, words.slice(start).join(' '))
    if (before && found) yield extend(before, part, { ...found, agreement: agreementOf(part.parameter, found.text) })
  }
}

function omitPlaceholder(before: State | undefined, part: Placeholder): State | undefined {
  const example = EXAMPLES[part.parameter]
  return before && example !== undefined ? extend(before, part, { text: example, cost: COST.missingPlace }) : undefined
}

function omitWord(before: State | undefined, part: Word): State | undefined {
  if (!before) return undefined
  const word = chooseVariant(part, before.agreement)
  if (DECISIVE.test(word)) return undefined
  const cost = isFiller(word) || isAuxiliary(word) ? COST.missingFiller : COST.missingWord
  return extend(before, part, { text: word, cost })
}

/** With one of these, which nobody has said, a sentence says something else. */
const DECISIVE = /^(?:then|any|order:?|exactly|only|most|least|never|no|nothing|nobody|else|not|without)$/

function takeWord(before: State | undefined, word: string, part: Word): State | undefined {
  if (!before) return undefined
  const same = part.variants.find((variant) => variant.toLowerCase() === word.toLowerCase())
  const cost =
    same !== undefined ? 0 : Math.min(...part.variants.map((variant) => wordCost(variant, word.toLowerCase())))
  return extend(before, part, { text: chooseVariant(part, before.agreement, word), cost })
}

function wordCost(variant: string, word: string): number {
  const bare = (text: string) => text.replace(/[:,.]$/, '')
  if (areSynonyms(bare(variant), bare(word))) return SYNONYM
  if (areDifferent(bare(variant), bare(word))) return Number.POSITIVE_INFINITY
  const distance = textDistance(variant, word)
  return distance <= MAX_DISTANCE ? distance : Number.POSITIVE_INFINITY
}

function skip(before: State | undefined, word: string): State | undefined {
  // Any other word may change what is said into its contrary.
  return before && isFiller(word.toLowerCase())
    ? ifNear({ ...before, cost: before.cost + COST.extraFiller })
    : undefined
}

/** What is added to a sentence; without an agreement, that of before holds on. */
interface Addition extends Guess {
  readonly agreement?: Agreement | undefined
}

function extend(before: State, { isGlued }: Part, { text, cost, agreement }: Addition): State | undefined {
  const blank = isGlued || before.text === '' ? '' : ' '
  return ifNear({
    text: before.text + blank + text,
    cost: before.cost + cost,
    agreement: agreement ?? before.agreement,
  })
}

function ifNear(state: State): State | undefined {
  return state.cost <= MAX_COST ? state : undefined
}

function cheapest(states: Iterable<State | undefined>): State | undefined {
  let best: State | undefined
  for (const state of states) if (state && (!best || state.cost < best.cost)) best = state
  return best
}

/** The form that agrees with whom it is about: of the verb that was written, or of the first one. */
function chooseVariant({ variants, verbs }: Word, { be, endsInS }: Agreement, written = ''): string {
  const forms = verbs.find((all) => all.includes(written)) ?? (verbs[0] as readonly string[])
  return (variants.find((variant) => variant === be) ?? (endsInS ? forms[0] : forms.at(-1))) as string
}

function agreementOf(parameter: string, text: string): Agreement | undefined {
  if (parameter === 'int') return text === '1' ? { be: 'is', endsInS: false } : { be: 'are', endsInS: true }
  if (parameter === 'word') return { be: 'are', endsInS: false }
  if (parameter === 'duration') return { be: 'are', endsInS: text.startsWith('1 ') }
  if (parameter !== 'clients' && parameter !== 'client') return undefined
  if (text === 'I') return { be: 'am', endsInS: false }
  return / and |^(?:they|both|the others)$|^(?:the|all|both)(?: \w+)* \w+s$/.test(text)
    ? { be: 'are', endsInS: false }
    : SINGULAR
}

/** What is suggested for a placeholder that the step leaves out. */
const EXAMPLES: Readonly<Record<string, string>> = {
  message: '"…"',
  string: '"…"',
  duration: '2 seconds',
  pronoun: 'he',
}
