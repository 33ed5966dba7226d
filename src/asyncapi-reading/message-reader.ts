/** Reads the messages of a document: each once, in however many operations it is. */

import type { ContractSchema, ContractSchemas } from '../asyncapi-schemas/contract-schemas'
import { type Place, shown } from '../asyncapi-schemas/place'
import { isObject } from '../json/json-value'
import { quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'
import type { MajorVersion } from './members'
import { type Form, MessageBody } from './message-body'
import { draftAt } from './schema-format'
import { requireKnownMembers, withTraits } from './structure'

/** In what of a document its messages are read. */
export interface MessageContext {
  readonly version: MajorVersion
  /** Of JSON Schema, where a schema names none. */
  readonly draft: string
  /** Where a message has none; undefined if the document does not say it either. */
  readonly form: Form | undefined
  readonly schemas: ContractSchemas
  readonly note: Note
}

/** Adds what is read, and not validated, if it is the first of its kind. */
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
    const body = this.create(target, withTraits(target, 'a message', this.context.version))
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
        isValidated: payload.isValidated,
        payload: payload.schema,
        isNever: payload.isNever === true,
        examples: [...examplesOf(message, this.context.version), ...payload.examples],
        ownNames,
        correlation: this.correlationOf(message.objectAt('correlationId', 'a correlation id')),
        names: [names, [message.textAt('title') ?? []].flat(), payload.names],
      },
      this.context.schemas,
    )
  }

  private payloadOf(message: Place): Payload {
    const { draft: unnamed } = this.context
    const draft = draftAt(message, unnamed)
    const member = message.member('payload')
    if (!member) return NO_PAYLOAD
    if (draft === undefined) return this.unvalidated(message, message)
    // Since version 3, a payload may be a schema and its format.
    const multi = member.follow()
    const [format, schema] = ['schemaFormat', 'schema'].map((name) => multi.member(name))
    if (!format && !schema) return this.schemaOf(member, draft)
    requireKnownMembers(multi, 'a payload with a schemaFormat', this.context.version)
    if (!format) throw multi.error('it has a "schema", but no "schemaFormat": write the schema itself as the payload.')
    if (!schema) throw multi.error('it has a "schemaFormat", but no "schema".')
    const inner = draftAt(multi, unnamed)
    return inner === undefined ? this.unvalidated(message, multi) : this.schemaOf(schema, inner)
  }

  /** @param holder of the format */
  private unvalidated(message: Place, holder: Place): Payload {
    const { note } = this.context
    const format = String(holder.textAt('schemaFormat'))
    const text = `its schemaFormat ${quoted(format)} is not JSON Schema, so that it is not validated.`
    note(format, () => message.error(text).message)
    return { ...NO_PAYLOAD, isValidated: false, form: /avro|protobuf/i.test(format) ? 'binary' : undefined }
  }

  private schemaOf(place: Place, draft: string): Payload {
    const target = place.follow()
    const { value } = target
    const titles = isObject(value) && typeof value.title === 'string' ? [value.title] : []
    const names = target.id === place.id ? titles : [...titles, target.key]
    if (typeof value === 'boolean') return { ...NO_PAYLOAD, names, isNever: !value }
    if (!isObject(value)) throw target.error(`a payload must be a schema, and is ${shown(value)}.`)
    const { examples, example } = value
    return {
      isValidated: true,
      schema: this.context.schemas.add(place, draft),
      examples: [...(Array.isArray(examples) ? examples : []), ...(example === undefined ? [] : [example])],
      names,
    }
  }

  /** As a JSON Pointer (RFC 6901); headers, which may have it too, are none that a WebSocket sends. */
  private correlationOf(id: Place | undefined): string | undefined {
    if (!id) return undefined
    requireKnownMembers(id, 'a correlation id', this.context.version)
    const location = id.textAt('location')
    const [, part, pointer] = /^\$message\.(payload|header)#(\/.*)?$/s.exec(location ?? '') ?? []
    if (part === undefined)
      throw id.error(
        `its "location" must be such as "$message.payload#/id", and is ${location === undefined ? 'missing' : quoted(location)}.`,
      )
    return part === 'payload' ? pointer : undefined
  }
}

interface Payload {
  readonly isValidated: boolean
  readonly schema: ContractSchema | undefined
  readonly isNever?: boolean
  /** What it is where no content type says it. */
  readonly form?: Form | undefined
  readonly examples: readonly unknown[]
  readonly names: readonly string[]
}

const NO_PAYLOAD: Payload = { isValidated: true, schema: undefined, examples: [], names: [] }

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
      `its ${quoted(name)} ${quoted(contentType)} is not a media type: write one, such as application/json.`,
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
function examplesOf(message: Place, version: MajorVersion): unknown[] {
  return (message.listAt('examples') ?? []).flatMap((place) => {
    const { value } = place
    if (!isObject(value)) return []
    if ('payload' in value || 'headers' in value) {
      requireKnownMembers(place, 'an example of a message', version)
      return 'payload' in value ? [value.payload] : []
    }
    // Many documents have the payload itself there.
    for (const name of Object.keys(value)) {
      const hint = nearest(name, ['payload', 'headers'])
      if (hint === undefined) continue
      throw place.error(`${quoted(name)} is not a member of an example of a message. Did you mean ${quoted(hint)}?`)
    }
    return [value]
  })
}
