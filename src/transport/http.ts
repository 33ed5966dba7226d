/** HTTP requests, by the library undici. */

import { Agent, Request as FetchRequest, fetch } from 'undici'
import { ConnectionError, UsageError } from '../errors'
import type { HttpRequest, HttpResponse, SendRequest } from '../http/send-request'
import { formatDuration } from '../time/duration'
import type { Certificates } from './certificates'
import { describeNetworkError, rootCause } from './network-error'

/**
 * Sends requests, each by a connection of its own, so that nothing is left behind.
 * @param certificates of `https` requests
 */
export function httpClient(certificates: Certificates): SendRequest {
  return async (request, timeout) => {
    const { method, url } = request
    const prepared = prepare(request)
    const signal = AbortSignal.timeout(timeout)
    const dispatcher = new Agent({ connect: certificates, pipelining: 0 })
    return fetch(prepared, { signal, dispatcher })
      .then(read)
      .catch((error: Error) => {
        if (signal.aborted) {
          throw new ConnectionError(`${method} ${url} was not answered within ${formatDuration(timeout)}.`)
        }
        const problem = describeNetworkError(error, url)
        throw new ConnectionError(`${method} ${url} was not answered: ${problem}.`, undefined, rootCause(error).code)
      })
      .finally(() => dispatcher.destroy())
  }
}

function prepare({ method, url, headers, body }: HttpRequest): FetchRequest {
  try {
    return new FetchRequest(url, { method, headers, redirect: 'manual', ...(body !== undefined && { body }) })
  } catch (error) {
    throw new UsageError(`${method} ${url} cannot be requested: ${(error as Error).message}.`)
  }
}

async function read(response: Awaited<ReturnType<typeof fetch>>): Promise<HttpResponse> {
  const cookies = response.headers.getSetCookie()
  const headers = {
    ...Object.fromEntries(response.headers),
    ...(cookies.length > 0 && { 'set-cookie': cookies.join('\n') }),
  }
  return { status: response.status, headers, text: await response.text() }
}
