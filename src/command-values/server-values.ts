/** Where the value that a server has sent may stand in a command: as an argument of a program that runs none of its arguments. */

import { type CommandValueProblem, type ProcessLabel, unsafeCommandValue } from '../processes/program-failure'
import type { VariableValues } from '../processes/programs'
import { interpreterNamed, passesOn, runnerIn, runsArguments, runsPackage, shellIn } from './known-programs'

const VARIABLE = /\$\{[^{}]*\}/g

/** What stands for such a value in a text whose other variables are filled in; no command can have it. */
const PLACEHOLDER = '\0'

/** A word of a command. */
interface Word {
  /** With the values of the project, and placeholders for those of servers. */
  readonly text: string
  /** The first variable in it whose value a server has sent. */
  readonly variable: string | undefined
}

/** Throws an error that says which variable may not stand where it does, and because of which program. */
type Refuse = (variable: string, problem: CommandValueProblem, program?: string) => never

/** The first variable of a text whose value a server has sent. */
export function serverVariableIn(text: string, variables: VariableValues): string | undefined {
  return text.match(VARIABLE)?.find((variable) => variables.hasRemembered(variable))
}

/**
 * Checks the words of a command that is started without a shell.
 * @throws UsageError if the value that a server has sent could be code, an option, or the name of a program
 */
export function requireServerArguments(label: ProcessLabel, words: readonly string[], variables: VariableValues): void {
  const refuse: Refuse = (variable, problem, program) => {
    throw unsafeCommandValue(label, variable, problem, program)
  }
  const command = words.map((word) => ({
    text: word.replace(VARIABLE, (variable) =>
      variables.hasRemembered(variable) ? PLACEHOLDER : variables.fill(variable),
    ),
    variable: serverVariableIn(word, variables),
  }))
  const variable = command.find((word) => word.variable)?.variable
  if (!variable) return
  const shell = shellIn(command.map(({ text }) => text).join(' '))
  if (shell) refuse(variable, 'is read by a shell', shell)
  const end = requireNoCode(command, refuse)
  for (const [index, { text, variable }] of command.entries()) {
    if (text === '--' && index >= end) return
    // What stands before it may be empty, too.
    if (variable && text.startsWith(PLACEHOLDER) && variables.fill(words[index] as string).startsWith('-'))
      refuse(variable, 'is an option')
  }
}

/**
 * Refuses values that a program would run.
 * @returns the place from which on -- ends the options of the program that is given them
 */
function requireNoCode([program, ...args]: readonly Word[], refuse: Refuse): number {
  const { text: name, variable } = program as Word
  if (variable) refuse(variable, 'names the program')
  const first = args.findIndex((word) => word.variable)
  const value = args[first]?.variable as string
  if (runsPackage(name)) return requireNoCodeOfPackage(args, value, refuse)
  const before = args.slice(0, first).map(({ text }) => text)
  const passed = before.indexOf('--')
  if (passed > 0 && passesOn(name, before.slice(0, passed))) return passed + 2
  const interpreter = interpreterNamed(name)
  let passedOn = args
  if (interpreter) {
    const at = before.findIndex((text) => !interpreter.before?.test(text))
    const file = before[at]
    if (!file || !SCRIPT_FILE.test(file)) refuse(value, 'stands before a script', name)
    passedOn = args.slice(at)
    if (interpreterNamed(file as string)) return requireNoCode(passedOn, refuse)
  } else if (runsArguments(name)) refuse(value, 'could be run', name)
  const runner = runnerIn(passedOn.map(({ text }) => text).join(' '))
  if (runner) refuse(value, 'could be run', runner)
  return 0
}

/** The file of a script, or a class with its package. */
const SCRIPT_FILE = /^[^-@].*[./\\]/s

/** The package, and what it is given, are a command as others are. */
function requireNoCodeOfPackage(args: readonly Word[], value: string, refuse: Refuse): number {
  const start = args.findIndex(({ text }) => !/^(?:-y|--yes)$/.test(text))
  if (args[start]?.text.startsWith('-')) refuse(value, 'could be run', 'npx')
  return start + 1 + requireNoCode(args.slice(start), refuse)
}
