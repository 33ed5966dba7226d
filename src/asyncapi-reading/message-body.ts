/** A message that a document describes, in as many operations as it may be: how it is called, and what fits it. */

import type { PayloadParts } from '../asyncapi-schemas/branches'
import type { ContractSchema, ContractSchemas } from '../asyncapi-schemas/contract-schemas'
import { makeExample } from '../asyncapi-schemas/made-example'
import { type Place, shown } from '../asyncapi-schemas/place'
import { contradicts, likeness, type Shape, shapeOf } from '../asyncapi-schemas/shape'
import { isObject } from '../json/json-value'
import { type MessageContent, NOT_JSON } from '../matching/matcher'
import { UncertainValidity } from '../schemas/uncertain-validity'

/** What is sent: JSON, or by its content type something else; `unjudged` has a schema format that is not JSON Schema. */
export type Form = 'json' | 'text' | 'bytes' | 'any' | 'unjudged'

/** What a document says of a message. */
export interface MessageFacts {
  readonly place: Place
  readonly form: Form
  /** Without one, any payload is right. */
  readonly payload: ContractSchema | undefined
  /** What a payload that is documented as an example is. */
  readonly examples: readonly unknown[]
  /** Where in the payload the value is that an answer repeats, as a JSON Pointer. */
  readonly correlation: string | undefined
  /** What it calls itself. */
  readonly ownNames: readonly string[]
  /** How it is called, the best names first: by itself, by its title, by its payload. */
  readonly names: readonly (readonly string[])[]
}

/** Whether a message fits, as far as that is judged. */
export type Fit = 'valid' | 'wrong' | 'unjudged'

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
    this.knownShape ??= payload ? shapeOf(payload.place) : { ...NOTHING }
    return this.knownShape
  }

  fit(content: MessageContent): Fit {
    const { form, payload } = this.facts
    if (form === 'unjudged') return 'unjudged'
    if (this.formProblem(content) !== undefined) return 'wrong'
    if (form !== 'json' || !payload) return 'valid'
    try {
      return this.valuesOf(content).some((value) => this.isValid(payload, value)) ? 'valid' : 'wrong'
    } catch (error) {
      if (error instanceof UncertainValidity) return 'unjudged'
      throw error
    }
  }

  private isValid(payload: ContractSchema, value: unknown): boolean {
    return !contradicts(this.shape, value) && this.schemas.isValid(payload, value)
  }

  /** What it may be, as JSON: a text that is no JSON is one only where that is documented. */
  private valuesOf({ json, text }: MessageContent): unknown[] {
    const mayBeText = text !== undefined && this.shape.types?.has('string') === true
    return [...(json === NOT_JSON ? [] : [json]), ...(mayBeText ? [text] : [])]
  }

  /** Why it is neither text nor JSON nor bytes as it should be. */
  private formProblem({ json, text, bytes }: MessageContent): string | undefined {
    const { form, payload } = this.facts
    const isBinary = bytes !== undefined && json === NOT_JSON
    if (form === 'text' && isBinary) return 'it must be a text, and is binary'
    if (form === 'bytes' && !isBinary) return `it must be binary, and is the text ${shown(text ?? json)}`
    if (form !== 'json' || !payload || this.valuesOf({ json, text, bytes }).length > 0) return undefined
    return isBinary ? 'it must be JSON, and is binary' : `it must be JSON, and is the text ${shown(text)}`
  }

  /** Why a message does not fit; empty if it does. */
  complaints(content: MessageContent): string {
    const { payload } = this.facts
    const problem = this.formProblem(content)
    if (problem !== undefined || !payload) return problem ?? ''
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
  partsIn({ json }: MessageContent): readonly string[] {
    const { payload } = this.facts
    if (!payload || !this.parts || json === NOT_JSON) return []
    return this.parts.seenIn(json, (place, value) =>
      this.schemas.isCertainlyValid({ place, draft: payload.draft }, value),
    )
  }

  /** Whether one of its constants has this value: an event's name. */
  hasConstant(value: string): boolean {
    return [...this.shape.constants.values()].some((values) => values.has(JSON.stringify(value)))
  }

  /** An example that fits. */
  get example(): unknown {
    const { examples, payload } = this.facts
    return examples.find((example) => !payload || this.isValid(payload, example))
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
    if (!payload || form !== 'json') return undefined
    for (const isReadable of [true, false]) {
      const example = makeExample(payload, name, isReadable)
      if (example !== undefined && this.isValid(payload, example)) return example
    }
    return undefined
  }
}

const NOTHING: Shape = { types: undefined, required: new Set(), names: new Set(), constants: new Map() }
