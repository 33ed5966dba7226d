/** Tables below a sentence. */

import type { DataTable } from '@cucumber/cucumber'
import type { ConnectOptions } from '../connection/connection-target'
import { UsageError } from '../errors'
import type { MessageExpression } from '../messages/message-expression'
import { parseMessage } from '../messages/parse-message'
import { messageWith } from '../messages/table-message'
import { nearest } from '../text/nearest'

const MEMBER_EXAMPLE = '| payload.name | Rob |'
const MESSAGE_EXAMPLE = '| Hello, world! |'
const OPTION_EXAMPLE = '| header | Authorization | Bearer x |'
const HEADER_EXAMPLE = '| Authorization | Bearer x |'

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
  return rows.map(([cell = '']) => parseMessage(cell))
}

/** What a client connects with: `| parameter | name | Rob |`, and the same for header, cookie and subprotocol. */
export function connectOptionsTable(table: DataTable, to?: string): ConnectOptions {
  const parameters: [string, string][] = []
  const headers: Record<string, string> = {}
  const cookies: Record<string, string> = {}
  const subprotocols: string[] = []
  for (const [kind = '', name = '', value = ''] of tableRows(table, OPTION_EXAMPLE)) {
    if (kind === 'subprotocol') subprotocols.push(name)
    else if (kind === 'parameter') parameters.push([name, value])
    else if (kind === 'header') addOnce(headers, { kind, name, value })
    else if (kind === 'cookie') addOnce(cookies, { kind, name, value })
    else throw unknownKind(kind)
  }
  return {
    ...(to !== undefined && { to }),
    ...{ parameters, headers, cookies },
    ...(subprotocols.length > 0 && { subprotocols }),
  }
}

interface OptionRow {
  readonly kind: string
  readonly name: string
  readonly value: string
}

function addOnce(values: Record<string, string>, { kind, name, value }: OptionRow): void {
  if (Object.hasOwn(values, name)) {
    throw new UsageError(
      `The table has the ${kind} "${name}" twice, and one of them would be lost: leave it out, or write both values in one row.`,
    )
  }
  values[name] = value
}

const KINDS = ['parameter', 'header', 'cookie', 'subprotocol']

function unknownKind(kind: string): UsageError {
  const hint = nearest(kind, KINDS)
  const advice = hint ? `Did you mean ${hint}? Write it like` : 'Write parameter, header, cookie or subprotocol:'
  return new UsageError(`A client cannot connect with a "${kind}". ${advice} ${OPTION_EXAMPLE}`)
}

/** Headers of a request: `| Authorization | Bearer x |`, with or without `header` before it. */
export function headerTable(table: DataTable): Record<string, string> {
  const rows = tableRows(table, HEADER_EXAMPLE, 'a doc string with the body below it, or a table of headers')
  return Object.fromEntries(
    rows.map((row) => {
      const [name, value, ...more] = row.length > 2 && row[0] === 'header' ? row.slice(1) : row
      if (!name || value === undefined || more.length > 0) {
        throw new UsageError(`A request's table has two columns, a header and its value: ${HEADER_EXAMPLE}`)
      }
      return [name, value]
    }),
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
