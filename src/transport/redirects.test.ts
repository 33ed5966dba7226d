/** Redirects of the handshake: how many are followed, where to, and what is said of those that are not. */

import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { expect } from 'chai'
import { createAuthority, createCertificate } from '../../features/support/certificates'
import { type ProxyServer, startProxy } from '../../features/support/proxy-server'
import { type ScriptedServer, startServer } from '../../features/support/scripted-server'
import { failureMessage, failureOf } from '../../test/support/failures'
import { freePort, portOf } from '../../test/support/ports'
import { Conversation } from '../websocket-conversation'

describe('Redirects', () => {
  const conversations: Conversation[] = []
  let conversation: Conversation | undefined
  let target: ScriptedServer
  let proxy: ProxyServer | undefined
  let server: Server
  let url: string
  const requests: IncomingMessage[] = []
  let answer: (request: IncomingMessage) => string

  beforeEach(async () => {
    target = await startServer({
      opened: (socket, _, { headers, url: path }) => socket.send(JSON.stringify({ ...headers, path })),
    })
    server = createServer().on('upgrade', (request: IncomingMessage, socket: Socket) => {
      requests.push(request)
      socket.on('error', () => socket.destroy()).end(`HTTP/1.1 ${answer(request)}\r\nContent-Length: 0\r\n\r\n`)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    url = `ws://127.0.0.1:${portOf(server)}`
    answer = () => `302 Found\r\nLocation: ${target.url}/there`
  })

  afterEach(async () => {
    await Promise.all(conversations.splice(0).map((one) => one.end()))
    await target.close()
    await proxy?.close()
    proxy = undefined
    requests.length = 0
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  })

  const begin = (settings: object) => {
    conversation = new Conversation({ url, timeout: 2000, proxy: false, ...settings })
    conversations.push(conversation)
    return conversation.client('Rob')
  }

  it('are refusals without the setting', async () => {
    expect(await failureMessage(() => begin({}).connect())).to.equal(
      `Rob was refused by ${url}/ with status 302 Found.`,
    )
  })

  for (const status of [301, 302, 303, 307, 308]) {
    it(`are followed with status ${status}, and the transcript tells where to`, async () => {
      answer = ({ url: path }) =>
        `${status} Elsewhere\r\nLocation: ${path === '/' ? '/second?x=1' : target.url.replace('ws', 'http')}`
      const rob = begin({ redirects: 2 })
      await rob.connect()
      await rob.receives({ path: '/' })
      expect(conversation?.transcript.entries[0]).to.include({
        kind: 'connects',
        url: `${url}/`,
        detail: `${url}/, redirected to ${target.url}/`,
      })
      expect(requests.map(({ url: path }) => path)).to.deep.equal(['/', '/second?x=1'])
    })
  }

  it('are refusals if there are too many', async () => {
    answer = ({ url: path }) => `302 Found\r\nLocation: ${path}x`
    const rob = begin({ redirects: 2 })
    const failure = await failureOf(() => rob.connect())
    expect(failure.status).to.equal(302)
    expect(failure.message).to.equal(
      `Rob was refused by ${url}/, redirected to ${url}/xx with status 302 Found: it redirects to ${url}/xxx, and "redirects" in the settings allows 2.`,
    )
    expect(conversation?.transcript.entries[0]?.detail).to.equal(
      `302 Found, redirected to ${url}/xx: it redirects to ${url}/xxx, and "redirects" in the settings allows 2`,
    )
    rob.expectRefused(302)
  })

  for (const [status, location, problem] of [
    [
      '302 Found',
      'ftp://example.org/',
      ': it redirects to ftp://example.org/, which is not the address of a WebSocket server',
    ],
    ['302 Found', '/#top', ': it redirects to /#top, which is not the address of a WebSocket server'],
    [
      '302 Found',
      'ws+unix:///run/app.sock:/',
      ': it redirects to ws+unix:///run/app.sock:/, which is a socket of this machine',
    ],
    ['302 Found', undefined, ''],
    ['300 Choose', '/there', ''],
    ['401 No', '/login', ''],
  ] as const) {
    it(`are none with ${status} and the Location ${location}`, async () => {
      answer = () => `${status}${location === undefined ? '' : `\r\nLocation: ${location}`}`
      const failure = await failureOf(() => begin({ redirects: 5 }).connect())
      expect(failure.message).to.equal(`Rob was refused by ${url}/ with status ${status}${problem}.`)
    })
  }

  it('do not lead from wss to ws', async () => {
    const authority = await createAuthority()
    const tls = await createCertificate(authority, { name: 'A server' })
    const secure = await startServer({ tls, refusal: { status: 302, body: '', location: `${target.url}/` } })
    try {
      const rob = begin({ url: secure.url, redirects: 1, tls: { ca: authority.cert } })
      expect(await failureMessage(() => rob.connect())).to.equal(
        `Rob was refused by ${secure.url}/ with status 302 No: it redirects to ${target.url}/, which is not secure as ${secure.url}/ is.`,
      )
    } finally {
      await secure.close()
    }
  })

  it('may lead from ws to wss, also through a proxy', async () => {
    const authority = await createAuthority()
    const tls = await createCertificate(authority, { name: 'A server' })
    const secure = await startServer({ tls, opened: (socket) => socket.send('Welcome') })
    proxy = await startProxy()
    answer = () => `302 Found\r\nLocation: ${secure.url}/`
    try {
      const rob = begin({ redirects: 1, tls: { ca: authority.cert }, proxy: proxy.url })
      await rob.connect()
      await rob.receives('Welcome')
      expect(proxy.asked).to.deep.equal([url, secure.url].map((address) => new URL(address).host))
    } finally {
      await conversation?.end()
      await secure.close()
    }
  })

  it('take no credentials and no cookies to another host, but other headers', async () => {
    const headers = { Authorization: 'Bearer x', 'Proxy-Authorization': 'Basic x', 'X-Room': 'attic' }
    const rob = begin({ redirects: 1 })
    await rob.connect({ headers, cookies: { session: 'abc' }, subprotocols: [] })
    await rob.receives({ 'x-room': 'attic' })
    expect(requests[0]?.headers).to.include({
      ...{ authorization: 'Bearer x', 'proxy-authorization': 'Basic x', cookie: 'session=abc' },
    })
    const arrived = conversation?.transcript.entries.find(({ kind }) => kind === 'receives')?.detail
    expect(JSON.parse(String(arrived))).not.to.have.any.keys('authorization', 'proxy-authorization', 'cookie')
  })

  it('show no secrets', async () => {
    answer = () => `302 Found\r\nLocation: ${target.url.replace('//', '//rob:hunter2@')}/?token=hunter3`
    const rob = begin({ redirects: 1, redact: ['parameter:token'] })
    await rob.connect()
    const message = await failureMessage(() => rob.receives('hunter2 hunter3', { within: 1 }))
    expect(message)
      .to.contain('[redacted] [redacted]')
      .and.not.to.match(/hunter/)
    await conversation?.end()
    answer = () => `302 Found\r\nLocation: ${url}/?token=hunter4`
    const refused = await failureMessage(() => begin({ redirects: 1, redact: ['parameter:token'] }).connect())
    expect(refused)
      .to.contain('?token=[redacted]')
      .and.not.to.match(/hunter/)
  })

  it('say where it failed', async () => {
    const port = await freePort()
    answer = () => `302 Found\r\nLocation: ws://127.0.0.1:${port}/`
    expect(await failureMessage(() => begin({ redirects: 1 }).connect())).to.equal(
      `Rob could not connect to ${url}/: redirected to ws://127.0.0.1:${port}/: nothing listens there (ECONNREFUSED).`,
    )
  })
})
