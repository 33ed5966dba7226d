/** The conversation with its transports: what users of the library hold in their hands. */

import { Conversation as TransportlessConversation } from './conversation/conversation'
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

/**
 * A conversation over real sockets; `end()` it when it is over.
 * @example const conversation = new Conversation({ url: 'ws://localhost:8080' })
 */
export class Conversation extends TransportlessConversation {
  /** @throws UsageError for a wrong setting */
  constructor(settings?: Settings) {
    const resolved = readSettings(settings)
    const certificates = lazyCertificates(resolved.tls)
    const { compression, redirects } = resolved
    const chooseProxy = lazyProxies(resolved.proxy)
    const openConnection = lazyWebSockets(certificates, { compression, redirects, chooseProxy })
    const files = lazyProjectFiles(resolved.messages)
    super(resolved, {
      openConnection,
      speaking: lazyProtocols(openConnection, resolved.protocols, files),
      files,
      sendRequest: lazyHttpClient(certificates, chooseProxy),
      programs,
      schemaTexts,
    })
    if (resolved.proxy) this.secrets.learnFromAddress(resolved.proxy)
  }
}
