/** What a server answered to an HTTP request, and what sentences expect of it. */

import { comparable, excerpt, quoted } from '../matching/excerpt'
import type { Matcher } from '../matching/matcher'
import { UnmetExpectation } from './errors'
import { Message } from './message'
import type { HttpRequest, HttpResponse } from './request'

/** The answer to one request. */
export class Response {
  readonly body: Message
  /** What was asked: `GET http://localhost:8080/orders`. */
  readonly asked: string

  constructor(
    { method, url }: HttpRequest,
    private readonly answer: HttpResponse,
  ) {
    this.asked = `${method} ${url}`
    this.body = new Message(1, 0, answer.text)
  }

  get status(): number {
    return this.answer.status
  }

  /** @throws UnmetExpectation if it is another one */
  hasStatus(status: number): void {
    if (status === this.status) return
    throw new UnmetExpectation(
      `The response to ${this.asked} should have the status ${status}, but has ${this.status}.\n${this.inWords()}`,
      { expected: status, actual: this.status },
    )
  }

  /** @throws UnmetExpectation if its body is not what is meant */
  fits(matcher: Matcher): void {
    if (matcher.accepts(this.body)) return
    const difference = matcher.compare?.(this.body)
    throw new UnmetExpectation(
      `The response to ${this.asked} is not ${matcher.describe()}.\n${this.inWords()}`,
      difference && comparable(difference.expected, difference.actual),
    )
  }

  /** @throws UnmetExpectation if its body has no such part */
  contains(text: string): void {
    if (this.answer.text.includes(text)) return
    throw new UnmetExpectation(`The response to ${this.asked} does not contain ${quoted(text)}.\n${this.inWords()}`)
  }

  private inWords(): string {
    const { text = '' } = this.body
    return text === '' ? 'It has no body.' : `Its body is ${excerpt(text)}`
  }
}
