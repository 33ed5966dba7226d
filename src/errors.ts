/** The errors that this library throws on purpose: one base, and a class for each who is to act. */

import { sep } from 'node:path'
import { learnSecrets, redact, redactValue } from './redaction'
import { escapeInvisible } from './text/lazy-visible'

/**
 * Two values for Cucumber to lay side by side.
 * @example throw new ExpectationError('The taxi is late.', { expected: 5, actual: 12 })
 */
export interface Comparison {
  /** What was expected. */
  readonly expected?: unknown
  /** What was found instead. */
  readonly actual?: unknown
}

/**
 * What every error of this library is: an AssertionError as test runners know it, by its name, `expected`, `actual` and
 * `showDiff`. Its message and its comparison have neither secrets nor invisible characters but line breaks; its stack has the
 * frames of the reader's own code alone, as those of this library, of Cucumber and of Node say nothing to them.
 * @example if (error instanceof ConversationError) console.log(error.message)
 */
export abstract class ConversationError extends Error implements Comparison {
  /** What was expected, if something was. */
  declare readonly expected?: unknown
  /** What was found instead. */
  declare readonly actual?: unknown
  /** Whether the two are to be laid side by side. */
  readonly showDiff: boolean

  constructor(text: string, comparison: Comparison = {}) {
    learnSecrets((redaction) => redaction.learn(comparison.expected))
    const message = show(text)
    super(message)
    this.showDiff = 'expected' in comparison
    for (const [side, value] of Object.entries(comparison)) Object.assign(this, { [side]: redactValue(value, show) })
    const frames = (this.stack ?? '').split('\n').filter((line) => FRAME.test(line) && !isForeign(line))
    // Without frames no stack at all: Cucumber would take the lines of the message for frames, and that takes minutes.
    this.stack = frames.length === 0 ? '' : [message, ...frames].join('\n')
  }

  /** As test runners know it. */
  override get name(): string {
    return 'AssertionError'
  }
}

/** A text as it may reach a console, and Cucumber's JUnit report: of several `]]>`, which end CDATA, that escapes the first alone. */
function show(text: string): string {
  return escapeInvisible(redact(text), '\n').replaceAll(']]>', ']]\\u003e')
}

/** A frame with a place in a file; others, such as `at async Promise.all (index 0)`, say nothing. */
const FRAME = /^\s+at .*:\d+:\d+\)?$/
const FOREIGN = /node:|node_modules[\\/]@cucumber/
const LIBRARY = `${__dirname}${sep}`

function isForeign(frame: string): boolean {
  return FOREIGN.test(frame) || (frame.includes(LIBRARY) && !frame.includes('.test.ts'))
}

/**
 * The scenario, the settings or a call is wrong: says what was written, where if known, and what to write instead.
 * @example throw new UsageError('A taxi has 4 seats: write 1 to 4 passengers.')
 */
export class UsageError extends ConversationError {}

/**
 * A sentence expects of a message what no message of the client's protocol has: a topic, or an event.
 * @internal
 */
export class NotInProtocolError extends UsageError {}

/**
 * The system under test did not do what a sentence says; `expected` and `actual` are there to be compared.
 * @example await rob.receives('Hello').catch((error: ExpectationError) => console.log(error.actual))
 */
export class ExpectationError extends ConversationError {}

/**
 * A connection was refused, could not be made, or broke.
 * @example await rob.connect().catch((error: ConnectionError) => console.log(error.status))
 */
export class ConnectionError extends ConversationError {
  constructor(
    message: string,
    /** The HTTP status of a server that refused the handshake. */
    readonly status?: number,
    /** The system's or the transport's code, such as ECONNREFUSED. */
    readonly code?: string,
  ) {
    super(message)
  }
}
