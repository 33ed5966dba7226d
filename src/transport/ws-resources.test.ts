/** A conversation leaves neither sockets nor timers behind, whatever its server does. */

import { expect } from 'chai'
import { timers, turn } from '../../test/support/event-loop'
import { failureOf } from '../../test/support/failures'
import { acceptHandshake, CLOSE_FRAME, ENDLESS_REFUSAL, INVALID_FRAME, textFrame } from '../../test/support/handshake'
import { WebSocketServers } from '../../test/support/web-socket-servers'
import type { Conversation } from '../conversation/conversation'
import { anyMessage } from '../matching/matcher'
import { containing } from '../messages/phrase-message'

describe('WebSocket resources', () => {
  let servers: WebSocketServers

  beforeEach(() => {
    servers = new WebSocketServers()
  })

  afterEach(() => servers.close())

  it('frees them after a conversation', async () => {
    const { conversation, rob } = await servers.serve((socket) =>
      socket.on('message', (data) => socket.send(data.toString())),
    )
    await leavesNothing(conversation, async () => {
      rob.whenever('Hello').send('Hi', { after: 5000 })
      await rob.connect()
      await rob.send('Hello')
      await rob.receives('Hello')
      await failureOf(() => rob.receives('Hi', { within: 1 }))
      await rob.doesNotReceive('Hullo')
    })
  })

  it('gives way to time limits while a server floods, and each message is answered', async () => {
    const flood = Buffer.concat(Array(400_000).fill(textFrame('A')))
    const { rob } = await servers.serveRaw((socket, request) => {
      socket.write(acceptHandshake(request))
      socket.once('data', () => socket.write(flood))
      socket.on('error', () => {})
    })
    await rob.connect()
    // Taken together, they would take 40 s.
    rob.whenever('A').do('work', () => {
      for (const end = performance.now() + 0.1; performance.now() < end; );
    })
    await rob.send('Go on')
    await rob.receives('A')
    await failureOf(() => rob.receives('B', { within: 50 }))
    expect(rob.state.inbox.messages.length).to.be.below(200_000)
    rob.terminate()
  })

  it('frees them if the server never answers the closing handshake', async () => {
    const { conversation, rob } = await servers.serveRaw((socket, request) => {
      socket.write(acceptHandshake(request))
      socket.resume()
    })
    await leavesNothing(conversation, () => rob.connect())
  })

  it('frees them if the server breaks the protocol and keeps the socket', async () => {
    const { conversation, rob } = await servers.serveRaw(
      (socket, request) => {
        socket.write(Buffer.concat([acceptHandshake(request), INVALID_FRAME]))
        socket.resume()
      },
      { closeGrace: 5000 },
      { allowHalfOpen: true },
    )
    await leavesNothing(conversation, async () => {
      await rob.connect()
      await failureOf(() => rob.receives(anyMessage))
    })
  })

  it('frees them if the server sends a close frame and keeps the socket', async () => {
    const { conversation, rob } = await servers.serveRaw((socket, request) => {
      socket.write(Buffer.concat([acceptHandshake(request), CLOSE_FRAME]))
      socket.resume()
    })
    await leavesNothing(conversation, () => rob.connect())
  })

  it('frees them if the handshake timed out', async () => {
    const { conversation, rob } = await servers.serveRaw((socket) => socket.resume(), { timeout: 30 })
    await leavesNothing(conversation, () => failureOf(() => rob.connect()))
  })

  it('frees them if the conversation ends during the handshake', async () => {
    const { conversation, rob } = await servers.serveRaw((socket) => socket.resume())
    await leavesNothing(conversation, async () => {
      const failed = failureOf(() => rob.connect())
      await servers.connected()
      await conversation.end()
      await failed
    })
  })

  it('frees them if the body of a refusal never ends', async () => {
    const { conversation, rob } = await servers.serveRaw((socket) => {
      socket.write(`${ENDLESS_REFUSAL}Who are`)
      socket.resume()
    })
    await leavesNothing(conversation, () => rob.tryToConnect())
  })

  it('frees them if the body of a refusal takes longer than the timeout', async () => {
    const { conversation, rob } = await servers.serveRaw(
      (socket) => {
        socket.write(`${ENDLESS_REFUSAL}Who are`)
        socket.resume()
      },
      { timeout: 30, closeGrace: 5000 },
    )
    await leavesNothing(conversation, () => failureOf(() => rob.connect()))
  })

  it('frees those of a group', async () => {
    const { conversation } = await servers.serve((socket) => socket.send('Hello'))
    await leavesNothing(conversation, async () => {
      await conversation.connectGroup('listeners', 30)
      for (const listener of conversation.clients.introduced) await listener.receives(containing('Hello'))
    })
  })

  /** The process has, after the end of a conversation and of its server's sockets, what it had before. */
  async function leavesNothing(conversation: Conversation, converse: () => Promise<unknown>): Promise<void> {
    await turn()
    const before = resources()
    const timersBefore = timers()
    await converse()
    await conversation.end()
    await turn()
    await turn()
    expect(timers()).to.equal(timersBefore)
    servers.destroySockets()
    await servers.socketsClosed()
    expect(resources()).to.deep.equal(before)
  }
})

/** What keeps the process alive longer than a turn: what another test has put off until the next one does not. */
function resources(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((kind) => kind !== 'Immediate')
    .sort()
}
