/** The conversation with its transports: what users of the library hold in their hands. */

import { Conversation as BareConversation } from './conversation/conversation'
import { readSettings, type Settings } from './settings/settings'
import { projectFiles } from './transport/files'
import { certificatesOnDemand, httpRequestsOnDemand, programsOnDemand, webSocketsOnDemand } from './transport/on-demand'

/** One for the whole run, since some programs are kept from one scenario to the next. */
export const programs = programsOnDemand()

/** A conversation over real sockets; `end()` it when it is over. */
export class Conversation extends BareConversation {
  /** @throws Mistake for a wrong setting */
  constructor(settings?: Settings) {
    const terms = readSettings(settings)
    const certificates = certificatesOnDemand(terms.tls)
    super(terms, {
      connect: webSocketsOnDemand(certificates),
      files: projectFiles(terms.messages),
      request: httpRequestsOnDemand(certificates),
      programs,
    })
  }
}
