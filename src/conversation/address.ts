/** Where a client connects to: the server's address, or one relative to it, with what the client brings along. */

import { Mistake } from '../matching/errors'
import { learnSecrets } from '../matching/redaction'
import type { Address } from './connection'
import type { Variables } from './variables'

/** What a client brings to the handshake. */
export interface Arrival {
  /** Absolute, or relative to the server's address. */
  readonly to?: string
  /** Query parameters, added to those of the address; as pairs where a name comes several times. */
  readonly parameters?: Readonly<Record<string, string>> | readonly (readonly [name: string, value: string])[]
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: Readonly<Record<string, string>>
  readonly subprotocols?: readonly string[]
}

/** What the settings say of every connection. */
export interface ServerAddress {
  readonly url: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly subprotocols: readonly string[]
}

/**
 * The address with all variables filled in; in URLs, after the host, they are percent-encoded.
 * @throws Mistake if there is no address, or it is none of a WebSocket server
 */
export function addressOf(server: ServerAddress, arrival: Arrival, variables: Variables): Address {
  const url = resolve(server.url, arrival.to, variables)
  const filled = (values: Readonly<Record<string, string>> = {}) =>
    Object.entries(values).map(([name, value]) => [name, variables.fill(value)] as const)
  for (const [name, value] of pairs(arrival.parameters)) {
    const parameter = `${encoded(name)}=${encoded(variables.fill(value))}`
    url.search += url.search === '' ? parameter : `&${parameter}`
  }
  const cookies = filled(arrival.cookies).map(([name, value]) => `${name}=${value.replace(NOT_IN_COOKIES, encoded)}`)
  return {
    url: url.href,
    headers: {
      ...Object.fromEntries([...filled(server.headers), ...filled(arrival.headers)]),
      ...(cookies.length > 0 && { Cookie: cookies.join('; ') }),
    },
    subprotocols: (arrival.subprotocols ?? server.subprotocols).map((one) => variables.fill(one)),
  }
}

/**
 * The address of an HTTP request: absolute, or relative to the server's.
 * @throws Mistake if there is no address, or it is none
 */
export function httpAddressOf(server: ServerAddress, target: string, variables: Variables): string {
  const url = resolve(server.url, target, variables)
  url.protocol = url.protocol.replace('ws', 'http')
  return url.href
}

/** Percent-encoded; half a letter, which has no bytes, as the sign that stands for it. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

function pairs(parameters: Arrival['parameters'] = {}): readonly (readonly [string, string])[] {
  return Array.isArray(parameters) ? parameters : Object.entries(parameters)
}

/** The host, which may be a variable, and what follows it: there alone values are percent-encoded. */
const HOST_AND_REST = /^([a-z][a-z\d+.-]*:\/\/[^/?#]*|\$\{[^{}]*\})?(.*)/is

/** What the value of a cookie cannot have (RFC 6265, section 4.1.1). */
const NOT_IN_COOKIES = /[^\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+/g
const ABSOLUTE = /^[a-z][a-z\d+.-]*:\/\//i

function resolve(server: string | undefined, to = '', variables: Variables): URL {
  const filled = (address: string) => {
    const [, host = '', rest = ''] = HOST_AND_REST.exec(address) as RegExpExecArray
    const begin = variables.fill(host)
    return (ABSOLUTE.test(begin) ? begin : variables.fill(host, encoded)) + variables.fill(rest, encoded)
  }
  const target = filled(to)
  if (ABSOLUTE.test(target)) return parse(target)
  if (server === undefined) {
    throw new Mistake(
      'The server has no address yet. Set "url" in worldParameters.websocket of the Cucumber configuration, ' +
        'or CUCUMBER_WEBSOCKET_URL in the environment, or write: the server is at "ws://localhost:8080"',
    )
  }
  const base = parse(filled(server))
  return target === '' ? base : parse(target, base)
}

function parse(written: string, base?: URL): URL {
  learnSecrets((redaction) => redaction.learnFromAddress(written))
  const url = URL.canParse(written, base) ? new URL(written, base) : undefined
  if (!url || !['ws:', 'wss:', 'http:', 'https:'].includes(url.protocol) || written.includes('#')) {
    throw new Mistake(
      `"${written}" is no address of a WebSocket server. Write it like ws://localhost:8080/chat or wss://example.org, ` +
        'without a # in it.',
    )
  }
  url.protocol = url.protocol.replace('http', 'ws')
  return url
}
