/** What a WebSocket carries, and with what it is opened. */

import type { IncomingMessage } from 'node:http'
import { expect } from 'chai'
import type { WebSocket } from 'ws'
import { failureMessage, failureOf } from '../../test/support/failures'
import { resolvedSettings, transportsOf } from '../../test/support/fake-server'
import { acceptHandshake, CLOSE_FRAME, textFrame } from '../../test/support/handshake'
import { WebSocketServers } from '../../test/support/web-socket-servers'
import type { Client } from '../client/client'
import { Conversation } from '../conversation/conversation'
import { ConnectionError } from '../errors'
import { messageCount } from '../expectations/expect-several'
import { anyMessage } from '../matching/matcher'
import type { MessageExpression } from '../messages/message-expression'
import { webSockets } from './ws'

describe('WebSocket transport', () => {
  let servers: WebSocketServers

  beforeEach(() => {
    servers = new WebSocketServers()
  })

  afterEach(() => servers.close())

  describe('opening', () => {
    it('sends the headers and subprotocols of the target', async () => {
      const requests: IncomingMessage[] = []
      const { rob } = await servers.serve((_, request) => requests.push(request), { handleProtocols: () => 'chat.v2' })
      await rob.connect({
        to: '/chat?name=Rob',
        headers: { Authorization: 'Bearer x' },
        cookies: { session: 'abc' },
        subprotocols: ['chat.v1', 'chat.v2'],
      })
      rob.expectSubprotocol('chat.v2')
      const [request] = requests
      expect(request?.url).to.equal('/chat?name=Rob')
      expect(request?.headers).to.include({
        authorization: 'Bearer x',
        cookie: 'session=abc',
        'sec-websocket-protocol': 'chat.v1,chat.v2',
      })
    })

    it('does not offer compression, which would be slower', async () => {
      const requests: IncomingMessage[] = []
      const { rob } = await servers.serve((_, request) => requests.push(request))
      await rob.connect()
      expect(requests[0]?.headers).not.to.have.property('sec-websocket-extensions')
    })

    it('misses none of the messages of one frame, nor what comes after them, however long that takes', async () => {
      const records = Array.from({ length: 9000 }, (_, at) => `{"at":${at}}\n`)
      const serve = (client: WebSocket) => {
        client.send(records.join(''))
        client.send('"last"\n"rest"')
        client.close(4000)
      }
      const { rob, conversation } = await servers.serve(serve, {}, { maxMessageBytes: 2 ** 20 })
      conversation.setProtocol({ codec: 'ndjson' })
      await rob.connect()
      await rob.expectDisconnected({ code: 4000 })
      const { messages } = rob.state.inbox
      expect(messages.slice(-3).map(({ detail }) => detail)).to.deep.equal([
        ...['{"at":8999}', '"last"', Buffer.from('"rest"')],
      ])
      expect(messages).to.have.length(9002)
    })

    it('misses no message: 300 clients are greeted in the same tick as the handshake, 20 times', async () => {
      const { url } = await servers.serveRaw((socket, request) => {
        socket.write(Buffer.concat([acceptHandshake(request), textFrame('Hello')]))
        socket.on('data', () => socket.end())
      })
      for (let round = 0; round < 20; round++) {
        const conversation = new Conversation(resolvedSettings(url), transportsOf(webSockets({})))
        await conversation.connectGroup('listeners', 300)
        await Promise.all(conversation.clients.introduced.map((listener) => listener.receives('Hello')))
        expect(conversation.clients.introduced.map(({ state }) => state.inbox.messages.length)).to.deep.equal(
          Array(300).fill(1),
        )
        await conversation.end()
      }
    }).timeout(120_000)

    it('receives what a server sends that closes at once', async () => {
      const { rob } = await servers.serveRaw((socket, request) => {
        socket.end(Buffer.concat([acceptHandshake(request), textFrame('Go away'), CLOSE_FRAME]))
      })
      await rob.connect()
      await rob.receives('Go away')
      await rob.expectDisconnected({ code: 4001, reason: 'Kicked' })
    })
  })

  describe('messages', () => {
    let rob: Client

    beforeEach(async () => {
      ;({ rob } = await servers.serve((socket) =>
        socket.on('message', (data, binary) => socket.send(data, { binary })),
      ))
      await rob.connect()
    })

    for (const text of ['Hello', '', 'one\ntwo\u0000', '👩‍👩‍👧 你好', 'x'.repeat(900)]) {
      it(`carries a text: ${JSON.stringify(text.slice(0, 20))}`, async () => {
        await rob.send(unchanged(text))
        const [message] = await rob.expect(messageCount(1))
        expect(message?.text).to.equal(text)
        expect(message?.bytes).to.equal(undefined)
      })
    }

    for (const bytes of [Buffer.from([0xde, 0xad]), Buffer.alloc(0), Buffer.from('Hello')]) {
      it(`carries bytes: ${bytes.toString('hex')}`, async () => {
        await rob.send(unchanged(bytes))
        const [message] = await rob.expect(messageCount(1))
        expect(message?.bytes?.equals(bytes)).to.equal(true)
        expect(message?.text).to.equal(undefined)
      })
    }

    it('keeps the order in which they were sent', async () => {
      const numbers = Array.from({ length: 100 }, (_, index) => `${index}`)
      await Promise.all(numbers.map((number) => rob.send(number)))
      const received = await rob.expect(messageCount(100))
      expect(received.map(({ text }) => text)).to.deep.equal(numbers)
    })
  })

  describe('sending', () => {
    it('gives up after the timeout if the server does not read', async () => {
      const { rob } = await servers.serveRaw(
        (socket, request) => {
          socket.write(acceptHandshake(request))
          socket.pause()
        },
        { timeout: 50 },
      )
      await rob.connect()
      const failure = await failureOf(() => rob.send('x'.repeat(2 ** 25)))
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.message).to.match(/^Rob could not send.*within 50 ms/)
    }).timeout(5000)

    it('sends no text that another one would be made of', async () => {
      const { rob } = await servers.serve(() => {})
      await rob.connect()
      expect(await failureMessage(() => rob.send('x\ud800'))).to.equal(
        'Rob cannot send: the text has half of a surrogate pair, which UTF-8 does not have.',
      )
    })

    it('sends pings, and reports their pongs', async () => {
      const { rob } = await servers.serve(() => {})
      await rob.connect()
      rob.ping()
      await rob.expectPong()
    })
  })
})

/** A message that is sent as it is. */
function unchanged(data: string | Buffer): MessageExpression {
  return { describe: () => 'data', toSend: () => data, toMatcher: () => anyMessage }
}
