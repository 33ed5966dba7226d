/** What state a client's connection is in, and how that is said. */

import { excerpt, quotedInOneLine } from '../text/excerpt'
import { formatClose } from './close-code'
import type { CloseInfo, Refusal } from './connection'

/** The state of a client's connection. */
export type ConnectionState =
  | { readonly kind: 'unconnected' | 'connecting' | 'open' | 'closing' }
  /** By the client: closed, or without a closing handshake. */
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'terminated'; readonly opened: boolean }
  /** For an error, if the server has reported one in the words of the protocol. */
  | ({ readonly kind: 'closed by the server'; readonly error?: string | undefined } & CloseInfo)
  | ({ readonly kind: 'refused' } & Refusal)
  | { readonly kind: 'failed'; readonly problem: string; readonly code: string | undefined; readonly opened: boolean }

/** Whether nothing more can come over the connection. */
export function hasEnded({ kind }: ConnectionState): boolean {
  return !['unconnected', 'connecting', 'open', 'closing'].includes(kind)
}

/** A state, as the rest of a sentence that begins with the client's name. */
export function describeState(state: ConnectionState, url: string | undefined): string {
  switch (state.kind) {
    case 'unconnected':
      return 'has not connected yet'
    case 'connecting':
      return `is still connecting to ${url}`
    case 'open':
      return `is connected to ${url}`
    case 'closing':
    case 'disconnected':
      return 'has disconnected'
    case 'terminated':
      return state.opened ? 'has lost the connection' : `stopped connecting to ${url} before it had answered`
    case 'closed by the server':
      return `was disconnected by the server ${formatEnd(state)}`
    case 'refused':
      return `was refused by ${url}${excerpt(state.redirection ?? '')}${formatRefusal(state)}`
    case 'failed':
      return state.opened
        ? `lost the connection to ${url}: ${withoutFullStop(state.problem)}`
        : `could not connect to ${url}: ${withoutFullStop(state.problem)}`
  }
}

/** A problem may be told in a sentence of its own. */
function withoutFullStop(problem: string): string {
  return problem.replace(/\.$/, '')
}

/** How the server has closed the connection, and for which error, as the rest of a sentence. */
export function formatEnd({ error, ...info }: CloseInfo & { readonly error?: string | undefined }): string {
  return `${formatClose(info)}${error === undefined ? '' : `: ${quotedInOneLine(error, { length: MAX_BODY })}`}`
}

/** How much of a refusal's body is shown, in characters. */
const MAX_BODY = 200

function formatRefusal({ status, statusText, body, problem }: Refusal): string {
  const withStatus = status === undefined ? '' : ` with status ${status}`
  const inWords =
    problem !== undefined
      ? `: ${excerpt(problem)}`
      : body.trim() === ''
        ? ''
        : `: ${quotedInOneLine(body, { length: MAX_BODY })}`
  return `${withStatus}${statusText === '' ? '' : ` ${excerpt(statusText)}`}${inWords}`
}
