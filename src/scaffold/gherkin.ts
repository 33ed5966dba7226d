/** Gherkin as prettier writes it: steps with their tables, one below the other. */

/** A step, or a comment of one line. */
export interface WrittenStep {
  readonly text: string
  readonly rows?: readonly (readonly string[])[]
}

/** A table, with its columns below each other. */
export function formatTable(rows: readonly (readonly string[])[], indent: string): string[] {
  const cells = rows.map((row) => row.map(escapeCell))
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => (row[column] as string).length)))
  return cells.map((row) => `${indent}| ${row.map((cell, at) => cell.padEnd(widths[at] as number)).join(' | ')} |`)
}

const LINE = 120

/** What a feature says of itself, in lines. */
export function formatProse(text: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? `  ${word}` : `${line} ${word}`
    if (line !== '' && longer.length > LINE) lines.push(line)
    line = line !== '' && longer.length > LINE ? `  ${word}` : longer
  }
  return [...lines, line]
}

/** A step with its table. */
export function formatStep({ text, rows = [] }: WrittenStep): string[] {
  return [`    ${text}`, ...formatTable(rows, '      ')]
}

function escapeCell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', '\\n')
}

/** A text within quotes, as sentences have it. */
export function inQuotes(text: string): string {
  return `"${inOneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

/** A text that may stand in a line of a feature. */
export function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
