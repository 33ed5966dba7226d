/** What an AsyncAPI document promises, and what scenarios have seen of it: plain data, as reports pass it on. */

/** Who sends a message: the clients of the scenarios, or the server. */
export type Sender = 'client' | 'server'

/** What a document promises. */
export interface ContractModel {
  /** As the settings name it: a path, or an address. */
  readonly document: string
  /** Of its text and of all that it refers to: two runs with the same one have validated against the same promises. */
  readonly hash: string
  readonly title: string
  /** Of AsyncAPI. */
  readonly asyncapi: string
  readonly channels: readonly ModelChannel[]
}

/** An address at which messages are exchanged. */
interface ModelChannel {
  readonly name: string
  /** With its parameters in braces: `/rooms/{room}`; undefined if the document does not say it. */
  readonly address: string | undefined
  readonly operations: readonly ModelOperation[]
  /** What either side may send, since the channel has no operations. */
  readonly others?: readonly ModelMessage[] | undefined
}

/** What somebody may do in a channel. */
interface ModelOperation {
  /** Unique in the document: its own name, or the channel's and what it does there. */
  readonly name: string
  readonly sender: Sender
  /** Whether it is the reply to another operation. */
  readonly isReply: boolean
  readonly messages: readonly ModelMessage[]
}

/** A message of an operation, or of a channel without any. */
interface ModelMessage {
  /** Unique there. */
  readonly name: string
  /** Branches of `oneOf` and `anyOf`, and values of enums in its payload, as they stand there: `$.status: "open"`, `$.pet: Cat`. */
  readonly parts: readonly string[]
}

/** What became of a message: `unvalidated` can be read by nobody, or has a schema format that is not JSON Schema. */
export type Verdict = 'valid' | 'wrong' | 'undocumented' | 'unvalidated'

/** How often scenarios have seen the same. */
export interface Observation {
  /** Undefined where the address is in no channel of the document. */
  readonly channel: string | undefined
  /** Undefined for what no operation has. */
  readonly operation: string | undefined
  /** Of what is wrong, the nearest one; undefined where there is none. */
  readonly message: string | undefined
  readonly sender: Sender
  readonly verdict: Verdict
  /** Whether a sentence or a tag has said that it contradicts the document. */
  readonly isOnPurpose: boolean
  readonly count: number
  /** Those of `ModelMessage.parts` that were seen. */
  readonly parts: readonly string[]
  /** Of what is wrong or undocumented, the first complaint, without secrets. */
  readonly complaint: string | undefined
}

/** What one scenario has seen of one document. */
export interface ObservedContract {
  readonly document: string
  readonly hash: string
  readonly observations: readonly Observation[]
}
