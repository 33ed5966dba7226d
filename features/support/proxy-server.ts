/** A proxy for the tests: it connects whoever asks for it by CONNECT (RFC 9110, section 9.3.6). */

import { createServer, type IncomingMessage } from 'node:http'
import { createServer as createSecureServer, type ServerOptions } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** What a proxy does. */
export interface ProxyScript {
  /** User and password, without which nobody is let through: `rob:secret`. */
  readonly credentials?: string
  /** Whether it never answers. */
  readonly isSilent?: boolean
  /** Where every connection leads, instead of where it was to. */
  readonly leadsTo?: number
  readonly tls?: ServerOptions
}

/** A proxy on a free port of this machine. */
export interface ProxyServer {
  readonly url: string
  /** What it was asked to connect to: `127.0.0.1:8080`. */
  readonly asked: string[]
  close(): Promise<void>
}

/** Starts a proxy. */
export async function startProxy({ credentials, isSilent, leadsTo, tls }: ProxyScript = {}): Promise<ProxyServer> {
  const sockets = new Set<Socket>()
  const asked: string[] = []
  const keep = (socket: Socket) => {
    sockets.add(socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket)))
  }
  const server = tls ? createSecureServer(tls) : createServer()
  server.on('connection', keep).on('secureConnection', keep)
  server.on('connect', ({ url = '', headers }: IncomingMessage, client: Socket) => {
    asked.push(url)
    if (isSilent) return
    const expected = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`
    if (headers['proxy-authorization'] !== expected) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n')
      return
    }
    const { hostname, port } = new URL(`http://${url}`)
    const upstream = connect(leadsTo ?? Number(port || 80), leadsTo ? '127.0.0.1' : hostname.replace(/^\[|\]$/g, ''))
    upstream
      .on('connect', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n')
        client.pipe(upstream).pipe(client)
      })
      .on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'))
    keep(upstream)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}
