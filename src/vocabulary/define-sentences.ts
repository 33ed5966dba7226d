/** Defines all sentences, and the types of their parameters. */

/** Cucumber reads from the stack of an error where a sentence is defined: so many frames, its own included, are enough. */
const DEFINITION_FRAMES = 5

/** To be called while Cucumber loads support code; each sentence is defined once. */
export function defineSentences(): void {
  const { stackTraceLimit } = Error
  // Cucumber parses the whole stack, for each sentence anew.
  Error.stackTraceLimit = DEFINITION_FRAMES
  try {
    require('./parameter-types')
    // Those that are used most come first: for each step Cucumber looks through them from the first one on.
    require('./sending')
    require('./receiving')
    require('./connecting')
    require('./reacting')
    require('./remembering')
    require('./requesting')
    require('./programs')
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}
