/** A codec on a connection of nobody: what the tests of codecs decode and encode with. */

import type { Codec, DecodedContent } from '../../src/protocol/codec'

export interface TestedCodec {
  /** The contents of a payload. */
  decode(payload: string | Buffer): (string | Buffer)[]
  encode(content: string | Buffer): string | Buffer
  ended(): (string | Buffer)[]
}

/** Opens a codec in a project that has these files. */
export function open(
  codec: Codec,
  options: object = {},
  files: Readonly<Record<string, string>> = {},
  isWhole = false,
): TestedCodec {
  const readFile = (path: string): Buffer => {
    const text = files[path]
    if (text === undefined) throw new Error(`There is no file "${path}".`)
    return Buffer.from(text)
  }
  const session = codec.open({ maxMessageBytes: 100, isWhole, readFile }, { ...options })
  return {
    decode: (payload) => [...session.decode(payload)].map(contentOf),
    encode: (content) => session.encode(content),
    ended: () => [...(session.ended?.() ?? [])].map(contentOf),
  }
}

function contentOf(decoded: string | Buffer | DecodedContent): string | Buffer {
  if (typeof decoded === 'string' || Buffer.isBuffer(decoded)) return decoded
  return decoded.problem === undefined ? decoded.content : `${decoded.content.toString('latin1')}: ${decoded.problem}`
}

/** Bytes, in hexadecimal digits. */
export const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(' ', ''), 'hex')
