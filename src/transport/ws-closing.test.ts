/** How WebSockets end, by either side. */

import { once } from 'node:events'
import type { Socket } from 'node:net'
import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage } from '../../test/support/failures'
import { acceptHandshake, CLOSE_FRAME, INVALID_FRAME, textFrame } from '../../test/support/handshake'
import { WebSocketServers } from '../../test/support/web-socket-servers'
import { defineProtocol, ownProtocols } from '../protocol/protocol'
import { isWorkWaiting, WorkQueue } from '../time/turns'

describe('WebSocket end', () => {
  let servers: WebSocketServers

  beforeEach(() => {
    servers = new WebSocketServers()
  })

  afterEach(async () => {
    ownProtocols.clear()
    await servers.close()
  })

  describe('end while a client waits', () => {
    it('reports the code and reason with which the server closes', async () => {
      const { rob } = await servers.serve((socket) => socket.on('message', () => socket.close(4001, 'Kicked')))
      await rob.connect()
      await rob.send('Hello')
      expect(await failureMessage(() => rob.receives('Hello'))).to.equal(
        'Rob did not receive "Hello": Rob was disconnected by the server with 4001 "Kicked".\n' +
          'Rob has received no message at all.',
      )
      await rob.expectDisconnected({ code: 4001, reason: 'Kicked' })
    })

    it('is told to those who wait as soon as it has begun: what a deadline ends may have been said by then', async () => {
      const { rob } = await servers.serve((socket) => socket.on('message', () => socket.close(4001)))
      await rob.connect()
      expect(isWorkWaiting()).to.equal(false)
      await rob.send('Hello')
      while (!isWorkWaiting()) await turn()
      await rob.expectDisconnected({ code: 4001 })
      expect(isWorkWaiting()).to.equal(false)
    })

    for (const [what, frame, protocol] of [
      ['its close frame', CLOSE_FRAME, undefined],
      ['the words of its protocol', textFrame('farewell'), 'farewells'],
    ] as const) {
      it(`is awaited when it has begun by ${what}, though the server hangs on`, async () => {
        defineProtocol({
          name: 'farewells',
          open: ({ closed, send }) => ({
            received() {
              closed()
              return []
            },
            send: (content) => send(content),
          }),
        })
        const { rob } = await servers.serveRaw(
          (socket, request) => {
            socket.write(acceptHandshake(request))
            socket.once('data', () => socket.write(frame))
          },
          { protocol },
          { allowHalfOpen: true },
        )
        await rob.connect()
        await rob.send('Hello')
        while (!isWorkWaiting()) await turn()
        const claims = [
          ...[rob.ensureConnected(), rob.expectConnected({ within: 1 })],
          rob.doesNotReceive('Hello', { within: 1 }),
        ]
        for (const failure of await Promise.all(claims.map((claim) => failureMessage(() => claim))))
          expect(failure).to.match(/^Rob .*disconnected by the server/)
      })
    }

    it('leaves no message sent that was cut off', async () => {
      const { rob } = await servers.serveRaw((socket, request) => {
        socket.write(acceptHandshake(request))
        socket.once('data', () => {
          socket.pause()
          socket.write(CLOSE_FRAME)
        })
      })
      await rob.connect()
      expect(await failureMessage(() => rob.send('x'.repeat(2 ** 25)))).to.match(/^Rob .*disconnected by the server/)
    }).timeout(5000)

    it('reports that the server closes without a code', async () => {
      const { rob } = await servers.serve((socket) => socket.on('message', () => socket.close()))
      await rob.connect()
      await rob.send('Hello')
      expect(await failureMessage(() => rob.receives('Hello'))).to.contain('by the server without a close code (1005).')
    })

    it('reports that the server closes without a handshake', async () => {
      const { rob, conversation } = await servers.serveRaw((socket, request) => {
        socket.write(acceptHandshake(request))
        socket.on('data', () => socket.end())
      })
      await rob.connect()
      await rob.send('Hello')
      expect(await failureMessage(() => rob.receives('Hello'))).to.contain('without a closing handshake (1006).')
      await rob.expectDisconnected({ code: 1006 })
      await conversation.settle()
    })

    it('reports that the connection is reset in the middle of a message', async () => {
      const { rob } = await servers.serveRaw((socket, request) => {
        socket.write(acceptHandshake(request))
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
      ['a text that is not UTF-8', [0x81, 0x01, 0xff], 'Invalid WebSocket frame: invalid UTF-8 sequence'],
      ['noise', [0xff, 0xff, 0xff], 'Invalid WebSocket frame: RSV2 and RSV3 must be clear'],
    ] as const) {
      it(`reports what breaks the protocol: ${what}`, async () => {
        const { url, rob } = await servers.serveRaw((socket, request) => {
          socket.write(acceptHandshake(request))
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

    it('reports a message that is too long', async () => {
      const { url, rob } = await servers.serve(
        (socket) => socket.on('message', () => socket.send('x'.repeat(1001))),
        {},
        { maxMessageBytes: 1000 },
      )
      await rob.connect()
      await rob.send('Hello')
      expect(await failureMessage(() => rob.receives('Hello'))).to.contain(
        `Rob lost the connection to ${url}/: the server sent a message of more than 1000 bytes; ` +
          '"maxMessageBytes" in the settings allows more.\n',
      )
    })

    it('keeps the messages that came before', async () => {
      const { rob } = await servers.serveRaw((socket, request) => {
        socket.end(Buffer.concat([acceptHandshake(request), textFrame('one'), textFrame('two'), INVALID_FRAME]))
      })
      await rob.connect()
      await rob.receives('two')
      await rob.receives('one')
    })
  })

  describe('closing', () => {
    it('sends a code and a reason', async () => {
      const closed: Promise<unknown[]>[] = []
      const { rob } = await servers.serve((socket) => closed.push(once(socket, 'close')))
      await rob.connect()
      await rob.disconnect(4000, 'Bye')
      const [code, reason] = (await closed[0]) ?? []
      expect([code, String(reason)]).to.deep.equal([4000, 'Bye'])
    })

    it('closes the socket if the server never answers', async () => {
      const { rob } = await servers.serveRaw((socket, request) => {
        socket.write(acceptHandshake(request))
        socket.resume()
      })
      await rob.connect()
      await rob.disconnect()
      await servers.socketsClosed()
    })

    it('terminates without a handshake', async () => {
      const closed: Promise<unknown[]>[] = []
      const { rob } = await servers.serve((socket) => closed.push(once(socket, 'close')))
      await rob.connect()
      rob.terminate()
      const [code] = (await closed[0]) ?? []
      expect(code).to.equal(1006)
    })

    it('closes the socket if the server sends a close frame and keeps the socket', async () => {
      const { rob } = await servers.serveRaw((socket, request) => {
        socket.write(Buffer.concat([acceptHandshake(request), CLOSE_FRAME]))
        socket.resume()
      })
      await rob.connect()
      await rob.expectDisconnected({ code: 4001, reason: 'Kicked' })
      await servers.socketsClosed()
    })

    const text = textFrame('Bye')
    const RESET = 'Rob was disconnected by the server without a closing handshake (1006).'
    for (const [what, end, problem] of [
      ['a server that hangs up', (socket: Socket) => socket.end(), undefined],
      ['one that sends a message and hangs up', (socket: Socket) => socket.end(text), undefined],
      ['a reset', (socket: Socket) => socket.resetAndDestroy(), RESET],
      // The message and the reset are read at once.
      ['a reset right behind a message', (socket: Socket) => socket.write(text) && socket.resetAndDestroy(), RESET],
    ] as const) {
      it(`tells a reset from an answer: ${what}`, async () => {
        const { rob, conversation } = await servers.serveRaw((socket, request) => {
          socket.write(acceptHandshake(request))
          socket.on('data', ([first]: Buffer) => {
            if (first === CLOSE_FRAME[0]) end(socket)
          })
        })
        await rob.connect()
        await rob.disconnect()
        const failure = await conversation.settle().catch((error: Error) => error.message.split('\n')[0])
        expect(failure).to.equal(problem)
      })
    }

    it('takes pings for no flood that wait for their turn while the server closes', async () => {
      const { rob } = await servers.serveRaw((socket, request) => {
        socket.write(acceptHandshake(request))
        const ping = Buffer.from([0x89, 0])
        socket.once('data', () => socket.end(Buffer.concat([text, ping, text, CLOSE_FRAME])))
      })
      await rob.connect()
      await rob.send('Hello')
      takeWholeTurn()
      await rob.receives('Bye')
      await rob.receives('Bye')
      await rob.expectDisconnected({ code: 4001 })
    })

    it('refuses to send after it', async () => {
      const { rob } = await servers.serve((socket) => socket.close(4001, 'Kicked'))
      await rob.connect()
      await rob.expectDisconnected()
      expect(await failureMessage(() => rob.send('Hello'))).to.equal(
        'Rob cannot send: Rob was disconnected by the server with 4001 "Kicked".',
      )
    })

    it('refuses to send while the server is closing', async () => {
      const connections: Socket[] = []
      const { rob } = await servers.serveRaw(
        (socket, request) => {
          connections.push(socket)
          socket.write(Buffer.concat([acceptHandshake(request), textFrame('Bye'), CLOSE_FRAME]))
          socket.resume()
        },
        { closeGrace: 5000 },
      )
      await rob.connect()
      await rob.receives('Bye')
      const message = failureMessage(() => rob.send('Hello'))
      await turn()
      connections[0]?.end()
      expect(await message).to.equal('Rob cannot send: Rob was disconnected by the server with 4001 "Kicked".')
    })
  })
})

/** Whatever arrives next has to wait for its turn. */
function takeWholeTurn(): void {
  const source = { pause: () => {}, resume: () => {} }
  new WorkQueue(source).do(() => {
    for (const end = performance.now() + 30; performance.now() < end; );
  })
}
