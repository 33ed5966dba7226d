/** A text in which characters may be escaped: as JSON, addresses and HTML do it, also one within another. */

/** One way to read what stands at a place of a text. */
export interface Reading {
  /** The character: itself, or what an escape stands for. */
  readonly character: string
  /** Where the next one begins. */
  readonly end: number
}

/** How deep escapes are read: JSON in JSON in an address has three levels. */
const LEVELS = 3

/** A run of so many backslashes stands for nothing but backslashes, where three levels of escapes are read. */
const LONG_RUN = 2 ** LEVELS

/** How much may still be done for escapes within escapes; below 0 the rest of a text is to be hidden. */
export interface Effort {
  left: number
}

const SHORTHAND: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** How many digits follow in JSON, and in regular expressions. */
const HEXADECIMAL_ESCAPES: Readonly<Record<string, number>> = { u: 4, x: 2 }

/** What a backslash and a character mean: JSON escapes some, regular expressions and JSONPath any mark. */
function shorthand(character: string): string | undefined {
  return SHORTHAND[character] ?? (/^[!-/:-@[-`{-~]$/.test(character) ? character : undefined)
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
])
const ENTITY = /(?:#0{0,20}(\d{1,7})|#x0{0,20}([\da-f]{1,6})|(\w{2,4}));/iy

/** Whether a character may begin an escape. */
export function isLead(code: number): boolean {
  return code === BACKSLASH || code === PERCENT || code === PLUS || code === AMPERSAND
}

const [BACKSLASH, PERCENT, PLUS, AMPERSAND] = [...'\\%+&'].map((lead) => lead.charCodeAt(0))

/** A text, and how each of its places can be read. */
export class SpelledText {
  /** What is known of the places where an escape begins; places overlap, so that each is asked for several times. */
  private known: Map<number, readonly Reading[]> | undefined

  /** @param effort is used up by escapes within escapes, and may be shared by several texts */
  constructor(
    readonly source: string,
    readonly effort: Effort = { left: Number.POSITIVE_INFINITY },
  ) {}

  /** Whether it has so many escapes within escapes that to read the rest takes too long. */
  get isOverloaded(): boolean {
    return this.effort.left < 0
  }

  /** All characters that an escape may stand for at a place, and perhaps others; undefined if it must be read to be known. */
  charactersAt(place: number): string | undefined {
    const { source } = this
    const code = source.charCodeAt(place)
    const lead = source.charAt(place)
    const escaped = this.simpleEscape(code, place + 1)
    if (escaped) return lead + escaped.character + (this.latinByte(place)?.character ?? '')
    if (code === AMPERSAND) return this.entity(place + 1) ? undefined : lead
    if (code !== BACKSLASH) return undefined
    let end = place + 1
    while (end - place < LONG_RUN && source.charCodeAt(end) === BACKSLASH) end++
    if (end - place === LONG_RUN) return lead
    const next = source.charAt(end)
    return next in HEXADECIMAL_ESCAPES || isLead(next.charCodeAt(0)) ? undefined : lead + (shorthand(next) ?? '')
  }

  /** All ways to read what stands at a place, as it is first. */
  readingsAt(place: number): readonly Reading[] {
    return this.read(place, LEVELS)
  }

  /** The way to read what stands at a place that takes in most of the text. */
  longestReadingAt(place: number): Reading {
    const simple = this.simpleEscape(this.source.charCodeAt(place), place + 1)
    if (simple) return simple
    return this.readingsAt(place).reduce((longest, reading) => (reading.end > longest.end ? reading : longest))
  }

  /** Where the escape may end that begins at a place; nowhere if none does. */
  escapeEndsAt(place: number): readonly number[] {
    if (!isLead(this.source.charCodeAt(place))) return []
    return this.readingsAt(place).flatMap(({ end }) => (end === place + 1 ? [] : [end]))
  }

  private read(place: number, level: number): readonly Reading[] {
    const character = this.source.charAt(place)
    if (character === '') return []
    const plain = { character, end: place + 1 }
    const code = character.charCodeAt(0)
    if (level === 0 || !isLead(code)) return [plain]
    const escaped = this.simpleEscape(code, place + 1)
    if (escaped) return [plain, escaped, ...asList(this.latinByte(place))]
    if (code === AMPERSAND && !this.entity(place + 1)) return [plain]
    const key = place * (LEVELS + 1) + level
    this.known ??= new Map()
    const known = this.known.get(key)
    if (known) return known
    this.effort.left--
    const readings: Reading[] = []
    for (const lead of this.read(place, level - 1)) {
      for (const reading of [lead, ...this.afterLead(lead, place, level - 1)]) {
        const isNew = readings.every(({ end, character: other }) => end !== reading.end || other !== reading.character)
        if (isNew) readings.push(reading)
      }
    }
    this.known.set(key, readings)
    return readings
  }

  /** What an escape stands for that means the same on each level, as most do; undefined if others must be looked for. */
  private simpleEscape(lead: number, next: number): Reading | undefined {
    const { source } = this
    if (lead === PLUS) return { character: ' ', end: next }
    if (lead === AMPERSAND) return notLead(this.entity(next))
    const kind = source.charAt(next)
    const isShort = lead === BACKSLASH && kind !== 'u' && kind !== 'x'
    const digits = lead === BACKSLASH && kind === 'u' ? 4 : 2
    const start = lead === PERCENT ? next : next + 1
    const code = isShort ? shorthand(kind)?.charCodeAt(0) : this.hexAt(start, digits)
    if (code === undefined || isLead(code)) return undefined
    // What follows may be a byte of the same character, and be escaped otherwise.
    const isOne = !isLead(source.charCodeAt(next + 2))
    if (lead === PERCENT && code > 0x7f)
      return this.percentEncoded(next) ?? (isOne ? this.latinByte(next - 1) : undefined)
    return { character: String.fromCharCode(code), end: isShort ? next + 1 : start + digits }
  }

  /** A character of several bytes in UTF-8, each of them just `%` and two digits. */
  private percentEncoded(next: number): Reading | undefined {
    const length = 3 * (1 + continuationBytes(this.hexAt(next, 2) as number))
    const encoded = this.source.slice(next - 1, next - 1 + length)
    if (!/^(?:%[\da-f]{2})(?:%[89ab][\da-f])*$/i.test(encoded) || encoded.length < length) return undefined
    const character = Buffer.from(encoded.replaceAll('%', ''), 'hex').toString()
    return { character, end: next - 1 + length }
  }

  /** The character of Latin-1, which servers and forms in it write as one byte: `%E4`. */
  private latinByte(place: number): Reading | undefined {
    const code = this.source.charCodeAt(place) === PERCENT ? this.hexAt(place + 1, 2) : undefined
    return code !== undefined && code > 0x7f ? { character: String.fromCharCode(code), end: place + 3 } : undefined
  }

  private afterLead(lead: Reading, place: number, level: number): Reading[] {
    switch (lead.character) {
      case '\\':
        return this.backslash(lead, place, level)
      case '%':
        return this.percent(lead, level)
      case '&':
        return asList(this.entity(lead.end))
      case '+':
        return [{ character: ' ', end: lead.end }]
      default:
        return []
    }
  }

  private backslash({ end: start }: Reading, place: number, level: number): Reading[] {
    return this.read(start, level).flatMap(({ character, end }) => {
      // One of the same level: a run of backslashes could be divided in too many ways otherwise.
      if (character === '\\') return end - start === start - place ? [{ character, end }] : []
      const digits = HEXADECIMAL_ESCAPES[character]
      if (digits !== undefined) {
        const unit = this.hexAt(end, digits)
        return unit === undefined ? [] : [{ character: String.fromCharCode(unit), end: end + digits }]
      }
      const meant = shorthand(character)
      return meant === undefined ? [] : [{ character: meant, end }]
    })
  }

  /** The bytes of a character in UTF-8, and what the first of them is in Latin-1. */
  private percent({ end: start }: Reading, level: number): Reading[] {
    const first = this.hexAt(start, 2)
    if (first === undefined) return []
    const latin = first > 0x7f ? [{ character: String.fromCharCode(first), end: start + 2 }] : []
    let end = start + 2
    const bytes = [first]
    for (let left = continuationBytes(first); left > 0; left--) {
      const [next] = this.read(end, level).flatMap((reading) => {
        const byte = reading.character === '%' ? this.hexAt(reading.end, 2) : undefined
        return byte !== undefined && byte >> 6 === 0b10 ? [{ byte, end: reading.end + 2 }] : []
      })
      if (!next) return latin
      bytes.push(next.byte)
      end = next.end
    }
    return [{ character: Buffer.from(bytes).toString(), end }, ...latin]
  }

  private entity(start: number): Reading | undefined {
    ENTITY.lastIndex = start
    const [whole = '', decimal, hexadecimal, name = ''] = ENTITY.exec(this.source) ?? []
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16)
    const character = code <= 0x10ffff ? String.fromCodePoint(code) : ENTITIES.get(name.toLowerCase())
    return character === undefined ? undefined : { character, end: start + whole.length }
  }

  private hexAt(place: number, digits: number): number | undefined {
    let value = 0
    for (let at = place; at < place + digits; at++) {
      const digit = hexDigit(this.source.charCodeAt(at))
      if (digit === undefined) return undefined
      value = value * 16 + digit
    }
    return value
  }
}

function asList(reading: Reading | undefined): Reading[] {
  return reading ? [reading] : []
}

function notLead(reading: Reading | undefined): Reading | undefined {
  return reading && isLead(reading.character.charCodeAt(0)) ? undefined : reading
}

function hexDigit(code: number): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : undefined
}

/** How many bytes of UTF-8 follow a first one. */
function continuationBytes(first: number): number {
  if (first < 0xc0) return 0
  if (first < 0xe0) return 1
  return first < 0xf0 ? 2 : 3
}
