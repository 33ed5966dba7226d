/** Which names a shell's own commands may set in a line with values: none that says what is run, or is a number to evaluate. */

import { ASSIGNMENT, RESERVED } from './command-rules'
import type { CommandWord, Refuse } from './command-word'
import { RUNS_NOTHING } from './known-programs'
import { loadsCode } from './loading-variables'

/** What sets, or declares, the variables after it. */
const SETS =
  /^(?:for|foreach|select|read|readarray|mapfile|getopts|vared|printf|declare|typeset|local|nameref|integer|float|set|wait|export|readonly|unset|test|\[)$/

/** Those of them that give no other value to a variable whose name stands alone. */
const KEEPS = /^(?:export|readonly|unset|test|\[)$/

/** Those of them whose words are names and options, so that each has to be known. */
const TAKES_NAMES = /^(?:read|readarray|mapfile|getopts|declare|typeset|local)$/

/** Options with which they evaluate, run or refer to something by its name, after the name of the command. */
const EVALUATES =
  /^(?:(?:declare|typeset|local|readonly) [-+]\w*[in]|export [-+]\w*i|(?:readarray|mapfile) -\w*C|wait -\w*p|(?:nameref|integer|float|vared) )/

/** A name alone, also behind an option's letters, with its index, or with the prompt of ksh. */
const NAME = /^(?:[-+][a-z]*)?(\w+)(?:[[?].*)?$/s

/** An index, which bash evaluates, and values of an array in quotes, which may have one. */
const INDEX = /^(?:[-+][a-z]*)?\w+\[|=\(/

/** Variables that a shell takes for numbers, and evaluates as such. */
const NUMBERS =
  /^(?:S?RANDOM|SECONDS|LINENO|OPTIND|OPTERR|HISTCMD|HISTSIZE|HISTFILESIZE|SAVEHIST|EPOCH\w*|BASHPID|BASH_SUBSHELL|BASH_ARG[CV]|MAILCHECK|COLUMNS|LINES|TMOUT|FUNCNEST|SHLVL|E?[UG]ID|PPID|DIRSTACK|GROUPS|ERRNO|LISTMAX|KEYTIMEOUT|BAUD)$/

/** Refuses what sets such a variable, or evaluates the value of one. */
export function requireSafeNames(command: readonly CommandWord[], refuse: Refuse): void {
  for (const { text, value } of command) {
    const [, name = '', number = ''] = /^(\w+)\+?=(.*)$/s.exec(text) ?? []
    if (NUMBERS.test(name) && /\D/.test(number)) refuse(value ?? text, value ? 'is run as code' : 'is not supported')
  }
  const start = command.findIndex(({ text }) => !ASSIGNMENT.test(text) && !RESERVED.test(text))
  const runsNothing = RUNS_NOTHING.test(command[start]?.text ?? '')
  const words = command.slice(Math.max(start, 0))
  const at = words.findIndex(({ text }, index) => (index === 0 || !runsNothing) && SETS.test(text))
  if (at >= 0) requireKnownNames(words.slice(at), refuse)
}

function requireKnownNames([setter, ...args]: readonly CommandWord[], refuse: Refuse): void {
  const { text: name } = setter as CommandWord
  const mayHaveIndex = !/^(?:printf|test|\[)$/.test(name) || args.some(({ text }) => /^-v/.test(text))
  for (const [index, { text, isPlain }] of args.entries()) {
    const isKnown = isPlain || ASSIGNMENT.test(text) || !(TAKES_NAMES.test(name) || (name === 'printf' && index === 0))
    const isIndex = mayHaveIndex && !/^(?:for|foreach|select|set|wait)$/.test(name) && INDEX.test(text)
    const isSet = !KEEPS.test(name) && isRead(NAME.exec(text)?.[1] ?? '')
    if (!isKnown || isIndex || isSet || EVALUATES.test(`${name} ${text}`)) refuse(text, 'is not supported')
  }
}

/** Whether a shell, or what it starts, does more with a variable than to keep it. */
function isRead(name: string): boolean {
  return NUMBERS.test(name) || (/[A-Z]|^npm_/.test(name) && loadsCode(name))
}
