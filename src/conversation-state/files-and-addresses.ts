/** What a conversation reads: files of the project, and documents at addresses. */

import type { ReadDocuments } from '../contract/read-contract'
import { UsageError } from '../errors'
import type { RequestLimits } from '../http/send-request'
import type { NamedMessage, ProjectFiles } from '../messages/project-files'
import type { SchemaAddresses } from '../schema-addresses'
import type { Secrets } from '../secrets/secrets'
import { quoted } from '../text/excerpt'
import type { Variables } from '../variables/variables'
import type { TimeLimit } from './time-limit'
import type { Transports } from './transports'

/** What is needed to read them. */
interface ReadingContext {
  readonly transports: Transports
  readonly secrets: Secrets
  readonly limits: RequestLimits
  readonly timeLimit: TimeLimit
  /** Of the sentence, such as `features/chat.feature:12`. */
  readonly location: () => string | undefined
}

/** The files and addresses of one conversation. */
export class FilesAndAddresses implements ProjectFiles {
  private loadedAddresses: SchemaAddresses | undefined

  constructor(private readonly context: ReadingContext) {}

  /** The folder of the feature: what it names may lie there. */
  get folder(): string {
    return this.context.location()?.replace(/[^/\\]*$/, '') ?? ''
  }

  read(path: string): Buffer {
    const { transports, location } = this.context
    // A file may stand beside the feature that names it.
    return isAddress(path) ? Buffer.from(this.addresses.text(path)) : transports.files.read(path, location())
  }

  message(name: string): NamedMessage {
    return this.context.transports.files.message(name)
  }

  /** Reads the documents at addresses of which an AsyncAPI document is made. */
  readonly readDocuments: ReadDocuments = (location, proceed) => {
    const goal = () => `the document ${quoted(location)} was still being read`
    return this.context.timeLimit.until(goal, this.addresses.readDocuments(location, proceed))
  }

  /** Reads the schemas that texts name by their addresses. */
  readSchemasIn(texts: readonly string[], variables: Variables): Promise<void> {
    return this.readSchemas(this.addresses.namedIn(texts, variables))
  }

  /**
   * Reads the schema at an address, and what it refers to.
   * @throws UsageError if it is not an address
   */
  readSchema(address: string): Promise<void> {
    this.context.secrets.learnFromAddress(address)
    if (isAddress(address)) return this.readSchemas([address])
    throw new UsageError(
      `${quoted(address)} is not an address that begins with http:// or https://: files need not be read.`,
    )
  }

  private readSchemas(addresses: readonly string[]): Promise<void> {
    const goal = () => `schemas were still being read: ${addresses.map(quoted).join(', ')}`
    return this.context.timeLimit.until(goal, this.addresses.read(addresses))
  }

  /** Loaded when they are needed: most conversations read nothing from an address. */
  private get addresses(): SchemaAddresses {
    if (this.loadedAddresses) return this.loadedAddresses
    const { SchemaAddresses } = require('../schema-addresses') as typeof import('../schema-addresses')
    const { transports, secrets, limits } = this.context
    const { schemaTexts: texts, sendRequest } = transports
    this.loadedAddresses = new SchemaAddresses({ texts, sendRequest, secrets, limits })
    return this.loadedAddresses
  }
}

function isAddress(path: string): boolean {
  return /^https?:\/\//i.test(path)
}
