/** What sentences expect, each loaded when it is first needed. */

import { lazyFunctions } from '../lazy-functions'
import type * as ExpectCount from './expect-count'
import type * as ExpectOne from './expect-one'
import type * as ExpectOrder from './expect-order'
import type * as ExpectSeveral from './expect-several'
import type * as ExpectSilence from './expect-silence'
import type * as Unwanted from './unwanted'

export const { eitherMessage, everythingUpTo, messageWithout, nextMessage } = lazyFunctions<typeof ExpectOne>(() =>
  require('./expect-one'),
)

export const { consecutively, exactlyBefore, inAnyOrder, inOrder, messageCount } = lazyFunctions<typeof ExpectSeveral>(
  () => require('./expect-several'),
)

/** A message before or after another one, or the last of all. */
export const { lastMessage, messageAfter, messageBefore, nextAfter } = lazyFunctions<typeof ExpectOrder>(() =>
  require('./expect-order'),
)

/** So many messages, or no more than so many. */
export const { atMost, noneBeyond, regularTimeout, regularly, repeatedly } = lazyFunctions<typeof ExpectCount>(() =>
  require('./expect-count'),
)

export const { silence } = lazyFunctions<typeof ExpectSilence>(() => require('./expect-silence'))

/** What one of several messages is, for those that nobody wants. */
export const { anyOf, anyUnwanted } = lazyFunctions<typeof Unwanted>(() => require('./unwanted'))
