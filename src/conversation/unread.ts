/** The unread messages of a client. */

import type { Message } from './message'

const NONE: readonly Message[] = []

/** Those of all messages that are unread, in the order of arrival. */
export class UnreadMessages {
  /** What was unread of the messages that came before `from`. */
  private older = NONE
  private from = 0
  /** How many were taken out since then. */
  private taken = 0

  /** @param all grows as messages come */
  constructor(private readonly all: readonly Message[]) {}

  takeOut(message: Message): void {
    if (!message.isUnread) return
    message.leaveUnread()
    // As long as most of them are unread, it takes little to pass over the others.
    if (++this.taken * 2 < this.older.length + this.all.length - this.from) return
    this.older = this.list()
    this.from = this.all.length
    this.taken = 0
  }

  /** All there are now. */
  list(): Message[] {
    return this.older.concat(this.all.slice(this.from)).filter(({ isUnread }) => isUnread)
  }

  /** Looks at one after the other until one will do. */
  some(willDo: (message: Message) => boolean): boolean {
    const { older, all, from } = this
    if (older.some((message) => message.isUnread && willDo(message))) return true
    for (let index = from; index < all.length; index++) {
      const message = all[index] as Message
      if (message.isUnread && willDo(message)) return true
    }
    return false
  }
}
