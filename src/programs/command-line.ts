/** Splits command lines into words without a shell. */

/** A space, or a piece of a word: in single quotes, in double quotes, after a backslash, or bare, as variables may be. */
const PIECE = /\s+|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(\W)|((?:\$\{[^{}]*\}|[^\s'"\\]|\\\w)+)/gsy

/**
 * Splits a command line into words as a shell does, except that a backslash before a letter stands for itself, as in
 * paths of Windows; undefined if a quote is not closed.
 */
export function splitCommandLine(command: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let read = 0
  for (const [piece, single, double, escaped, bare] of command.matchAll(PIECE)) {
    read += piece.length
    const part = single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? bare
    if (part !== undefined) word = (word ?? '') + part
    else if (word !== undefined) words.push(word)
    if (part === undefined) word = undefined
  }
  if (read < command.length) return undefined
  return word === undefined ? words : [...words, word]
}
