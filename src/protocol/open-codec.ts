/** A codec between a protocol and the messages of a client. */

import { DATA, FLAG, type Kind, TEXT } from '../arguments'
import { callGuarded } from '../guarded-call'
import type { ContentKind } from '../message-details'
import type { Codec, CodecConnection, CodecSession, DecodedContent } from './codec'
import { requireFewRecords } from './frame-limits'
import type { DecodedMessage } from './protocol'

/** A codec with its options. */
export interface ChosenCodec extends Pick<CodecConnection, 'readFile'> {
  readonly codec: Codec
  readonly options: Readonly<Record<string, unknown>>
}

/**
 * Opens a codec on a connection.
 * @throws UsageError for wrong options
 */
export function openCodec(
  { codec, options, readFile }: ChosenCodec,
  connection: Omit<CodecConnection, 'readFile'>,
): CodecSession {
  return callGuarded(`The function open of the codec ${codec.name}`, SESSION, () =>
    codec.open({ ...connection, readFile }, options),
  )
}

/** Decodes what a protocol hands on, and encodes what sentences send. */
export class ContentCodec {
  private readonly session: CodecSession

  /** @param isInProtocol whether a protocol hands on what is decoded, which may have texts of its own */
  constructor(
    private readonly chosen: ChosenCodec,
    maxMessageBytes: number,
    private readonly isInProtocol: boolean,
  ) {
    this.session = openCodec(chosen, { maxMessageBytes, isWhole: isInProtocol })
  }

  /** The messages of one that a protocol hands on; it alone, with the reason, where it cannot be decoded. */
  *decode(message: DecodedMessage): Generator<DecodedMessage> {
    const { content, ...details } = message
    const { name, isBinary = false } = this.chosen.codec
    const isNoBytes = isBinary && !Buffer.isBuffer(content)
    const isEmpty = this.isInProtocol && content.length === 0
    if (details.problem !== undefined) yield message
    else if (this.isInProtocol && isNoBytes) yield message
    else if (isEmpty) yield isBinary ? this.readEmpty(message) : message
    else if (isNoBytes) yield { ...message, problem: `it is a text, and the codec ${name} reads bytes` }
    else yield* this.read('decode', message, () => this.session.decode(content))
  }

  /** What the codec reads from no bytes; where it cannot, the message says nothing. */
  private readEmpty(message: DecodedMessage): DecodedMessage {
    const [first] = this.read('decode', message, () => this.session.decode(message.content))
    return first && first.problem === undefined ? first : message
  }

  /** The messages of what is left at the end. */
  *ended(): Generator<DecodedMessage> {
    const { session } = this
    if (session.ended) yield* this.read('ended', { content: '' }, () => (session as Required<CodecSession>).ended())
  }

  /** @throws UsageError for what cannot be encoded */
  encode(content: string | Buffer, kind: ContentKind | undefined): string | Buffer {
    return this.call('encode', DATA, () => this.session.encode(content, kind))
  }

  private *read(
    member: string,
    message: DecodedMessage,
    decode: () => Iterable<string | Buffer | DecodedContent>,
  ): Generator<DecodedMessage> {
    let count = 0
    try {
      const contents = this.call(member, ITERABLE, decode)[Symbol.iterator]()
      for (;;) {
        const content = this.call(member, CONTENT, () => {
          const { done, value } = contents.next()
          if (done) return DONE
          requireFewRecords(++count)
          return value as unknown
        })
        if (content === DONE) return
        // Whether it was a text for the protocol says nothing of what is in it.
        const { isText: _, ...others } = message
        yield {
          ...others,
          ...(DATA.accepts(content) ? { content: content as string | Buffer } : (content as DecodedContent)),
        }
      }
    } catch (error) {
      yield { ...message, problem: (error as Error).message }
    }
  }

  private call<T>(member: string, kind: Kind, action: () => T): T {
    return callGuarded(`The function ${member} of the codec ${this.chosen.codec.name}`, kind, action)
  }
}

const ITERABLE: Kind = {
  words: 'a list of texts and Buffers',
  accepts: (value) => typeof value === 'object' && value !== null && Symbol.iterator in value,
}

/** That a codec has read all messages. */
const DONE = Symbol('done')

const CONTENT: Kind = {
  words: 'a text, a Buffer, or an object with one of them as its content',
  accepts: (value) => value === DONE || DATA.accepts(value) || isDecodedContent(value),
}

function isDecodedContent(value: unknown): boolean {
  const { content, isText = false, problem = '', ...others } = (value ?? {}) as Partial<DecodedContent>
  const isOne = DATA.accepts(content) && FLAG.accepts(isText) && TEXT.accepts(problem)
  return isOne && Object.keys(others).length === 0
}

const SESSION: Kind = {
  words: 'an object with functions `decode` and `encode`',
  accepts: (session) => {
    const { decode, encode } = (session ?? {}) as Partial<CodecSession>
    return typeof decode === 'function' && typeof encode === 'function'
  },
}
