/** A line for a POSIX shell, with references in the place of its variables (IEEE 1003.1, Shell Command Language, 2.2). */

import { invalidCommandLine, type ProcessLabel, unsafeCommandValue } from '../processes/program-failure'
import type { FillVariables } from '../processes/programs'
import { programName, requireNoCode } from './command-rules'
import type { Refuse } from './command-word'
import { commandWord, fillArguments, requireNoNullByte, requireNoOption, UNTRUSTED } from './fill-words'
import { requireSafeNames } from './shell-rules'
import type { ShellVariables } from './shell-variables'
import { ShellWords } from './shell-words'

/** A character after a backslash, a quoted text, a variable, or what stands between them, from a $ on. */
const PIECE = /\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\$\{[^{}]*\}|\$?[^\\'"$]+|[\s\S]/g
const QUOTED_PIECE = /\\[\s\S]|\$\{[^{}]*\}|\$?[^\\$]+|\$/g
const VARIABLE = /\$\{[^{}]*\}/

/** What makes a shell read a part of the line by other rules than those of words and quotes. */
const NESTED = /`|\$[([]/
const UNSUPPORTED = /`|[<>]\(|(?<=\s)=\(|\$[(['"]|<<|\(\(|\[\[|[?*+@]\(|(?<=\S)!\(|(?<=[\s;&|()])#/

/** What ends a command and its redirections; | is left out, as in >| it ends nothing. */
const NEXT_COMMAND = /[\n;]|&&|\|\|/

/** Programs that run, or evaluate, what stands elsewhere in the line. */
const RUNS_OTHERS = /^(?:eval|let|xargs|parallel)$/

/** What is known of a line whose script is another one. */
interface LineContext {
  readonly around?: ShellVariables
  readonly hasValues?: boolean
  readonly mayReadValues?: boolean
}

/** A line whose variables have become references to environment variables. */
export class ShellLine {
  text = ''
  readonly values: Record<string, string> = {}
  /** The last characters of the line so far, without what is quoted. */
  private tail = '\n'
  private stored = 0
  private hasRedirection = false
  private mayRead = false
  private readonly words = new ShellWords()

  /** @throws UsageError if a quote is left open, or a value cannot be passed safely */
  constructor(
    private readonly label: ProcessLabel,
    private readonly fill: FillVariables,
    line: string,
  ) {
    for (const [piece] of line.matchAll(PIECE)) this.add(piece)
  }

  /** Words of their own, after the line, which the shell sees as references alone. */
  addArguments(words: readonly string[]): void {
    const values = fillArguments(this.label, words, { fill: this.fill, isAfterOptions: this.words.areOptionsOver })
    for (const [index, value] of values.entries()) {
      const word = words[index] as string
      this.requireNoRedirection(word)
      this.words.push(commandWord(word, this.fill))
      this.addText(` "${this.store(value)}"`, ' ""')
    }
  }

  /**
   * Checks the whole line once it is complete.
   * @param context what surrounds it, if it is the script of another one
   * @throws UsageError if a value would be code
   */
  requireNoCode(context: LineContext = {}): void {
    const around = this.words.variables(context.around)
    const commands = this.words.commands(around)
    const words = commands.flat()
    const hasValues = context.hasValues === true || words.some(({ value }) => value !== undefined)
    if (!hasValues) return
    const refuse: Refuse = (found, problem) => {
      throw unsafeCommandValue(this.label, found, problem)
    }
    const mayReadValues = context.mayReadValues === true || this.mayRead
    const checkLine = (line: string) =>
      new ShellLine(this.label, this.fill, line).requireNoCode({ around, hasValues, mayReadValues })
    for (const command of commands) {
      requireNoCode(command, { refuse, mayReadValues, checkLine })
      requireSafeNames(command, refuse)
    }
    const other = words.find(({ text }) => RUNS_OTHERS.test(programName(text)))
    if (other) throw unsafeCommandValue(this.label, other.text, 'is not supported')
  }

  private add(piece: string): void {
    if (piece.length === 1 && /['"\\]/.test(piece)) throw invalidCommandLine(this.label, this.text + piece)
    if (piece.startsWith("'")) this.addSingleQuoted(piece)
    else if (piece.startsWith('"')) this.addDoubleQuoted(piece)
    else if (piece.startsWith('${')) this.addText(`"${this.reference(piece)}"`, '""')
    else if (piece.startsWith('\\')) this.addEscaped(piece)
    else this.addBare(piece)
  }

  private addText(text: string, bare: string): void {
    this.text += text
    const seen = this.tail + bare
    const [unsupported] = UNSUPPORTED.exec(seen) ?? []
    if (unsupported) throw unsafeCommandValue(this.label, unsupported, 'is not supported')
    const after = bare.replace(/^.*[<>]/s, '')
    this.hasRedirection = (this.hasRedirection || after !== bare) && !NEXT_COMMAND.test(after)
    this.mayRead ||= /(?<!\|)\|(?!\|)|</.test(seen)
    this.tail = seen.slice(-2)
  }

  /** A shell takes out a line break after a backslash. */
  private addEscaped(piece: string): void {
    const isLineBreak = piece === '\\\n'
    if (!isLineBreak) this.words.addLiteral(piece.slice(1))
    this.addText(piece, isLineBreak ? '' : 'x')
  }

  private addBare(piece: string): void {
    this.words.addBare(piece)
    this.addText(piece, piece)
  }

  private addSingleQuoted(piece: string): void {
    const [variable] = VARIABLE.exec(piece) ?? []
    if (variable) throw unsafeCommandValue(this.label, variable, 'is in single quotes')
    this.words.addLiteral(piece.slice(1, -1))
    this.addText(piece, "''")
  }

  private addDoubleQuoted(piece: string): void {
    this.text += '"'
    for (const [part] of piece.slice(1, -1).matchAll(QUOTED_PIECE)) {
      const isVariable = VARIABLE.test(part)
      this.text += isVariable ? this.reference(part) : part
      if (part.startsWith('\\')) this.words.addLiteral(part.replace(/^\\(?:\n|(?=[$`"\\]))/, ''))
      else if (!isVariable) this.words.addExpanded(part)
    }
    this.words.addLiteral('')
    const [nested] = NESTED.exec(piece.replace(/\\[\s\S]/g, '')) ?? []
    if (nested) throw unsafeCommandValue(this.label, nested, 'is not supported')
    this.addText('"', '""')
  }

  /** A reference to an environment variable that has the value. */
  private reference(variable: string): string {
    const value = this.fill(variable)
    this.requireNoRedirection(variable)
    if (this.words.isAtStart && !this.words.areOptionsOver) requireNoOption(this.label, variable, value)
    requireNoNullByte(this.label, variable, value)
    this.words.addValue(commandWord(variable, this.fill), value)
    return this.store(value)
  }

  /** After a redirection a value would name a file to read or write, or the program itself: `>log ${x}` runs it. */
  private requireNoRedirection(word: string): void {
    const [variable] = UNTRUSTED.exec(word) ?? []
    if (variable && this.hasRedirection) throw unsafeCommandValue(this.label, variable, 'follows a redirection')
  }

  /** The name of a new environment variable that has the value, as a reference. */
  private store(value: string): string {
    const name = `CUCUMBER_WEBSOCKET_VALUE_${++this.stored}`
    this.values[name] = value
    return `\${${name}}`
  }
}
