/** Reads the messages of a document: each once, in however many operations it is. */

import type { ContractSchema, ContractSchemas } from '../asyncapi-schemas/contract-schemas'
import { type Place, shown } from '../asyncapi-schemas/place'
import { draftNamedIn } from '../documents/json-schema-drafts'
import { isObject } from '../json/json-value'
import { quoted } from '../text/excerpt'
import { type Form, MessageBody } from './message-body'
import { requireKnownMembers, withTraits } from './structure'

/** In what of a document its messages are read. */
export interface MessageContext {
  readonly isVersion2: boolean
  /** Of JSON Schema, where a schema names none. */
  readonly draft: string
  /** Where a message has none; undefined if the document does not say it either. */
  readonly form: Form | undefined
  readonly schemas: ContractSchemas
  readonly note: Note
}

/** Adds what is read, and not judged, if it is the first of its kind. */
export type Note = (kind: string, text: () => string) => void

export class MessageReader {
  private readonly bodies = new Map<string, MessageBody>()

  constructor(private readonly context: MessageContext) {}

  /** All that have been read. */
  get all(): readonly MessageBody[] {
    return [...this.bodies.values()]
  }

  /** @param passed is given the ids of the places to which references have led */
  read(place: Place, passed: string[] = []): MessageBody {
    const target = place.object('a message', { passed })
    const known = this.bodies.get(target.id)
    if (known) return known
    requireKnownMembers(target, 'message')
    const body = this.create(target, withTraits(target, this.context.isVersion2))
    this.bodies.set(target.id, body)
    return body
  }

  private create(place: Place, message: Place): MessageBody {
    const payload = this.payloadOf(message)
    const form = formAt(message, 'contentType') ?? this.context.form ?? payload.form ?? 'json or text'
    const ownNames = ['messageId', 'name'].flatMap((name) => message.textAt(name) ?? [])
    const names = [...ownNames]
    // The key of a message that stands where it is used says nothing of it.
    if (place.names.at(-2) === 'messages' && !/^\d+$/.test(place.key)) names.push(place.key)
    return new MessageBody(
      {
        place,
        form,
        isJudged: payload.isJudged,
        payload: payload.schema,
        isNever: payload.isNever === true,
        examples: [...examplesOf(message), ...payload.examples],
        ownNames,
        correlation: correlationOf(message.objectAt('correlationId', 'a correlation id')),
        names: [names, [message.textAt('title') ?? []].flat(), payload.names],
      },
      this.context.schemas,
    )
  }

  private payloadOf(message: Place): Payload {
    const member = message.member('payload')
    if (!member) return NO_PAYLOAD
    const format = message.textAt('schemaFormat')
    const draft = this.draftOf(format)
    if (draft === undefined) return this.unjudged(message, format as string)
    // Since version 3, a payload may be a schema and its format.
    const multi = member.follow()
    const schema = multi.member('schema')
    if (!schema || !multi.member('schemaFormat')) return this.schemaOf(member, draft)
    const inner = this.draftOf(multi.textAt('schemaFormat'))
    return inner === undefined
      ? this.unjudged(message, String(multi.textAt('schemaFormat')))
      : this.schemaOf(schema, inner)
  }

  private unjudged(message: Place, format: string): Payload {
    const { note } = this.context
    const text = `its schemaFormat ${quoted(format)} is not JSON Schema, so that it is not judged.`
    note(format, () => message.error(text).message)
    return { ...NO_PAYLOAD, isJudged: false, form: /avro|protobuf/i.test(format) ? 'binary' : undefined }
  }

  private schemaOf(place: Place, draft: string): Payload {
    const target = place.follow()
    const { value } = target
    const titles = isObject(value) && typeof value.title === 'string' ? [value.title] : []
    const names = target.id === place.id ? titles : [...titles, target.key]
    if (typeof value === 'boolean') return { ...NO_PAYLOAD, names, isNever: !value }
    if (!isObject(value)) throw target.error(`a payload must be a schema, and is ${shown(value)}.`)
    const { examples, example, $schema } = value
    const own = draftNamedIn(String($schema)) ?? draft
    // Newer drafts read what stands beside "$ref"; Ajv would lose its way from a "$ref" that stands alone to another document.
    const isAlone = /^draft/.test(own) || Object.keys(place.value as object).length === 1
    return {
      isJudged: true,
      schema: this.context.schemas.add(isAlone ? target : place, own),
      examples: [...(Array.isArray(examples) ? examples : []), ...(example === undefined ? [] : [example])],
      names,
    }
  }

  /** The draft of a format; undefined for one that is not JSON Schema. */
  private draftOf(format: string | undefined): string | undefined {
    if (format === undefined || format.startsWith('application/vnd.aai.asyncapi')) return this.context.draft
    if (!/^application\/schema\+(?:json|yaml)/.test(format)) return undefined
    return format.includes('version=') ? draftNamedIn(format) : this.context.draft
  }
}

interface Payload {
  readonly isJudged: boolean
  readonly schema: ContractSchema | undefined
  readonly isNever?: boolean
  /** What it is where no content type says it. */
  readonly form?: Form | undefined
  readonly examples: readonly unknown[]
  readonly names: readonly string[]
}

const NO_PAYLOAD: Payload = { isJudged: true, schema: undefined, examples: [], names: [] }

/** The type of a media type (RFC 9110, section 8.3.1), and its parameters. */
const MEDIA_TYPE = /^([!#$%&'*+.^`|~\w-]+\/[!#$%&'*+.^`|~\w-]+)\s*(?:;.*)?$/s

/**
 * What a content type means; undefined without one.
 * @throws UsageError for what is none
 */
export function formAt(place: Place, name: string): Form | undefined {
  const contentType = place.textAt(name)
  if (contentType === undefined) return undefined
  const [, type] = MEDIA_TYPE.exec(contentType.toLowerCase().trim()) ?? []
  if (type === undefined)
    throw (place.member(name) as Place).error(
      `its ${quoted(name)} ${quoted(contentType)} is no media type: write one, such as application/json.`,
    )
  if (/[/+]json$/.test(type)) return 'json'
  if (/[/+](?:xml|x-xml|yaml|x-yaml)$/.test(type)) return 'markup'
  if (type.startsWith('text/')) return 'text'
  if (/^(?:image|audio|video)\/|\/octet-stream$/.test(type)) return 'bytes'
  return BINARY.test(type) ? 'binary' : 'encoded'
}

/** Content types that no text has. */
const BINARY = /\b(?:msgpack|messagepack|cbor|bson|ubjson|protobuf|avro|thrift|flatbuffers)\b/

/** Their payloads; until version 2.1, an example was the payload itself. */
function examplesOf(message: Place): unknown[] {
  const examples = (message.listAt('examples') ?? []).map(({ value }) => value)
  return examples.flatMap((example) => {
    if (!isObject(example) || 'payload' in example) return isObject(example) ? [example.payload] : []
    return 'headers' in example ? [] : [example]
  })
}

/** As a JSON Pointer (RFC 6901); headers, which may have it too, are none that a WebSocket sends. */
function correlationOf(id: Place | undefined): string | undefined {
  return /^\$message\.payload#(\/.*)$/s.exec(id?.textAt('location') ?? '')?.[1]
}
