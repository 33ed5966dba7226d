/** The code and the reason with which a connection is closed. */

import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import type { CloseInfo } from './connection'

/** How long a reason may be: what a control frame has room for, less the code (RFC 6455, section 5.5). */
const MAX_REASON_BYTES = 123

/** Stands for a close frame without a code. */
const NO_CODE = 1005

/**
 * Requires that a close frame may carry this code and this reason.
 * @throws UsageError if it may not
 */
export function requireSendableClose(code: number | undefined, reason = ''): void {
  if (code !== undefined && !isSendable(code)) {
    throw new UsageError(
      `A connection cannot be closed with code ${code}: write 1000 to 1003, 1007 to 1014, or 3000 to 4999.`,
    )
  }
  const length = Buffer.byteLength(reason)
  if (length > MAX_REASON_BYTES) {
    throw new UsageError(`A reason for closing has room for ${MAX_REASON_BYTES} bytes; this one has ${length}.`)
  }
}

/**
 * Requires that a client can be closed with this code: one that a frame carries, or 1005 and 1006, which report that none did.
 * @throws UsageError if it cannot
 */
export function requireReceivableCode(code: number): void {
  if (code >= 1000 && code <= 4999) return
  throw new UsageError(`A connection is never closed with code ${code}: write one from 1000 to 4999.`)
}

/** Whether a close frame may carry this code (RFC 6455, section 7.4); 1004 to 1006 and 1015 are for local use. */
function isSendable(code: number): boolean {
  return (code >= 1000 && code <= 1014 && (code < 1004 || code > 1006)) || (code >= 3000 && code <= 4999)
}

/** Whether a close code says that something is wrong; the codes from 3000 on mean what the server and its clients agree on. */
export function reportsError(code: number): boolean {
  return code < 3000 && ![1000, 1001, NO_CODE].includes(code)
}

/** A close code and reason, as the rest of a sentence: `with 4001 "Kicked"`. */
export function formatClose({ code, reason }: CloseInfo): string {
  if (code === 1006) return 'without a closing handshake (1006)'
  if (code === NO_CODE) return 'without a close code (1005)'
  return `with ${code}${reason === '' ? '' : ` ${quoted(reason)}`}`
}
