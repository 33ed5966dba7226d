/** The schemas of a contract: what is valid against them, and in words what is not. */

import { draftNamedIn } from '../documents/json-schema-drafts'
import { isObject } from '../json/json-value'
import { type ComparingMatcher, LEFT_OUT, type MessageContent } from '../matching/matcher'
import { redact } from '../redaction'
import { ParsedSchemas } from '../schemas/parsed-schemas'
import { cut } from '../text/excerpt'
import { isBounded } from './bounded'
import { type Place, shown } from './place'
import { hasConstants, likeness, listAt, shapeOf } from './shape'

/** A schema, and the draft of JSON Schema in which it is written. */
export interface ContractSchema {
  readonly place: Place
  readonly draft: string
}

/** How many complaints are told of one value. */
const MAX_TOLD = 5

/** Schemas of several drafts. */
export class ContractSchemas {
  private readonly places = new Map<string, Place[]>()
  private readonly sets = new Map<string, ParsedSchemas>()
  private readonly matchers = new WeakMap<Place, ComparingMatcher>()

  /**
   * Adds one; all are added before the first of them is compiled.
   * @param unnamed the draft of schemas that name none
   * @throws UsageError if its `$ref` leads nowhere
   */
  add(schema: Place, unnamed: string): ContractSchema {
    // Of a document beside the contract, all schemas are of the draft that it names.
    const draftAt = (place: Place) => draftNamedBy(place.value) ?? draftNamedBy(place.documents.contentOf(place.path))
    let draft = unnamed
    // Newer drafts read what stands beside "$ref"; Ajv would lose its way from a "$ref" that stands alone to another document.
    const place = schema.follow(undefined, (passed) => {
      draft = draftAt(passed) ?? draft
      return /^draft/.test(draft) || Object.keys(passed.value as object).length === 1
    })
    draft = draftAt(place) ?? draft
    const places = this.places.get(draft) ?? []
    this.places.set(draft, places)
    places.push(place)
    return { place, draft }
  }

  /**
   * Finds all to which they refer.
   * @throws UsageError if there is nothing
   */
  reach(): void {
    for (const [draft, places] of this.places) {
      const [{ documents }] = places as [Place]
      this.sets.set(draft, new ParsedSchemas(documents.path, draft, places, documents.contentOf))
    }
  }

  /**
   * Makes sure that all of them are written in their draft.
   * @throws UsageError that says which one is not
   */
  prepare(): void {
    for (const set of this.sets.values()) set.prepare()
  }

  isValid(schema: ContractSchema, value: unknown): boolean {
    return this.matcher(schema).accepts(contentOf(value))
  }

  private matcher({ place, draft }: ContractSchema): ComparingMatcher {
    const known = this.matchers.get(place)
    if (known) return known
    const matcher = (this.sets.get(draft) as ParsedSchemas).matcher(place, () => isBounded(place))
    this.matchers.set(place, matcher)
    return matcher
  }

  /**
   * What a schema says of a value that is not valid, of several branches the one that is likeliest meant; empty for one that is.
   * @param isSecret whether the values themselves are not told
   */
  complaints(schema: ContractSchema, value: unknown, isSecret = false): string {
    if (this.isValid(schema, value)) return ''
    const { place, draft } = schema
    for (const branch of likelyBranches(place, value)) {
      const found = this.complaints({ place: branch, draft }, value, isSecret)
      if (found !== '') return found
    }
    const { expected, actual } = this.matcher(schema).compare(contentOf(value))
    const values = actual as Readonly<Record<string, unknown>>
    const { [LEFT_OUT]: areMore, ...problems } = expected as Readonly<Record<string, string>>
    const all = Object.entries(problems)
    const specific = all.filter(([, problem]) => !SUMMARY.test(problem))
    const told = specific.length > 0 ? specific : all
    const complaints = told.slice(0, MAX_TOLD).map(([pointer, problem]) => {
      const isShown = !isSecret && pointer in values && !/^must not have/.test(problem)
      return complaint(pointer, problem, isShown ? `, and is ${shown(values[pointer])}` : '')
    })
    const more = told.length - complaints.length
    if (areMore !== undefined) complaints.push('and many more')
    else if (more > 0) complaints.push(`and ${more} more`)
    return complaints.join('; ')
  }
}

const SUMMARY = /^must match (?:exactly one|a) schema in |^must match "/

function complaint(pointer: string, problem: string, value: string): string {
  const place = pointer === '/' ? 'it' : cut(redact(pointer))
  return problem.startsWith('must have required property')
    ? `${place} is missing`
    : `${place} ${cut(redact(problem), { length: 200 })}${value}`
}

/** The branch of `oneOf` or `anyOf` that is most like a value, if one is. */
function likelyBranches(schema: Place, value: unknown, depth = 0): Place[] {
  const place = schema.followIfPossible()
  if (!place || !isObject(place.value) || depth > 10) return []
  const branches = ['oneOf', 'anyOf'].flatMap((keyword) => {
    const [best, second] = listAt(place, keyword)
      .map((branch) => ({ branch, score: scoreOf(branch, value) }))
      .sort((one, other) => other.score - one.score)
    return best && best.score > (second?.score ?? 0) ? [best.branch] : []
  })
  return [...branches, ...listAt(place, 'allOf').flatMap((one) => likelyBranches(one, value, depth + 1))]
}

function scoreOf(branch: Place, value: unknown): number {
  const shape = shapeOf(branch)
  return isObject(value) && !hasConstants(shape, value) ? 0 : likeness(shape, value)
}

function draftNamedBy(schema: unknown): string | undefined {
  return draftNamedIn(String((schema as { readonly $schema?: unknown }).$schema))
}

function contentOf(json: unknown): MessageContent {
  return { text: undefined, json, bytes: undefined }
}
