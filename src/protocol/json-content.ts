/** Content of protocols that put JSON into JSON: a text is itself, everything else is its JSON. */

import { stringifyExactly } from '../json/exact-number'
import { parseCompletely } from '../json/json-depth'
import { looksLikeJson, mayBeJson, parseJson } from '../json/json-text'
import { isObject } from '../json/json-value'
import type { ContentKind } from '../message-details'
import type { DecodedContent } from './codec'
import { requireFewRecords } from './frame-limits'
import type { DecodedMessage } from './protocol'

export type { ContentKind } from '../message-details'

/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>

/**
 * What a frame of JSON says; numbers keep their spelling.
 * @throws UsageError for a member that stands twice, and for JSON that is nested too deep; SyntaxError if it is not valid
 */
export function parseFrame(frame: string): unknown {
  return parseCompletely(frame, { keepSpelling: true })
}

/** @throws Error if a value is not an object */
export function requireObject(value: unknown): JsonObject {
  if (!isObject(value)) throw new Error('it is not a JSON object')
  return value
}

/** A frame of a protocol that has texts alone. */
export function textOf(frame: string | Buffer): string {
  if (Buffer.isBuffer(frame)) throw new Error('it is binary, and the protocol has texts alone')
  return frame
}

/**
 * Decodes each part of a frame: one that cannot be read is shown with the reason, and hides no other.
 * @throws Error if the frame has more of them than it may have, after those before
 */
export function* decodeEach<Part>(
  parts: Iterable<Part>,
  show: (part: Part) => string | Buffer,
  decode: (part: Part) => Iterable<DecodedMessage>,
): Generator<DecodedMessage> {
  let count = 0
  for (const part of parts) {
    requireFewRecords(++count)
    try {
      yield* decode(part)
    } catch (error) {
      yield { content: show(part), problem: (error as Error).message }
    }
  }
}

/** A value as the content of a message. */
export function contentOf(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : stringifyExactly(value)
}

/** A value as the content of a message, which tells a text that looks like JSON from JSON; bytes are bytes. */
export function decodedValue(value: unknown): DecodedContent {
  if (Buffer.isBuffer(value)) return { content: value }
  const content = contentOf(value)
  return typeof value === 'string' && mayBeJson(value) ? { content, isText: true } : { content }
}

/**
 * The value that a content is, the other way round.
 * @param kind whether it is JSON, where that is said
 */
export function jsonOf(content: string | Buffer, kind?: ContentKind): unknown {
  if (Buffer.isBuffer(content)) throw new Error('it has no place for bytes')
  const isJson = kind === undefined ? looksLikeJson(content) : kind === 'json'
  return isJson ? parseJson(content, { keepSpelling: true }) : content
}
