/** Finds out what the arguments of a command line mean, and runs that. */

import { parseArgs } from 'node:util'
import { UsageError } from '../errors'
import { registerRedaction } from '../redaction'
import { quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'

/** What can be asked for on a command line. */
export interface Command {
  /** One word or several: where one command begins like another, the longer one is meant. */
  readonly words: string
  /** What stands behind it, for the help: `<report>...`. */
  readonly operands: string
  /** What it does, in a sentence. */
  readonly summary: string
  /** All take a value. */
  readonly options: Readonly<Record<string, CommandOption>>
  /**
   * @returns the exit code: 0, or 1 if something is not as it should be
   * @throws UsageError for what was written wrongly, which exits with 2
   */
  readonly run: (given: GivenArguments, output: CommandOutput) => number | Promise<number>
}

/** An option of a command. */
interface CommandOption {
  /** What its value is, for the help: `<file>`. */
  readonly value: string
  readonly summary: string
}

/** What was written behind a command. */
export interface GivenArguments {
  readonly operands: readonly string[]
  readonly options: Readonly<Partial<Record<string, string>>>
}

/** Where a command writes lines to. */
export interface CommandOutput {
  readonly print: (text: string) => void
  readonly complain: (text: string) => void
}

const PROGRAM = 'cucumber-websocket'

/**
 * Runs what the arguments ask for.
 * @returns the exit code: 0, 1 if something is not as it should be, 2 if the arguments are wrong
 */
export async function runCommand(
  args: readonly string[],
  commands: readonly Command[],
  output: CommandOutput,
): Promise<number> {
  const stopHiding = hidePasswordsOf(args)
  return runOrComplain(args, commands, output).finally(stopHiding)
}

async function runOrComplain(
  args: readonly string[],
  commands: readonly Command[],
  output: CommandOutput,
): Promise<number> {
  try {
    const command = findCommand(args, commands)
    if (args.some((argument) => ['--help', '-h'].includes(argument))) {
      output.print(command ? helpFor(command) : helpForAll(commands))
      return 0
    }
    if (!command) throw unknownCommand(args, commands)
    return await command.run(readArguments(args.slice(wordsOf(command).length), command), output)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    output.complain(error.message)
    return 2
  }
}

/** Hides the passwords of addresses among the arguments, which an error may show, until what it returns is called. */
function hidePasswordsOf(args: readonly string[]): () => void {
  if (!args.some((argument) => argument.includes('@'))) return () => {}
  // Loaded when it is needed: few arguments are addresses with a user.
  const { Secrets } = require('../secrets/secrets') as typeof import('../secrets/secrets')
  const secrets = new Secrets()
  secrets.learnFromCommands(args)
  return registerRedaction(secrets)
}

function wordsOf({ words }: Command): string[] {
  return words.split(' ')
}

function findCommand(args: readonly string[], commands: readonly Command[]): Command | undefined {
  return commands
    .filter((command) => wordsOf(command).every((word, index) => args[index] === word))
    .sort((one, other) => wordsOf(other).length - wordsOf(one).length)[0]
}

function unknownCommand(args: readonly string[], commands: readonly Command[]): UsageError {
  const known = commands.map(({ words }) => words)
  const [first, second] = args
  if (first === undefined) return new UsageError(helpForAll(commands))
  const meant = nearest(`${first} ${second}`, known) ?? nearest(first, known)
  const hint = meant ? `Did you mean ${quoted(meant)}?` : `There is ${known.map(quoted).join(', ')}.`
  return new UsageError(`${quoted(first)} is not a known command. ${hint} See ${PROGRAM} --help.`)
}

function readArguments(args: readonly string[], command: Command): GivenArguments {
  const known = Object.keys(command.options)
  const { tokens, positionals, values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(known.map((name) => [name, { type: 'string' }])),
    // What is wrong is told in our words.
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    if (!known.includes(token.name)) throw unknownOption(token.rawName, command)
    // In `--out --minimum 0.9`, what follows is not the value.
    if (!token.value || (token.value.startsWith('-') && !token.inlineValue)) throw withoutValue(token.name, command)
  }
  return { operands: positionals, options: values as GivenArguments['options'] }
}

function unknownOption(written: string, command: Command): UsageError {
  const known = Object.keys(command.options).map((name) => `--${name}`)
  const meant = nearest(written, known)
  const others = known.length === 0 ? 'It has none.' : `There is ${known.join(', ')}.`
  const hint = meant ? `Did you mean ${meant}?` : others
  return new UsageError(`${quoted(written)} is not a known option. ${hint} See ${PROGRAM} ${command.words} --help.`)
}

function withoutValue(name: string, { options }: Command): UsageError {
  const { value } = options[name] as CommandOption
  return new UsageError(`--${name} has no value: write --${name} ${value}.`)
}

function helpForAll(commands: readonly Command[]): string {
  const rows = commands.map((command) => `  ${PROGRAM} ${usageOf(command)}\n      ${command.summary}`)
  return ['Usage:', ...rows, `  ${PROGRAM} <command> --help\n      Tells more of a command.`].join('\n')
}

function helpFor(command: Command): string {
  const rows = Object.entries(command.options).map(
    ([name, { value, summary }]) => `  --${name} ${value}\n      ${summary}`,
  )
  return [`Usage: ${PROGRAM} ${usageOf(command)}`, '', command.summary, '', ...rows].join('\n')
}

function usageOf({ words, operands, options }: Command): string {
  const written = Object.entries(options).map(([name, { value }]) => `[--${name} ${value}]`)
  return [words, operands, ...written].join(' ')
}
