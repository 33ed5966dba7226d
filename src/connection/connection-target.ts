/** Where a client connects to: the server's address, or one relative to it, with what the client brings along. */

import { type NamedTexts, pairsOf } from '../arguments'
import { UsageError } from '../errors'
import { learnSecrets } from '../redaction'
import { requireUniqueHeaders, requireUniqueNames } from '../text/duplicates'
import { quoted } from '../text/excerpt'
import { onSameSocket, parseUrl, percentDecode, type UnixAddress, unixAddress } from '../text/url'
import type { Variables } from '../variables/variables'
import type { ConnectionTarget } from './connection'
import { ABSOLUTE, fillAddress, percentEncode } from './fill-address'

/**
 * Where a client connects to, and what it brings to the handshake.
 * @example await rob.connect({ to: '/chat', parameters: { name: 'Rob' }, subprotocols: ['chat.v2'] })
 */
export interface ConnectOptions {
  /** Absolute, or relative to the server's address. */
  readonly to?: string
  /** Query parameters, added to those of the address; as pairs where a name comes several times. */
  readonly parameters?: NamedTexts
  /** Headers of the handshake, added to those of the settings. */
  readonly headers?: NamedTexts
  /** Cookies, by name; what a cookie cannot have is percent-encoded. */
  readonly cookies?: NamedTexts
  /** Subprotocols that are offered, instead of those of the settings. */
  readonly subprotocols?: readonly string[]
}

/** The server's address, and what every client brings to the handshake. */
export interface ServerAddress {
  readonly url: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly subprotocols: readonly string[]
}

/**
 * The target of a connection, with all variables filled in; in URLs, after the host, they are percent-encoded.
 * @throws UsageError if there is no address, or it is not valid
 */
export function connectionTarget(
  server: ServerAddress,
  options: ConnectOptions,
  variables: Variables,
): ConnectionTarget {
  const url = resolveUrl(server.url, options.to, variables)
  addParameters(url, options, variables)
  const subprotocols = (options.subprotocols ?? server.subprotocols).map((subprotocol) => variables.fill(subprotocol))
  requireUniqueNames('subprotocol', subprotocols)
  return { url: url.href, headers: handshakeHeaders(server, options, variables), subprotocols }
}

/** The headers of the settings, unless the client brings its own of the same name. */
function handshakeHeaders(
  server: Pick<ServerAddress, 'headers'>,
  { headers, cookies }: ConnectOptions,
  variables: Variables,
): Record<string, string> {
  const ofSettings = Object.keys(server.headers)
  if (ofSettings.length === 0 && !headers && !cookies) return {}
  const cookie = cookieHeader(fillValues(cookies, variables))
  const own = [...fillValues(headers, variables), ...(cookie === '' ? [] : [['Cookie', cookie] as const])]
  const names = own.map(([name]) => name)
  requireUniqueHeaders(ofSettings)
  requireUniqueHeaders(names)
  const ownNames = new Set(names.map((name) => name.toLowerCase()))
  const others = fillValues(server.headers, variables).filter(([name]) => !ownNames.has(name.toLowerCase()))
  return Object.fromEntries([...others, ...own])
}

/** Where an HTTP request is sent to, and its headers. */
export interface HttpTarget {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * The target of an HTTP request: absolute, or relative to the server's.
 * @throws UsageError if there is no address, or it is not valid
 */
export function httpTarget({ url: server }: ServerAddress, options: ConnectOptions, variables: Variables): HttpTarget {
  const url = resolveUrl(server, options.to, variables)
  addParameters(url, options, variables)
  url.protocol = url.protocol.replace('ws', 'http')
  // The headers of the settings are those of handshakes.
  return { url: url.href, headers: handshakeHeaders({ headers: {} }, options, variables) }
}

function addParameters(url: URL, { parameters }: ConnectOptions, variables: Variables): void {
  if (!parameters) return
  for (const [name, value] of pairsOf(parameters)) {
    const parameter = `${percentEncode(name)}=${percentEncode(variables.fill(value))}`
    url.search += url.search === '' ? parameter : `&${parameter}`
  }
}

function fillValues(values: NamedTexts | undefined, variables: Variables) {
  return pairsOf(values).map(([name, value]) => [name, variables.fill(value)] as const)
}

function cookieHeader(cookies: readonly (readonly [name: string, value: string])[]): string {
  requireUniqueNames(
    'cookie',
    cookies.map(([name]) => name),
  )
  return cookies.map(([name, value]) => `${name}=${value.replace(NOT_IN_COOKIES, percentEncode)}`).join('; ')
}

/** What the value of a cookie cannot have (RFC 6265, section 4.1.1). */
const NOT_IN_COOKIES = /[^\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+/g

function resolveUrl(server: string | undefined, to = '', variables: Variables): URL {
  const target = fillAddress(to, variables)
  if (ABSOLUTE.test(target)) return serverUrl(target)
  if (server === undefined) {
    throw new UsageError(
      'The server has no address yet. Set "url" in worldParameters.websocket of the Cucumber configuration, ' +
        'or CUCUMBER_WEBSOCKET_URL in the environment, or write: the server is at "ws://localhost:8080"',
    )
  }
  const base = serverUrl(fillAddress(server, variables))
  return target === '' ? base : serverUrl(target, base)
}

function serverUrl(address: string, base?: URL): URL {
  learnSecrets((redaction) => redaction.learnFromAddress(address))
  const url = resolveAddress(address, base)
  if (url && unixAddress(url)) return unixUrl(address, url)
  if (!url || !['ws:', 'wss:', 'http:', 'https:'].includes(url.protocol) || address.includes('#')) {
    throw new UsageError(
      `${quoted(address)} is not a valid address of a WebSocket server. Write it like ws://localhost:8080/chat or ` +
        'wss://example.org, without a # in it.',
    )
  }
  if (url.protocol.startsWith('http')) url.protocol = url.protocol.replace('http', 'ws')
  return url
}

/** An address, relative to another one or not; undefined for one that is not valid. */
export function resolveAddress(address: string, base?: URL): URL | undefined {
  const unix = base && unixAddress(base)
  if (!base || !unix || /^[a-z][a-z\d+.-]*:/i.test(address)) return parseUrl(address, base)
  const inner = parseUrl(address, unix.inner)
  return inner?.host === unix.inner.host ? onSameSocket(base, unix, inner) : undefined
}

/** In bytes; the system cuts off what is longer. */
const MAX_SOCKET_PATH = 107

/** The address of a Unix domain socket, with whatever it leaves out. */
function unixUrl(address: string, url: URL): URL {
  const unix = unixAddress(url) as UnixAddress
  if (url.host !== '' || !/^\/./.test(unix.socket) || address.includes('#')) {
    throw new UsageError(
      `${quoted(address)} is not a valid address of a Unix domain socket. Write three slashes, the path of the socket, a ` +
        'colon, and the path of the handshake: ws+unix:///run/app.sock:/chat, without a # in it.',
    )
  }
  if (/%2f/i.test(unix.socket)) {
    throw new UsageError(
      `${quoted(address)} cannot be connected to: what stands for a part of a path of a socket may have no / in it.`,
    )
  }
  if (Buffer.byteLength(percentDecode(unix.socket)) > MAX_SOCKET_PATH) {
    throw new UsageError(
      `${quoted(address)} cannot be connected to: the path of a Unix domain socket has at most ${MAX_SOCKET_PATH} bytes.`,
    )
  }
  if (process.platform === 'win32') {
    throw new UsageError(
      `${quoted(address)} cannot be connected to: Unix domain sockets are not supported on Windows. Let the server listen ` +
        'at a port, and write ws://localhost:8080.',
    )
  }
  return onSameSocket(new URL('ws+unix:/'), unix, unix.inner)
}
