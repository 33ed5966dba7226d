/** HTTP requests, by the fetch of Node. */

import { inWords } from '../conversation/duration'
import { ConnectionFailure } from '../conversation/errors'
import type { Request } from '../conversation/request'
import { Mistake } from '../matching/errors'

/** Sends a request; each by a connection of its own, so that nothing is left behind. */
export const request: Request = async ({ method, url, headers, body }, within) => {
  const init = {
    method,
    headers: { connection: 'close', ...headers },
    redirect: 'manual',
    ...(body !== undefined && { body }),
  }
  const signal = AbortSignal.timeout(within)
  try {
    const response = await fetch(create(url, init as RequestInit), { signal })
    return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() }
  } catch (error) {
    if (error instanceof Mistake) throw error
    if (signal.aborted) throw new ConnectionFailure(`${method} ${url} was not answered within ${inWords(within)}.`)
    const { cause = error } = error as { cause?: { message: string; code?: string } }
    const { message, code } = cause as { message: string; code?: string }
    const problem = code === 'ECONNREFUSED' ? 'nothing listens there (ECONNREFUSED)' : message
    throw new ConnectionFailure(`${method} ${url} was not answered: ${problem}.`, undefined, code)
  }
}

function create(url: string, init: RequestInit): globalThis.Request {
  try {
    return new globalThis.Request(url, init)
  } catch (error) {
    throw new Mistake(`${init.method} ${url} cannot be requested: ${(error as Error).message}.`)
  }
}
