/** The schema of the settings, and what is wrong with those that do not fit it. */

import * as v from 'valibot'
import { DRAFTS } from '../documents/json-schema-drafts'
import { isContainer } from '../json/json-value'
import { quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'

/** The message of a schema says what a setting should be. */
type Schema = v.GenericSchema<unknown>

const text = v.string('a text')
const boolean = v.boolean('true or false')
const listOfTexts = v.array(text, 'a list of texts')
const time = 'a duration, such as "5s" or 200'
const duration = v.union([v.string(), v.pipe(v.number(), v.finite(time))], time)
const template = v.union([v.string(), v.custom(isContainer)], 'JSON or a text with ${phrase} in it')
const occasion = v.picklist(['always', 'on failure', 'never'], '"always", "on failure" or "never"')

const oneCheck = 'an object with one of "port", "url" and "output"'
const portVariable = v.pipe(v.string(), v.regex(/\$\{[^{}]*\}/, 'a port, as a number or from a variable: "${port}"'))
const ready = objectOf(oneCheck, {
  port: v.optional(v.lazy((port) => (typeof port === 'string' ? portVariable : wholeNumber('a port', 1, 65_535)))),
  url: v.optional(text),
  output: v.optional(text),
})
const run = {
  command: v.string('a command line, such as "node server.js"'),
  cwd: v.optional(text),
  env: v.optional(objectWith('an object of texts', text)),
  shell: v.optional(boolean),
  timeout: v.optional(duration),
}
const command = objectOf('an object with a "command"', run)
const program = objectOf('an object with a "command"', {
  ...run,
  keep: v.optional(boolean),
  ready: v.optional(
    v.pipe(
      ready,
      v.check((checks) => Object.values(checks as object).filter((one) => one !== undefined).length === 1, oneCheck),
    ),
  ),
})

const named = v.pipe(v.custom(isPlainObject), v.looseObject({ name: text }))
const codec = v.union([v.string(), named], 'the name of a codec, or an object with its "name" and options')
const protocol = v.union(
  [
    v.string(),
    v.pipe(v.custom(isPlainObject), v.looseObject({ name: text, codec: v.optional(codec) })),
    v.pipe(v.custom(isPlainObject), v.looseObject({ name: v.optional(text), codec })),
  ],
  'the name of a protocol, or an object with its "name" or "codec", and options',
)

const document = 'an AsyncAPI document, such as "docs/asyncapi.yaml", or an object with its "document"'
const contract = v.lazy((one) =>
  typeof one === 'string'
    ? v.string()
    : objectOf(document, {
        document: text,
        strict: v.optional(v.picklist(['fail', 'report'], '"fail" or "report"')),
        view: v.optional(v.picklist(['server', 'client'], '"server" or "client"')),
        draft: v.optional(v.picklist(DRAFTS, `one of ${DRAFTS.join(', ')}`)),
        address: v.optional(text),
      }),
)

const schema = objectOf('an object of settings', {
  url: v.optional(v.string('an address, such as "ws://localhost:8080"')),
  protocol: v.optional(protocol),
  protocols: v.optional(objectWith('an object of protocols', protocol)),
  asyncapi: v.optional(v.lazy((asyncapi) => (Array.isArray(asyncapi) ? v.array(contract) : contract))),
  phrases: v.optional(
    objectOf('an object with "sent" and "received"', { sent: v.optional(template), received: v.optional(template) }),
  ),
  timeout: v.optional(duration),
  quiet: v.optional(duration),
  scenarioTimeout: v.optional(duration),
  pauseBetweenScenarios: v.optional(duration),
  headers: v.optional(objectWith('an object of texts', text)),
  subprotocols: v.optional(listOfTexts),
  tls: v.optional(
    objectOf('an object with "ca", "cert" and "key", each a file', {
      ca: v.optional(v.lazy((ca) => (Array.isArray(ca) ? listOfTexts : v.string('a file, or a list of files')))),
      cert: v.optional(v.string('a file, such as "rob.pem"')),
      key: v.optional(v.string('a file, such as "rob.key"')),
      rejectUnauthorized: v.optional(boolean),
    }),
  ),
  proxy: v.optional(
    v.union([v.string(), v.literal(false)], 'an address, such as "http://proxy:8080", or false for none'),
  ),
  compression: v.optional(boolean),
  redirects: v.optional(wholeNumber('a whole number of redirects, from 0 to 100', 0, 100)),
  messages: v.optional(v.string('a folder, such as "features/messages"')),
  type: v.optional(v.string('a path, such as "type"')),
  correlation: v.optional(v.string('a path, such as "id"')),
  token: v.optional(
    objectOf('an object with "headers", "parameters", "cookies" or "subprotocols"', {
      headers: v.optional(objectWith('an object of texts', text)),
      parameters: v.optional(objectWith('an object of texts', text)),
      cookies: v.optional(objectWith('an object of texts', text)),
      subprotocols: v.optional(listOfTexts),
    }),
  ),
  ignore: v.optional(v.array(v.string('a message as a sentence writes it'), 'a list of messages')),
  redact: v.optional(
    v.array(v.string('a path, header:NAME or parameter:NAME'), 'a list such as ["$.token", "header:authorization"]'),
  ),
  programs: v.optional(objectWith('an object of programs', program)),
  commands: v.optional(
    objectWith(
      'an object of commands',
      v.lazy((one) => (typeof one === 'string' ? v.string() : command)),
    ),
  ),
  report: v.optional(
    objectOf('an object with "diagram", "transcript", "mermaid" and "frames"', {
      diagram: v.optional(occasion),
      transcript: v.optional(occasion),
      mermaid: v.optional(occasion),
      frames: v.optional(boolean),
    }),
  ),
  maxMessageBytes: v.optional(wholeNumber('a whole number of bytes, 1 or more', 1, Number.MAX_SAFE_INTEGER)),
})

/** Describes each setting that is unknown or wrong, in a line; none if all are valid. */
export function settingsProblems(settings: unknown): string[] {
  return (v.safeParse(schema, settings, { abortPipeEarly: true }).issues ?? []).map(describeIssue)
}

/** An object that has these members and no others, whose names are the message for another one. */
function objectOf(title: string, members: Readonly<Record<string, Schema>>): Schema {
  const noOther = v.never(Object.keys(members).join(', '))
  return v.pipe(v.custom(isPlainObject, title), v.objectWithRest(members, noOther, title))
}

/** An object with members of any names. */
function objectWith(title: string, member: Schema): Schema {
  return v.pipe(v.custom(isPlainObject, title), v.record(v.string(), member))
}

function wholeNumber(title: string, min: number, max: number): Schema {
  return v.pipe(v.number(title), v.integer(title), v.minValue(min, title), v.maxValue(max, title))
}

/** valibot does not look at members of these names. */
const IGNORED_NAMES = ['__proto__', 'constructor', 'prototype']

function isPlainObject(value: unknown): boolean {
  const isPlain = Object.prototype.toString.call(value) === '[object Object]'
  return isPlain && !IGNORED_NAMES.some((name) => Object.hasOwn(value as object, name))
}

/** Settings in which there are private keys, passwords and tokens, at any depth. */
const SECRETS = ['url', 'proxy', 'headers', 'parameters', 'cookies', 'tls', 'token', 'env', 'command']

/** A text instead of all settings, or of a program, may be an address or a command line. */
function mayBeSecret(names: readonly string[]): boolean {
  const [first = ''] = names
  const isProgram = ['programs', 'commands'].includes(first) && names.length <= 2
  return names.length === 0 || isProgram || names.some((name) => SECRETS.includes(name))
}

function describeIssue({ type, path, message, input }: v.BaseIssue<unknown>): string {
  const names = path?.map(({ key }) => String(key)) ?? []
  if (type === 'never') return unknownSetting(names.join('.'), message.split(', '))
  // A missing member is an issue of the object that lacks it.
  const isMissing = type === 'object_with_rest' && input === undefined && path !== undefined
  const key = (isMissing ? names.slice(0, -1) : names).join('.')
  const value = isMissing ? path.at(-1)?.input : input
  const found = mayBeSecret(names) ? describeType(value) : formatValue(value)
  return `${key === '' ? 'They' : quoted(key)} should be ${message}, not ${found}.`
}

function unknownSetting(key: string, known: readonly string[]): string {
  const hint = nearest(key.slice(key.lastIndexOf('.') + 1), known)
  return `${quoted(key)} is not a known setting. ${hint ? `Did you mean ${quoted(hint)}?` : `There are ${known.join(', ')}.`}`
}

function describeType(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`
}

/** Whatever is below a value may be a secret: of an object its names are shown alone. */
function formatValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (isPlainObject(value)) return `an object with ${Object.keys(value as object).join(', ') || 'nothing'}`
  return typeof value === 'function' || isContainer(value) ? describeType(value) : String(value)
}
