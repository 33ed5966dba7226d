/** What a codec is: how the content of messages travels, within whatever protocol, or without one. */

import { FLAG, FUNCTION, NAME, OBJECT, requireArgument } from '../arguments'
import type { ContentKind, MessageDetails } from '../message-details'

/**
 * What a codec may use.
 * @example const schema = ({ readFile }: CodecConnection) => JSON.parse(String(readFile('chat.avsc')))
 */
export interface CodecConnection {
  /** The largest message that is taken in, in bytes: what is put together from several may not be larger. */
  readonly maxMessageBytes: number
  /** Whether each payload is a whole message, as a protocol hands it on: otherwise one may be cut into several frames. */
  readonly isWhole: boolean
  /** Reads a file of the project. */
  readonly readFile: (path: string) => Buffer
}

/**
 * What a codec has read.
 * @example const decoded: DecodedContent = { content: '5', isText: true }
 */
export interface DecodedContent extends Pick<MessageDetails, 'isText' | 'problem'> {
  /** A text, which may be JSON, or bytes. */
  readonly content: string | Buffer
}

/**
 * A codec on one connection; what it throws is told beside the message, or by the sentence that sends.
 * @example const reversed: CodecSession = { decode: (payload) => [payload], encode: (content) => content }
 */
export interface CodecSession {
  /** Reads the content that a protocol hands on, or a frame without one: into no message, one, or several. */
  decode(payload: string | Buffer): Iterable<string | Buffer | DecodedContent>
  /**
   * Writes what a sentence sends: a text, which may be JSON, or bytes.
   * @param kind which of both a text is, where the sentence says so
   */
  encode(content: string | Buffer, kind?: ContentKind): string | Buffer
  /** Reads what is left when the server has closed the connection, such as half a record. */
  ended?(): Iterable<string | Buffer | DecodedContent>
}

/**
 * A codec: `defineCodec` makes it known.
 * @example
 * const codec: Codec = {
 *   name: 'base64',
 *   open: () => ({
 *     decode: (payload) => [Buffer.from(String(payload), 'base64').toString()],
 *     encode: (content) => Buffer.from(content).toString('base64'),
 *   }),
 * }
 */
export interface Codec {
  /** As the settings write it. */
  readonly name: string
  /**
   * Whether it reads bytes alone: a text that a protocol hands on is content as it is then; without a protocol it is told that it
   * is not bytes.
   */
  readonly isBinary?: boolean
  /** Whether content travels as it is, so that a text in JSON keeps its quotes. */
  readonly isVerbatim?: boolean
  /**
   * Begins on a connection; once more before the first one, so that wrong options are told early.
   * @param options what the setting `codec` has beside its name
   */
  open(connection: CodecConnection, options: Readonly<Record<string, unknown>>): CodecSession
}

/** Those of the project, by name. */
export const ownCodecs = new Map<string, Codec>()

/**
 * Makes a codec known to the option `codec` of the setting `protocol`.
 * @returns the codec
 * @throws UsageError for what is not a codec; a later one of the same name takes the place of an earlier one
 * @example
 * defineCodec({
 *   name: 'base64',
 *   open: () => ({
 *     decode: (payload) => [Buffer.from(String(payload), 'base64').toString()],
 *     encode: (content) => Buffer.from(content).toString('base64'),
 *   }),
 * })
 */
export function defineCodec(codec: Codec): Codec {
  requireArgument('defineCodec', 'codec', codec, OBJECT)
  const { name, open, isBinary = false, isVerbatim = false } = codec
  requireArgument('defineCodec', 'name', name, NAME)
  requireArgument('defineCodec', 'open', open, FUNCTION)
  requireArgument('defineCodec', 'isBinary', isBinary, FLAG)
  requireArgument('defineCodec', 'isVerbatim', isVerbatim, FLAG)
  ownCodecs.set(name, codec)
  return codec
}
