/** Names and clauses as sentences write them. */

import { quoted } from './excerpt'

/** How many names a list has at most; of more, the last is a number. */
const MAX_NAMES = 10

/** Several names as people list them: `Ann, Bob and Carol`. */
export function joinNames(names: readonly string[]): string {
  const first = names.slice(0, MAX_NAMES - 1)
  const shown = names.length > MAX_NAMES ? [...first, `${names.length - first.length} others`] : names
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/** A name as a sentence writes it: a role with its article, one with a blank in quotes. */
export function formatName(name: string): string {
  if (/^[a-z]+$/.test(name)) return `the ${name}`
  return /^[^\s"]+$/.test(name) ? name : quoted(name)
}

/** A clause about a client: `Rob is connected`, and in the first person `I am connected`. */
export function conjugate(name: string, predicate: string): string {
  if (name !== 'I') return `${name} ${predicate}`
  const verb = predicate.split(' ', 1)[0] as string
  return `I ${FIRST_PERSON[verb] ?? verb}${predicate.slice(verb.length)}`
}

/** The verbs of all predicates that differ in the first person. */
const FIRST_PERSON: Readonly<Record<string, string>> = {
  is: 'am',
  has: 'have',
  does: 'do',
  receives: 'receive',
  disconnects: 'disconnect',
  reconnects: 'reconnect',
  pings: 'ping',
}

/** A step to write, about a client of that name. */
export function exampleStep(name: string, predicate: string): string {
  return conjugate(formatName(name), predicate)
}

/** A text as the end of a sentence: with a full stop, and with one alone. */
export function ended(text: string): string {
  return text.endsWith('.') ? text : `${text}.`
}
