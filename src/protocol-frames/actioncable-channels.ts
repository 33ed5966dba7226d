/** The channels of Action Cable, as the settings and sentences write them. */

import { isDeepStrictEqual } from 'node:util'
import type { Kind } from '../arguments'
import { UsageError } from '../errors'
import { stringifyExactly } from '../json/exact-number'
import { isObject } from '../json/json-value'
import { type JsonObject, parseFrame } from '../protocol/json-content'

/** Channels with their parameters, by the names that sentences call them by. */
export type Channels = Readonly<Record<string, JsonObject>>

const isChannel = (value: unknown) => isObject(value) && typeof value.channel === 'string'

export const CHANNELS: Kind = {
  words: "an object of channels by their names, such as { lobby: { channel: 'ChatChannel', room: 1 } }",
  accepts: (value) => isObject(value) && Object.values(value).every(isChannel),
}

/** Of a channel that the settings name, that is written itself with its parameters, or that has none. */
export function identifierOf(topic: string, channels: Channels): string {
  if (Object.hasOwn(channels, topic) || !isWritten(topic)) return stringifyExactly(channelOf(topic, channels))
  requireChannel(topic)
  return topic
}

/**
 * What messages of a channel have as their topic, however it is written: its first name, if it has one, or its parameters; of one
 * without parameters, its own, unless another channel is called so.
 */
export function topicOf(topic: string, channels: Channels): string {
  const channel = channelOf(topic, channels)
  const name = Object.keys(channels).find((each) => isDeepStrictEqual(channels[each], channel))
  if (name !== undefined) return name
  const own = String(channel.channel)
  if (Object.keys(channel).length === 1 && !Object.hasOwn(channels, own)) return own
  return stringifyExactly(Object.fromEntries(Object.entries(channel).sort(([a], [b]) => (a < b ? -1 : 1))))
}

function channelOf(topic: string, channels: Channels): JsonObject {
  if (Object.hasOwn(channels, topic)) return channels[topic] as JsonObject
  return isWritten(topic) ? requireChannel(topic) : { channel: topic }
}

/** Whether it is a channel with its parameters, rather than a name. */
function isWritten(topic: string): boolean {
  return topic.trimStart().startsWith('{')
}

/** @throws UsageError for what is not a channel with its parameters */
function requireChannel(topic: string): JsonObject {
  const channel = parseFrame(topic)
  if (isChannel(channel)) return channel as JsonObject
  throw new UsageError('it says no channel: write {"channel": "ChatChannel", "room": 1}')
}
