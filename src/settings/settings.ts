/** The settings: what a project writes under `websocket` in the worldParameters of its Cucumber configuration. */

import type { Tls } from '../conversation/connection'
import type { Reporting, Terms } from '../conversation/conversation'
import { milliseconds } from '../conversation/duration'
import type { Command, Program } from '../conversation/programs'
import { Secrets } from '../conversation/secrets'
import { type Phrases, templateOf } from '../conversation/templates'
import { Mistake } from '../matching/errors'

/** The settings as they are written; each of them may be left out. */
export interface Settings {
  /** Where clients connect to; `${client}` in it is the client's name. CUCUMBER_WEBSOCKET_URL overrides it. */
  readonly url?: string
  /** How phrases travel: JSON, or a text, with `${phrase}` where the phrase stands. */
  readonly phrases?: { readonly sent?: unknown; readonly received?: unknown }
  /** How long an expectation waits: `5s`, or a number of ms. Default `5s`. */
  readonly timeout?: string | number
  /** How long silence is watched for. Default `200ms`. */
  readonly quiet?: string | number
  /** Headers of every handshake. */
  readonly headers?: Readonly<Record<string, string>>
  /** Subprotocols that every client offers. */
  readonly subprotocols?: readonly string[]
  /** The certificates of secure connections and requests. */
  readonly tls?: Tls
  /** The folder of named messages, one `.json`, `.yaml` or `.txt` file each. Default `features/messages`. */
  readonly messages?: string
  /** Messages that are noise, each as a sentence writes it: `{"type": "heartbeat"}`. */
  readonly ignore?: readonly string[]
  /** Programs that sentences start, by name. */
  readonly programs?: Readonly<Record<string, Program>>
  /** Commands that sentences run, by name. */
  readonly commands?: Readonly<Record<string, string | Command>>
  /** What of each conversation is put into the report. Default: the picture and the text, always. */
  readonly report?: Partial<Reporting>
  /** What else no report or failure may show than Authorization and cookies: `$.token`, `header:x`, `parameter:token`. */
  readonly redact?: readonly string[]
  /** The largest message that is taken in, in bytes. Default 1 MiB. */
  readonly maxMessageBytes?: number
}

/** What nobody wants to have in a report. */
const ALWAYS_SECRET = ['header:authorization', 'header:cookie', 'header:set-cookie']

/** How long a peer has to answer a closing handshake, in ms. */
const CLOSE_GRACE = 250

/**
 * Reads the settings.
 * @param environment overrides the address by CUCUMBER_WEBSOCKET_URL
 * @throws Mistake that names every key that is unknown or of the wrong type
 */
export function readSettings(written?: Settings, environment: NodeJS.ProcessEnv = process.env): Terms {
  if (written !== undefined) check(written)
  const settings = written ?? {}
  const phrases: Phrases = {}
  for (const [side, template] of Object.entries(settings.phrases ?? {}) as [keyof Phrases, unknown][]) {
    if (template !== undefined)
      phrases[side] = within(`phrases.${side}`, () => templateOf(template, side === 'received'))
  }
  return {
    server: {
      url: environment.CUCUMBER_WEBSOCKET_URL || settings.url,
      headers: settings.headers ?? {},
      subprotocols: settings.subprotocols ?? [],
    },
    tls: settings.tls ?? {},
    phrases,
    timeout: within('timeout', () => milliseconds(settings.timeout ?? 5000)),
    quiet: within('quiet', () => milliseconds(settings.quiet ?? 200)),
    messages: settings.messages ?? 'features/messages',
    ignore: settings.ignore ?? [],
    redact: within('redact', () => {
      const names = [...ALWAYS_SECRET, ...(settings.redact ?? [])]
      new Secrets(names)
      return names
    }),
    report: {
      diagram: settings.report?.diagram ?? 'always',
      transcript: settings.report?.transcript ?? 'always',
      mermaid: settings.report?.mermaid ?? 'never',
    },
    programs: settings.programs ?? {},
    commands: Object.fromEntries(
      Object.entries(settings.commands ?? {}).map(([name, one]) => [
        name,
        typeof one === 'string' ? { command: one } : one,
      ]),
    ),
    maxMessageBytes: settings.maxMessageBytes ?? 2 ** 20,
    closeGrace: CLOSE_GRACE,
  }
}

function check(settings: Settings): void {
  // Loaded when it is needed: dry runs, and projects that set nothing, start sooner without it.
  const { problemsOf } = require('./schema') as typeof import('./schema')
  const problems = problemsOf(settings)
  if (problems.length > 0) {
    throw new Mistake(['The settings in worldParameters.websocket are wrong.', ...problems].join('\n'))
  }
}

function within<T>(key: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new Mistake(`"${key}" in worldParameters.websocket is wrong: ${(error as Error).message}`)
  }
}
