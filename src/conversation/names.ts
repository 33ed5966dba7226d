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
