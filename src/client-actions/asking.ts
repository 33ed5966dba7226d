/** Requests over the socket, whose answers have a member in common with them. */

import type { ClientState, WaitOptions } from '../client-state/client-state'
import { sendMessage } from '../client-state/sending'
import { isRequestId, type RequestId } from '../connection/connection'
import { UsageError } from '../errors'
import { inTime } from '../evaluation-limit'
import { requireMatcher } from '../expectations/require-matchers'
import type { Expectation } from '../inbox/expectation'
import { Message } from '../inbox/message'
import { stringifyJson } from '../json/json-text'
import { LiteralValue } from '../json/json-value'
import { havingDetails } from '../matching/details-matcher'
import {
  anyMessage,
  type ComparingMatcher,
  type Difference,
  LibraryMatcher,
  type Matcher,
  type MessageContent,
  NOT_JSON,
} from '../matching/matcher'
import { havingMembers } from '../matching/members-matcher'
import type { MessageExpression } from '../messages/message-expression'
import { type MessageInput, matcherOf } from '../messages/message-input'
import { rememberedValue } from '../messages/remembered-value'
import { excerpt, quoted } from '../text/excerpt'
import { expectAll } from './expecting'

/** What is sent, and what is expected as its answer. */
export interface Question {
  readonly data: string | Buffer
  readonly description: string
  readonly answer: Matcher
  /** The number of the first message that can be the answer: what came before the request was sent answers another one. */
  readonly firstNumber: number
}

/**
 * Sends a request, and waits for its answer: the one that the protocol tells, or that has the same value at a path.
 * @throws UsageError if nothing says where, or if the request has no such value
 * @throws ExpectationError if no answer comes in time
 */
export async function ask(
  client: ClientState,
  request: MessageExpression,
  answer: MessageInput,
  options: WaitOptions,
): Promise<Message> {
  const { context, inbox, connection, name } = client
  const data = request.toSend(client.messageContext())
  const question = {
    ...{ data, description: request.describe() },
    ...{ answer: matcherOf(answer, client.messageContext()), firstNumber: inbox.nextNumber },
  }
  const { settings, contracts } = context
  const path = () => {
    const { topic = connection.topic } = request.toAddress?.(client.messageContext()) ?? {}
    return settings.correlation ?? contracts?.correlationOf(name, connection.target?.url as string, data, topic)
  }
  const pathIn: PathIn = (received) =>
    settings.correlation === undefined ? contracts?.correlationIn(received as Message) : undefined
  const byMember = () => answerByMember(path(), question, pathIn)
  // A protocol may know by itself which request an answer is to.
  const expected = connection.actions ? undefined : byMember()
  const sentAt = context.transcript.now()
  const id = await sendMessage(client, { ...request, toSend: () => data }, { context: client.messageContext() })
  const expectation = expected ?? (isRequestId(id) ? answerById(id, question) : byMember())
  const [received] = (await expectAll(client, expectation, options)) as [Message]
  context.measures?.answered(received.at - sentAt)
  return received
}

/**
 * Expects the answer that a protocol tells by its id.
 * @param id of the request
 */
export function answerById(answerTo: RequestId, question: Question): Expectation {
  const isSame = havingDetails({ answerTo }, anyMessage, `an answer to ${answerTo}`)
  return expectAnswer(question, new AnswerMatcher(isSame, question.answer, ` to ${quoted(String(answerTo))}`))
}

/**
 * Expects the answer that has the same value as its request at the path.
 * @param path which the settings name
 * @param pathIn tells where a message says what it answers, if it is known to say that elsewhere
 * @throws UsageError if they do not, or if the request has no value there
 */
export function answerByMember(path: string | undefined, question: Question, pathIn?: PathIn): Expectation {
  const { data, description, answer } = question
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
  const isSame = new CorrelationMatcher(path, value, pathIn)
  const words = ` with ${quoted(path)} ${excerpt(stringifyJson(value))}`
  return expectAnswer(question, new AnswerMatcher(isSame, answer, words))
}

function expectAnswer({ answer, firstNumber }: Question, matcher: AnswerMatcher): Expectation {
  return {
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
  }
}

/** @throws UsageError if the request has no value at the path, or several; it says where the path comes from */
function correlatedValue(sent: Message, path: string, description: string): unknown {
  try {
    return rememberedValue(sent, path, description)
  } catch (error) {
    throw new UsageError(
      `${(error as Error).message}\nThe setting "correlation" or the AsyncAPI document names this member, which is to be the same in the answer: ` +
        'give each request one of its own, or let them name another.',
    )
  }
}

type PathIn = (message: MessageContent) => string | undefined

/** Compares messages as a matcher does. */
type Comparison = Pick<ComparingMatcher, 'accepts' | 'compare'>

/** Accepts messages that have a value where they say what they answer. */
class CorrelationMatcher implements Comparison {
  private readonly matchers = new Map<string, ComparingMatcher>()

  constructor(
    private readonly path: string,
    private readonly value: unknown,
    private readonly pathIn: PathIn = () => undefined,
  ) {}

  accepts(message: MessageContent): boolean {
    return this.of(message).accepts(message)
  }

  compare(message: MessageContent): Difference {
    return this.of(message).compare(message)
  }

  private of(message: MessageContent): ComparingMatcher {
    return this.at(this.pathIn(message) ?? this.path)
  }

  private at(path: string): ComparingMatcher {
    const matcher = this.matchers.get(path) ?? havingMembers([[path, new LiteralValue(this.value)]])
    this.matchers.set(path, matcher)
    return matcher
  }
}

/** Accepts an answer to one request alone. */
class AnswerMatcher extends LibraryMatcher implements ComparingMatcher {
  constructor(
    private readonly isSame: Comparison,
    private readonly answer: Matcher,
    private readonly words: string,
  ) {
    super()
    requireMatcher(answer)
  }

  describe(): string {
    return this.answer.describe() + this.words
  }

  accepts(received: MessageContent): boolean {
    return this.isAnswer(received) && this.answer.accepts(received)
  }

  /** Whether it answers the request, whatever it says. */
  isAnswer(received: MessageContent): boolean {
    return this.isSame.accepts(received)
  }

  compare(received: MessageContent): Difference {
    const { answer, isSame } = this
    return this.isAnswer(received) && answer.compare ? answer.compare(received) : isSame.compare(received)
  }
}
