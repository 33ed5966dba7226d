/** The HTTP requests of a conversation. */

import { type NamedTexts, requireArgument, TEXT } from '../arguments'
import { ConnectionError, UsageError } from '../errors'
import type { MessageContext, MessageExpression } from '../messages/message-expression'
import type { Secrets } from '../secrets/secrets'
import { quoted } from '../text/excerpt'
import { parseDuration } from '../time/duration'
import type { Transcript } from '../transcript'
import type { Variables } from '../variables/variables'
import { HttpExchange } from './http-exchange'
import type { HttpRequest, RequestLimits, SendRequest } from './send-request'

/**
 * What goes with an HTTP request.
 * @example
 * await rob.request('POST /orders', { headers: { 'X-Room': 'kitchen' }, body: json('{"amount": 3}'), within: '2 seconds' })
 */
export interface RequestOptions {
  /** Variables in them are filled in. */
  readonly headers?: NamedTexts
  /** Query parameters, added to those of the address; as pairs where a name comes several times. */
  readonly parameters?: NamedTexts
  /** Cookies, by name; what a cookie cannot have is percent-encoded. */
  readonly cookies?: NamedTexts
  /** A text is sent as it is; in `json('{"id": "${id}"}')` and its like variables are filled in. */
  readonly body?: string | Pick<MessageExpression, 'toSend'> | undefined
  /** How long to wait before: `2 seconds`, or a number of ms. */
  readonly after?: string | number
  /** How long to wait for the response; by default the settings' timeout. */
  readonly within?: string | number
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
  /** Where a request is sent to, relative to the server's address, and its headers. */
  target(options: TargetOptions, variables: Variables): Pick<HttpRequest, 'url' | 'headers'>
  messageContext(variables: Variables): MessageContext
  /** Resolves after so many ms. */
  pause(ms: number): Promise<void>
  /** Whether the conversation has ended. */
  readonly isOver?: () => boolean
}

/** What makes up the address and the headers of a request. */
interface TargetOptions extends Pick<RequestOptions, 'headers' | 'parameters' | 'cookies'> {
  readonly to: string
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
  async send(source: string, requester: Requester, options: RequestOptions = {}) {
    const { name, isReaction = false } = requester
    const { secrets, transcript, sendRequest } = this.context
    secrets.learnFromAddress(source.trim().replace(/^[a-z]+\s+/i, ''))
    const { method, target } = parseRequest(source)
    const { after, within, ...content } = options
    const limits =
      within === undefined ? this.context.limits : { ...this.context.limits, timeout: parseDuration(within) }
    if (!isReaction) this.lastExchange = undefined
    if (after !== undefined) await this.context.pause(parseDuration(after))
    const request = { method, ...this.contentOf({ ...content, to: target }, requester) }
    const { url, body } = request
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
    if (!isReaction) this.lastExchange = new HttpExchange(request, response, this.context.isOver)
  }

  /** What is sent, with its variables filled in. */
  private contentOf(
    { body, ...target }: TargetOptions & Pick<RequestOptions, 'body'>,
    { variables }: Requester,
  ): Omit<HttpRequest, 'method'> {
    const text = typeof body === 'object' ? body.toSend(this.context.messageContext(variables)) : body
    if (text !== undefined) requireArgument('request', 'body', text, TEXT)
    return { ...this.context.target(target, variables), body: text as string | undefined }
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

/** A method, and an address, which may have a blank in it if it begins like one. */
const REQUEST = /^(?!(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$)(?:([A-Za-z]+)\s+)?((?:[/?]|\$\{|https?:).*|\S*)$/s

function parseRequest(source: string): { method: string; target: string } {
  const [, verb = 'GET', target] = REQUEST.exec(source.trim()) ?? []
  if (target !== undefined) return { method: verb.toUpperCase(), target }
  throw new UsageError(
    `${quoted(source)} is not a valid request: write a method and an address, such as "POST /orders".`,
  )
}
