/** Features and their scenarios, which each shard has with ids of its own. */

import type { Envelope } from '@cucumber/messages'
import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { contentOf, definedIds, type RewrittenIds, rewriteIds } from './message-ids'

/** A message of the first run that has it. */
interface FirstMessage {
  readonly file: string
  readonly envelope: Envelope
  readonly content: string
  readonly ids: readonly string[]
}

/** The features of several runs, each once. */
export class SharedFeatures {
  readonly #sources = new Map<string, Envelope>()
  readonly #documents = new Map<string, FirstMessage>()
  readonly #pickles = new Map<string, FirstMessage>()
  /** The features of each file of messages, in its order. */
  readonly #orders = new Map<string, string[]>()

  /**
   * Adds what a run has of its features.
   * @param known where the run's ids are put that belong to what is there
   * @throws UsageError if another run has it otherwise
   */
  add(file: string, envelope: Envelope, ids: RewrittenIds, known: Map<string, string>): void {
    const { source, gherkinDocument, pickle } = envelope
    const { uri } = (source ?? gherkinDocument ?? pickle) as { uri: string }
    const path = uri.replaceAll('\\', '/')
    if (source && !this.#sources.has(path)) this.#sources.set(path, envelope)
    if (gherkinDocument) {
      this.#orders.set(file, [...(this.#orders.get(file) ?? []), path])
      addOnce(this.#documents, path, { file, path, envelope, ids, known })
    }
    if (pickle) {
      const place = JSON.stringify([path, ...pickle.astNodeIds.map(ids.refer)])
      addOnce(this.#pickles, place, { file, path, envelope, ids, known })
    }
  }

  /** All messages, in the order of a run that has all features; if none has, by path. */
  envelopes(): Envelope[] {
    const paths = [...this.#documents.keys()]
    const order = [...this.#orders.values()].find((one) => new Set(one).size === paths.length) ?? paths.sort()
    const documents = order.map((path) => (this.#documents.get(path) as FirstMessage).envelope)
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

interface Addition {
  readonly file: string
  readonly path: string
  readonly envelope: Envelope
  readonly ids: RewrittenIds
  readonly known: Map<string, string>
}

function addOnce(
  messages: Map<string, FirstMessage>,
  key: string,
  { file, path, envelope, ids, known }: Addition,
): void {
  const first = messages.get(key)
  const content = contentOf(envelope)
  if (!first) {
    const rewritten = rewriteIds(envelope, ids)
    messages.set(key, { file, envelope: rewritten, content, ids: definedIds(rewritten) })
    return
  }
  if (first.content !== content) {
    throw new UsageError(
      `The feature ${quoted(path)} is not the same in ${quoted(first.file)} and in ${quoted(file)}. Run all shards with the same features, and the same version of Cucumber.`,
    )
  }
  for (const [index, id] of definedIds(envelope).entries()) known.set(id, first.ids[index] as string)
}
