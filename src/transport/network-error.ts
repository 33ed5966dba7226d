/** Describes why a connection or request failed: the system's and OpenSSL's codes in words. */

import { excerpt } from '../text/excerpt'

interface Problem {
  readonly text: string
  /** What to do about it. */
  readonly hint?: string
}

const untrusted: Problem = {
  text: 'its certificate is not signed by an authority that is trusted here',
  hint: '; "tls.ca" in the settings names who signed it',
}

const uncertified: Problem = {
  text: 'the server accepts no client without a certificate that it trusts',
  hint: `; "tls.cert" and "tls.key" in the settings are the clients'`,
}

const unsecured: Problem = {
  text: 'the server does not speak TLS there',
  hint: '; an address without it begins with ws:// or http://',
}

const problems: Record<string, Problem> = {
  ECONNREFUSED: { text: 'nothing listens there' },
  EMFILE: { text: 'this process has too many open files', hint: '; `ulimit -n` shows how many it may have' },
  ECONNRESET: { text: 'the connection was reset' },
  HPE_HEADER_OVERFLOW: { text: 'the headers of its answer are too long' },
  ENOENT: { text: 'there is no such socket' },
  EACCES: { text: 'this user may not connect there' },
  EPIPE: { text: 'the connection is broken' },
  ENOTFOUND: { text: 'there is no host of that name' },
  EAI_AGAIN: { text: 'the name of the host could not be looked up' },
  ETIMEDOUT: { text: 'the host does not answer' },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  CERT_HAS_EXPIRED: { text: 'its certificate has expired' },
  CERT_NOT_YET_VALID: { text: 'its certificate is not valid yet' },
  ERR_TLS_CERT_ALTNAME_INVALID: { text: 'its certificate is for another host' },
}

/** What Node says of a connection that was reset or closed, by its message. */
const resets: Record<string, Problem> = {
  'socket hang up': { text: 'the connection was closed without an answer' },
  aborted: { text: 'its answer was cut short' },
}

/** What OpenSSL says if a server turns down a client's certificate, or the lack of one (alerts of RFC 8446, section 6.2). */
const TURNED_DOWN = /alert .*(certificate|unknown ca|handshake failure)/

/** What OpenSSL says of an answer that is not TLS. */
const NOT_TLS = /wrong version number|packet length too long|unknown protocol/

/** A server may be gone before its reason is read. */
const dropped: Problem = {
  text: 'the connection was reset',
  hint: '; if the server wants certificates of its clients, "tls.cert" and "tls.key" in the settings are theirs',
}

/** Also what a server says that was asked without TLS, and wants it. */
const notHttp: Problem = {
  text: 'what answers there does not speak HTTP',
  hint: '; if it is TLS, the address begins with wss:// or https://',
}

/** An error of the system, of OpenSSL or of Node. */
interface NetworkError extends NodeJS.ErrnoException {
  readonly reason?: string
  readonly cert?: { readonly subjectaltname?: string }
}

/** The error behind an error: Node gathers one for each address of a host, of which the first suffices. */
export function rootCause(error: Error): NetworkError {
  return error instanceof AggregateError ? (error.errors[0] as Error) : error
}

/**
 * What went wrong, with the code to look up.
 * @param url what was to be reached
 */
export function describeNetworkError(error: Error, url: string): string {
  const cause = rootCause(error)
  const { code = '', message, cert } = cause
  const problem =
    code === 'ECONNRESET' && /^(wss|https):/.test(url)
      ? dropped
      : (resets[message] ?? problems[code] ?? protocolProblem(cause))
  if (!problem) return excerpt(message)
  const host = cert?.subjectaltname ? `: ${excerpt(cert.subjectaltname)}` : ''
  return `${problem.text}${code && ` (${code})`}${host}${problem.hint ?? ''}`
}

function protocolProblem({ code = '', message, reason }: NetworkError): Problem | undefined {
  if (code === 'HPE_INVALID_CONSTANT') return notHttp
  if (code.startsWith('HPE_')) return { text: `the server broke the HTTP protocol: ${message}` }
  const openSslReason = reason ?? /:SSL routines:[^:]*:([^:]+):/.exec(message)?.[1]
  if (openSslReason === undefined) return undefined
  if (TURNED_DOWN.test(openSslReason)) return uncertified
  return NOT_TLS.test(openSslReason)
    ? unsecured
    : { text: `no secure connection came about: ${excerpt(openSslReason)}` }
}
