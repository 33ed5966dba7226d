/** What servers do not read has a limit. */

import { expect } from 'chai'
import { failureMessage } from '../../test/support/failures'
import { acceptHandshake, textFrame } from '../../test/support/handshake'
import { WebSocketServers } from '../../test/support/web-socket-servers'
import type { Connection, ConnectionListener } from '../connection/connection'
import { defineProtocol, ownProtocols } from '../protocol/protocol'
import { webSockets } from './ws'

/** Of messages of this size the limit leaves room for fewer than this. */
const [LARGE, MANY] = [2 ** 20, 260]

const PROBLEM =
  'the server does not read, and more than 268435456 bytes wait for servers to read them in this scenario, ' +
  'counting 1024 more for each message; a larger "maxMessageBytes" in the settings allows more'

/** A text of 64 kB or more in one frame. */
function largeFrame(text: string): Buffer {
  const head = Buffer.from([0x81, 127, 0, 0, 0, 0, 0, 0, 0, 0])
  head.writeUInt32BE(text.length, 6)
  return Buffer.concat([head, Buffer.from(text)])
}

describe('Messages that no server reads', function () {
  this.timeout(60_000)

  let servers: WebSocketServers

  beforeEach(() => {
    servers = new WebSocketServers()
  })

  afterEach(() => servers.close())

  /** A server that sends these frames, and reads nothing. */
  const deafServer = (...frames: Buffer[]) =>
    servers.serveRaw(
      (socket, request) => {
        socket.pause()
        for (const frame of [acceptHandshake(request), ...frames]) socket.write(frame)
      },
      { maxMessageBytes: LARGE, timeout: 60_000 },
    )

  it('fail the client whose reaction sends them, once', async () => {
    const { conversation, rob } = await deafServer(...Array<Buffer>(2 * MANY).fill(textFrame('p')))
    rob.whenever('p').send('x'.repeat(LARGE))
    await rob.connect()
    expect(await failureMessage(() => rob.receives('q'))).to.contain(PROBLEM)
    const failure = await failureMessage(() => conversation.settle())
    expect(failure.match(/A reaction failed/g)).to.have.length(1)
    expect(failure).to.contain(PROBLEM)
    const sent = conversation.transcript.entries.filter(({ kind }) => kind === 'sends')
    expect(sent.length).to.be.below(MANY)
  })

  it('fail the client whose protocol answers pings', async () => {
    const received = (frame: string | Buffer, send: (frame: string | Buffer) => void) => {
      send(frame)
      return []
    }
    defineProtocol({ name: 'echo', open: ({ send }) => ({ received: (frame) => received(frame, send) }) })
    try {
      const { conversation, rob } = await deafServer(...Array<Buffer>(2 * MANY).fill(largeFrame('x'.repeat(LARGE))))
      conversation.setProtocol('echo')
      await rob.connect()
      expect(await failureMessage(() => rob.receives('q'))).to.contain(PROBLEM)
    } finally {
      ownProtocols.delete('echo')
    }
  })

  for (const [kind, data, most] of [
    ['bytes', Buffer.alloc(LARGE), MANY],
    ['messages', Buffer.alloc(1000), 150_000],
  ] as const) {
    it(`are limited by their ${kind}, and not those of servers that read`, async () => {
      const deaf = await deafServer()
      const reading = await servers.serve(() => {})
      const open = webSockets({})
      const [ann, bob] = await Promise.all([connect(deaf.url), connect(reading.url)])
      let sent = 0
      let rejection: unknown
      while (ann.problems.length === 0 && sent++ < most)
        ann.connection.send(data).catch((error) => {
          rejection = error
        })
      expect(sent).to.be.below(most)
      expect(ann.problems).to.deep.equal([PROBLEM])
      await bob.connection.send('Hello')
      expect((rejection as Error).message).to.equal(PROBLEM)
      expect(bob.problems).to.deep.equal([])
      ann.connection.terminate()
      bob.connection.terminate()

      async function connect(url: string): Promise<{ connection: Connection; problems: string[] }> {
        const problems: string[] = []
        const connection = await new Promise<Connection>((resolve) => {
          const ignore = () => {}
          const listener: ConnectionListener = {
            ...{ responded: ignore, received: ignore, ponged: ignore, closed: ignore, refused: ignore },
            opened: () => resolve(opening),
            failed: (problem) => problems.push(problem),
          }
          const opening = open({ url, headers: {}, subprotocols: [] }, { maxMessageBytes: 1, closeGrace: 20 }, listener)
        })
        return { connection, problems }
      }
    })
  }
})
