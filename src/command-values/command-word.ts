/** A word of a command, as its rules see it, and what they are given besides. */

/** A word of a command. */
export interface CommandWord {
  /** Without quotes, and with each variable as it is written. */
  readonly text: string
  /** What in it stands for a value that a server may have sent: a variable, or for a shell a name that has one. */
  readonly value: string | undefined
  /** Whether a shell takes it as it is written: it says which program, or option, it is. */
  readonly isPlain: boolean
  /** Whether a shell fills in variables of its own. */
  readonly isExpanded?: boolean
}

/** Why a value may not stand where it does, or a word beside values. */
type CodeProblem =
  | 'names the program'
  | 'is assigned'
  | 'is run as code'
  | 'runs what it reads'
  | 'is not plain'
  | 'may take a word'
  | 'is not supported'

/** Throws an error that says what was found, and why it is refused. */
export type Refuse = (found: string, problem: CodeProblem) => never

export interface RuleOptions {
  readonly refuse: Refuse
  /** Whether what it reads may be a value: it stands in a line with a pipe. */
  readonly mayReadValues: boolean
  /** Checks a text that a shell runs. */
  readonly checkLine: (line: string) => void
}
