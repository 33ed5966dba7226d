/** Work that comes from outside, such as messages, is done in turns: between them, timers and everything else have theirs. */

// The global one is looked up by a getter at each use, of which there are two a message.
import { performance } from 'node:perf_hooks'

/** How long a turn takes, in ms. */
const TURN = 20

/** How long all queues have worked in this turn, in ms. */
let worked = 0

/** The queues that have to wait for their turn. */
const waiting: WorkQueue[] = []

/** What pauses and resumes the source of the work. */
interface Source {
  pause(): void
  resume(): void
}

/** The work of one source, which is done in order: a socket's messages, its end. */
export class WorkQueue {
  private work: (() => void)[] = []
  /** How much of it is done. */
  private done = 0

  constructor(private readonly source: Source) {}

  /**
   * Does something at once, unless others have to have their turn before.
   * @param isLast whether it is the last of its source, as the end of a connection: only what is before it delays it
   */
  do(work: () => void, { isLast = false } = {}): void {
    if (this.work.length === 0 && (isLast || worked < TURN)) {
      perform(work)
      return
    }
    if (this.work.push(work) > 1) return
    this.source.pause()
    if (waiting.push(this) === 1) setImmediate(takeTurn)
  }

  /**
   * Does the next piece of work; returns whether more is left.
   * @internal
   */
  step(): boolean {
    perform(this.work[this.done++] as () => void)
    if (this.done < this.work.length) return true
    this.work = []
    this.done = 0
    this.source.resume()
    return false
  }
}

function perform(work: () => void): void {
  const start = performance.now()
  work()
  worked += performance.now() - start
}

/** One piece of work of each queue after the other, as long as the turn takes. */
function takeTurn(): void {
  worked = 0
  for (let queue = waiting.shift(); queue; queue = waiting.shift()) {
    if (queue.step()) waiting.push(queue)
    if (worked >= TURN) break
  }
  if (waiting.length > 0) setImmediate(takeTurn)
}
