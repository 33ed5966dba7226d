/** How connections are opened: by addresses, queries and headers that the channels promise. */

import type { AddressValues } from '../asyncapi-reading/address'
import type { ContractChannel } from '../asyncapi-reading/contract-parts'
import type { ContractSchema, ContractSchemas } from '../asyncapi-schemas/contract-schemas'
import type { Place } from '../asyncapi-schemas/place'
import { membersAt, schemasOfSameValue } from '../asyncapi-schemas/shape'
import { mayHaveExactNumbers, parseExactly } from '../json/exact-number'
import { isObject } from '../json/json-value'
import { quoted } from '../text/excerpt'
import { parseUrl } from '../text/url'

/** A connection that is to be opened. */
export interface Handshake {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Whether its protocol has topics, which may be the channels' addresses instead. Default `false`. */
  readonly hasTopics?: boolean
}

/** What of a handshake is not as a channel has it, in words. */
export function* handshakeComplaints(
  { url, headers }: Handshake,
  channel: ContractChannel,
  values: AddressValues,
  schemas: ContractSchemas,
): Generator<string> {
  const name = quoted(channel.name)
  yield* parameterComplaints(channel, values, schemas)
  const query = channel.query && schemas.complaints(channel.query, queryOf(url, channel.query))
  if (query) yield `The query is not as the channel ${name} has it: ${query}.`
  // What they say is often secret.
  const sent = channel.headers && schemas.complaints(channel.headers, headersOf(headers, channel.headers), true)
  if (sent) yield `The headers are not as the channel ${name} has them: ${sent}.`
}

/** What of the parameters in an address or a topic is not as a channel has them, in words. */
export function* parameterComplaints(
  channel: ContractChannel,
  values: AddressValues,
  schemas: ContractSchemas,
): Generator<string> {
  const name = quoted(channel.name)
  for (const [parameter, value] of values) {
    const { schema, values: allowed } = channel.parameters.get(parameter) ?? {}
    const complaint = schema ? schemas.complaints(schema, typed(value, schemasOfSameValue(schema.place))) : ''
    const isAllowed = allowed === undefined || allowed.includes(value)
    const problem = isAllowed
      ? complaint
      : `it must be one of ${allowed
          .slice(0, 10)
          .map((one) => quoted(one))
          .join(', ')}`
    if (problem !== '')
      yield `The parameter ${quoted(parameter)} of the channel ${name} is ${quoted(value)}: ${problem}.`
  }
}

/** The parameters of a query; each is a text, and means what its schema says. */
function queryOf(url: string, { place }: ContractSchema): Record<string, unknown> {
  const parameters = parseUrl(url)?.searchParams ?? new URLSearchParams()
  const schemas = membersOf(place)
  const names = [...new Set(parameters.keys())]
  return Object.fromEntries(
    names.map((name) => {
      const all = parameters.getAll(name)
      const schema = schemas.get(name) ?? []
      const isList = hasType(schema, 'array')
      const items = schema.flatMap((one) => one.member('items') ?? []).flatMap(schemasOfSameValue)
      const values = all.map((value) => typed(value, isList ? items : schema))
      return [name, all.length > 1 || isList ? values : values[0]]
    }),
  )
}

/** The headers that are described, by the names that they have there; clients have others of their own. */
function headersOf(headers: Readonly<Record<string, string>>, { place }: ContractSchema): Record<string, unknown> {
  const sent = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const required = schemasOfSameValue(place).flatMap((one) => one.listAt('required') ?? [])
  const described = new Map([...required.map(({ value }) => [String(value), []] as const), ...membersOf(place)])
  return Object.fromEntries(
    [...described].flatMap(([name, schema]) => {
      const value = sent.get(name.toLowerCase())
      return value === undefined ? [] : [[name, typed(value, schema)]]
    }),
  )
}

/** The schemas of each member that is described. */
function membersOf(schema: Place): ReadonlyMap<string, readonly Place[]> {
  const members = new Map<string, Place[]>()
  for (const member of schemasOfSameValue(schema).flatMap(membersAt))
    members.set(member.key, [...(members.get(member.key) ?? []), ...schemasOfSameValue(member)])
  return members
}

/** A text as what its schemas say that it means. */
function typed(text: string, schemas: readonly Place[]): unknown {
  if (hasType(schemas, 'string')) return text
  if (['integer', 'number'].some((type) => hasType(schemas, type)) && /^-?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(text))
    return exactly(text)
  return hasType(schemas, 'boolean') && /^(?:true|false)$/.test(text) ? text === 'true' : text
}

/** Its number, whose first digits may be 0, as JSON has none. */
function exactly(text: string): unknown {
  const json = text.replace(/^(-?)0+(?=\d)/, '$1')
  return mayHaveExactNumbers(json) ? parseExactly(json) : Number(json)
}

function hasType(schemas: readonly Place[], type: string): boolean {
  return schemas.some(({ value }) => isObject(value) && [value.type].flat().includes(type))
}
