/** A message that a document describes, in as many operations as it may be: how it is called, and what fits it. */

import type { PayloadParts } from '../asyncapi-schemas/branches'
import type { ContractSchema, ContractSchemas } from '../asyncapi-schemas/contract-schemas'
import { makeExample } from '../asyncapi-schemas/made-example'
import { type Place, shown } from '../asyncapi-schemas/place'
import { contradicts, likeness, OPEN, type Shape, shapeOf } from '../asyncapi-schemas/shape'
import { isContainer, isObject } from '../json/json-value'
import { type MessageContent, NOT_JSON } from '../matching/matcher'

/**
 * What is sent: JSON, or by its content type something else; where none is said, JSON or a bare text. `markup` is a text such as
 * XML, `bytes` such as a picture, `binary` what a codec reads from bytes, and `encoded` what it reads from whatever.
 */
export type Form = 'json' | 'json or text' | 'text' | 'markup' | 'bytes' | 'binary' | 'encoded'

/** What a document says of a message. */
export interface MessageFacts {
  readonly place: Place
  readonly form: Form
  /** Whether its schema is one of JSON Schema. */
  readonly isValidated: boolean
  /** Without one, any payload is right. */
  readonly payload: ContractSchema | undefined
  /** Whether its schema is `false`, so that no payload is right. */
  readonly isNever: boolean
  /** What a payload that is documented as an example is. */
  readonly examples: readonly unknown[]
  /** Where in the payload the value is that an answer repeats, as a JSON Pointer. */
  readonly correlation: string | undefined
  /** What it calls itself. */
  readonly ownNames: readonly string[]
  /** How it is called, the best names first: by itself, by its title, by its payload. */
  readonly names: readonly (readonly string[])[]
}

/** Whether a message fits, as far as that is validated. */
export type Fit = 'valid' | 'wrong' | 'unvalidated'

export class MessageBody {
  /** Filled in when all messages of the document are known. */
  parts: PayloadParts | undefined
  /** The names that channels have for it. */
  readonly keys = new Set<string>()
  private knownShape: Shape | undefined
  private knownExample: { readonly made: unknown } | undefined

  constructor(
    readonly facts: MessageFacts,
    private readonly schemas: ContractSchemas,
  ) {}

  get shape(): Shape {
    const { payload } = this.facts
    this.knownShape ??= payload ? shapeOf(payload.place) : OPEN
    return this.knownShape
  }

  fit(content: MessageContent): Fit {
    const { form, payload, isValidated } = this.facts
    if (this.formProblem(content) !== undefined) return 'wrong'
    if (!isValidated) return 'unvalidated'
    if (!payload || (form === 'bytes' && saysBytesAlone(payload) && content.bytes)) return 'valid'
    const values = this.valuesOf(content)
    if (values.length === 0) return 'unvalidated'
    return values.some((value) => this.isValid(payload, value)) ? 'valid' : 'wrong'
  }

  private isValid(payload: ContractSchema, value: unknown): boolean {
    return !contradicts(this.shape, value) && this.schemas.isValid(payload, value)
  }

  /** What it may be, as JSON, the likeliest first; nothing where nobody can read it. */
  private valuesOf(content: MessageContent): unknown[] {
    const { json, text, coding = 'verbatim' } = content
    const known = json === NOT_JSON ? [] : [json]
    if (text === undefined) return known
    const { form } = this.facts
    const { types } = this.shape
    if (form === 'text') {
      // Most call a number in a text a number.
      const isOther = typeof json !== 'string' && types !== undefined && !types.has('string')
      return isOther && known.length > 0 ? known : [text]
    }
    if (coding !== 'verbatim') return this.isTextOf(content) ? this.textValues(content, text) : known
    const isBareText = form === 'json or text' && !isContainer(json) && typeof json !== 'string'
    return isBareText && types?.has('string') ? [...known, text] : known
  }

  /** Whether a protocol or a codec has taken a text out of its quotes. */
  private isTextOf({ json, details }: MessageContent): boolean {
    return json === NOT_JSON || details?.isText === true
  }

  /** Such a text, if it can be validated. */
  private textValues({ json, coding }: MessageContent, text: string): string[] {
    const { form } = this.facts
    const isJson = form.startsWith('json')
    // What is in a text of another format than JSON, codecs alone have read.
    if (!isJson && coding === 'unquoted') return []
    const isCertain = form === 'binary' || (isJson && json !== NOT_JSON)
    return isCertain || (this.shape.types?.has('string') ?? true) ? [text] : []
  }

  /** Why it is neither text nor JSON nor bytes as it should be. */
  private formProblem(content: MessageContent): string | undefined {
    const { json, text, bytes, coding } = content
    const isDecoded = coding === 'decoded'
    const { form, payload, isNever, isValidated } = this.facts
    if (isNever) return 'its payload is false, so that none is right'
    const isBinary = bytes !== undefined && json === NOT_JSON
    if (isBinary && ['text', 'markup'].includes(form)) return 'it must be a text, and is binary'
    const isOpen = isValidated && payload === undefined
    const isRead = isDecoded && !isOpen && !this.isTextOf(content)
    const isText = form === 'bytes' ? !isBinary && !isRead : form === 'binary' && text !== undefined && !isDecoded
    if (isText) return `it must be binary, and is the text ${shown(text ?? json)}${isValidated ? '' : JSON_ADVICE}`
    const mayBeOther =
      isValidated && !isOpen ? !form.startsWith('json') : form !== 'json' || (isDecoded && !isValidated)
    if (mayBeOther || this.valuesOf(content).length > 0) return undefined
    return isBinary ? 'it must be JSON, and is binary' : `it must be JSON, and is the text ${shown(text)}`
  }

  /** Why a message does not fit; empty if it does. */
  complaints(content: MessageContent): string {
    const { payload } = this.facts
    const problem = this.formProblem(content)
    if (problem !== undefined || !payload || this.fit(content) !== 'wrong') return problem ?? ''
    return this.schemas.complaints(payload, this.valuesOf(content)[0])
  }

  /** How near a message is that does not fit. */
  likeness({ json }: MessageContent): number {
    return likeness(this.shape, json)
  }

  /** Whether a message has all constant members that tell this one from others: few documents require them. */
  hasItsConstants({ json }: MessageContent): boolean {
    const { constants } = this.shape
    return constants.size === 0 || (isObject(json) && [...constants.keys()].every((name) => Object.hasOwn(json, name)))
  }

  /** Which parts of its payload a valid message has. */
  partsIn(content: MessageContent): readonly string[] {
    const { payload } = this.facts
    if (!payload || !this.parts) return []
    const values = this.valuesOf(content)
    const seen = values.length > 1 ? values.find((value) => this.isValid(payload, value)) : values[0]
    return this.parts.seenIn(seen, (place, value) => this.schemas.isValid({ place, draft: payload.draft }, value))
  }

  /** Whether one of its constants has this value: an event's name. */
  hasConstant(value: string): boolean {
    return [...this.shape.constants.values()].some((values) => values.has(JSON.stringify(value)))
  }

  /** Whether a text is sent as it is, without quotes. */
  get isText(): boolean {
    return ['text', 'markup'].includes(this.facts.form)
  }

  /** An example that fits. */
  get example(): unknown {
    const { examples, payload, isNever } = this.facts
    return isNever ? undefined : examples.find((example) => !payload || this.isValid(payload, example))
  }

  /**
   * An example that is made from its schema, as people write it if that fits; undefined where none can be made.
   * @param name by which it is always the same
   * @throws UsageError that says how to install the package which makes it
   */
  makeExample(name: string): unknown {
    this.knownExample ??= { made: this.validExample(name) }
    return this.knownExample.made
  }

  private validExample(name: string): unknown {
    const { form, payload } = this.facts
    if (!payload || ['markup', 'bytes'].includes(form)) return undefined
    for (const isReadable of [true, false]) {
      const example = makeExample(payload, name, isReadable)
      if (example !== undefined && this.isValid(payload, example)) return example
    }
    return undefined
  }
}

/** Of what is binary, where nothing else is said. */
const JSON_ADVICE = '. If it is JSON, give the message the contentType application/json'

/** Keywords that say no more of bytes than that they are such. */
const OF_BYTES = ['format', 'title', 'description', 'contentMediaType', 'contentEncoding']

function saysBytesAlone({ place: { value } }: ContractSchema): boolean {
  const { type = 'string', ...others } = value as Readonly<Record<string, unknown>>
  return type === 'string' && Object.keys(others).every((keyword) => OF_BYTES.includes(keyword))
}
