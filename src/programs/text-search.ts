/** Searches what a program prints, each part of it once, and keeps the end of it. */

import { includesWords, lastWordStart, WORD_CONTEXT } from '../text/whole-words'

/** How much is kept of all output, in characters. */
const MAX_OUTPUT = 1_000_000

/**
 * The end of a text: at most the last million characters, from the beginning of a line on. Of a longer line `…` stands for a word
 * that is cut, which may be a part of a secret or of another number.
 */
export function endOf(text: string): string {
  if (text.length <= MAX_OUTPUT) return text
  const end = text.slice(-MAX_OUTPUT - 1)
  const newline = end.indexOf('\n')
  return newline < 0 ? end.replace(/^\S*/, '…') : end.slice(newline + 1)
}

/** The end of a text that comes in parts. */
export class TextEnd {
  private parts: string[] = []
  private length = 0

  add(part: string): void {
    this.parts.push(part)
    this.length += part.length
    // Not with every part, since joining copies.
    if (this.length > 2 * MAX_OUTPUT) this.replace(endOf(this.text))
  }

  get text(): string {
    return this.parts.join('')
  }

  replace(text: string): void {
    this.parts = [text]
    this.length = text.length
  }
}

/** Searches a text that comes in parts. */
export interface TextSearch {
  /** Returns whether what is searched for has been found by this part. */
  add(text: string): boolean
}

/** Finds a text. */
export class PlainSearch implements TextSearch {
  private end = ''

  constructor(private readonly wanted: string) {}

  add(text: string): boolean {
    const unsearched = this.end + text
    this.end = unsearched.slice(Math.max(unsearched.length - this.wanted.length + 1, 0))
    return unsearched.includes(this.wanted)
  }
}

/** Finds a text of whole words and numbers, when no later part can make them longer. */
export class WordSearch implements TextSearch {
  /** The end of what has been searched. */
  private searched = ''
  /** The last word or number, which may go on. */
  private readonly lastWord = new TextEnd()

  constructor(private readonly wanted: string) {}

  add(text: string): boolean {
    const start = lastWordStart(text)
    if (start === 0) {
      this.lastWord.add(text)
      return false
    }
    const unsearched = this.searched + this.lastWord.text + text.slice(0, start)
    const from = Math.max(this.searched.length - this.wanted.length, 0)
    this.searched = unsearched.slice(-this.wanted.length - WORD_CONTEXT)
    this.lastWord.replace(text.slice(start))
    return includesWords(unsearched, this.wanted, from)
  }
}
