/**
 * The frames of STOMP 1.2. Libraries of clients read them as well, but in silence where a frame is wrong: where its
 * `content-length` is not that of its body, or an escape is none.
 */

import { isUtf8 } from 'node:buffer'
import { wellFormed } from '../protocol/binary-content'
import { MAX_RECORDS } from '../protocol/frame-limits'

/** A frame that has been read. */
export interface StompFrame {
  readonly command: string
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
}

const [NUL, LF, CR] = [0, 10, 13]

/** Cuts what comes into frames, which need not be those of the WebSocket. */
export class StompReader {
  /** What has come of a frame that has not ended yet. */
  private parts: Buffer[] = []
  private size = 0
  /** How many bytes it has at least. */
  private needed = 0

  constructor(private readonly maxBytes: number) {}

  /**
   * The frames that a chunk completes, each without the NUL that ends it.
   * @throws Error if what follows is not a frame, or too large
   */
  *read(chunk: Buffer): Generator<Buffer> {
    const part = this.size === 0 ? withoutLineEnds(chunk) : chunk
    if (part.length > 0) this.parts.push(part)
    this.size += part.length
    if (this.size >= this.needed && part.includes(NUL)) yield* this.cut(this.rest())
    const start = this.parts[0]?.toString('latin1', 0, LONGEST_COMMAND) ?? ''
    const isTooLarge = this.size > this.maxBytes
    if (!isTooLarge && BEGINNING.test(start)) return
    this.keep(Buffer.alloc(0))
    throw new Error(isTooLarge ? `a frame has more than ${this.maxBytes} bytes` : 'it is not a frame of STOMP')
  }

  /** What has come of a frame that has not ended. */
  rest(): Buffer {
    return Buffer.concat(this.parts)
  }

  /** Of too many frames, one more than may be; what follows it is lost. */
  private cut(bytes: Buffer): readonly Buffer[] {
    const frames: Buffer[] = []
    let rest = bytes
    while (frames.length <= MAX_RECORDS) {
      const { end, needed } = endOf(rest)
      this.needed = needed
      if (end < 0) {
        this.keep(rest)
        return frames
      }
      frames.push(rest.subarray(0, end))
      rest = withoutLineEnds(rest.subarray(end + 1))
    }
    this.keep(Buffer.alloc(0))
    return frames
  }

  private keep(rest: Buffer): void {
    this.parts = rest.length > 0 ? [rest] : []
    this.size = rest.length
    if (rest.length === 0) this.needed = 0
  }
}

/** `UNSUBSCRIBE` and the end of its line. */
const LONGEST_COMMAND = 13

/** How a frame begins, as far as it has come. */
const BEGINNING = /^[A-Z]*(?:\r?\n|\r?$)/

/** Between frames, ends of lines are heart-beats. */
function withoutLineEnds(bytes: Buffer): Buffer {
  let start = 0
  while (bytes[start] === LF || bytes[start] === CR) start++
  return bytes.subarray(start)
}

const EMPTY_LINE = /\r?\n\r?\n/
const CONTENT_LENGTH = /\ncontent-length:(\d{1,15})\r?(?:\n|$)/

/** Where a frame ends, or a negative number; and how many bytes it has at least. */
function endOf(bytes: Buffer): { readonly end: number; readonly needed: number } {
  const first = bytes.indexOf(NUL)
  if (first < 0) return { end: first, needed: 0 }
  const [head, bodyStart = first] = headOf(bytes.subarray(0, first))
  const length = Number(CONTENT_LENGTH.exec(head)?.[1] ?? 0)
  const needed = bodyStart + length + 1
  return { end: bytes.length < needed ? -1 : bytes.indexOf(NUL, Math.max(first, needed - 1)), needed }
}

/** The lines before the body, one byte a character, and where the body begins, if the headers have ended. */
function headOf(bytes: Buffer): readonly [head: string, bodyStart?: number] {
  const text = bytes.toString('latin1')
  const emptyLine = EMPTY_LINE.exec(text)
  if (!emptyLine) return [text]
  return [text.slice(0, emptyLine.index), emptyLine.index + emptyLine[0].length]
}

/**
 * What a frame says.
 * @throws Error if it is wrong
 */
export function decodeFrame(bytes: Buffer): StompFrame {
  const nul = bytes.indexOf(NUL)
  const [head, bodyStart] = headOf(nul < 0 ? bytes : bytes.subarray(0, nul))
  if (bodyStart === undefined) throw new Error('it has no empty line behind its headers')
  if (!isUtf8(bytes.subarray(0, head.length))) throw new Error('its headers are not UTF-8')
  const [command = '', ...lines] = bytes.toString('utf8', 0, head.length).split(/\r?\n/)
  // The server's greeting has none, so that servers of STOMP 1.0 understand it.
  const read = command === 'CONNECTED' ? (text: string) => text : unescaped
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon < 0) throw new Error(`its header ${JSON.stringify(line)} has no colon`)
    const name = read(line.slice(0, colon))
    // Of a header that stands twice, the first is valid.
    if (!headers.has(name)) headers.set(name, read(line.slice(colon + 1)))
  }
  const body = bytes.subarray(bodyStart)
  if (body.length > 0 && !WITH_BODY.includes(command)) throw new Error(`${command} has no body`)
  const length = headers.get('content-length')
  if (length !== undefined && !(/^\d+$/.test(length) && Number(length) === body.length)) {
    throw new Error(`its content-length is ${length}, and its body has ${body.length} bytes`)
  }
  return { command, headers, body }
}

/** The frames that may have a body; of the others servers send none. */
const WITH_BODY: readonly string[] = ['SEND', 'MESSAGE', 'ERROR']

const ESCAPES: Readonly<Record<string, string>> = { '\\r': '\r', '\\n': '\n', '\\c': ':', '\\\\': '\\' }

function unescaped(text: string): string {
  return text.replace(/\\[\s\S]?/g, (sequence) => {
    const character = ESCAPES[sequence]
    if (character === undefined)
      throw new Error(`its header has ${JSON.stringify(sequence)}, which is not an escape of STOMP`)
    return character
  })
}

/**
 * A frame as it travels: a text, unless its body is bytes.
 * @throws Error if a header has half a surrogate pair, which would become another character
 */
export function encodeFrame(
  command: string,
  headers: Readonly<Record<string, string | undefined>>,
  body: string | Buffer = '',
): string | Buffer {
  // The client's greeting has no escapes: see above.
  const write = command === 'CONNECT' ? (text: string) => text : escaped
  const lines = Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined)
  // Some servers take a body with a length for bytes.
  if (Buffer.isBuffer(body) || body.includes('\0')) lines.push(['content-length', `${Buffer.byteLength(body)}`])
  const head = wellFormed([command, ...lines.map(([name, value]) => `${name}:${write(value)}`), '', ''].join('\n'))
  return Buffer.isBuffer(body) ? Buffer.concat([Buffer.from(head), body, Buffer.of(NUL)]) : `${head}${body}\0`
}

function escaped(text: string): string {
  return text.replace(/[\r\n:\\]/g, (character) => `\\${LETTERS[character]}`)
}

const LETTERS: Readonly<Record<string, string>> = { '\r': 'r', '\n': 'n', ':': 'c', '\\': '\\' }
