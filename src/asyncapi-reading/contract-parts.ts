/** What a contract is made of, as messages are validated against it. */

import type { Sender } from '../asyncapi/contract-model'
import type { ContractSchema } from '../asyncapi-schemas/contract-schemas'
import type { ChannelAddress } from './address'
import type { MessageBody } from './message-body'

/** A message as an operation or a channel has it. */
export interface ContractMessage {
  readonly name: string
  readonly body: MessageBody
  readonly channel: ContractChannel
  /** Undefined for a message that no operation has. */
  readonly operation: ContractOperation | undefined
}

export interface ContractOperation {
  readonly name: string
  readonly sender: Sender
  readonly isReply: boolean
  readonly messages: readonly ContractMessage[]
}

/** What the value of a parameter of an address has to be. */
export interface AddressParameter {
  readonly schema: ContractSchema | undefined
  readonly values: readonly string[] | undefined
  /** One that the document gives. */
  readonly example: string | undefined
}

export interface ContractChannel {
  readonly name: string
  readonly address: ChannelAddress | undefined
  readonly parameters: ReadonlyMap<string, AddressParameter>
  /** What the query and the headers of a handshake have to be. */
  readonly query: ContractSchema | undefined
  readonly headers: ContractSchema | undefined
  readonly operations: ContractOperation[]
  /** What either may send, since the channel has no operations. */
  readonly others: ContractMessage[]
  /** What none of its operations has, so that nobody may send it. */
  readonly unused: ContractMessage[]
}

/** All of it. */
export interface ContractParts {
  readonly title: string
  /** The version of AsyncAPI. */
  readonly asyncapi: string
  readonly channels: readonly ContractChannel[]
  /** What is read, and not validated. */
  readonly notes: readonly string[]
}
