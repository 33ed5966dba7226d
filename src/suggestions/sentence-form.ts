/** The forms of a sentence: its Cucumber Expression as a row of words and places. */

/** A word, in each of the ways in which it may be written: `receive` and `receives`. */
export interface Word {
  /** All of them; the first is how one participant has it. */
  readonly variants: readonly string[]
  /** The forms of each of several verbs that mean the same: `receives`, `receive` and `gets`, `get`. */
  readonly verbs: readonly (readonly string[])[]
  /** Whether it follows without a blank: the `'s` of `{client}'s`. */
  readonly isGlued: boolean
}

/** A place, where a parameter stands. */
export interface Placeholder {
  readonly parameter: string
  readonly isGlued: boolean
}

export type Part = Word | Placeholder

/** All forms of an expression: with and without what is optional and more than the end of a word. */
export function formsOf(expression: string): Part[][] {
  const optional = OPTIONAL_WORDS.exec(expression)
  if (optional) {
    const around = [expression.slice(0, optional.index), expression.slice(optional.index + optional[0].length)] as const
    return [...formsOf(around.join('')), ...formsOf(around.join(optional[1]))]
  }
  const chunks = expression.split(/\s+/).filter((chunk) => chunk !== '')
  return [chunks.flatMap(partsOf)]
}

const OPTIONAL_WORDS = /\(([^()]*\s[^()]*)\)/
const PLACEHOLDER = /(\{[^{}]*\})/

function partsOf(chunk: string): Part[] {
  return chunk
    .split(PLACEHOLDER)
    .filter((piece) => piece !== '')
    .map((piece, index) => {
      const isGlued = index > 0
      return PLACEHOLDER.test(piece)
        ? { parameter: piece.slice(1, -1), isGlued }
        : { variants: verbsOf(piece).flat(), verbs: verbsOf(piece), isGlued }
    })
}

/** `receive(s)/get(s)`, written out: the forms of each verb, of which the first is how one participant has it. */
function verbsOf(word: string): string[][] {
  const alternatives = word.split('/').map((one) => {
    const end = /^(.*)\(([^()]*)\)(.*)$/.exec(one)
    return end ? [`${end[1]}${end[2]}${end[3]}`, `${end[1]}${end[3]}`] : [one]
  })
  // `is/are` are forms of one verb, and so are `reply/replies`.
  return alternatives.every((forms) => forms.length === 1) ? [alternatives.flat()] : alternatives
}
