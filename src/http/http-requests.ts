/** The HTTP requests of a conversation. */

import { type NamedTexts, pairsOf } from '../arguments'
import { ConnectionError, UsageError } from '../errors'
import type { Variables } from '../messages/variables'
import type { Secrets } from '../secrets/secrets'
import { requireUniqueHeaders } from '../text/duplicates'
import { quoted } from '../text/excerpt'
import type { Transcript } from '../transcript'
import type { HttpExchange } from './http-exchange'
import type { HttpRequest, HttpResponse, RequestLimits, SendRequest } from './send-request'

/**
 * What goes with an HTTP request.
 * @example await rob.request('POST /orders', { headers: { 'X-Room': 'kitchen' }, body: '{"amount": 3}' })
 */
export interface RequestOptions {
  /** Variables in them are filled in. */
  readonly headers?: NamedTexts | undefined
  /** Sent as it is. */
  readonly body?: string | undefined
}

/** On whose behalf a request is sent. */
export interface Requester {
  readonly name: string
  readonly variables: Variables
  /** Whether a reaction sends it: its response is not «the response» of the sentences. */
  readonly isReaction?: boolean
}

/** What requests need of their conversation. */
export interface RequestContext {
  readonly secrets: Secrets
  readonly transcript: Transcript
  readonly sendRequest: SendRequest
  readonly limits: RequestLimits
  /** The URL of a target, relative to the server's address. */
  httpUrl(target: string, variables: Variables): string
  /** Whether the conversation has ended. */
  readonly isOver?: () => boolean
}

/**
 * Sends requests, and keeps the response to the last one that no reaction sent.
 * @example conversation.requests.last.expectStatus(200)
 */
export class HttpRequests {
  private lastExchange: HttpExchange | undefined
  /** How many requests wait for their response. */
  private open = 0

  /** @internal */
  constructor(private readonly context: RequestContext) {}

  /**
   * The response to the last request, those of reactions apart.
   * @throws UsageError if there is none
   */
  get last(): HttpExchange {
    if (this.lastExchange) return this.lastExchange
    throw new UsageError(
      'There is no response: no sentence has requested anything yet, and the responses to reactions are not kept. ' +
        'Write before this: Rob requests "GET /orders"',
    )
  }

  /**
   * Sends a request, and waits for the response.
   * @param source a path or URL, with the method before it unless it is GET: `POST /orders`
   * @throws ConnectionError if there is no response
   * @internal
   */
  async send(source: string, requester: Requester, { headers, body }: RequestOptions = {}) {
    const { name, variables, isReaction = false } = requester
    const { secrets, transcript, sendRequest, limits } = this.context
    const { method, target } = parseRequest(source)
    if (!isReaction) this.lastExchange = undefined
    const url = this.context.httpUrl(target, variables)
    const filled = pairsOf(headers).map(([header, value]) => [header, variables.fill(value)] as const)
    requireUniqueHeaders(filled.map(([header]) => header))
    const request = { method, url, headers: Object.fromEntries(filled), body }
    this.requireRoom(`${method} ${url}`)
    secrets.learnFromAddress(url)
    secrets.learnFromHeaders(request.headers)
    secrets.learnFromText(body)
    transcript.add('requests', name, `${method} ${url}${body === undefined ? '' : ` ${body}`}`, { url, isReaction })
    this.open++
    const response = await sendRequest(request, limits).finally(() => this.open--)
    secrets.learnFromHeaders(response.headers)
    secrets.learnFromText(response.text)
    transcript.add('is answered', name, `${response.status} ${response.text}`.trim(), { url, isReaction })
    if (!isReaction) this.lastExchange = createExchange(request, response, this.context.isOver)
  }

  /** @throws ConnectionError if too many requests are open: the messages of a server may call for any number of them */
  private requireRoom(request: string): void {
    if (this.open < MAX_OPEN) return
    throw new ConnectionError(
      `${request} was not sent: ${MAX_OPEN} other requests wait for their responses, and more may not be open at once.`,
    )
  }
}

/** So many requests may be open at once, as each has a connection of its own. */
const MAX_OPEN = 100

/** Loaded with the first response: most conversations have no HTTP. */
function createExchange(request: HttpRequest, response: HttpResponse, isOver?: () => boolean): HttpExchange {
  const { HttpExchange } = require('./http-exchange') as typeof import('./http-exchange')
  return new HttpExchange(request, response, isOver)
}

/** A method, and an address, which may have a blank in it if it begins like one. */
const REQUEST = /^(?!(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$)(?:([A-Za-z]+)\s+)?((?:[/?]|\$\{|https?:).*|\S*)$/s

function parseRequest(source: string): { method: string; target: string } {
  const [, verb = 'GET', target] = REQUEST.exec(source.trim()) ?? []
  if (target !== undefined) return { method: verb.toUpperCase(), target }
  throw new UsageError(
    `${quoted(source)} is not a valid request: write a method and an address, such as "POST /orders".`,
  )
}
