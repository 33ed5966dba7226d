/** Finds known secrets in a text, in every spelling. */

import { type Effort, SpelledText } from './spelled-text'
import { ENOUGH, TextTree } from './text-tree'
import { UnescapedText } from './unescaped-text'

/** A shorter one is found only where it stands by itself: the `1` of a `pin` is also in every other number. */
const SHORT_LENGTH = 4

/**
 * What may be done for escapes within escapes, in steps of a few µs: for one text, for all of a conversation, and for each text
 * after that; then the rest of a text is hidden. Ordinary texts need none.
 */
const [MAX_EFFORT, SHARED_EFFORT, MIN_EFFORT] = [100_000, 200_000, 300]

/** As far as enough of a secret may reach that begins in the part of a text that is shown, however it is escaped. */
const REACH = 2 ** 15

/** The same where it has been encoded, in whole groups of base64. */
const ENCODED_REACH = 4 * ENOUGH * 4

/** So much more of a text than is shown is searched at once: what is not much longer has no secrets left, and says how long it is. */
const NEAR = 4000

/** How many more characters of texts may be searched in all because what is hidden has become shorter; then what follows is hidden. */
const MAX_MORE = 2 ** 22

/** What may be base64, with either alphabet: a secret of four bytes takes six characters. */
const BASE64 = /[\w+/-]{6,}={0,2}/g

/** After so many that overlap another one all the rest is hidden: each is read anew from its beginning. */
const MAX_OVERLAPS = 5000

const HEXADECIMAL = /(?:[\da-f]{2}){4,}/gi

const ENCODINGS = [
  [BASE64, 'base64'],
  [HEXADECIMAL, 'hex'],
] as const

/** What may be base64 or hexadecimal digits, and be escaped. */
const ESCAPED_ENCODING = /[\w+/=\\%&#;-]{8,}/g

/** Without so many in a row there is nothing encoded; to look for that first takes less time. */
const ENCODED_ROW = /[\w+/-]{6}/

/** An escape whose last character, or what it stands for, could be taken for base64; a quote's could not. */
const ESCAPED = /\\[\w+/=\\%&-]|%[\da-f]|&(?:amp;)*#/i

const WORD = /[\p{L}\p{N}]/u

/** A part of a text: where it begins, and where it ends. */
type Span = readonly [start: number, end: number]

/** A text of which secrets have been replaced. */
interface Replaced {
  readonly text: string
  /** How many of its characters are fit to be shown. */
  readonly shown: number
  /** Whether its rest is hidden because it has too many escapes within escapes. */
  readonly isOverloaded: boolean
}

/** The secrets that are known, and where they stand in a text. */
export class SecretFinder {
  private readonly long = new TextTree({ ignoreCase: true })
  private readonly short = new TextTree({ ignoreCase: false })
  private hasShort = false
  /** Whether one may be in Latin-1, in which credentials of Basic were written formerly (RFC 7617), and be other than in UTF-8. */
  private mayBeLatin = false
  /** How much may be done in all for escapes within escapes. */
  private effort = SHARED_EFFORT
  private more = MAX_MORE

  /** Adds a secret; one that is short and has neither a letter nor a digit is none. */
  add(secret: string): void {
    // Its upper or lower case, or its accents composed, may be letters of Latin-1 even where it has none.
    this.mayBeLatin ||= !/^[\0-\x7f]*$/.test(secret)
    if (secret.length >= SHORT_LENGTH) for (const form of formsOf(secret)) this.long.add(form)
    else if (WORD.test(secret)) {
      for (const form of formsOf(secret)) this.short.add(form)
      this.hasShort = true
    }
  }

  /** The text with each secret replaced. */
  replaceAll(source: string, replacement: string): string {
    return this.replaceBefore(source.length, source, replacement).text
  }

  /**
   * The text with secrets replaced until so many characters of it can be shown; it costs as much as these, however long it is.
   * Where too much of it is secret, the rest is replaced, too.
   */
  replaceUntil(length: number, source: string, replacement: string): string {
    const replace = (before: number) => this.replaceBefore(before, source.slice(0, before + REACH), replacement)
    const { effort } = this
    let limit = length + NEAR
    let replaced = replace(limit)
    // What is hidden becomes shorter, and brings into view what has not been searched.
    while (replaced.shown < length && limit < source.length) {
      // Where the rest is hidden since it has too many escapes, it would be so again.
      if (replaced.isOverloaded) return replaced.text
      if (this.more < 0) return replaced.text.slice(0, replaced.shown) + replacement
      this.effort = effort
      limit *= 4
      this.more -= Math.min(limit, source.length)
      replaced = replace(limit)
    }
    return replaced.text + source.slice(limit + REACH)
  }

  /** The text with those secrets replaced that begin before a place. */
  private replaceBefore(limit: number, source: string, replacement: string): Replaced {
    let text = ''
    let hiddenUntil = 0
    const { spans, isOverloaded } = this.spansBefore(limit, source)
    for (const [start, end] of spans) {
      text += source.slice(hiddenUntil, start) + replacement
      hiddenUntil = end
    }
    const shown = text.length + Math.max(0, limit - hiddenUntil)
    return { text: text + source.slice(hiddenUntil), shown, isOverloaded }
  }

  private spansBefore(limit: number, source: string): { spans: Span[]; isOverloaded: boolean } {
    const allowed = Math.max(MIN_EFFORT, Math.min(MAX_EFFORT, this.effort))
    // Each way to look has its own, as where one gives up another one has still to look at what comes before.
    const [long, encoded, short] = [{ left: allowed }, { left: allowed }, { left: allowed }]
    const spans = [...this.findLong(new SpelledText(source, long), limit)]
    // Where all the rest is hidden, nothing need be looked for in it.
    const [rest = limit] = spans.find(([, end]) => end === source.length) ?? []
    const before = Math.min(limit, rest)
    spans.push(...this.findEncoded(source, encoded, before))
    if (this.hasShort) spans.push(...this.findShort(new SpelledText(source, short), before))
    const left = [long.left, encoded.left, short.left]
    this.effort -= 3 * allowed - long.left - encoded.left - short.left
    return { spans: mergeOverlapping(spans), isOverloaded: left.some((each) => each < 0) }
  }

  private *findLong(text: SpelledText, limit: number): Generator<Span> {
    let span = this.nextLong(text, 0, limit)
    let shownFrom = 0
    let overlaps = 0
    while (span) {
      yield span
      if (span[0] < shownFrom && ++overlaps > MAX_OVERLAPS) {
        yield [span[0], text.source.length]
        return
      }
      shownFrom = Math.max(shownFrom, span[1])
      // Another one may begin within it; but to read a very long one again from each of its places would take for ever.
      span = this.nextLong(text, Math.max(span[0] + 1, span[1] - ENOUGH), limit)
    }
  }

  private nextLong(text: SpelledText, from: number, limit = text.source.length): Span | undefined {
    const { source } = text
    const before = Math.min(limit, source.length)
    for (let start = from; start < before; start++) {
      if (text.isOverloaded) return [start, source.length]
      const end = this.long.mayBegin(text, start) ? this.long.endFrom(text, start) : undefined
      if (end !== undefined) return [start, end]
    }
    return undefined
  }

  /** Beside the letters and digits of an escape, and never among them: `%3D1` is `=1`, and has no `3`. */
  private *findShort(text: SpelledText, limit: number): Generator<Span> {
    const { source } = text
    const before = Math.min(limit, source.length)
    const escapeEnds = new Set<number>()
    let lastEnd = 0
    for (let start = 0; start < before; start++) {
      if (text.isOverloaded) {
        yield [start, source.length]
        return
      }
      const isAfterEscape = escapeEnds.has(start)
      if (isAfterEscape || (start >= lastEnd && !WORD.test(characterBefore(source, start)))) {
        const end = this.short.mayBegin(text, start) ? this.short.endFrom(text, start) : undefined
        if (end !== undefined && !WORD.test(characterAt(source, end))) yield [start, end]
      }
      for (const end of text.escapeEndsAt(start)) {
        escapeEnds.add(end)
        lastEnd = Math.max(lastEnd, end)
      }
    }
  }

  /** What stands by itself in base64 or hexadecimal digits, and has a secret in it; also if it has been escaped since. */
  private *findEncoded(source: string, effort: Effort, limit: number): Generator<Span> {
    for (const [pattern, encoding] of ENCODINGS) {
      for (const { 0: encoded, index } of source.matchAll(pattern)) {
        if (index >= limit) break
        const begun = encoded.slice(0, limit - index + ENCODED_REACH)
        if (this.hasSecret(begun, encoding, effort)) yield [index, index + encoded.length]
        if (effort.left < 0) return yield [index, source.length]
      }
    }
    if (!ESCAPED.test(source)) return
    for (const { 0: piece, index } of source.matchAll(ESCAPED_ENCODING)) {
      if (index >= limit) break
      if (!ESCAPED.test(piece)) continue
      const plain = new UnescapedText(new SpelledText(piece, effort))
      if (ENCODED_ROW.test(plain.text)) {
        for (const [start, end] of this.findUnescaped(plain, effort)) yield [index + start, index + end]
      }
      if (effort.left < 0) return yield [index + plain.readUntil, source.length]
    }
  }

  private *findUnescaped(plain: UnescapedText, effort: Effort): Generator<Span> {
    for (const [pattern, encoding] of ENCODINGS) {
      for (const { 0: encoded, index } of plain.text.matchAll(pattern)) {
        const [start, end] = [index, index + encoded.length]
        if (this.hasSecret(encoded, encoding, effort)) yield [plain.sourceStart(start), plain.sourceEnd(end)]
      }
    }
  }

  private hasSecret(encoded: string, encoding: BufferEncoding, effort: Effort): boolean {
    const bytes = Buffer.from(encoded, encoding)
    const decoded = bytes.toString()
    const has = (text: string) => this.nextLong(new SpelledText(text, effort), 0) !== undefined
    return has(decoded) || (this.mayBeLatin && has(bytes.toString('latin1')))
  }
}

/**
 * As it is, with its accents composed and decomposed, and with all letters of two code units in upper and lower case, as the tree
 * folds single units; half of a character is written as the replacement for one.
 */
function formsOf(secret: string): Iterable<string> {
  if (/^[\x20-\x7e]*$/.test(secret)) return [secret]
  const inCase = (change: (pair: string) => string) => secret.replace(/[\ud800-\udbff][\udc00-\udfff]/g, change)
  const cases = [inCase((pair) => pair.toUpperCase()), inCase((pair) => pair.toLowerCase())]
  return new Set([secret, secret.normalize('NFC'), secret.normalize('NFD'), secret.toWellFormed(), ...cases])
}

function mergeOverlapping(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const [start, end] of [...spans].sort(([one], [other]) => one - other)) {
    const last = merged.at(-1)
    if (last && start < last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], end)]
    else merged.push([start, end])
  }
  return merged
}

function characterAt(text: string, place: number): string {
  const code = text.codePointAt(place)
  return code === undefined ? '' : String.fromCodePoint(code)
}

function characterBefore(text: string, place: number): string {
  return [...text.slice(Math.max(0, place - 2), place)].at(-1) ?? ''
}
