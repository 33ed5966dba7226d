/** The messages that few features write, each loaded when it is first needed. */

import { lazyFunction } from '../lazy-function'
import type { bytes as Bytes, file as File } from './binary-message'
import type { messageOfType as MessageOfType, messageWhere as MessageWhere } from './member-message'
import type { rememberedValue as RememberedValue } from './remembered-value'
import type { messageWith as MessageWith, namedMessage as NamedMessage } from './table-message'

/** `a message with:` a table of paths and values. */
export const messageWith: typeof MessageWith = lazyFunction(() => require('./table-message').messageWith)

/** `the "place order" message`: from the messages folder. */
export const namedMessage: typeof NamedMessage = lazyFunction(() => require('./table-message').namedMessage)

/** `a message where "amount" is at least 100`, and `with "type" "welcome"`. */
export const messageWhere: typeof MessageWhere = lazyFunction(() => require('./member-message').messageWhere)

/** `a message of type "welcome"`. */
export const messageOfType: typeof MessageOfType = lazyFunction(() => require('./member-message').messageOfType)

/** `the file "logo.png"`: a binary message. */
export const file: typeof File = lazyFunction(() => require('./binary-message').file)

/** `the bytes "de ad be ef"`: a binary message. */
export const bytes: typeof Bytes = lazyFunction(() => require('./binary-message').bytes)

/** What a message has at a path. */
export const rememberedValue: typeof RememberedValue = lazyFunction(() => require('./remembered-value').rememberedValue)
