/** The way to a server where Node does not know it: through a proxy, or by a Unix domain socket. */

import { type ClientRequest, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { connect, isIP, type Socket, type TcpNetConnectOpts } from 'node:net'
import type { Duplex } from 'node:stream'
import { type ConnectionOptions, connect as connectSecurely } from 'node:tls'
import { excerpt } from '../text/excerpt'
import { percentDecode, unixAddress } from '../text/url'
import type { Certificates } from './certificates'
import { describeNetworkError, rootCause } from './network-error'
import type { ChooseProxy } from './proxies'

/** Why there is no way through a proxy, in words. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError'

  constructor(
    message: string,
    readonly code?: string,
  ) {
    super(message)
  }
}

type Done = (error: Error | null, socket: Duplex) => void

/** The way of one connection, or of one request. */
export class Route {
  /** The proxy that has not answered yet: `the proxy http://proxy:8080`. */
  awaited: string | undefined
  private proxy: URL | undefined
  private asked: ClientRequest | undefined

  /**
   * @param url where it leads to
   * @throws UsageError if the environment names what is not a proxy
   */
  constructor(
    private url: URL,
    private readonly chooseProxy: ChooseProxy | undefined,
    private readonly certificates: Certificates,
  ) {
    this.proxy = chooseProxy?.(url)
  }

  /** Leads elsewhere from now on. */
  redirect(url: URL): void {
    this.url = url
    this.proxy = this.chooseProxy?.(url)
  }

  /** As the requests of Node call it. */
  readonly createConnection = (options: object, done: Done): Duplex | undefined => {
    const unix = unixAddress(this.url)
    if (unix) return connect({ path: percentDecode(unix.socket) })
    const { proxy } = this
    if (!proxy)
      return this.secured(options, () => connect({ ...(options as TcpNetConnectOpts), path: '' } as TcpNetConnectOpts))
    this.askProxy(proxy, done, (socket) => this.secured({ ...options, socket }, () => socket))
    return undefined
  }

  /** Asks no proxy any more. */
  abandon(): void {
    this.asked?.destroy()
  }

  /** By TLS, if the address says so. */
  private secured(options: ConnectionOptions, connectOtherwise: () => Duplex): Duplex {
    if (!/^(?:wss|https):/.test(this.url.protocol)) return connectOtherwise()
    // The certificate is that of the address, whatever the header Host says.
    return connectSecurely({ ...options, path: undefined, servername: serverName(this.url) })
  }

  /** By CONNECT (RFC 9110, section 9.3.6), for requests as well: what the proxy says and what the server says are told apart. */
  private askProxy(proxy: URL, done: Done, secured: (socket: Socket) => Duplex): void {
    const isSecure = proxy.protocol === 'https:'
    const name = `the proxy ${proxy.origin}`
    const authority = `${this.url.hostname}:${this.url.port || (/^(?:wss|https):/.test(this.url.protocol) ? 443 : 80)}`
    this.awaited = name
    const request = (isSecure ? requestHttps : requestHttp)({
      ...this.certificates,
      method: 'CONNECT',
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port,
      path: authority,
      headers: { Host: authority, ...credentials(proxy) },
      servername: serverName(proxy),
      agent: false,
    })
    this.asked = request
    // Node takes no socket beside an error, whatever its types say.
    const fail = (error: ProxyError) => done(error, undefined as never)
    request
      .on('connect', ({ statusCode = 0, statusMessage }, socket, head) => {
        this.awaited = undefined
        if (statusCode >= 200 && statusCode < 300) {
          socket.unshift(head)
          done(null, secured(socket))
          return
        }
        socket.destroy()
        fail(new ProxyError(`${name} refused with status ${statusCode} ${excerpt(`${statusMessage}`)}`.trim()))
      })
      .on('error', (error) => {
        const problem = describeNetworkError(error, proxy.href)
        fail(new ProxyError(`${name} was not reachable: ${problem}`, rootCause(error).code))
      })
      .end()
  }
}

/** The name that a certificate has to have; of an address of digits there is none to be sent. */
export function serverName({ hostname }: URL): string {
  return isIP(hostname.replace(/^\[|\]$/g, '')) ? '' : hostname
}

function credentials({ username, password }: URL): { 'Proxy-Authorization'?: string } {
  if (username === '') return {}
  const user = Buffer.from(`${percentDecode(username)}:${percentDecode(password)}`)
  return { 'Proxy-Authorization': `Basic ${user.toString('base64')}` }
}
