/** Operations of GraphQL, as settings and sentences write them: by their texts, as objects, or by names. */

import { isDeepStrictEqual } from 'node:util'
import { type Kind, NAME } from '../arguments'
import { UsageError } from '../errors'
import { isObject } from '../json/json-value'
import type { JsonObject } from '../protocol/json-content'

/** A query, a mutation or a subscription. */
export interface Operation {
  readonly query: string
  readonly variables?: JsonObject | null
  readonly operationName?: string | null
  readonly extensions?: JsonObject | null
}

export interface GraphQLOptions {
  /** What a client says of itself when it connects, such as a token. */
  readonly payload?: JsonObject
  /** What a client subscribes to as soon as it is connected. */
  readonly subscribe?: readonly (string | Operation)[]
  /** The operation that `sends` carries out, with the content as its variables. */
  readonly send?: string | Operation
  /** Operations by the names that sentences call, publish and subscribe to them by. */
  readonly operations?: Readonly<Record<string, string | Operation>>
  /** Which variable the content is. Default: the members of an object are variables, everything else is `text`. */
  readonly variable?: string
}

const isName = (value: unknown) => value === undefined || value === null || typeof value === 'string'
export const isMap = (value: unknown) => value === undefined || value === null || isObject(value)

export function isOperation(value: unknown): value is Operation {
  if (!isObject(value)) return false
  const { query, variables, operationName, extensions, ...others } = value
  return (
    NAME.accepts(query) &&
    isMap(variables) &&
    isName(operationName) &&
    isMap(extensions) &&
    Object.keys(others).length === 0
  )
}

/** Every operation selects something; what does not is a name, or a mistake. */
export const isGraphQL = (value: unknown) => typeof value === 'string' && value.includes('{')

export const OPERATION: Kind = {
  words: 'an operation: a text of GraphQL, or an object with `query`, `variables`, `operationName`',
  accepts: (value) => isGraphQL(value) || isOperation(value),
}

export const OPERATIONS: Kind = {
  words: 'a list of operations: texts of GraphQL, names, or objects with `query`, `variables`, `operationName`',
  accepts: (value) => Array.isArray(value) && value.every((each) => NAME.accepts(each) || isOperation(each)),
}

export const NAMED_OPERATIONS: Kind = {
  words: 'an object of operations by their names, each a text of GraphQL, or an object with `query`',
  accepts: (value) => isObject(value) && Object.values(value).every(OPERATION.accepts),
}

export function asObject(operation: string | Operation): Operation {
  return typeof operation === 'string' ? { query: operation } : operation
}

/** The name that an operation has in its text, if it begins with it; comments may stand before. */
const SUBSCRIPTION = /^(?:[\s,]|#[^\n\r]*[\n\r])*subscription\b/
const NAMED = /^(?:[\s,]|#[^\n\r]*[\n\r])*(?:query|mutation|subscription)\s+(\w+)/

export function nameOf({ query, operationName }: Operation): string | undefined {
  return operationName ?? NAMED.exec(query)?.[1]
}

export function isSubscription({ query, operationName }: Operation): boolean {
  if (!operationName) return SUBSCRIPTION.test(query)
  return [...query.matchAll(/\bsubscription\s+(\w+)/g)].some(([, name]) => name === operationName)
}

export function nameIn({ operations = {} }: GraphQLOptions, operation: Operation): string | undefined {
  return Object.keys(operations).find((name) => isDeepStrictEqual(asObject(operations[name] as string), operation))
}

/** What results of a subscription have as their topic: the name of the operation, if it has one, or its text. */
export function topicOf(topic: string, options: GraphQLOptions): string {
  if (Object.hasOwn(options.operations ?? {}, topic)) return topic
  return nameIn(options, asObject(topic)) ?? topic
}

export function unknownName({ operations = {} }: GraphQLOptions): UsageError {
  const known = Object.keys(operations).join(', ') || 'none'
  return new UsageError(`the setting "operations" has none of this name: it has ${known}`)
}
