/** Messages that are JSON: as a person writes it, or valid against a schema. */

import { FLAG, requireArgument, requireOptions, TEXT } from '../arguments'
import { MAX_JSON_DEPTH, parseBoundedJson } from '../json/json-depth'
import { hasVariables, parseJson, quoteVariables, stringifyJson } from '../json/json-text'
import { jsonContaining, jsonEqualTo } from '../matching/json-matcher'
import { requireNoMarker } from '../matching/markers'
import { learnSecrets } from '../redaction'
import { excerpt, quoted } from '../text/excerpt'
import { fillSchemaLocation } from '../variables/fill-in-place'
import { type MessageExpression, receiveOnly } from './message-expression'

/**
 * JSON: sent as it is written, expected to be contained.
 * @param options.exactly whether a received message may have nothing else
 * @example await rob.receives(json('{"type": "ping"}', { exactly: true }))
 */
export function json(source: string, options: { readonly exactly?: boolean } = {}): MessageExpression {
  requireArgument('json', 'source', source, TEXT)
  requireOptions('json', options, { exactly: FLAG })
  const { exactly = false } = options
  return {
    kind: 'json',
    describe: () => `${exactly ? 'exactly ' : ''}${excerpt(source)}`,
    toSend({ variables }) {
      requireNoMarkerIn(source)
      const filled = variables.fillJson(source)
      parseJson(filled)
      return filled
    },
    toMatcher({ variables }) {
      const value = variables.expectedJson(source)
      return exactly ? jsonEqualTo(value) : jsonContaining(value)
    },
    checkSendable: () => requireNoMarker(parseJson(quoteVariables(source))),
  }
}

function requireNoMarkerIn(source: string): void {
  // Most JSON has none, and need not be parsed once more.
  if (source.includes('"#')) requireNoMarker(parseJson(quoteVariables(source)))
}

/**
 * A value, sent as JSON and expected to be contained; texts in it may have variables.
 * @throws UsageError if JSON would lose a part of it
 */
export function jsonValue(value: unknown): MessageExpression {
  const source = stringifyJson(value)
  // Such a text is valid JSON, with each member once: it need not be parsed again for that.
  const isComplete = !hasVariables(source) && !source.includes('"#') && source.length <= 2 * MAX_JSON_DEPTH
  if (!isComplete) return json(source)
  return {
    kind: 'json',
    describe: () => excerpt(source),
    toSend: () => source,
    toMatcher() {
      const expected = parseBoundedJson(source)
      learnSecrets((redaction) => redaction.learn(expected))
      return jsonContaining(expected)
    },
  }
}

/**
 * `a message valid against "order.schema.json"`.
 * @param path of a JSON Schema, relative to the feature, the messages folder or the project; or an address, which
 * `conversation.readSchema` has read. A part of a document is named behind `#`, by a JSON Pointer or an anchor
 * @example await rob.receives(validAgainst('asyncapi.json#/components/schemas/Pong'))
 */
export function validAgainst(path: string): MessageExpression {
  requireArgument('validAgainst', 'path', path, TEXT)
  return receiveOnly(`a message valid against ${quoted(path)}`, ({ files, variables }) => {
    const { validAgainstSchema } = require('../schemas/schema-matcher') as typeof import('../schemas/schema-matcher')
    return validAgainstSchema(fillSchemaLocation(path, variables), (file) => files.read(file).toString())
  })
}
