/** Tables below a sentence. */

import type { DataTable } from '@cucumber/cucumber'
import type { Arrival } from '../conversation/address'
import { members, type Wording } from '../conversation/wording'
import { Mistake } from '../matching/errors'
import { nearest } from '../matching/text-distance'
import { wordingFromCell } from './wordings'

/** The rows of a table of paths and values. */
export function membersOf(table: DataTable): Wording {
  const rows = table.raw()
  if ((rows[0]?.length ?? 0) > 2)
    throw new Mistake(`A message's table has two columns, a path and a value: | payload.name | Rob |`)
  return members(rows)
}

/** One message a row. */
export function messagesOf(table: DataTable): Wording[] {
  const rows = table.raw()
  if (rows.some((row) => row.length !== 1))
    throw new Mistake('A table of messages has one column, with one message in each row.')
  return rows.map(([cell = '']) => wordingFromCell(cell))
}

/** What a client brings along: `| parameter | name | Rob |`, and the same for header, cookie and subprotocol. */
export function arrivalOf(table: DataTable, to?: string): Arrival {
  const [parameters, headers, cookies]: Record<string, string>[] = [{}, {}, {}]
  const subprotocols: string[] = []
  for (const [kind = '', name = '', value = ''] of table.raw()) {
    if (kind === 'subprotocol') subprotocols.push(name)
    else if (kind === 'parameter') Object.assign(parameters as object, { [name]: value })
    else if (kind === 'header') Object.assign(headers as object, { [name]: value })
    else if (kind === 'cookie') Object.assign(cookies as object, { [name]: value })
    else throw new Mistake(unknownKind(kind))
  }
  return {
    ...(to !== undefined && { to }),
    ...{ parameters, headers, cookies },
    ...(subprotocols.length > 0 && { subprotocols }),
  } as Arrival
}

const KINDS = ['parameter', 'header', 'cookie', 'subprotocol']

function unknownKind(kind: string): string {
  const hint = nearest(kind, KINDS)
  return `A client cannot connect with a "${kind}". ${hint ? `Did you mean ${hint}?` : `Write ${KINDS.join(', ')}`}: | header | Authorization | Bearer x |`
}
