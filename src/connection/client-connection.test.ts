import { expect } from 'chai'
import { timers, turn } from '../../test/support/event-loop'
import { FakeServer, resolvedSettings } from '../../test/support/fake-server'
import { ClientConnection } from './client-connection'

const LONG = 5000
const SHORT = 1
const target = { url: 'ws://server/', headers: {}, subprotocols: [] }

describe('ClientConnection', () => {
  let server: FakeServer
  let connection: ClientConnection
  let events: string[]

  beforeEach(() => {
    server = new FakeServer()
    events = []
    connection = new ClientConnection({
      responded: () => {},
      stateChanged: ({ kind }) => events.push(kind),
      received: (data) => events.push(`received ${data}`),
      framed: () => {},
      ponged: () => events.push('ponged'),
      threw: (error) => events.push(`threw: ${(error as Error).message}`),
    })
  })

  describe('open', () => {
    it('resolves when the connection is open', async () => {
      expect(connection.describe()).to.equal('has not connected yet')
      expect(connection.hasEnded).to.equal(false)
      const opening = open()
      expect(connection.describe()).to.equal('is still connecting to ws://server/')
      expect(await opening).to.equal(true)
      expect(connection.describe()).to.equal('is connected to ws://server/')
      expect(connection.isOpen).to.equal(true)
      expect(events).to.deep.equal(['connecting', 'open'])
    })

    it('connects to the target', async () => {
      await open()
      expect(lastConnection().target).to.equal(target)
    })

    it('keeps the agreed subprotocol', async () => {
      server.onConnection = (connection) => connection.accepts('chat.v2')
      await open()
      expect(connection.subprotocol).to.equal('chat.v2')
    })

    it('succeeds even if the server closes in the same tick', async () => {
      server.onConnection = (connection) => {
        connection.accepts()
        connection.sends('Go away')
        connection.closes(4001, 'Kicked')
      }
      expect(await open()).to.equal(true)
      expect(events).to.deep.equal(['connecting', 'open', 'received Go away', 'closed by the server'])
    })

    it('keeps the status and body of a refusal', async () => {
      server.onConnection = (connection) => connection.refuses(401, 'Unauthorized', 'Who are you?')
      expect(await open()).to.equal(false)
      expect(connection.describe()).to.equal('was refused by ws://server/ with status 401 Unauthorized: "Who are you?"')
      expect(connection.state).to.include({ kind: 'refused', status: 401 })
    })

    it('describes a refusal without a status text and body', async () => {
      server.onConnection = (connection) => connection.refuses(503)
      await open()
      expect(connection.describe()).to.equal('was refused by ws://server/ with status 503')
    })

    it('keeps the problem and code of a failed connection', async () => {
      server.onConnection = (connection) => connection.fails('nothing listens there (ECONNREFUSED)', 'ECONNREFUSED')
      expect(await open()).to.equal(false)
      expect(connection.describe()).to.equal('could not connect to ws://server/: nothing listens there (ECONNREFUSED)')
      expect(connection.state).to.include({ kind: 'failed', code: 'ECONNREFUSED' })
    })

    it('fails if the handshake is not answered in time, and cuts the connection', async () => {
      server.onConnection = () => {}
      expect(await open(SHORT)).to.equal(false)
      expect(connection.describe()).to.equal(
        'could not connect to ws://server/: it did not answer the handshake within 1 ms',
      )
      expect(lastConnection().wasTerminated).to.equal(true)
    })

    it('ignores an answer that comes too late', async () => {
      server.onConnection = () => {}
      await open(SHORT)
      lastConnection().accepts()
      lastConnection().sends('Hello')
      expect(events).to.deep.equal(['connecting', 'failed'])
    })

    it('may be terminated meanwhile', async () => {
      server.onConnection = () => {}
      const opening = open()
      connection.terminate()
      expect(await opening).to.equal(false)
      expect(lastConnection().wasTerminated).to.equal(true)
    })

    it('leaves no timer behind', async () => {
      await turn()
      const before = timers()
      await open()
      expect(timers()).to.equal(before)
    })

    it('ignores the events of an earlier connection', async () => {
      await open()
      connection.terminate()
      await open()
      const [first, second] = server.connections
      first?.sends('from the first')
      first?.closes(4001)
      second?.sends('from the second')
      expect(events.slice(-3)).to.deep.equal(['connecting', 'open', 'received from the second'])
      expect(connection.isOpen).to.equal(true)
    })

    it('forgets the subprotocol of an earlier connection', async () => {
      server.onConnection = (connection) => connection.accepts('chat.v2')
      await open()
      connection.terminate()
      server.onConnection = (connection) => connection.accepts()
      await open()
      expect(connection.subprotocol).to.equal('')
    })
  })

  describe('close', () => {
    beforeEach(() => open())

    it('resolves when the server has answered', async () => {
      const closing = connection.close(LONG, 4000, 'Bye')
      expect(connection.state.kind).to.equal('closing')
      expect(connection.describe()).to.equal('has disconnected')
      expect(connection.isOpen).to.equal(false)
      expect(connection.hasEnded).to.equal(false)
      await closing
      expect(connection.state.kind).to.equal('disconnected')
      expect(connection.describe()).to.equal('has disconnected')
      expect(lastConnection().closeFrame).to.deep.equal({ code: 4000, reason: 'Bye' })
      expect(lastConnection().wasTerminated).to.equal(false)
    })

    it('receives messages until then', async () => {
      lastConnection().answersClosing = false
      const closing = connection.close(LONG)
      lastConnection().sends('Bye')
      lastConnection().closes(1000)
      await closing
      expect(events.slice(-3)).to.deep.equal(['closing', 'received Bye', 'disconnected'])
    })

    it('cuts the connection if the server does not answer', async () => {
      lastConnection().answersClosing = false
      await connection.close(SHORT)
      expect(connection.state.kind).to.equal('disconnected')
      expect(lastConnection().wasTerminated).to.equal(true)
    })

    it('ends with a failure if the server breaks the protocol meanwhile', async () => {
      lastConnection().answersClosing = false
      const closing = connection.close(LONG)
      lastConnection().fails('the server broke the WebSocket protocol: invalid opcode 3', 'WS_ERR_INVALID_OPCODE')
      await closing
      expect(connection.state.kind).to.equal('failed')
    })

    it('changes nothing on a connection that has ended', async () => {
      lastConnection().closes(4001, 'Kicked')
      await connection.close(LONG)
      expect(connection.state.kind).to.equal('closed by the server')
      expect(lastConnection().closeFrame).to.equal(undefined)
    })

    it('cuts the connection if it is called again meanwhile', async () => {
      lastConnection().answersClosing = false
      const closing = connection.close(LONG)
      await connection.close(LONG)
      await closing
      expect(lastConnection().wasTerminated).to.equal(true)
    })

    it('does nothing before the first connection, nor do terminate and ping', async () => {
      const never = new ClientConnection({
        responded: () => {},
        stateChanged: () => {},
        received: () => {},
        framed: () => {},
        ponged: () => {},
        threw: () => {},
      })
      await never.close(LONG)
      never.terminate()
      never.ping('1')
      expect(never.describe()).to.equal('has not connected yet')
    })
  })

  describe('ended', () => {
    beforeEach(() => open())

    it('resolves when the server closes', async () => {
      const ended = connection.ended(LONG)
      lastConnection().closes(4001, 'Kicked')
      expect(await ended).to.equal(true)
      expect(connection.describe()).to.equal('was disconnected by the server with 4001 "Kicked"')
    })

    it('resolves when the connection breaks', async () => {
      const ended = connection.ended(LONG)
      lastConnection().fails('the server broke the WebSocket protocol: invalid opcode 3', 'WS_ERR_INVALID_OPCODE')
      expect(await ended).to.equal(true)
      expect(connection.describe()).to.equal(
        'lost the connection to ws://server/: the server broke the WebSocket protocol: invalid opcode 3',
      )
      expect(connection.state).to.include({ kind: 'failed', code: 'WS_ERR_INVALID_OPCODE' })
    })

    it('terminate cuts the connection without a close frame', () => {
      connection.terminate()
      expect(connection.describe()).to.equal('has lost the connection')
      expect(lastConnection().wasTerminated).to.equal(true)
      expect(lastConnection().closeFrame).to.equal(undefined)
    })

    it('lets close resolve even if the next connection cannot be tried', async () => {
      const closing = connection.close(LONG)
      const cannot = () => {
        throw new Error('no such header')
      }
      const { message } = await connection
        .open(cannot, target, resolvedSettings('ws://server/'), LONG)
        .catch((error) => error)
      expect(message).to.equal('no such header')
      await closing
      expect(connection.state.kind).to.equal('disconnected')
    })

    it('resolves to false when the time is over', async () => {
      expect(await connection.ended(SHORT)).to.equal(false)
    })

    it('happens once: later events are ignored', () => {
      lastConnection().closes(1000)
      lastConnection().sends('Hello')
      lastConnection().pongs()
      lastConnection().fails('the connection was reset (ECONNRESET)')
      expect(events).to.deep.equal(['connecting', 'open', 'closed by the server'])
    })
  })

  describe('events', () => {
    beforeEach(() => open())

    it('send: rejects if the transport fails', async () => {
      await connection.send('Hello', 1000)
      expect(lastConnection().sent).to.deep.equal(['Hello'])
      const problem = new Error('no')
      lastConnection().sending = () => Promise.reject(problem)
      expect(await connection.send('Hello', 1000).catch((error) => error)).to.equal(problem)
    })

    it('send: leaves no timer behind', async () => {
      await turn()
      const before = timers()
      await connection.send('Hello', LONG)
      await turn()
      expect(timers()).to.be.at.most(before)
    })

    it('pass on messages and pongs', () => {
      lastConnection().sends('Hello', '')
      connection.ping('1')
      lastConnection().pongs()
      expect(lastConnection().pings).to.equal(1)
      expect(events.slice(2)).to.deep.equal(['received Hello', 'received ', 'ponged'])
    })
  })

  describe('listener', () => {
    it('is given what it has thrown, and the transport is not', async () => {
      const thrown: unknown[] = []
      const problem = new Error('This listener is broken')
      const throwing = () => {
        throw problem
      }
      const broken = new ClientConnection({
        responded: () => {},
        stateChanged: () => {},
        received: throwing,
        framed: () => {},
        ponged: throwing,
        threw: (error) => thrown.push(error),
      })
      await broken.open(server.openConnection, target, resolvedSettings('ws://server/'), LONG)
      lastConnection().sends('Hello')
      expect(thrown).to.deep.equal([problem])
      lastConnection().pongs()
      expect(thrown).to.deep.equal([problem, problem])
    })
  })

  function open(within = LONG): Promise<boolean> {
    return connection.open(server.openConnection, target, resolvedSettings('ws://server/'), within)
  }

  function lastConnection() {
    const last = server.connections.at(-1)
    if (!last) throw new Error('There is no connection.')
    return last
  }
})
