/** What expectations make of messages, without waiting. */

import { message } from '../../src/expectations/expect-one'
import type { Expectation } from '../../src/inbox/expectation'
import { Inbox } from '../../src/inbox/inbox'
import { Message } from '../../src/inbox/message'
import { phraseEqualTo } from '../../src/matching/phrase-matcher'

/** The verdict of an expectation, or what is still missing. */
export interface Consideration {
  met?: number[]
  reason?: string
  /** The number of the message that was not as it should be. */
  mismatch?: number
  missing?: readonly string[]
}

/** What an expectation makes of unread messages. */
export function consider(expectation: Expectation, ...texts: string[]): Consideration {
  const inbox = new Inbox()
  arrive(inbox, texts)
  return considerIn(inbox, expectation)
}

/** What the expectation makes of the messages after one of them was read. */
export async function considerAfterReading(
  read: string,
  expectation: Expectation,
  ...texts: string[]
): Promise<Consideration> {
  const inbox = new Inbox()
  arrive(inbox, texts)
  await inbox.expect(message(phraseEqualTo(read)), { timeout: 5000, isDisconnected: true, failure: () => new Error() })
  return considerIn(inbox, expectation)
}

/** Has text messages arrive. */
export function arrive(inbox: Inbox, texts: readonly string[]): void {
  for (const text of texts) inbox.receive(new Message(inbox.nextNumber, 0, text))
}

/** What the expectation makes of the unread messages of an inbox. */
export function considerIn(inbox: Inbox, expectation: Expectation): Consideration {
  const progress = expectation.start(inbox)
  for (const message of inbox.unread) {
    const verdict = progress.consider(message)
    if (verdict === undefined) continue
    if (!('reason' in verdict)) return { met: verdict.map(({ number }) => number) }
    return { reason: verdict.reason, ...(verdict.mismatch && { mismatch: verdict.mismatch.message.number }) }
  }
  const missing = progress.missing?.()
  return missing ? { missing } : {}
}
