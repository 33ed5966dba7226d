/** Phrases: what people read of a message, taken out of its template. */

import { UsageError } from '../errors'
import { escapeForJson, stringifyJson } from '../json/json-text'
import { isContainer, mapInner } from '../json/json-value'
import { quoted } from '../text/excerpt'
import { textDistance } from '../text/nearest'
import { compilePattern } from '../text/pattern'
import { jsonPredicate } from './json-predicate'
import {
  type ComparingMatcher,
  containsAll,
  type Difference,
  displayValue,
  LibraryMatcher,
  type MessageContent,
} from './matcher'
import { readings } from './readings'
import { requireUnambiguous } from './unique-members'

/** The place of the phrase in a template. */
export const PHRASE = '${phrase}'

/** How phrases travel: JSON, or a text, with {@link PHRASE} in it where the phrase stands. */
export type Template = unknown

/**
 * Makes sure that a template has one place for the phrase, and if it is expected no unknown marker.
 * @throws UsageError if not
 */
export function validateTemplate(template: Template, { isExpected = false } = {}): void {
  const source = typeof template === 'string' ? template : stringifyJson(template, 'template')
  if (source.split(PHRASE).length !== 2 || !findSlot(template)) {
    throw new UsageError(
      `The template ${source} needs one place for the phrase. Write it like {"message": "${PHRASE}"}.`,
    )
  }
  // Its markers are checked when it is compiled.
  if (isExpected && isContainer(template)) slotOf(template)
}

/** The phrase at its place in the template; undefined where the message does not fit the template. */
export function extractPhrase(
  message: MessageContent,
  template: Template | undefined,
  { exactly = false } = {},
): string | undefined {
  if (template === undefined) return message.text
  if (typeof template === 'string') {
    return message.text === undefined ? undefined : templateReader(template)(message.text)
  }
  if (typeof template !== 'object' || template === null) return undefined
  const slot = slotOf(template)
  const text = slot.steps.reduce<unknown>(member, message.json)
  if (typeof text !== 'string' || !(exactly ? slot.isExact : slot.isAround)(message.json)) return undefined
  return slot.read(text)
}

/** Where a JSON template has the phrase, and what must stand around it. */
interface TemplateSlot {
  readonly steps: readonly string[]
  /** Takes the phrase out of the text that stands there, which may have words before and after it. */
  readonly read: (text: string) => string | undefined
  readonly around: unknown
  /** Whether a message has what must stand around the phrase. */
  readonly isAround: (json: unknown) => boolean
  /** Whether it has nothing else. */
  readonly isExact: (json: unknown) => boolean
}

const slots = new WeakMap<object, TemplateSlot>()

function slotOf(template: object): TemplateSlot {
  const known = slots.get(template)
  if (known) return known
  const [steps, text] = findSlot(template) ?? [[], '']
  const around = withoutPhrase(template, text)
  const slot = {
    ...{ steps, around, read: templateReader(text) },
    ...{ isAround: jsonPredicate(around), isExact: jsonPredicate(around, { exactly: true }) },
  }
  slots.set(template, slot)
  return slot
}

/** The template with a marker where it has the phrase. */
function withoutPhrase(template: unknown, text: string): unknown {
  if (template === text) return '#string'
  return mapInner(template, (inner) => withoutPhrase(inner, text))
}

function findSlot(template: unknown): [steps: string[], text: string] | undefined {
  if (typeof template === 'string') return template.includes(PHRASE) ? [[], template] : undefined
  if (typeof template !== 'object' || template === null) return undefined
  for (const [name, inner] of Object.entries(template)) {
    const found = findSlot(inner)
    if (found) return [[name, ...found[0]], found[1]]
  }
  return undefined
}

function member(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name)
    ? (of as Record<string, unknown>)[name]
    : undefined
}

/** Reads a phrase from a text that is written like a template. */
function templateReader(template: string): (text: string) => string | undefined {
  const at = template.indexOf(PHRASE)
  const [before, after] = [template.slice(0, at), template.slice(at + PHRASE.length)]
  return (text) => {
    const fits = text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after)
    return fits ? text.slice(before.length, text.length - after.length) : undefined
  }
}

/** How a phrase is read, and what its matcher is called. */
export interface PhraseOptions {
  /** Without it, a phrase is the whole text. */
  readonly template?: Template | undefined
  /** Whether the message may have nothing but the template. Default `false`. */
  readonly exactly?: boolean
  readonly description?: string
}

/** Accepts messages whose phrase is this one; without a template, those whose whole text is. */
export function phraseEqualTo(phrase: string, options: PhraseOptions = {}): ComparingMatcher {
  const { template, exactly = false, description } = options
  return new PhraseMatcher(template, {
    describe: () => description ?? `${exactly ? 'exactly ' : ''}${quoted(phrase)}`,
    expected: phrase,
    matches: (actual) => actual === phrase,
    part: phrase,
    isWhole: true,
    exactly,
  })
}

/** Accepts messages whose phrase, or whose text, has this part. */
export function phraseContaining(part: string, template?: Template): ComparingMatcher {
  return new PhraseMatcher(template, {
    describe: () => `a message containing ${quoted(part)}`,
    expected: part,
    matches: (actual) => actual.includes(part),
    part,
  })
}

/**
 * Accepts messages whose phrase, or whose text, matches a regular expression.
 * @throws UsageError if it is not a valid one
 */
export function phraseMatching(source: string, template?: Template): ComparingMatcher {
  const pattern = compilePattern(source)
  return new PhraseMatcher(template, {
    describe: () => `a message matching ${quoted(source)}`,
    expected: source,
    matches: (actual) => pattern.test(actual),
  })
}

/** What a phrase is expected to be. */
interface PhraseTest {
  describe(): string
  /** What a message is compared with. */
  readonly expected: string
  matches(phrase: string): boolean
  /** What stands in every phrase that matches. */
  readonly part?: string
  /** Whether `expected` is the whole phrase, so that the two can be laid side by side. */
  readonly isWhole?: boolean
  /** Whether nothing but the template may be in the message. */
  readonly exactly?: boolean
}

class PhraseMatcher extends LibraryMatcher implements ComparingMatcher {
  private readonly requiredTexts: readonly string[]

  constructor(
    readonly template: Template | undefined,
    private readonly test: PhraseTest,
  ) {
    super()
    this.requiredTexts = test.part === undefined || !isContainer(template) ? [] : [escapeForJson(test.part)]
  }

  describe(): string {
    return this.test.describe()
  }

  accepts(message: MessageContent): boolean {
    const { test, template } = this
    if (message.text === undefined) return false
    // A part, or a pattern, may stand beside the phrase; a whole phrase has its place.
    if (template === undefined || !test.isWhole) {
      if (this.acceptsBare(message)) return true
      if (template === undefined) return false
    }
    if (message.mayContain?.(this.requiredTexts) === false) return false
    const phrase = extractPhrase(message, template, { exactly: test.exactly ?? false })
    const isAccepted = phrase !== undefined && test.matches(phrase)
    if (isContainer(template) && (isAccepted || containsAll(message.text, this.requiredTexts)))
      requireUnambiguous(message)
    return isAccepted
  }

  acceptsBare(message: MessageContent): boolean {
    const { isWhole, part, matches } = this.test
    if (isWhole) return message.text !== undefined && matches(message.text)
    for (const text of readings(message, { withParts: part !== undefined })) if (matches(text)) return true
    return false
  }

  compare(message: MessageContent): Difference {
    const { expected, isWhole, exactly = false } = this.test
    const phrase = extractPhrase(message, this.template, { exactly })
    const actual = phrase ?? message.text ?? ''
    // Beside a text that is the phrase, and lacks the template alone, there is nothing to compare.
    const isComparable = isWhole && (phrase !== undefined || message.text !== expected)
    return {
      // A message that does not fit the template is further off than every one that does.
      distance: (textDistance(expected, actual) + (phrase === undefined ? 1 : 0)) / 2,
      expected: isComparable ? expected : undefined,
      actual: isComparable ? (phrase ?? displayValue(message)) : undefined,
    }
  }
}
