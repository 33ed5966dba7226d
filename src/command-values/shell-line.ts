/** A line for a POSIX shell, with references in the place of its variables (IEEE 1003.1, Shell Command Language, 2.2). */

import { invalidCommandLine, type ProcessLabel, unsafeCommandValue } from '../processes/program-failure'

/** A character after a backslash, a quoted text, a variable, or what stands between them. */
const PIECE = /\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\$\{[^{}]*\}|[^\\'"$]+|[\s\S]/g
const QUOTED_PIECE = /\\[\s\S]|\$\{[^{}]*\}/g
const VARIABLE = /\$\{[^{}]*\}/

/** What makes a shell read a part of the line by other rules than those of words and quotes. */
const UNSUPPORTED = /`|\$[(['"]|<<|(?<![^\s;&|()])#/
const NESTED = /`|\$[([]/

/**
 * Puts a reference in the place of each variable, so that a shell neither splits its value nor reads quotes in it.
 * @param refer the name of the environment variable that has the value of a variable
 * @throws UsageError if a quote is left open, or a shell reads no value there
 */
export function referToValues(label: ProcessLabel, line: string, refer: (variable: string) => string): string {
  const [unsupported] = UNSUPPORTED.exec(line.replace(PIECE, withoutQuoted)) ?? []
  if (unsupported) throw unsafeCommandValue(label, unsupported, 'is not supported')
  return line.replace(PIECE, (piece) => {
    if (/^['"\\]$/.test(piece)) throw invalidCommandLine(label, line)
    if (piece.startsWith('${')) return `"\${${refer(piece)}}"`
    if (piece.startsWith('"'))
      return piece.replace(QUOTED_PIECE, (part) => (part.startsWith('$') ? `\${${refer(part)}}` : part))
    const variable = piece.startsWith("'") && VARIABLE.exec(piece)?.[0]
    if (variable) throw unsafeCommandValue(label, variable, 'is in single quotes')
    return piece
  })
}

/** What a shell reads by its own rules in a piece of a line: in double quotes only what is nested in them. */
function withoutQuoted(piece: string): string {
  if (piece.startsWith('\\')) return 'x'
  if (piece.startsWith("'")) return "''"
  if (piece.startsWith('"')) return `"${NESTED.exec(piece.replace(/\\[\s\S]/g, ''))?.[0] ?? ''}"`
  return piece.startsWith('${') ? '""' : piece
}
