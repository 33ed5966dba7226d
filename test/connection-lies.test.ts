/** A server that lies about connections and responses: what a sentence must detect fails its scenario, and nothing else does. */

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { WebSocketServer } from 'ws'
import { CONNECTION_CLAIMS, type ConnectionClaim, type ServerBehaviour, THEMES } from './lies/connections'
import { IDLE, nodeProgram } from './support/node-programs'
import { FOUR_WORKERS, runScenarios, type ScenarioResult } from './support/run-scenarios'

const page = join(__dirname, '../docs/reliability.md')

interface Trial {
  readonly name: string
  readonly claim: ConnectionClaim
  readonly behaviour: ServerBehaviour
  readonly isLie: boolean
  readonly isDetectable: boolean
}

const trials: readonly Trial[] = CONNECTION_CLAIMS.flatMap((claim) => {
  const { honest, lies } = THEMES[claim.about]
  return [
    { name: `${claim.sentence}, honestly`, claim, behaviour: honest, isLie: false, isDetectable: false },
    ...Object.entries(lies).map(([lie, behaviour]) => ({
      name: `${claim.sentence}: it ${lie}`,
      claim,
      behaviour,
      isLie: true,
      isDetectable: claim.detects.includes(lie),
    })),
  ]
})

describe('Sentences about connections and requests', function () {
  this.timeout(300_000)

  let server: Server
  let results: Map<string, ScenarioResult>

  before('run a scenario for each lie', async () => {
    const sockets = new WebSocketServer({ noServer: true, autoPong: false, handleProtocols: () => false })
    const visited = new Set<string>()
    const trialOf = ({ url = '' }: IncomingMessage) => trials[Number(url.slice(1))]
    const behaviourOf = (request: IncomingMessage) => trialOf(request)?.behaviour ?? {}
    const nextBehaviourOf = (request: IncomingMessage) => {
      const { url = '' } = request
      const isBack = visited.has(url) && trialOf(request)?.claim.comesBack
      visited.add(url)
      return isBack ? {} : behaviourOf(request)
    }
    sockets.on('headers', (headers, request) => {
      const { subprotocol } = behaviourOf(request)
      if (subprotocol !== undefined) headers.push(`Sec-WebSocket-Protocol: ${subprotocol}`)
    })
    server = createServer()
      .on('request', (request) => behaviourOf(request).respond?.(request.socket))
      .on('upgrade', (request, socket: Socket, head) => {
        const { respond, onConnection } = nextBehaviourOf(request)
        socket.on('error', () => socket.destroy())
        if (respond) respond(socket)
        else {
          sockets.handleUpgrade(request, socket, head, (client) => {
            onConnection?.(client.on('error', () => {}))
            client.send('Welcome')
          })
        }
      })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const scenarios = trials.map(({ name, claim }, index) => [name, claim.steps(`/${index}`)])
    const settings = {
      url: `ws://127.0.0.1:${port}`,
      ...{ timeout: '2s', correlation: 'id' },
      // It does not say where it listens.
      programs: { worker: { ...nodeProgram("console.log('ready')", IDLE), ready: { output: 'ready' } } },
      report: { diagram: 'never', transcript: 'never' },
    } as const
    ;({ results } = await runScenarios(Object.fromEntries(scenarios), settings, '', FOUR_WORKERS))
  })

  after(() => server.close())

  for (const claim of CONNECTION_CLAIMS) {
    it(`«${claim.sentence}» detects the lies that it must, and no others`, () => {
      const wrong = trials
        .filter((trial) => trial.claim === claim)
        .filter(({ name, isDetectable }) => results.get(name)?.status !== (isDetectable ? 'FAILED' : 'PASSED'))
      expect(wrong.map(({ name }) => `${name}: ${results.get(name)?.message || 'passed'}`)).to.deep.equal([])
      const known = Object.keys(THEMES[claim.about].lies)
      expect(claim.detects.filter((lie) => !known.includes(lie))).to.deep.equal([])
    })
  }

  it('detect all lies that they must', () => {
    const detectable = trials.filter(({ isDetectable }) => isDetectable)
    const caught = detectable.filter(({ name }) => results.get(name)?.status === 'FAILED')
    const lies = trials.filter(({ isLie }) => isLie).length
    console.log(`      Lies: ${lies} planted, ${detectable.length} of them detectable, ${caught.length} detected`)
    expect(caught.length).to.equal(detectable.length)
    expect(readFileSync(page, 'utf8')).to.contain(
      `Of ${lies} such lies the sentences claim to see ${detectable.length},`,
    )
  })
})
