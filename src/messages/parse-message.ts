/** Parses what a sentence, a table's cell or a doc string has where a message may stand. */

import { UsageError } from '../errors'
import { looksLikeJson } from '../json/json-text'
import { anyBytes, anyMessage, type Matcher } from '../matching/matcher'
import { quoted } from '../text/excerpt'
import { unquote } from '../text/unquote'
import { json, validAgainst } from './json-message'
import {
  bytes,
  contractMessage,
  contrary,
  file,
  frame,
  messageOfType,
  messageWhere,
  namedEvent,
  namedMessage,
  onTopic,
} from './lazy-messages'
import type { MessageExpression } from './message-expression'
import { messageExpression } from './message-input'
import { containing, matchingPattern, phrase, text } from './phrase-message'

/** Parses a message in a sentence. */
export function parseMessage(source: string): MessageExpression {
  const expression = parseForm(source)
  if (expression) return expression
  if (/^a message \w+ (?:do|does|is|has|must|may|should|will|can)(?: not\b|n['’]t\b)/.test(source)) {
    throw new UsageError(
      `${quoted(source)} is not a message: no sentence says what a message has not. Of a member, write a table, ` +
        'receives a message with: | password | #notpresent |; of a text, does not receive a message containing "…".',
    )
  }
  const known = [...WORDS.keys()].filter((words) => words !== '').map((words) => `${words} "…"`)
  throw new UsageError(
    `${quoted(source)} is not a message. Write it in one of these ways: "…", {"…": …}, ` +
      `the "…" message, a message where "…" is …, ${known.join(', ')}, ${[...UNQUOTED.keys()].join(', ')}.`,
  )
}

/** Parses a message in a table's cell or in the settings, where a phrase may stand without its quotes. */
export function parseCell(source: string): MessageExpression {
  const expression = WORDS_OF_CELLS.includes(source) ? undefined : parseForm(source)
  if (expression === undefined && MALFORMED.test(source)) throw malformedExpression(source)
  return expression ?? phrase(source)
}

/** What is any message in a sentence, and in a cell rather what somebody says. */
const WORDS_OF_CELLS = ['a message', 'anything']

/** A message in any form but a phrase without quotes. */
function parseForm(source: string): MessageExpression | undefined {
  return parseWrong(source) ?? parseAddressed(source) ?? parseQuoted(source) ?? parseUnquoted(source)
}

/** What contradicts the document on purpose. */
function parseWrong(source: string): MessageExpression | undefined {
  const [, wrong] = /^the wrong (.+)$/s.exec(source) ?? []
  if (wrong === undefined) return undefined
  const content = parseForm(/["'] message$/.test(wrong) ? `the ${wrong}` : wrong)
  return content && contrary(content)
}

/** What begins like an expression, so that hardly anybody means these words. */
const MALFORMED =
  /^a message (?:containing|matching|valid against|(?:that|which) (?:contains|matches)|of type|where|whose|with ["'])/i

function malformedExpression(source: string): UsageError {
  const quote = source.includes('"') ? "'" : '"'
  return new UsageError(
    `${quoted(source)} begins like a message, and is not one. Write it like a message containing "…", ` +
      `a message matching "…", a message valid against "…", a message of type "…" or a message where "…" is …\n` +
      `If these are the words of the message, put them in quotes: ${quote}${source.replaceAll(quote, `\\${quote}`)}${quote}`,
  )
}

const QUOTED = `"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'`

/** A quoted text with words around it; of a member its path, and then what it is. */
const AROUND_QUOTED = new RegExp(
  `^((?:an? |the )?(?:[A-Za-z]+ )*)(${QUOTED})(?:( message)|((?: is(?: [a-z]+)*)? .+))?$`,
  's',
)

/** What stands before a quoted text, and what it makes of it. */
const WORDS: ReadonlyMap<string, (text: string) => MessageExpression> = new Map([
  ['', phrase],
  ['a message containing', containing],
  ['a message that contains', containing],
  ['a message which contains', containing],
  ['a message matching', matchingPattern],
  ['a message that matches', matchingPattern],
  ['a message valid against', validAgainst],
  ['a message of type', messageOfType],
  ['the event', (name) => namedEvent(name)],
  ['the file', file],
  ['the frame', frame],
  ['the bytes', bytes],
  ['the message', phrase],
  ['the phrase', phrase],
  ['the text', text],
])

/** What is written without a quoted text. */
const UNQUOTED: ReadonlyMap<string, Matcher> = new Map([
  ['any message', anyMessage],
  ['a message', anyMessage],
  ['anything', anyMessage],
  ['a binary message', anyBytes],
])

/** The topic that a message is on, behind it: without what stands before, which would be tried at each place. */
const ON_TOPIC = new RegExp(` on (${QUOTED})$`, 's')

/** An event with its content. */
const EVENT_WITH = new RegExp(`^the event (${QUOTED}) with (.+)$`, 's')

/** What stands before an event or behind a message in a protocol that has events or topics. */
function parseAddressed(source: string): MessageExpression | undefined {
  const onIt = ON_TOPIC.exec(source)
  if (onIt) return onTopic(unquote(onIt[1] as string), parseMessage(source.slice(0, onIt.index)))
  const [, name, content] = EVENT_WITH.exec(source) ?? []
  return name === undefined ? undefined : namedEvent(unquote(name), parseMessage(content as string))
}

function parseQuoted(source: string): MessageExpression | undefined {
  const [, before = '', quotedText, message, condition] = AROUND_QUOTED.exec(source) ?? []
  if (quotedText === undefined) return undefined
  const content = unquote(quotedText)
  if (condition !== undefined) {
    return /^a message (?:with|where|whose) $/.test(before) ? messageWhere(content, condition.trim()) : undefined
  }
  if (message !== undefined) return before === 'the ' ? namedMessage(content) : undefined
  if (/^an? $/.test(before)) return contractMessage(content)
  return WORDS.get(before.trimEnd())?.(content)
}

function parseUnquoted(source: string): MessageExpression | undefined {
  if (/^the frame [{[]/.test(source)) return frame(source.slice('the frame '.length))
  const withoutWords = source.replace(/^(?:the )?(?:JSON|message) /, '')
  if (looksLikeJson(withoutWords)) return json(withoutWords)
  const matcher = UNQUOTED.get(source)
  return matcher && messageExpression(matcher)
}

/** How a doc string is read. */
export interface DocStringOptions {
  /** `json`, or `text` for the text as it stands; without it JSON if it looks like JSON, else a phrase. */
  readonly mediaType?: string | undefined
  /** Whether a received message may have nothing else. */
  readonly exactly?: boolean
}

/**
 * Parses a doc string.
 * @throws UsageError if there is none, or its media type is unknown
 */
export function parseDocString(
  content: string,
  { mediaType = '', exactly = false }: DocStringOptions,
): MessageExpression {
  requireDocString(content)
  if (mediaType === 'text') return text(content)
  if (mediaType === 'json' || mediaType === 'application/json') return json(content, { exactly })
  if (mediaType !== '') {
    throw new UsageError(`A message cannot have the media type ${quoted(mediaType)}: write json or text.`)
  }
  return looksLikeJson(content) ? json(content, { exactly }) : phrase(content, { exactly })
}

/**
 * Makes sure that there is a doc string: without one, Cucumber hands over something else.
 * @throws UsageError if not
 */
export function requireDocString(content: unknown, example = 'Hello, world!'): void {
  if (typeof content === 'string') return
  throw new UsageError(`This sentence needs a doc string below it:\n  """\n  ${example}\n  """`)
}
