/** Records one after another, each ended by a separator: several in a message, or one cut into several. */

import { isUtf8 } from 'node:buffer'
import { type Kind, requireOptions } from '../arguments'
import { stringifyExactly } from '../json/exact-number'
import { looksLikeJson, parseJson } from '../json/json-text'
import type { Codec, CodecSession, DecodedContent } from '../protocol/codec'

interface NdjsonOptions {
  /** What ends a record. Default a line feed. */
  readonly separator?: string
}

const SEPARATOR: Kind = {
  words: 'a text that ends a record, such as "\\u001e"',
  accepts: (value) => typeof value === 'string' && value !== '' && value.isWellFormed(),
}

class Records implements CodecSession {
  private readonly end: Buffer
  /** The record that has not ended, in pieces: joined once it has. */
  private begun: Buffer[] = []
  private size = 0
  /** What was received last, too short to be a separator. */
  private tail: Buffer = NOTHING

  constructor(
    private readonly separator: string,
    private readonly maxBytes: number,
    private readonly isWhole: boolean,
  ) {
    this.end = Buffer.from(separator)
  }

  *decode(payload: string | Buffer): Generator<string | DecodedContent> {
    if (this.isWhole) this.begin(NOTHING)
    let isEmpty = this.isWhole
    for (const record of this.read(typeof payload === 'string' ? Buffer.from(payload) : payload)) {
      const decoded = decodeRecord(record)
      if (decoded === '') continue
      isEmpty = false
      yield decoded
    }
    // What a protocol hands on is a message, whatever it says.
    if (isEmpty) yield ''
  }

  /** The records that a payload completes. */
  private *read(payload: Buffer): Generator<Buffer> {
    // A separator may itself be cut in two.
    const latest = Buffer.concat([this.tail, payload])
    this.tail = latest.subarray(Math.max(0, latest.length - this.end.length + 1))
    this.begun.push(payload)
    this.size += payload.length
    if (latest.includes(this.end)) {
      const { records, rest } = this.split(Buffer.concat(this.begun))
      this.begin(rest)
      yield* records
    }
    if (this.size > this.maxBytes) {
      this.begin(NOTHING)
      throw new Error(`it belongs to a record of more than ${this.maxBytes} bytes, the limit of maxMessageBytes`)
    }
    if (this.isWhole) yield this.takeRest()
  }

  private split(bytes: Buffer): { readonly records: readonly Buffer[]; readonly rest: Buffer } {
    const records: Buffer[] = []
    let start = 0
    for (let at = bytes.indexOf(this.end); at >= 0; at = bytes.indexOf(this.end, start)) {
      const record = bytes.subarray(start, at)
      records.push(this.separator === LF && record.at(-1) === CR ? record.subarray(0, -1) : record)
      start = at + this.end.length
    }
    return { records, rest: bytes.subarray(start) }
  }

  encode(content: string | Buffer): string | Buffer {
    if (Buffer.isBuffer(content)) return content
    const record = this.record(content)
    if (record.includes(this.separator)) {
      throw new Error(`it has the separator ${JSON.stringify(this.separator)} within it, which would end the record`)
    }
    return record + this.separator
  }

  *ended(): Generator<DecodedContent> {
    const content = this.takeRest()
    if (content.length > 0) yield { content, problem: 'the record has not ended' }
  }

  private takeRest(): Buffer {
    const rest = Buffer.concat(this.begun)
    this.begin(NOTHING)
    return rest
  }

  private begin(rest: Buffer): void {
    this.begun = [rest]
    this.size = rest.length
  }

  /** JSON in several lines is written in one. */
  private record(content: string): string {
    if (!content.includes(this.separator) || !looksLikeJson(content)) return content
    return stringifyExactly(parseJson(content, { keepSpelling: true }))
  }
}

const NOTHING = Buffer.alloc(0)

const LF = '\n'
/** Stands before it where lines end as those of Windows. */
const CR = 13

function decodeRecord(bytes: Buffer): string | DecodedContent {
  if (isUtf8(bytes)) return bytes.toString()
  return { content: bytes, problem: 'it is not UTF-8' }
}

export const codec: Codec = {
  name: 'ndjson',
  isVerbatim: true,
  open({ maxMessageBytes, isWhole }, options) {
    requireOptions('the codec ndjson', options, { separator: SEPARATOR })
    const { separator = LF } = options as NdjsonOptions
    return new Records(separator, maxMessageBytes, isWhole)
  },
}
