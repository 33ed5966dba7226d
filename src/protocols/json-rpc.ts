/** JSON-RPC 2.0 (jsonrpc.org/specification): parameters, results and errors are the content; a batch is several messages. */

import { requireOptions } from '../arguments'
import { contentOf, decodeEach, type JsonObject, parseFrame, requireObject, textOf } from '../protocol/json-content'
import type { DecodedMessage, Protocol } from '../protocol/protocol'

function decode(message: JsonObject): DecodedMessage {
  const { method, params, id, result, error } = message
  if (method !== undefined) return { content: contentOf(params), event: contentOf(method) }
  if (id === undefined) throw new Error('it is neither a request nor a response')
  const answerTo = contentOf(id)
  return error === undefined
    ? { content: contentOf(result), answerTo }
    : { content: contentOf(error), answerTo, isError: true }
}

export const protocol: Protocol = {
  name: 'json-rpc',
  open({ send }, options) {
    requireOptions('the protocol json-rpc', options, {})
    return {
      *received(frame) {
        const messages = [parseFrame(textOf(frame))].flat()
        if (messages.length === 0) throw new Error('it is a batch without messages')
        yield* decodeEach(messages, contentOf, (message) => [decode(requireObject(message))])
      },
      // A request is written as it is: its id is what an answer is known by.
      send,
    }
  },
}
