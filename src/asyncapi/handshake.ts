/** How connections are opened: by addresses, queries and headers that the channels promise. */

import type { AddressValues } from '../asyncapi-reading/address'
import type { ContractChannel } from '../asyncapi-reading/contract-parts'
import type { ContractSchema, ContractSchemas } from '../asyncapi-schemas/contract-schemas'
import { quoted } from '../text/excerpt'
import { parseUrl } from '../text/url'
import { DescribedMembers, type IsValid, typedText } from './text-members'

/** A connection that is to be opened. */
export interface Handshake {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Those that the client offers. */
  readonly subprotocols?: readonly string[]
  /** Whether its protocol has topics, which may be the channels' addresses instead. Default `false`. */
  readonly hasTopics?: boolean
}

/** What of a handshake is not as a channel has it, in words. */
export function* handshakeComplaints(
  handshake: Handshake,
  channel: ContractChannel,
  values: AddressValues,
  schemas: ContractSchemas,
): Generator<string> {
  const name = quoted(channel.name)
  yield* parameterComplaints(channel, values, schemas)
  const query = channel.query && schemas.complaints(channel.query, queryOf(handshake.url, channel.query, schemas))
  if (query) yield `The query is not as the channel ${name} has it: ${query}.`
  // What they say is often secret.
  const sent =
    channel.headers && schemas.complaints(channel.headers, headersOf(handshake, channel.headers, schemas), true)
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
    const meant = schema && typedText(value, [schema.place], validityBy(schemas, schema))
    const complaint = schema ? schemas.complaints(schema, meant) : ''
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

/** Whether a value is valid against a schema of the same draft. */
function validityBy(schemas: ContractSchemas, { draft }: ContractSchema): IsValid {
  return (place, value) => schemas.isValid({ place, draft }, value)
}

/** The parameters of a query; each is a text, and means what its schema says. */
function queryOf(url: string, schema: ContractSchema, schemas: ContractSchemas): Record<string, unknown> {
  const parameters = parseUrl(url)?.searchParams ?? new URLSearchParams()
  const members = new DescribedMembers(schema.place, validityBy(schemas, schema))
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => [name, members.read(name, parameters.getAll(name))]),
  )
}

/** The headers of a handshake, by the names that their schema has for them; of those that each has, those that it names. */
function headersOf(handshake: Handshake, schema: ContractSchema, schemas: ContractSchemas): Record<string, unknown> {
  const { headers } = handshake
  const members = new DescribedMembers(schema.place, validityBy(schemas, schema))
  const sent = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  const implied = Object.entries(impliedHeaders(handshake)).filter(([name]) => !sent.has(name) && members.isNamed(name))
  return Object.fromEntries(
    [...Object.entries(headers), ...implied].flatMap(([name, value]) =>
      members.spellings(name).map((spelling) => [spelling, members.read(spelling, [value])]),
    ),
  )
}

/** Headers that each handshake has (RFC 6455, section 4.1), also where nobody says them. */
function impliedHeaders({ url, subprotocols = [] }: Handshake): Readonly<Record<string, string>> {
  return {
    host: new URL(url).host,
    ...{ upgrade: 'websocket', connection: 'Upgrade', 'sec-websocket-version': '13' },
    // As long as any: each connection has its own.
    'sec-websocket-key': Buffer.alloc(16).toString('base64'),
    ...(subprotocols.length > 0 && { 'sec-websocket-protocol': subprotocols.join(',') }),
  }
}
