/** Fills the values of variables into words, each of which stays one. */

import { type ProcessLabel, unsafeCommandValue } from '../processes/program-failure'
import type { FillVariables } from '../processes/programs'
import type { CommandWord } from './command-word'

/** A variable, but for one of the environment, which no server sets. */
export const UNTRUSTED = /\$\{(?!env\.)[^{}]*\}/

/** A word as its rules see it: variables of the environment may name a program. */
export function commandWord(text: string, fill: FillVariables): CommandWord {
  return {
    text: text.replace(/\$\{env\.[^{}]*\}/g, (variable) => fill(variable)),
    value: UNTRUSTED.exec(text)?.[0],
    isPlain: true,
  }
}

interface ArgumentOptions {
  readonly fill: FillVariables
  /** Whether the word -- stands before them. */
  readonly isAfterOptions: boolean
}

/**
 * Fills variables into arguments, each of which stays one.
 * @throws UsageError if a value would be an option, or cannot be passed
 */
export function fillArguments(label: ProcessLabel, words: readonly string[], options: ArgumentOptions): string[] {
  const { fill } = options
  let { isAfterOptions } = options
  return words.map((word) => {
    const value = fill(word)
    const variable = UNTRUSTED.exec(word)
    // What stands before it may be empty, too.
    const isFirst = variable !== null && fill(word.slice(0, variable.index)) === ''
    if (isFirst && !isAfterOptions) requireNoOption(label, variable[0], value)
    isAfterOptions ||= word === '--'
    requireNoNullByte(label, word, value)
    return value
  })
}

/** @throws UsageError if the value of a variable would be taken for an option */
export function requireNoOption(label: ProcessLabel, variable: string, value: string): void {
  if (value.startsWith('-') && UNTRUSTED.test(variable)) throw unsafeCommandValue(label, variable, 'is an option')
}

/** @throws UsageError if a value has a character that no argument can have */
export function requireNoNullByte(label: ProcessLabel, source: string, value: string): void {
  if (value.includes('\0') && !source.includes('\0')) throw unsafeCommandValue(label, source, 'has a null byte')
}
