/** What a server sends can make a scenario fail, and nothing else: remembered, it stays a value wherever it is used. */

import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { WebSocketServer } from 'ws'
import { portOf } from './support/ports'
import { runScenarios, type ScenarioResult } from './support/run-scenarios'

/** What the server sends as an id, what a scenario does with it, and the first line of its failure, if it has one. */
interface Case {
  readonly id: string
  readonly steps: readonly string[]
  readonly message?: RegExp
}

const prints = (text: string) => `Then the command prints "${text.replaceAll('"', '\\"')}"`
const requests = (target: string) => [`When Rob requests "${target}"`, 'Then the response status is 200']

const CASES = (trace: string): Readonly<Record<string, Case>> => ({
  'a command': {
    id: `1 --extra 'two words'; touch ${trace}`,
    steps: ['When the "count" command runs', prints(`["id=1 --extra 'two words'; touch ${trace}"]`)],
  },
  'a given argument': {
    id: `1 --extra 'two words'; touch ${trace}`,
    steps: ['When the "count" command runs with "x=${id}"', prints(`,"x=1 --extra 'two words'; touch ${trace}"]`)],
  },
  'a given argument in a shell': {
    id: `$(touch ${trace}); touch ${trace}`,
    steps: ['When the "hello" command runs with "x=${id}"'],
    message: /a shell reads the command/,
  },
  'an environment': {
    id: `$(touch ${trace}); touch ${trace}`,
    steps: ['When the "env" command runs', prints('$(touch')],
  },
  'an option of Node': { id: '--eval=1', steps: ['When the "options" command runs'], message: /what is loaded or run/ },
  'an environment of a shell': {
    id: `$(touch ${trace}); touch ${trace}`,
    steps: ['When the "shell env" command runs', prints('$(touch')],
  },
  'a given option of Node': {
    id: '--eval=1',
    steps: ['When the "env of" command runs with "NODE_OPTIONS=${id}"'],
    message: /may run what its arguments say/,
  },
  'a script': { id: `touch ${trace}`, steps: ['When the "script" command runs'], message: /a shell reads the command/ },
  'code of Node': { id: 'script.js', steps: ['When the "code" command runs'], message: /after the file of a script/ },
  'a line of a shell': { id: `1; touch ${trace}`, steps: ['When the "echo" command runs'], message: /a shell reads/ },
  'a line with a value of a value': {
    id: `$(touch ${trace})`,
    steps: ['And "line" stands for "a ${id}"', 'When the "hello" command runs with "${line}"'],
    message: /a server has sent the value of \$\{line\}/,
  },
  'a value of the project': {
    id: '',
    steps: [
      'And "name" stands for "Rob\'s & $(x)"',
      'When the "hello" command runs with "${name}"',
      prints("Rob's & $(x)"),
    ],
  },
  'an option': { id: '--eval=1', steps: ['When the "bare" command runs'], message: /begins with "-"/ },
  'a program': { id: 'touch', steps: ['When the "named" command runs'], message: /the program's name cannot come/ },
  'a path': {
    id: '..',
    steps: requests('/orders/${id}/cancel'),
    message: /stands for a part of a path, and its value/,
  },
  'no path': { id: '', steps: requests('/orders/${id}/cancel'), message: /stands for a part of a path, and its value/ },
  'a longer path': {
    id: '../../admin?a=b#c',
    steps: [...requests('/echo/${id}'), 'And the response contains "/echo/..%2F"'],
  },
  'a host': {
    id: 'evil.example/',
    steps: ['When Ann connects to "ws://${id}:80/"'],
    message: /not a valid host or port/,
  },
  'a file': {
    id: '../package.json',
    steps: ['When Rob sends the file "test/${id}"'],
    message: /not a valid part of a file/,
  },
  'a hidden file': {
    id: '.gitignore',
    steps: ['When Rob sends the file "${id}"'],
    message: /not a valid part of a file/,
  },
  "a folder's dots": {
    id: '.',
    steps: ['When Rob sends the file "features/.${id}/package.json"'],
    message: /not a valid part of a file/,
  },
  'the address of a schema': {
    id: 'http://127.0.0.1:9/a.json',
    steps: ['And "address" stands for "${id}#/a"', 'Then Rob receives a message valid against "${address}"'],
    message: /A server has sent the value of \$\{address\}/,
  },
  'the host of a schema': {
    id: '127.0.0.1',
    steps: ['Then Rob receives a message valid against "http://${id}:9/a.json"'],
    message: /A server has sent the value of \$\{id\}/,
  },
  'a pattern': {
    id: '.*',
    steps: ['And Rob has caught up', 'When Rob sends "Hello"', 'Then Rob receives a message matching "^${id}$"'],
    message: /^Rob did not receive a message matching/,
  },
  'a JSONPath': {
    id: '*',
    steps: ['When Rob remembers "items.${id}" as "item"'],
    message: /has nothing at "items\["\*"\]"/,
  },
})

describe('Value that a server has sent', function () {
  this.timeout(120_000)

  let results: Map<string, ScenarioResult>
  let folder: string
  let trace: string
  let cases: Readonly<Record<string, Case>>

  before('use each in a scenario', async () => {
    folder = await mkdtemp(join(tmpdir(), 'untrusted-'))
    trace = join(folder, 'trace')
    cases = CASES(trace)
    const http = createServer((request, response) => response.end(request.url))
    new WebSocketServer({ server: http }).on('connection', (socket, request) => {
      const { id } = cases[decodeURIComponent((request.url as string).slice(1))] as Case
      socket.send(JSON.stringify({ id, items: { a: 1 } }))
      socket.on('message', (data) => socket.send(String(data)))
    })
    await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening))
    const scenarios = Object.entries(cases).map(([name, { steps }]) => [
      name,
      [
        `Given Rob is connected to "/${encodeURIComponent(name)}"`,
        'Then Rob receives {"id": "#string"}',
        'And Rob remembers "id" as "id"',
        ...steps,
      ],
    ])
    const node = `'${process.execPath}'`
    const commands = {
      count: `${node} '${join(__dirname, 'support', 'print-arguments.js')}' id=\${id}`,
      echo: { command: 'echo "id=${id}" id=${id}', shell: true },
      hello: { command: 'echo hello', shell: true },
      'shell env': { command: 'echo "$ID"', env: { ID: '${id}' }, shell: true },
      'env of': 'env',
      script: 'sh -c ${id}',
      code: `${node} -p 1 \${id}`,
      bare: 'ls ${id}',
      named: '${id} x',
      env: { command: `${node} -p process.env.ID`, env: { ID: '${id}' } },
      options: { command: `${node} -p 1`, env: { NODE_OPTIONS: '${id}' } },
    }
    const settings = { url: `ws://127.0.0.1:${portOf(http)}`, timeout: '2s', quiet: '50ms', commands }
    try {
      ;({ results } = await runScenarios(Object.fromEntries(scenarios), settings))
    } finally {
      http.closeAllConnections()
      http.close()
    }
  })

  after(() => rm(folder, { recursive: true }))

  for (const [name, { message: expected }] of Object.entries(CASES(''))) {
    it(`is not taken for ${name}`, () => {
      const { status, message } = results.get(name) as ScenarioResult
      if (expected) expect(message).to.match(expected)
      else expect(message).to.equal('')
      expect(status).to.equal(expected ? 'FAILED' : 'PASSED')
    })
  }

  it('runs nothing', () => {
    expect(existsSync(trace)).to.equal(false)
  })
})
