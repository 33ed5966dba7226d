/** The ports of a conversation to sockets, HTTP, files and programs. */

import type { OpenConnection, ProtocolSetting, SpokenProtocol } from '../connection/connection'
import type { SendRequest } from '../http/send-request'
import type { ProjectFiles } from '../messages/project-files'
import type { Programs } from '../processes/programs'
import type { Secrets } from '../secrets/secrets'

/** The transports of a conversation. */
export interface Transports {
  readonly openConnection: OpenConnection
  /** The same, by a protocol. */
  speaking(protocol: ProtocolSetting): SpokenProtocol
  readonly files: ProjectFiles
  readonly sendRequest: SendRequest
  readonly programs: Programs
  /** The schemas that have been read from addresses, shared by a run. */
  readonly schemaTexts: Map<string, string>
  /** Shared by conversations that go on at the same time; by default each has its own. */
  readonly secrets?: Secrets | undefined
}
