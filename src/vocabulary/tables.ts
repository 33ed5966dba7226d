/** Tables below a sentence. */

import type { DataTable } from '@cucumber/cucumber'
import type { Arrival } from '../conversation/address'
import { members, type Wording } from '../conversation/wording'
import { wordingFrom } from '../conversation/written'
import { Mistake } from '../matching/errors'
import { nearest } from '../matching/text-distance'

/** A path and a value in each row. */
const MEMBER = '| payload.name | Rob |'

/** The rows of a table of paths and values. */
export function membersOf(table: DataTable): Wording {
  const rows = rowsOf(table, MEMBER)
  if ((rows[0]?.length ?? 0) > 2) throw new Mistake(`A message's table has two columns, a path and a value: ${MEMBER}`)
  return members(rows)
}

/** One message a row. */
export function messagesOf(table: DataTable): Wording[] {
  const rows = rowsOf(table, '| Hello, world! |')
  if (rows.some((row) => row.length !== 1))
    throw new Mistake('A table of messages has one column, with one message in each row.')
  return rows.map(([cell = '']) => wordingFrom(cell))
}

/** What a client brings along: `| parameter | name | Rob |`, and the same for header, cookie and subprotocol. */
export function arrivalOf(table: DataTable, to?: string): Arrival {
  const parameters: [string, string][] = []
  const headers: Record<string, string> = {}
  const cookies: Record<string, string> = {}
  const subprotocols: string[] = []
  for (const [kind = '', name = '', value = ''] of rowsOf(table, HEADER)) {
    const brought = kind === 'header' ? headers : kind === 'cookie' ? cookies : undefined
    if (kind === 'subprotocol') subprotocols.push(name)
    else if (kind === 'parameter') parameters.push([name, value])
    else if (!brought) throw new Mistake(unknownKind(kind))
    else if (Object.hasOwn(brought, name))
      throw new Mistake(
        `The table has the ${kind} "${name}" twice, and one of them would be lost: leave it out, or write both values in one row.`,
      )
    else brought[name] = value
  }
  return {
    ...(to !== undefined && { to }),
    parameters,
    headers,
    cookies,
    ...(subprotocols.length > 0 && { subprotocols }),
  }
}

const HEADER = '| header | Authorization | Bearer x |'
const KINDS = ['parameter', 'header', 'cookie', 'subprotocol']

function unknownKind(kind: string): string {
  const hint = nearest(kind, KINDS)
  const advice = hint ? `Did you mean ${hint}? Write it like` : 'Write parameter, header, cookie or subprotocol:'
  return `A client cannot connect with a "${kind}". ${advice} ${HEADER}`
}

const HEADER_ROW = '| Authorization | Bearer x |'

/** Headers: `| Authorization | Bearer x |`, with or without `header` before it. */
export function headersOf(table: DataTable): Record<string, string> {
  return Object.fromEntries(
    rowsOf(table, HEADER_ROW, 'a doc string with the body below it, or a table of headers').map((row) => {
      const [name, value, ...more] = row.length > 2 && row[0] === 'header' ? row.slice(1) : row
      if (!name || value === undefined || more.length > 0) {
        throw new Mistake(`A request's table has two columns, a header and its value: ${HEADER_ROW}`)
      }
      return [name, value]
    }),
  )
}

/**
 * The rows of a table.
 * @param example a row, for those who forgot the table
 * @throws Mistake if there is none: Cucumber then hands over something else
 */
export function rowsOf(table: DataTable, example = MEMBER, needed = 'a table below it'): string[][] {
  if (typeof table?.raw !== 'function') {
    throw new Mistake(`This sentence needs ${needed}, with rows like\n  ${example}`)
  }
  return table.raw()
}
