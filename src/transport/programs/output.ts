/** What a program prints, to both outputs, line by line. */

import type { Readable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'

/** How many lines a failure shows. */
const MAX_SHOWN_LINES = 20
/** How much is kept of a line that has not ended, and of all output, in letters. */
const [LINE, OUTPUT] = [10_000, 1_000_000]

/** The end of what was printed, without colours. */
export class Output {
  private lines = ''
  private readonly begun = new Map<Readable, string>()
  private hearing: ((line: string) => void) | undefined

  get text(): string {
    const begun = [...this.begun.values()].filter(Boolean).map(stripColours)
    return `${this.lines}${begun.join('\n')}`.slice(-OUTPUT)
  }

  lastLines(): string[] {
    const lines = this.text.split('\n').filter((line) => line.trim() !== '')
    return lines.slice(-MAX_SHOWN_LINES)
  }

  /** Resolves when there is a line that contains the text, ended or not. */
  prints(text: string): Promise<void> {
    return new Promise((resolve) => {
      this.hearing = (line) => line.includes(text) && resolve()
      for (const line of this.text.split('\n')) this.hearing(line)
    })
  }

  readFrom(stream: Readable): void {
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => {
      const lines = ((this.begun.get(stream) ?? '') + chunk).split(/\r?\n/)
      const rest = lines.pop() as string
      for (const line of lines) this.keep(stripColours(line))
      this.begun.set(stream, rest.slice(-LINE))
      this.hearing?.(stripColours(rest))
    })
    // A connection that breaks ends the output like any other end.
    stream.on('error', () => {})
  }

  private keep(line: string): void {
    this.lines += `${line}\n`
    // Not with every line, since cutting copies.
    if (this.lines.length > 2 * OUTPUT) this.lines = this.lines.slice(-OUTPUT)
    this.hearing?.(line)
  }
}

/** A line as it would be without colours. */
function stripColours(line: string): string {
  return stripVTControlCharacters(line)
}
