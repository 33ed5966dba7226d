/** A server that lies in the words of a protocol: about an event, a topic, or the request that is answered. */

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { WebSocketServer } from 'ws'
import { CLAIMS } from './lies/protocol-claims'
import { PROTOCOLS, SERVERS, type SpokenServer } from './lies/protocol-servers'
import { FOUR_WORKERS, runScenarios, type ScenarioResult } from './support/run-scenarios'

const trials = Object.entries(CLAIMS).flatMap(([sentence, claim]) => [
  { name: `${sentence}, honestly`, sentence, claim, says: claim.honest, isLie: false },
  ...Object.entries(claim.lies).map(([lie, says]) => ({
    name: `${sentence}: ${lie}`,
    sentence,
    claim,
    says,
    isLie: true,
  })),
])

describe('Sentences about what a protocol tells', function () {
  this.timeout(300_000)

  let server: Server
  let results: Map<string, ScenarioResult>

  before('run a scenario for each lie', async () => {
    const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false })
    server = createServer().on('upgrade', (request, socket, head) => {
      const { searchParams, pathname } = new URL(request.url ?? '', 'ws://server')
      sockets.handleUpgrade(request, socket, head, (client) => {
        const [, name] = pathname.split('/')
        SERVERS[name as SpokenServer](client, searchParams.get('says') ?? '', searchParams.has('waits'))
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const steps = Object.fromEntries(trials.map((trial) => [trial.name, stepsOf(trial)]))
    const settings = {
      url: `ws://127.0.0.1:${port}`,
      ...{ timeout: '1s', quiet: '50ms', correlation: 'id' },
      protocols: PROTOCOLS,
      report: { diagram: 'never', transcript: 'never' },
    } as const
    ;({ results } = await runScenarios(steps, settings, '', FOUR_WORKERS))
  })

  after(() => server.close())

  it('are counted in docs/reliability.md', () => {
    const lies = trials.filter(({ isLie }) => isLie).length
    expect(readFileSync(join(__dirname, '../docs/reliability.md'), 'utf8')).to.contain(
      `Each of ${lies} such lies fails`,
    )
  })

  for (const sentence of Object.keys(CLAIMS)) {
    it(`«${sentence}» detects all lies`, () => {
      const wrong = trials
        .filter((trial) => trial.sentence === sentence)
        .filter(({ name, isLie }) => results.get(name)?.status !== (isLie ? 'FAILED' : 'PASSED'))
      expect(wrong.map(({ name }) => `${name}: ${results.get(name)?.message || 'passed'}`)).to.deep.equal([])
    })
  }
})

function stepsOf({ claim, says }: (typeof trials)[number]): string[] {
  const waits = claim.steps.some((step) => /calls|asks|unsubscribes/.test(step)) ? '&waits' : ''
  return [
    `Given the server speaks "${claim.protocol}"`,
    `And Rob connects to "/${claim.protocol}?says=${encodeURIComponent(says)}${waits}"`,
    ...claim.steps,
  ]
}
