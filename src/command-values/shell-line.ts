/** A line for a POSIX shell, with references in the place of its variables (IEEE 1003.1, Shell Command Language, 2.2). */

import { invalidCommandLine, type ProcessLabel, unsafeCommandValue } from '../processes/program-failure'
import type { FillVariables } from '../processes/programs'
import { programName, type Refuse, requireNoCode } from './command-rules'
import { commandWord, fillArguments, requireNoNullByte, requireNoOption, UNTRUSTED } from './fill-words'
import { ShellWords } from './shell-words'

/** A character after a backslash, a quoted text, a variable, or what stands between them. */
const PIECE = /\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\$\{[^{}]*\}|[^\\'"$]+|[\s\S]/g
const QUOTED_PIECE = /\\[\s\S]|\$\{[^{}]*\}|[^\\$]+|\$/g
const VARIABLE = /\$\{[^{}]*\}/

/** What makes a shell read a part of the line by other rules than those of words and quotes. */
const NESTED = /`|\$[([]/
const UNSUPPORTED = /`|\$[(['"]|<<|\(\(|\[\[|(?<=^|[\s;&|()])#/

/** Programs that run, or evaluate, what stands elsewhere in the line. */
const RUNS_OTHERS = /^(?:eval|let|xargs|parallel)$/

/** A line whose variables have become references to environment variables. */
export class ShellLine {
  text = ''
  readonly values: Record<string, string> = {}
  /** The line so far, without what is quoted. */
  private bare = ''
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
   * @throws UsageError if a value would be code
   */
  requireNoCode(): void {
    const commands = this.words.commands()
    const words = commands.flat()
    if (!words.some(({ value }) => value !== undefined)) return
    const refuse: Refuse = (found, problem) => {
      throw unsafeCommandValue(this.label, found, problem)
    }
    const mayReadValues = /(?<!\|)\|(?!\|)/.test(this.bare)
    for (const command of commands) requireNoCode(command, { refuse, mayReadValues })
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
    const [unsupported] = UNSUPPORTED.exec(this.bare) ?? []
    if (unsupported) throw unsafeCommandValue(this.label, unsupported, 'is not supported')
  }

  private addText(text: string, bare: string): void {
    this.text += text
    this.bare += bare
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
    this.words.addLiteral('')
    for (const [part] of piece.slice(1, -1).matchAll(QUOTED_PIECE)) {
      const isVariable = VARIABLE.test(part)
      this.text += isVariable ? this.reference(part) : part
      if (part.startsWith('\\')) this.words.addLiteral(part.replace(/^\\(?:\n|(?=[$`"\\]))/, ''))
      else if (!isVariable) this.words.addExpanded(part)
    }
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
    if (variable && /[<>]/.test(this.bare)) throw unsafeCommandValue(this.label, variable, 'follows a redirection')
  }

  /** The name of a new environment variable that has the value, as a reference. */
  private store(value: string): string {
    const name = `CUCUMBER_WEBSOCKET_VALUE_${Object.keys(this.values).length + 1}`
    this.values[name] = value
    return `\${${name}}`
  }
}
