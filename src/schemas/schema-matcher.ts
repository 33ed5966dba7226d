/** JSON Schema: messages that are valid against a schema. */

import type { ErrorObject, ValidateFunction } from 'ajv'
import { replaceEvaluatingKeywords } from '../ajv-keywords/evaluating-keywords'
import { MAX_ERRORS } from '../ajv-keywords/limited-errors'
import { replaceValueKeywords } from '../ajv-keywords/value-keywords'
import type { ReadFile } from '../documents/document-source'
import { type PointerStep, stepsTo } from '../documents/json-pointer'
import { DRAFTS, draftNamedIn } from '../documents/json-schema-drafts'
import { type RecordedReading, recordReading } from '../documents/recorded-reading'
import { UsageError } from '../errors'
import { evaluate } from '../evaluation-limit'
import { FORMATS, isInt64 } from '../formats/formats'
import { stringifyJson } from '../json/json-text'
import { isSmallValue } from '../json/json-value'
import { withStandIns } from '../json/stand-ins'
import { LimitedMap } from '../limited-map'
import {
  type ComparingMatcher,
  type Difference,
  displayValue,
  LEFT_OUT,
  LibraryMatcher,
  type MessageContent,
  NOT_JSON,
} from '../matching/matcher'
import { requireUnambiguous } from '../matching/unique-members'
import { excerpt, quoted } from '../text/excerpt'
import { compilePattern } from '../text/pattern'
import { adaptSchemas } from './adapt-schema'
import { readSchemas, type SchemaFile, tooLongToRead } from './schema-files'
import { requireKnownKeywords, UNCHECKED_FORMATS } from './schema-keywords'
import { ANNOTATIONS } from './subschemas'

/**
 * Accepts JSON messages that are valid against a schema (JSON Schema 2020-12, or the draft that its `$schema` names).
 * @param path of the schema's file, with `/`, or its address; behind `#` the place of a part of it
 * @throws UsageError if the schema, or one that it refers to, is missing or does not compile
 */
export function validAgainstSchema(path: string, read: ReadFile): ComparingMatcher {
  const known = compiled.get(path)
  if (known?.reading.isUnchanged(read)) return known.matcher
  const reading = recordReading(read)
  const matcher = compileMatcher(path, reading.read)
  compiled.set(path, { reading, matcher })
  return matcher
}

/** A schema, with the reading of the documents of which it was made. */
interface Compiled {
  readonly reading: RecordedReading
  readonly matcher: ComparingMatcher
}

/** How many are kept, so that not each client of each sentence has its own. */
const MAX_COMPILED = 50

const compiled = new LimitedMap<string, Compiled>(MAX_COMPILED)

function compileMatcher(path: string, read: ReadFile): ComparingMatcher {
  const { files, reference } = readSchemas(path, read)
  return new SchemaCompiler(path, files).matcher(path, reference)
}

/** Compiles schemas of the same documents, each when it is needed. */
export class SchemaCompiler {
  private readonly draft: string
  private prepared: AnyAjv | undefined

  /**
   * @param name of the documents, for errors
   * @param draft in which they are written; without it the one that the first of them names
   * @throws UsageError if they are of different drafts
   */
  constructor(
    private readonly name: string,
    private readonly files: readonly SchemaFile[],
    draft?: string,
  ) {
    const [root] = files as [SchemaFile]
    this.draft = draft ?? draftOf(root)
    for (const file of files) {
      const other = file.draft === undefined ? this.draft : draftOf(file)
      if (other === this.draft) continue
      throw new UsageError(
        `The schema ${quoted(root.path)} is one of ${this.draft}, and refers to ${quoted(file.path)}, which is one of ${other}.`,
      )
    }
  }

  /**
   * Accepts JSON messages that are valid against one of the schemas.
   * @param isBounded whether each small message is validated soon
   * @throws UsageError if it does not compile
   */
  matcher(name: string, reference: string, isBounded = false): ComparingMatcher {
    const ajv = this.prepare()
    const validate = readingOf(name, () => compileWith(ajv, { name, reference }))
    return new SchemaMatcher(`a message valid against ${quoted(name)}`, validate, isBounded)
  }

  /**
   * Makes sure that all schemas are written in the draft.
   * @throws UsageError that says which one is not
   */
  prepare(): AnyAjv {
    this.prepared ??= readingOf(this.name, () => {
      const ajv = createAjv(this.draft)
      addKeywords(ajv, this.files, this.draft)
      addSchemas(ajv, adaptSchemas(this.files, this.draft), this.name)
      return ajv
    })
    return this.prepared
  }
}

function readingOf<T>(name: string, work: () => T): T {
  return evaluate(work, { tooLong: () => tooLongToRead(name), isReading: true })
}

class SchemaMatcher extends LibraryMatcher implements ComparingMatcher {
  constructor(
    private readonly description: string,
    private readonly validateFunction: ValidateFunction,
    private readonly isBounded: boolean,
  ) {
    super()
  }

  describe(): string {
    return this.description
  }

  accepts(message: MessageContent): boolean {
    requireUnambiguous(message)
    if (message.json === NOT_JSON) return false
    return this.validate(message.json)
  }

  compare(message: MessageContent): Difference {
    if (message.json === NOT_JSON) return { distance: 1, expected: 'JSON', actual: displayValue(message) }
    this.validate(message.json)
    const errors = this.validateFunction.errors ?? []
    const { places, areAll } = errorPlaces(errors)
    const present = places.filter(([, { keyword }]) => keyword !== 'required')
    const problems = places.map(([pointer, error]) => [pointer, errorMessage(error)])
    return {
      distance: Math.min(1, errors.length / 10),
      expected: Object.fromEntries(areAll ? problems : [...problems, [LEFT_OUT, 'and more']]),
      actual: Object.fromEntries(present.map(([pointer, error]) => [pointer, errorValue(error, message.json)])),
    }
  }

  private validate(json: unknown): boolean {
    // What stands for a number alone is found by what it stands in.
    const outer = withStandIns([json]) as readonly unknown[]
    const at = { instancePath: '', parentData: outer, parentDataProperty: 0, rootData: outer, dynamicAnchors: {} }
    const validate = () => this.validateFunction(outer[0], at as never)
    if (this.isBounded && isSmallValue(json)) return validate()
    return evaluate(validate, {
      tooLong: () =>
        `To validate ${excerpt(stringifyJson(json))} takes too long for ${this.description}. Its patterns with repetitions ` +
        'within repetitions, uniqueItems of long lists, and anyOf within anyOf are the likeliest causes: write it without them.',
    })
  }
}

/** How many places are compared: each has a path, which may be as long as the message. */
const MAX_PLACES = 50

/** The errors by their places, of several at one place the last; and whether these are all. */
function errorPlaces(errors: readonly ErrorObject[]): { places: readonly [string, ErrorObject][]; areAll: boolean } {
  const places = new Map<string, ErrorObject>()
  for (const error of errors) {
    const pointer = errorPointer(error)
    if (places.size === MAX_PLACES && !places.has(pointer)) return { places: [...places], areAll: false }
    places.set(pointer, error)
  }
  return { places: [...places], areAll: errors.length <= MAX_ERRORS }
}

/** Where the error is, as a JSON Pointer; of a member that is missing, where it should be. */
function errorPointer({ keyword, instancePath, params }: ErrorObject): string {
  if (keyword === 'required') return `${instancePath}/${params.missingProperty}`
  return instancePath === '' ? '/' : instancePath
}

/** The value that is wrong, with its exact numbers; the name of a member stands nowhere. */
function errorValue({ instancePath, data }: ErrorObject, json: unknown): unknown {
  if (typeof data === 'string') return data
  return [{ value: json }, ...stepsTo(instancePath, json, '')].pop()?.value
}

/** What the schema asks for there, with the values that Ajv's own words leave out. */
function errorMessage({ keyword, params, message }: ErrorObject): string | undefined {
  switch (keyword) {
    case 'enum':
      return `must be one of ${params.allowedValues.map(stringifyJson).join(', ')}`
    case 'const':
      return `must be ${stringifyJson(params.allowedValue)}`
    case 'additionalProperties':
      return `must not have ${quoted(params.additionalProperty)}`
    default:
      return message
  }
}

type AnyAjv = ReturnType<typeof createAjv>

/** @throws UsageError for a keyword that Ajv does not know, and that is not a name of something else */
function addKeywords(ajv: AnyAjv, files: readonly SchemaFile[], name: string): void {
  const formats = Object.keys(ajv.formats)
  // Ajv's own, by which nothing is found out at once.
  const keywords = Object.keys(ajv.RULES.keywords).filter((keyword) => keyword !== '$async')
  for (const { path, parts, schema } of files) {
    const own = parts.flatMap((part) => requireKnownKeywords(path, part, { name, formats, keywords }))
    // What leads to a part is not a schema, such as the components of AsyncAPI.
    const outer = parts.some(({ pointer }) => pointer === '') ? [] : Object.keys(schema)
    // By itself Ajv takes each name once, and not any name.
    for (const word of [...own, ...outer]) ajv.RULES.keywords[word] ??= true
  }
}

function addSchemas(ajv: AnyAjv, files: readonly SchemaFile[], name: string): void {
  for (const { path, address, schema, parts } of files) {
    // Our keywords look up exact numbers; all others of Ajv know those of JavaScript alone.
    const document = withStandIns(schema) as object
    requireCompiled(name, () => ajv.addSchema(document, address))
    for (const { pointer } of parts) {
      if (pointer === '') continue
      const place = parts.length === 1 ? name : `${path}#${pointer}`
      const [part] = stepsTo(pointer, document, place).slice(-1) as [PointerStep]
      requireCompiled(place, () => ajv.validateSchema(part.value as object, true))
    }
  }
}

function compileWith(ajv: AnyAjv, { name, reference }: { name: string; reference: string }): ValidateFunction {
  return requireCompiled(name, () => ajv.getSchema(reference) as ValidateFunction)
}

function requireCompiled<T>(name: string, compile: () => T): T {
  try {
    return compile()
  } catch (error) {
    const { name: kind, message } = error as Error
    const problem = kind === 'RangeError' ? ENDLESS : excerpt(message)
    throw new UsageError(`The schema ${quoted(name)} does not compile: ${problem}.`)
  }
}

/** What uses up the stack. */
const ENDLESS =
  'it has too much in one list, is nested too deep, or has a "$ref" that leads back to itself, with nothing but "$ref" between'

/** The draft that a schema says to be written for. */
function draftOf({ path, draft = DRAFTS[0] }: SchemaFile): string {
  const known = draftNamedIn(String(draft))
  if (known !== undefined) return known
  throw new UsageError(
    `The schema ${quoted(path)} is one of ${quoted(String(draft))}; only those of ${DRAFTS.join(', ')} are read.`,
  )
}

const OPTIONS = {
  ...{ allErrors: true, verbose: true, strict: false, strictSchema: true, allowMatchingProperties: true },
  // Each object inherits a member `toString`.
  ownProperties: true,
}

function createAjv(draft: string): InstanceType<typeof import('ajv').Ajv> {
  // Ajv takes two patterns for the same if their texts are.
  const compile = (source: string) => Object.assign(compilePattern(source), { toString: () => source })
  const patterns = Object.assign(compile, { code: 'regularExpression' })
  const Draft = loadDraft(draft)
  const ajv = new Draft({ ...OPTIONS, code: { regExp: patterns as never } })
  const { default: addFormats } = require('ajv-formats') as typeof import('ajv-formats')
  addFormats(ajv as never)
  for (const [name, accepts] of Object.entries(FORMATS)) ajv.addFormat(name, accepts)
  ajv.addFormat('int64', { type: 'number', validate: isInt64 })
  for (const name of UNCHECKED_FORMATS) ajv.addFormat(name, true)
  replaceValueKeywords(ajv as never)
  replaceEvaluatingKeywords(ajv as never)
  if (draft === 'draft-06') ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'))
  return ajv.addVocabulary(ANNOTATIONS) as InstanceType<typeof import('ajv').Ajv>
}

/** Loaded when they are needed: they take longer than all the rest of the library. */
function loadDraft(draft: string) {
  if (draft === '2020-12') return (require('ajv/dist/2020') as typeof import('ajv/dist/2020')).Ajv2020
  if (draft === '2019-09') return (require('ajv/dist/2019') as typeof import('ajv/dist/2019')).Ajv2019
  return (require('ajv') as typeof import('ajv')).Ajv
}
