/** JSON-RPC 2.0 (jsonrpc.org/specification): parameters, results and errors are the content; a batch is several messages. */

import { FLAG, requireOptions } from '../arguments'
import { ExactNumber, stringifyExactly } from '../json/exact-number'
import { isContainer, isObject } from '../json/json-value'
import {
  type ContentKind,
  contentOf,
  decodedValue,
  decodeEach,
  type JsonObject,
  jsonOf,
  parseFrame,
  requireObject,
  textOf,
} from '../protocol/json-content'
import type { DecodedMessage, Protocol } from '../protocol/protocol'
import { AskedIds, idOf } from '../protocol-frames/json-rpc-ids'

/** The ids of the server's requests, as it writes them, by what they are known by. */
type Questions = Map<string | number, unknown>

function decode(message: JsonObject, questions: Questions, asked: AskedIds, isStrict: boolean): DecodedMessage {
  const { jsonrpc, method, params, id, result, error } = message
  if (isStrict && jsonrpc !== '2.0') {
    throw new Error('its member "jsonrpc" is not "2.0": for a server that leaves it out, write jsonrpc: false')
  }
  if (method !== undefined) {
    if (typeof method !== 'string') throw new Error('its method is not a text')
    if (result !== undefined || error !== undefined) throw new Error('it is both a request and a response')
    if (isStrict && params !== undefined && !isContainer(params)) {
      throw new Error('its parameters are neither a list nor an object')
    }
    return { ...decodedValue(params), event: method, ...questionOf(id, questions) }
  }
  if (id === undefined) throw new Error('it is neither a request nor a response')
  const outcome = outcomeOf(result, error)
  if (isStrict && outcome.isError && !isError(error)) {
    throw new Error('its error is not an object with an integer "code" and a text "message"')
  }
  // What the server could not read had no id.
  if (id === null && outcome.isError) return outcome
  asked.take(id)
  return { ...outcome, answerTo: idOf(id) }
}

/** An error of version 2.0 (its section 5.1). */
function isError(value: unknown): boolean {
  if (!isObject(value) || typeof value.message !== 'string') return false
  const { code } = value
  return (typeof code === 'number' || code instanceof ExactNumber) && Number.isInteger(Number(String(code)))
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
function outcomeOf(result: unknown, error: unknown): DecodedMessage {
  const hasError = error !== undefined && error !== null
  const hasResult = result !== undefined && !(hasError && result === null)
  if (hasError === hasResult)
    throw new Error(`it has ${hasError ? 'both' : 'neither'} a result ${hasError ? 'and' : 'nor'} an error`)
  return hasError ? { ...decodedValue(error), isError: true } : decodedValue(result)
}

interface JsonRpcOptions {
  /**
   * Whether requests say which version it is, and what the server says has to be of it. Default true; DevTools of browsers neither
   * take nor say it.
   */
  readonly jsonrpc?: boolean
}

function isId(id: unknown): boolean {
  return id instanceof ExactNumber || typeof id === 'string' || typeof id === 'number'
}

/** What stands for the parameters: an object by their names, otherwise a list. */
function paramsOf(content: string | Buffer | undefined, kind: ContentKind | undefined): unknown {
  if (content === undefined) return undefined
  const value = jsonOf(content, kind)
  return isContainer(value) ? value : [value]
}

/** The code of errors of an application, where a sentence says none: an error has to have one. */
const SERVER_ERROR = -32000

/** What stands for an error: an object, or a text as the message of one. */
function errorOf(value: unknown): unknown {
  if (typeof value === 'string') return { code: SERVER_ERROR, message: value }
  return isObject(value) ? { code: SERVER_ERROR, ...value } : value
}

/** The ids of the requests in what is sent, which may be a batch of them; what is not valid may be answered, too. */
function idsIn(content: string | Buffer): { readonly ids: readonly unknown[]; readonly isBatch: boolean } {
  let value: unknown
  try {
    value = parseFrame(textOf(content))
  } catch {
    return { ids: [], isBatch: false }
  }
  const requests = [value].flat().filter(isObject)
  const asking = requests.filter(({ id, result, error }) => isId(id) && result === undefined && error === undefined)
  return { ids: asking.map(({ id }) => id), isBatch: Array.isArray(value) }
}

export const protocol: Protocol = {
  name: 'json-rpc',
  topics: false,
  open({ send }, options) {
    requireOptions('the protocol json-rpc', options, { jsonrpc: FLAG })
    const { jsonrpc = true }: JsonRpcOptions = options
    const version = jsonrpc ? '2.0' : undefined
    const questions: Questions = new Map()
    const asked = new AskedIds()
    const request = (method: string, params: unknown, id?: number) =>
      send(stringifyExactly({ jsonrpc: version, method, params, id }))
    return {
      *received(frame) {
        const value = parseFrame(textOf(frame))
        const messages = Array.isArray(value) ? value : [value]
        if (messages.length === 0) throw new Error('it is a batch without messages')
        yield* decodeEach(messages, contentOf, (message) => [decode(requireObject(message), questions, asked, jsonrpc)])
      },
      // What is sent is written as it is: its id is what an answer is known by.
      send(content) {
        const { ids, isBatch } = idsIn(content)
        asked.write(ids)
        send(content)
        return isBatch || ids.length === 0 ? undefined : idOf(ids[0])
      },
      emit: (method, content, _topic, kind) => request(method, paramsOf(content, kind)),
      answer(id, content, isError, kind) {
        const value = jsonOf(content, kind)
        const outcome = isError ? { error: errorOf(value) } : { result: value }
        // It is kept: the server may ask again with the same one before this has been answered.
        send(stringifyExactly({ jsonrpc: version, id: questions.get(id), ...outcome }))
      },
      call(method, content, kind) {
        const params = paramsOf(content, kind)
        const id = asked.forCall()
        request(method, params, id)
        return id
      },
    }
  },
}
