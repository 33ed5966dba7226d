/** The formats in which the schema of a payload may be written. */

import type { Place } from '../asyncapi-schemas/place'
import { DRAFTS } from '../documents/json-schema-drafts'
import { quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'

const withSuffixes = (type: string) => [type, `${type}+json`, `${type}+yaml`]

const ASYNCAPI = withSuffixes('application/vnd.aai.asyncapi')

const JSON_SCHEMA = ['application/schema+json', 'application/schema+yaml']

/** Of Avro, OpenAPI, RAML and Protobuf, as the specification lists them. */
const UNVALIDATED = [
  ...withSuffixes('application/vnd.apache.avro'),
  ...withSuffixes('application/vnd.oai.openapi'),
  'application/raml+yaml',
  'application/vnd.google.protobuf',
]

const KNOWN = [...ASYNCAPI, ...JSON_SCHEMA, ...UNVALIDATED]

/** The parameter of a media type that says its version; nothing else may stand behind it. */
const VERSION = /^\s*version\s*=\s*"?([^;"\s]+)"?\s*$/i

/**
 * The draft of JSON Schema of the schemas at a place; undefined if they are in another language.
 * @param draft of those that name none
 * @throws UsageError for a `schemaFormat` that is none
 */
export function draftAt(place: Place, draft: string): string | undefined {
  const format = place.textAt('schemaFormat')
  if (format === undefined) return draft
  const [front = '', ...others] = format.split(';')
  const type = front.trim().toLowerCase()
  const [, version] = VERSION.exec(others.join(';')) ?? []
  const problem = (text: string) =>
    (place.member('schemaFormat') as Place).error(`its "schemaFormat" ${quoted(format)} ${text}`)
  if (UNVALIDATED.includes(type)) return undefined
  if (KNOWN.includes(type) && others.length > 0 && version === undefined)
    throw problem(`has something other than a version behind ${type}: write ${quoted(`${type};version=…`)}.`)
  if (ASYNCAPI.includes(type)) {
    if (version === undefined || /^[23](?:\.\d+){1,2}$/.test(version)) return draft
    throw problem(`names no version of AsyncAPI that is read: write ${quoted(`${type};version=3.0.0`)}.`)
  }
  if (JSON_SCHEMA.includes(type)) {
    if (version === undefined) return draft
    const named = DRAFTS.find((one) => version === one || version === `draft-${one}`)
    if (named !== undefined) return named
    throw problem(`names no draft of JSON Schema that is read: there is ${DRAFTS.join(', ')}.`)
  }
  const likely = nearest(type, KNOWN)
  throw problem(
    likely === undefined
      ? `is not known: leave it out for JSON Schema, or name one of ${KNOWN.join(', ')}.`
      : `is not known. Did you mean ${quoted(likely)}?`,
  )
}
