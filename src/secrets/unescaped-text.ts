/** A text with what its escapes stand for, in order to find what was encoded before it was escaped: base64 with `\/` in it. */

import type { SpelledText } from './spelled-text'

/** The characters that one escape stands for: where they are in the new text, and where the escape is in the source. */
interface Replacement {
  readonly start: number
  readonly end: number
  readonly sourceStart: number
  readonly sourceEnd: number
}

/** Of a text each escape is read once, the longest way; `+` stays, as it belongs to base64. */
export class UnescapedText {
  readonly text: string
  /** Up to which place of the source escapes have been read: the rest has too many within others. */
  readonly readUntil: number
  private readonly replacements: Replacement[] = []

  constructor(spelled: SpelledText) {
    const { source } = spelled
    const lead = /[\\%&]/g
    let text = ''
    let copied = 0
    let found = lead.exec(source)
    for (; found && !spelled.isOverloaded; found = lead.exec(source)) {
      const { index } = found
      const { character, end } = spelled.longestReadingAt(index)
      if (end === index + 1) continue
      text += source.slice(copied, index)
      const start = text.length
      text += character
      this.replacements.push({ start, end: text.length, sourceStart: index, sourceEnd: end })
      copied = lead.lastIndex = end
    }
    this.text = text + source.slice(copied)
    this.readUntil = found?.index ?? copied
  }

  /** Where in the source a part begins that begins at this place of the text. */
  sourceStart(start: number): number {
    const before = this.lastBefore(start + 1)
    if (!before) return start
    return start < before.end ? before.sourceStart : before.sourceEnd + start - before.end
  }

  /** Where in the source a part ends that ends at this place of the text. */
  sourceEnd(end: number): number {
    const before = this.lastBefore(end)
    return before ? before.sourceEnd + Math.max(0, end - before.end) : end
  }

  /** The last replacement that begins before a place, by bisection: there may be very many. */
  private lastBefore(place: number): Replacement | undefined {
    let [low, high] = [0, this.replacements.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.replacements[middle] as Replacement).start < place) low = middle + 1
      else high = middle
    }
    return this.replacements[low - 1]
  }
}
