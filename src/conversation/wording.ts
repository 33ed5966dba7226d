/** What a sentence writes where a message may stand: it becomes a message to send, or a matcher of what is received. */

import { bytesEqualTo } from '../matching/bytes'
import { Mistake } from '../matching/errors'
import { excerpt, quoted } from '../matching/excerpt'
import { containing, equalTo } from '../matching/json'
import { anyMessage, carefully, type Matcher } from '../matching/matcher'
import { havingMembers } from '../matching/members'
import { parsePath, place } from '../matching/path'
import { saying, sayingLike, sayingPart } from '../matching/phrase'
import { learnSecrets } from '../matching/redaction'
import { fitting } from '../matching/schema'
import type { Files } from './files'
import { jsonTextOf, parseJson, withQuotedVariables } from './json-text'
import { expectedTemplate, outgoingPhrase, type Phrases } from './templates'
import type { Variables } from './variables'

/** Whoever acts: the variables that hold for them, and how their phrases travel. */
export interface Speaker {
  readonly variables: Variables
  readonly phrases: Phrases
  readonly files: Files
}

/** A message as a sentence writes it. */
export interface Wording {
  /** As it is written, for the words of a failure. */
  readonly written: string
  /**
   * The message to send.
   * @throws Mistake if it can only be expected
   */
  outgoing(speaker: Speaker): string | Buffer
  expected(speaker: Speaker): Matcher
  /**
   * Makes sure, before its variables are known, that it can be sent.
   * @throws Mistake if not
   */
  checkOutgoing?(): void
}

/** What the methods of a client take for a message: a phrase, JSON, or anything made by the functions of this library. */
export type Spoken = string | object | Wording | Matcher

/** The wording of what was given to a method: a text is a phrase, other values are JSON. */
export function wordingOf(spoken: Spoken): Wording {
  if (typeof spoken === 'string') return phrase(spoken)
  if (can<Wording>(spoken, 'outgoing')) return spoken
  if (can<Matcher>(spoken, 'accepts')) {
    const matcher = carefully(spoken)
    return onlyExpected(matcher.describe(), () => matcher)
  }
  return json(jsonTextOf(spoken))
}

function can<T>(value: unknown, method: keyof T): value is T {
  return typeof (value as T | null | undefined)?.[method] === 'function'
}

/** What people say: sent and expected through the templates; with `exactly` nothing but the template may be expected. */
export function phrase(text: string, exactly = false): Wording {
  return new PhraseWording(text, exactly)
}

class PhraseWording implements Wording {
  constructor(
    private readonly text: string,
    private readonly exactly: boolean,
  ) {}

  get written(): string {
    return quoted(this.text)
  }

  outgoing({ variables, phrases }: Speaker): string {
    return outgoingPhrase(variables.fill(this.text), phrases, variables)
  }

  expected({ variables, phrases }: Speaker): Matcher {
    return saying(variables.fill(this.text), expectedTemplate(phrases, variables), undefined, this.exactly)
  }
}

/** A text as it is, whatever the templates say. */
export function text(written: string): Wording {
  return {
    written: quoted(written),
    outgoing: ({ variables }) => variables.fill(written),
    expected: ({ variables }) => saying(variables.fill(written)),
  }
}

/** JSON: sent as it is written; expected to be contained, or with `exactly` to be all there is. */
export function json(written: string, exactly = false): Wording {
  return new JsonWording(written, exactly)
}

class JsonWording implements Wording {
  constructor(
    private readonly text: string,
    private readonly exactly: boolean,
  ) {}

  get written(): string {
    return `${this.exactly ? 'exactly ' : ''}${excerpt(this.text)}`
  }

  outgoing({ variables }: Speaker): string {
    const filled = variables.fillJson(this.text)
    parseJson(filled)
    return filled
  }

  expected({ variables }: Speaker): Matcher {
    const value = variables.expectedJson(this.text)
    return this.exactly ? equalTo(value) : containing(value)
  }

  checkOutgoing(): void {
    parseJson(withQuotedVariables(this.text))
  }
}

/** A table of paths and values; a path alone asks for presence. */
export function members(rows: readonly (readonly string[])[]): Wording {
  return {
    written: `a message with ${rows.map((row) => row.join(' ')).join(', ')}`,
    outgoing({ variables }) {
      if (rows.length === 0) throw new Mistake('A message with nothing in it: the table needs a row.')
      return JSON.stringify(overrideBy(rows, variables, (cell) => variables.cell(cell))(undefined))
    },
    expected({ variables }) {
      const members = rows.map(
        ([path = '', cell]) =>
          [variables.fill(path), cell === undefined ? '#present' : variables.expectedCell(cell)] as const,
      )
      learnSecrets((redaction) => redaction.learn(members.reduce(withMember, undefined)))
      return havingMembers(members)
    },
  }
}

/** `a message containing "lo"`. */
export function part(text: string): Wording {
  return onlyExpected(`a message containing "${text}"`, ({ variables, phrases }) =>
    sayingPart(variables.fill(text), expectedTemplate(phrases, variables)),
  )
}

/** `a message matching "^He"`. */
export function like(pattern: string): Wording {
  return onlyExpected(`a message matching "${pattern}"`, ({ variables, phrases }) =>
    sayingLike(variables.fill(pattern), expectedTemplate(phrases, variables)),
  )
}

/** `the "place order" message`; a table of paths and values overrides its members. */
export function named(name: string, rows: readonly (readonly string[])[] = []): Wording {
  const written = `the "${name}" message${rows.length === 0 ? '' : ` with ${rows.map((row) => row.join(' ')).join(', ')}`}`
  const read = ({ files }: Speaker) => {
    const message = files.message(name)
    if (message.isJson || rows.length === 0) return message
    throw new Mistake(`The "${name}" message is a text: no table can override its members.`)
  }
  return {
    written,
    outgoing(speaker) {
      const { text, isJson } = read(speaker)
      const { variables } = speaker
      if (!isJson) return variables.fill(text)
      const overridden = overrideBy(rows, variables, (cell) => variables.cell(cell))
      return JSON.stringify(overridden(within(written, () => parseJson(variables.fillJson(text)))))
    },
    expected(speaker) {
      const { text, isJson } = read(speaker)
      const { variables } = speaker
      if (!isJson) return saying(variables.fill(text), undefined, written)
      const overridden = overrideBy(rows, variables, (cell) => variables.expectedCell(cell))
      return containing(overridden(within(written, () => variables.expectedJson(text))), written)
    },
  }
}

/** Reads what stands in a file, which a mistake is to name. */
function within<T>(place: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new Mistake(`In ${place}: ${(error as Error).message}`)
  }
}

/** `the file "logo.png"`: a binary message. */
export function file(path: string): Wording {
  return binary(`the file "${path}"`, ({ files, variables }) => files.read(variables.fill(path)))
}

/** `the bytes "de ad be ef"`: a binary message. */
export function bytes(digits: string): Wording {
  return binary(`the bytes "${excerpt(digits)}"`, ({ variables }) => bytesFrom(variables.fill(digits)))
}

function binary(written: string, read: (speaker: Speaker) => Buffer): Wording {
  return { written, outgoing: read, expected: (speaker) => bytesEqualTo(read(speaker), written) }
}

function bytesFrom(digits: string): Buffer {
  const bare = digits.replace(/\s+/g, '')
  if (!/^(?:[\da-f]{2})*$/i.test(bare)) {
    throw new Mistake(`"${excerpt(digits)}" are no bytes. Write two hexadecimal digits for each: "de ad be ef".`)
  }
  return Buffer.from(bare, 'hex')
}

/** `a message valid against "order.schema.json"`. */
export function validAgainst(path: string): Wording {
  return onlyExpected(`a message valid against "${path}"`, ({ files, variables }) =>
    fitting(variables.fill(path), (file) => files.read(file).toString()),
  )
}

/** `any message`. */
export const anything: Wording = onlyExpected('any message', () => anyMessage)

/** Puts the values of a table's rows at their paths, one after the other. */
function overrideBy(rows: readonly (readonly string[])[], variables: Variables, read: (cell: string) => unknown) {
  return (base: unknown) =>
    rows.reduce((whole, [path = '', cell]) => {
      if (cell === undefined) throw new Mistake(`"${path}" has no value to send: the table needs a second column.`)
      const [where, value] = [parsePath(variables.fill(path)), read(cell)]
      learnSecrets((redaction) => redaction.learn(withMember(undefined, [where.written, value])))
      return place(whole, where, value)
    }, base)
}

/** A message that has this member too; one that has no place in it alone, such as the second of a list, is left out. */
function withMember(whole: unknown, [path, value]: readonly [string, unknown]): unknown {
  try {
    return place(whole, parsePath(path), value)
  } catch {
    return whole
  }
}

function onlyExpected(written: string, expected: (speaker: Speaker) => Matcher): Wording {
  const outgoing = () => {
    throw new Mistake(`«${written}» can be expected, not sent: write the message itself.`)
  }
  return { written, expected, outgoing, checkOutgoing: outgoing }
}
