/** A handshake that ws does not do alone: through a proxy, by a Unix domain socket, or with redirects. */

import type { IncomingMessage } from 'node:http'
import type { ClientOptions } from 'ws'
import { unixAddress } from '../text/url'
import type { Certificates } from './certificates'
import { finishRequest } from './interim-responses'
import type { ChooseProxy } from './proxies'
import { Redirects } from './redirects'
import { Route } from './route'

/** What it keeps to. */
interface HandshakeSettings {
  readonly certificates: Certificates
  /** How many redirects are followed. */
  readonly redirects: number
  readonly chooseProxy: ChooseProxy | undefined
}

/** One handshake, with all that it asks one after the other. */
export class Handshake {
  /** What it adds to the options of ws. */
  readonly options: ClientOptions
  private readonly redirects: Redirects
  private readonly route: Route | undefined
  private endedAt: URL | undefined

  /** @param redirected is called with each response that redirects, before that is followed */
  constructor(
    address: string,
    { certificates, redirects, chooseProxy }: HandshakeSettings,
    redirected: (response: IncomingMessage) => void,
  ) {
    const url = new URL(address)
    this.redirects = new Redirects(url, redirects)
    if (chooseProxy || unixAddress(url)) this.route = new Route(url, chooseProxy, certificates)
    this.options = {
      ...(this.route && { createConnection: this.route.createConnection as never }),
      ...(redirects > 0 && { followRedirects: true, finishRequest: (request) => this.finish(request, redirected) }),
    }
  }

  /** Who has to answer before the server can: a proxy. */
  get awaited(): string | undefined {
    return this.route?.awaited
  }

  /** Why a redirect was not followed, in words. */
  get problem(): string | undefined {
    return this.redirects.problem
  }

  /** Where it was redirected to; empty if it was not. */
  get destination(): string {
    return this.endedAt?.href ?? ''
  }

  /** Asks for nothing any more. */
  abandon(): void {
    this.route?.abandon()
  }

  private finish(request: FinishedRequest, redirected: (response: IncomingMessage) => void): void {
    // The other credentials are kept from other hosts by ws.
    if (this.redirects.hasLeftHost) request.removeHeader('Proxy-Authorization')
    request.prependListener('response', (response: IncomingMessage) => {
      const next = this.redirects.follow(response)
      if (!next) return
      redirected(response)
      this.endedAt = next
      this.route?.redirect(next)
    })
    finishRequest(request)
  }
}

type FinishedRequest = Parameters<NonNullable<ClientOptions['finishRequest']>>[0]
