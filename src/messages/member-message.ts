/** Messages by one of their members: `a message with "type" "welcome"`, `a message where "amount" is at least 100`. */

import { requireArgument, TEXT } from '../arguments'
import { UsageError } from '../errors'
import { hasVariables } from '../json/json-text'
import { havingMembers } from '../matching/members-matcher'
import { quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'
import { unquote } from '../text/unquote'
import { fillPath } from '../variables/fill-in-place'
import { type MessageExpression, receiveOnly } from './message-expression'

/** Each way to compare, and the marker that it stands for. */
const COMPARISONS: ReadonlyMap<string, string> = new Map([
  ['is', ''],
  ['is greater than', '#> '],
  ['is more than', '#> '],
  ['is less than', '#< '],
  ['is at least', '#>= '],
  ['is at most', '#<= '],
  ['is between', '#between '],
  ['is not', '#!= '],
])

/**
 * `a message where "amount" is greater than 100`, or `with "type" "welcome"`.
 * @param condition what follows the path: `"welcome"`, `is 100`, `is between 1 and 5`
 * @throws UsageError for a comparison that is unknown, or has nothing to compare with
 * @example await rob.receives(messageWhere('amount', 'is at least 100'))
 */
export function messageWhere(path: string, condition: string): MessageExpression {
  requireArgument('messageWhere', 'path', path, TEXT)
  requireArgument('messageWhere', 'condition', condition, TEXT)
  const [, words = 'is', value] = /^(is(?: [a-z]+)*?)?\s*(["'\d-].*|true|false|null)$/s.exec(condition) ?? []
  if (value === undefined) {
    throw new UsageError(
      `${quoted(condition)} compares with nothing: write a text in quotes or a number, such as is "welcome" or is at least 100.`,
    )
  }
  const marker = markerOf(words)
  const text = /^["']/.test(value) ? unquote(value) : undefined
  const bySize = !['', '#!= '].includes(marker)
  // What a variable stands for may be a number, and numbers alone are compared by size.
  const isVariable = text !== undefined && hasVariables(text)
  if (bySize && !isVariable) requireNumbers(condition, value, marker)
  const isWhole = text !== undefined && /^\$\{[^{}]*\}$/.test(text)
  const cell = marker + (text === undefined ? value : isWhole || bySize ? text : JSON.stringify(text))
  return havingMember(path, cell, `a message where ${quoted(path)} ${words} ${value}`)
}

/**
 * `a message of type "welcome"`: which member says the type is a setting.
 * @example await rob.receives(messageOfType('welcome'))
 */
export function messageOfType(type: string): MessageExpression {
  requireArgument('messageOfType', 'type', type, TEXT)
  const description = `a message of type ${quoted(type)}`
  return receiveOnly(description, (context) =>
    havingMember(context.typePath ?? 'type', JSON.stringify(type), description).toMatcher(context),
  )
}

function havingMember(path: string, cell: string, description: string): MessageExpression {
  return receiveOnly(description, ({ variables }) =>
    havingMembers([[fillPath(path, variables), variables.expectedCell(cell)]], description),
  )
}

const NUMBER = /^-?\d[\d.]*(?:[eE][-+]?\d+)?$/

/** @throws UsageError for a comparison by size with something else than a number, or between two that are not two */
function requireNumbers(condition: string, value: string, marker: string): void {
  const numbers = value.split(' and ')
  if (numbers.length === (marker === '#between ' ? 2 : 1) && numbers.every((number) => NUMBER.test(number))) return
  throw new UsageError(
    `${quoted(condition)} does not compare with ${marker === '#between ' ? 'two numbers' : 'a number'}: ` +
      'write it like "is at least 100", or "is between 1 and 5".',
  )
}

/** What stands before the value in a table's cell. */
function markerOf(words: string): string {
  const marker = COMPARISONS.get(words)
  if (marker !== undefined) return marker
  const known = [...COMPARISONS.keys()]
  const hint = nearest(words, known)
  throw new UsageError(
    `${quoted(words)} is not a known comparison. ${hint ? `Did you mean ${quoted(hint)}?` : `There are ${known.join(', ')}.`}`,
  )
}
