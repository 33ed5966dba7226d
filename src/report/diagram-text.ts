/** Text as it is drawn: as wide as its characters, cut where there is no room, and nothing but text. */

/** Made when it is needed: that takes longer than to load most of the library. */
let graphemes: Intl.Segmenter | undefined
let measure: ((text: string) => number) | undefined

/** How many columns of a monospaced font a text takes; characters of East Asia and emoji take two. */
export function textColumns(text: string): number {
  // Loaded when it is needed: it takes longer than all the rest of the library.
  measure ??= (require('string-width') as typeof import('string-width')).default
  return measure(text)
}

/** The lines of a text, none wider than so many columns; if there are more lines than wanted, the last one is cut. */
export function wrapText(text: string, columns: number, lines: number): string[] {
  const result: string[] = []
  let rest = text
  while (result.length < lines - 1 && textColumns(rest) > columns) {
    const piece = takeColumns(rest, columns)
    const blank = piece.lastIndexOf(' ')
    const line = blank > columns / 2 ? piece.slice(0, blank) : piece
    result.push(line)
    rest = rest.slice(line.length).trimStart()
  }
  return [...result, textColumns(rest) > columns ? `${takeColumns(rest, columns - 1)}…` : rest]
}

/** As many whole characters from the beginning as there is room for. */
function takeColumns(text: string, columns: number): string {
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  let width = 0
  let end = 0
  for (const { segment, index } of graphemes.segment(text)) {
    width += textColumns(segment)
    if (width > columns) break
    end = index + segment.length
  }
  return text.slice(0, end)
}

/**
 * Text for SVG: what XML 1.0 does not allow is replaced, markup escaped, and the direction of writing kept to the text
 * itself.
 */
export function escapeXml(text: string): string {
  const plain = text
    .toWellFormed()
    .replace(NOT_IN_XML, '\ufffd')
    .replace(/[&<>"']/g, (mark) => ESCAPES[mark] as string)
  return /[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]/.test(plain)
    ? `\u2068${plain.replace(OVERRIDES, '\ufffd')}\u2069`
    : plain
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML does not allow
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** Marks that would turn the direction of what follows. */
const OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g
