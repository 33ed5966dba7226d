/** The kinds of messages, each loaded when it is first needed. */

import { lazyFunctions } from '../lazy-functions'
import type * as FillInPlace from '../variables/fill-in-place'
import type * as AddressedMessage from './addressed-message'
import type * as BinaryMessage from './binary-message'
import type * as ContractMessage from './contract-message'
import type * as FrameMessage from './frame-message'
import type * as JsonMessage from './json-message'
import type * as MemberMessage from './member-message'
import type * as MessageExpression from './message-expression'
import type * as PhraseMessage from './phrase-message'
import type * as RememberedValue from './remembered-value'
import type * as TableMessage from './table-message'

/** `a message with:` a table, and `the "place order" message` of the messages folder. */
export const { messageWith, namedMessage } = lazyFunctions<typeof TableMessage>(() => require('./table-message'))

/** `"Hello" on "news"`, and `the event "chat" with "Hello"`. */
export const { namedEvent, onTopic } = lazyFunctions<typeof AddressedMessage>(() => require('./addressed-message'))

/** `a "PongMessage"` of an AsyncAPI document, and `the wrong "Hello"`. */
export const { contractMessage, contrary } = lazyFunctions<typeof ContractMessage>(() => require('./contract-message'))

/** `the frame "42[…]"`. */
export const { frame } = lazyFunctions<typeof FrameMessage>(() => require('./frame-message'))

/** `a message where "amount" is at least 100`, and `a message of type "welcome"`. */
export const { messageOfType, messageWhere } = lazyFunctions<typeof MemberMessage>(() => require('./member-message'))

/** `the file "logo.png"`, and `the bytes "de ad be ef"`: binary messages. */
export const { bytes, file } = lazyFunctions<typeof BinaryMessage>(() => require('./binary-message'))

/** `a message containing "…"`, and `a message matching "…"`. */
export const { containing, matchingPattern } = lazyFunctions<typeof PhraseMessage>(() => require('./phrase-message'))

/** `a message valid against "…"`. */
export const { validAgainst } = lazyFunctions<typeof JsonMessage>(() => require('./json-message'))

/** Whether a message is another one for each client. */
export const { differsByClient } = lazyFunctions<typeof MessageExpression>(() => require('./message-expression'))

/** What a message has at a path. */
export const { rememberedValue } = lazyFunctions<typeof RememberedValue>(() => require('./remembered-value'))

/** A path with its variables filled in. */
export const { fillPath } = lazyFunctions<typeof FillInPlace>(() => require('../variables/fill-in-place'))
