/** The API for people who write their own steps, or no steps at all. */

export type { Arrival } from './conversation/address'
export type { Client, Reacting } from './conversation/client'
export type { Tls } from './conversation/connection'
export type { Extras, Occasion, Reporting, Sentence, Terms } from './conversation/conversation'
export { ConnectionFailure, UnmetExpectation } from './conversation/errors'
export {
  type Expectation,
  everythingUpTo,
  inAnyOrder,
  inFullBefore,
  inOneRun,
  inOrder,
  messages,
  next,
  one,
  oneWithout,
  silence,
} from './conversation/expectation'
export type { Message } from './conversation/message'
export type { Command, Program } from './conversation/programs'
export type { Entry, Happening, Transcript } from './conversation/transcript'
export type { Within } from './conversation/visitor'
export {
  anything,
  bytes,
  file,
  json,
  like,
  members,
  named,
  part,
  phrase,
  type Spoken,
  text,
  validAgainst,
  type Wording,
} from './conversation/wording'
export { ConversationError, Mistake } from './matching/errors'
export { defineMarker } from './matching/markers'
export { anyMessage, type Difference, type Matcher, NOT_JSON, type Readable } from './matching/matcher'
export type { Settings } from './settings/settings'
export { Conversation } from './websocket-conversation'
export { ConversationWorld, conversationOf } from './world'
