/** HTTP requests, by Node's own client. */

import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Duplex } from 'node:stream'
import { ConnectionError, UsageError } from '../errors'
import type { HttpRequest, HttpResponse, RequestLimits, SendRequest } from '../http/send-request'
import { excerpt } from '../text/excerpt'
import { parseUrl, unixAddress } from '../text/url'
import { Deadline } from '../time/deadline'
import { formatDuration } from '../time/duration'
import type { Certificates } from './certificates'
import { ACCEPTED_ENCODINGS, decodeContent, tooLarge } from './content-encoding'
import { limitInterimResponses } from './interim-responses'
import { describeNetworkError, rootCause } from './network-error'
import type { ChooseProxy } from './proxies'
import { ProxyError, Route, serverName } from './route'

/**
 * Sends requests, each by a connection of its own, so that nothing is left behind.
 * @param certificates of `https` requests
 * @param chooseProxy undefined where none is in between
 */
export function httpClient(certificates: Certificates, chooseProxy?: ChooseProxy): SendRequest {
  return async (request, limits) => {
    const { method, url, body } = request
    const address = parseUrl(url)
    const isUsual = !address || (!chooseProxy && !unixAddress(address))
    const route = isUsual ? undefined : new Route(address, chooseProxy, certificates)
    try {
      return await exchange(prepare(request, certificates, route), body, limits).finally(() => route?.abandon())
    } catch (error) {
      if (error instanceof UsageError) throw error
      if (error instanceof NoAnswerInTime) {
        const by = route?.awaited === undefined ? '' : ` by ${route.awaited}`
        throw new ConnectionError(`${method} ${url} was not answered${by} within ${formatDuration(limits.timeout)}.`)
      }
      const problem = error instanceof ProxyError ? error.message : describeNetworkError(error as Error, url)
      throw new ConnectionError(
        `${method} ${url} was not answered: ${problem}.`,
        undefined,
        rootCause(error as Error).code,
      )
    }
  }
}

class NoAnswerInTime extends Error {}

/** Methods that have no response like others, or that no server should answer. */
const UNSUPPORTED_METHODS = ['CONNECT', 'TRACE', 'TRACK']

function prepare(
  { method, url, headers, body }: HttpRequest,
  certificates: Certificates,
  route: Route | undefined,
): ClientRequest {
  try {
    const address = new URL(url)
    if (UNSUPPORTED_METHODS.includes(method)) throw new Error(`the method ${method} is not supported`)
    const request = url.startsWith('https:') ? requestHttps : requestHttp
    const options = { method, headers: requestHeaders(headers, body), ...certificates }
    const way = route ? { createConnection: route.createConnection } : { agent: false }
    // The certificate is that of the address, whatever the header Host says.
    return request(unixAddress(address)?.inner ?? address, { ...options, ...way, servername: serverName(address) })
  } catch (error) {
    throw new UsageError(`${method} ${url} cannot be requested: ${excerpt((error as Error).message)}.`)
  }
}

/**
 * The headers with those that are usual; names in lower case, as a header is the same in upper case.
 * @throws Error for one that would contradict the body
 */
function requestHeaders(headers: HttpRequest['headers'], body: string | undefined): Record<string, string | number> {
  const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const length = Buffer.byteLength(body ?? '')
  const claimed = given['content-length']
  if (claimed !== undefined && claimed !== `${length}`) {
    throw new Error(
      `its header Content-Length says ${claimed}, and its body has ${length} bytes: leave that header out`,
    )
  }
  return {
    accept: '*/*',
    'accept-encoding': ACCEPTED_ENCODINGS,
    ...(body !== undefined && { 'content-type': 'text/plain;charset=UTF-8' }),
    ...given,
    ...(body !== undefined && !('transfer-encoding' in given) && { 'content-length': length }),
  }
}

function exchange(request: ClientRequest, body: string | undefined, limits: RequestLimits): Promise<HttpResponse> {
  const { timeout, maxMessageBytes } = limits
  return new Promise<HttpResponse>((resolve, reject) => {
    const deadline = new Deadline(timeout, () => fail(new NoAnswerInTime()))
    const end = () => {
      deadline.cancel()
      request.destroy()
    }
    const fail = (error: Error) => {
      end()
      reject(error)
    }
    let received: IncomingMessage | undefined
    limitInterimResponses(request, fail)
    request
      // What comes after the response is not a part of it; without a listener it would end the process.
      .on('error', (error) => received?.complete || fail(error))
      .on('upgrade', (_response: IncomingMessage, socket: Duplex) => {
        socket.destroy()
        fail(new Error('the server switched to another protocol'))
      })
      .on('response', (response) => {
        received = response
        readResponse(response, maxMessageBytes).then(resolve, fail).finally(end)
      })
      .end(body)
  })
}

async function readResponse(response: IncomingMessage, maxBytes: number): Promise<HttpResponse> {
  const { statusCode, headersDistinct } = response
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  const headers = Object.entries(headersDistinct).map(([name, values = []]) => {
    return [name, values.join(name === 'set-cookie' ? '\n' : ', ')]
  })
  const encodings = headersDistinct['content-encoding']?.join(',') ?? ''
  const content = await decodeContent(Buffer.concat(chunks), encodings, maxBytes)
  return {
    status: statusCode as number,
    headers: Object.fromEntries(headers),
    bytes: content,
    ...decodeText(content, headersDistinct['content-type']?.at(-1)),
  }
}

const CHARSET = /;\s*charset\s*=\s*"?([^\s";]+)/i

/** The text in the charset that its type names (RFC 9110, section 8.3.2), in UTF-8 without one. */
function decodeText(content: Buffer, contentType = ''): Pick<HttpResponse, 'text' | 'unknownCharset'> {
  const charset = CHARSET.exec(contentType)?.[1]
  try {
    const isBigEndian = /^utf-16$/i.test(charset ?? '') && content[0] === 0xfe && content[1] === 0xff
    const decoder = new TextDecoder(isBigEndian ? 'utf-16be' : charset)
    // In one piece, Node 20 takes windows-1252 for Latin-1 (nodejs/node, issue 56542).
    return { text: decoder.decode(content, { stream: true }) + decoder.decode() }
  } catch {
    return { text: new TextDecoder().decode(content), unknownCharset: charset }
  }
}
