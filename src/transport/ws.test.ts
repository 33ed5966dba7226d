import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { expect } from 'chai'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import { timers, turn } from '../../test/support/event-loop'
import { failureMessage, failureOf } from '../../test/support/failures'
import { resolvedSettings, transportsOf } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import { Conversation } from '../conversation/conversation'
import type { ResolvedSettings } from '../conversation/settings'
import { ConnectionError, UsageError } from '../errors'
import { messageCount } from '../inbox/expect-several'
import { anyMessage } from '../matching/matcher'
import type { MessageExpression } from '../messages/message-expression'
import { containing } from '../messages/phrase-message'
import { webSockets } from './ws'

const KICKED = Buffer.concat([Buffer.from([0x88, 8, 0x0f, 0xa1]), Buffer.from('Kicked')])

describe('a WebSocket', () => {
  let conversation: Conversation
  let rob: Client
  let url: string
  let servers: Server[]
  let sockets: Set<Socket>

  beforeEach(() => {
    servers = []
    sockets = new Set()
  })

  afterEach(async () => {
    await conversation?.end()
    for (const socket of sockets) socket.destroy()
    await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  })

  describe('carries messages', () => {
    beforeEach(async () => {
      await serve((socket) => socket.on('message', (data, binary) => socket.send(data, { binary })))
      await rob.connect()
    })

    for (const text of ['Hello', '', 'one\ntwo\u0000', '👩‍👩‍👧 你好', 'x'.repeat(900)]) {
      it(`as text: ${JSON.stringify(text.slice(0, 20))}`, async () => {
        await rob.send(sent(text))
        const [message] = await rob.expect(messageCount(1))
        expect(message?.text).to.equal(text)
        expect(message?.bytes).to.equal(undefined)
      })
    }

    for (const bytes of [Buffer.from([0xde, 0xad]), Buffer.alloc(0), Buffer.from('Hello')]) {
      it(`as bytes: ${bytes.toString('hex')}`, async () => {
        await rob.send(sent(bytes))
        const [message] = await rob.expect(messageCount(1))
        expect(message?.bytes?.equals(bytes)).to.equal(true)
        expect(message?.text).to.equal(undefined)
      })
    }

    it('in the order in which they were sent', async () => {
      const numbers = Array.from({ length: 100 }, (_, index) => `${index}`)
      await Promise.all(numbers.map((number) => rob.send(number)))
      const received = await rob.expect(messageCount(100))
      expect(received.map(({ text }) => text)).to.deep.equal(numbers)
    })
  })

  describe('opens', () => {
    it('with the headers and subprotocols of the address', async () => {
      const requests: IncomingMessage[] = []
      await serve((_, request) => requests.push(request), { handleProtocols: () => 'chat.v2' })
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

    it('without offering compression, which would be slower', async () => {
      const requests: IncomingMessage[] = []
      await serve((_, request) => requests.push(request))
      await rob.connect()
      expect(requests[0]?.headers).not.to.have.property('sec-websocket-extensions')
    })

    it('and misses nothing: 300 clients are greeted in the same tick as the handshake, 20 times', async () => {
      await serveRaw((socket, request) => {
        socket.write(Buffer.concat([welcome(request), textFrame('Hello')]))
        socket.on('data', () => socket.end())
      })
      for (let run = 0; run < 20; run++) {
        const hall = new Conversation(resolvedSettings(url), transportsOf(webSockets({})))
        await hall.connectGroup('listeners', 300)
        await Promise.all(hall.clients.introduced.map((listener) => listener.receives('Hello')))
        expect(hall.clients.introduced.map(({ state }) => state.inbox.messages.length)).to.deep.equal(
          Array(300).fill(1),
        )
        await hall.end()
      }
    }).timeout(120_000)

    it('and hears what a server says that closes at once', async () => {
      await serveRaw((socket, request) => {
        socket.end(Buffer.concat([welcome(request), textFrame('Go away'), KICKED]))
      })
      await rob.connect()
      await rob.receives('Go away')
      await rob.expectDisconnected({ code: 4001, reason: 'Kicked' })
    })
  })

  describe('is refused', () => {
    it('with a status and a body', async () => {
      await serveRaw((socket) => socket.end(answer('401 Unauthorized', 'Who are you?')))
      const failure = await failureOf(() => rob.connect())
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.status).to.equal(401)
      expect(failure.message).to.equal(`Rob was refused by ${url}/ with status 401 Unauthorized: "Who are you?".`)
    })

    it('with a body of several lines', async () => {
      await serveRaw((socket) => socket.end(answer('403 Forbidden', '<html>\r\n  <h1>No</h1>\n</html>\n')))
      expect(await failureMessage(() => rob.connect())).to.match(
        / with status 403 Forbidden: "<html> <h1>No<\/h1> <\/html>"\.$/,
      )
    })

    it('with a long body, of which a part is read', async () => {
      await serveRaw((socket) => socket.end(answer('500 Oops', 'x'.repeat(100_000))))
      expect(await failureMessage(() => rob.connect())).to.match(/ with status 500 Oops: "x{200}"\.$/)
    })

    it('with no body', async () => {
      await serveRaw((socket) => socket.end(answer('503 Busy', '')))
      expect(await failureMessage(() => rob.connect())).to.match(/ with status 503 Busy\.$/)
    })

    it('with a body that never ends', async () => {
      await serveRaw((socket) => socket.write('HTTP/1.1 401 Unauthorized\r\nContent-Length: 1000\r\n\r\nWho are'))
      expect(await failureMessage(() => rob.connect())).to.match(/ with status 401 Unauthorized: "Who are"\.$/)
    })

    it('with a body that never comes', async () => {
      await serveRaw((socket) => socket.write('HTTP/1.1 401 Unauthorized\r\nContent-Length: 1000\r\n\r\n'))
      expect(await failureMessage(() => rob.connect())).to.match(/ with status 401 Unauthorized\.$/)
    })

    it('with a body that is cut short', async () => {
      await serveRaw((socket) => socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 1000\r\n\r\nWho are'))
      expect(await failureMessage(() => rob.connect())).to.match(/ with status 401 Unauthorized: "Who are"\.$/)
    })

    it('with a body that is cut short by a reset', async () => {
      await serveRaw((socket) =>
        socket.write('HTTP/1.1 401 Unauthorized\r\nContent-Length: 1000\r\n\r\nWho are', () =>
          socket.resetAndDestroy(),
        ),
      )
      expect((await failureOf(() => rob.connect())).status).to.equal(401)
    })

    it('by an ordinary page or by a redirection', async () => {
      await serveRaw((socket) => socket.end(answer('200 OK', 'Welcome')))
      expect((await failureOf(() => rob.connect())).status).to.equal(200)
      await serveRaw((socket) => socket.end('HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n'))
      expect((await failureOf(() => rob.connect())).status).to.equal(302)
    })

    it('as expected', async () => {
      await serveRaw((socket) => socket.end(answer('401 Unauthorized', 'Who are you?')))
      await rob.tryToConnect()
      rob.expectRefused(401)
    })
  })

  describe('cannot connect', () => {
    it('where nothing listens', async () => {
      const port = await freePort()
      for (const host of ['127.0.0.1', 'localhost']) {
        begin(`ws://${host}:${port}`)
        const failure = await failureOf(() => rob.connect())
        expect(failure).to.be.an.instanceOf(ConnectionError)
        expect(failure.code).to.equal('ECONNREFUSED')
        expect(failure.message).to.equal(
          `Rob could not connect to ws://${host}:${port}/: nothing listens there (ECONNREFUSED).`,
        )
      }
    })

    it('where the handshake is never answered', async () => {
      await serveRaw(() => {}, { timeout: 50 })
      expect(await failureMessage(() => rob.connect())).to.equal(
        `Rob could not connect to ${url}/: it did not answer the handshake within 50 ms.`,
      )
    })

    it('where the handshake is answered by hanging up', async () => {
      await serveRaw((socket) => socket.end())
      const failure = await failureOf(() => rob.connect())
      expect(failure.code).to.equal('ECONNRESET')
      expect(failure.message).to.equal(`Rob could not connect to ${url}/: the connection was reset (ECONNRESET).`)
    })

    it('where something else than HTTP is spoken', async () => {
      await serveRaw((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'))
      const words = await failureMessage(() => rob.connect())
      expect(words).to.contain(`Rob could not connect to ${url}/: `)
      expect(words).to.contain('HTTP')
    })

    it('where the accept key is wrong', async () => {
      await serveRaw((socket) => socket.write(welcome('Sec-WebSocket-Key: another')))
      expect(await failureMessage(() => rob.connect())).to.equal(
        `Rob could not connect to ${url}/: Invalid Sec-WebSocket-Accept header.`,
      )
    })

    it('where a subprotocol is chosen that nobody asked for', async () => {
      await serveRaw((socket, request) => socket.write(welcome(request, 'Sec-WebSocket-Protocol: chat.v9\r\n')))
      expect(await failureMessage(() => rob.connect())).to.equal(
        `Rob could not connect to ${url}/: Server sent a subprotocol but none was requested.`,
      )
      expect(await failureMessage(() => rob.connect({ subprotocols: ['chat.v1'] }))).to.equal(
        `Rob could not connect to ${url}/: Server sent an invalid subprotocol.`,
      )
    })

    it('where no subprotocol is chosen of those asked for', async () => {
      await serveRaw((socket, request) => socket.write(welcome(request)))
      expect(await failureMessage(() => rob.connect({ subprotocols: ['chat.v1'] }))).to.equal(
        `Rob could not connect to ${url}/: Server sent no subprotocol.`,
      )
    })

    it('by TLS where none is spoken, in one line that says so', async () => {
      await serve(() => {})
      begin(url.replace('ws://', 'wss://'))
      const words = await failureMessage(() => rob.connect())
      expect(words).to.match(/^Rob could not connect to wss:.*(?:TLS|ws:\/\/)/)
      expect(words).not.to.match(/\n|openssl|ssl3_|routines/)
    })

    it('with a header that HTTP does not allow', async () => {
      await serveRaw(() => {})
      const failure = await failureOf(() => rob.connect({ headers: { 'X-Name': 'one\ntwo' } }))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(
        `${url}/ cannot be connected to: Invalid character in header content ["X-Name"].`,
      )
      expect(sockets.size).to.equal(0)
    })

    it('with a subprotocol that is no word, or offered twice', async () => {
      await serveRaw(() => {})
      for (const subprotocols of [['chat v1'], ['chat', 'chat']]) {
        const failure = await failureOf(() => rob.connect({ subprotocols }))
        expect(failure).to.be.an.instanceOf(UsageError)
        expect(failure.message).to.equal(
          `${url}/ cannot be connected to: An invalid or duplicated subprotocol was specified. ` +
            `Offered are: ${subprotocols.join(', ')}`,
        )
      }
    })
  })

  describe('ends while somebody waits', () => {
    it('because the server closes, with a code and a reason', async () => {
      await serve((socket) => socket.on('message', () => socket.close(4001, 'Kicked')))
      await rob.connect()
      await rob.send('Hello')
      expect(await failureMessage(() => rob.receives('Hello'))).to.equal(
        'Rob did not receive "Hello": Rob was disconnected by the server with 4001 "Kicked".\n' +
          'Rob has received no message at all.',
      )
      await rob.expectDisconnected({ code: 4001, reason: 'Kicked' })
    })

    it('because the server closes without a code', async () => {
      await serve((socket) => socket.on('message', () => socket.close()))
      await rob.connect()
      await rob.send('Hello')
      expect(await failureMessage(() => rob.receives('Hello'))).to.contain('by the server without a close code (1005).')
    })

    it('because the line is cut', async () => {
      await serveRaw((socket, request) => {
        socket.write(welcome(request))
        socket.on('data', () => socket.end())
      })
      await rob.connect()
      await rob.send('Hello')
      expect(await failureMessage(() => rob.receives('Hello'))).to.contain('without a closing handshake (1006).')
      await rob.expectDisconnected({ code: 1006 })
      await conversation.settle()
    })

    it('because the line is cut in the middle of a message', async () => {
      await serveRaw((socket, request) => {
        socket.write(welcome(request))
        const half = textFrame('Hello').subarray(0, 4)
        socket.on('data', () => socket.write(half, () => socket.resetAndDestroy()))
      })
      await rob.connect()
      await rob.send('Hello')
      expect(await failureMessage(() => rob.receives('Hello'))).to.equal(
        'Rob did not receive "Hello": Rob was disconnected by the server without a closing handshake (1006).\n' +
          'Rob has received no message at all.',
      )
    })

    for (const [what, garbage, problem] of [
      ['an opcode that is reserved', [0x83, 0x00], 'Invalid WebSocket frame: invalid opcode 3'],
      ['a frame with a mask', [0x81, 0x80, 0, 0, 0, 0], 'Invalid WebSocket frame: MASK must be clear'],
      ['a text that is no UTF-8', [0x81, 0x01, 0xff], 'Invalid WebSocket frame: invalid UTF-8 sequence'],
      ['noise', [0xff, 0xff, 0xff], 'Invalid WebSocket frame: RSV2 and RSV3 must be clear'],
    ] as const) {
      it(`because the server sends garbage: ${what}`, async () => {
        await serveRaw((socket, request) => {
          socket.write(welcome(request))
          socket.once('data', () => socket.write(Buffer.from(garbage)))
          socket.resume()
        })
        await rob.connect()
        await rob.send('Hello')
        expect(await failureMessage(() => rob.receives('Hello'))).to.equal(
          `Rob did not receive "Hello": Rob lost the connection to ${url}/: ` +
            `the server broke the WebSocket protocol: ${problem}.\n` +
            'Rob has received no message at all.',
        )
      })
    }

    it('because a message is too long', async () => {
      await serve((socket) => socket.on('message', () => socket.send('x'.repeat(1001))), {}, { maxMessageBytes: 1000 })
      await rob.connect()
      await rob.send('Hello')
      expect(await failureMessage(() => rob.receives('Hello'))).to.contain(
        `Rob lost the connection to ${url}/: the server sent a message of more than 1000 bytes; ` +
          '"maxMessageBytes" in the settings allows more.\n',
      )
    })

    it('and what came before is still there', async () => {
      await serveRaw((socket, request) => {
        socket.end(Buffer.concat([welcome(request), textFrame('one'), textFrame('two'), Buffer.from([0x83, 0x00])]))
      })
      await rob.connect()
      await rob.receives('two')
      await rob.receives('one')
    })
  })

  describe('closes', () => {
    it('by a handshake, with a code and a reason', async () => {
      const closed: Promise<unknown[]>[] = []
      await serve((socket) => closed.push(once(socket, 'close')))
      await rob.connect()
      await rob.disconnect(4000, 'Bye')
      const [code, reason] = (await closed[0]) ?? []
      expect([code, String(reason)]).to.deep.equal([4000, 'Bye'])
    })

    it('also if the server never answers', async () => {
      await serveRaw((socket, request) => {
        socket.write(welcome(request))
        socket.resume()
      })
      await rob.connect()
      await rob.disconnect()
      await everySocketGone()
    })

    it('by cutting the line', async () => {
      const closed: Promise<unknown[]>[] = []
      await serve((socket) => closed.push(once(socket, 'close')))
      await rob.connect()
      rob.terminate()
      const [code] = (await closed[0]) ?? []
      expect(code).to.equal(1006)
    })

    it('also if the server has said so and never hangs up', async () => {
      await serveRaw((socket, request) => {
        socket.write(Buffer.concat([welcome(request), KICKED]))
        socket.resume()
      })
      await rob.connect()
      await rob.expectDisconnected({ code: 4001, reason: 'Kicked' })
      await everySocketGone()
    })

    it('for ever: nothing can be sent after it', async () => {
      await serve((socket) => socket.close(4001, 'Kicked'))
      await rob.connect()
      await rob.expectDisconnected()
      expect(await failureMessage(() => rob.send('Hello'))).to.equal(
        'Rob cannot send: Rob was disconnected by the server with 4001 "Kicked".',
      )
    })

    it('for ever: nothing can be sent while the server is closing', async () => {
      const connections: Socket[] = []
      await serveRaw(
        (socket, request) => {
          connections.push(socket)
          socket.write(Buffer.concat([welcome(request), textFrame('Bye'), KICKED]))
          socket.resume()
        },
        { closeGrace: 5000 },
      )
      await rob.connect()
      await rob.receives('Bye')
      const words = failureMessage(() => rob.send('Hello'))
      await turn()
      connections[0]?.end()
      expect(await words).to.equal('Rob cannot send: Rob was disconnected by the server with 4001 "Kicked".')
    })
  })

  describe('sends', () => {
    it('no longer than the settings say to a server that does not read', async () => {
      await serveRaw(
        (socket, request) => {
          socket.write(welcome(request))
          socket.pause()
        },
        { timeout: 50 },
      )
      await rob.connect()
      const failure = await failureOf(() => rob.send('x'.repeat(2 ** 25)))
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.message).to.match(/^Rob could not send.*within 50 ms/)
    }).timeout(5000)

    it('pings, which are answered', async () => {
      await serve(() => {})
      await rob.connect()
      rob.ping()
      await rob.expectPong()
    })
  })

  describe('leaves nothing behind', () => {
    it('after a conversation', async () => {
      await serve((socket) => socket.on('message', (data) => socket.send(data.toString())))
      await leavesNothing(async () => {
        rob.whenever('Hello').send('Hi', { after: 5000 })
        await rob.connect()
        await rob.send('Hello')
        await rob.receives('Hello')
        await failureOf(() => rob.receives('Hi', { within: 1 }))
        await rob.doesNotReceive('Hullo')
      })
    })

    it('of a server that never answers the closing handshake', async () => {
      await serveRaw((socket, request) => {
        socket.write(welcome(request))
        socket.resume()
      })
      await leavesNothing(() => rob.connect())
    })

    it('of a server that sent garbage and does not hang up', async () => {
      await serveRaw(
        (socket, request) => {
          socket.write(Buffer.concat([welcome(request), Buffer.from([0x83, 0x00])]))
          socket.resume()
        },
        { closeGrace: 5000 },
        { allowHalfOpen: true },
      )
      await leavesNothing(async () => {
        await rob.connect()
        await failureOf(() => rob.receives(anyMessage))
      })
    })

    it('of a server that said goodbye and does not hang up', async () => {
      await serveRaw((socket, request) => {
        socket.write(Buffer.concat([welcome(request), KICKED]))
        socket.resume()
      })
      await leavesNothing(() => rob.connect())
    })

    it('of a server that never answered the handshake', async () => {
      await serveRaw((socket) => socket.resume(), { timeout: 30 })
      await leavesNothing(() => failureOf(() => rob.connect()))
    })

    it('of a server that has not yet answered the handshake', async () => {
      await serveRaw((socket) => socket.resume())
      await leavesNothing(async () => {
        const failed = failureOf(() => rob.connect())
        await once(servers[0] as Server, 'connection')
        await conversation.end()
        await failed
      })
    })

    it('of a server that refuses without an end', async () => {
      await serveRaw((socket) => {
        socket.write('HTTP/1.1 401 Unauthorized\r\nContent-Length: 1000\r\n\r\nWho are')
        socket.resume()
      })
      await leavesNothing(() => rob.tryToConnect())
    })

    it('of a server that refuses for longer than anybody waits', async () => {
      await serveRaw(
        (socket) => {
          socket.write('HTTP/1.1 401 Unauthorized\r\nContent-Length: 1000\r\n\r\nWho are')
          socket.resume()
        },
        { timeout: 30, closeGrace: 5000 },
      )
      await leavesNothing(() => failureOf(() => rob.connect()))
    })

    it('of a group', async () => {
      await serve((socket) => socket.send('Hello'))
      await leavesNothing(async () => {
        await conversation.connectGroup('listeners', 30)
        for (const listener of conversation.clients.introduced) await listener.receives(containing('Hello'))
      })
    })
  })

  /** A decent server. */
  async function serve(
    welcomed: (socket: WebSocket, request: IncomingMessage) => void,
    options: ServerOptions = {},
    changes: Partial<ResolvedSettings> = {},
  ): Promise<void> {
    const http = createHttpServer()
    new WebSocketServer({ ...options, server: http }).on('connection', welcomed)
    await listen(http, changes)
  }

  /** A server that does what it likes with the socket, once the request has come. */
  async function serveRaw(
    requested: (socket: Socket, request: string) => void,
    changes: Partial<ResolvedSettings> = {},
    options: { allowHalfOpen?: boolean } = {},
  ): Promise<void> {
    const server = createServer(options, (socket) => {
      let request = ''
      const read = (data: Buffer) => {
        request += data
        if (!request.includes('\r\n\r\n')) return
        socket.off('data', read)
        requested(socket, request)
      }
      socket.on('data', read)
      socket.on('error', () => socket.destroy())
    })
    await listen(server, changes)
  }

  async function listen(server: Server, changes: Partial<ResolvedSettings>): Promise<void> {
    server.on('connection', (socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
    servers.push(server)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    begin(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, changes)
  }

  function begin(to: string, changes: Partial<ResolvedSettings> = {}): void {
    url = to
    conversation = new Conversation(resolvedSettings(to, changes), transportsOf(webSockets({})))
    rob = conversation.client('Rob')
  }

  async function everySocketGone(): Promise<void> {
    await Promise.all([...sockets].map((socket) => once(socket, 'close')))
    await turn()
    await turn()
  }

  /** The process has, after the end of a conversation and of its server's sockets, what it had before. */
  async function leavesNothing(converse: () => Promise<unknown>): Promise<void> {
    await turn()
    const before = process.getActiveResourcesInfo().sort()
    const timersBefore = timers()
    await converse()
    await conversation.end()
    await turn()
    await turn()
    expect(timers()).to.equal(timersBefore)
    for (const socket of sockets) socket.destroy()
    await everySocketGone()
    expect(process.getActiveResourcesInfo().sort()).to.deep.equal(before)
  }
})

/** A wording that is sent as it is. */
function sent(data: string | Buffer): MessageExpression {
  return { describe: () => 'data', toSend: () => data, toMatcher: () => anyMessage }
}

/** The answer to a handshake (RFC 6455, section 4.2.2). */
function welcome(request: string, headers = ''): Buffer {
  const key = /^sec-websocket-key: *(\S+)/im.exec(request)?.[1] ?? ''
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  return Buffer.from(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${accept}\r\n${headers}\r\n`,
  )
}

function answer(status: string, body: string): string {
  return `HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`
}

/** A text of less than 126 bytes in one frame (RFC 6455, section 5.2). */
function textFrame(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, Buffer.byteLength(text)]), Buffer.from(text)])
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}
