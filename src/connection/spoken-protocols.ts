/** Which protocol each client speaks: that of a sentence, of its address, or of the settings. */

import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { addressParts, percentDecode } from '../text/url'
import type { FillOptions, OpenConnection, ProtocolSetting, SpokenProtocol } from './connection'

/** What the settings say of protocols, and what opens connections. */
export interface ProtocolContext {
  readonly settings: {
    readonly protocol: ProtocolSetting | undefined
    readonly protocols: Readonly<Record<string, ProtocolSetting>>
  }
  /** Without a protocol. */
  readonly openConnection: OpenConnection
  speaking(protocol: ProtocolSetting): SpokenProtocol
}

/** A protocol of the settings that is spoken at an address. */
interface ProtocolAtAddress {
  readonly address: string
  readonly spoken: SpokenProtocol
}

/** The protocols of a conversation. */
export class SpokenProtocols {
  /** Of the settings, for clients of other addresses. */
  private readonly byDefault: SpokenProtocol | undefined
  private readonly atAddresses: readonly ProtocolAtAddress[]
  /** Those that sentences have chosen; the last one is spoken by clients that connect from now on. */
  private readonly chosen: SpokenProtocol[] = []

  private readonly none: SpokenProtocol

  /** @throws UsageError for an unknown protocol, and for an address that is not valid */
  constructor(private readonly context: ProtocolContext) {
    this.none = {
      openConnection: (...connection) => context.openConnection(...connection),
      lack: (part) =>
        `without a protocol messages have no ${part}: set "protocol" in worldParameters.websocket, or write: the server speaks "…"`,
      topicOf: String,
    }
    const { protocol, protocols } = context.settings
    if (protocol !== undefined) this.byDefault = context.speaking(protocol)
    this.atAddresses = Object.entries(protocols).flatMap(([name, setting]) => {
      const address = typeof setting === 'string' ? undefined : setting.address
      if (address === undefined) return []
      return [{ address: requireAddress(`the protocol ${quoted(name)}`, address), spoken: context.speaking(setting) }]
    })
  }

  /** Has clients speak a protocol that connect from now on, wherever they connect to. */
  choose(protocol: ProtocolSetting): void {
    this.chosen.push(this.context.speaking(protocol))
  }

  /** What a client speaks that connects to an address now. */
  spokenAt(url: string): SpokenProtocol {
    return this.chosen.at(-1) ?? this.atAddress(url) ?? this.byDefault ?? this.none
  }

  /** Why messages cannot have topics, or events; undefined where those of some client can. */
  lack(part: 'topics' | 'events', event?: string): string | undefined {
    const { spoken } = this
    if (spoken.some((protocol) => protocol.lack(part, event) === undefined)) return undefined
    return (spoken[0] ?? this.none).lack(part, event)
  }

  /**
   * The topic that messages have of which a sentence speaks, by the first protocol in which they can have it.
   * @throws Error if there is none
   */
  topicOf(topic: string, fillOptions?: FillOptions): string {
    let problem: unknown
    for (const protocol of this.spoken.filter((each) => each.lack('topics') === undefined)) {
      try {
        return protocol.topicOf(topic, fillOptions)
      } catch (error) {
        problem ??= error
      }
    }
    if (problem !== undefined) throw problem
    return topic
  }

  private get spoken(): SpokenProtocol[] {
    return [...this.chosen, ...this.atAddresses.map((each) => each.spoken), this.byDefault].flatMap(
      (each) => each ?? [],
    )
  }

  private atAddress(url: string): SpokenProtocol | undefined {
    return this.atAddresses.find(({ address }) => isAt(address, url))?.spoken
  }
}

/**
 * @param owner what is at the address: `the protocol "hub"`
 * @throws UsageError if it is neither a path nor an address of WebSockets
 */
export function requireAddress(owner: string, address: unknown): string {
  if (typeof address === 'string' && /^(?:\/|wss?:\/\/[^/])/.test(address)) return address
  throw new UsageError(
    `The "address" of ${owner} should be a path such as "/chat", or an address such as "ws://localhost:8080/chat".`,
  )
}

/** Whether a connection is to an address, or to one below it; whatever letters of it are percent-encoded. */
export function isAt(address: string, url: string): boolean {
  const target = addressParts(url)
  const wanted = address.startsWith('/')
    ? { ...addressParts(`ws://host${address}`), host: target.host }
    : addressParts(address)
  if (target.host === '' || wanted.host !== target.host) return false
  const [wantedSteps, steps] = [wanted.path, target.path].map(stepsOf) as [string[], string[]]
  if (wantedSteps.at(-1) === '') wantedSteps.pop()
  return wantedSteps.every((step, at) => step === steps[at])
}

function stepsOf(path: string): string[] {
  return path.replace(/\?.*/s, '').split('/').map(percentDecode)
}
