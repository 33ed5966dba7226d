/** Binary messages: a file of the project, or bytes in hexadecimal digits. */

import { requireArgument, TEXT } from '../arguments'
import { UsageError } from '../errors'
import { bytesEqualTo } from '../matching/bytes-matcher'
import { quoted } from '../text/excerpt'
import { fillFilePath } from '../variables/fill-in-place'
import type { MessageContext, MessageExpression } from './message-expression'

/**
 * `the file "logo.png"`: a binary message.
 * @param path relative to the feature, the messages folder or the project
 * @example await rob.send(file('logo.png'))
 */
export function file(path: string): MessageExpression {
  requireArgument('file', 'path', path, TEXT)
  return binaryMessage(`the file ${quoted(path)}`, ({ files, variables }) => files.read(fillFilePath(path, variables)))
}

/**
 * `the bytes "de ad be ef"`: a binary message.
 * @param digits two hexadecimal digits for each byte, with or without white space
 * @example await rob.send(bytes('de ad be ef'))
 */
export function bytes(digits: string): MessageExpression {
  requireArgument('bytes', 'digits', digits, TEXT)
  return binaryMessage(`the bytes ${quoted(digits)}`, ({ variables }) => parseHex(variables.fill(digits)))
}

function binaryMessage(description: string, read: (context: MessageContext) => Buffer): MessageExpression {
  return { describe: () => description, toSend: read, toMatcher: (context) => bytesEqualTo(read(context), description) }
}

function parseHex(digits: string): Buffer {
  const bare = digits.replace(/\s+/g, '')
  if (!/^(?:[\da-f]{2})*$/i.test(bare)) {
    throw new UsageError(`${quoted(digits)} is not valid hexadecimal. Write two digits for each byte: "de ad be ef".`)
  }
  return Buffer.from(bare, 'hex')
}
