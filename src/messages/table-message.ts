/** Messages with a table of paths and values: written by it alone, or a named message whose members it overrides. */

import { type Kind, requireArgument, TEXT, TEXTS } from '../arguments'
import { UsageError } from '../errors'
import { hasVariables, parseJson, quoteVariables, stringifyJson } from '../json/json-text'
import { jsonContaining } from '../matching/json-matcher'
import { requireNoMarker } from '../matching/markers'
import { havingMembers } from '../matching/members-matcher'
import { phraseEqualTo } from '../matching/phrase-matcher'
import { JsonBuilder } from '../paths/json-builder'
import { parsePath } from '../paths/path'
import { learnSecrets } from '../redaction'
import { excerpt, quoted } from '../text/excerpt'
import { fillPath } from '../variables/fill-in-place'
import type { Variables } from '../variables/variables'
import type { MessageContext, MessageExpression } from './message-expression'

/**
 * Rows of a path and a value; where a message is expected, a path alone asks for presence.
 * @example const rows: MemberRows = [['payload.name', 'Rob'], ['payload.id']]
 */
export type MemberRows = readonly (readonly string[])[]

const ROWS: Kind = {
  words: "a list of rows, such as [['payload.name', 'Rob'], ['payload.id']]",
  accepts: (rows) => Array.isArray(rows) && rows.every((row) => TEXTS.accepts(row) && row.length <= 2),
}

/** @throws UsageError for what is not a list of rows */
export function requireMemberRows(call: string, rows: MemberRows): void {
  requireArgument(call, 'rows', rows, ROWS)
}

/**
 * `a message with:` a table of paths and values; a path alone asks for presence.
 * @example await rob.receives(messageWith([['payload.name', 'Rob'], ['payload.id']]))
 */
export function messageWith(rows: MemberRows): MessageExpression {
  requireArgument('messageWith', 'rows', rows, ROWS)
  return {
    describe: () => `a message with ${formatRows(rows)}`,
    toSend({ variables }) {
      if (rows.length === 0) throw new UsageError('A message with nothing in it: the table needs a row.')
      requireNoMarkerInCells(rows)
      return stringifyJson(applyRows(undefined, rows, variables, (cell) => variables.cell(cell)))
    },
    toMatcher({ variables }) {
      const members = rows.map(
        ([path = '', cell]) =>
          [fillPath(path, variables), cell === undefined ? '#present' : variables.expectedCell(cell)] as const,
      )
      learnSecrets((redaction) => redaction.learn(joinMembers(members)))
      return havingMembers(members)
    },
  }
}

/**
 * `the "place order" message`: from the messages folder.
 * @param rows override its members
 * @throws UsageError, when it is sent or expected, for an unknown name
 * @example await rob.send(namedMessage('place order', [['amount', '3']]))
 */
export function namedMessage(name: string, rows: MemberRows = []): MessageExpression {
  requireArgument('namedMessage', 'name', name, TEXT)
  requireArgument('namedMessage', 'rows', rows, ROWS)
  const description = `the ${quoted(name)} message${rows.length === 0 ? '' : ` with ${formatRows(rows)}`}`
  const read = ({ files }: MessageContext) => {
    const message = files.message(name)
    if (message.isJson || rows.length === 0) return message
    throw new UsageError(`The ${quoted(name)} message is a text: no table can override its members.`)
  }
  return {
    describe: () => description,
    toSend(context) {
      const { text, isJson } = read(context)
      const { variables } = context
      if (!isJson) return variables.fill(text)
      readingFrom(description, () => requireNoMarkerInRest(text, rows, variables))
      requireNoMarkerInCells(rows)
      const filled = variables.fillJson(text).trim()
      const content = readingFrom(description, () => parseJson(filled, { keepSpelling: true }))
      if (rows.length === 0) return filled
      return stringifyJson(applyRows(content, rows, variables, (cell) => variables.cell(cell)))
    },
    toMatcher(context) {
      const { text, isJson } = read(context)
      const { variables } = context
      if (!isJson) return phraseEqualTo(variables.fill(text), { description })
      const content = readingFrom(description, () => variables.expectedJson(text))
      const expected = applyRows(content, rows, variables, (cell) => variables.expectedCell(cell))
      return jsonContaining(expected, description)
    },
  }
}

function requireNoMarkerInCells(rows: MemberRows): void {
  for (const [, cell = ''] of rows) {
    if (!cell.includes('#')) continue
    try {
      JSON.parse(quoteVariables(cell))
    } catch {
      requireNoMarker(cell)
      continue
    }
    requireNoMarker(parseJson(quoteVariables(cell)))
  }
}

/** @param rows override members, so that it does not matter what these were */
function requireNoMarkerInRest(text: string, rows: MemberRows, variables: Variables): void {
  if (!text.includes('"#')) return
  const nulls = rows.map(([path = '']) => [fillPath(path, variables), null] as const)
  requireNoMarker(joinMembers(nulls, parseJson(quoteVariables(text))))
}

/** Reads the content of a message; an error names the message. */
function readingFrom<T>(description: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new UsageError(`In ${description}: ${(error as Error).message}`)
  }
}

/** Sets the values of a table's rows at their paths. */
export function applyRows(
  content: unknown,
  rows: MemberRows,
  variables: Variables,
  read: (cell: string) => unknown,
): unknown {
  const builder = new JsonBuilder(content)
  for (const [source = '', cell] of rows) {
    if (cell === undefined)
      throw new UsageError(`${quoted(source)} has no value to send: the table needs a second column.`)
    const [path, value] = [parsePath(fillPath(source, variables)), read(cell)]
    learnSecrets((redaction) => redaction.learn(joinMembers([[path.source, value]])))
    builder.set(path, value, { isBase: hasVariables(cell) })
  }
  return builder.value
}

/** A message with these members; one that cannot stand beside the others, such as the second item of a list, is left out. */
function joinMembers(members: readonly (readonly [path: string, value: unknown])[], base?: unknown): unknown {
  const builder = new JsonBuilder(base)
  for (const [path, value] of members) {
    try {
      builder.set(parsePath(path), value)
    } catch {
      // Whoever expects or sends it is told.
    }
  }
  return builder.value
}

export function formatRows(rows: MemberRows): string {
  return excerpt(rows.map((row) => row.join(' ')).join(', '))
}
