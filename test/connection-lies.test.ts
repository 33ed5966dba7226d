/** A server that lies about connections and responses: what a sentence claims to see fails its scenario, nothing else. */

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { WebSocketServer } from 'ws'
import { CONNECTION_CLAIMS, type Conduct, type ConnectionClaim, THEMES } from './lies/connections'
import { runScenarios, type ScenarioResult } from './support/run-scenarios'

const page = join(__dirname, '../docs/reliability.md')

interface Trial {
  readonly name: string
  readonly claim: ConnectionClaim
  readonly conduct: Conduct
  readonly isLie: boolean
  readonly isSeen: boolean
}

const trials: readonly Trial[] = CONNECTION_CLAIMS.flatMap((claim) => {
  const { honest, lies } = THEMES[claim.about]
  return [
    { name: `${claim.sentence}, honestly`, claim, conduct: honest, isLie: false, isSeen: false },
    ...Object.entries(lies).map(([lie, conduct]) => ({
      name: `${claim.sentence}: it ${lie}`,
      claim,
      conduct,
      isLie: true,
      isSeen: claim.sees.includes(lie),
    })),
  ]
})

describe('a server that lies about connections', function () {
  this.timeout(300_000)

  let server: Server
  let results: Map<string, ScenarioResult>

  before('is met by a scenario for each lie', async () => {
    const sockets = new WebSocketServer({ noServer: true, autoPong: false, handleProtocols: () => false })
    const conductOf = ({ url = '' }: IncomingMessage) => trials[Number(url.slice(1))]?.conduct ?? {}
    sockets.on('headers', (headers, request) => {
      const { subprotocol } = conductOf(request)
      if (subprotocol !== undefined) headers.push(`Sec-WebSocket-Protocol: ${subprotocol}`)
    })
    server = createServer()
      .on('request', (request) => conductOf(request).answers?.(request.socket))
      .on('upgrade', (request, socket: Socket, head) => {
        const { answers, does } = conductOf(request)
        socket.on('error', () => socket.destroy())
        if (answers) answers(socket)
        else {
          sockets.handleUpgrade(request, socket, head, (client) => {
            does?.(client.on('error', () => {}))
            client.send('Welcome')
          })
        }
      })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const scenarios = trials.map(({ name, claim }, index) => [name, claim.steps(`/${index}`)])
    ;({ results } = await runScenarios(Object.fromEntries(scenarios), {
      url: `ws://127.0.0.1:${port}`,
      timeout: '2s',
      report: { diagram: 'never', transcript: 'never' },
    }))
  })

  after(() => server.close())

  for (const claim of CONNECTION_CLAIMS) {
    it(`is seen by «${claim.sentence}», as far as it claims to`, () => {
      const wrong = trials
        .filter((trial) => trial.claim === claim)
        .filter(({ name, isSeen }) => results.get(name)?.status !== (isSeen ? 'FAILED' : 'PASSED'))
      expect(wrong.map(({ name }) => `${name}: ${results.get(name)?.message || 'passed'}`)).to.deep.equal([])
      const known = Object.keys(THEMES[claim.about].lies)
      expect(claim.sees.filter((lie) => !known.includes(lie))).to.deep.equal([])
    })
  }

  it('is caught each time', () => {
    const seen = trials.filter(({ isSeen }) => isSeen)
    const caught = seen.filter(({ name }) => results.get(name)?.status === 'FAILED')
    const lies = trials.filter(({ isLie }) => isLie).length
    console.log(`      Lies: ${lies} planted, ${seen.length} of them claimed to be seen, ${caught.length} caught`)
    expect(caught.length).to.equal(seen.length)
    expect(readFileSync(page, 'utf8')).to.contain(`Of ${lies} such lies the sentences claim to see ${seen.length},`)
  })
})
