/** What a sentence writes where a message may stand: it becomes a message to send, or a matcher of what is received. */

import { Mistake } from '../matching/errors'
import { excerpt, quoted } from '../matching/excerpt'
import { containing, equalTo } from '../matching/json'
import { anyMessage, type Matcher } from '../matching/matcher'
import { havingMembers } from '../matching/members'
import { parsePath, place } from '../matching/path'
import { checkTemplate, PHRASE, saying, sayingLike, sayingPart, type Template } from '../matching/phrase'
import type { Variables } from './variables'

/** Whoever acts: the variables that hold for them, and how their phrases travel. */
export interface Speaker {
  readonly variables: Variables
  readonly phrases: Phrases
}

/** How phrases travel; without a template a phrase is the whole text. */
export interface Phrases {
  sent?: Template
  received?: Template
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
}

/** What the methods of a client take for a message: a phrase, JSON, or anything made by the functions of this library. */
export type Spoken = string | object | Wording | Matcher

/** The wording of what was given to a method: a text is a phrase, other values are JSON. */
export function wordingOf(spoken: Spoken): Wording {
  if (typeof spoken === 'string') return phrase(spoken)
  if (can<Wording>(spoken, 'outgoing')) return spoken
  if (can<Matcher>(spoken, 'accepts')) return onlyExpected(spoken.describe(), () => spoken)
  return json(jsonOf(spoken))
}

function can<T>(value: unknown, method: keyof T): value is T {
  return typeof (value as T | null | undefined)?.[method] === 'function'
}

function jsonOf(value: unknown): string {
  try {
    const written = JSON.stringify(value)
    if (written !== undefined) return written
  } catch {
    // Told below, as what JSON leaves out.
  }
  throw new Mistake(`${String(value)} is no message: give a text, or a value that JSON can hold.`)
}

/** What people say: sent and expected through the templates. */
export function phrase(text: string): Wording {
  return {
    written: quoted(text),
    outgoing({ variables, phrases }) {
      const said = variables.fill(text)
      return phrases.sent === undefined ? said : fillTemplate(phrases.sent, variables.with({ phrase: said }))
    },
    expected: ({ variables, phrases }) => saying(variables.fill(text), received(phrases, variables)),
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
  return {
    written: `${exactly ? 'exactly ' : ''}${excerpt(written)}`,
    outgoing({ variables }) {
      const filled = variables.fillJson(written)
      parseJson(filled)
      return filled
    },
    expected({ variables }) {
      const value = parseJson(variables.fillJson(written))
      return exactly ? equalTo(value) : containing(value)
    },
  }
}

/** A table of paths and values; a path alone asks for presence. */
export function members(rows: readonly (readonly string[])[]): Wording {
  return {
    written: `a message with ${rows.map((row) => row.join(' ')).join(', ')}`,
    outgoing({ variables }) {
      if (rows.length === 0) throw new Mistake('A message with nothing in it: the table needs a row.')
      return JSON.stringify(
        rows.reduce<unknown>((whole, [path = '', cell]) => {
          if (cell === undefined) throw new Mistake(`${path} has no value to send: the table needs a second column.`)
          return place(whole, parsePath(variables.fill(path)), variables.cell(cell))
        }, undefined),
      )
    },
    expected: ({ variables }) =>
      havingMembers(
        rows.map(([path = '', cell]) => [variables.fill(path), cell === undefined ? '#present' : variables.cell(cell)]),
      ),
  }
}

/** `a message containing "lo"`. */
export function part(text: string): Wording {
  return onlyExpected(`a message containing "${text}"`, ({ variables, phrases }) =>
    sayingPart(variables.fill(text), received(phrases, variables)),
  )
}

/** `a message matching "^He"`. */
export function like(pattern: string): Wording {
  return onlyExpected(`a message matching "${pattern}"`, ({ variables, phrases }) =>
    sayingLike(variables.fill(pattern), received(phrases, variables)),
  )
}

/** `any message`. */
export const anything: Wording = onlyExpected('any message', () => anyMessage)

/**
 * A template as it is written: JSON where it is JSON, else a text.
 * @throws Mistake if it has no place for the phrase, or is no JSON though it looks like it
 */
export function templateOf(written: unknown): Template {
  const template =
    typeof written === 'string' && looksLikeJson(written)
      ? parseJson(written.replace(UNQUOTED, (found, quoted) => quoted ?? `"${found}"`))
      : written
  checkTemplate(template)
  return template
}

/** Whether a person who wrote this meant JSON. */
export function looksLikeJson(written: string): boolean {
  return /^\s*[{[]/.test(written)
}

/**
 * Reads JSON that a person wrote.
 * @throws Mistake that says what is wrong with it
 */
export function parseJson(written: string): unknown {
  try {
    return JSON.parse(written)
  } catch (error) {
    throw new Mistake(
      `${excerpt(written)} is no JSON: ${(error as Error).message}.\n` +
        'Names and texts stand in double quotes, and every bracket is closed: {"type": "ping", "tags": ["a", "b"]}',
    )
  }
}

const UNQUOTED = /("(?:[^"\\]|\\[\s\S])*")|(\$\{[^{}]*\})/g

function onlyExpected(written: string, expected: (speaker: Speaker) => Matcher): Wording {
  return {
    written,
    expected,
    outgoing() {
      throw new Mistake(`«${written}» can be expected, not sent: write the message itself.`)
    },
  }
}

function received(phrases: Phrases, variables: Variables): Template | undefined {
  if (phrases.received === undefined) return undefined
  const filled = fillTemplate(phrases.received, variables.with({ phrase: PHRASE }))
  return typeof phrases.received === 'string' ? filled : JSON.parse(filled)
}

function fillTemplate(template: Template, variables: Variables): string {
  return typeof template === 'string' ? variables.fill(template) : variables.fillJson(JSON.stringify(template))
}
