/** Phrases are how people read, templates say how they travel: what a message says is read back through its template. */

import { Mistake } from './errors'
import { quoted } from './excerpt'
import { checkMarkers, conformance } from './json'
import { type ComparingMatcher, type Difference, type Readable, showable } from './matcher'
import { regularExpression } from './regular-expression'
import { WithClues } from './sieve'
import { textDistance } from './text-distance'

/** The place of the phrase in a template. */
export const PHRASE = '${phrase}'

/** How phrases travel: JSON, or a text, with {@link PHRASE} in it where the phrase stands. */
export type Template = unknown

/**
 * Makes sure that a template has its place for the phrase, and if it is expected no wrong marker.
 * @throws Mistake if not
 */
export function checkTemplate(template: Template, isExpected = false): void {
  const written = typeof template === 'string' ? template : JSON.stringify(template)
  if (written.split(PHRASE).length !== 2 || !find(template)) {
    throw new Mistake(`The template ${written} needs one place for the phrase. Write it like {"message": "${PHRASE}"}.`)
  }
  if (isExpected && typeof template === 'object' && template !== null) checkMarkers(placeOf(template).around)
}

/** What a message says: the phrase at its place in the template; undefined where the message does not fit it. */
export function phraseOf(message: Readable, template: Template | undefined, exactly = false): string | undefined {
  if (template === undefined) return message.text
  if (typeof template === 'string') return message.text === undefined ? undefined : unwrapping(template)(message.text)
  if (typeof template !== 'object' || template === null) return undefined
  const place = placeOf(template)
  const said = place.steps.reduce<unknown>(member, message.json)
  if (typeof said !== 'string' || !(exactly ? place.isAll : place.isAround)(message.json)) return undefined
  return place.unwrap(said)
}

/** Where a JSON template has the phrase, and what must stand around it. */
interface Place {
  readonly steps: readonly string[]
  /** Takes the phrase out of the text that stands there, which may have words before and after it. */
  readonly unwrap: (said: string) => string | undefined
  readonly around: unknown
  /** Whether a message has what must stand around the phrase, and with `isAll` nothing else. */
  readonly isAround: (json: unknown) => boolean
  readonly isAll: (json: unknown) => boolean
}

const places = new WeakMap<object, Place>()

function placeOf(template: object): Place {
  const known = places.get(template)
  if (known) return known
  const [steps, text] = find(template) ?? [[], '']
  const around = JSON.parse(JSON.stringify(template), (_, value) => (value === text ? '#string' : value))
  const [isAround, isAll] = [conformance(around), conformance(around, true)]
  const place = { steps, unwrap: unwrapping(text), around, isAround, isAll }
  places.set(template, place)
  return place
}

function find(template: unknown): [steps: string[], text: string] | undefined {
  if (typeof template === 'string') return template.includes(PHRASE) ? [[], template] : undefined
  if (typeof template !== 'object' || template === null) return undefined
  for (const [name, inner] of Object.entries(template)) {
    const found = find(inner)
    if (found) return [[name, ...found[0]], found[1]]
  }
  return undefined
}

function member(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name)
    ? (of as Record<string, unknown>)[name]
    : undefined
}

/** Takes a phrase out of what stands around it in a template. */
function unwrapping(template: string): (text: string) => string | undefined {
  const at = template.indexOf(PHRASE)
  const [before, after] = [template.slice(0, at), template.slice(at + PHRASE.length)]
  return (text) => {
    const fits = text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after)
    return fits ? text.slice(before.length, text.length - after.length) : undefined
  }
}

/** Accepts messages that say just this phrase, through the template or as their whole text. */
export function saying(phrase: string, template?: Template, words?: string, exactly = false): ComparingMatcher {
  return new PhraseMatcher(template, {
    inWords: () => words ?? `${exactly ? 'exactly ' : ''}${quoted(phrase)}`,
    expected: phrase,
    fits: (said) => said === phrase,
    part: phrase,
    isAll: true,
    exactly,
  })
}

/** Accepts messages whose phrase, or whose text, has this part. */
export function sayingPart(part: string, template?: Template): ComparingMatcher {
  return new PhraseMatcher(template, {
    inWords: () => `a message containing ${quoted(part)}`,
    expected: part,
    fits: (said) => said.includes(part),
    part,
  })
}

/**
 * Accepts messages whose phrase, or whose text, fits a regular expression.
 * @throws Mistake if it is none
 */
export function sayingLike(pattern: string, template?: Template): ComparingMatcher {
  const expression = regularExpression(pattern)
  return new PhraseMatcher(template, {
    inWords: () => `a message matching ${quoted(pattern)}`,
    expected: pattern,
    fits: (said) => expression.test(said),
  })
}

/** A text, or a part of one, as JSON writes it between quotes. */
export function inJson(part: string): string {
  return JSON.stringify(part).slice(1, -1)
}

/** What is to be said. */
interface Saying {
  inWords(): string
  /** What a message is compared with. */
  readonly expected: string
  fits(said: string): boolean
  /** What stands in all that fits. */
  readonly part?: string
  /** Whether what is expected is all that is said, so that the two can be laid side by side. */
  readonly isAll?: boolean
  /** Whether nothing but the template may be in the message. */
  readonly exactly?: boolean
}

class PhraseMatcher extends WithClues implements ComparingMatcher {
  private readonly pieces: readonly string[]

  constructor(
    readonly template: Template | undefined,
    private readonly saying: Saying,
  ) {
    super()
    const { part } = saying
    this.pieces = part === undefined || typeof template !== 'object' ? [] : [inJson(part)]
  }

  get clues(): readonly string[] | undefined {
    const { part } = this.saying
    return part === undefined ? undefined : [part, ...this.pieces]
  }

  describe(): string {
    return this.saying.inWords()
  }

  accepts(message: Readable): boolean {
    const { text } = message
    if (text === undefined) return false
    if (this.saying.fits(text)) return true
    if (this.template === undefined) return false
    if (typeof this.template === 'object' && message.mayHave?.(this.pieces) === false) return false
    const phrase = phraseOf(message, this.template, this.saying.exactly)
    return phrase !== undefined && this.saying.fits(phrase)
  }

  compare(message: Readable): Difference {
    const { expected, isAll } = this.saying
    const phrase = phraseOf(message, this.template, this.saying.exactly)
    const said = phrase ?? message.text ?? ''
    return {
      // A message that does not fit the template is further off than every one that does.
      distance: (textDistance(expected, said) + (phrase === undefined ? 1 : 0)) / 2,
      expected: isAll ? expected : undefined,
      actual: isAll ? (phrase ?? showable(message)) : undefined,
    }
  }
}
