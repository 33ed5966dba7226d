/** The expectations that few features have, each loaded when it is first needed. */

import { lazyFunction } from '../lazy-function'
import type * as Count from './expect-count'
import type * as Order from './expect-order'

/** A message, and then another one. */
export const messageBefore: typeof Order.messageBefore = lazyFunction(() => require('./expect-order').messageBefore)

/** A message, before which another one has come. */
export const messageAfter: typeof Order.messageAfter = lazyFunction(() => require('./expect-order').messageAfter)

/** The message that comes right after another one. */
export const nextAfter: typeof Order.nextAfter = lazyFunction(() => require('./expect-order').nextAfter)

/** The message that came last of all. */
export const lastMessage: typeof Order.lastMessage = lazyFunction(() => require('./expect-order').lastMessage)

/** So many messages. */
export const repeatedly: typeof Count.repeatedly = lazyFunction(() => require('./expect-count').repeatedly)

/** No more than so many messages. */
export const atMost: typeof Count.atMost = lazyFunction(() => require('./expect-count').atMost)

/** None more, after so many have been read. */
export const noneBeyond: typeof Count.noneBeyond = lazyFunction(() => require('./expect-count').noneBeyond)

/** Three messages, each so long after the one before it. */
export const regularly: typeof Count.regularly = lazyFunction(() => require('./expect-count').regularly)

/** How long to wait for these, in ms. */
export const regularTimeout: typeof Count.regularTimeout = lazyFunction(() => require('./expect-count').regularTimeout)
