/** What was said and what happened, in the order in which it happened. */

// The global one is looked up by a getter at each use, of which there is one a message.
import { performance } from 'node:perf_hooks'
import { DATA, FLAG, type Kind, requireArgument, requireOptions, TEXT } from './arguments'
import type { MessageDetails } from './message-details'

/**
 * All that can happen.
 * @example for (const kind of EVENT_KINDS) console.log(kind)
 */
export const EVENT_KINDS = [
  'sentence',
  'connects',
  'is refused',
  'sends',
  'calls',
  'subscribes to',
  'unsubscribes from',
  'receives',
  'sends a frame',
  'receives a frame',
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
  'is cut',
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
  /** The message, or the details in words; where it is cut, how many entries are left out. */
  readonly detail: string | Buffer
  /** Whether a reaction did it. */
  readonly isReaction: boolean
  /** The address of the server that it has to do with; empty if it has to do with none. */
  readonly url: string
  /** What the protocol tells of a message. */
  readonly details?: MessageDetails | undefined
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
  private readonly begin = new Half()
  private end = new Half()
  private leftOut = 0
  private messages = 0
  private keepsBeginning = true
  private observe: ((entry: TranscriptEntry) => void) | undefined

  /** In the order in which they happened; of a long conversation the beginning and the end, with `is cut` between them. */
  get entries(): readonly TranscriptEntry[] {
    const { leftOut } = this
    const [latest] = this.end.entries
    if (!latest) return this.begin.entries
    const cut = { ...latest, kind: 'is cut', client: '', detail: String(leftOut), isReaction: false, url: '' } as const
    return [...this.begin.entries, ...(leftOut > 0 ? [cut] : []), ...this.end.entries]
  }

  /** How many messages have been sent and received, those left out included. */
  get messageCount(): number {
    return this.messages
  }

  /**
   * How many entries are left out where it is cut.
   * @internal
   */
  get leftOutCount(): number {
    return this.leftOut
  }

  /**
   * Keeps only so many of the latest entries from now on, instead of the beginning and the end.
   * @internal
   */
  keepLatest(count: number): void {
    this.keepsBeginning = false
    this.end = new Half(count)
  }

  /**
   * Tells of each entry from now on.
   * @internal
   */
  onEntry(observe: (entry: TranscriptEntry) => void): void {
    this.observe = observe
  }

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
    this.keep({ at: this.now(), kind, client, detail, isReaction, url })
  }

  /**
   * Adds an entry.
   * @internal
   */
  keep(entry: TranscriptEntry): void {
    if (entry.kind === 'sends' || entry.kind === 'receives') this.messages++
    this.observe?.(entry)
    if (this.keepsBeginning && this.end.isEmpty && this.begin.hasRoomFor(entry)) {
      this.begin.push(entry)
      return
    }
    for (; !this.end.hasRoomFor(entry); this.leftOut++) this.end.dropFirst()
    this.end.push(entry)
  }
}

/** How many entries are kept of the beginning, and of the end. */
const MAX_ENTRIES = 5000
/** How much their details may take, in characters or bytes. */
const MAX_SIZE = 16 * 2 ** 20

/** The beginning or the end of a transcript. */
class Half {
  private kept: TranscriptEntry[] = []
  private dropped = 0
  private size = 0

  constructor(private readonly maxEntries = MAX_ENTRIES) {}

  get entries(): readonly TranscriptEntry[] {
    return this.dropped === 0 ? this.kept : this.kept.slice(this.dropped)
  }

  get isEmpty(): boolean {
    return this.kept.length === 0
  }

  /** One that is large by itself has room where there is nothing else. */
  hasRoomFor({ detail }: TranscriptEntry): boolean {
    const count = this.kept.length - this.dropped
    return count === 0 || (count < this.maxEntries && this.size + detail.length <= MAX_SIZE)
  }

  push(entry: TranscriptEntry): void {
    this.kept.push(entry)
    this.size += entry.detail.length
  }

  dropFirst(): void {
    this.size -= this.kept[this.dropped]?.detail.length as number
    this.dropped++
    // Amortised: what is dropped is freed when it is as much as what is kept.
    if (this.dropped * 2 < this.kept.length) return
    this.kept = this.kept.slice(this.dropped)
    this.dropped = 0
  }
}
