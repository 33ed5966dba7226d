/** Splits command lines into words without a shell, and finds what only a shell would understand. */

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

/** Operators, names of files that a shell would look for, and values that it would fill in (IEEE 1003.1, Shell Command Language). */
const SHELL_SYNTAX =
  /&&|\|\|?|(?<!\d)\d*(?:>>?|<)(?:&\d)?|;|(?<=^|\s)&(?=\s|$)|&$|\$(?:\w+|\()|`|(?<=^|\s)~(?=\/|\s|$)|(?<!\S)[^\s*]*\*\S*/

/** The first part of a command line that means something to a shell alone, unless it is quoted. */
export function findShellSyntax(command: string): string | undefined {
  const bare = [...command.matchAll(PIECE)].map(([piece, , , , written]) =>
    // What is quoted, or the value of a variable, joins what stands beside it.
    (written ?? (piece.trim() === '' ? ' ' : 'x')).replace(/\$\{[^{}]*\}/g, 'x'),
  )
  return SHELL_SYNTAX.exec(bare.join(''))?.[0]
}
