/** Compression of messages: offered by a setting alone, shown if the server accepts it, and held to the limits. */

import { deflateRawSync } from 'node:zlib'
import { expect } from 'chai'
import { failureMessage } from '../../test/support/failures'
import { acceptHandshake } from '../../test/support/handshake'
import { WebSocketServers } from '../../test/support/web-socket-servers'
import { formatTranscript } from '../report/transcript-text'

describe('Compression', () => {
  const EXTENSION = 'Sec-WebSocket-Extensions: permessage-deflate\r\n'
  let servers: WebSocketServers

  beforeEach(() => {
    servers = new WebSocketServers()
  })

  afterEach(() => servers.close())

  it('is not offered by default', async () => {
    const { conversation, rob, url } = await servers.serve(
      (socket, request) => socket.send(String(request.headers['sec-websocket-extensions'])),
      { perMessageDeflate: true },
    )
    await rob.connect()
    await rob.receives('undefined')
    expect(conversation.transcript.entries[0]?.detail).to.equal(`${url}/`)
  })

  it('is offered by the setting, and shown where the server accepts it', async () => {
    const text = 'Hello '.repeat(100)
    const { conversation, rob } = await servers.serve(
      (socket) => socket.on('message', (data) => socket.send(data.toString())),
      { perMessageDeflate: { threshold: 0 } },
      { compression: true },
    )
    await rob.connect()
    await rob.send(text)
    await rob.receives(text)
    expect(formatTranscript(conversation.transcript.entries.slice(0, 1))).to.match(
      /Rob {2}connects {2}ws:\S+ with permessage-deflate$/,
    )
  })

  it('is offered, and not shown where the server does not accept it', async () => {
    const { conversation, rob, url } = await servers.serve(() => {}, {}, { compression: true })
    await rob.connect()
    expect(conversation.transcript.entries[0]?.detail).to.equal(`${url}/`)
  })

  for (const [size, received] of [
    [1000, true],
    [1001, false],
    [50_000_000, false],
  ] as const) {
    it(`${received ? 'takes in' : 'stops'} a message of ${size} bytes where 1000 are allowed`, async () => {
      const compressed = deflateRawSync('x'.repeat(size), { finishFlush: 2 }).subarray(0, -4)
      const length = Buffer.alloc(8)
      length.writeBigUInt64BE(BigInt(compressed.length))
      const { rob } = await servers.serveRaw(
        (socket, request) => {
          socket.write(acceptHandshake(request, EXTENSION))
          socket.write(Buffer.concat([Buffer.from([0xc1, 127]), length, compressed]))
        },
        { compression: true },
      )
      await rob.connect()
      if (received) await rob.receives('x'.repeat(size))
      else {
        expect(await failureMessage(() => rob.receives('x'))).to.contain(
          'the server sent a message of more than 1000 bytes; "maxMessageBytes" in the settings allows more',
        )
      }
    })
  }

  it('stops a bomb in many fragments, each of which is small', async () => {
    const piece = deflateRawSync('x'.repeat(900), { finishFlush: 2 })
    const fragment = (first: number) => Buffer.concat([Buffer.from([first, piece.length]), piece])
    const { rob } = await servers.serveRaw(
      (socket, request) => {
        socket.write(acceptHandshake(request, EXTENSION))
        socket.write(Buffer.concat([fragment(0x41), fragment(0x00), fragment(0x80)]))
      },
      { compression: true },
    )
    await rob.connect()
    expect(await failureMessage(() => rob.receives('x'))).to.contain(
      'the server sent a message of more than 1000 bytes',
    )
  })

  it('reports what is not compressed as it should be', async () => {
    const { rob } = await servers.serveRaw(
      (socket, request) => {
        socket.write(acceptHandshake(request, EXTENSION))
        socket.write(Buffer.from([0xc1, 3, 0xff, 0xff, 0xff]))
      },
      { compression: true },
    )
    await rob.connect()
    expect(await failureMessage(() => rob.receives('x'))).to.match(
      /Rob lost the connection to \S+: the server sent a message that is not compressed as permessage-deflate is: /,
    )
  })
})
