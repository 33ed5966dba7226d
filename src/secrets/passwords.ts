/** The passwords of addresses: also of those that are not valid, and of those that stand within a text. */

import { parseUrl, percentDecode } from '../text/url'

/** User and password of an address as a header has them (RFC 7617); empty without a password. */
export function basicCredentials(address: string): string {
  const url = address.includes('@') ? parseUrl(address) : undefined
  if (!url?.password) return ''
  const { username, password } = url
  return Buffer.from(`${percentDecode(username)}:${percentDecode(password)}`).toString('base64')
}

/** Schemes whose addresses have a host, and a password before it alone. */
const HAS_HOST = /^(?:wss?|https?):$/

/** A valid address of a Unix domain socket, which has no password. */
const SOCKET = /^\s*(?:ws|http)\+unix:\/(?:\/\/[^#:]|[^/#:])[^#]*$/i

/** The scheme of an address, and what stands between it and the user; or a user, where the scheme was left out. */
const SCHEME = /^\s*[a-z][a-z\d+.-]*:(\/*)/i

/** Before it stands a user with a password. */
const AT = /@|%40/

/** Stands where a password will be: no secret by itself. */
const VARIABLE = /^\$\{[^{}]*\}$/

/** User and password of Oracle: `jdbc:oracle:thin:rob/secret@//host`. */
const ORACLE = /^\s*jdbc:oracle:\w+:[^/@]*\/(.+)$/is

/** The passwords that an address may have; also one that is not valid, or whose password is not encoded, but was meant to be. */
export function passwordsOf(address: string): string[] {
  return possiblePasswords(address).filter((password) => password !== '' && !VARIABLE.test(password))
}

function possiblePasswords(address: string): string[] {
  if (!AT.test(address) || SOCKET.test(address)) return []
  const url = parseUrl(address)
  const isWhole = url !== undefined && HAS_HOST.test(url.protocol) && !url.hash.includes('@')
  if (isWhole) return [url.password]
  // All of it may have been encoded.
  if (!address.includes('@')) return possiblePasswords(decodeMarks(percentDecode(address)))
  const [scheme = '', slashes = ''] = SCHEME.exec(address) ?? []
  const rest = address.slice(scheme.length)
  const user = beforeLastAt(rest)
  const [, oracle = ''] = ORACLE.exec(scheme + user) ?? []
  // Where the path has an @, too, the password may end at either.
  const passwords = [afterColon(user), afterColon(beforeLastAt(rest.split(/[/?#]/, 1)[0] as string)), oracle]
  // Without slashes the scheme may be the user.
  const isUser = slashes === '' && scheme !== '' && !HAS_HOST.test(scheme.trim().toLowerCase())
  return isUser ? [user, ...passwords] : passwords
}

/** In one that is not validly encoded, too. */
function decodeMarks(address: string): string {
  return address.replaceAll('%40', '@').replace(/%3a/gi, ':')
}

function beforeLastAt(text: string): string {
  return text.slice(0, Math.max(text.lastIndexOf('@'), 0))
}

function afterColon(user: string): string {
  return user.slice(user.indexOf(':') + 1 || user.length)
}

/** What begins a host, or a path. */
const SLASHES = /:\/+/g

/** The scheme before them; a longer one is none. */
const SCHEME_BEFORE = /[a-z][a-z\d+.-]{0,40}$/i
const MAX_SCHEME = 41

/** What may stand beside an address in a text. */
const SEPARATORS = /[\s"'`<>,;|(){}[\]]+/

/** The addresses with slashes in a text, such as `--url=redis://rob:secret@host`: each up to the next one, and up to its own end. */
export function addressesIn(text: string): string[] {
  if (!text.includes('@')) return []
  const starts = [...text.matchAll(SLASHES)].flatMap(({ index }) => {
    const before = text.slice(Math.max(0, index - MAX_SCHEME), index)
    const start = before.search(SCHEME_BEFORE)
    return start < 0 ? [] : [index - before.length + start]
  })
  return starts.flatMap((start, at) => {
    const piece = text.slice(start, starts[at + 1])
    return [piece, piece.split(SEPARATORS, 1)[0] as string]
  })
}

/** A user without a scheme, as in `rob:secret@host`, or none, and neither a name of something else nor a path. */
const USER =
  /^(?!(?:[^@]*@)?(?:acct|data|file|mailto|node|npm|sips?|tel|urn|workspace|xmpp):)[^\s:/"'`<>(){}[\],;|=]*:(?!\/)/i

/** What follows the @ of a container's image. */
const DIGEST = /@sha\d+:[\da-f]*$/i

/** The addresses without a scheme in a command: `rob:secret@host`, `//rob:secret@host`, also after a name and `=`. */
export function loginsIn(text: string): string[] {
  if (!text.includes('@')) return []
  const words = text.split(/\s+/).flatMap((word) => [word, ...word.split(SEPARATORS)])
  return words
    .map((word) => word.replace(/^[^:@=]*=/, '').replace(/^:?\/\//, ''))
    .filter((word) => word.includes('@') && !word.includes(':/') && USER.test(word) && !DIGEST.test(word))
}
