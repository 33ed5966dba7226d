/** Texts as members of an object, as its schemas describe them: those of a query, and headers. */

import type { Place } from '../asyncapi-schemas/place'
import { listAt, mapAt, membersAt, schemasThatMayApply, typesSaidBy } from '../asyncapi-schemas/shape'
import { mayHaveExactNumbers, parseExactly } from '../json/exact-number'
import { compilePattern } from '../text/pattern'

/** Whether a value is valid against a schema. */
export type IsValid = (schema: Place, value: unknown) => boolean

/** A text as what its schemas say that it means; of several meanings, the first that is valid. */
export function typedText(text: string, own: readonly Place[], isValid: IsValid): unknown {
  const schemas = own.flatMap(schemasThatMayApply)
  const meanings = [...otherMeanings(text, schemas)]
  if (meanings.length === 0) return text
  if (!hasType(schemas, 'string')) return meanings[0]
  return [text, ...meanings].find((value) => own.every((schema) => isValid(schema, value))) ?? text
}

function* otherMeanings(text: string, schemas: readonly Place[]): Generator<unknown> {
  const isNumber = /^-?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(text)
  if (isNumber && ['integer', 'number'].some((type) => hasType(schemas, type))) yield exactly(text)
  if (/^(?:true|false)$/.test(text) && hasType(schemas, 'boolean')) yield text === 'true'
}

/** Its number, whose first digits may be 0, as JSON has none. */
function exactly(text: string): unknown {
  const json = text.replace(/^(-?)0+(?=\d)/, '$1')
  return mayHaveExactNumbers(json) ? parseExactly(json) : Number(json)
}

function hasType(schemas: readonly Place[], type: string): boolean {
  return schemas.some((schema) => typesSaidBy(schema)?.has(type))
}

/** What schemas say of the members of an object. */
export class DescribedMembers {
  private readonly schemas: readonly Place[]
  /** All names that the schemas say. */
  private readonly names: readonly string[]

  constructor(
    schema: Place,
    private readonly isValid: IsValid,
  ) {
    this.schemas = schemasThatMayApply(schema)
    this.names = [...new Set(this.schemas.flatMap((one) => [...namesIn(one)]))]
  }

  /** The value of a member; a list of values where there are several, or its schema is one of lists. */
  read(name: string, texts: readonly string[]): unknown {
    const own = this.schemas.flatMap((schema) => ownSchemasOf(schema, name))
    const schemas = own.flatMap(schemasThatMayApply)
    const isList = texts.length > 1 || hasType(schemas, 'array')
    if (!isList) return typedText(texts[0] as string, own, this.isValid)
    return texts.map((text, index) => typedText(text, itemSchemas(schemas, index), this.isValid))
  }

  /** Whether a schema says a name, in whatever case, and wherever it stands. */
  isNamed(name: string): boolean {
    return this.namesLike(name).length > 0
  }

  /** How schemas write a name whose case does not matter: as they say it, or else so that one of their patterns matches. */
  spellings(name: string): readonly string[] {
    const named = this.namesLike(name)
    if (named.length > 0) return named
    const ofNames = this.schemas.flatMap(nameSchemas).flatMap((schema) => schema.member('pattern') ?? [])
    const patterns = [
      ...this.schemas.flatMap((schema) => mapAt(schema, 'patternProperties')).map(({ key }) => key),
      ...ofNames.map(({ value }) => String(value)),
    ]
    const isMatched = (spelling: string) => patterns.some((pattern) => compilePattern(pattern).test(spelling))
    return [commonSpellings(name).find(isMatched) ?? name]
  }

  private namesLike(name: string): string[] {
    const lower = name.toLowerCase()
    return this.names.filter((one) => one.toLowerCase() === lower)
  }
}

function commonSpellings(name: string): readonly string[] {
  const lower = name.toLowerCase()
  return [name, lower, lower.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()), name.toUpperCase()]
}

/** The schemas that a schema has for a member. */
function ownSchemasOf(schema: Place, name: string): Place[] {
  const named = membersAt(schema).filter(({ key }) => key === name)
  const matching = mapAt(schema, 'patternProperties').filter(({ key }) => compilePattern(key).test(name))
  const own = [...named, ...matching]
  const others = own.length > 0 ? ['unevaluatedProperties'] : ['additionalProperties', 'unevaluatedProperties']
  return [...own, ...others.flatMap((keyword) => schema.member(keyword) ?? [])]
}

/** The schemas of an item of a list. */
function itemSchemas(schemas: readonly Place[], index: number): Place[] {
  return schemas.flatMap((schema) => [
    ...['prefixItems', 'items'].flatMap((keyword) => listAt(schema, keyword).slice(index, index + 1)),
    ...['items', 'additionalItems', 'unevaluatedItems', 'contains'].flatMap((keyword) => schema.member(keyword) ?? []),
  ])
}

/** The names of members that a schema itself says. */
function* namesIn(schema: Place): Generator<string> {
  for (const keyword of ['properties', 'dependentSchemas', 'dependencies', 'dependentRequired'])
    for (const { key } of mapAt(schema, keyword)) yield key
  const dependent = ['dependencies', 'dependentRequired'].flatMap((keyword) => mapAt(schema, keyword))
  const lists = [
    ...listAt(schema, 'required'),
    ...dependent.flatMap((list) => (Array.isArray(list.value) ? list.members() : [])),
  ]
  const listed = nameSchemas(schema).flatMap((names) => listAt(names, 'enum').concat(names.member('const') ?? []))
  for (const { value } of [...lists, ...listed]) yield String(value)
}

/** The schemas of the names of members. */
function nameSchemas(schema: Place): Place[] {
  const names = schema.member('propertyNames')
  return names ? schemasThatMayApply(names) : []
}
