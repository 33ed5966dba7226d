/** Long texts, cut so that a person can read them. */

/** How many letters of a text are shown. */
const LETTERS = 300

/** The beginning of a text; a cut one says how long it is. Invisible characters are made visible. */
export function excerpt(text: string, letters = LETTERS): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a console
  const invisible = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g
  const visible = text.slice(0, letters).replace(invisible, (char) => JSON.stringify(char).slice(1, -1))
  return text.length > letters ? `${visible}… (${text.length} characters)` : visible
}

/** A phrase in quotes, cut if it is long. */
export function quoted(phrase: string): string {
  return `"${excerpt(phrase)}"`
}

/** The beginning of binary data, in hexadecimal digits. */
export function hexExcerpt(bytes: Buffer): string {
  const digits = bytes.subarray(0, LETTERS / 2).toString('hex')
  return bytes.length > LETTERS / 2 ? `bytes ${digits}… (${bytes.length} bytes)` : `bytes ${digits}`
}

/** Two values to compare, where long texts are cut to the surroundings of their first difference. */
export function comparable(expected: unknown, actual: unknown): { expected: unknown; actual: unknown } {
  if (typeof expected === 'string' && typeof actual === 'string') {
    if (expected.length <= LETTERS && actual.length <= LETTERS) return { expected, actual }
    const from = Math.max(0, firstDifference(expected, actual) - LETTERS / 3)
    const around = (text: string) => `${from > 0 ? '…' : ''}${excerpt(text.slice(from))}`
    return { expected: around(expected), actual: around(actual) }
  }
  if (!isContainer(expected) || !isContainer(actual)) return { expected: shorten(expected), actual: shorten(actual) }
  const [e, a] = [empty(expected), empty(actual)]
  for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const both = comparable(expected[name], actual[name])
    if (name in expected) e[name] = both.expected
    if (name in actual) a[name] = both.actual
  }
  return { expected: e, actual: a }
}

function firstDifference(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  return at
}

function shorten(value: unknown): unknown {
  return typeof value === 'string' ? excerpt(value) : value
}

function empty(like: object): Record<string, unknown> {
  return (Array.isArray(like) ? [] : {}) as Record<string, unknown>
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
