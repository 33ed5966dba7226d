/** The settings of a conversation, with everything that was left out filled in. */

import type { ClientSettings } from '../client-state/client-context'
import type { ProtocolSetting, TlsSettings } from '../connection/connection'
import type { ServerAddress } from '../connection/connection-target'
import type { ContractSetting } from '../contract/contract-setting'
import type { PhraseTemplates } from '../messages/templates'
import type { ProcessSettings } from '../processes/processes'

/**
 * When something is put into the report.
 * @example const settings: Settings = { report: { mermaid: 'on failure' } }
 */
export type ReportOccasion = 'always' | 'on failure' | 'never'

/**
 * What of a conversation is put into the report.
 * @example const settings: Settings = { report: { diagram: 'always', transcript: 'on failure' } }
 */
export interface ReportSettings {
  /** The picture: a sequence diagram. */
  readonly diagram: ReportOccasion
  /** The text: a line for each thing that happened. */
  readonly transcript: ReportOccasion
  /** The picture as source for Mermaid. */
  readonly mermaid: ReportOccasion
  /** Whether they show the frames of protocols, too: handshakes, heartbeats, and what carries messages. */
  readonly frames: boolean
}

/** What holds for a whole conversation; durations in ms. */
export interface ResolvedSettings extends ClientSettings, ProcessSettings {
  readonly server: ServerAddress
  /** Without one, messages are what travels. */
  readonly protocol: ProtocolSetting | undefined
  /** Others, by the names that sentences have for them. */
  readonly protocols: Readonly<Record<string, ProtocolSetting>>
  readonly tls: TlsSettings
  /** The address of a proxy, `false` for none; undefined for those of the environment. */
  readonly proxy: string | false | undefined
  /** Whether clients offer to compress messages. */
  readonly compression: boolean
  /** How many redirects of a handshake are followed. */
  readonly redirects: number
  /** What connections and messages are validated against. */
  readonly asyncapi: readonly ContractSetting[]
  readonly phrases: PhraseTemplates
  /** The path of the member that says the type of a message. */
  readonly type: string
  /** The folder of named messages, relative to the project's. */
  readonly messages: string
  readonly report: ReportSettings
  /** How long the scenario may take in all; undefined without a limit. */
  readonly scenarioTimeout: number | undefined
  /** How long the end waits after all clients have left. */
  readonly pauseBetweenScenarios: number
  /** What reports and failures may not show: paths into messages, headers and parameters. */
  readonly redact: readonly string[]
}
