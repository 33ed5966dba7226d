/** A server that lies about messages: what a sentence must detect fails its scenario, and nothing else does. */

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { WebSocketServer } from 'ws'
import { CLAIMS, type Claim, type Lie, liesAbout, messagesTo, type SentMessage, templateOf } from './lies/sentences'
import { FOUR_WORKERS, runScenarios, type ScenarioResult } from './support/run-scenarios'

const page = join(__dirname, '../docs/reliability.md')

interface Trial {
  readonly name: string
  readonly claim: Claim
  readonly lie: Lie | undefined
}

const trials: readonly Trial[] = CLAIMS.flatMap((claim) => [
  { name: `${claim.sentence}, honestly`, claim, lie: undefined },
  ...liesAbout(claim).map((lie) => ({
    name: `${claim.sentence}: ${lie.kind} ${lie.client} ${lie.at + 1}`,
    claim,
    lie,
  })),
])

describe('Sentences about messages', function () {
  this.timeout(300_000)

  let server: Server
  let results: Map<string, ScenarioResult>

  before('run a scenario for each lie', async () => {
    const sockets = new WebSocketServer({ noServer: true })
    server = createServer().on('upgrade', (request, socket, head) => {
      const messages: SentMessage[] = JSON.parse(
        new URL(request.url ?? '', 'ws://server').searchParams.get('says') ?? '[]',
      )
      // All in one packet with the handshake, so that it is there at once, however busy the machine is.
      socket.cork()
      sockets.handleUpgrade(request, socket, head, (client) => {
        // What is delayed comes after the scenario is over, that is never.
        for (const { text, after = 0, isBinary = false } of messages) {
          if (after === 0) client.send(text, { binary: isBinary })
        }
      })
      socket.uncork()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const steps = Object.fromEntries(trials.map((trial) => [trial.name, stepsOf(trial)]))
    const settings = {
      url: `ws://127.0.0.1:${port}`,
      ...{ timeout: '1s', quiet: '50ms' },
      report: { diagram: 'never', transcript: 'never' },
    } as const
    ;({ results } = await runScenarios(steps, settings, '', FOUR_WORKERS))
  })

  after(() => server.close())

  for (const claim of CLAIMS) {
    it(`«${claim.sentence}» detects the lies that it must, and no others`, () => {
      const wrong = trials
        .filter((trial) => trial.claim === claim)
        .filter(({ name, lie }) => results.get(name)?.status !== (lie && claim.detects(lie) ? 'FAILED' : 'PASSED'))
      expect(wrong.map(({ name }) => `${name}: ${results.get(name)?.message || 'passed'}`)).to.deep.equal([])
    })
  }

  it('detect all lies that they must', () => {
    const detectable = trials.filter(({ claim, lie }) => lie && claim.detects(lie))
    const caught = detectable.filter(({ name }) => results.get(name)?.status === 'FAILED')
    const lies = trials.filter(({ lie }) => lie).length
    console.log(`      Lies: ${lies} planted, ${detectable.length} of them detectable, ${caught.length} detected`)
    expect(caught.length).to.equal(detectable.length)
    expect(readFileSync(page, 'utf8')).to.contain(
      `Of ${lies} lies, ${detectable.length} are such as the sentence claims to see`,
    )
  })
})

function stepsOf({ claim, lie }: Trial): string[] {
  const connecting = Object.keys(claim.honest).map((client) => {
    const says = encodeURIComponent(JSON.stringify(messagesTo(client, claim, lie)))
    return `Given ${client} connects to "/?says=${says}"`
  })
  return [...(claim.hasTemplate ? templateOf(claim) : []), ...connecting, ...claim.steps]
}
