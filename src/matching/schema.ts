/** JSON Schema: messages that fit a schema, whose `$ref`s may name the files beside it. */

import { posix } from 'node:path'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { Mistake } from './errors'
import { type ComparingMatcher, type Difference, NOT_JSON, type Readable, showable } from './matcher'
import { regularExpression } from './regular-expression'

/** Reads the text of a file. */
export type ReadFile = (path: string) => string

/**
 * Accepts JSON messages that fit a schema (JSON Schema draft 7, or 2019-09 or 2020-12 if its `$schema` says so).
 * @param path of the schema's file, with `/`
 * @throws Mistake if the schema, or one that it refers to, is missing or does not compile
 */
export function fitting(path: string, read: ReadFile): ComparingMatcher {
  return new SchemaMatcher(`a message valid against "${path}"`, compile(path, read))
}

class SchemaMatcher implements ComparingMatcher {
  constructor(
    private readonly words: string,
    private readonly validate: ValidateFunction,
  ) {}

  describe(): string {
    return this.words
  }

  accepts(message: Readable): boolean {
    return message.json !== NOT_JSON && this.validate(message.json)
  }

  compare(message: Readable): Difference {
    if (message.json === NOT_JSON) return { distance: 1, expected: 'JSON', actual: showable(message) }
    this.validate(message.json)
    const errors = this.validate.errors ?? []
    return {
      distance: Math.min(1, errors.length / 10),
      expected: Object.fromEntries(errors.map((error) => [placeOf(error), demandOf(error)])),
      actual: Object.fromEntries(
        errors.flatMap((error) => (error.keyword === 'required' ? [] : [[placeOf(error), error.data]])),
      ),
    }
  }
}

/** Where the error is, as a JSON Pointer; of a member that is missing, where it should be. */
function placeOf({ keyword, instancePath, params }: ErrorObject): string {
  if (keyword === 'required') return `${instancePath}/${params.missingProperty}`
  return instancePath === '' ? '/' : instancePath
}

/** What the schema asks for there, with the values that Ajv's own words leave out. */
function demandOf({ keyword, params, message }: ErrorObject): string | undefined {
  switch (keyword) {
    case 'enum':
      return `must be one of ${params.allowedValues.map((value: unknown) => JSON.stringify(value)).join(', ')}`
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}`
    case 'additionalProperties':
      return `must not have "${params.additionalProperty}"`
    default:
      return message
  }
}

/** Any absolute address serves, so that `$ref`s are resolved against the path of the file. */
const BASE = 'file:///'

function compile(path: string, read: ReadFile): ValidateFunction {
  const files = new Map<string, object>()
  const schema = gather(path, BASE + path, files, read)
  try {
    const ajv = create(schema)
    for (const [address, each] of files) ajv.addSchema(each, address)
    return ajv.getSchema(BASE + path) as ValidateFunction
  } catch (error) {
    throw new Mistake(`The schema "${path}" does not compile: ${(error as Error).message}.`)
  }
}

/** Reads a schema and those beside it that it refers to, each under the address by which it is referred to. */
function gather(path: string, address: string, files: Map<string, object>, read: ReadFile, from?: string): object {
  const schema = parse(path, from === undefined ? read(path) : readFor(from, path, read))
  files.set(address, schema)
  const base = new URL((schema as { $id?: string }).$id ?? address, address).href
  for (const reference of references(schema)) {
    const target = new URL(reference, base)
    target.hash = ''
    if (files.has(target.href) || target.href === base) continue
    if (/^[a-z][a-z\d+.-]*:/i.test(reference)) {
      throw new Mistake(`The schema "${path}" refers to ${reference}: only files beside it can be referred to.`)
    }
    const file = posix.join(posix.dirname(path), reference.replace(/#.*/s, ''))
    gather(file, target.href, files, read, path)
  }
  return schema
}

/** Reads a file that a schema refers to. */
function readFor(schema: string, file: string, read: ReadFile): string {
  try {
    return read(file)
  } catch (error) {
    throw new Mistake(`The schema "${schema}" refers to "${file}": ${(error as Error).message}`)
  }
}

function* references(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return
  for (const [name, value] of Object.entries(schema)) {
    if (name === '$ref' && typeof value === 'string' && !value.startsWith('#')) yield value
    else yield* references(value)
  }
}

function parse(path: string, text: string): object {
  try {
    const schema: unknown = JSON.parse(text)
    if (typeof schema === 'object' && schema !== null) return schema
  } catch (error) {
    throw new Mistake(`The schema "${path}" is no JSON: ${(error as Error).message}.`)
  }
  throw new Mistake(`The schema "${path}" is no object.`)
}

function create(schema: object) {
  // Loaded when they are needed: they take longer than all the rest of the library.
  const { Ajv } = require('ajv') as typeof import('ajv')
  const { Ajv2019 } = require('ajv/dist/2019') as typeof import('ajv/dist/2019')
  const { Ajv2020 } = require('ajv/dist/2020') as typeof import('ajv/dist/2020')
  const { $schema = '' } = schema as { $schema?: string }
  const Draft = $schema.includes('2020-12') ? Ajv2020 : $schema.includes('2019-09') ? Ajv2019 : Ajv
  const patterns = Object.assign((source: string) => regularExpression(source), { code: 'regularExpression' })
  const ajv = new Draft({ allErrors: true, verbose: true, strict: false, code: { regExp: patterns as never } })
  const { default: addFormats } = require('ajv-formats') as typeof import('ajv-formats')
  return addFormats(ajv as never) as unknown as InstanceType<typeof Ajv>
}
