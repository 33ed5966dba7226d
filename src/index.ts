/**
 * The API for people who write their own steps, or no steps at all.
 * @packageDocumentation
 */

export type { NamedTexts } from './arguments'
export type { Client } from './client/client'
export type { ReactionBuilder } from './client/reaction-builder'
export type { AnswerOptions, ReplyOptions } from './client-actions/protocol-actions'
export type { WaitOptions } from './client-state/client-state'
export type { DisconnectionOptions } from './client-state/connection-assertions'
export type { SourceLocation } from './client-state/reaction'
export type { SendOptions } from './client-state/sending'
export type { CloseInfo, CodecSetting, ProtocolSetting, TlsSettings } from './connection/connection'
export type { ConnectOptions } from './connection/connection-target'
export type { ContractSetting } from './contract/contract-setting'
export type { Conversation as BaseConversation, Sentence } from './conversation/conversation'
export type { ReportOccasion, ReportSettings } from './conversation-state/resolved-settings'
export { type Comparison, ConnectionError, ConversationError, ExpectationError, UsageError } from './errors'
export { atMost, regularly, repeatedly } from './expectations/expect-count'
export {
  eitherMessage,
  everythingUpTo,
  message,
  messageWithout,
  type NewOnly,
  nextMessage,
} from './expectations/expect-one'
export { lastMessage, messageAfter, messageBefore, nextAfter } from './expectations/expect-order'
export { consecutively, exactlyBefore, inAnyOrder, inOrder, messageCount } from './expectations/expect-several'
export { type SilenceOptions, silence } from './expectations/expect-silence'
export type { HttpExchange } from './http/http-exchange'
export type { HttpRequests, RequestOptions } from './http/http-requests'
export type { Expectation } from './inbox/expectation'
export type { Message } from './inbox/message'
export type { ExactNumber } from './json/exact-number'
export { defineMarker } from './matching/markers'
export { anyMessage, type Difference, type Matcher, type MessageContent, NOT_JSON } from './matching/matcher'
export type { ContentKind, MessageDetails } from './message-details'
export { namedEvent, onTopic } from './messages/addressed-message'
export { bytes, file } from './messages/binary-message'
export { contractMessage, contrary } from './messages/contract-message'
export { frame } from './messages/frame-message'
export { json, validAgainst } from './messages/json-message'
export { messageOfType, messageWhere } from './messages/member-message'
export type { MessageContext, MessageExpression } from './messages/message-expression'
export type { MessageInput } from './messages/message-input'
export { containing, matchingPattern, phrase, text } from './messages/phrase-message'
export { type MemberRows, messageWith, namedMessage } from './messages/table-message'
export type { PhraseTemplates } from './messages/templates'
export type { CommandOptions, Processes } from './processes/processes'
export type { Command, Program, ReadyCheck } from './processes/programs'
export { type Codec, type CodecConnection, type CodecSession, type DecodedContent, defineCodec } from './protocol/codec'
export { Confirmations } from './protocol/confirmations'
export {
  type DecodedMessage,
  defineProtocol,
  type Protocol,
  type ProtocolConnection,
  type ProtocolSession,
} from './protocol/protocol'
export type { Settings } from './settings/settings'
export { EVENT_KINDS, type EventKind, type Transcript, type TranscriptEntry } from './transcript'
export { translateSentences } from './translation'
export type { Variables } from './variables/variables'
export { Conversation } from './websocket-conversation'
export { ConversationWorld, conversationOf } from './world'
