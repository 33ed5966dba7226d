/** What was said and what happened, in the order in which it happened. */

// The global one is looked up by a getter at each use, of which there is one a message.
import { performance } from 'node:perf_hooks'

/** What can happen. */
export const HAPPENINGS = [
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

export type Happening = (typeof HAPPENINGS)[number]

/** One line of a conversation. */
export interface Entry {
  /** ms since the conversation began. */
  readonly at: number
  readonly what: Happening
  /** The client's name; empty for a sentence. */
  readonly who: string
  /** The message, or the details in words. */
  readonly detail: string | Buffer
  /** Whether a reaction did it. */
  readonly reaction: boolean
  /** The address of the server that it has to do with; empty if it has to do with none. */
  readonly url: string
}

/** The record of one conversation. */
export class Transcript {
  private readonly began = performance.now()
  readonly entries: Entry[] = []

  /** ms since the conversation began. */
  now(): number {
    return performance.now() - this.began
  }

  add(what: Happening, who: string, detail: string | Buffer = '', { url = '', reaction = false } = {}): void {
    this.entries.push({ at: this.now(), what, who, detail, reaction, url })
  }
}
