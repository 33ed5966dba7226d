/** Content of protocols that carry bytes, which most often are texts. */

import { isUtf8 } from 'node:buffer'

/** The text that bytes are in UTF-8; if they are none, the bytes. */
export function textOrBytes(bytes: Buffer): string | Buffer {
  return isUtf8(bytes) ? bytes.toString() : bytes
}
