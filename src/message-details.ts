/** What a protocol tells of a message beside its content. */

import { excerpt } from './text/excerpt'

/**
 * What a protocol tells of a message beside its content.
 * @example const { event = 'message' }: MessageDetails = message.details
 */
export interface MessageDetails {
  /** The event, the method or the operation: `chat`. */
  readonly event?: string
  /** The topic, the channel or the destination: `news`. */
  readonly topic?: string
  /** What the server wants to have answered: its answer has this as `answerTo`. */
  readonly requestId?: string | number
  /** The request that the message answers. */
  readonly answerTo?: string | number
  /** Whether the answer is an error. */
  readonly isError?: boolean
  /** Whether the content is a text, although it looks like JSON: the protocol or the codec tells them apart. */
  readonly isText?: boolean
  /** Why the frame, or its content, could not be read: what came is the content then. */
  readonly problem?: string
}

/**
 * How content travels: as it is, so that a text in JSON has its quotes; in the JSON of a protocol, which takes texts out of their
 * quotes; or in whatever a codec reads.
 */
export type Coding = 'verbatim' | 'unquoted' | 'decoded'

/**
 * What content is, where a sentence says that: otherwise it is JSON if it looks like an object or a list, and else a text.
 * @example const send: ProtocolSession['send'] = (content, kind?: ContentKind) => transmit(kind === 'json' ? JSON.parse(`${content}`) : content)
 */
export type ContentKind = 'json' | 'text'

/** Where a message goes, in a protocol that has topics, events or answers. */
export interface MessageAddress extends Pick<MessageDetails, 'event' | 'topic' | 'answerTo' | 'isError'> {
  /** Whether it has no content: an event that says all by its name. */
  readonly isEmpty?: boolean
  /** Whether it is a frame, which travels past the protocol. */
  readonly isFrame?: boolean
  readonly kind?: ContentKind | undefined
}

/** How long all of them are, in characters. */
export function detailsLength(details: MessageDetails = {}): number {
  let length = 0
  for (const name in details) length += String(details[name as keyof MessageDetails]).length
  return length
}

/** In words, to stand before the content: `chat on news: `; nothing where there are none. */
export function describeDetails(details: MessageDetails): string {
  const { event, topic, requestId, answerTo, isError = false, problem } = details
  if (problem !== undefined) return `(${excerpt(problem)}) `
  const answer = answerTo === undefined ? [] : [`${isError ? 'error' : 'answer'} to ${answerTo}`]
  const words = [
    ...(event === undefined ? [] : [event]),
    ...(topic === undefined ? [] : [`on ${topic}`]),
    ...(requestId === undefined ? [] : [`as request ${requestId}`]),
    ...answer,
  ]
  return words.length === 0 ? '' : `${excerpt(words.join(' '))}: `
}
