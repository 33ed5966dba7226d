/** Work that comes from outside, such as messages, is done in turns: between them, timers and everything else have theirs. */

// The global one is looked up by a getter at each use, of which there are two a message.
import { performance } from 'node:perf_hooks'

/** How long a turn takes, in ms. */
const TURN = 20

/** How long all queues have worked in this turn, in ms, and since when one works now. */
let worked = 0
let workingSince: number | undefined

/** How long the source of what has waited may take until it brings more, in ms: it was not read meanwhile. */
const SETTLING = 50

/** The queues that have to wait for their turn. */
const waiting: WorkQueue[] = []

/** What pauses and resumes the source of the work. */
interface Source {
  pause(): void
  resume(): void
}

/** Whether sources know of something that has arrived, and comes through soon. */
const arrivals: (() => boolean)[] = []

/** @param isArriving whether something has arrived that is not work yet, such as the end of a connection */
export function observeArrivals(isArriving: () => boolean): void {
  arrivals.push(isArriving)
}

/** Whether something has arrived that waits for its turn, or comes through soon. */
export function isWorkWaiting(): boolean {
  return waiting.length > 0 || arrivals.some((isArriving) => isArriving())
}

/** The work of one source, which is done in order: a socket's messages, its end. */
export class WorkQueue {
  private work: (() => void)[] = []
  /** How much of it is done. */
  private done = 0
  /** What is left of the work that was begun last, before that which waits. */
  private rest: Iterator<unknown> | undefined
  private isWaiting = false
  /** When the source was read again after it had been paused. */
  private resumedAt = Number.NEGATIVE_INFINITY

  constructor(private readonly source: Source) {}

  /** Whether its work waits, or has just now, so that more of it may come. */
  get isBehind(): boolean {
    return this.isWaiting || performance.now() - this.resumedAt < SETTLING
  }

  /**
   * Does something at once, unless others have to have their turn before.
   * @param isLast whether it is the last of its source, as the end of a connection: only what is before it delays it
   */
  do(work: () => void, { isLast = false } = {}): void {
    if (!this.isWaiting && (isLast || worked < TURN)) {
      perform(work)
      return
    }
    this.work.push(work)
    this.wait()
  }

  /** Does something in pieces before all that waits, such as the messages of one frame; one such thing after the other. */
  doInPieces(pieces: Iterator<unknown>): void {
    perform(() => {
      do if (pieces.next().done) return
      while (workedSoFar() < TURN)
      this.rest = pieces
      this.wait()
    })
  }

  /**
   * Does the next piece of work; returns whether more is left.
   * @internal
   */
  step(): boolean {
    perform(() => {
      if (!this.rest) (this.work[this.done++] as () => void)()
      else if (this.rest.next().done) this.rest = undefined
    })
    if (this.rest || this.done < this.work.length) return true
    this.work = []
    this.done = 0
    this.isWaiting = false
    this.source.resume()
    this.resumedAt = performance.now()
    return false
  }

  private wait(): void {
    if (this.isWaiting) return
    this.isWaiting = true
    this.source.pause()
    if (waiting.push(this) === 1) setImmediate(takeTurn)
  }
}

/** What is a part of other work is counted with it. */
function perform(work: () => void): void {
  const isPart = workingSince !== undefined
  workingSince ??= performance.now()
  try {
    work()
  } finally {
    if (!isPart) [worked, workingSince] = [workedSoFar(), undefined]
  }
}

const workedSoFar = (): number => worked + performance.now() - (workingSince as number)

/** One piece of work of each queue after the other, as long as the turn takes. */
function takeTurn(): void {
  worked = 0
  for (let queue = waiting.shift(); queue; queue = waiting.shift()) {
    if (queue.step()) waiting.push(queue)
    if (worked >= TURN) break
  }
  if (waiting.length > 0) setImmediate(takeTurn)
}
