/** JSON-RPC 2.0 (jsonrpc.org/specification): parameters, results and errors are the content; a batch is several messages. */

import { FLAG, requireOptions } from '../arguments'
import { ExactNumber, stringifyExactly } from '../json/exact-number'
import { isContainer, isObject } from '../json/json-value'
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

/** The ids of the server's requests, as it writes them, by what they are known by. */
type Questions = Map<string | number, unknown>

function decode(message: JsonObject, questions: Questions): DecodedMessage {
  const { method, params, id, result, error } = message
  if (method !== undefined) {
    return { content: contentOf(params), event: contentOf(method), ...questionOf(id, questions) }
  }
  if (id === undefined) throw new Error('it is neither a request nor a response')
  const answerTo = idOf(id)
  return hasFailed(result, error)
    ? { content: contentOf(error), isError: true, answerTo }
    : { content: contentOf(result), answerTo }
}

/** In version 1.0, a notification has null. */
function questionOf(id: unknown, questions: Questions): { requestId?: string | number } {
  if (id === undefined || id === null) return {}
  const isExact = id instanceof ExactNumber
  if (!isExact && !['string', 'number'].includes(typeof id)) throw new Error('its id is neither a text nor a number')
  const requestId = isExact ? String(id) : (id as string | number)
  questions.set(requestId, id)
  return { requestId }
}

/** As in version 1.0, what there is not may also be null. */
function hasFailed(result: unknown, error: unknown): boolean {
  const hasError = error !== undefined && error !== null
  const hasResult = result !== undefined && !(hasError && result === null)
  if (hasError === hasResult)
    throw new Error(`it has ${hasError ? 'both' : 'neither'} a result ${hasError ? 'and' : 'nor'} an error`)
  return hasError
}

interface JsonRpcOptions {
  /** Whether requests say which version it is. Default true; DevTools of browsers do not take it. */
  readonly jsonrpc?: boolean
}

/** The number 7 and the text "7" are two ids. */
function idOf(id: unknown): string | number {
  return typeof id === 'number' ? id : contentOf(id)
}

/** What stands for the parameters: an object by their names, otherwise a list. */
function paramsOf(content: string | Buffer | undefined): unknown {
  if (content === undefined) return undefined
  const value = jsonOf(content)
  return isContainer(value) ? value : [value]
}

/** What stands for an error: an object as it is, a text as the message of one. */
function errorOf(value: unknown): unknown {
  return typeof value === 'string' ? { code: -32000, message: value } : value
}

/** What is sent, if it is a request. */
function requestOf(content: string | Buffer): JsonObject {
  try {
    const value = parseFrame(textOf(content))
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

export const protocol: Protocol = {
  name: 'json-rpc',
  topics: false,
  open({ send }, options) {
    requireOptions('the protocol json-rpc', options, { jsonrpc: FLAG })
    const { jsonrpc = true }: JsonRpcOptions = options
    const version = jsonrpc ? '2.0' : undefined
    let lastId = 0
    const questions: Questions = new Map()
    const request = (method: string, content: string | Buffer | undefined, id?: number) =>
      send(stringifyExactly({ jsonrpc: version, method, params: paramsOf(content), id }))
    return {
      *received(frame) {
        const value = parseFrame(textOf(frame))
        const messages = Array.isArray(value) ? value : [value]
        if (messages.length === 0) throw new Error('it is a batch without messages')
        yield* decodeEach(messages, contentOf, (message) => [decode(requireObject(message), questions)])
      },
      // A request is written as it is: its id is what an answer is known by.
      send(content) {
        send(content)
        const { id } = requestOf(content)
        return id === undefined ? undefined : idOf(id)
      },
      emit: (method, content) => request(method, content),
      answer(id, content, isError) {
        const value = jsonOf(content)
        const outcome = isError ? { error: errorOf(value) } : { result: value }
        send(stringifyExactly({ jsonrpc: version, id: questions.get(id), ...outcome }))
        questions.delete(id)
      },
      call(method, content) {
        const id = ++lastId
        request(method, content, id)
        return id
      },
    }
  },
}
