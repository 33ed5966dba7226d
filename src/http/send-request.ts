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
}

/**
 * Sends a request and waits for the whole response; redirections are responses like any other.
 * @param timeout in ms
 * @throws ConnectionError if there is no response
 */
export type SendRequest = (request: HttpRequest, timeout: number) => Promise<HttpResponse>
