/** Programs that end by themselves when their clients leave: the scenario that used them fails, or the next one does. */

import { expect } from 'chai'
import { nodeProgram } from './support/node-programs'
import { freePort } from './support/ports'
import { type RunResult, runScenarios } from './support/run-scenarios'

/** When they crash. */
const PROGRAMS = {
  frail: 'when a client has left',
  kept: 'when a client has left',
  mute: 'when a client has left',
  slow: 'when a page is requested after a client was there',
  page: 'when a page has been requested',
} as const

type Occasion = (typeof PROGRAMS)[keyof typeof PROGRAMS]

/** A server that greets whoever comes, and crashes. */
function frailServer(port: number, occasion: Occasion): string {
  const crash = "() => { throw new Error('The client has gone!') }"
  return `
    const sockets = new (require(${JSON.stringify(require.resolve('ws'))}).WebSocketServer)({ noServer: true })
    const server = require('node:http').createServer((request, response) => { response.end(); server.emit('requested') })
    ${occasion === 'when a page has been requested' ? `server.on('requested', () => setImmediate(${crash}))` : ''}
    server.on('upgrade', (...request) => sockets.handleUpgrade(...request, (socket) => {
      socket.send('Welcome')
      ${occasion === 'when a client has left' ? `socket.on('close', ${crash})` : `server.on('requested', ${crash})`}
    }))
    server.listen(${port}, '127.0.0.1', () => console.log('ready'))
  `
}

const using = (program: keyof typeof PROGRAMS) => (ports: Record<string, number>) => [
  `Given the "${program}" program is running`,
  `And the server is at "ws://127.0.0.1:${ports[program]}"`,
  'When Rob connects',
  'Then Rob receives "Welcome"',
]

/** In the order in which they run. */
const SCENARIOS: Record<string, (ports: Record<string, number>) => string[]> = {
  'stopped after the scenario': using('frail'),
  'kept, for the first time': using('kept'),
  'kept, for the second time': using('kept'),
  'without an address': using('mute'),
  'without clients': ({ page }) => [
    'Given the "page" program is running',
    `And the server is at "ws://127.0.0.1:${page}"`,
    'When Rob requests "/"',
    'Then the response status is 200',
  ],
  'that goes on': using('slow'),
  'that nobody uses': ({ slow }) => [`Given what listens on port ${slow} has crashed`],
  'that has crashed since': using('slow'),
  'that is started again': using('slow'),
}

/** Of these the last one ends when there is no scenario left that could fail. */
const LAST_SCENARIOS: typeof SCENARIOS = {
  'that goes on': using('slow'),
  'that nobody uses': SCENARIOS['that nobody uses'] as (typeof SCENARIOS)[string],
}

const STEPS = `
  const { Given } = require(${JSON.stringify(require.resolve('@cucumber/cucumber'))})
  Given('what listens on port {int} has crashed', async (port) => {
    while (await fetch('http://127.0.0.1:' + port).then(() => true, () => false)) {}
  })
`

describe('A program that crashes', function () {
  this.timeout(120_000)

  let run: RunResult

  before(async () => {
    run = await runInOrder(SCENARIOS)
  })

  for (const [scenario, failure] of [
    ['stopped after the scenario', 'The program "frail" has ended by itself with code 1.'],
    ['kept, for the first time', 'The program "kept" has ended by itself with code 1.'],
    ['kept, for the second time', 'The program "kept" has ended by itself with code 1.'],
    ['without an address', 'The program "mute" has ended by itself with code 1.'],
    ['without clients', 'The program "page" has ended by itself with code 1.'],
    ['that goes on', ''],
    ['that nobody uses', ''],
    [
      'that has crashed since',
      'The program "slow" has ended by itself with code 1 after the last scenario that used it.',
    ],
    ['that is started again', ''],
  ] as const) {
    it(`${failure ? 'fails' : 'does not fail'} the scenario with one ${scenario}`, () => {
      const { status, message } = run.results.get(scenario) ?? { status: 'FAILED', message: 'It did not run.' }
      expect(message.split('\n', 1)[0]).to.equal(failure)
      expect(status).to.equal(failure ? 'FAILED' : 'PASSED')
    })
  }

  it('says what the program has printed', () => {
    expect(run.results.get('stopped after the scenario')?.message).to.contain('The client has gone!')
  })

  it('fails the run if no scenario is left', async () => {
    const { results, exitCode } = await runInOrder(LAST_SCENARIOS)
    expect([...results.values()].map(({ status }) => status)).to.deep.equal(['PASSED', 'PASSED'])
    expect(exitCode).to.equal(1)
  })
})

async function runInOrder(scenarios: typeof SCENARIOS): Promise<RunResult> {
  const ports = Object.fromEntries(
    await Promise.all(Object.keys(PROGRAMS).map(async (name) => [name, await freePort()] as const)),
  )
  const programs = Object.fromEntries(
    Object.entries(PROGRAMS).map(([name, occasion]) => {
      const port = ports[name] as number
      const ready = name === 'mute' ? { output: 'ready' } : { port }
      return [name, { ...nodeProgram(frailServer(port, occasion)), ready, keep: name !== 'frail' }]
    }),
  )
  const steps = Object.entries(scenarios).map(([name, stepsOf]) => [name, stepsOf(ports)])
  return runScenarios(Object.fromEntries(steps), { programs, timeout: '30s', quiet: '10s' }, STEPS, [])
}
