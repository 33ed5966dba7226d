/** The conversation with its transports: what users of the library hold in their hands. */

import { Conversation as BareConversation } from './conversation/conversation'
import { readSettings, type Settings } from './settings/settings'
import { projectFiles } from './transport/files'
import { request } from './transport/http'
import { LocalPrograms } from './transport/programs'
import { openWebSocket } from './transport/ws'

/** One for the whole run, since some programs are kept from one scenario to the next. */
export const programs = new LocalPrograms()

/** A conversation over real sockets; `end()` it when it is over. */
export class Conversation extends BareConversation {
  /** @throws Mistake for a wrong setting */
  constructor(settings: Settings = {}) {
    const terms = readSettings(settings)
    super(terms, { connect: openWebSocket, files: projectFiles(terms.messages), request, programs })
  }
}
