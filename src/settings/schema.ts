/** The settings' schema (JSON Schema draft 7), and what is wrong with settings that do not fit it, in words. */

import type { ErrorObject, ValidateFunction } from 'ajv'
import { nearest } from '../matching/text-distance'

const duration = { type: ['string', 'number'], title: 'a duration, such as "5s" or 200' }
const template = { type: ['object', 'array', 'string'], title: 'JSON or a text with ${phrase} in it' }

const text = { type: 'string', title: 'a text' }
const occasion = { enum: ['always', 'on failure', 'never'], title: '"always", "on failure" or "never"' }
const yesOrNo = { type: 'boolean', title: 'true or false' }
const run = {
  command: { type: 'string', title: 'a command line, such as "node server.js"' },
  cwd: text,
  env: { type: 'object', title: 'an object of texts', additionalProperties: text },
  shell: yesOrNo,
}
const command = {
  type: 'object',
  title: 'an object with a "command"',
  required: ['command'],
  additionalProperties: false,
  properties: run,
}
const program = {
  ...command,
  properties: {
    ...run,
    keep: yesOrNo,
    ready: {
      type: 'object',
      title: 'an object with one of "port", "url" and "output"',
      minProperties: 1,
      maxProperties: 1,
      additionalProperties: false,
      properties: { port: { type: 'integer', minimum: 1, maximum: 65535, title: 'a port' }, url: text, output: text },
    },
  },
}

const schema = {
  type: 'object',
  title: 'an object of settings',
  additionalProperties: false,
  properties: {
    url: { type: 'string', title: 'an address, such as "ws://localhost:8080"' },
    phrases: {
      type: 'object',
      title: 'an object with "sent" and "received"',
      additionalProperties: false,
      properties: { sent: template, received: template },
    },
    timeout: duration,
    quiet: duration,
    headers: { type: 'object', title: 'an object of texts', additionalProperties: { type: 'string', title: 'a text' } },
    subprotocols: { type: 'array', title: 'a list of texts', items: { type: 'string', title: 'a text' } },
    tls: {
      type: 'object',
      title: 'an object with "ca", "cert" and "key", each a file',
      additionalProperties: false,
      properties: {
        ca: { type: ['string', 'array'], title: 'a file, or a list of files', items: text },
        cert: { type: 'string', title: 'a file, such as "rob.pem"' },
        key: { type: 'string', title: 'a file, such as "rob.key"' },
        rejectUnauthorized: yesOrNo,
      },
    },
    messages: { type: 'string', title: 'a folder, such as "features/messages"' },
    ignore: {
      type: 'array',
      title: 'a list of messages',
      items: { type: 'string', title: 'a message as a sentence writes it' },
    },
    redact: {
      type: 'array',
      title: 'a list such as ["$.token", "header:authorization"]',
      items: { type: 'string', title: 'a path, header:NAME or parameter:NAME' },
    },
    programs: { type: 'object', title: 'an object of programs', additionalProperties: program },
    commands: {
      type: 'object',
      title: 'an object of commands',
      additionalProperties: { if: { type: 'string' }, else: command },
    },
    report: {
      type: 'object',
      title: 'an object with "diagram", "transcript" and "mermaid"',
      additionalProperties: false,
      properties: { diagram: occasion, transcript: occasion, mermaid: occasion },
    },
    maxMessageBytes: { type: 'integer', minimum: 1, title: 'a whole number of bytes, 1 or more' },
  },
}

let validate: ValidateFunction | undefined

/** One line for each key that is unknown or wrong; none if all is well. */
export function problemsOf(settings: unknown): string[] {
  validate ??= compile()
  return validate(settings) ? [] : (validate.errors as ErrorObject[]).map(inWords)
}

function compile(): ValidateFunction {
  // Loaded when it is needed: it takes longer than all the rest of the library.
  const { Ajv } = require('ajv') as typeof import('ajv')
  return new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(schema)
}

function kindOf(data: unknown): string {
  if (data === null) return 'null'
  return Array.isArray(data) ? 'a list' : `a value of type ${typeof data}`
}

function inWords({ keyword, instancePath, params, parentSchema, data }: ErrorObject): string {
  const key = instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~')
  if (keyword !== 'additionalProperties') {
    // What stands there may be a private key.
    if (instancePath.startsWith('/tls')) return `"${key}" should be ${parentSchema?.title}, not ${kindOf(data)}.`
    const found = typeof data === 'string' || typeof data === 'object' ? JSON.stringify(data) : String(data)
    return `${key === '' ? 'They' : `"${key}"`} should be ${parentSchema?.title}, not ${found}.`
  }
  const unknown = params.additionalProperty as string
  const known = Object.keys(parentSchema?.properties)
  const hint = nearest(unknown, known)
  const named = key === '' ? unknown : `${key}.${unknown}`
  return `"${named}" is no setting. ${hint ? `Did you mean "${hint}"?` : `There are ${known.join(', ')}.`}`
}
