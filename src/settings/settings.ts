/** The settings: what a project writes under `websocket` in the worldParameters of its Cucumber configuration. */

import { readable } from '../arguments'
import type { ProtocolSetting, TlsSettings } from '../connection/connection'
import type { ConnectOptions } from '../connection/connection-target'
import { requireAddress } from '../connection/spoken-protocols'
import type { ContractSetting } from '../contract/contract-setting'
import type { ReportSettings, ResolvedSettings } from '../conversation-state/resolved-settings'
import { UsageError } from '../errors'
import { parseTemplate } from '../messages/lazy-parsing'
import type { PhraseTemplates } from '../messages/templates'
import type { Command, Program } from '../processes/programs'
import { registerRedaction } from '../redaction'
import { Secrets } from '../secrets/secrets'
import { quoted } from '../text/excerpt'
import { parseProxy } from '../text/url'
import { parseDuration, parseTimeLimit } from '../time/duration'

/**
 * The settings as they are written; each of them may be left out.
 * @example const settings: Settings = { url: 'ws://localhost:8080', timeout: '2s' }
 */
export interface Settings {
  /** Where clients connect to; `${client}` in it is the client's name. CUCUMBER_WEBSOCKET_URL overrides it. */
  readonly url?: string
  /** Which protocol is spoken over the WebSocket: its name, or an object with its `name` and options, or a `codec` alone. */
  readonly protocol?: ProtocolSetting
  /** Protocols with options by names of their own, for `protocol` and for `the server speaks "…"`. */
  readonly protocols?: Readonly<Record<string, ProtocolSetting>>
  /** How phrases travel: JSON, or a text, with `${phrase}` where the phrase stands. */
  readonly phrases?: { readonly sent?: unknown; readonly received?: unknown }
  /** How long an expectation waits: `5s`, or a number of ms. Default `5s`. */
  readonly timeout?: string | number
  /** How long silence is watched for. Default `200ms`. */
  readonly quiet?: string | number
  /** How long a scenario may take in all, from its first sentence to its last. Default: no limit. */
  readonly scenarioTimeout?: string | number
  /** How long a scenario waits at its end, after its clients have left, for what the server still says of them. Default none. */
  readonly pauseBetweenScenarios?: string | number
  /** Headers of every handshake. */
  readonly headers?: Readonly<Record<string, string>>
  /** Subprotocols that every client offers. */
  readonly subprotocols?: readonly string[]
  /** The certificates of secure connections and requests. */
  readonly tls?: TlsSettings
  /** The HTTP proxy of all connections and requests, `http://proxy:8080`; `false` for none. Default: those of the environment. */
  readonly proxy?: string | false
  /** Whether clients offer to compress messages, by permessage-deflate. Default `false`. */
  readonly compression?: boolean
  /** How many redirects of a handshake are followed; the next one is a refusal. Default 0. */
  readonly redirects?: number
  /** The folder of named messages, one `.json`, `.yaml` or `.txt` file each. Default `features/messages`. */
  readonly messages?: string
  /** The member that says the type of a message, as a path. Default `type`. */
  readonly type?: string
  /** The member that an answer has in common with its request, as a path: `id`. */
  readonly correlation?: string
  /** Where the token of `connects with token …` stands: `{ headers: { Authorization: 'Bearer ${token}' } }`. */
  readonly token?: Omit<ConnectOptions, 'to'>
  /** Messages that every client ignores, each as a sentence writes it: `{"type": "heartbeat"}`. */
  readonly ignore?: readonly string[]
  /** Programs that sentences start, by name. */
  readonly programs?: Readonly<Record<string, Program>>
  /** Commands that sentences run, by name. */
  readonly commands?: Readonly<Record<string, string | Command>>
  /** The AsyncAPI documents that describe the servers: what contradicts them fails its scenario. */
  readonly asyncapi?: string | ContractSetting | readonly (string | ContractSetting)[]
  /** What of each conversation is put into the report. Default: the picture and the text, always. */
  readonly report?: Partial<ReportSettings>
  /** What reports and failures may not show, beside Authorization and cookies: `$.token`, `header:x`, `parameter:token`. */
  readonly redact?: readonly string[]
  /** The largest message, or decoded body of a response, that is taken in, in bytes. Default 1 MiB. */
  readonly maxMessageBytes?: number
}

/** Headers that reports and failures never show. */
const ALWAYS_REDACTED = ['header:authorization', 'header:proxy-authorization', 'header:cookie', 'header:set-cookie']

/** How long a peer has to answer a closing handshake, in ms. */
const CLOSE_GRACE = 250

/**
 * Reads the settings, and fills in what was left out.
 * @param environment its CUCUMBER_WEBSOCKET_URL overrides the address
 * @throws UsageError that names every key that is unknown or of the wrong type
 */
export function readSettings(given?: Settings, environment: NodeJS.ProcessEnv = process.env): ResolvedSettings {
  if (given === undefined) return resolve({}, environment)
  try {
    return validated(given, environment)
  } catch {
    // The error is shown before any conversation has learned what it may not show: it is made anew, without that.
    const secrets = new Secrets()
    const stop = registerRedaction(secrets)
    try {
      readable('The settings in worldParameters.websocket', () => secrets.learnFromCommands(given))
      return validated(given, environment)
    } finally {
      stop()
    }
  }
}

function validated(given: Settings, environment: NodeJS.ProcessEnv): ResolvedSettings {
  readable('The settings in worldParameters.websocket', () => validate(given))
  return resolve(given, environment)
}

function resolve(settings: Settings, environment: NodeJS.ProcessEnv): ResolvedSettings {
  const { scenarioTimeout } = settings
  return {
    server: {
      url: environment.CUCUMBER_WEBSOCKET_URL || settings.url,
      headers: settings.headers ?? {},
      subprotocols: settings.subprotocols ?? [],
    },
    protocol: settings.protocol,
    protocols: settings.protocols ?? {},
    tls: settings.tls ?? {},
    proxy: readProxy(settings),
    compression: settings.compression ?? false,
    redirects: settings.redirects ?? 0,
    phrases: readPhrases(settings),
    timeout: readKey('timeout', () => parseDuration(settings.timeout ?? 5000)),
    quiet: readKey('quiet', () => parseDuration(settings.quiet ?? 200)),
    scenarioTimeout:
      scenarioTimeout === undefined ? undefined : readKey('scenarioTimeout', () => parseTimeLimit(scenarioTimeout)),
    pauseBetweenScenarios: readKey('pauseBetweenScenarios', () => parseDuration(settings.pauseBetweenScenarios ?? 0)),
    messages: settings.messages ?? 'features/messages',
    type: settings.type ?? 'type',
    correlation: settings.correlation,
    token: settings.token,
    ignore: settings.ignore ?? [],
    redact: readRedact(settings),
    asyncapi: contractSettings(settings.asyncapi),
    report: {
      diagram: settings.report?.diagram ?? 'always',
      transcript: settings.report?.transcript ?? 'always',
      mermaid: settings.report?.mermaid ?? 'never',
      frames: settings.report?.frames ?? false,
    },
    programs: readPrograms(settings),
    commands: readCommands(settings),
    maxMessageBytes: settings.maxMessageBytes ?? 2 ** 20,
    closeGrace: CLOSE_GRACE,
  }
}

function contractSettings(given: Settings['asyncapi'] = []): readonly ContractSetting[] {
  return [given].flat().map((one) => {
    const setting = typeof one === 'string' ? { document: one } : one
    if (setting.address !== undefined) requireAddress(`the document ${quoted(setting.document)}`, setting.address)
    return setting
  })
}

function readPhrases({ phrases = {} }: Settings): PhraseTemplates {
  const templates: PhraseTemplates = {}
  for (const [side, template] of Object.entries(phrases) as [keyof PhraseTemplates, unknown][]) {
    if (template === undefined) continue
    templates[side] = readKey(`phrases.${side}`, () => parseTemplate(template, { isExpected: side === 'received' }))
  }
  return templates
}

function readProxy({ proxy }: Settings): string | false | undefined {
  if (proxy === undefined || proxy === false || parseProxy(proxy)) return proxy
  throw new UsageError(
    '"proxy" in worldParameters.websocket is wrong: it is not the address of an HTTP proxy, such as http://proxy:8080.',
  )
}

function readRedact({ redact = [] }: Settings): string[] {
  const names = [...ALWAYS_REDACTED, ...redact]
  readKey('redact', () => new Secrets(names))
  return names
}

function readPrograms({ programs = {} }: Settings): Readonly<Record<string, Program>> {
  for (const [name, program] of Object.entries(programs)) readTimeout(`programs.${name}`, program)
  return programs
}

function readCommands({ commands = {} }: Settings): Record<string, Command> {
  const entries = Object.entries(commands)
  return Object.fromEntries(
    entries.map(([name, command]) => {
      if (typeof command === 'string') return [name, { command }]
      readTimeout(`commands.${name}`, command)
      return [name, command]
    }),
  )
}

function readTimeout(key: string, { timeout }: Command): void {
  if (timeout !== undefined) readKey(`${key}.timeout`, () => parseDuration(timeout))
}

function validate(settings: Settings): void {
  // Loaded when it is needed: dry runs, and projects that set nothing, start sooner without it.
  const { settingsProblems } = require('./schema') as typeof import('./schema')
  const problems = settingsProblems(settings)
  if (problems.length > 0) {
    throw new UsageError(['The settings in worldParameters.websocket are wrong.', ...problems].join('\n'))
  }
}

/** Reads a setting; an error names its key. */
function readKey<T>(key: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new UsageError(`${quoted(key)} in worldParameters.websocket is wrong: ${(error as Error).message}`)
  }
}
