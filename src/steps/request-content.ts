/** What stands below a sentence that requests: headers, query parameters, cookies and the body. */

import { UsageError } from '../errors'
import type { RequestOptions } from '../http/http-requests'
import { withUniqueMembers } from '../json/duplicate-members'
import { looksLikeJson } from '../json/json-text'
import { messageWith } from '../messages/lazy-messages'
import { requireUniqueHeaders, requireUniqueNames } from '../text/duplicates'
import { quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'

type Body = NonNullable<RequestOptions['body']>
type Pair = readonly [name: string, value: string]
type Row = readonly [kind: string, name: string, value: string]

const HEADER_EXAMPLE = '| Authorization | Bearer x |'
const KINDS = ['header', 'query', 'cookie', 'body', 'member']
const EXAMPLES: Readonly<Record<string, string>> = {
  header: '| header | Authorization | Bearer x |',
  query: '| query | page | 2 |',
  cookie: '| cookie | session | abc |',
  body: '| body | {"amount": 3} | |',
  member: '| member | order.amount | 3 |',
}

/**
 * The body of a request, as a doc string has it.
 * @param mediaType of the doc string, if it has one
 */
export function contentOfText(body: string, mediaType = ''): RequestOptions {
  const isJson = mediaType === 'json' || looksLikeJson(body)
  return withBody({}, textBody(body, isJson), mediaType.includes('/') ? mediaType : typeOf(isJson))
}

/**
 * Headers, or rows of `| header | … | … |` and its like.
 * @throws UsageError for what could not be sent as it is written
 */
export function contentOfRows(rows: readonly (readonly string[])[]): RequestOptions {
  const width = rows[0]?.length ?? 0
  if (width === 2) return rowsOfTwo(rows as readonly Pair[])
  if (width === 3) return rowsOfThree(rows as readonly Row[])
  throw new UsageError(
    `A request's table has two columns, a header and its value: ${HEADER_EXAMPLE}\n` +
      `or three, of which the first says what the others are:\n  ${Object.values(EXAMPLES).join('\n  ')}`,
  )
}

/** Headers, and perhaps `| body | … |`. */
function rowsOfTwo(rows: readonly Pair[]): RequestOptions {
  const bodies = rows.filter(([name]) => name === 'body').map(([, value]) => value)
  const headers = requestHeaders(rows.filter(([name]) => name !== 'body'))
  return withBodyOf({ headers }, bodies, [])
}

function rowsOfThree(rows: readonly Row[]): RequestOptions {
  const bodies: string[] = []
  const pairs: Record<string, Pair[]> = { header: [], query: [], cookie: [], member: [] }
  for (const [kind, name, value] of rows) {
    if (kind === 'body') bodies.push(bodyCell(name, value))
    else
      (Object.hasOwn(pairs, kind) ? (pairs[kind] as Pair[]) : rejectKind(kind)).push([requireName(kind, name), value])
  }
  const { header = [], query = [], cookie = [], member = [] } = pairs
  requireUniqueNames(
    'cookie',
    cookie.map(([name]) => name),
  )
  const options = {
    headers: requestHeaders(header),
    ...(query.length > 0 && { parameters: query }),
    ...(cookie.length > 0 && { cookies: Object.fromEntries(cookie) }),
  }
  return withBodyOf(options, bodies, member)
}

function requestHeaders(rows: readonly Pair[]): Record<string, string> {
  for (const [name] of rows) requireName('header', name)
  requireUniqueHeaders(rows.map(([name]) => name))
  return Object.fromEntries(rows)
}

function bodyCell(first: string, second: string): string {
  if (first === '' || second === '') return first || second
  throw new UsageError(`A body is written in one cell, and the other one stays empty: ${EXAMPLES.body}`)
}

function requireName(kind: string, name: string): string {
  if (name.trim() !== '') return name
  throw new UsageError(`A ${kind} of a request needs a name: ${EXAMPLES[kind]}`)
}

function rejectKind(kind: string): never {
  const hint = nearest(kind, KINDS)
  const advice = hint ? `Did you mean ${hint}?` : 'In a table of three columns the first says what the others are.'
  const example = hint ? EXAMPLES[hint] : Object.values(EXAMPLES).join('\n  ')
  throw new UsageError(`A request cannot have a ${quoted(kind)}. ${advice} Write it like\n  ${example}`)
}

/** @throws UsageError for a body that is written in several ways */
function withBodyOf(options: RequestOptions, bodies: readonly string[], members: readonly Pair[]): RequestOptions {
  const [source] = bodies
  if (bodies.length > 1 || (source !== undefined && members.length > 0)) {
    throw new UsageError(
      `A request has one body: write it in one row, ${EXAMPLES.body}, or each member of it in a row, ${EXAMPLES.member}`,
    )
  }
  if (source !== undefined) {
    const isJson = looksLikeJson(source)
    return withBody(options, textBody(source, isJson), typeOf(isJson))
  }
  return members.length === 0 ? options : withBody(options, messageWith(members), typeOf(true))
}

function withBody(options: RequestOptions, body: Body, contentType: string): RequestOptions {
  const { headers = {} } = options
  const hasOwn = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  return { ...options, body, headers: hasOwn ? headers : { ...headers, 'Content-Type': contentType } }
}

/** A body as it is written, also one that is not quite JSON: how a server takes that may be what is tested. */
function textBody(source: string, isJson: boolean): Body {
  return {
    toSend: ({ variables }) => (isJson ? withUniqueMembers(variables.fillJson(source)) : variables.fill(source)),
  }
}

function typeOf(isJson: boolean): string {
  return isJson ? 'application/json' : 'text/plain'
}
