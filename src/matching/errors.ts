/** The base of every error that this library throws on purpose, and the one for what a person wrote. */

import { sep } from 'node:path'
import { AssertionError } from 'chai'
import { literally } from './literally'
import { learnSecrets, redacted, redactedValue } from './redaction'

/**
 * Something that a reader of the report is to be told in words.
 * Its stack shows the reader's own code alone: frames of this library, of Cucumber and of Node say nothing to them.
 */
export abstract class ConversationError extends AssertionError<unknown> {
  constructor(words: string, comparison: { expected?: unknown; actual?: unknown } = {}) {
    learnSecrets((redaction) => redaction.learn(comparison.expected))
    const message = redacted(words)
    const shown = Object.entries(comparison).map(([side, value]) => [side, redactedValue(value)])
    super(message, { ...Object.fromEntries(shown), showDiff: 'expected' in comparison })
    const own = (this.stack ?? '').split('\n').filter((line) => FRAME.test(line) && !foreign.test(line))
    // Without frames no stack at all: Cucumber would take the lines of the message for frames, and that takes minutes.
    this.stack = own.length === 0 ? '' : [message, ...own].join('\n')
  }
}

/** A frame with a place in a file; others, such as `at async Promise.all (index 0)`, say nothing. */
const FRAME = /^\s+at .*:\d+:\d+\)?$/
const library = literally(`${__dirname.split(sep).slice(0, -1).join(sep)}${sep}`)
const foreign = new RegExp(`node:|node_modules[\\\\/]@cucumber|${library}(?!.*\\.test\\.ts)`)

/** The scenario or the settings are wrong: says what was written, where if known, and what to write instead. */
export class Mistake extends ConversationError {}
