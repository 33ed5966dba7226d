/** Features and their scenarios, which each shard tells with ids of its own. */

import type { Envelope } from '@cucumber/messages'
import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { contentOf, definedIds, type RewrittenIds, rewriteIds } from './message-ids'

/** A message as the first run has told it. */
interface ToldMessage {
  readonly file: string
  readonly envelope: Envelope
  readonly content: string
  readonly ids: readonly string[]
}

/** The features of several runs, each told once. */
export class SharedFeatures {
  readonly #sources = new Map<string, Envelope>()
  readonly #documents = new Map<string, ToldMessage>()
  readonly #pickles = new Map<string, ToldMessage>()
  /** The features of each file of messages, in its order. */
  readonly #orders = new Map<string, string[]>()

  /**
   * Adds what a run tells of its features.
   * @param known where the run's ids are put that belong to what was told before
   * @throws UsageError if another run has told it otherwise
   */
  add(file: string, envelope: Envelope, ids: RewrittenIds, known: Map<string, string>): void {
    const { source, gherkinDocument, pickle } = envelope
    const { uri } = (source ?? gherkinDocument ?? pickle) as { uri: string }
    const path = uri.replaceAll('\\', '/')
    if (source && !this.#sources.has(path)) this.#sources.set(path, envelope)
    if (gherkinDocument) {
      this.#orders.set(file, [...(this.#orders.get(file) ?? []), path])
      tell(this.#documents, path, { file, path, envelope, ids, known })
    }
    if (pickle) {
      const place = JSON.stringify([path, ...pickle.astNodeIds.map(ids.refer)])
      tell(this.#pickles, place, { file, path, envelope, ids, known })
    }
  }

  /** All messages, in the order of a run that has all features; if none has, by path. */
  envelopes(): Envelope[] {
    const paths = [...this.#documents.keys()]
    const order = [...this.#orders.values()].find((one) => new Set(one).size === paths.length) ?? paths.sort()
    const documents = order.map((path) => (this.#documents.get(path) as ToldMessage).envelope)
    const pickles = [...this.#pickles].map(([place, { envelope }]) => ({ at: order.indexOf(pathOf(place)), envelope }))
    return [
      ...this.#sources.values(),
      ...documents,
      ...pickles.sort((one, other) => one.at - other.at).map(({ envelope }) => envelope),
    ]
  }
}

function pathOf(place: string): string {
  return JSON.parse(place)[0]
}

interface Telling {
  readonly file: string
  readonly path: string
  readonly envelope: Envelope
  readonly ids: RewrittenIds
  readonly known: Map<string, string>
}

function tell(told: Map<string, ToldMessage>, key: string, { file, path, envelope, ids, known }: Telling): void {
  const first = told.get(key)
  const content = contentOf(envelope)
  if (!first) {
    const rewritten = rewriteIds(envelope, ids)
    told.set(key, { file, envelope: rewritten, content, ids: definedIds(rewritten) })
    return
  }
  if (first.content !== content) {
    throw new UsageError(
      `The feature ${quoted(path)} is not the same in ${quoted(first.file)} and in ${quoted(file)}. Run all shards with the same features, and the same version of Cucumber.`,
    )
  }
  for (const [index, id] of definedIds(envelope).entries()) known.set(id, first.ids[index] as string)
}
