/** What was said and what happened, in the order in which it happened. */

// The global one is looked up by a getter at each use, of which there is one a message.
import { performance } from 'node:perf_hooks'
import { DATA, FLAG, type Kind, requireArgument, requireOptions, TEXT } from './arguments'

/**
 * All that can happen.
 * @example for (const kind of EVENT_KINDS) console.log(kind)
 */
export const EVENT_KINDS = [
  'sentence',
  'connects',
  'is refused',
  'sends',
  'receives',
  'pings',
  'receives a pong',
  'hears',
  'disconnects',
  'is disconnected',
  'loses the connection',
  'fails',
  'requests',
  'is answered',
  'starts',
] as const

/**
 * What can happen.
 * @example const kind: EventKind = 'is disconnected'
 */
export type EventKind = (typeof EVENT_KINDS)[number]

/**
 * One line of a transcript.
 * @example const closed = (entry: TranscriptEntry) => entry.kind === 'is disconnected'
 */
export interface TranscriptEntry {
  /** ms since the conversation began. */
  readonly at: number
  /** What happened. */
  readonly kind: EventKind
  /** The client's name; empty for a sentence. */
  readonly client: string
  /** The message, or the details in words. */
  readonly detail: string | Buffer
  /** Whether a reaction did it. */
  readonly isReaction: boolean
  /** The address of the server that it has to do with; empty if it has to do with none. */
  readonly url: string
}

const KIND: Kind = {
  words: EVENT_KINDS.join(', '),
  accepts: (kind) => (EVENT_KINDS as readonly unknown[]).includes(kind),
}

/**
 * The record of one conversation.
 * @example for (const { kind, client, detail } of conversation.transcript.entries) console.log(client, kind, detail)
 */
export class Transcript {
  private readonly start = performance.now()
  /** In the order in which they happened. */
  readonly entries: TranscriptEntry[] = []

  /** ms since the conversation began. */
  now(): number {
    return performance.now() - this.start
  }

  /** Adds an entry with the present time. */
  add(
    kind: EventKind,
    client: string,
    detail: string | Buffer = '',
    options: { url?: string | undefined; isReaction?: boolean } = {},
  ): void {
    requireArgument('add', 'kind', kind, KIND)
    requireArgument('add', 'client', client, TEXT)
    requireArgument('add', 'detail', detail, DATA)
    requireOptions('add', options, { url: TEXT, isReaction: FLAG })
    const { url = '', isReaction = false } = options
    this.entries.push({ at: this.now(), kind, client, detail, isReaction, url })
  }
}
