/** The protocols by their names: those that are built in, and those of the project. */

import type { ProtocolSetting } from '../connection/connection'
import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'
import type { CodecConnection } from './codec'
import { chooseCodec } from './known-codecs'
import type { ChosenCodec } from './open-codec'
import { ownProtocols, type Protocol } from './protocol'

/** Where each has a module of its name, which is loaded when it is needed; dots are hyphens there. */
const FOLDERS = new Map([
  ...['actioncable', 'graphql-ws', 'json-rpc', 'plain', 'signalr', 'socket.io'].map(
    (name) => [name, 'protocols'] as const,
  ),
  ...['mqtt', 'phoenix', 'stomp'].map((name) => [name, 'topic-protocols'] as const),
])

/** The setting `protocols`: protocols with options, by names of their own. */
export type NamedProtocols = Readonly<Record<string, ProtocolSetting>>

/** A protocol with its options, and how content travels in it. */
export interface ChosenProtocol {
  readonly protocol: Protocol
  readonly options: Readonly<Record<string, unknown>>
  readonly codec: ChosenCodec | undefined
}

/**
 * The protocol of a name, with its options and its codec; a codec alone reads frames as they are.
 * @param readFile reads a file of the project
 * @throws UsageError for an unknown name, listing those that are known, and for a codec whose options are wrong
 */
export function chooseProtocol(
  setting: ProtocolSetting,
  named: NamedProtocols,
  readFile: CodecConnection['readFile'],
): ChosenProtocol {
  const chosen =
    typeof setting === 'string' && Object.hasOwn(named, setting) ? (named[setting] as ProtocolSetting) : setting
  const { name = 'plain', codec, address: _, ...options } = typeof chosen === 'string' ? { name: chosen } : chosen
  return {
    protocol: ownProtocols.get(name) ?? builtIn(name, Object.keys(named)),
    options,
    codec: codec === undefined ? undefined : chooseCodec(codec, readFile),
  }
}

function builtIn(name: string, named: readonly string[]): Protocol {
  const folder = FOLDERS.get(name)
  if (folder) return (require(`../${folder}/${name.replaceAll('.', '-')}`) as { protocol: Protocol }).protocol
  const known = [...new Set([...FOLDERS.keys(), ...ownProtocols.keys(), ...named])].sort()
  const hint = nearest(name, known)
  const advice = hint ? `Did you mean ${hint}?` : 'Define others by defineProtocol, in a support file.'
  throw new UsageError(`${quoted(name)} is not a known protocol. Known: ${known.join(', ')}. ${advice}`)
}
