/** Contracts whose documents are in memory, and the messages that are validated against them. */

import { type Contract, readContract } from '../../src/asyncapi/contract'
import type { ExchangedMessage } from '../../src/asyncapi/message-validator'
import type { ContractOptions } from '../../src/asyncapi-reading/contract-reader'
import { UsageError } from '../../src/errors'
import { Message } from '../../src/inbox/message'

type Files = Readonly<Record<string, unknown>>

/** Reads files from memory: texts as they are, and anything else as JSON. */
export function readerOf(files: Files): (path: string) => string {
  return (path) => {
    if (!Object.hasOwn(files, path)) throw new UsageError(`There is no file "${path}".`)
    return typeof files[path] === 'string' ? (files[path] as string) : JSON.stringify(files[path], undefined, 2)
  }
}

/** A contract of a document, and of others beside it. */
export function contractOf(document: unknown, files: Files = {}, options?: ContractOptions): Contract {
  return readContract('asyncapi.json', readerOf({ 'asyncapi.json': document, ...files }), options)
}

/** A document of version 3 with the channel `chat` at `/chat`. */
export function chatDocument(
  messages: Readonly<Record<string, unknown>>,
  operations: Readonly<Record<string, unknown>> = {},
  others: object = {},
): Record<string, unknown> {
  return {
    asyncapi: '3.0.0',
    info: { title: 'Chat', version: '1' },
    channels: { chat: { address: '/chat', messages } },
    operations,
    ...others,
  }
}

/** An operation of the channel `chat` with some of its messages. */
export function operation(action: 'send' | 'receive', names: readonly string[], more: object = {}): object {
  const messages = names.map((name) => ({ $ref: `#/channels/chat/messages/${name}` }))
  return { action, channel: { $ref: '#/channels/chat' }, messages, ...more }
}

/** A message that comes from the server at `/chat`, if nothing else is said. */
export function exchanged(content: unknown, more: Partial<ExchangedMessage> = {}): ExchangedMessage {
  const payload = typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content)
  return { sender: 'server', url: 'ws://127.0.0.1:1234/chat?a=1', content: new Message(1, 0, payload), ...more }
}
