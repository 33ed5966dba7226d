/** The words of a line for a shell, command by command, and which of them may have the value of a variable. */

import type { CommandWord } from './command-word'
import { ShellVariables } from './shell-variables'

/** Redirections, what begins another command, blanks, or a word. */
const TOKEN = /[<>]+[&|]?|[\n;&|()]+|[^\S\n]+|[^\s;&|()<>]+/g

/** What a shell replaces by other text, or by several words, where it is not quoted. */
const EXPANDED = /[$*?[{}]/

/** Folders that begin the name of a file. */
const FOLDER = /^\$(?:HOME|PWD)\//

interface ShellWord extends CommandWord {
  /** The part of it in which a shell fills in variables. */
  readonly expanded: string
  /** With the values of its variables. */
  readonly filled: string
}

const EMPTY: ShellWord = { text: '', value: undefined, isPlain: true, expanded: '', filled: '' }

/** Collects words from the pieces of a line. */
export class ShellWords {
  private readonly found: ShellWord[][] = [[]]
  private word: ShellWord | undefined
  /** Whether a redirection waits for its file. */
  private isFile = false
  private areOver = false

  /** Whether nothing of the word has come yet, or nothing but empty texts. */
  get isAtStart(): boolean {
    return !this.word?.filled
  }

  /** Whether the word -- stands in the command, after which nothing is an option. */
  get areOptionsOver(): boolean {
    return this.areOver || this.word?.text === '--'
  }

  /** Quoted, or after a backslash. */
  addLiteral(text: string): void {
    this.extend({ ...EMPTY, text, filled: text })
  }

  /** In double quotes: behind = a variable is a text, and before / a folder. */
  addExpanded(text: string): void {
    const before = `${this.word?.text ?? ''}${text.replace(/\$.*/s, '')}`
    const isPlain = before.includes('=') || !(before === '' ? text.replace(/^\$\w+\//, '') : text).includes('$')
    this.extend({ ...EMPTY, text, filled: text, expanded: text, isPlain })
  }

  /** @param value what the shell is given for it */
  addValue(word: CommandWord, value: string): void {
    this.extend({ ...EMPTY, ...word, filled: value })
  }

  /** Without quotes: after a blank or an operator another word begins. */
  addBare(piece: string): void {
    for (const [token] of piece.matchAll(TOKEN)) {
      if (/^[<>]/.test(token)) this.beginFile()
      else if (/^[\s;&|()]/.test(token)) this.endWord()
      else this.addUnquoted(token)
      if (/^[\n;&|()]/.test(token)) this.beginCommand()
    }
  }

  /** Adds a whole word. */
  push(word: CommandWord): void {
    this.endWord()
    this.addValue(word, word.text)
    this.endWord()
  }

  /** The variables that the line so far may set to a value. */
  variables(around: ShellVariables | undefined): ShellVariables {
    this.endWord()
    return new ShellVariables(
      this.found.flatMap((command) => command.filter(mayName)),
      around,
    )
  }

  /** The commands so far; in each word, one of these variables is a value, too. */
  commands(variables: ShellVariables): CommandWord[][] {
    this.endWord()
    return this.found.map((command) =>
      command.map(({ text, value, expanded, isPlain }) => {
        const name = variables.findIn(expanded)
        const isExpanded = expanded.includes('$')
        return { text, value: value ?? (name && `$${name}`), isPlain: isPlain || /^[[{}]$/.test(text), isExpanded }
      }),
    )
  }

  private get command(): ShellWord[] {
    return this.found.at(-1) as ShellWord[]
  }

  private addUnquoted(token: string): void {
    const isPlain = !EXPANDED.test(this.word ? token : token.replace(FOLDER, ''))
    this.extend({ ...EMPTY, text: token, filled: token, expanded: token, isPlain })
  }

  private beginCommand(): void {
    this.found.push([])
    this.areOver = false
  }

  private extend(part: ShellWord): void {
    const { text, value, expanded, filled, isPlain } = this.word ?? EMPTY
    this.word = {
      text: text + part.text,
      value: value ?? part.value,
      isPlain: isPlain && part.isPlain,
      expanded: expanded + part.expanded,
      filled: filled + part.filled,
    }
  }

  private endWord(): void {
    if (!this.word) return
    if (!this.isFile) this.command.push(this.word)
    this.areOver ||= this.word.text === '--'
    this.isFile = false
    this.word = undefined
  }

  /** A number before a redirection belongs to it. */
  private beginFile(): void {
    if (/^\d+$/.test(this.word?.text ?? '')) this.word = undefined
    this.endWord()
    this.isFile = true
  }
}

/** Whether a word may say which variable is set; in `export NAME` it is the one that there is. */
function mayName({ text }: ShellWord, _: number, [program]: readonly ShellWord[]): boolean {
  return !/^(?:export|readonly)$/.test((program as ShellWord).text) || text.includes('=')
}
