/** What the contract costs: each message of a scenario is held against it, and a large document is read once a run. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { stringify } from 'yaml'
import { runChild } from '../child-process.mjs'
import { takeTurns } from '../compare.mjs'
import { runSettingsInTurns, writeFeature } from '../features.mjs'

/** So many that reading the document, once a run, is a small part of the time. */
const SCENARIOS = 500
const TRIPS = 10
const ROUNDS = 7

const targets = { 'held against one': 1.1 }
const ownText = (scenario) => `Hello ${scenario}`

/** With the report as it is by default; without one, the same time is a larger part of less. */
const CASES = [
  { messages: 'messages that all scenarios have', report: {}, targets, textOf: () => 'Hello' },
  { messages: 'messages of its own', report: {}, targets, textOf: ownText },
  {
    messages: 'messages of its own, without a report',
    report: { diagram: 'never', transcript: 'never' },
    targets: {},
    textOf: ownText,
  },
]

/** As many messages as a document has that is large, and what reading it may take, in ms. */
const MESSAGES = 500
const READING_LIMIT = 300
const READINGS = 7

const folder = join(import.meta.dirname, '../reports')

export default async function asyncapi({ serverUrl, record }) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'echo.json'), JSON.stringify(documentOf(20)))
  // Documents are found from where Cucumber runs.
  const document = relative(process.cwd(), join(folder, 'echo.json')).replaceAll(sep, '/')
  for (const { messages, report, targets, textOf } of CASES) {
    const steps = (scenario) => ['Given Ann is connected', ...roundTrips(textOf(scenario))]
    const took = await runSettingsInTurns(
      writeFeature('asyncapi', SCENARIOS, steps),
      { 'without a document': { report }, 'held against one': { report, asyncapi: document } },
      `${serverUrl}/echo`,
      ROUNDS,
    )
    record({ name: `a scenario of ${2 * TRIPS} ${messages}`, unit: 'ms', per: SCENARIOS, figures: took, targets })
  }
  const large = documentOf(MESSAGES)
  writeFileSync(join(folder, 'large.json'), JSON.stringify(large))
  writeFileSync(join(folder, 'large.yaml'), stringify(large, { aliasDuplicateObjects: false }))
  const read = (file) => () => runChild('read-contract.mjs', [join('reports', file)], { cwd: join(folder, '..') })
  record({
    name: `a document of ${MESSAGES} messages is read and its schemas are checked, in a new process`,
    unit: 'ms',
    figures: await takeTurns(
      { 'what it may take': () => READING_LIMIT, 'as JSON': read('large.json'), 'as YAML': read('large.yaml') },
      READINGS,
    ),
    targets: { 'as JSON': 1 },
  })
}

/** A channel in which each message is said by both sides, and has its own schema. */
function documentOf(count) {
  const names = Array.from({ length: count }, (_, number) => `said-${number}`)
  const messages = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]))
  const channel = { $ref: '#/channels/echo' }
  return {
    asyncapi: '3.0.0',
    info: { title: 'Echo', version: '1.0.0' },
    channels: { echo: { address: '/echo', messages } },
    operations: { hears: { action: 'receive', channel }, says: { action: 'send', channel } },
    components: {
      messages: Object.fromEntries(names.map((name) => [name, { payload: { $ref: `#/components/schemas/${name}` } }])),
      schemas: Object.fromEntries(names.map((name) => [name, schemaOf(name)])),
    },
  }
}

function schemaOf(name) {
  return {
    type: 'object',
    required: ['type', 'message'],
    properties: {
      type: { const: name },
      message: { type: 'string', minLength: 1 },
      count: { type: 'integer', minimum: 0 },
      mood: { enum: ['glad', 'sad', 'angry'] },
    },
  }
}

function roundTrips(text) {
  return Array.from({ length: TRIPS }, (_, number) => {
    const message = `{"type": "said-${number}", "message": "${text}", "count": ${number}, "mood": "glad"}`
    return [`When Ann sends ${message}`, `Then Ann receives ${message}`]
  }).flat()
}
