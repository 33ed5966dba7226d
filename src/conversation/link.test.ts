import { expect } from 'chai'
import { timers, turn } from '../../test/event-loop'
import { FakeServer, terms } from '../../test/fake-server'
import { ConnectionFailure } from './errors'
import { closingInWords, Link } from './link'

const LONG = 5000
const SHORT = 1
const address = { url: 'ws://server/', headers: {}, subprotocols: [] }

describe('a link', () => {
  let server: FakeServer
  let link: Link
  let told: string[]

  beforeEach(() => {
    server = new FakeServer()
    told = []
    link = new Link({
      linkChanged: ({ is }) => told.push(is),
      linkReceived: (data) => told.push(`received ${data}`),
      linkPonged: () => told.push('ponged'),
      linkStumbled: (error) => told.push(`stumbled: ${(error as Error).message}`),
    })
  })

  describe('opening', () => {
    it('is over when the connection is open', async () => {
      expect(link.inWords()).to.equal('has not connected yet')
      expect(link.hasEnded).to.equal(false)
      const opening = open()
      expect(link.inWords()).to.equal('is still connecting to ws://server/')
      expect(await opening).to.equal(true)
      expect(link.inWords()).to.equal('is connected to ws://server/')
      expect(link.isOpen).to.equal(true)
      expect(told).to.deep.equal(['connecting', 'open'])
    })

    it('asks for the address', async () => {
      await open()
      expect(connection().address).to.equal(address)
    })

    it('learns the subprotocol', async () => {
      server.welcome = (connection) => connection.accepts('chat.v2')
      await open()
      expect(link.subprotocol).to.equal('chat.v2')
    })

    it('has succeeded also when the server closes in the same tick', async () => {
      server.welcome = (connection) => {
        connection.accepts()
        connection.says('Go away')
        connection.closes(4001, 'Kicked')
      }
      expect(await open()).to.equal(true)
      expect(told).to.deep.equal(['connecting', 'open', 'received Go away', 'closed by the server'])
    })

    it('fails if the server refuses', async () => {
      server.welcome = (connection) => connection.refuses(401, 'Unauthorized', 'Who are you?')
      expect(await open()).to.equal(false)
      expect(link.inWords()).to.equal('was refused by ws://server/ with status 401 Unauthorized: "Who are you?"')
      expect(link.failure(`Rob ${link.inWords()}.`)).to.be.an.instanceOf(ConnectionFailure)
      expect(link.failure(`Rob ${link.inWords()}.`).status).to.equal(401)
    })

    it('fails if the server refuses without a word', async () => {
      server.welcome = (connection) => connection.refuses(503)
      await open()
      expect(link.inWords()).to.equal('was refused by ws://server/ with status 503')
    })

    it('fails if the connection cannot be made', async () => {
      server.welcome = (connection) => connection.fails('nothing listens there (ECONNREFUSED)', 'ECONNREFUSED')
      expect(await open()).to.equal(false)
      const failure = link.failure(`Rob ${link.inWords()}.`)
      expect(failure.message).to.equal('Rob could not connect to ws://server/: nothing listens there (ECONNREFUSED).')
      expect(failure.code).to.equal('ECONNREFUSED')
    })

    it('fails if the handshake is not answered in time, and cuts the connection', async () => {
      server.welcome = () => {}
      expect(await open(SHORT)).to.equal(false)
      expect(link.inWords()).to.equal('could not connect to ws://server/: it did not answer the handshake within 1 ms')
      expect(connection().wasCut).to.equal(true)
    })

    it('does not hear an answer that comes too late', async () => {
      server.welcome = () => {}
      await open(SHORT)
      connection().accepts()
      connection().says('Hello')
      expect(told).to.deep.equal(['connecting', 'failed'])
    })

    it('may be given up', async () => {
      server.welcome = () => {}
      const opening = open()
      link.cut()
      expect(await opening).to.equal(false)
      expect(connection().wasCut).to.equal(true)
    })

    it('leaves no timer', async () => {
      await turn()
      const before = timers()
      await open()
      expect(timers()).to.equal(before)
    })

    it('again hears the new connection alone', async () => {
      await open()
      link.cut()
      await open()
      const [first, second] = server.connections
      first?.says('from the first')
      first?.closes(4001)
      second?.says('from the second')
      expect(told.slice(-3)).to.deep.equal(['connecting', 'open', 'received from the second'])
      expect(link.isOpen).to.equal(true)
    })

    it('again forgets the subprotocol', async () => {
      server.welcome = (connection) => connection.accepts('chat.v2')
      await open()
      link.cut()
      server.welcome = (connection) => connection.accepts()
      await open()
      expect(link.subprotocol).to.equal('')
    })
  })

  describe('closing', () => {
    beforeEach(() => open())

    it('is over when the server has agreed', async () => {
      const closing = link.close(LONG, 4000, 'Bye')
      expect(link.state.is).to.equal('closing')
      expect(link.inWords()).to.equal('has disconnected')
      expect(link.isOpen).to.equal(false)
      expect(link.hasEnded).to.equal(false)
      await closing
      expect(link.state.is).to.equal('left')
      expect(link.inWords()).to.equal('has disconnected')
      expect(connection().closing).to.deep.equal({ code: 4000, reason: 'Bye' })
      expect(connection().wasCut).to.equal(false)
    })

    it('still hears what the server says until then', async () => {
      connection().answersClosing = false
      const closing = link.close(LONG)
      connection().says('Bye')
      connection().closes(1000)
      await closing
      expect(told.slice(-3)).to.deep.equal(['closing', 'received Bye', 'left'])
    })

    it('cuts the connection if the server does not answer', async () => {
      connection().answersClosing = false
      await link.close(SHORT)
      expect(link.state.is).to.equal('left')
      expect(connection().wasCut).to.equal(true)
    })

    it('is leaving, whatever becomes of the connection on the way', async () => {
      connection().answersClosing = false
      const closing = link.close(LONG)
      connection().fails('the connection was reset (ECONNRESET)', 'ECONNRESET')
      await closing
      expect(link.state.is).to.equal('left')
    })

    it('of a connection that has ended changes nothing', async () => {
      connection().closes(4001, 'Kicked')
      await link.close(LONG)
      expect(link.state.is).to.equal('closed by the server')
      expect(connection().closing).to.equal(undefined)
    })

    it('twice cuts the connection', async () => {
      connection().answersClosing = false
      const closing = link.close(LONG)
      await link.close(LONG)
      await closing
      expect(connection().wasCut).to.equal(true)
    })

    it('of a connection that never was does nothing', async () => {
      const never = new Link({
        linkChanged: () => {},
        linkReceived: () => {},
        linkPonged: () => {},
        linkStumbled: () => {},
      })
      await never.close(LONG)
      never.cut()
      never.ping('1')
      expect(never.inWords()).to.equal('has not connected yet')
    })
  })

  describe('ending', () => {
    beforeEach(() => open())

    it('is told when the server closes', async () => {
      const ended = link.ended(LONG)
      connection().closes(4001, 'Kicked')
      expect(await ended).to.equal(true)
      expect(link.inWords()).to.equal('was disconnected by the server with 4001 "Kicked"')
    })

    it('is told when the connection breaks', async () => {
      const ended = link.ended(LONG)
      connection().fails('the server broke the WebSocket protocol: invalid opcode 3', 'WS_ERR_INVALID_OPCODE')
      expect(await ended).to.equal(true)
      expect(link.failure(`Rob ${link.inWords()}.`).message).to.equal(
        'Rob lost the connection to ws://server/: the server broke the WebSocket protocol: invalid opcode 3.',
      )
      expect(link.failure(`Rob ${link.inWords()}.`).code).to.equal('WS_ERR_INVALID_OPCODE')
    })

    it('by cutting is told to the server by silence alone', () => {
      link.cut()
      expect(link.inWords()).to.equal('has lost the connection')
      expect(connection().wasCut).to.equal(true)
      expect(connection().closing).to.equal(undefined)
    })

    it('comes for a link whose next connection could not even be tried', async () => {
      const closing = link.close(LONG)
      const cannot = () => {
        throw new Error('no such header')
      }
      const { message } = await link.open(cannot, address, terms('ws://server/'), LONG).catch((error) => error)
      expect(message).to.equal('no such header')
      await closing
      expect(link.state.is).to.equal('left')
    })

    it('does not come in time', async () => {
      expect(await link.ended(SHORT)).to.equal(false)
    })

    it('happens once: nothing is heard after it', () => {
      connection().closes(1000)
      connection().says('Hello')
      connection().pongs()
      connection().fails('the connection was reset (ECONNRESET)')
      expect(told).to.deep.equal(['connecting', 'open', 'closed by the server'])
    })
  })

  describe('in use', () => {
    beforeEach(() => open())

    it('sends, and says so if it could not', async () => {
      await link.send('Hello', 1000)
      expect(connection().sent).to.deep.equal(['Hello'])
      const problem = new Error('no')
      connection().sending = () => Promise.reject(problem)
      expect(await link.send('Hello', 1000).catch((error) => error)).to.equal(problem)
    })

    it('leaves no timer when it has sent', async () => {
      await turn()
      const before = timers()
      await link.send('Hello', LONG)
      await turn()
      expect(timers()).to.be.at.most(before)
    })

    it('tells of messages and pongs', () => {
      connection().says('Hello', '')
      link.ping('1')
      connection().pongs()
      expect(connection().pings).to.equal(1)
      expect(told.slice(2)).to.deep.equal(['received Hello', 'received ', 'ponged'])
    })
  })

  describe('whose listener throws', () => {
    it('tells the listener, not the transport', async () => {
      const stumbles: unknown[] = []
      const problem = new Error('This listener is broken')
      const stumble = () => {
        throw problem
      }
      const stumbling = new Link({
        linkChanged: () => {},
        linkReceived: stumble,
        linkPonged: stumble,
        linkStumbled: (error) => stumbles.push(error),
      })
      await stumbling.open(server.connect, address, terms('ws://server/'), LONG)
      connection().says('Hello')
      expect(stumbles).to.deep.equal([problem])
      connection().pongs()
      expect(stumbles).to.deep.equal([problem, problem])
    })
  })

  describe('puts a close code into words', () => {
    it('with and without a reason', () => {
      expect(closingInWords({ code: 4001, reason: 'Kicked' })).to.equal('with 4001 "Kicked"')
      expect(closingInWords({ code: 1000, reason: '' })).to.equal('with 1000')
    })

    it('that stands for none', () => {
      expect(closingInWords({ code: 1005, reason: '' })).to.equal('without a close code (1005)')
      expect(closingInWords({ code: 1006, reason: '' })).to.equal('without a closing handshake (1006)')
    })
  })

  function open(within = LONG): Promise<boolean> {
    return link.open(server.connect, address, terms('ws://server/'), within)
  }

  function connection() {
    const last = server.connections.at(-1)
    if (!last) throw new Error('There is no connection.')
    return last
  }
})
