/** Interim responses of a server (RFC 9110, section 15.2): without end they would keep the process busy. */

import type { ClientRequest } from 'node:http'

/** How many may come before the response. */
const MAX_INTERIM_RESPONSES = 100

/** Calls back when there are too many. */
export function limitInterimResponses(request: ClientRequest, onTooMany: (error: Error) => void): void {
  let count = 0
  request.on('information', () => {
    if (++count > MAX_INTERIM_RESPONSES) onTooMany(new Error('the server only sends interim responses'))
  })
}

/** Sends the request of a handshake, which fails when there are too many. */
export function finishRequest(request: ClientRequest): void {
  limitInterimResponses(request, (error) => request.destroy(error))
  request.end()
}
