/** Which protocol each client speaks: that of a sentence, of its address, or of the settings. */

import { UsageError } from '../errors'
import { hasVariables } from '../json/json-text'
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
    if (protocol !== undefined) this.byDefault = this.spokenEverywhere(protocol)
    this.atAddresses = Object.entries(protocols).flatMap(([name, setting]) => {
      const address = typeof setting === 'string' ? undefined : setting.address
      if (address === undefined) return []
      return [{ address: requireAddress(`the protocol ${quoted(name)}`, address), spoken: context.speaking(setting) }]
    })
  }

  /**
   * Has clients speak a protocol that connect from now on, wherever they connect to.
   * @throws UsageError for one with an address
   */
  choose(protocol: ProtocolSetting): void {
    this.chosen.push(this.spokenEverywhere(protocol))
  }

  /** @throws UsageError for one with an address, which would not be heeded */
  private spokenEverywhere(protocol: ProtocolSetting): SpokenProtocol {
    if (typeof protocol === 'string' || protocol.address === undefined) return this.context.speaking(protocol)
    throw new UsageError(
      'A protocol with an "address" stands in the setting "protocols": here it would be spoken wherever clients connect.',
    )
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

  /** Of several addresses, the one that says most. */
  private atAddress(url: string): SpokenProtocol | undefined {
    const found = this.atAddresses.filter(({ address }) => isAt(address, url))
    return found.sort((one, other) => specificity(other.address) - specificity(one.address))[0]?.spoken
  }
}

/**
 * @param owner what is at the address: `the protocol "hub"`
 * @throws UsageError if it is neither a path nor an address of WebSockets, and for what is not compared
 */
export function requireAddress(owner: string, address: unknown): string {
  if (typeof address === 'string' && isComparable(address)) return address
  throw new UsageError(
    `The "address" of ${owner} should be a path such as "/chat", or an address such as "ws://localhost:8080/chat", ` +
      'without variables, a query or a fragment.',
  )
}

function isComparable(address: string): boolean {
  if (!/^(?:\/|wss?:\/\/[^/])[^?#]*$/.test(address) || hasVariables(address)) return false
  return partsOf(address, 'host').host !== ''
}

/** Whether a connection is to an address, or to one below it; whatever letters of it are percent-encoded. */
export function isAt(address: string, url: string): boolean {
  const target = addressParts(url)
  const wanted = partsOf(address, target.host)
  if (target.host === '' || wanted.host !== target.host) return false
  const steps = stepsOf(target.path)
  return stepsWithoutEnd(wanted.path).every((step, at) => step === steps[at])
}

/** How much an address says: by the length of its path, and of two with the same one, whether it names a host. */
function specificity(address: string): number {
  return 2 * stepsWithoutEnd(partsOf(address, 'host').path).length + (address.startsWith('/') ? 0 : 1)
}

/** @param host of a path */
function partsOf(address: string, host: string): Pick<ReturnType<typeof addressParts>, 'host' | 'path'> {
  return address.startsWith('/') ? { ...addressParts(`ws://host${address}`), host } : addressParts(address)
}

function stepsWithoutEnd(path: string): string[] {
  const steps = stepsOf(path)
  return steps.at(-1) === '' ? steps.slice(0, -1) : steps
}

function stepsOf(path: string): string[] {
  return path.replace(/\?.*/s, '').split('/').map(percentDecode)
}
