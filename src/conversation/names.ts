/** Names as sentences write them. */

/** Several names as people list them: `Ann, Bob and Carol`. */
export function listing(names: readonly string[]): string {
  const shown = names.length > 10 ? [...names.slice(0, 9), `${names.length - 9} others`] : names
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/** A name as a sentence writes it: a role with its article, one with a blank in quotes. */
export function inSentence(name: string): string {
  if (/^[a-z]+$/.test(name)) return `the ${name}`
  return /^[^\s"]+$/.test(name) ? name : `"${name}"`
}

/** A clause about somebody, which is written of one: «Rob is connected», and of me: «I am connected». */
export function clause(name: string, predicate: string): string {
  if (name !== 'I') return `${name} ${predicate}`
  const verb = predicate.split(' ', 1)[0] as string
  return `I ${FIRST_PERSON[verb] ?? verb.replace(/s$/, '')}${predicate.slice(verb.length)}`
}

const FIRST_PERSON: Readonly<Record<string, string>> = { is: 'am', has: 'have', does: 'do', was: 'was' }

/** A sentence to write, about somebody of that name. */
export function advised(name: string, predicate: string): string {
  return clause(inSentence(name), predicate)
}
