/** The HTTP requests of a conversation. */

import { UsageError } from '../errors'
import type { Variables } from '../messages/variables'
import type { Secrets } from '../secrets/secrets'
import type { Transcript } from '../transcript'
import type { HttpExchange } from './http-exchange'
import type { HttpRequest, HttpResponse, SendRequest } from './send-request'

/**
 * What goes with an HTTP request.
 * @example await rob.request('POST /orders', { headers: { 'X-Room': 'kitchen' }, body: '{"amount": 3}' })
 */
export interface RequestOptions {
  /** Variables in them are filled in. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Sent as it is. */
  readonly body?: string | undefined
}

/** On whose behalf a request is sent. */
export interface Requester {
  readonly name: string
  readonly variables: Variables
}

/** What requests need of their conversation. */
export interface RequestContext {
  readonly secrets: Secrets
  readonly transcript: Transcript
  readonly sendRequest: SendRequest
  /** How long a response may take, in ms. */
  readonly timeout: number
  /** The URL of a target, relative to the server's address. */
  httpUrl(target: string, variables: Variables): string
}

/**
 * Sends requests, and keeps the last response.
 * @example conversation.requests.last.expectStatus(200)
 */
export class HttpRequests {
  private lastExchange: HttpExchange | undefined

  /** @internal */
  constructor(private readonly context: RequestContext) {}

  /**
   * The response to the last request.
   * @throws UsageError if there was none
   */
  get last(): HttpExchange {
    if (this.lastExchange) return this.lastExchange
    throw new UsageError('Nothing has been requested yet. Write before this: Rob requests "GET /orders"')
  }

  /**
   * Sends a request, and waits for the response.
   * @param source a path or URL, with the method before it unless it is GET: `POST /orders`
   * @throws ConnectionError if there is no response
   * @internal
   */
  async send(source: string, { name, variables }: Requester, { headers = {}, body }: RequestOptions = {}) {
    const { secrets, transcript, sendRequest, timeout } = this.context
    const [, verb = 'GET', target = ''] = REQUEST.exec(source.trim()) as RegExpExecArray
    const method = verb.toUpperCase()
    const url = this.context.httpUrl(target, variables)
    const filled = Object.entries(headers).map(([header, value]) => [header, variables.fill(value)])
    const request = { method, url, headers: Object.fromEntries(filled), body }
    secrets.learnFromAddress(url)
    secrets.learnFromHeaders(request.headers)
    secrets.learnFromText(body)
    transcript.add('requests', name, `${method} ${url}${body === undefined ? '' : ` ${body}`}`, { url })
    const response = await sendRequest(request, timeout)
    secrets.learnFromHeaders(response.headers)
    secrets.learnFromText(response.text)
    transcript.add('is answered', name, `${response.status} ${response.text}`.trim(), { url })
    this.lastExchange = createExchange(request, response)
  }
}

/** Loaded with the first response: most conversations have no HTTP. */
function createExchange(request: HttpRequest, response: HttpResponse): HttpExchange {
  const { HttpExchange } = require('./http-exchange') as typeof import('./http-exchange')
  return new HttpExchange(request, response)
}

const REQUEST = /^(?:([A-Za-z]+)\s+)?(.*)$/s
