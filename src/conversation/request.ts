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
 * Sends a request and waits for the whole answer; redirections are answers like any other.
 * @param within in ms
 * @throws ConnectionFailure if there is no answer
 */
export type Request = (request: HttpRequest, within: number) => Promise<HttpResponse>
