/** JSON Schemas that sentences name by an address: read before the sentence is carried out, and once in a run. */

import { UsageError } from '../errors'
import type { RequestLimits, SendRequest } from '../http/send-request'
import { fillSchemaLocation } from '../messages/fill-in-place'
import type { Variables } from '../messages/variables'
import { isAddress, readSchemas } from '../schemas/schema-files'
import type { Secrets } from '../secrets/secrets'

/** What has been read in this run, by its address. */
type SchemaTexts = Map<string, string>

/** What is needed to read them. */
interface SchemaAddressesContext {
  readonly texts: SchemaTexts
  readonly sendRequest: SendRequest
  readonly limits: RequestLimits
  readonly secrets: Secrets
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

  /** Reads a schema's document, and those on its host that it refers to. */
  async read(location: string): Promise<void> {
    const asked = new Set<string>()
    while (asked.size <= MAX_DOCUMENTS) {
      const missing = this.missingFrom(location, asked)
      if (missing === undefined) return
      if (asked.size < MAX_DOCUMENTS) await this.readOne(missing)
      else this.errors.set(missing, `${location} needs more than ${MAX_DOCUMENTS} documents.`)
      asked.add(missing)
    }
  }

  /** The first document that has not been asked for; what else is wrong is told when the schema is used. */
  private missingFrom(location: string, asked: ReadonlySet<string>): string | undefined {
    const { texts } = this.context
    let missing: string | undefined
    try {
      readSchemas(location, (address) => {
        if (!texts.has(address) && !asked.has(address)) missing = address
        return this.text(address)
      })
    } catch {
      // Whoever expects a message to be valid is told.
    }
    return missing
  }

  private async readOne(url: string): Promise<void> {
    const { texts, sendRequest, limits, secrets } = this.context
    secrets.learnFromAddress(url)
    try {
      const { status, text } = await sendRequest({ method: 'GET', url, headers: HEADERS }, limits)
      if (status >= 200 && status < 300) texts.set(url, text)
      else this.errors.set(url, `GET ${url} was answered with the status ${status}: a schema was expected.`)
    } catch (error) {
      this.errors.set(url, (error as Error).message)
    }
  }
}
