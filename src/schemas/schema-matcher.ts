/** JSON Schema: messages that are valid against a schema. */

import type { ErrorObject, ValidateFunction } from 'ajv'
import { UsageError } from '../errors'
import { evaluate } from '../evaluation-limit'
import { roundings } from '../json/exact-number'
import { stringifyJson } from '../json/json-text'
import {
  type ComparingMatcher,
  type Difference,
  displayValue,
  LibraryMatcher,
  type MessageContent,
  NOT_JSON,
} from '../matching/matcher'
import { requireUnambiguous } from '../matching/unique-members'
import { excerpt, quoted } from '../text/excerpt'
import { compilePattern } from '../text/pattern'
import { type ReadFile, readSchemas, type SchemaFile } from './schema-files'
import { ANNOTATIONS, requireKnownKeywords, UNCHECKED_FORMATS } from './schema-keywords'
import { replaceValueKeywords } from './value-keywords'

/**
 * Accepts JSON messages that are valid against a schema (JSON Schema 2020-12, or the draft that its `$schema` names).
 * @param path of the schema's file, with `/`
 * @throws UsageError if the schema, or one that it refers to, is missing or does not compile
 */
export function validAgainstSchema(path: string, read: ReadFile): ComparingMatcher {
  const files = readSchemas(path, read)
  // Ajv holds no exact numbers: it is asked with those next to them.
  const rounded = roundings(files.map(({ schema }) => schema)) as readonly (readonly object[])[]
  const functions = rounded.map((schemas) =>
    compileSchema(files.map((file, index) => ({ ...file, schema: schemas[index] as object }))),
  )
  const needsExactNumbers = files.some(({ schema }) => NEEDS_EXACT_NUMBERS.test(JSON.stringify(schema)))
  return new SchemaMatcher(`a message valid against "${path}"`, functions, { needsExactNumbers })
}

/** Keywords of which the numbers next to a large one say nothing. */
const NEEDS_EXACT_NUMBERS = /"(?:multipleOf|uniqueItems)"/

class SchemaMatcher extends LibraryMatcher implements ComparingMatcher {
  constructor(
    private readonly description: string,
    /** For a schema with exact numbers one for each of its roundings. */
    private readonly validateFunctions: readonly ValidateFunction[],
    private readonly options: { readonly needsExactNumbers: boolean },
  ) {
    super()
  }

  describe(): string {
    return this.description
  }

  accepts(message: MessageContent): boolean {
    if (message.json === NOT_JSON) return false
    requireUnambiguous(message)
    return this.validate(message.json)
  }

  compare(message: MessageContent): Difference {
    if (message.json === NOT_JSON) return { distance: 1, expected: 'JSON', actual: displayValue(message) }
    this.validate(message.json)
    const errors = this.validateFunctions[0]?.errors ?? []
    const present = errors.filter(({ keyword }) => keyword !== 'required')
    return {
      distance: Math.min(1, errors.length / 10),
      expected: Object.fromEntries(errors.map((error) => [errorPointer(error), errorMessage(error)])),
      actual: Object.fromEntries(present.map((error) => [errorPointer(error), error.data])),
    }
  }

  private validate(json: unknown): boolean {
    const values = roundings(json)
    const verdicts = evaluate(() => values.flatMap((value) => this.validateFunctions.map((valid) => valid(value))), {
      tooLong: () =>
        `To validate ${excerpt(stringifyJson(json))} takes too long for ${this.description}. Its patterns with repetitions ` +
        'within repetitions, uniqueItems of long lists, and anyOf within anyOf are the likeliest causes: write it without them.',
    })
    const [verdict = false] = verdicts
    const isCertain = values.length === 1 || !this.options.needsExactNumbers
    if (isCertain && verdicts.every((other) => other === verdict)) return verdict
    throw new UsageError(
      `Whether ${excerpt(stringifyJson(json))} is ${this.description} depends on a number that JavaScript cannot hold: expect ` +
        'that member by JSON or a table instead.',
    )
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

/** @param files the schema, then those that it refers to */
function compileSchema(files: readonly SchemaFile[]): ValidateFunction {
  const [root] = files as [SchemaFile]
  const ajv = createAjv(root.path, root.schema)
  const [formats, keywords] = [ajv.formats, ajv.RULES.keywords].map(Object.keys) as [string[], string[]]
  const draft = { name: draftOf(root.path, root.schema), formats, keywords }
  for (const { path, schema } of files) {
    const other = '$schema' in schema ? draftOf(path, schema) : draft.name
    if (other !== draft.name) {
      throw new UsageError(
        `The schema "${root.path}" is one of ${draft.name}, and refers to "${path}", which is one of ${other}.`,
      )
    }
    ajv.addVocabulary(requireKnownKeywords(path, schema, draft).filter((own) => !ajv.getKeyword(own)))
  }
  try {
    for (const { address, schema } of files) ajv.addSchema(schema, address)
    return ajv.getSchema(root.address) as ValidateFunction
  } catch (error) {
    throw new UsageError(`The schema "${root.path}" does not compile: ${excerpt((error as Error).message)}.`)
  }
}

const DRAFTS = ['2020-12', '2019-09', 'draft-07', 'draft-06']

/** The draft that a schema says to be written for. */
function draftOf(path: string, schema: object): string {
  const { $schema = DRAFTS[0] } = schema as { $schema?: unknown }
  const draft = DRAFTS.find((name) => String($schema).includes(name))
  if (draft !== undefined) return draft
  throw new UsageError(
    `The schema "${path}" is one of ${quoted(String($schema))}; only those of ${DRAFTS.join(', ')} are read.`,
  )
}

const OPTIONS = {
  ...{ allErrors: true, verbose: true, strict: false, strictSchema: true, allowMatchingProperties: true },
  // Each object inherits a member `toString`.
  ownProperties: true,
}

function createAjv(path: string, schema: object): InstanceType<typeof import('ajv').Ajv> {
  const draft = draftOf(path, schema)
  // Ajv takes two patterns for the same if their texts are.
  const compile = (source: string) => Object.assign(compilePattern(source), { toString: () => source })
  const patterns = Object.assign(compile, { code: 'regularExpression' })
  const Draft = loadDraft(draft)
  const ajv = new Draft({ ...OPTIONS, code: { regExp: patterns as never } })
  if (draft === 'draft-06') ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'))
  const { default: addFormats } = require('ajv-formats') as typeof import('ajv-formats')
  addFormats(ajv as never)
  for (const name of UNCHECKED_FORMATS) ajv.addFormat(name, true)
  replaceValueKeywords(ajv as never)
  return ajv.addVocabulary(ANNOTATIONS) as InstanceType<typeof import('ajv').Ajv>
}

/** Loaded when they are needed: they take longer than all the rest of the library. */
function loadDraft(draft: string) {
  if (draft === '2020-12') return (require('ajv/dist/2020') as typeof import('ajv/dist/2020')).Ajv2020
  if (draft === '2019-09') return (require('ajv/dist/2019') as typeof import('ajv/dist/2019')).Ajv2019
  return (require('ajv') as typeof import('ajv')).Ajv
}
