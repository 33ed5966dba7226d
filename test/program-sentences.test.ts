/** What sentences do to programs: what fails the scenario then, and the next one, and what does not. */

import { expect } from 'chai'
import { nodeProgram } from './support/node-programs'
import { freePort } from './support/ports'
import { type RunResult, runScenarios } from './support/run-scenarios'

const ECHO = `
  const { WebSocketServer } = require(${JSON.stringify(require.resolve('ws'))})
  const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) })
  server.on('connection', (socket) => socket.on('message', (data) => data + '' === 'Die' ? process.exit(1) : socket.send(data + '')))
`

const connected = (port: string) => [
  'Given the "echo" program is running',
  `And the server is at "ws://127.0.0.1:${port}"`,
  'And Rob is connected',
]
const talk = ['And Rob sends "Hello"', 'Then Rob receives "Hello"']
const free = 'Given "port" stands for a free port'

describe('A sentence about a program', function () {
  this.timeout(120_000)

  const scenariosOf = (keep: boolean, port: string, first: readonly string[]): Record<string, string[]> => ({
    [`crashes, ${keep}`]: [...first, ...connected(port), 'When the "echo" program crashes'],
    [`crashes and says so, ${keep}`]: [
      ...[...first, ...connected(port), 'When the "echo" program crashes'],
      'Then Rob is disconnected with code 1006',
    ],
    [`is stopped, ${keep}`]: [...first, ...connected(port), 'When the "echo" program is stopped'],
    [`is restarted, ${keep}`]: [
      ...[...first, ...connected(port), ...talk, 'When the "echo" program is restarted'],
      ...['And Rob reconnects', ...talk, 'And the "echo" program is still running'],
    ],
    [`goes on, ${keep}`]: [...first, ...connected(port), ...talk, 'And the "echo" program is still running'],
    [`crashes by itself, ${keep}`]: [...first, ...connected(port), 'When Rob sends "Die"', 'And 50 milliseconds pass'],
    [`is there again, ${keep}`]: [...first, ...connected(port), ...talk],
  })

  for (const [kind, keep, options] of [
    ['for a scenario', false, ['--parallel', '2']],
    ['kept', true, []],
  ] as const) {
    describe(kind, () => {
      let run: RunResult

      before(async () => {
        const port = keep ? String(await freePort()) : '${port}'
        const echo = { ...nodeProgram(ECHO), env: { PORT: port }, ready: { port: keep ? Number(port) : port }, keep }
        const scenarios = scenariosOf(keep, port, keep ? [] : [free])
        run = await runScenarios(scenarios, { programs: { echo }, timeout: '30s' }, '', options)
      })

      it('fails no scenario by what it ends, and the next scenario has the program again', () => {
        const failed = [...run.results].filter(([, { status }]) => status === 'FAILED')
        expect(failed.map(([name, { message }]) => [name, message.split('\n', 1)[0]])).to.deep.equal([
          [`crashes by itself, ${keep}`, 'The program "echo" has ended by itself with code 1.'],
        ])
        expect(run.results.size).to.equal(7)
      })
    })
  }
})
