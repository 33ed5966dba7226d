/** The figures of users, by the names under which Artillery shows them. */

import type { Measures } from '../client-state/client-context'
import type { TranscriptEntry } from '../transcript'
import type { UserListener } from '../virtual-users/virtual-user'
import type { ScenarioEvents } from './artillery'

/** What is counted, and told now and then: to tell of each message by itself would take as long as the message. */
const COUNTERS = ['messages.sent', 'messages.received', 'bytes.sent', 'bytes.received'] as const
type Counter = (typeof COUNTERS)[number]

/** How often counters are told while messages come, in ms. */
const INTERVAL = 1000

/** Tells Artillery of sentences, connections and messages. */
export class LoadMeasures implements Measures, UserListener {
  private readonly counts = { 'messages.sent': 0, 'messages.received': 0, 'bytes.sent': 0, 'bytes.received': 0 }
  private emittedAt = performance.now()

  constructor(private readonly events: ScenarioEvents) {}

  sentencePassed(text: string, ms: number): void {
    this.events.emit('histogram', text, ms)
  }

  connected(ms: number): void {
    this.events.emit('histogram', 'connect', ms)
  }

  answered(ms: number): void {
    this.events.emit('histogram', 'answer', ms)
  }

  reacted(ms: number): void {
    this.events.emit('histogram', 'reaction', ms)
  }

  closed(code: number): void {
    this.events.emit('counter', `closes.${code}`, 1)
  }

  /** An entry of a user's transcript. */
  readonly happened = ({ kind, detail }: TranscriptEntry): void => {
    if (kind === 'receives') this.count('messages.received', 'bytes.received', detail)
    else if (SENDING.includes(kind)) this.count('messages.sent', 'bytes.sent', detail)
  }

  /** A user has ended, and has not failed. */
  ended(status: 'passed' | 'skipped' | 'pending'): void {
    this.events.emit('counter', `scenarios.${status}`, 1)
    // A threshold of it is judged even if there is none.
    this.events.emit('counter', 'scenarios.failed', 0)
    this.emitCounts()
  }

  /**
   * @param kind what failures of the same kind have in common
   * @param part the sentence that failed, or what else did
   */
  failed(kind: string, part: string): void {
    this.events.emit('counter', 'scenarios.failed', 1)
    this.events.emit('counter', `failed.${part}`, 1)
    this.events.emit('error', kind)
    this.emitCounts()
  }

  private count(messages: Counter, bytes: Counter, detail: string | Buffer): void {
    this.counts[messages]++
    this.counts[bytes] += Buffer.byteLength(detail)
    if (performance.now() - this.emittedAt > INTERVAL) this.emitCounts()
  }

  private emitCounts(): void {
    for (const name of COUNTERS) {
      if (this.counts[name] > 0) this.events.emit('counter', name, this.counts[name])
      this.counts[name] = 0
    }
    this.emittedAt = performance.now()
  }
}

const SENDING: readonly TranscriptEntry['kind'][] = ['sends', 'calls', 'sends a frame']
