/** Which words of a command are code: there no value may stand, as a server may have sent it. */

import { loadsCode } from './loading-variables'

/** A word of a command. */
export interface CommandWord {
  /** Without quotes, and with each variable as it is written. */
  readonly text: string
  /** What in it stands for a value that a server may have sent: a variable, or for a shell a name that has one. */
  readonly value: string | undefined
}

/** Why a value may not stand where it does, or a word beside values. */
type CodeProblem = 'names the program' | 'is assigned' | 'is run as code' | 'runs what it reads'

/** Throws an error that says what was found, and why it is refused. */
export type Refuse = (found: string, problem: CodeProblem) => void

interface RuleOptions {
  readonly refuse: Refuse
  /** Whether what it reads may be a value: it stands in a line with a pipe. */
  readonly mayReadValues: boolean
}

const ASSIGNMENT = /^[a-z_]\w*\+?=/i

/** Words of a shell after which a command begins. */
const RESERVED = /^(?:if|then|else|elif|while|until|do|!|\{)$/

/** Builtins that set the variables after them. */
const DECLARES = /^(?:export|declare|typeset|readonly|local)$/

/** With these a shell evaluates what a variable is set to, or takes it for the name of another one. */
const EVALUATES = /^[-+]\w*[in]/

/** What runs or evaluates each of its arguments, here or elsewhere, whatever stands before it. */
const RUNS_ARGUMENTS =
  /^(?:eval|source|\.|trap|alias|let|enable|bind|complete|compgen|fc|unset|read|readarray|mapfile|getopts|ssh|xargs|parallel|g?make|coproc|su|runuser|script|watch|cmd|powershell|pwsh|expect|tclsh|wish)$/

/** After these options of theirs, a command or a name that is evaluated. */
const COMMAND_OPTIONS: ReadonlyMap<string, RegExp> = new Map([
  ['find', /^-(?:exec|ok)(?:dir)?$/],
  ...['printf', 'test', '['].map((name) => [name, /^-v$/] as const),
])

/** What runs the command after it, by how many words of its own stand before that, options apart. */
const RUNNERS = [
  /^(?:env|cross-env|exec|command|builtin|time|nice|nohup|setsid|stdbuf|ionice|sudo|doas|strace|ltrace|unshare|busybox|toybox|npx|pnpx|bunx|dotenv|xvfb-run)$/,
  /^(?:timeout|flock|chroot|chrt|taskset|deno|function)$/,
]

/** A program that runs a script: a file, or the text after an option. */
interface Interpreter {
  readonly names: RegExp
  /** Options before code, or before the name of what is run. */
  readonly script?: RegExp
  /** Other options before a word. */
  readonly withWord?: RegExp
  /** Options with which it reads the script from its input. */
  readonly reads?: RegExp
  /** An option, or the word after it, that sets a variable of the script. */
  readonly sets?: RegExp
}

interface ScriptOptions extends RuleOptions {
  readonly interpreter: Interpreter
}

const INTERPRETERS: readonly Interpreter[] = [
  // After -c, the script stands where else its file does.
  {
    names: /^(?:ba|da|z|k|mk|a|ya|fi|c|tc)?sh$/,
    withWord: /^(?:[-+]\w*[oO]|--(?:rc|init-)file)$/,
    reads: /^-\w*s\w*$/,
  },
  {
    names: /^(?:node(?:js)?|nodemon|bun|tsx|ts-node|electron)$/,
    script: /^(?:-[pe]+|--eval|--print)$/,
    withWord: /^(?:-[rC]|--require|--import|--(?:experimental-)?loader|--conditions)$/,
  },
  { names: /^(?:python|pypy)[\d.]*$/, script: /^-\w*[cm]$/, withWord: /^-[WX]$/ },
  { names: /^(?:perl|ruby)[\d.]*$/, script: /^-\w*[eE]$/, withWord: /^-[IMr]$/ },
  { names: /^php[\d.]*$/, script: /^-[rBREFf]$/, withWord: /^-[cdz]$/ },
  {
    names: /^java$/,
    script: /^-jar$/,
    withWord: /^(?:-cp|-p|--?class-path|--module-path|-classpath)$/,
    sets: /^-D[\w.]+=/,
  },
  { names: /^[gmn]?awk$/, script: /^(?:-f|-e|--source|--file)$/, withWord: /^-[vF]$/, sets: /^(?:-v)?[a-z_]\w*=/i },
  { names: /^g?sed$/, script: /^(?:-[nErsuz]*[ef]|--expression|--file)$/, withWord: /^-l$/ },
  {
    names: /^(?:lua(?:jit)?[\d.]*|julia|rscript|osascript|groovy|elixir|scala|racket|raku|mongosh|gdb)$/,
    script: /^(?:-[eEcf]|--?eval|-ex)$/,
  },
]

/** Another name for what is read. */
const STANDARD_INPUT = /^(?:-|\/dev\/(?:stdin|fd\/0)|\/proc\/self\/fd\/0)$/

/** Refuses each value of a command that would be code, or say what is loaded or run. */
export function requireNoCode(words: readonly CommandWord[], options: RuleOptions): void {
  const { refuse } = options
  for (const { text, value } of words) if (value && saysWhatIsLoaded(text, value)) refuse(value, 'is assigned')
  const start = words.findIndex(({ text }) => !ASSIGNMENT.test(text) && !RESERVED.test(text))
  const [program, ...args] = start < 0 ? [] : words.slice(start)
  if (!program) return
  if (program.value) refuse(program.value, 'names the program')
  const name = programName(program.text)
  if (RUNS_ARGUMENTS.test(name)) requireNoValue(args, refuse)
  if (DECLARES.test(name)) requireNames(args, refuse)
  const own = RUNNERS.findIndex((names) => names.test(name))
  if (own >= 0) requireSafeRunner(args, own, options)
  const option = COMMAND_OPTIONS.get(name)
  if (option) requireSafeOptions(args, option, options)
  const interpreter = INTERPRETERS.find(({ names }) => names.test(name))
  if (interpreter) requireSafeScript(name, args, { ...options, interpreter })
}

/** The name of a program without its folder, and the ending that it has on Windows. */
export function programName(file: string): string {
  return file
    .replace(/^.*[\\/]/s, '')
    .replace(/\.(?:exe|cmd|bat)$/i, '')
    .toLowerCase()
}

/** Whether a value stands in a variable of the environment that says so, also behind an option, as in `-eNODE_OPTIONS=…`. */
function saysWhatIsLoaded(text: string, value: string): boolean {
  const before = text.slice(0, text.indexOf(value)).replace(/^-[a-z]/i, '')
  return [...before.matchAll(/([a-z_]\w*)\+?=/gi)].some(([, name = '']) => /[A-Z]|^npm_/.test(name) && loadsCode(name))
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

/** Each word that may be the inner program is taken for one: any option before it may have a word of its own. */
function requireSafeRunner(args: readonly CommandWord[], own: number, options: RuleOptions): void {
  let [before, plain, areOptionsOver] = [own, 0, false]
  for (const [index, { text, value }] of args.entries()) {
    if (plain > before) return
    if (text === '--') areOptionsOver = true
    else if (!areOptionsOver && text.startsWith('-')) {
      if (value) options.refuse(value, 'is run as code')
      before++
    } else if (!ASSIGNMENT.test(text) && ++plain > own) requireNoCode(args.slice(index), options)
  }
}

function requireSafeOptions(args: readonly CommandWord[], option: RegExp, options: RuleOptions): void {
  for (const [index, { text }] of args.entries()) if (option.test(text)) requireNoCode(args.slice(index + 1), options)
}

/** No value may stand before the end of the script, and there has to be one if what is read may be values. */
function requireSafeScript(program: string, args: readonly CommandWord[], options: ScriptOptions): void {
  const { refuse, mayReadValues, interpreter } = options
  const { script, withWord, reads, sets } = interpreter
  const requireSafe = (word: CommandWord | undefined, isCode: boolean) => {
    if (word?.value && (isCode || !sets?.test(word.text))) refuse(word.value, 'is run as code')
  }
  let [at, hasScript, isRead] = [0, false, false]
  for (let text = args[0]?.text ?? ''; /^[-+]./.test(text); text = args[at]?.text ?? '') {
    const isScript = script?.test(text) === true
    requireSafe(args[at++], false)
    if (isScript || withWord?.test(text)) requireSafe(args[at++], isScript)
    hasScript ||= isScript
    isRead ||= reads?.test(text) === true
    if (text === '--') break
  }
  if (hasScript) return
  const file = args[at]
  requireSafe(file, true)
  if (mayReadValues && (isRead || !file || STANDARD_INPUT.test(file.text))) refuse(program, 'runs what it reads')
}
