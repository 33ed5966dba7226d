import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { type Channel, Socket } from 'phoenix'
import { WebSocket } from 'ws'

const { createPhoenixServer } = require('./phoenix-server')

/** The server is not Phoenix, so it is Phoenix's own client that says whether it speaks as Phoenix does. */
describe("Phoenix's own client, at the server of the features", () => {
  let server: Server
  let socket: Socket

  beforeEach(async () => {
    server = createPhoenixServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    socket = new Socket(`ws://127.0.0.1:${port}/socket`, { transport: WebSocket, params: { name: 'Ann' } })
    socket.connect()
  })

  afterEach(async () => {
    await new Promise<void>((disconnected) => socket.disconnect(disconnected))
    server.close()
  })

  const join = (channel: Channel) => answer(channel.join())

  /** What a push is answered, with its status. */
  const answer = (push: ReturnType<Channel['push']>) =>
    new Promise((resolve) => {
      for (const status of ['ok', 'error'] as const) push.receive(status, (response) => resolve([status, response]))
    })

  const next = (channel: Channel, event: string) => new Promise((resolve) => channel.on(event, resolve))

  it('joins a topic, or may not', async () => {
    expect(await join(socket.channel('room:lobby'))).to.deep.equal(['ok', {}])
    expect(await join(socket.channel('staff:news', { token: 'abc' }))).to.deep.equal(['ok', { unread: 2 }])
    expect(await join(socket.channel('staff:news'))).to.deep.equal(['error', { reason: 'for staff only' }])
  })

  it('pushes, is answered, and hears what is broadcast', async () => {
    const lobby = socket.channel('room:lobby')
    await join(lobby)
    const said = next(lobby, 'said')
    lobby.push('say', { message: 'Hello' })
    expect(await said).to.deep.equal({ message: 'Ann: Hello' })
    expect(await answer(lobby.push('seat', { guest: 'Bob' }))).to.deep.equal(['ok', { seat: 3 }])
    expect(await answer(lobby.push('dance', {}))).to.deep.equal(['error', { reason: 'nobody dances here' }])
  })

  it('does so in bytes', async () => {
    const lobby = socket.channel('room:lobby')
    await join(lobby)
    const photo = next(lobby, 'photo')
    const answered = answer(lobby.push('photo', Uint8Array.from([1, 2]).buffer))
    expect(new Uint8Array((await photo) as ArrayBuffer)).to.deep.equal(Uint8Array.from([1, 2, 0xff]))
    const [status, bytes] = (await answered) as [string, ArrayBuffer]
    expect([status, [...new Uint8Array(bytes)]]).to.deep.equal(['ok', [2]])
    const whispered = next(lobby, 'whispered')
    lobby.push('whisper', {})
    expect(Buffer.from((await whispered) as ArrayBuffer).toString()).to.equal('psst')
  })

  it('leaves, and hears that a channel has ended', async () => {
    for (const [event, state] of [
      ['close', 'closed'],
      ['crash', 'errored'],
    ] as const) {
      const lobby = socket.channel('room:lobby')
      await join(lobby)
      const ended = new Promise<void>((resolve) => {
        lobby.onClose(() => resolve())
        lobby.onError(() => resolve())
      })
      lobby.push(event, {})
      await ended
      expect(lobby.state).to.equal(state)
    }
    const lobby = socket.channel('room:lobby')
    await join(lobby)
    expect(await answer(lobby.leave())).to.deep.equal(['ok', {}])
    expect(lobby.state).to.equal('closed')
  })
})
