/** JSON Schema: messages that are valid against a schema. */

import type { ErrorObject, ValidateFunction } from 'ajv'
import { UsageError } from '../errors'
import { compilePattern } from '../text/pattern'
import { type ComparingMatcher, type Difference, displayValue, type MessageContent, NOT_JSON } from './matcher'
import { type ReadFile, SchemaFiles } from './schema-files'

/**
 * Accepts JSON messages that are valid against a schema (JSON Schema draft 7, or 2019-09 or 2020-12 if its `$schema` says
 * so).
 * @param path of the schema's file, with `/`
 * @throws UsageError if the schema, or one that it refers to, is missing or does not compile
 */
export function validAgainstSchema(path: string, read: ReadFile): ComparingMatcher {
  return new SchemaMatcher(`a message valid against "${path}"`, compileSchema(path, read))
}

class SchemaMatcher implements ComparingMatcher {
  constructor(
    private readonly description: string,
    private readonly validate: ValidateFunction,
  ) {}

  describe(): string {
    return this.description
  }

  accepts(message: MessageContent): boolean {
    return message.json !== NOT_JSON && this.validate(message.json)
  }

  compare(message: MessageContent): Difference {
    if (message.json === NOT_JSON) return { distance: 1, expected: 'JSON', actual: displayValue(message) }
    this.validate(message.json)
    const errors = this.validate.errors ?? []
    const present = errors.filter(({ keyword }) => keyword !== 'required')
    return {
      distance: Math.min(1, errors.length / 10),
      expected: Object.fromEntries(errors.map((error) => [errorPointer(error), errorMessage(error)])),
      actual: Object.fromEntries(present.map((error) => [errorPointer(error), error.data])),
    }
  }
}

/** Where the error is, as a JSON Pointer; of a member that is missing, where it should be. */
function errorPointer({ keyword, instancePath, params }: ErrorObject): string {
  if (keyword === 'required') return `${instancePath}/${params.missingProperty}`
  return instancePath === '' ? '/' : instancePath
}

/** What the schema asks for there, with the values that Ajv's own words leave out. */
function errorMessage({ keyword, params, message }: ErrorObject): string | undefined {
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

function compileSchema(path: string, read: ReadFile): ValidateFunction {
  const { root, address, schemas } = new SchemaFiles(path, read)
  try {
    const ajv = createAjv(root)
    for (const [reference, schema] of schemas) ajv.addSchema(schema, reference)
    return ajv.getSchema(address) as ValidateFunction
  } catch (error) {
    throw new UsageError(`The schema "${path}" does not compile: ${(error as Error).message}.`)
  }
}

function createAjv(schema: object) {
  // Loaded when they are needed: they take longer than all the rest of the library.
  const { Ajv } = require('ajv') as typeof import('ajv')
  const { Ajv2019 } = require('ajv/dist/2019') as typeof import('ajv/dist/2019')
  const { Ajv2020 } = require('ajv/dist/2020') as typeof import('ajv/dist/2020')
  const { $schema = '' } = schema as { $schema?: string }
  const Draft = $schema.includes('2020-12') ? Ajv2020 : $schema.includes('2019-09') ? Ajv2019 : Ajv
  const patterns = Object.assign((source: string) => compilePattern(source), { code: 'regularExpression' })
  const ajv = new Draft({ allErrors: true, verbose: true, strict: false, code: { regExp: patterns as never } })
  const { default: addFormats } = require('ajv-formats') as typeof import('ajv-formats')
  return addFormats(ajv as never) as unknown as InstanceType<typeof Ajv>
}
