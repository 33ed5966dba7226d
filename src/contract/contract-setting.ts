/** Which AsyncAPI documents describe the servers, as the settings say it. */

/**
 * A document against which connections and messages are validated.
 * @example const contract: ContractSetting = { document: 'docs/asyncapi.yaml', strict: 'report' }
 */
export interface ContractSetting {
  /** The path of a file in the project, or an address. */
  readonly document: string
  /** Whether what contradicts it fails its scenario, or is reported alone. Default `fail`. */
  readonly strict?: 'fail' | 'report'
  /** Whom it describes: with `client`, what it says that it sends is what clients send. Default `server`. */
  readonly view?: 'server' | 'client'
  /** The draft of JSON Schema of payloads that name none, such as `2020-12`. Default `draft-07`, as AsyncAPI has it. */
  readonly draft?: string
  /** Where its servers are, if the settings have several: a path such as `/chat`, or an address. */
  readonly address?: string
}
