/** Tables below a sentence. */

import type { DataTable } from '@cucumber/cucumber'
import type { ConnectOptions } from '../connection/connection-target'
import { UsageError } from '../errors'
import type { RequestOptions } from '../http/http-requests'
import { lazyFunctions } from '../lazy-functions'
import { messageWith } from '../messages/lazy-messages'
import { parseCell } from '../messages/lazy-parsing'
import type { MessageExpression } from '../messages/message-expression'
import { requireUniqueHeaders, requireUniqueNames } from '../text/duplicates'
import { quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'
import type * as RequestContent from './request-content'

const MEMBER_EXAMPLE = '| payload.name | Rob |'
const MESSAGE_EXAMPLE = '| Hello, world! |'
const HEADER_EXAMPLE = '| Authorization | Bearer x |'
const OPTION_EXAMPLE = '| header | Authorization | Bearer x |'

/** A message, by a path and a value in each row. */
export function memberTable(table: DataTable): MessageExpression {
  const rows = tableRows(table, MEMBER_EXAMPLE)
  if ((rows[0]?.length ?? 0) > 2) {
    throw new UsageError(`A message's table has two columns, a path and a value: ${MEMBER_EXAMPLE}`)
  }
  return messageWith(rows)
}

/** Messages, one a row. */
export function messageTable(table: DataTable): MessageExpression[] {
  const rows = tableRows(table, MESSAGE_EXAMPLE)
  if (rows.some((row) => row.length !== 1)) {
    throw new UsageError('A table of messages has one column, with one message in each row.')
  }
  return rows.map(([cell = '']) => parseCell(cell))
}

/** What a client connects with: `| parameter | name | Rob |`, and the same for header, cookie and subprotocol. */
export function connectOptionsTable(table: DataTable, to?: string): ConnectOptions {
  const pairs: Record<string, [name: string, value: string][]> = {
    parameter: [],
    header: [],
    cookie: [],
    subprotocol: [],
  }
  for (const [kind = '', name = '', value = '', ...more] of tableRows(table, OPTION_EXAMPLE)) {
    if (!Object.hasOwn(pairs, kind)) throw unknownKind(kind)
    if (more.length > 0) {
      throw new UsageError(`A table to connect with has three columns, a kind, a name and a value: ${OPTION_EXAMPLE}`)
    }
    if (kind === 'subprotocol' && value !== '') {
      throw new UsageError('A subprotocol has no value: write each in a row of its own, | subprotocol | chat.v1 |')
    }
    pairs[kind]?.push([name, value])
  }
  const { parameter = [], header = [], cookie = [], subprotocol = [] } = pairs
  requireUniqueHeaders(header.map(([name]) => name))
  requireUniqueNames(
    'cookie',
    cookie.map(([name]) => name),
  )
  requireUniqueNames(
    'subprotocol',
    subprotocol.map(([name]) => name),
  )
  return {
    ...(to !== undefined && { to }),
    // A parameter may have several values, and all are sent.
    ...{ parameters: parameter, headers: Object.fromEntries(header), cookies: Object.fromEntries(cookie) },
    ...(subprotocol.length > 0 && { subprotocols: subprotocol.map(([name]) => name) }),
  }
}

const KINDS = ['parameter', 'header', 'cookie', 'subprotocol']

function unknownKind(kind: string): UsageError {
  const hint = nearest(kind, KINDS)
  const advice = hint ? `Did you mean ${hint}? Write it like` : 'Write parameter, header, cookie or subprotocol:'
  return new UsageError(`A client cannot connect with a ${quoted(kind)}. ${advice} ${OPTION_EXAMPLE}`)
}

/**
 * The content of a request: a doc string is the body, a table has headers and more.
 * @param mediaType of the doc string, if it has one
 */
export function requestContent(argument: string | DataTable, mediaType?: string): RequestOptions {
  if (typeof argument === 'string') return contentOfText(argument, mediaType)
  return contentOfRows(
    tableRows(argument, HEADER_EXAMPLE, 'a doc string with the body below it, or a table of headers'),
  )
}

/**
 * The rows of a table.
 * @param example a row, for those who forgot the table
 * @param needed what the sentence needs
 * @throws UsageError if there is none: Cucumber then hands over something else
 */
export function tableRows(table: DataTable, example = MEMBER_EXAMPLE, needed = 'a table below it'): string[][] {
  if (typeof table?.raw === 'function') return table.raw()
  throw new UsageError(`This sentence needs ${needed}, with rows like\n  ${example}`)
}

/** Loaded when they are needed: few features have requests with content. */
const { contentOfRows, contentOfText } = lazyFunctions<typeof RequestContent>(() => require('./request-content'))
