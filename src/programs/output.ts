/** What a program prints, to both outputs, line by line. */

import type { Readable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { Condition } from '../time/condition'

/** How many lines a failure shows. */
const MAX_SHOWN_LINES = 20
/** How much is kept of all output, and searched of a line that goes on, in characters. */
const [MAX_OUTPUT, MAX_SEARCHED] = [1_000_000, 10_000]

/** The end of what was printed, without colours. */
export class ProcessOutput {
  private lines = ''
  /** The line of each stream that has not ended. */
  private readonly pending = new Map<Readable, string>()
  private onLine: ((line: string) => void) | undefined
  /** Changes whenever more has been printed, and when the program has ended. */
  readonly changes = new Condition()

  get text(): string {
    return this.textWith((pending) => pending)
  }

  /** The same without a last word or number that may go on. */
  get finishedText(): string {
    return this.textWith(withoutLastWord)
  }

  lastLines(): string[] {
    const lines = this.text.split('\n').filter((line) => line.trim() !== '')
    return lines.slice(-MAX_SHOWN_LINES)
  }

  /** Resolves when there is a line that contains the text, ended or not. */
  printed(text: string): Promise<void> {
    return new Promise((resolve) => {
      this.onLine = (line) => line.includes(text) && resolve()
      for (const line of this.text.split('\n')) this.onLine(line)
    })
  }

  readFrom(stream: Readable): void {
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => {
      // The end of a line may be cut in two.
      const [first = '', ...more] = chunk.split('\n')
      const lines = [`${this.pending.get(stream) ?? ''}${first}`, ...more]
      const rest = lines.pop() as string
      for (const line of lines) this.add(stripVTControlCharacters(line.replace(/\r$/, '')))
      // Not with every chunk, since cutting copies.
      this.pending.set(stream, rest.length > 2 * MAX_OUTPUT ? rest.slice(-MAX_OUTPUT) : rest)
      this.onLine?.(stripVTControlCharacters(rest.slice(-MAX_SEARCHED - chunk.length)))
      this.changes.changed()
    })
    // A pipe that breaks ends the output like any other end.
    stream.on('error', () => {})
  }

  private textWith(edit: (pending: string) => string): string {
    const pending = [...this.pending.values()].filter(Boolean).map((line) => edit(stripVTControlCharacters(line)))
    return `${this.lines}${pending.join('\n')}`.slice(-MAX_OUTPUT)
  }

  private add(line: string): void {
    this.lines += `${line}\n`
    // Not with every line, since cutting copies.
    if (this.lines.length > 2 * MAX_OUTPUT) this.lines = this.lines.slice(-MAX_OUTPUT)
    this.onLine?.(line)
  }
}

/** What may be a part of a word or number, or stand between two parts of one. */
const PART_OF_WORD = /[\p{L}\p{N}\p{Cs}.,'’_+\u00a0\u202f-]/u

function withoutLastWord(line: string): string {
  let end = line.length
  while (end > 0 && PART_OF_WORD.test(line[end - 1] as string)) end--
  return line.slice(0, end)
}
