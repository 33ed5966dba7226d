/** Messages that have been received in a protocol, and are handed on in turns: a frame may have many. */

import type { Connection } from '../connection/connection'
import { MESSAGE_OVERHEAD } from '../connection/memory-limit'
import { detailsLength } from '../message-details'
import type { DecodedMessage } from '../protocol/protocol'

export class ReceivedMessages {
  private pending: DecodedMessage[] = []
  private size = 0
  private isHandingOn = false
  /** What is done when all is handed on. */
  private done: (() => void) | undefined

  constructor(private readonly handOn: (message: DecodedMessage) => void) {}

  /** Whether one is being handed on, before what comes after it. */
  get isBusy(): boolean {
    return this.isHandingOn
  }

  /** The problem of the first one that waits and cannot be read. */
  get unreadable(): string | undefined {
    return this.pending.find(({ problem }) => problem !== undefined)?.problem
  }

  add(messages: Iterable<DecodedMessage>): void {
    this.pending.push(...messages)
  }

  /** Adds some that wait for the connection to open; tells what all of these take, in bytes or characters. */
  hold(messages: readonly DecodedMessage[]): number {
    this.add(messages)
    for (const { content, ...details } of messages) {
      this.size += content.length + detailsLength(details) + MESSAGE_OVERHEAD
    }
    return this.size
  }

  clear(): void {
    this.pending = []
  }

  /** Hands on what has been added, in pieces if the connection does that, unless it is being done. */
  deliver(connection: Pick<Connection, 'doInPieces'> = {}): void {
    if (this.isHandingOn || this.pending.length === 0) return
    const pieces = this.pieces()
    if (connection.doInPieces) connection.doInPieces(pieces)
    else while (!pieces.next().done);
  }

  /** Does something when all is handed on. */
  whenDone(action: () => void): void {
    if (this.isHandingOn) this.done = action
    else action()
  }

  private *pieces(): Generator<void> {
    this.isHandingOn = true
    while (this.pending.length > 0) {
      const messages = this.pending
      this.pending = []
      for (const message of messages) {
        this.handOn(message)
        yield
      }
    }
    this.isHandingOn = false
    this.done?.()
  }
}
