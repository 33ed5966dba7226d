/** What the setting `redact` names: values of messages, headers and parameters that no report or failure may show. */

import { Mistake } from '../matching/errors'
import { NOT_JSON } from '../matching/matcher'
import { type Path, parsePath } from '../matching/path'
import type { Redaction } from '../matching/redaction'

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

  /** Whether there is anything to keep. */
  get areAny(): boolean {
    return this.paths.length + this.headers.size + this.parameters.size > 0
  }

  learn(json: unknown): void {
    if (json === NOT_JSON) return
    for (const path of this.paths)
      for (const found of path.select(json)) for (const leaf of leavesOf(found)) this.keep(leaf)
  }

  /** Learns from a message that is sent, if it is JSON. */
  learnFromText(text: string | Buffer | undefined): void {
    if (this.paths.length === 0 || typeof text !== 'string') return
    try {
      this.learn(JSON.parse(text))
    } catch {
      // What is no JSON has no paths.
    }
  }

  /** Learns from the headers of a handshake, a request or a response. */
  learnFromHeaders(headers: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(headers)) {
      if (!this.headers.has(name.toLowerCase())) continue
      this.keep(value)
      // `Bearer abc`, and `session=abc; Path=/`.
      for (const part of value.split(/^\w+ (?=\S+$)|[;,]\s*|=/)) if (part.length > 1) this.keep(part)
    }
  }

  /** Learns from the parameters of an address. */
  learnFromAddress(url: string): void {
    if (this.parameters.size === 0 || !URL.canParse(url)) return
    for (const [name, value] of new URL(url).searchParams) if (this.parameters.has(name)) this.keep(value)
  }

  hide(text: string): string {
    if (this.known.size === 0) return text
    // Long ones first, as they may contain others.
    const longFirst = () => [...this.known].sort((one, other) => other.length - one.length)
    this.pattern ??= new RegExp(longFirst().map(literally).join('|'), 'g')
    return text.replace(this.pattern, SHOWN)
  }

  /** The secret as it is, and as it stands in JSON and in addresses. */
  private keep(secret: string): void {
    if (secret === '' || this.known.has(secret)) return
    this.known.add(secret)
    this.known.add(JSON.stringify(secret).slice(1, -1))
    this.known.add(encodeURIComponent(secret.toWellFormed()))
    this.pattern = undefined
  }
}

const EXAMPLES: Readonly<Record<string, string>> = { header: 'authorization', parameter: 'token' }

/** The texts and numbers in a value; the others have nothing to hide. */
function* leavesOf(value: unknown): Generator<string> {
  if (typeof value === 'string' || typeof value === 'number') yield String(value)
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* leavesOf(inner)
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
