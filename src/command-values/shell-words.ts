/** The words of a line for a shell, command by command, and which of them may have the value of a variable. */

import type { CommandWord } from './command-rules'

/** Redirections, what begins another command, blanks, or a word. */
const TOKEN = /[<>]+[&|]?|[\n;&|()]+|[^\S\n]+|[^\s;&|()<>]+/g

/** What a shell has in a variable without an assignment in the line: its arguments, and what it reads. */
const SET_BY_SHELL = /^(?:\d+|[@*_]|REPLY|OPTARG|MAPFILE)$/

interface ShellWord extends CommandWord {
  /** The part of it in which a shell fills in variables. */
  readonly expanded: string
  /** With the values of its variables. */
  readonly filled: string
}

const EMPTY: ShellWord = { text: '', value: undefined, expanded: '', filled: '' }

/** Collects words from the pieces of a line. */
export class ShellWords {
  private readonly found: ShellWord[][] = [[]]
  private word: ShellWord | undefined
  /** Whether a redirection waits for its file. */
  private isFile = false

  /** Whether nothing of the word has come yet, or nothing but empty texts. */
  get isAtStart(): boolean {
    return !this.word?.filled
  }

  /** Whether the word -- stands in the command, after which nothing is an option. */
  get areOptionsOver(): boolean {
    return [...this.command, this.word].some((word) => word?.text === '--')
  }

  /** Quoted, or after a backslash. */
  addLiteral(text: string): void {
    this.extend({ ...EMPTY, text, filled: text })
  }

  /** In double quotes. */
  addExpanded(text: string): void {
    this.extend({ ...EMPTY, text, filled: text, expanded: text })
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
      else this.addExpanded(token)
      if (/^[\n;&|()]/.test(token)) this.found.push([])
    }
  }

  /** Adds a whole word. */
  push(word: CommandWord): void {
    this.endWord()
    this.addValue(word, word.text)
    this.endWord()
  }

  /** The commands so far; in each word, a name of which the line may have made the value of a variable is one, too. */
  commands(): CommandWord[][] {
    this.endWord()
    const words = this.found.flatMap((command) => command.filter(mayName))
    return this.found.map((command) =>
      command.map(({ text, value, expanded }) => {
        const name = namesIn(expanded).find((one) => hasValue(one, words))
        return { text, value: value ?? (name && `$${name}`) }
      }),
    )
  }

  private get command(): ShellWord[] {
    return this.found.at(-1) as ShellWord[]
  }

  private extend(part: ShellWord): void {
    const { text, value, expanded, filled } = this.word ?? EMPTY
    this.word = {
      text: text + part.text,
      value: value ?? part.value,
      expanded: expanded + part.expanded,
      filled: filled + part.filled,
    }
  }

  private endWord(): void {
    if (!this.word) return
    if (!this.isFile) this.command.push(this.word)
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

function namesIn(expanded: string): string[] {
  return [...expanded.matchAll(/\$(\w+|[@*])/g)].map(([, name = '']) => name)
}

/** Whether a line may set a variable to a value, or to what it reads. */
function hasValue(name: string, words: readonly ShellWord[], asked = new Set<string>()): boolean {
  if (SET_BY_SHELL.test(name)) return true
  if (asked.has(name)) return false
  asked.add(name)
  return words.some(({ text, value, expanded }) => {
    const isRead = text.replace(/^-[a-z]+(?=.)/, '') === name
    const isAssigned = new RegExp(`^${name}(?:\\[|\\+?=)`).test(text)
    return (
      isRead || (isAssigned && (value !== undefined || namesIn(expanded).some((one) => hasValue(one, words, asked))))
    )
  })
}
