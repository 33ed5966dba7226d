/** Names that every JavaScript object has, such as `constructor`: wherever a name stands, they are names like all others. */

import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { WebSocketServer } from 'ws'
import { runScenarios, type ScenarioResult } from './support/run-scenarios'

const NAMES = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'propertyIsEnumerable', '__proto__']

/** Steps with a name in one place, which pass whatever the name is; the server answers each message with the same. */
const PASSING: Readonly<Record<string, (name: string) => readonly string[]>> = {
  'a client': (name) => [
    `Given "${name}" and Rob are connected`,
    `When "${name}" sends "x"`,
    `Then "${name}" receives "x"`,
    'And Rob receives nothing',
  ],
  'a role': (name) => [`Given the ${roleOf(name)} is connected`, `Then the ${roleOf(name)} receives nothing`],
  'a group': (name) => [`Given 2 ${roleOf(name)} are connected`, `Then all ${roleOf(name)} receive nothing`],
  'a variable': (name) => [
    `Given "${name}" stands for "seven"`,
    'And Rob is connected',
    `When Rob sends "\${${name}}"`,
    'Then Rob receives "seven"',
  ],
  'a member of JSON': (name) => [
    'Given Rob is connected',
    `When Rob sends {"${name}": {"${name}": 7}}`,
    `Then Rob receives {"${name}": {"${name}": 7}}`,
  ],
  'a path': (name) => [
    'Given Rob is connected',
    `When Rob sends {"${name}": {"${name}": 7}}`,
    'Then Rob receives a message with:',
    `  | ${name}.${name} | 7 |`,
    `And Rob remembers "${name}.${name}" as "${name}"`,
    `When Rob sends "\${${name}}"`,
    'Then Rob receives "7"',
  ],
  'a path that a message lacks': (name) => [
    'Given Rob is connected',
    'When Rob sends {"a": 7}',
    'Then Rob receives a message with:',
    `  | ${name} | #notpresent |`,
  ],
  'a header': (name) => ['Given Rob connects with:', `  | header | ${name} | x |`, 'Then Rob receives nothing'],
  'a parameter': (name) => ['Given Rob connects with:', `  | parameter | ${name} | x |`, 'Then Rob receives nothing'],
}

/** Steps that fail in our words: nothing of this name is known there. */
const FAILING: Readonly<Record<string, (name: string) => readonly string[]>> = {
  'an unknown variable': (name) => ['Given Rob is connected', `When Rob sends "\${${name}}"`],
  'an environment variable': (name) => ['Given Rob is connected', `When Rob sends "\${env.${name}}"`],
  'a marker': (name) => ['Given Rob is connected', `When Rob sends {"a": 1}`, `Then Rob receives {"a": "#${name}"}`],
  'a comparison': (name) => ['Given Rob is connected', `Then Rob receives a message where "a" is ${roleOf(name)} "b"`],
  'a named message': (name) => ['Given Rob is connected', `When Rob sends the "${name}" message`],
  'a program': (name) => [`Given the "${name}" program is running`],
  'a command': (name) => [`When the "${name}" command runs`],
  'a kind of option': (name) => ['Given Rob connects with:', `  | ${name} | a | x |`],
  'a kind of part of a request': (name) => ['When I request "GET http://localhost/" with:', `  | ${name} | a | x |`],
  'a member that is missing': (name) => [
    'Given Rob is connected',
    'When Rob sends {"a": 1}',
    `Then Rob receives {"${name}": 1}`,
  ],
  'an entry of a schema': (name) => [
    'Given Rob is connected',
    'When Rob sends {"a": 1}',
    `Then Rob receives a message valid against "schema.json#/${name}"`,
  ],
}

/** A word in lower case, as roles are. */
function roleOf(name: string): string {
  return name.toLowerCase().replaceAll('_', '')
}

describe('Names that every object has', function () {
  this.timeout(120_000)

  let server: WebSocketServer
  let results: Map<string, ScenarioResult>

  before(async () => {
    server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    server.on('connection', (client) =>
      client.on('message', (data, isBinary) => client.send(data, { binary: isBinary })),
    )
    await once(server, 'listening')
    const scenarios = Object.entries({ ...PASSING, ...FAILING }).flatMap(([place, steps]) =>
      NAMES.map((name) => [`${name} as ${place}`, steps(name)] as const),
    )
    ;({ results } = await runScenarios(Object.fromEntries(scenarios), {
      url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
      timeout: '1s',
      quiet: '20ms',
    }))
  })

  after(() => server.close())

  for (const [place, status] of [
    ...Object.keys(PASSING).map((place) => [place, 'PASSED'] as const),
    ...Object.keys(FAILING).map((place) => [place, 'FAILED'] as const),
  ]) {
    it(`are like all others as ${place}`, () => {
      for (const name of NAMES) {
        const result = results.get(`${name} as ${place}`)
        expect(result?.status, `${name}: ${result?.message}`).to.equal(status)
        expect(result?.message).not.to.match(/native code|\[object|TypeError|is not a function|Cannot read|undefined/i)
      }
    })
  }
})
