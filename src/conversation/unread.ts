/** The unread messages of a client. */

import type { Message } from './message'

/** Messages in the order of arrival, each of which may be taken out at any time. */
export class UnreadMessages {
  /** Also those that were taken out, as long as they are the lesser part. */
  private messages: Message[] = []
  private taken = 0

  add(message: Message): void {
    this.messages.push(message)
  }

  takeOut(message: Message): void {
    if (!message.isUnread) return
    message.isUnread = false
    if (++this.taken * 2 < this.messages.length) return
    this.messages = this.messages.filter(({ isUnread }) => isUnread)
    this.taken = 0
  }

  /** All there are now. */
  list(): Message[] {
    return this.messages.filter(({ isUnread }) => isUnread)
  }

  /** The earliest one for which the answer is yes; asks no further. */
  find(is: (message: Message) => boolean): Message | undefined {
    return this.messages.find((message) => message.isUnread && is(message))
  }
}
