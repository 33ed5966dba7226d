/** URLs, read without an error. */

/**
 * A URL; undefined for a text that is not one.
 * @param base what it may be relative to
 */
export function parseUrl(text: string, base?: string | URL): URL | undefined {
  // Not by `URL.canParse`: once V8 has optimised its call, Node 20 refuses hosts with other letters than ASCII.
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}

/** Of addresses on a Unix domain socket, as ws writes them: `ws+unix:///run/app.sock:/chat`. */
const UNIX = /^(?:ws|http)\+unix:$/

/** A Unix domain socket, percent-encoded, and what is asked for there. */
export interface UnixAddress {
  readonly socket: string
  /** With a host that stands for none. */
  readonly inner: URL
}

/** The parts of an address on a Unix domain socket; undefined for others. */
export function unixAddress({ protocol, pathname, search }: URL): UnixAddress | undefined {
  if (!UNIX.test(protocol)) return undefined
  const [socket, ...rest] = pathname.split(':') as [string, ...string[]]
  const path = rest.join(':')
  return { socket, inner: new URL(`http://localhost${path.startsWith('/') ? '' : '/'}${path}${search}`) }
}

/** The address of something else on the same socket. */
export function onSameSocket({ protocol }: URL, { socket }: UnixAddress, { pathname, search }: URL): URL {
  return new URL(`${protocol}//${socket}:${pathname}${search}`)
}

/** An address as it is shown in parts: its host and port, or its socket; what stands before the path; the path with its query. */
export function addressParts(address: string): {
  readonly host: string
  readonly origin: string
  readonly path: string
} {
  const url = parseUrl(address)
  if (!url) return { host: '', origin: '', path: '/' }
  const unix = unixAddress(url)
  if (!unix) return { host: url.host, origin: url.origin, path: url.pathname + url.search }
  const { socket, inner } = unix
  return { host: socket, origin: `${url.protocol}//${socket}:`, path: inner.pathname + inner.search }
}

/** Decodes a part of an address; one that is not validly encoded stays as it is. */
export function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The address of an HTTP proxy; undefined for a text that is not one. */
export function parseProxy(text: string): URL | undefined {
  const url = parseUrl(text)
  const isProxy =
    url !== undefined && /^https?:$/.test(url.protocol) && `${url.pathname}${url.search}${url.hash}` === '/'
  return isProxy ? url : undefined
}
