/** A server that lies: whatever a sentence claims to see, fails its scenario, and nothing else does. */

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { WebSocketServer } from 'ws'
import { CLAIMS, type Claim, type Lie, liesAbout, type Said, saidTo } from './lies/sentences'
import { runScenarios, type ScenarioResult } from './support/run-scenarios'

const page = join(__dirname, '../docs/reliability.md')

interface Trial {
  readonly name: string
  readonly claim: Claim
  readonly lie: Lie | undefined
}

const trials: readonly Trial[] = CLAIMS.flatMap((claim) => [
  { name: `${claim.sentence}, honestly`, claim, lie: undefined },
  ...liesAbout(claim.honest).map((lie) => ({
    name: `${claim.sentence}: ${lie.kind} ${lie.client} ${lie.at + 1}`,
    claim,
    lie,
  })),
])

describe('a server that lies', function () {
  this.timeout(300_000)

  let server: Server
  let results: Map<string, ScenarioResult>

  before('is met by a scenario for each lie', async () => {
    const sockets = new WebSocketServer({ noServer: true })
    server = createServer().on('upgrade', (request, socket, head) => {
      const said: Said[] = JSON.parse(new URL(request.url ?? '', 'ws://server').searchParams.get('says') ?? '[]')
      // All in one packet with the handshake, so that it is there at once, however busy the machine is.
      socket.cork()
      sockets.handleUpgrade(request, socket, head, (client) => {
        // What is delayed comes after the scenario is over, that is never.
        for (const { text, after } of said) if (after === 0) client.send(text)
      })
      socket.uncork()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    ;({ results } = await runScenarios(Object.fromEntries(trials.map((trial) => [trial.name, stepsOf(trial)])), {
      url: `ws://127.0.0.1:${port}`,
      timeout: '1s',
      quiet: '50ms',
      report: { diagram: 'never', transcript: 'never' },
    }))
  })

  after(() => server.close())

  for (const claim of CLAIMS) {
    it(`is seen by «${claim.sentence}», as far as it claims to`, () => {
      const wrong = trials
        .filter((trial) => trial.claim === claim)
        .filter(({ name, lie }) => results.get(name)?.status !== (lie && claim.sees(lie) ? 'FAILED' : 'PASSED'))
      expect(wrong.map(({ name }) => `${name}: ${results.get(name)?.message || 'passed'}`)).to.deep.equal([])
    })
  }

  it('is caught each time', () => {
    const seen = trials.filter(({ claim, lie }) => lie && claim.sees(lie))
    const caught = seen.filter(({ name }) => results.get(name)?.status === 'FAILED')
    const lies = trials.filter(({ lie }) => lie).length
    console.log(`      Lies: ${lies} planted, ${seen.length} of them claimed to be seen, ${caught.length} caught`)
    expect(caught.length).to.equal(seen.length)
    expect(readFileSync(page, 'utf8')).to.contain(
      `Of ${lies} lies, ${seen.length} are such as the sentence claims to see`,
    )
  })
})

function stepsOf({ claim, lie }: Trial): string[] {
  const connecting = Object.keys(claim.honest).map((client) => {
    const says = encodeURIComponent(JSON.stringify(saidTo(client, claim.honest, lie)))
    return `Given ${client} connects to "/?says=${says}"`
  })
  return [...connecting, ...claim.steps]
}
