/** The port to HTTP: requests beside the socket. */

/** An HTTP request. */
export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

/** What the server answered. */
export interface HttpResponse {
  readonly status: number
  /** Names in lower case; cookies that are set stand in a line each. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The charset that the server named, if it is not known: the text was read as UTF-8. */
  readonly unknownCharset?: string | undefined
  /** The decoded body as it came, where it may be no text. */
  readonly bytes?: Buffer
}

/** What a response has to keep to. */
export interface RequestLimits {
  /** How long it may take in all, in ms. */
  readonly timeout: number
  /** The largest body that is taken in, decoded, in bytes. */
  readonly maxMessageBytes: number
}

/**
 * Sends a request and waits for the whole response; redirections are responses like any other.
 * @throws ConnectionError if there is no response, or it does not keep to the limits
 * @throws UsageError for a request that cannot be sent
 */
export type SendRequest = (request: HttpRequest, limits: RequestLimits) => Promise<HttpResponse>
