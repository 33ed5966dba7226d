/** Redirects of the handshake, as far as the settings allow. */

import type { IncomingMessage } from 'node:http'
import { resolveAddress } from '../connection/connection-target'
import { unixAddress } from '../text/url'

/** Those that lead elsewhere for sure, and without a question (RFC 9110, section 15.4). */
const REDIRECTS = [301, 302, 303, 307, 308]

/** The redirects of one handshake. ws follows those whose `Location` it finds, and keeps secret headers from other hosts. */
export class Redirects {
  /** Why the last one was not followed, in words. */
  problem: string | undefined
  /** Whether one has led to another host. */
  hasLeftHost = false
  private followed = 0

  /**
   * @param url what was asked first
   * @param allowed how many are followed
   */
  constructor(
    private url: URL,
    private readonly allowed: number,
  ) {}

  /** Where one leads that is followed; from any other response the `Location` is taken away. */
  follow(response: IncomingMessage): URL | undefined {
    const { headers, statusCode = 0 } = response
    const { location } = headers
    delete headers.location
    if (location === undefined || !REDIRECTS.includes(statusCode)) return undefined
    const next = webSocketUrl(location, this.url)
    this.problem = this.problemOf(location, next)
    if (!next || this.problem) return undefined
    this.followed++
    this.hasLeftHost ||= next.host !== this.url.host
    this.url = next
    headers.location = next.href
    return next
  }

  private problemOf(location: string, next: URL | undefined): string | undefined {
    if (!next) return `it redirects to ${location}, which is not the address of a WebSocket server`
    const leads = `it redirects to ${next.href}`
    if (this.followed === this.allowed) return `${leads}, and "redirects" in the settings allows ${this.allowed}`
    if (this.url.protocol === 'wss:' && next.protocol !== 'wss:')
      return `${leads}, which is not secure as ${this.url.href} is`
    const socket = unixAddress(next)?.socket
    return socket !== undefined && socket !== unixAddress(this.url)?.socket
      ? `${leads}, which is a socket of this machine`
      : undefined
  }
}

function webSocketUrl(location: string, base: URL): URL | undefined {
  const url = resolveAddress(location, base)
  if (url?.hash !== '' || !/^(?:wss?|https?|ws\+unix):$/.test(url.protocol)) return undefined
  url.protocol = url.protocol.replace('http', 'ws')
  return url
}
