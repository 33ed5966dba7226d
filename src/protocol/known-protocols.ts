/** The protocols by their names: those that are built in, and those of the project. */

import type { ProtocolSetting } from '../connection/connection'
import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'
import { ownProtocols, type Protocol } from './protocol'
import type { ChosenProtocol } from './protocol-transport'

/** Each has a module of its name, which is loaded when it is needed. */
const BUILT_IN = ['json-rpc', 'signalr']

/**
 * The protocol of a name, with its options.
 * @throws UsageError for an unknown name, listing those that are known
 */
export function chooseProtocol(setting: ProtocolSetting): ChosenProtocol {
  const { name, ...options } = typeof setting === 'string' ? { name: setting } : setting
  return { protocol: ownProtocols.get(name) ?? builtIn(name), options }
}

function builtIn(name: string): Protocol {
  if (BUILT_IN.includes(name)) return (require(`../protocols/${name}`) as { protocol: Protocol }).protocol
  const known = [...BUILT_IN, ...ownProtocols.keys()].sort()
  const hint = nearest(name, known)
  const advice = hint ? `Did you mean ${hint}?` : 'Define others by defineProtocol, in a support file.'
  throw new UsageError(`${quoted(name)} is not a known protocol. Known: ${known.join(', ')}. ${advice}`)
}
