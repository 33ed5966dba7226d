/** Defines all sentences, and the types of their parameters. */

import { join, sep } from 'node:path'
import { filterExpressions } from './suggestions/expressions'

/** Where sentences are defined. */
const VOCABULARIES = ['vocabulary', 'system-vocabulary'].map((folder) => join(__dirname, folder) + sep)

/** Cucumber reads from the stack of an error where a sentence is defined: so many frames, its own included, are enough. */
const DEFINITION_FRAMES = 6

/** To be called while Cucumber loads support code; each sentence is defined once. */
export function defineSentences(): void {
  filterExpressions()
  const { stackTraceLimit, prepareStackTrace } = Error
  // Cucumber parses the whole stack, for each sentence anew: it is given the one line that it looks for.
  Error.stackTraceLimit = DEFINITION_FRAMES
  Error.prepareStackTrace = (error, frames) => (prepareStackTrace ?? formatStack)(error, definitionIn(frames))
  try {
    require('./vocabulary/parameter-types')
    // Those that are used most come first: for each step Cucumber looks through them from the first one on.
    require('./vocabulary/sending')
    require('./vocabulary/receiving')
    require('./vocabulary/connecting')
    require('./vocabulary/reacting')
    require('./vocabulary/remembering')
    require('./system-vocabulary/requesting')
    require('./system-vocabulary/programs')
    require('./system-vocabulary/protocols')
    require('./system-vocabulary/contract')
  } finally {
    Error.stackTraceLimit = stackTraceLimit
    Error.prepareStackTrace = prepareStackTrace
  }
}

/** The line of the vocabulary, or the first one. */
function definitionIn(frames: readonly NodeJS.CallSite[]): NodeJS.CallSite[] {
  const isDefinition = (frame: NodeJS.CallSite) =>
    VOCABULARIES.some((folder) => frame.getFileName()?.startsWith(folder))
  return [...frames.filter(isDefinition), ...frames].slice(0, 1)
}

/** A stack as V8 writes it. */
function formatStack(error: Error, frames: readonly NodeJS.CallSite[]): string {
  return [String(error), ...frames.map((frame) => `    at ${frame}`)].join('\n')
}
