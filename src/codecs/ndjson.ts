/** Records one after another, each ended by a separator: several in a message, or one cut into several. */

import { type Kind, requireOptions } from '../arguments'
import { stringifyExactly } from '../json/exact-number'
import { looksLikeJson, parseJson } from '../json/json-text'
import type { Codec, CodecSession } from '../protocol/codec'

interface NdjsonOptions {
  /** What ends a record. Default a line feed. */
  readonly separator?: string
}

const SEPARATOR: Kind = {
  words: 'a text that ends a record, such as "\\u001e"',
  accepts: (value) => typeof value === 'string' && value !== '',
}

class Records implements CodecSession {
  private decoder = utf8()
  /** The record that has not ended, in pieces: joined once it has. */
  private begun: string[] = []
  private bytes = 0
  /** What was received last, too short to be a separator. */
  private tail = ''

  constructor(
    private readonly separator: string,
    private readonly maxBytes: number,
    private readonly isWhole: boolean,
  ) {}

  *decode(payload: string | Buffer): Generator<string> {
    let isEmpty = this.isWhole
    for (const record of this.read(payload)) {
      isEmpty = false
      yield record
    }
    // What a protocol hands on is a message, whatever it says.
    if (isEmpty) yield ''
  }

  private *read(payload: string | Buffer): Generator<string> {
    if (this.isWhole) this.forget()
    const text = typeof payload === 'string' ? payload : this.textOf(payload)
    // A separator may itself be cut in two.
    const latest = this.tail + text
    this.tail = latest.slice(Math.max(0, latest.length - this.separator.length + 1))
    this.begun.push(text)
    this.bytes += Buffer.byteLength(text)
    if (latest.includes(this.separator)) {
      const records = this.begun.join('').split(this.separator)
      this.begin(records.pop() as string)
      for (const record of records) yield* nonEmpty(record)
    }
    if (this.bytes > this.maxBytes) {
      this.begin('')
      throw new Error(`it belongs to a record of more than ${this.maxBytes} bytes, the limit of maxMessageBytes`)
    }
    if (this.isWhole) yield* this.ended()
  }

  private textOf(bytes: Buffer): string {
    try {
      return this.decoder.decode(bytes, { stream: !this.isWhole })
    } catch {
      this.forget()
      throw new Error('it has bytes that are not UTF-8')
    }
  }

  encode(content: string | Buffer): string | Buffer {
    if (Buffer.isBuffer(content)) return content
    const record = this.record(content)
    if (record.includes(this.separator)) {
      throw new Error(`it has the separator ${JSON.stringify(this.separator)} within it, which would end the record`)
    }
    return record + this.separator
  }

  *ended(): Generator<string> {
    const rest = this.begun.join('')
    this.begin('')
    yield* nonEmpty(rest)
    if (this.isWithinCharacter()) throw new Error('it ends within a character of UTF-8')
  }

  private isWithinCharacter(): boolean {
    try {
      this.decoder.decode()
      return false
    } catch {
      return true
    }
  }

  /** What is left of a message that was not read to its end. */
  private forget(): void {
    this.begin('')
    this.tail = ''
    this.decoder = utf8()
  }

  private begin(rest: string): void {
    this.begun = [rest]
    this.bytes = Buffer.byteLength(rest)
  }

  /** JSON in several lines is written in one. */
  private record(content: string): string {
    if (!content.includes(this.separator) || !looksLikeJson(content)) return content
    return stringifyExactly(parseJson(content, { keepSpelling: true }))
  }
}

/** Of which nothing is replaced that it cannot read. */
function utf8(): TextDecoder {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
}

/** Lines that are empty say nothing. */
function* nonEmpty(record: string): Generator<string> {
  const trimmed = record.replace(/\r$/, '')
  if (trimmed !== '') yield trimmed
}

export const codec: Codec = {
  name: 'ndjson',
  isVerbatim: true,
  open({ maxMessageBytes, isWhole }, options) {
    requireOptions('the codec ndjson', options, { separator: SEPARATOR })
    const { separator = '\n' } = options as NdjsonOptions
    return new Records(separator, maxMessageBytes, isWhole)
  },
}
