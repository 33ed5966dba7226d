/** What a session of a protocol does by the clock: heartbeats, and noticing that the server is silent. */

import { type Kind, requireArgument } from '../arguments'
import { formatDuration } from '../time/duration'

/**
 * How many looks there are in the time that a server may be silent, after the first one that sees no frame. One more decides:
 * what has come while this process stood still, as at a breakpoint, is read before it.
 */
const IDLE_LOOKS = 4

/** In ms: what a timer of Node can wait for. */
const INTERVAL: Kind = {
  words: 'a number of ms from 1 to 2147483647',
  accepts: (ms) => typeof ms === 'number' && ms >= 1 && ms < 2 ** 31,
}

export class SessionTimers {
  private readonly timers = new Set<NodeJS.Timeout>()
  private idleTimer: NodeJS.Timeout | undefined
  /** How many looks in succession have seen that no frame had come. */
  private idleLooks = 0

  /** @param fail is called, in words, when the server was silent for longer than it may be */
  constructor(private readonly fail: (problem: string) => void) {}

  /** A frame has come: an assignment rather than a timer, as there may be many. */
  heard(): void {
    this.idleLooks = 0
  }

  /** Does something every so many ms. */
  repeat(ms: number, action: () => void): void {
    requireArgument('every', 'ms', ms, INTERVAL)
    this.timers.add(setInterval(action, ms))
  }

  /** Limits for how long the server may be silent, in ms, from now on. */
  limitIdleness(ms: number): void {
    requireArgument('idleTimeout', 'ms', ms, INTERVAL)
    if (this.idleTimer) {
      clearInterval(this.idleTimer)
      this.timers.delete(this.idleTimer)
    }
    this.idleLooks = 0
    this.idleTimer = setInterval(() => this.look(ms), Math.max(1, ms / IDLE_LOOKS))
    this.timers.add(this.idleTimer)
  }

  private look(ms: number): void {
    this.idleLooks++
    if (this.idleLooks < IDLE_LOOKS + 2) return
    this.fail(
      `the server has sent nothing for ${formatDuration(ms)}, although it had promised to show that it is alive`,
    )
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer)
    this.timers.clear()
  }
}
