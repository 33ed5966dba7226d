/** What a program prints, to both outputs, line by line. */

import type { Readable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { Condition } from '../time/condition'
import { endOf, PlainSearch, TextEnd, type TextSearch } from './text-search'

/** How many lines a failure shows. */
const MAX_SHOWN_LINES = 20

/** The end of what was printed, without colours. */
export class ProcessOutput {
  /** The lines of both outputs, in the order in which they have ended. */
  private readonly lines = new TextEnd()
  private readonly streams: OutputStream[] = []
  private readonly listeners = new Set<(stream: OutputStream, text: string) => void>()
  /** Changes whenever more has been printed, and when the program has ended. */
  readonly changes = new Condition()

  get text(): string {
    const pending = this.streams.map(({ line, unfinished }) => line.text + stripVTControlCharacters(unfinished))
    return endOf(`${this.lines.text}${pending.filter(Boolean).join('\n')}`)
  }

  lastLines(): string[] {
    const lines = this.text.split('\n').filter((line) => line.trim() !== '')
    return lines.slice(-MAX_SHOWN_LINES)
  }

  /** Resolves when there is a line that contains the text, ended or not. */
  printed(text: string): Promise<void> {
    return new Promise((resolve) => {
      this.search(() => new PlainSearch(text), resolve)
    })
  }

  /**
   * Searches what each stream has printed, and then what it prints, until something is found.
   * @returns what ends the search
   */
  search(createSearch: () => TextSearch, onFound: () => void): () => void {
    const searches = new Map(this.streams.map((stream) => [stream, createSearch()]))
    const listener = (stream: OutputStream, text: string) => {
      if (!(searches.get(stream) as TextSearch).add(text)) return
      this.listeners.delete(listener)
      onFound()
    }
    this.listeners.add(listener)
    for (const stream of this.streams) listener(stream, endLines(this.lines.text + stream.line.text))
    return () => this.listeners.delete(listener)
  }

  readFrom(readable: Readable): void {
    const stream = new OutputStream()
    this.streams.push(stream)
    readable.setEncoding('utf8')
    readable.on('data', (chunk: string) => {
      const text = stream.read(chunk)
      const end = text.lastIndexOf('\n') + 1
      if (end > 0) {
        this.lines.add(`${stream.line.text}${text.slice(0, end)}`.replaceAll('\r\n', '\n'))
        stream.line.replace('')
      }
      stream.line.add(text.slice(end))
      const lines = stream.toLines(text)
      for (const listener of this.listeners) listener(stream, lines)
      this.changes.changed()
    })
    // A pipe that breaks ends the output like any other end.
    readable.on('error', () => {})
  }
}

/** How long the control sequence of a terminal may be, such as a link. */
const MAX_SEQUENCE = 2000

/** What may be the beginning of a control sequence. */
const UNFINISHED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: such sequences consist of them
  /(?:\u001b\][^\u0007\u001b\u009c\r\n]*\u001b?|[\u001b\u009b][[()#?]*[\d;]*)?$/

/** One of both outputs, whose chunks may cut a line, its end or a control sequence in two. */
class OutputStream {
  /** The line that has not ended. */
  readonly line = new TextEnd()
  /** What is read with the next chunk. */
  unfinished = ''
  private endsWithReturn = false

  /** What a chunk finishes, without colours. */
  read(chunk: string): string {
    const text = this.unfinished + chunk
    const start = Math.max(text.length - MAX_SEQUENCE, 0)
    const end = start + text.slice(start).search(UNFINISHED)
    this.unfinished = text.slice(end)
    return stripVTControlCharacters(text.slice(0, end))
  }

  /** What was read, with `\n` for each end of a line: a lone `\r` ends one, too. */
  toLines(text: string): string {
    const endsSameLine = this.endsWithReturn && text.startsWith('\n')
    if (text !== '') this.endsWithReturn = text.endsWith('\r')
    return endLines(endsSameLine ? text.slice(1) : text)
  }
}

function endLines(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}
