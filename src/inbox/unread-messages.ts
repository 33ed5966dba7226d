/** The unread messages of a client. */

import type { Message } from './message'

/** So many messages are passed over sooner than a list is made. */
const FEW = 32

/** Those of all messages that are unread, in the order of arrival. */
export class UnreadMessages {
  /** What was unread of the messages before `from`. */
  private older: readonly Message[] = []
  private from = 0
  private removedSince = 0

  /** @param all grows as messages come */
  constructor(private readonly all: Message[]) {}

  /** Marks a message as read. */
  remove(message: Message): void {
    if (!message.isUnread) return
    message.markRead()
    // Amortised: the list is made anew only when half of what it passes over has been read, and that is more than a few.
    const passedOver = this.older.length + this.all.length - this.from
    if (++this.removedSince * 2 < passedOver || passedOver < FEW) return
    this.older = this.list()
    this.from = this.all.length
    this.removedSince = 0
  }

  /** Takes such messages out of all, as if they had not come; returns them. */
  drop(accepts: (message: Message) => boolean): readonly Message[] {
    const dropped = new Set(this.list().filter(accepts))
    if (dropped.size === 0) return []
    for (const message of dropped) message.markRead()
    const kept = this.all.filter((message) => !dropped.has(message))
    this.all.length = 0
    for (const message of kept) this.all.push(message)
    this.older = this.list()
    this.from = this.all.length
    this.removedSince = 0
    return [...dropped]
  }

  /** All that are unread now. */
  list(): Message[] {
    return this.older.concat(this.all.slice(this.from)).filter(({ isUnread }) => isUnread)
  }

  /** Whether one of them is accepted; looks at one after the other until then. */
  some(accepts: (message: Message) => boolean): boolean {
    const { older, all, from } = this
    if (older.some((message) => message.isUnread && accepts(message))) return true
    for (let index = from; index < all.length; index++) {
      const message = all[index] as Message
      if (message.isUnread && accepts(message)) return true
    }
    return false
  }
}
