/** Requests over the socket, whose answers have a member in common with them. */

import { UsageError } from '../errors'
import { inTime } from '../evaluation-limit'
import { requireMatcher } from '../expectations/require-matchers'
import type { Expectation } from '../inbox/expectation'
import { Message } from '../inbox/message'
import { stringifyJson } from '../json/json-text'
import { LiteralValue } from '../json/json-value'
import {
  type ComparingMatcher,
  type Difference,
  LibraryMatcher,
  type Matcher,
  type MessageContent,
  NOT_JSON,
} from '../matching/matcher'
import { havingMembers } from '../matching/members-matcher'
import { rememberedValue } from '../messages/remembered-value'
import { excerpt, quoted } from '../text/excerpt'
import type { Sendable } from './sending'

/** A request as it is sent, and the expectation of its answer. */
interface Exchange {
  readonly request: Sendable
  readonly answer: Expectation
}

/** What is sent, and what is expected as its answer. */
interface Question {
  readonly data: string | Buffer
  readonly description: string
  readonly answer: Matcher
  /** The number of the first message that can be the answer: what came before the request was sent answers another one. */
  readonly firstNumber: number
}

/**
 * Prepares a request, and the expectation of the answer that has the same value at the path.
 * @param path which the settings name
 * @throws UsageError if they do not, or if the request has no value there
 */
export function prepareExchange(
  path: string | undefined,
  { data, description, answer, firstNumber }: Question,
): Exchange {
  if (path === undefined) {
    throw new UsageError(
      'Which member an answer has in common with its request is not known. Write to worldParameters.websocket: ' +
        "correlation: 'id'",
    )
  }
  const sent = new Message(0, 0, data)
  if (sent.json === NOT_JSON) {
    throw new UsageError(`${description} is not JSON, and so has no ${quoted(path)} that an answer could have, too.`)
  }
  const value = correlatedValue(sent, path, description)
  if (value === null) throw new UsageError(`${description} has null at ${quoted(path)}, which any answer may have.`)
  const matcher = new AnswerMatcher(path, value, requireMatcher(answer))
  return {
    request: { toSend: () => data },
    answer: {
      goal: `receive ${matcher.describe()}`,
      matcher,
      start: (inbox) => ({
        consider: (received) => {
          if (received.number < firstNumber || !matcher.isAnswer(received)) return undefined
          if (matcher.accepts(received)) return [received]
          const reason = `should be answered ${answer.describe()}, but number ${received.number} is the answer`
          return { reason, mismatch: { message: received, matcher } }
        },
        missing() {
          const lines: string[] = []
          for (const message of inTime(inbox.unread)) {
            const isEarly = message.number < firstNumber && matcher.accepts(message)
            if (isEarly) lines.push(`number ${message.number} came before the request was sent`)
          }
          return lines
        },
      }),
    },
  }
}

/** @throws UsageError if the request has no value at the path, or several; it says where the path comes from */
function correlatedValue(sent: Message, path: string, description: string): unknown {
  try {
    return rememberedValue(sent, path, description)
  } catch (error) {
    throw new UsageError(
      `${(error as Error).message}\nThe setting "correlation" names this member, which is to be the same in the answer: ` +
        'give each request one of its own, or let the setting name another.',
    )
  }
}

/** Accepts an answer that has the value of its request at the path. */
class AnswerMatcher extends LibraryMatcher implements ComparingMatcher {
  /** Accepts any answer to the request. */
  readonly isSame: ComparingMatcher

  constructor(
    private readonly path: string,
    private readonly value: unknown,
    private readonly answer: Matcher,
  ) {
    super()
    this.isSame = havingMembers([[path, new LiteralValue(value)]])
  }

  describe(): string {
    return `${this.answer.describe()} with ${quoted(this.path)} ${excerpt(stringifyJson(this.value))}`
  }

  accepts(received: MessageContent): boolean {
    return this.isAnswer(received) && this.answer.accepts(received)
  }

  /** Whether it answers the request; where a protocol has told what it answers, its members do not count. */
  isAnswer(received: MessageContent): boolean {
    const details = received instanceof Message ? received.details : {}
    if (Object.keys(details).length === 0) return this.isSame.accepts(received)
    return details.answerTo !== undefined && String(details.answerTo) === String(this.value)
  }

  compare(received: MessageContent): Difference {
    const { answer, isSame } = this
    return this.isAnswer(received) && answer.compare ? answer.compare(received) : isSame.compare(received)
  }
}
