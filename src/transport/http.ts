/** HTTP requests, by the library undici. */

import { Agent, Request as FetchRequest, fetch, type RequestInit } from 'undici'
import { ConnectionError, UsageError } from '../errors'
import type { SendRequest } from '../http/http-request'
import { formatDuration } from '../time/duration'
import type { Certificates } from './certificates'
import { describeNetworkError, rootCause } from './network-error'

/**
 * Sends requests, each by a connection of its own, so that nothing is left behind.
 * @param certificates of `https` requests
 */
export function httpClient(certificates: Certificates): SendRequest {
  return async ({ method, url, headers, body }, within) => {
    const create = (init: RequestInit) => {
      try {
        return new FetchRequest(url, init)
      } catch (error) {
        throw new UsageError(`${method} ${url} cannot be requested: ${(error as Error).message}.`)
      }
    }
    const asked = create({ method, headers, redirect: 'manual', ...(body !== undefined && { body }) })
    const signal = AbortSignal.timeout(within)
    const dispatcher = new Agent({ connect: certificates, pipelining: 0 })
    const answer = async () => {
      const response = await fetch(asked, { signal, dispatcher })
      const cookies = response.headers.getSetCookie()
      const headers = {
        ...Object.fromEntries(response.headers),
        ...(cookies.length > 0 && { 'set-cookie': cookies.join('\n') }),
      }
      return { status: response.status, headers, text: await response.text() }
    }
    const fail = (error: Error) => {
      if (signal.aborted)
        throw new ConnectionError(`${method} ${url} was not answered within ${formatDuration(within)}.`)
      const problem = describeNetworkError(error, url)
      throw new ConnectionError(`${method} ${url} was not answered: ${problem}.`, undefined, rootCause(error).code)
    }
    return answer()
      .catch(fail)
      .finally(() => dispatcher.destroy())
  }
}
