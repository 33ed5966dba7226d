/** Examples that are made from schemas, by a package which is loaded when the first one is made. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type * as JsonSchemaFaker from 'json-schema-faker' with { 'resolution-mode': 'import' }
import { UsageError } from '../errors'
import { evaluate } from '../evaluation-limit'
import { compareNumbers, ExactNumber } from '../json/exact-number'
import { isObject, mapInner } from '../json/json-value'
import { isOwn, MAPS, VALUES } from '../schemas/subschemas'
import { quoted } from '../text/excerpt'
import type { ContractSchema } from './contract-schemas'
import type { Place } from './place'
import { shapeOf } from './shape'

const PACKAGE = 'json-schema-faker'

/**
 * A value that is made from a schema, for a message of the same name always the same; it may still not be valid.
 * @param name of the message
 * @param isReadable whether texts and numbers of which little is said are such as people write
 * @throws UsageError that says how to install the package, if it is missing, and if making it takes too long
 */
export function makeExample(schema: ContractSchema, name: string, isReadable: boolean): unknown {
  const { generateSync } = loadFaker(name)
  return evaluate(
    () => {
      const options = { seed: seedOf(name), optionalsProbability: 0, useDefaultValue: true, useExamplesValue: true }
      try {
        const made = generateSync(new Bundler(schema.draft).bundle(schema.place) as JsonSchemaFaker.JsonSchema, {
          ...options,
          ...(isReadable && { outputTransform: readable }),
        })
        return withExactNumbers(made)
      } catch {
        // What it cannot make, it says in words of its own.
        return undefined
      }
    },
    {
      tooLong: () => `It takes too long to make an example of ${quoted(name)}: write one into the document.`,
    },
  )
}

/** The package has an entry for `import` alone, by which nothing is loaded at once; its folder is required instead. */
function loadFaker(name: string): typeof JsonSchemaFaker {
  const folders = require.resolve.paths(PACKAGE) as string[]
  const found = folders.map((folder) => join(folder, PACKAGE)).find((folder) => existsSync(folder))
  if (found !== undefined) return require(found)
  throw new UsageError(
    `The document has no example of ${quoted(name)}. Write one below it, as "examples" of the message, or the members in a ` +
      `table below the sentence; or have one made from its schema by the package ${PACKAGE}: npm install --save-dev ${PACKAGE}`,
  )
}

/** Of a name (FNV-1a). */
function seedOf(name: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}

/** Keywords that limit a value which has a type. */
const LIMITS = ['pattern', 'format', 'minLength', 'maxLength', 'minimum', 'maximum', 'multipleOf', 'const', 'default']
const MORE_LIMITS = ['exclusiveMinimum', 'exclusiveMaximum', 'examples', 'allOf', 'anyOf', 'oneOf', 'not', 'if', '$ref']

/** What people would write: the first of several values, the name of the member, or 1. */
function readable(value: unknown, schema: JsonSchemaFaker.JsonSchema, path: string): unknown {
  // `true` has no keywords.
  const keywords: Readonly<Record<string, unknown>> = Object(schema)
  if (Array.isArray(keywords.enum)) return keywords.enum[0]
  if ([...LIMITS, ...MORE_LIMITS].some((keyword) => keyword in keywords)) return value
  if (typeof value === 'number') return 1
  if (typeof value !== 'string') return value
  const names = path.split('/').filter((step) => step !== '' && !/^\d+$/.test(step))
  return names.at(-1) ?? 'text'
}

/** Not needed where each schema is found by its place, or what is validated afterwards. */
const LEFT_OUT = ['$id', '$schema', '$anchor', '$defs', 'definitions']

/** Writes a schema, and all to which it refers, as one that refers to nothing outside. */
class Bundler {
  private readonly definitions: Record<string, unknown> = {}
  private readonly names = new Map<string, string>()

  constructor(private readonly draft: string) {}

  bundle(place: Place): object {
    return { allOf: [this.write(place)], $defs: this.definitions }
  }

  private write(place: Place): unknown {
    const { value } = place
    if (Array.isArray(value)) return place.members().map((item) => this.write(item))
    if (!isObject(value)) return plain(value)
    if (typeof value.$ref !== 'string') return this.writeObject(place, value)
    const { $ref: _reference, ...beside } = value
    const reference = this.refer(place)
    // Until draft 7, what stands beside a reference says nothing.
    const isAlone = /^draft/.test(this.draft) || Object.keys(beside).length === 0
    return isAlone ? reference : { allOf: [reference, this.writeObject(place, beside)] }
  }

  private refer(place: Place): object {
    const target = place.follow()
    const known = this.names.get(target.id)
    const name = known ?? `s${this.names.size}`
    if (known === undefined) {
      this.names.set(target.id, name)
      this.definitions[name] = this.write(target)
    }
    return { $ref: `#/$defs/${name}` }
  }

  private writeObject(place: Place, value: Readonly<Record<string, unknown>>): object {
    const written: Record<string, unknown> = {}
    for (const [keyword, content] of Object.entries(value)) {
      if (LEFT_OUT.includes(keyword) || isOwn(keyword) || isFarLimit(keyword, content)) continue
      const inner = VALUES.includes(keyword) ? undefined : place.member(keyword)
      if (!inner) written[keyword] = plain(content)
      else
        written[keyword] =
          MAPS.includes(keyword) && isObject(content) ? this.writeMap(inner, content) : this.write(inner)
    }
    // Without what tells it from others, nobody knows which message it is: few documents require it.
    const constants = isObject(value.properties) ? shapeOf(place).constants.keys() : []
    const required = Array.isArray(value.required) ? value.required : []
    return { ...written, required: [...new Set([...required, ...constants])] }
  }

  private writeMap(place: Place, value: Readonly<Record<string, unknown>>): object {
    return Object.fromEntries(Object.keys(value).map((name) => [name, this.write(place.member(name) as Place)]))
  }
}

/** Limits that leave numbers enough which JavaScript holds. */
function isFarLimit(keyword: string, limit: unknown): boolean {
  if (!(limit instanceof ExactNumber)) return false
  const sign = compareNumbers(limit, 0)
  return (
    (sign < 0 && /^(?:minimum|exclusiveMinimum)$/.test(keyword)) ||
    (sign > 0 && /^(?:m|exclusiveM)aximum$/.test(keyword))
  )
}

/** Stands for a number that JavaScript cannot hold, with its digits behind it. */
const EXACT = '\0exact:'

/** The same with what stands for such numbers. */
function plain(value: unknown): unknown {
  if (value instanceof ExactNumber) return EXACT + value
  return mapInner(value, plain)
}

function withExactNumbers(value: unknown): unknown {
  if (typeof value === 'string' && value.startsWith(EXACT)) return new ExactNumber(value.slice(EXACT.length))
  // The package computes some numbers that JSON does not have.
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${value} is not a number of JSON.`)
  return mapInner(value, withExactNumbers)
}
