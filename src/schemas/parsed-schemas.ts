/** Schemas that stand within documents which have been parsed: compiled when they are needed, each once. */

import type { ComparingMatcher } from '../matching/matcher'
import { type ParsedPlace, reachParsed } from './schema-files'
import type { SchemaCompiler } from './schema-matcher'

/** Schemas of one draft. */
export class ParsedSchemas {
  private readonly matchers = new Map<string, ComparingMatcher | Error>()
  private readonly set: ReturnType<typeof reachParsed>
  private compiler: SchemaCompiler | undefined

  /**
   * @param name of the document, for errors
   * @param draft of JSON Schema: `draft-07`
   * @param places of all of them
   * @param contentOf says what a document has at its path; it throws why it has nothing
   * @throws UsageError if they refer to nothing
   */
  constructor(
    private readonly name: string,
    private readonly draft: string,
    places: readonly ParsedPlace[],
    contentOf: (path: string) => object,
  ) {
    this.set = reachParsed(places, contentOf)
  }

  /**
   * Makes sure that all of them are written in the draft.
   * @throws UsageError that says which one is not
   */
  prepare(): void {
    this.compile().prepare()
  }

  /**
   * Accepts what is valid against a schema, which is one of the places or within one of them.
   * @param isBounded says whether each small value is validated soon
   * @throws UsageError if it does not compile
   */
  matcher(place: ParsedPlace, isBounded: () => boolean): ComparingMatcher {
    const name = `${place.path}#${place.pointer}`
    const matcher = this.matchers.get(name) ?? this.compiled(name, place, isBounded())
    this.matchers.set(name, matcher)
    if (matcher instanceof Error) throw matcher
    return matcher
  }

  /** A schema that has been stopped once is not compiled again: it would take as long, or Ajv would fail otherwise. */
  private compiled(name: string, place: ParsedPlace, isBounded: boolean): ComparingMatcher | Error {
    try {
      return this.compile().matcher(name, this.set.referenceTo(place), isBounded)
    } catch (error) {
      return error as Error
    }
  }

  private compile(): SchemaCompiler {
    // Loaded when it is needed: Ajv takes longer than all the rest of the library.
    const { SchemaCompiler } = require('./schema-matcher') as typeof import('./schema-matcher')
    this.compiler ??= new SchemaCompiler(this.name, this.set.files, this.draft)
    return this.compiler
  }
}
