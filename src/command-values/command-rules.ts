/** Which words of a command are code: there no value may stand, as a server may have sent it. */

import type { CommandWord, Refuse, RuleOptions } from './command-word'
import {
  CHANGES_COMMANDS,
  COMMAND_OPTIONS,
  COMMON_WORDS,
  DECLARES,
  EVALUATES_ARGUMENTS,
  INTERPRETERS,
  READS_VALUES,
  RUNNERS,
  RUNS_ARGUMENTS,
  RUNS_LINES,
  RUNS_NOTHING,
  SETS_VARIABLES,
  TOOLS,
} from './known-programs'
import { loadsCode } from './loading-variables'
import { requireSafeScript } from './script-rules'
import { requireSafeTool } from './tool-rules'

/** A variable before a command. */
export const ASSIGNMENT = /^[a-z_]\w*\+?=/i

/** Words of a shell after which a command begins. */
export const RESERVED = /^(?:if|then|else|elif|while|until|do|!|\{)$/

/** The shells whose scripts are read. */
const SHELL = INTERPRETERS.find(({ inline }) => inline)

/** With these a shell evaluates what a variable is set to, or takes it for the name of another one. */
const EVALUATES = /^[-+]\w*[in]/

/** Refuses each value of a command that would be code, or say what is loaded or run. */
export function requireNoCode(words: readonly CommandWord[], options: RuleOptions): void {
  const { refuse } = options
  for (const { text, value } of words) if (value && saysWhatIsLoaded(text, value)) refuse(value, 'is assigned')
  const start = words.findIndex(({ text }) => !ASSIGNMENT.test(text) && !RESERVED.test(text))
  const [program, ...args] = start < 0 ? [] : words.slice(start)
  if (!program) return
  const command = withFoundFiles([program, ...args])
  requireNamesOfVariables(command, refuse)
  const name = indexOfOwnName(command)
  const mayRun = !RUNS_NOTHING.test(programName(program.text))
  const places = placesOfPrograms(command, { mayRun, refuse })
  for (const [index, word] of command.entries()) {
    const isProgram = places.has(index)
    if (isProgram) requireKnownName(word, refuse)
    // An interpreter is one wherever it stands: what is before it may run it.
    if (index !== name && (isProgram || mayRun)) requireSafeProgram(command, index, { ...options, isProgram })
  }
}

/** The name of a program without its folder, and the ending that it has on Windows. */
export function programName(file: string): string {
  return file
    .replace(/^.*[\\/]/s, '')
    .replace(/\.(?:exe|cmd|bat)$/i, '')
    .toLowerCase()
}

/** What find writes for {} may be a value, if one says where or what it looks for. */
function withFoundFiles(command: readonly CommandWord[]): readonly CommandWord[] {
  const start = command.findIndex(({ text }) => /(?:^|[\\/])g?find(?:\.exe)?$/i.test(text))
  if (start < 0 || !command.some(({ value }) => value)) return command
  return command.map((word, index) =>
    index > start && !word.value && word.text.includes('{}') ? { ...word, value: '{}' } : word,
  )
}

/** Where a shell's script is followed by the name that it has for itself, as in `sh -c '…' sh`. */
function indexOfOwnName([program, option, , name]: readonly CommandWord[]): number | undefined {
  const isShell = program?.isPlain && SHELL?.names.test(programName(program.text))
  const hasScript = option?.isPlain && /^-[eux]*c$/.test(option.text)
  return isShell && hasScript && name?.isPlain && !name.value ? 3 : undefined
}

/** Before the first = a value would name a variable, and choose what is loaded or run. */
function requireNamesOfVariables(command: readonly CommandWord[], refuse: Refuse): void {
  const start = command.findIndex(({ text }) => SETS_VARIABLES.test(text))
  if (start < 0) return
  const args = command.slice(start + 1)
  for (const [index, { text, value }] of args.entries()) {
    const isNext = /^-(?:[a-z]*e|-env(?:-file)?)$/i.test(args[index - 1]?.text ?? '')
    const [, before] = /^(?:--env(?:-file)?=|-[a-z]*?e=?)(.*)$/is.exec(text) ?? []
    const assigned = isNext ? text : before
    if (value && assigned?.includes(value) && !assigned.slice(0, assigned.indexOf(value)).includes('='))
      refuse(value, 'is assigned')
  }
}

/** Whether a value stands in a variable of the environment that says so, also behind an option, as in `-eNODE_OPTIONS=…`. */
function saysWhatIsLoaded(text: string, value: string): boolean {
  const before = text.slice(0, text.indexOf(value)).replace(/^-[a-z]/i, '')
  const names = [...before.matchAll(/(?<!\w)(\w+)\+?=/g)].map(([, name = '']) => name.replace(/^\d+/, ''))
  return names.some((name) => /[A-Z]|^npm_/.test(name) && loadsCode(name))
}

function requireKnownName({ text, value, isPlain }: CommandWord, refuse: Refuse): void {
  if (value) refuse(value, 'names the program')
  if (!isPlain) refuse(text, 'is not plain')
}

interface PlaceOptions {
  /** Whether the command may run its words. */
  readonly mayRun: boolean
  readonly refuse: Refuse
}

/** Where a program, or the name of a variable that is evaluated, may stand. */
function placesOfPrograms(command: readonly CommandWord[], { mayRun, refuse }: PlaceOptions): ReadonlySet<number> {
  const places = new Set([0])
  const runners = new RunnerWords(refuse)
  let options: RegExp | undefined
  let isAfterOption = false
  for (const [index, word] of command.entries()) {
    if (runners.mayBeProgram(word) || isAfterOption) places.add(index)
    isAfterOption = options?.test(word.text) === true
    const name = programName(word.text)
    if (!places.has(index) && (!mayRun || COMMON_WORDS.test(name))) continue
    runners.begin(name)
    if (places.has(index)) options = COMMAND_OPTIONS.get(name) ?? options
  }
  return places
}

/** The words of what runs a command: each that may be that program is taken for one, as any option may have a word of its own. */
class RunnerWords {
  /** How many words may stand before the program; less than none where there is no runner. */
  private before = -1
  private least = 0
  private most = 0
  private flags: RegExp | undefined

  constructor(private readonly refuse: Refuse) {}

  begin(name: string): void {
    const [, least, most, flags] = RUNNERS.find(([names]) => names.test(name)) ?? []
    if (least === undefined || most === undefined) return
    this.least = this.before < 0 ? least : 0
    this.before = Math.max(this.before, most)
    this.most = most
    this.flags = flags
  }

  mayBeProgram({ text, value, isPlain }: CommandWord): boolean {
    if (this.before < 0 || RESERVED.test(text)) return false
    if (text === '--') this.before = Math.min(this.before, this.most)
    else if (text.startsWith('-')) {
      if (value) this.refuse(value, 'is run as code')
      if (!this.flags?.test(text)) this.before++
    } else if (ASSIGNMENT.test(text)) {
      if (!isPlain && !value) this.refuse(text, 'is not plain')
    } else {
      this.before--
      return this.least-- <= 0
    }
    return false
  }
}

interface ProgramOptions extends RuleOptions {
  /** Whether a program stands there for certain, or for all that is known. */
  readonly isProgram: boolean
}

function requireSafeProgram(command: readonly CommandWord[], index: number, options: ProgramOptions): void {
  const { refuse, mayReadValues, isProgram, checkLine } = options
  const { text } = wordAt(command, index)
  const name = programName(text)
  const base = name.replace(/(?<=[a-z])-?\d[\d.]*$/, '')
  const evaluates =
    RUNS_ARGUMENTS.test(name) || RUNS_ARGUMENTS.test(base) || (isProgram && EVALUATES_ARGUMENTS.test(name))
  const declares = isProgram && DECLARES.test(name)
  const interpreter = INTERPRETERS.find(({ names }) => names.test(base))
  const tool = TOOLS.find(({ names }) => names.test(name))
  const runsLines = RUNS_LINES.test(name) && (evaluates || isProgram)
  if (!evaluates && !declares && !interpreter && !tool && !runsLines) return
  const args = command.slice(index + 1)
  if (evaluates) {
    requireNoValue(args, refuse)
    if (mayReadValues && !READS_VALUES.test(name)) refuse(text, 'runs what it reads')
    if (CHANGES_COMMANDS.test(name)) refuse(text, 'is not supported')
  }
  if (runsLines) {
    for (const { text: line, value, isExpanded } of args) {
      if (isExpanded && !value) refuse(line, 'is not plain')
      if (!value) checkLine(line)
    }
  }
  if (declares) requireNames(args, refuse)
  if (interpreter) requireSafeScript(text, args, { ...options, interpreter })
  if (tool) requireSafeTool(text, args, { ...options, tool })
}

function wordAt(command: readonly CommandWord[], index: number): CommandWord {
  return command[index] as CommandWord
}

function requireNoValue(words: readonly CommandWord[], refuse: Refuse): void {
  for (const { value } of words) if (value) refuse(value, 'is run as code')
}

/** A value may be that of a variable, but not its name. */
function requireNames(args: readonly CommandWord[], refuse: Refuse): void {
  const isEvaluated = args.some(({ text }) => EVALUATES.test(text))
  requireNoValue(
    args.filter(({ text }) => isEvaluated || !ASSIGNMENT.test(text)),
    refuse,
  )
}
