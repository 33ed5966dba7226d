/** The codecs by their names: those that are built in, and those of the project. */

import type { CodecSetting } from '../connection/connection'
import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'
import { type Codec, type CodecConnection, ownCodecs } from './codec'
import { type ChosenCodec, openCodec } from './open-codec'

/** Each has a module of its name, which is loaded when it is needed. */
const BUILT_IN = ['cbor', 'json', 'msgpack', 'ndjson', 'protobuf']

/**
 * The codec of a name, with its options.
 * @throws UsageError for an unknown name, listing those that are known, and for wrong options
 */
export function chooseCodec(setting: CodecSetting, readFile: CodecConnection['readFile']): ChosenCodec {
  const { name, ...options } = typeof setting === 'string' ? { name: setting } : setting
  const chosen = { codec: ownCodecs.get(name) ?? builtIn(name), options, readFile }
  // Wrong options are told before the first sentence.
  openCodec(chosen, { maxMessageBytes: Number.MAX_SAFE_INTEGER, isWhole: false })
  return chosen
}

function builtIn(name: string): Codec {
  if (BUILT_IN.includes(name)) return (require(`../codecs/${name}`) as { codec: Codec }).codec
  const known = [...new Set([...BUILT_IN, ...ownCodecs.keys()])].sort()
  const hint = nearest(name, known)
  const advice = hint ? `Did you mean ${hint}?` : 'Define others by defineCodec, in a support file.'
  throw new UsageError(`${quoted(name)} is not a known codec. Known: ${known.join(', ')}. ${advice}`)
}
