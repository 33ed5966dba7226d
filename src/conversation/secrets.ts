/** What the setting `redact` names: values of messages, headers and parameters that no report or failure may show. */

import { Mistake } from '../matching/errors'
import { type Path, parsePath } from '../matching/path'
import type { Redaction } from '../matching/redaction'
import { everySpellingOf } from './spellings'

const SHOWN = '[redacted]'

/** The secrets of a conversation: it knows what they are called, and learns them where they pass. */
export class Secrets implements Redaction {
  private readonly paths: Path[] = []
  private readonly headers = new Set<string>()
  private readonly parameters = new Set<string>()
  private readonly known = new Set<string>()
  /** Finds what is known; made when it is needed. */
  private pattern: RegExp | undefined

  /**
   * @param names paths into messages, `header:authorization`, and `parameter:token` of addresses
   * @throws Mistake for what is none of them
   */
  constructor(names: readonly string[] = []) {
    for (const name of names) {
      const [, kind, which = ''] = /^(header|parameter):(.*)$/s.exec(name) ?? []
      if (kind === undefined) this.paths.push(parsePath(name))
      else if (!/^[^\s:]+$/.test(which))
        throw new Mistake(`"${name}" names no ${kind}: write ${kind}:${EXAMPLES[kind]}`)
      else if (kind === 'header') this.headers.add(which.toLowerCase())
      else this.parameters.add(which)
    }
  }

  learn(json: unknown): void {
    for (const path of this.paths) {
      for (const found of path.select(json)) for (const leaf of leavesOf(found)) this.keep(leaf)
    }
  }

  learnFromText(text: string | Buffer = ''): void {
    if (this.paths.length === 0) return
    const written = text.toString()
    try {
      this.learn(JSON.parse(written))
    } catch {
      this.learnFromBrokenJson(written)
    }
    // Numbers that JavaScript rounds, or writes otherwise, are also known as they were written.
    for (const [number] of written.matchAll(/-?\d[\d.eE+-]*/g))
      if (this.known.has(`${Number(number)}`)) this.keep(number)
  }

  /** Learns from the headers of a handshake, a request or a response. */
  learnFromHeaders(headers: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(headers)) {
      if (!this.headers.has(name.toLowerCase())) continue
      this.keep(value)
      for (const part of partsOf(name.toLowerCase(), value)) this.keep(part)
    }
  }

  /** Learns a password, too, which nobody wants to have in a report. */
  learnFromAddress(address: string): void {
    this.keep(decoded(passwordIn(address)))
    for (const [, name = '', value = ''] of address.matchAll(/[?&]([^=&#]*)(?:=([^&#]*))?/g)) {
      if (this.parameters.has(decoded(name))) this.keep(decoded(value.replaceAll('+', ' ')))
      if (this.parameters.has(decoded(name))) this.keep(decoded(value))
    }
  }

  hide(text: string): string {
    if (this.known.size === 0) return text
    // Long ones first, as they may contain others.
    const longFirst = () => [...this.known].sort((one, other) => other.length - one.length)
    this.pattern ??= new RegExp(longFirst().map(everySpellingOf).join('|'), 'gu')
    return text.replace(this.pattern, SHOWN)
  }

  /** What is no JSON has no paths; but whoever wrote it meant the member of that name. */
  private learnFromBrokenJson(text: string): void {
    for (const { written } of this.paths) {
      const [name] = /[\w-]+$/.exec(written) ?? []
      if (name === undefined) continue
      const member = new RegExp(`"${name}"\\s*:\\s*(?:"((?:[^"\\\\]|\\\\.)*)|(-?\\d[\\d.eE+-]*))`, 'g')
      for (const [, quotedText, number = ''] of text.matchAll(member)) this.keep(quotedText ?? number)
    }
  }

  private keep(secret: string): void {
    if (secret === '' || this.known.has(secret)) return
    this.known.add(secret)
    this.pattern = undefined
  }
}

const EXAMPLES: Readonly<Record<string, string>> = { header: 'authorization', parameter: 'token' }

/** What in a header is secret by itself: the credentials after `Bearer`, the values of cookies, each subprotocol. */
function partsOf(header: string, value: string): string[] {
  if (header === 'cookie' || header === 'set-cookie') {
    const cookies = header === 'cookie' ? value.split(';') : value.split('\n').map((one) => one.split(';')[0] as string)
    return cookies.map((cookie) => cookie.slice(cookie.indexOf('=') + 1).trim()).flatMap((one) => [one, decoded(one)])
  }
  if (header === 'sec-websocket-protocol') return value.split(/,\s*/)
  return value.split(/^\w+ (?=\S+$)/)
}

/** The texts and numbers in a value; the others have nothing to hide. A number is also known in its digits. */
function* leavesOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'number') {
    yield String(value)
    if (Number.isInteger(value)) yield value.toLocaleString('en-US', { useGrouping: false })
  } else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) yield* leavesOf(inner)
  }
}

/** The password in an address, also in one that is none, but was meant to be. */
function passwordIn(address: string): string {
  if (!address.includes('@')) return ''
  if (URL.canParse(address)) return new URL(address).password
  const [beforeQuery = ''] = address.split(/[?#]/)
  const user = beforeQuery.slice(0, Math.max(beforeQuery.lastIndexOf('@'), 0)).replace(/^\s*[a-z][a-z\d+.-]*:\/*/i, '')
  return user.slice(user.indexOf(':') + 1 || user.length)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
