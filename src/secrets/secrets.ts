/** What the setting `redact` names: values of messages, headers and parameters that reports and failures may not show. */

import { isUtf8 } from 'node:buffer'
import { UsageError } from '../errors'
import { evaluateIfPossible } from '../evaluation-limit'
import { findDuplicateMember } from '../json/duplicate-members'
import { isContainer, partsOf } from '../json/json-value'
import { type Path, parsePath } from '../paths/path'
import type { Redaction } from '../redaction'
import { quoted } from '../text/excerpt'
import { percentDecode } from '../text/url'
import { addressesIn, basicCredentials, loginsIn, passwordsOf } from './passwords'
import type { SecretFinder } from './secret-finder'
import { leafTexts, memberLeaves, secretParts } from './secret-parts'

const REPLACEMENT = '[redacted]'

/** A line of a secret that is shorter, in characters, is not secret by itself: `}`. */
const MIN_LINE = 4

/** From how many characters on a text is remembered, and how many are remembered in all. */
const [LONG_TEXT, MAX_HIDDEN_SIZE] = [2000, 2 ** 24]

/** Settings, some of which are run. */
interface SettingsWithCommands {
  readonly programs: object
  readonly commands: object
}

/** The secrets of a conversation: it knows their names, and learns their values where they pass. */
export class Secrets implements Redaction {
  private readonly paths: Path[] = []
  /** For each path what stands in every text in which it finds something, but for those that escape letters. */
  private readonly requiredNames: string[] = []
  private readonly headers = new Set<string>()
  private readonly parameters = new Set<string>()
  private readonly known = new Set<string>()
  /** Addresses that it has learned from: most clients connect to the same. */
  private readonly addresses = new Set<string>()
  /** Paths whose evaluation takes too long. */
  private readonly endless = new Set<Path>()
  private hasNumbers = false
  private finder: SecretFinder | undefined
  /** Long texts, and what of them is shown: each is shown several times, in failures and reports. */
  private readonly hidden = new Map<string, string>()
  private hiddenSize = 0

  /**
   * @param names paths into messages, `header:authorization`, and `parameter:token` of addresses
   * @throws UsageError for another name
   */
  constructor(names: readonly string[] = []) {
    for (const name of names) {
      const [, kind, value = ''] = /^(header|parameter):(.*)$/s.exec(name) ?? []
      if (kind === undefined) {
        this.paths.push(parsePath(name))
        this.requiredNames.push(requiredName(name))
      } else if (!/^[^\s:]+$/.test(value)) {
        throw new UsageError(`${quoted(name)} does not name a ${kind}: write ${kind}:${EXAMPLES[kind]}`)
      } else if (kind === 'header') this.headers.add(value.toLowerCase())
      else this.parameters.add(value)
    }
  }

  learn(json: unknown): void {
    for (const path of this.paths) {
      // What a path with `..` finds may be within one another.
      const visited = new Set<object>()
      for (const value of this.select(path, json)) for (const leaf of leafTexts(value, visited)) this.add(leaf)
    }
  }

  /** Learns from the options of protocols, each object of which is a document: `$.token` finds `auth.token`, too. */
  learnFromOptions(options: unknown): void {
    if (this.paths.length === 0) return
    for (const { value } of partsOf(asJson(options))) if (isContainer(value)) this.learn(value)
  }

  learnFromText(content: string | Buffer = ''): void {
    if (this.paths.length === 0) return
    const text = content.toString()
    if (this.mayHaveSecret(text)) this.learnFromWhole(text)
    if (!this.hasNumbers) return
    // Numbers that JavaScript rounds, or writes otherwise, are also known as they were written.
    for (const [number] of text.matchAll(/-?\d[\d.eE+-]*/g)) if (this.known.has(`${Number(number)}`)) this.add(number)
  }

  /** Most texts have none of the names: to parse each of them would take as long as everything else together. */
  private mayHaveSecret(text: string): boolean {
    return text.includes('\\u') || this.requiredNames.some((name) => text.includes(name))
  }

  private learnFromWhole(text: string): void {
    try {
      const value: unknown = JSON.parse(text)
      this.learn(value)
      // Of a member that stands twice the value knows one alone.
      if (findDuplicateMember(text, value)) this.learnFromInvalidJson(text)
    } catch {
      this.learnFromInvalidJson(text)
    }
  }

  /** Learns from the headers of a handshake, a request or a response. */
  learnFromHeaders(headers: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(headers)) {
      // Where a response leads is an address.
      if (LOCATIONS.includes(name.toLowerCase())) this.learnFromAddress(value)
      if (!this.headers.has(name.toLowerCase())) continue
      for (const reading of headerReadings(value)) {
        this.add(reading)
        for (const part of secretParts(name.toLowerCase(), reading)) this.add(part)
      }
    }
  }

  /** Learns a password, too, although no setting names it. */
  learnFromAddress(address: string): void {
    if (this.addresses.has(address)) return
    this.addresses.add(address)
    this.learnPasswords([address, ...address.split(BLANKS), ...addressesIn(address)])
    this.learnParameters(address)
  }

  learnFromCommand(text: string): void {
    for (const password of this.learnPasswords([...addressesIn(text), ...loginsIn(text)])) {
      // What means something to a shell alone is shown by itself.
      for (const [part] of password.matchAll(SHELL_PARTS)) this.add(part)
    }
    if (this.parameters.size > 0) for (const word of text.split(WORD_ENDS)) this.learnParameters(word)
  }

  private learnPasswords(addresses: readonly string[]): Set<string> {
    const unique = [...new Set(addresses)]
    const passwords = new Set(unique.flatMap(passwordsOf))
    for (const password of passwords) this.add(percentDecode(password))
    for (const address of unique) this.add(basicCredentials(address))
    return passwords
  }

  private learnParameters(address: string): void {
    for (const [, name = '', value = ''] of address.matchAll(/[?&]([^=&#]*)(?:=([^&#]*))?/g)) {
      if (!this.parameters.has(percentDecode(name))) continue
      // As the URL Standard has it, which decodes what is not validly encoded, too.
      const parsed = new URLSearchParams(`value=${value}`).get('value') as string
      for (const one of [parsed, percentDecode(value.replaceAll('+', ' ')), percentDecode(value)]) this.add(one)
      // A number may be shown as it is read.
      if (/^-?\d/.test(parsed)) this.add(`${Number(parsed)}`)
    }
  }

  /** Learns from all texts and names in a value, as from commands. */
  learnFromCommands(value: unknown): void {
    for (const { name = '', value: part } of partsOf(value, new Set())) {
      for (const text of [name, part]) if (typeof text === 'string') this.learnFromCommand(text)
    }
  }

  /** Learns from the addresses that stand in settings, but for programs and commands: from these when they are started. */
  learnFromSettings(settings: SettingsWithCommands): void {
    for (const { value } of partsOf(settings, new Set([settings.programs, settings.commands]))) {
      if (typeof value === 'string') this.learnPasswords(addressesIn(value))
    }
  }

  hide(text: string, length?: number): string {
    const { finder } = this
    if (finder === undefined) return text
    if (length !== undefined && length < text.length) return finder.replaceUntil(length, text, REPLACEMENT)
    if (text.length < LONG_TEXT) return finder.replaceAll(text, REPLACEMENT)
    const known = this.hidden.get(text)
    if (known !== undefined) return known
    const shown = finder.replaceAll(text, REPLACEMENT)
    this.hiddenSize += text.length + shown.length
    if (this.hiddenSize > MAX_HIDDEN_SIZE) this.forgetHidden()
    this.hidden.set(text, shown)
    return shown
  }

  private forgetHidden(): void {
    this.hidden.clear()
    this.hiddenSize = 0
  }

  /** What a path finds, and once its evaluation has taken too long, everything. */
  private select(path: Path, json: unknown): readonly unknown[] {
    const found = this.endless.has(path) ? undefined : evaluateIfPossible(() => path.select(json))
    if (found === undefined) this.endless.add(path)
    return found ?? [json]
  }

  /** What cannot be parsed has no paths; but whoever wrote it meant the members with the path's last name. */
  private learnFromInvalidJson(text: string): void {
    for (const { source } of this.paths) {
      const [, name] = LAST_NAME.exec(source) ?? []
      if (name !== undefined) for (const leaf of memberLeaves(text, name)) this.add(leaf)
    }
  }

  private add(secret: string): void {
    this.addText(secret)
    // Output, and whatever else is shown by lines, has each of them by itself.
    if (!/[\r\n]/.test(secret)) return
    for (const line of secret.split(/[\r\n]/)) if (line.trim().length >= MIN_LINE) this.addText(line.trim())
  }

  private addText(secret: string): void {
    if (secret === '' || this.known.has(secret)) return
    this.known.add(secret)
    this.hasNumbers ||= !Number.isNaN(Number(secret))
    this.finder ??= createFinder()
    this.finder.add(secret)
    if (this.hiddenSize > 0) this.forgetHidden()
  }
}

/** What JSON has of a value; nothing of one that refers to itself, or has what JSON has not. */
function asJson(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value ?? null))
  } catch {
    return undefined
  }
}

/** Loaded with the first secret: most conversations have none. */
function createFinder(): SecretFinder {
  const { SecretFinder } = require('./secret-finder') as typeof import('./secret-finder')
  return new SecretFinder()
}

/** The last name in a path, in whatever way it is written; what only says which of several is meant may follow it. */
const LAST_NAME = /([^\s'"./*[\]]+)['"]?\]?(?:\[[\d:*-]*\]|\.+\*|\/\d+)*$/

/** A path whose last name is the member in which it finds something. */
const OF_NAMES = /^[$\w.*[\]:/-]+$/

/** The last name of a path in quotes, as JSON has it; empty where it may find something without it. */
function requiredName(source: string): string {
  const [, name = ''] = OF_NAMES.test(source) ? (LAST_NAME.exec(source) ?? []) : []
  return /^[a-z_][\w-]*$/i.test(name) ? JSON.stringify(name) : ''
}

/** What stands between the method and the address of a request, and between two addresses. */
const BLANKS = /\s+/

/** Blanks and quotes between the words of a command. */
const WORD_ENDS = /[\s"'`<>]+/

/** A variable, and the number of an output. */
const SHELL_PARTS = /\$\w+|\d+[<>]+/g

/** Headers whose value is an address (RFC 9110). */
const LOCATIONS = ['location', 'content-location', 'referer', 'origin']

const EXAMPLES: Readonly<Record<string, string>> = { header: 'authorization', parameter: 'token' }

/** A header as it was read, in Latin-1, and as it may have been written, in UTF-8. */
function headerReadings(value: string): string[] {
  const bytes = Buffer.from(value, 'latin1')
  const written = isUtf8(bytes) ? bytes.toString() : value
  return written === value ? [value] : [value, written]
}
