/** Connections and requests by Unix domain sockets, and addresses that have digits for a host. */

import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { expect } from 'chai'
import { WebSocketServer } from 'ws'
import { failureMessage } from '../../test/support/failures'
import { portOf } from '../../test/support/ports'
import { Conversation } from '../websocket-conversation'

describe('Addresses', () => {
  const conversations: Conversation[] = []
  let conversation: Conversation
  let folder: string
  let server: Server

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'a socket-'))
  })

  after(() => rm(folder, { recursive: true }))

  beforeEach(() => {
    server = createServer((request, response) => response.end(`${request.method} ${request.url}`))
    const sockets = new WebSocketServer({ noServer: true })
    server.on('upgrade', (request, socket, head) => {
      if (request.url === '/moved') {
        socket.end('HTTP/1.1 302 Found\r\nLocation: /here?x=2\r\nContent-Length: 0\r\n\r\n')
        return
      }
      sockets.handleUpgrade(request, socket, head, (client) =>
        client.send(`at ${request.url} of ${request.headers.host}`),
      )
    })
  })

  afterEach(async () => {
    await Promise.all(conversations.splice(0).map((one) => one.end()))
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  })

  const begin = (url: string, settings: object = {}) => {
    conversation = new Conversation({ url, timeout: 2000, ...settings })
    conversations.push(conversation)
    return conversation.client('Rob')
  }

  describe('of Unix domain sockets', () => {
    const listen = async () => {
      const path = join(folder, 'app.sock')
      await once(server.listen(path), 'listening')
      return `ws+unix://${path.replaceAll(' ', '%20')}`
    }

    it('are connected to, and so are those relative to them', async () => {
      const socket = await listen()
      const rob = begin(`${socket}:/chat?x=1`)
      await rob.connect()
      await rob.receives('at /chat?x=1 of localhost')
      await rob.disconnect()
      await rob.connect({ to: '/rooms/attic', parameters: { name: 'Rob' } })
      await rob.receives('at /rooms/attic?name=Rob of localhost')
      await rob.disconnect()
      await rob.connect({ to: '?y=2' })
      await rob.receives('at /chat?y=2 of localhost')
      await rob.disconnect()
      conversation.setServerUrl(socket)
      await rob.connect()
      await rob.receives('at / of localhost')
    })

    it('are requested, too', async () => {
      const socket = await listen()
      const rob = begin(`${socket}:/chat`, { proxy: 'http://127.0.0.1:1' })
      await rob.request('POST /orders?a=1', { body: 'two' })
      conversation.requests.last.expectStatus(200)
      expect(conversation.transcript.entries.map(({ detail }) => detail)).to.deep.equal([
        `POST ${socket.replace('ws', 'http')}:/orders?a=1 two`,
        '200 POST /orders?a=1',
      ])
    })

    it('may have variables', async () => {
      await listen()
      const rob = begin(`ws+unix://${dirname(folder)}/\${folder}/app.sock:/\${client}`)
      conversation.variables.set('folder', basename(folder))
      await rob.connect()
      await rob.receives('at /Rob of localhost')
    })

    it('are redirected within the socket', async () => {
      const socket = await listen()
      const rob = begin(`${socket}:/moved`, { redirects: 1 })
      await rob.connect()
      await rob.receives('at /here?x=2 of localhost')
      expect(conversation.transcript.entries[0]?.detail).to.contain(`, redirected to ${socket}:/here?x=2`)
    })

    it('have protocols that add to the address', async () => {
      const socket = await listen()
      const requested = once(server, 'upgrade')
      const rob = begin(`${socket}:/`, { protocol: 'socket.io', timeout: 1000 })
      await failureMessage(() => rob.connect())
      const [{ url }] = await requested
      expect(url).to.equal('/socket.io/?EIO=4&transport=websocket')
    })

    it('have nobody there', async () => {
      const file = join(folder, 'plain.txt')
      await writeFile(file, '')
      const at = (path: string) => `ws+unix://${path.replaceAll(' ', '%20')}:/`
      expect(await failureMessage(() => begin(at(join(folder, 'none.sock'))).connect())).to.match(
        /^Rob could not connect to ws\+unix:\S+none.sock:\/: there is no such socket \(ENOENT\)\.$/,
      )
      expect(await failureMessage(() => begin(at(file)).connect())).to.match(
        /: nothing listens there \(ECONNREFUSED\)\.$/,
      )
      expect(await failureMessage(() => begin(at(`/${'x'.repeat(200)}`)).connect())).to.match(
        /^"ws\+unix:\/\/\/xxx.+ cannot be connected to: the path of a Unix domain socket has at most 107 bytes\.$/,
      )
      await once(server.listen(0, '127.0.0.1'), 'listening')
    })
  })

  it('may have an IPv6 host', async function () {
    try {
      await once(server.listen(0, '::1'), 'listening')
    } catch {
      await once(server.listen(0, '127.0.0.1'), 'listening')
      this.skip()
    }
    const url = `ws://[::1]:${portOf(server)}`
    const rob = begin(url)
    await rob.connect({ to: '/chat' })
    await rob.receives(`at /chat of [::1]:${portOf(server)}`)
    await rob.request('/orders')
    conversation.requests.last.expectStatus(200)
    expect(await failureMessage(() => rob.receives('no', { within: 1 }))).to.contain(`Rob is connected to ${url}/chat.`)
  })
})
