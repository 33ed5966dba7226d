/** JSON-RPC 2.0 (jsonrpc.org/specification): parameters, results and errors are the content; a batch is several messages. */

import { requireOptions } from '../arguments'
import { stringifyExactly } from '../json/exact-number'
import { isContainer } from '../json/json-value'
import {
  contentOf,
  decodeEach,
  type JsonObject,
  jsonOf,
  parseFrame,
  requireObject,
  textOf,
} from '../protocol/json-content'
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

/** What stands for the parameters: an object by their names, otherwise a list. */
function paramsOf(content: string | Buffer | undefined): { params?: unknown } {
  if (content === undefined) return {}
  const value = jsonOf(content)
  return { params: isContainer(value) ? value : [value] }
}

export const protocol: Protocol = {
  name: 'json-rpc',
  topics: false,
  open({ send }, options) {
    requireOptions('the protocol json-rpc', options, {})
    let lastId = 0
    const request = (members: JsonObject) => send(stringifyExactly({ jsonrpc: '2.0', ...members }))
    return {
      *received(frame) {
        const messages = [parseFrame(textOf(frame))].flat()
        if (messages.length === 0) throw new Error('it is a batch without messages')
        yield* decodeEach(messages, contentOf, (message) => [decode(requireObject(message))])
      },
      // A request is written as it is: its id is what an answer is known by.
      send,
      emit: (method, content) => request({ method, ...paramsOf(content) }),
      call(method, content) {
        const id = ++lastId
        request({ method, ...paramsOf(content), id })
        return id
      },
    }
  },
}
