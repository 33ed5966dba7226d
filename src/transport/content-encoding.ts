/** Decodes the bodies of HTTP responses, up to a size. */

import { constants } from 'node:buffer'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib'
import { quoted } from '../text/excerpt'

/** What a request accepts, as its header says it. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br'

/** How often a body may be encoded; once is usual. */
const MAX_ENCODINGS = 5

type Decode = (body: Buffer, limits: ZlibOptions) => Promise<Buffer>

const gzip: Decode = promisify(gunzip)
const zlib: Decode = promisify(inflate)
const raw: Decode = promisify(inflateRaw)

/** By the names of RFC 9110, section 8.4.1; some servers send `deflate` without the header of its format. */
const DECODERS = new Map<string, Decode>([
  ['gzip', gzip],
  ['x-gzip', gzip],
  ['deflate', (body, limits) => ((body[0] as number) % 16 === 8 ? zlib : raw)(body, limits)],
  ['br', promisify(brotliDecompress)],
  ['identity', async (body) => body],
])

/**
 * The content of a body.
 * @param encodings the value of the header Content-Encoding
 * @param maxBytes how large it may be, decoded
 * @throws Error that says why it cannot be decoded
 */
export async function decodeContent(body: Buffer, encodings: string, maxBytes: number): Promise<Buffer> {
  const names = encodings.split(',').flatMap((name) => name.trim().toLowerCase() || [])
  if (names.length > MAX_ENCODINGS) throw new Error(`its body is encoded ${names.length} times`)
  let content = body
  // The encoding that was applied last comes last.
  for (const name of names.reverse()) content = await decodeOnce(content, name, maxBytes)
  return content
}

async function decodeOnce(body: Buffer, name: string, maxBytes: number): Promise<Buffer> {
  const decode = DECODERS.get(name)
  if (!decode) throw new Error(`its body is encoded as ${quoted(name)}, which was not asked for`)
  // A response to HEAD names the encoding of a body that it does not have.
  if (body.length === 0) return body
  try {
    return await decode(body, { maxOutputLength: Math.min(maxBytes, constants.MAX_LENGTH) })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(maxBytes) : new Error(`its body is not valid ${name}: ${message}`)
  }
}

/** A body, decoded or not, that is larger than the settings allow. */
export function tooLarge(maxBytes: number): Error {
  return new Error(
    `the server sent a body of more than ${maxBytes} bytes; "maxMessageBytes" in the settings allows more`,
  )
}
