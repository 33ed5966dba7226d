/** The conversation with its transports: what users of the library hold in their hands. */

import { Conversation as TransportlessConversation } from './conversation/conversation'
import type { ResolvedSettings } from './conversation-state/resolved-settings'
import { Secrets } from './secrets/secrets'
import { readSettings, type Settings } from './settings/settings'
import {
  lazyCertificates,
  lazyHttpClient,
  lazyProjectFiles,
  lazyProtocols,
  lazyProxies,
  lazyWebSockets,
  programs,
} from './transport/lazy-transports'

/** Read once in a run, from addresses. */
const schemaTexts = new Map<string, string>()

/** How many conversations share what they know of secrets: all that are kept would grow, each for itself is asked by all. */
const SHARING = 1000

/**
 * What conversations have in common that go on at the same time: the settings are read once.
 * @internal
 */
export class SharedSettings {
  readonly resolved: ResolvedSettings
  readonly certificates: ReturnType<typeof lazyCertificates>
  readonly chooseProxy: ReturnType<typeof lazyProxies>
  private latest: Secrets | undefined
  private sharing = 0

  /**
   * @param changes what is otherwise than the settings have it
   * @throws UsageError for a wrong setting
   */
  constructor(settings?: Settings, changes: Partial<ResolvedSettings> = {}) {
    this.resolved = { ...readSettings(settings), ...changes }
    this.certificates = lazyCertificates(this.resolved.tls)
    this.chooseProxy = lazyProxies(this.resolved.proxy)
  }

  /** The secrets of the next conversation. */
  nextSecrets(): Secrets {
    if (!this.latest || this.sharing === SHARING) {
      this.latest = new Secrets(this.resolved.redact)
      this.sharing = 0
    }
    this.sharing++
    return this.latest
  }
}

/**
 * A conversation over real sockets; `end()` it when it is over.
 * @example const conversation = new Conversation({ url: 'ws://localhost:8080' })
 */
export class Conversation extends TransportlessConversation {
  /** @throws UsageError for a wrong setting */
  constructor(settings?: Settings)
  /** @internal */
  constructor(shared: SharedSettings)
  constructor(given?: Settings | SharedSettings) {
    const shared = given instanceof SharedSettings ? given : new SharedSettings(given)
    const { resolved, certificates, chooseProxy } = shared
    const { compression, redirects } = resolved
    const openConnection = lazyWebSockets(certificates, { compression, redirects, chooseProxy })
    const files = lazyProjectFiles(resolved.messages)
    super(resolved, {
      openConnection,
      speaking: lazyProtocols(openConnection, resolved.protocols, files),
      files,
      sendRequest: lazyHttpClient(certificates, chooseProxy),
      programs,
      schemaTexts,
      secrets: shared.nextSecrets(),
    })
    if (resolved.proxy) this.state.secrets.learnFromAddress(resolved.proxy)
  }
}
