/** JSON Schemas that sentences name by an address: read before the sentence is carried out, and once in a run. */

import { isAddress, sourceOf, type TextSource } from './documents/document-source'
import { UsageError } from './errors'
import type { RequestLimits, SendRequest } from './http/send-request'
import { beginReading, continueReading } from './schemas/schema-files'
import type { Secrets } from './secrets/secrets'
import { formatDuration } from './time/duration'
import { fillSchemaLocation } from './variables/fill-in-place'
import type { Variables } from './variables/variables'

/** What has been read in this run, by its address. */
type SchemaTexts = Map<string, string>

/** What is needed to read them. */
interface SchemaAddressesContext {
  readonly texts: SchemaTexts
  readonly sendRequest: SendRequest
  readonly limits: RequestLimits
  readonly secrets: Secrets
}

/** When the time of several documents is over, by the clock of the process: from the first one on. */
interface SharedTime {
  end?: number
}

/** So many documents may belong to one schema: a server may refer to ever more of them. */
const MAX_DOCUMENTS = 100

const HEADERS = { Accept: 'application/schema+json, application/json, application/yaml;q=0.9, */*;q=0.8' }

const NAMED = /valid against ("(?:https?:|\$\{)(?:[^"\\]|\\.)*"|'(?:https?:|\$\{)(?:[^'\\]|\\.)*')/gi

function fillIfPossible(location: string, variables: Variables): string[] {
  try {
    return [fillSchemaLocation(location, variables)]
  } catch {
    return []
  }
}

/** Reads the documents of schemas; what went wrong is told by the sentence that needs them. */
export class SchemaAddresses {
  private readonly errors = new Map<string, string>()

  constructor(private readonly context: SchemaAddressesContext) {}

  /**
   * The text of a document that has been read.
   * @throws UsageError if it has not, or could not be
   */
  readonly text = (address: string): string => {
    const text = this.context.texts.get(address)
    if (text !== undefined) return text
    throw new UsageError(
      this.errors.get(address) ??
        `${address} has not been read: that is done for what a sentence names after «valid against», and by ` +
          '`await conversation.readSchema(…)`.',
    )
  }

  /** The addresses after «valid against»; of one whose variables are wrong, its sentence tells that. */
  namedIn(texts: readonly string[], variables: Variables): string[] {
    return texts
      .flatMap((text) => [...text.matchAll(NAMED)])
      .flatMap(([, location = '']) => fillIfPossible(location.slice(1, -1).replace(/\\(["'])/g, '$1'), variables))
      .filter((location) => isAddress(location))
  }

  /** Reads the documents of these schemas, and those on their hosts that they refer to, within one timeout in all. */
  async read(locations: readonly string[]): Promise<void> {
    const time: SharedTime = {}
    for (const location of locations) await this.readSchema(location, time)
  }

  private async readSchema(location: string, time: SharedTime): Promise<void> {
    const reading = beginReading(location)
    try {
      await this.readDocuments(location, (...source) => continueReading(reading, location, ...source), {
        time,
        expected: 'a schema',
      })
    } catch {
      // Whoever expects a message to be valid is told.
    }
  }

  /**
   * Reads all documents of which something is made, within one timeout in all.
   * @param proceed yields the address of one after the other, and is given its text
   * @throws UsageError for one that cannot be read
   */
  async readDocuments<T>(
    location: string,
    proceed: (...source: [] | [TextSource]) => IteratorResult<string, T>,
    { time = {}, expected = 'an AsyncAPI document' }: { time?: SharedTime; expected?: string } = {},
  ): Promise<T> {
    let step = proceed()
    for (let asked = 0; !step.done; ) {
      const { value: address } = step
      if (!this.context.texts.has(address)) {
        if (++asked > MAX_DOCUMENTS) this.errors.set(address, `${location} needs more than ${MAX_DOCUMENTS} documents.`)
        else await this.readOne(address, time, expected)
      }
      step = proceed(sourceOf(address, this.text))
    }
    return step.value
  }

  private async readOne(url: string, time: SharedTime, expected: string): Promise<void> {
    const { texts, sendRequest, limits, secrets } = this.context
    secrets.learnFromAddress(url)
    try {
      const now = performance.now()
      time.end ??= now + limits.timeout
      const timeout = Math.round(time.end - now)
      if (timeout <= 0) throw new Error(tooLate(url, limits.timeout))
      const { status, text } = await sendRequest({ method: 'GET', url, headers: HEADERS }, { ...limits, timeout })
      if (status >= 200 && status < 300) texts.set(url, text)
      else this.errors.set(url, `GET ${url} was answered with the status ${status}: ${expected} was expected.`)
    } catch (error) {
      this.errors.set(url, (error as Error).message)
    }
  }
}

function tooLate(url: string, timeout: number): string {
  return (
    `GET ${url} was not requested: those before it took the ${formatDuration(timeout)} that the schemas of a sentence ` +
    'may take in all. A longer "timeout" in the settings allows more.'
  )
}
