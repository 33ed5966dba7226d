/** Texts that are looked for all together, however they are written: a thousand take hardly longer than one. */

import { AMBIGUOUS, LONGEST_SPELLING, letterAt, readingsAt, wellFormed } from './readings'
import { everySpellingOf, isPlain } from './spellings'

/** How many letters of a text that is not plain must be there before its expression is tried. */
const BEGINNING = 20

/** What is there where the letters have been read: the text, or what an expression finds from their beginning. */
type Ending = 'the text' | RegExp

/** What begins with the same letters. */
class Branch {
  private readonly next = new Map<string, Branch>()
  private readonly endings: Ending[] = []
  /** The letters of the only text that goes on from here, which needs no branches of its own. */
  private rest: readonly string[] = []

  /** @param from the first of the letters that is not behind this branch */
  add(letters: readonly string[], ending: Ending, from = 0): void {
    if (this.next.size === 0 && this.endings.length === 0) {
      this.rest = letters.slice(from)
      this.endings.push(ending)
      return
    }
    this.branchOut()
    const letter = letters[from]
    if (letter === undefined) this.endings.push(ending)
    else this.branchOf(letter).add(letters, ending, from + 1)
  }

  /** The branch after one more letter, and how many letters of its rest have been read then. */
  after(letter: string, read: number): readonly [Branch, number] | undefined {
    if (read < this.rest.length) return this.rest[read] === letter ? [this, read + 1] : undefined
    const branch = this.next.get(letter)
    return branch && [branch, 0]
  }

  endingsAfter(read: number): readonly Ending[] {
    return read === this.rest.length ? this.endings : []
  }

  /** Another text comes: what was the only one begins a branch. */
  private branchOut(): void {
    const { rest } = this
    const [letter] = rest
    if (letter === undefined) return
    this.rest = []
    for (const ending of this.endings.splice(0)) this.branchOf(letter).add(rest, ending, 1)
  }

  private branchOf(letter: string): Branch {
    const branch = this.next.get(letter) ?? new Branch()
    this.next.set(letter, branch)
    return branch
  }
}

/** How far the letters of a text can be followed. */
interface Trace {
  readonly branch: Branch
  readonly read: number
  /** Where the next letter is. */
  readonly at: number
}

/** Texts, with what finds all of them in another text. */
export class KnownTexts {
  private readonly texts = new Set<string>()
  private readonly root = new Branch()
  /** How long the longest plain one can be written. */
  private reach = 0
  /** With what one of them may begin. */
  private readonly beginnings = new Set(AMBIGUOUS)

  get areSome(): boolean {
    return this.texts.size > 0
  }

  has(text: string): boolean {
    return this.texts.has(text)
  }

  add(text: string): void {
    if (text === '' || this.texts.has(text)) return
    this.texts.add(text)
    const letters = [...text].map(wellFormed)
    this.beginnings.add(letters[0] as string)
    if (isPlain(text)) {
      this.root.add(letters, 'the text')
      this.reach = Math.max(this.reach, letters.length * LONGEST_SPELLING)
    } else this.root.add(letters.slice(0, BEGINNING), new RegExp(everySpellingOf(text), 'uy'))
  }

  /** Puts something else in the place of each that is found; those that overlap are one. */
  replaceIn(text: string, by: string): string {
    let shown = ''
    let from = 0
    for (let at = 0; at < text.length; ) {
      let end = this.endOf(text, at)
      if (end === undefined) {
        at += letterAt(text, at).length
        continue
      }
      for (let inner = Math.max(at, end - this.reach); inner < end; inner += letterAt(text, inner).length) {
        end = Math.max(end, this.endOf(text, inner, true) ?? end)
      }
      shown += text.slice(from, at) + by
      from = at = end
    }
    return shown + text.slice(from)
  }

  /**
   * Where the longest ends that begins there.
   * @param onlyPlain whether expressions are left out: within what one has found, it would find the rest of everything
   */
  private endOf(text: string, begin: number, onlyPlain = false): number | undefined {
    if (!this.beginnings.has(wellFormed(letterAt(text, begin)))) return undefined
    const ends: number[] = []
    let traces: Trace[] = [{ branch: this.root, read: 0, at: begin }]
    while (traces.length > 0) {
      traces = traces.flatMap((trace) => further(text, trace)).filter(isFirst)
      for (const { branch, read, at } of traces) {
        for (const ending of branch.endingsAfter(read)) {
          if (ending === 'the text') ends.push(at)
          else if (!onlyPlain) ends.push(...endsBy(ending, text, begin))
        }
      }
    }
    return ends.length > 0 ? Math.max(...ends) : undefined
  }
}

/** Follows a trace by one letter, whichever is meant. */
function further(text: string, { branch, read, at }: Trace): Trace[] {
  if (at >= text.length) return []
  return readingsAt(text, at).flatMap(([letter, length]) => {
    const [next, nextRead = 0] = branch.after(letter, read) ?? []
    return next ? [{ branch: next, read: nextRead, at: at + length }] : []
  })
}

/** Two that have come to the same place go on alike. */
function isFirst({ branch, read, at }: Trace, index: number, traces: readonly Trace[]): boolean {
  return index === traces.findIndex((one) => one.branch === branch && one.read === read && one.at === at)
}

function endsBy(expression: RegExp, text: string, begin: number): number[] {
  expression.lastIndex = begin
  return expression.test(text) ? [expression.lastIndex] : []
}
