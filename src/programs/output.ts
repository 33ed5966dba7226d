/** What a program prints, to both outputs, line by line. */

import type { Readable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'

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

  get text(): string {
    const pending = [...this.pending.values()].filter(Boolean).map(stripVTControlCharacters)
    return `${this.lines}${pending.join('\n')}`.slice(-MAX_OUTPUT)
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
    })
    // A pipe that breaks ends the output like any other end.
    stream.on('error', () => {})
  }

  private add(line: string): void {
    this.lines += `${line}\n`
    // Not with every line, since cutting copies.
    if (this.lines.length > 2 * MAX_OUTPUT) this.lines = this.lines.slice(-MAX_OUTPUT)
    this.onLine?.(line)
  }
}
