/** A request and its response, and what sentences expect of it. */

import { NAME, requireArgument, TEXT, WHOLE_NUMBER } from '../arguments'
import { UsageError } from '../errors'
import { requireMatcher } from '../expectations/require-matchers'
import { Message } from '../inbox/message'
import { comparesBytes } from '../matching/bytes-matcher'
import type { Matcher } from '../matching/matcher'
import { readings } from '../matching/readings'
import { requireSomething } from '../text/require-something'
import { bodyFailure, cookieFailure, headerFailure, statusFailure, textFailure } from './response-failure'
import type { HttpRequest, HttpResponse } from './send-request'

/**
 * The response to a request; `conversation.requests.last` returns the last one.
 * @example conversation.requests.last.expectStatus(201)
 */
export class HttpExchange {
  /** The body as a message: its text and its JSON. */
  readonly body: Message

  /** @internal */
  constructor(
    private readonly request: HttpRequest,
    private readonly response: HttpResponse,
    private readonly isOver: () => boolean = () => false,
  ) {
    this.body = new Message(1, 0, response.text)
  }

  /** What was requested: `GET http://localhost:8080/orders`. */
  get label(): string {
    return `${this.request.method} ${this.request.url}`
  }

  /** The HTTP status. */
  get status(): number {
    return this.response.status
  }

  /**
   * The charset that the server named, if it is not known.
   * @internal
   */
  get unknownCharset(): string | undefined {
    return this.response.unknownCharset
  }

  /** The body as text; empty without one. */
  get text(): string {
    return this.response.text
  }

  /**
   * Expects a status.
   * @throws ExpectationError if the response has another one
   */
  expectStatus(status: number): void {
    this.requireConversation()
    requireArgument('expectStatus', 'status', status, WHOLE_NUMBER)
    if (status !== this.status) throw statusFailure(this, status)
  }

  /**
   * Expects a body.
   * @throws ExpectationError if the matcher does not accept it
   */
  expectBody(matcher: Matcher): void {
    this.requireConversation()
    const expected = requireMatcher(matcher)
    const body = comparesBytes(expected) ? this.binary : this.body
    if (!expected.accepts(body)) throw bodyFailure(this, expected, body)
  }

  /**
   * Expects a header; of several cookies that are set, one is enough.
   * @param name in any case
   * @throws ExpectationError if the response does not have it, or has another value
   * @example conversation.requests.last.expectHeader('Content-Type', 'application/json')
   */
  expectHeader(name: string, value: string): void {
    this.requireConversation()
    requireArgument('expectHeader', 'name', name, NAME)
    requireArgument('expectHeader', 'value', value, TEXT)
    const { headers } = this.response
    const key = name.toLowerCase()
    const actual = Object.hasOwn(headers, key) ? headers[key] : undefined
    if (actual === value || (key === 'set-cookie' && actual?.split('\n').includes(value))) return
    throw headerFailure(this, { name, expected: value, actual, known: Object.keys(headers) })
  }

  /**
   * The value of a cookie that the response sets, as it comes.
   * @throws ExpectationError if it sets none of that name
   * @example await rob.connect({ cookies: { session: conversation.requests.last.cookie('session') } })
   */
  cookie(name: string): string {
    this.requireConversation()
    requireArgument('cookie', 'name', name, NAME)
    const lines = this.response.headers['set-cookie']?.split('\n') ?? []
    const cookies = lines
      .map((line) => /^([^=;]*)=([^;]*)/.exec(line) ?? [])
      .map((parts) => parts.map((part) => part.trim()))
    const value = cookies.findLast(([, known]) => known === name)?.[2]
    if (value !== undefined) return value
    throw cookieFailure(
      this,
      name,
      cookies.flatMap(([, known = []]) => known),
    )
  }

  /** The body as a binary message, for those who expect bytes. */
  private get binary(): Message {
    const { text, bytes = Buffer.from(text) } = this.response
    return new Message(1, 0, bytes)
  }

  /**
   * Expects a text in the body.
   * @throws ExpectationError if the body does not contain it, UsageError for an empty text
   */
  expectText(text: string): void {
    this.requireConversation()
    requireArgument('expectText', 'text', text, TEXT)
    requireSomething(text)
    for (const reading of readings(this.body, { withParts: true })) if (reading.includes(text)) return
    throw textFailure(this, text)
  }

  /** @throws UsageError if the conversation is over: a failure would show its secrets */
  private requireConversation(): void {
    if (this.isOver())
      throw new UsageError('Nothing can be expected of a response any more: the conversation has ended.')
  }
}
