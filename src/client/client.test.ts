import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Conversation } from '../conversation/conversation'
import type { ResolvedSettings } from '../conversation/settings'
import { ConnectionError, ExpectationError, UsageError } from '../errors'
import { nextMessage } from '../inbox/expect-one'
import { messageCount } from '../inbox/expect-several'
import { silence } from '../inbox/expect-silence'
import { anyMessage } from '../matching/matcher'
import type { Client } from './client'

const NEVER_CONNECTED = 'Rob has not connected yet. Write before this: Rob is connected'

describe('a client', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin())

  it('rejects, and never throws at once', async () => {
    const outcomes = [
      rob.send('Hello'),
      rob.receives('Hello'),
      rob.doesNotReceive('Hello'),
      rob.expect(messageCount(1)),
      rob.expectDisconnected(),
      rob.expectPong(),
    ]
    const messages = await Promise.all(outcomes.map((outcome) => failureMessage(() => outcome)))
    for (const message of messages) expect(message).to.match(/^There is no client Rob in this scenario yet/)
  })

  describe('connecting', () => {
    it('waits until the connection is open', async () => {
      await rob.connect()
      rob.expectConnected()
    })

    it('goes to the server, as whoever it is and with what it brings', async () => {
      await rob.connect({
        to: 'chat',
        parameters: { as: '${client}' },
        headers: { 'X-Name': '${client}' },
        cookies: { session: 'abc' },
        subprotocols: ['chat.v2'],
      })
      expect(server.connections[0]?.target).to.deep.equal({
        url: 'ws://server/chat?as=Rob',
        headers: { 'X-Name': 'Rob', Cookie: 'session=abc' },
        subprotocols: ['chat.v2'],
      })
    })

    it('fails if the server refuses', async () => {
      server.onConnection = (connection) => connection.refuses(401, 'Unauthorized', 'Who are you?')
      const failure = await failureOf(() => rob.connect())
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.status).to.equal(401)
      expect(failure.message).to.equal(
        'Rob was refused by ws://server/?name=Rob with status 401 Unauthorized: "Who are you?".',
      )
    })

    it('fails if the connection cannot be made', async () => {
      server.onConnection = (connection) => connection.fails('nothing listens there (ECONNREFUSED)', 'ECONNREFUSED')
      const failure = await failureOf(() => rob.connect())
      expect(failure.code).to.equal('ECONNREFUSED')
      expect(failure.message).to.equal(
        'Rob could not connect to ws://server/?name=Rob: nothing listens there (ECONNREFUSED).',
      )
    })

    it('fails if the server does not answer', async () => {
      begin({ timeout: 30 })
      server.onConnection = () => {}
      expect(await failureMessage(() => rob.connect())).to.equal(
        'Rob could not connect to ws://server/?name=Rob: it did not answer the handshake within 30 ms.',
      )
    })

    it('succeeds though the server closes at once: what was said is there', async () => {
      server.onConnection = (connection) => {
        connection.accepts()
        connection.sends('Go away')
        connection.closes(4001)
      }
      await rob.connect()
      await rob.receives('Go away')
      await rob.expectDisconnected({ code: 4001 })
    })

    it('twice is a mistake', async () => {
      await rob.connect()
      const failure = await failureOf(() => rob.connect())
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(
        'Rob is connected already, to ws://server/?name=Rob. To connect again write: Rob reconnects',
      )
    })

    it('twice at the same time is a mistake, and leaves one connection', async () => {
      const first = rob.connect()
      expect(await failureOf(() => rob.connect())).to.be.an.instanceOf(UsageError)
      await first
      expect(server.connections).to.have.length(1)
    })

    it('again after it has left is connecting', async () => {
      await rob.connect()
      await rob.disconnect()
      await rob.connect()
      rob.expectConnected()
    })

    it('at a wrong address is a mistake, and opens nothing', async () => {
      expect(await failureOf(() => rob.connect({ to: 'ftp://server' }))).to.be.an.instanceOf(UsageError)
      expect(server.connections).to.have.length(0)
    })
  })

  describe('being connected', () => {
    it('connects who is not', async () => {
      await rob.ensureConnected()
      rob.expectConnected()
    })

    it('leaves a connection as it is', async () => {
      await rob.ensureConnected()
      await rob.ensureConnected()
      expect(server.connections).to.have.length(1)
    })

    it('leaves a connection to that address as it is, and makes no second one to another', async () => {
      await rob.ensureConnected({ to: 'chat' })
      await rob.ensureConnected({ to: 'chat' })
      expect(await failureOf(() => rob.ensureConnected({ to: 'other' }))).to.be.an.instanceOf(UsageError)
      expect(server.connections).to.have.length(1)
    })

    it('connects again who has left', async () => {
      await rob.ensureConnected()
      await rob.disconnect()
      await rob.ensureConnected()
      expect(server.connections).to.have.length(2)
    })

    it('does not hide that the server has ended the connection', async () => {
      await rob.ensureConnected()
      here().closes(4001, 'Kicked')
      expect(await failureMessage(() => rob.ensureConnected())).to.equal(
        'Rob was disconnected by the server with 4001 "Kicked". To connect again write: Rob reconnects',
      )
    })
  })

  describe('trying to connect', () => {
    it('may be refused', async () => {
      server.onConnection = (connection) => connection.refuses(401)
      await rob.tryToConnect()
      rob.expectRefused()
      rob.expectRefused(401)
    })

    it('may succeed', async () => {
      await rob.tryToConnect()
      expect(await failureMessage(() => rob.expectRefused())).to.equal(
        'Rob was not refused: Rob is connected to ws://server/?name=Rob.',
      )
    })

    it('fails if nobody is there to refuse', async () => {
      server.onConnection = (connection) => connection.fails('nothing listens there (ECONNREFUSED)', 'ECONNREFUSED')
      expect(await failureOf(() => rob.tryToConnect())).to.be.an.instanceOf(ConnectionError)
    })

    it('may be refused with another status than expected', async () => {
      server.onConnection = (connection) => connection.refuses(403, 'Forbidden')
      await rob.tryToConnect()
      const failure = await failureOf(() => rob.expectRefused(401))
      expect(failure).to.be.an.instanceOf(ExpectationError)
      expect(failure.message).to.equal(
        'Rob should be refused with status 401, but was refused by ws://server/?name=Rob with status 403 Forbidden.',
      )
      expect([failure.expected, failure.actual]).to.deep.equal([401, 403])
    })

    it('is what must have been done by who is refused', async () => {
      expect(await failureOf(() => rob.expectRefused())).to.be.an.instanceOf(UsageError)
    })
  })

  describe('speaking a subprotocol', () => {
    it('has agreed on it', async () => {
      server.onConnection = (connection) => connection.accepts('chat.v2')
      await rob.connect()
      rob.expectSubprotocol('chat.v2')
    })

    it('has agreed on another one, or on none', async () => {
      server.onConnection = (connection) => connection.accepts('chat.v1')
      await rob.connect()
      const failure = await failureOf(() => rob.expectSubprotocol('chat.v2'))
      expect(failure.message).to.equal('Rob should speak the subprotocol "chat.v2", but "chat.v1" was agreed on.')
      expect([failure.expected, failure.actual]).to.deep.equal(['chat.v2', 'chat.v1'])
      await rob.disconnect()
      server.onConnection = (connection) => connection.accepts()
      await rob.connect()
      expect(await failureMessage(() => rob.expectSubprotocol('chat.v2'))).to.equal(
        'Rob should speak the subprotocol "chat.v2", but none was agreed on.',
      )
    })
  })

  describe('disconnecting', () => {
    beforeEach(() => rob.connect())

    it('is a closing handshake, with a code and a reason if they are given', async () => {
      await rob.disconnect()
      expect(here().closeFrame).to.deep.equal({})
      await rob.connect()
      await rob.disconnect(4000)
      expect(here().closeFrame).to.deep.equal({ code: 4000 })
      await rob.connect()
      await rob.disconnect(1000, 'Bye')
      expect(here().closeFrame).to.deep.equal({ code: 1000, reason: 'Bye' })
    })

    for (const code of [0, 999, 1004, 1005, 1006, 1015, 2999, 5000, -1, Number.NaN]) {
      it(`with ${code} is a mistake`, async () => {
        const failure = await failureOf(() => rob.disconnect(code))
        expect(failure).to.be.an.instanceOf(UsageError)
        expect(failure.message).to.equal(
          `A connection cannot be closed with code ${code}: write 1000 to 1003, 1007 to 1014, or 3000 to 4999.`,
        )
        rob.expectConnected()
      })
    }

    it('closes normally with a reason alone, and is recorded so', async () => {
      await rob.disconnect(undefined, 'Bye')
      expect(here().closeFrame).to.deep.equal({ code: 1000, reason: 'Bye' })
      expect(conversation.transcript.entries.at(-1)).to.include({ kind: 'disconnects', detail: 'with 1000 "Bye"' })
    })

    it('gives a reason of at most 123 bytes', async () => {
      expect(await failureMessage(() => rob.disconnect(1000, 'é'.repeat(62)))).to.equal(
        'A reason for closing has room for 123 bytes; this one has 124.',
      )
      await rob.disconnect(1000, 'x'.repeat(123))
    })

    for (const code of [1000, 1003, 1007, 1014, 3000, 4999]) {
      it(`may be with ${code}`, async () => {
        await rob.disconnect(code)
        expect(here().closeFrame).to.deep.equal({ code })
      })
    }

    it('hears what the server says until it has agreed', async () => {
      here().answersClosing = false
      const heard = rob.receives('Bye')
      const disconnected = rob.disconnect()
      here().sends('Bye')
      here().closes()
      await Promise.all([heard, disconnected])
    })

    it('twice is a mistake', async () => {
      await rob.disconnect()
      expect(await failureMessage(() => rob.disconnect())).to.equal(
        'Rob cannot disconnect: Rob has disconnected. To connect again write: Rob reconnects',
      )
    })

    it('after the server has is a failure of the connection', async () => {
      here().closes(4001, 'Kicked')
      const failure = await failureOf(() => rob.disconnect())
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.message).to.equal('Rob cannot disconnect: Rob was disconnected by the server with 4001 "Kicked".')
    })
  })

  describe('losing the connection', () => {
    it('is cutting it', async () => {
      await rob.connect()
      rob.terminate()
      expect(here().wasTerminated).to.equal(true)
      expect(await failureMessage(() => rob.terminate())).to.equal(
        'Rob cannot lose the connection: Rob has lost the connection. To connect again write: Rob reconnects',
      )
    })
  })

  describe('reconnecting', () => {
    it('goes to where it was, as it was', async () => {
      await rob.connect({ to: 'chat', headers: { Authorization: 'Bearer x' }, subprotocols: ['chat.v2'] })
      await rob.disconnect()
      await rob.reconnect()
      const [first, second] = server.connections
      expect(second?.target).to.deep.equal(first?.target)
    })

    it('goes to where it was, also if the server has moved since', async () => {
      await rob.connect()
      conversation.setServerUrl('ws://other/')
      await rob.reconnect()
      expect(server.connections.at(-1)?.target.url).to.equal('ws://server/?name=Rob')
    })

    it('closes a connection that is open', async () => {
      await rob.connect()
      await rob.reconnect()
      expect(server.connections.map(({ closeFrame }) => closeFrame)).to.deep.equal([{}, undefined])
    })

    it('keeps unread what was unread', async () => {
      await rob.connect()
      here().sends('before')
      await rob.reconnect()
      here().sends('after')
      await rob.receives('before')
      await rob.receives('after')
    })

    it('begins what is new anew', async () => {
      await rob.connect()
      here().sends('before')
      await rob.reconnect()
      await rob.expect(silence(anyMessage, { newOnly: true }))
      expect(await failureMessage(() => rob.expect(silence(anyMessage)))).to.contain('number 1 came')
    })

    it('is possible after a refusal', async () => {
      server.onConnection = (connection) => connection.refuses(503)
      await rob.tryToConnect()
      server.onConnection = (connection) => connection.accepts()
      await rob.reconnect()
      rob.expectConnected()
    })

    it('needs a connection that once was', async () => {
      conversation.client('Rob').when('Hello').send('Hi')
      expect(await failureMessage(() => rob.reconnect())).to.equal(NEVER_CONNECTED)
      expect(await failureMessage(() => conversation.client('Bob').reconnect())).to.match(/^There is no client Bob /)
    })
  })

  describe('being disconnected', () => {
    beforeEach(() => rob.connect())

    it('waits for the server to do it', async () => {
      const disconnected = rob.expectDisconnected()
      await turn()
      here().closes(4001, 'Kicked')
      await disconnected
      await rob.expectDisconnected({ code: 4001 })
      await rob.expectDisconnected({ code: 4001, reason: 'Kicked' })
    })

    it('is so too when the connection is just gone', async () => {
      here().closes(1006)
      await rob.expectDisconnected()
      await rob.expectDisconnected({ code: 1006 })
    })

    it('fails with another code or reason', async () => {
      here().closes(4001, 'Kicked')
      const failure = await failureOf(() => rob.expectDisconnected({ code: 4002, reason: 'Banned' }))
      expect(failure).to.be.an.instanceOf(ExpectationError)
      expect(failure.message).to.equal(
        'Rob should be disconnected with 4002 "Banned", but was disconnected with 4001 "Kicked".',
      )
      expect(failure.expected).to.deep.equal({ code: 4002, reason: 'Banned' })
      expect(failure.actual).to.deep.equal({ code: 4001, reason: 'Kicked' })
    })

    it('compares the code alone, or the reason alone', async () => {
      here().closes(4001, 'Kicked')
      await rob.expectDisconnected({ reason: 'Kicked' })
      expect((await failureOf(() => rob.expectDisconnected({ code: 1000 }))).expected).to.deep.equal({
        code: 1000,
        reason: 'Kicked',
      })
    })

    it('fails without a closing handshake where a code is expected', async () => {
      here().closes(1006)
      expect(await failureMessage(() => rob.expectDisconnected({ code: 4001 }))).to.equal(
        'Rob should be disconnected with 4001, but was disconnected without a closing handshake (1006).',
      )
    })

    it('fails when the time is over', async () => {
      here().sends('Hello')
      expect(await failureMessage(() => rob.expectDisconnected({ within: 20 }))).to.equal(
        [
          'Rob was not disconnected by the server within 20 ms: Rob is connected to ws://server/?name=Rob.',
          'Unread',
          '  1  +0 ms  Hello',
        ].join('\n'),
      )
    })

    it('is not leaving by oneself', async () => {
      await rob.disconnect()
      expect(await failureMessage(() => rob.expectDisconnected())).to.equal(
        'Rob was not disconnected by the server: Rob has disconnected.',
      )
    })

    it('is not losing the connection oneself', async () => {
      rob.terminate()
      expect(await failureMessage(() => rob.expectDisconnected())).to.equal(
        'Rob was not disconnected by the server: Rob has lost the connection.',
      )
    })

    it('is not a breach of the protocol', async () => {
      here().fails('the server broke the WebSocket protocol: invalid opcode 3', 'WS_ERR_INVALID_OPCODE')
      expect(await failureMessage(() => rob.expectDisconnected())).to.equal(
        'Rob was not disconnected by the server: Rob lost the connection to ws://server/?name=Rob: ' +
          'the server broke the WebSocket protocol: invalid opcode 3.',
      )
    })

    it('is not being refused', async () => {
      await rob.disconnect()
      server.onConnection = (connection) => connection.refuses(401)
      await rob.tryToConnect()
      expect(await failureMessage(() => rob.expectDisconnected())).to.equal(
        'Rob was not disconnected by the server: Rob was refused by ws://server/?name=Rob with status 401.',
      )
    })
  })

  describe('being still connected', () => {
    it('fails for who is not any more, and shows what was said last', async () => {
      await rob.connect()
      here().sends('Go away')
      here().closes(1001)
      const failure = await failureOf(() => rob.expectConnected())
      expect(failure).to.be.an.instanceOf(ExpectationError)
      expect(await failureMessage(() => rob.expectConnected())).to.equal(
        [
          'Rob is not connected any more: Rob was disconnected by the server with 1001.',
          'Unread',
          '  1  +0 ms  Go away',
        ].join('\n'),
      )
    })

    it('is a mistake for who never connected', async () => {
      rob.when('Hello').send('Hi')
      const failure = await failureOf(() => rob.expectConnected())
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(NEVER_CONNECTED)
    })
  })

  describe('sending', () => {
    it('sends a phrase, JSON, or bytes as they are', async () => {
      await rob.connect()
      await rob.send('Hello')
      await rob.send({ type: 'ping' })
      expect(here().sent).to.deep.equal(['Hello', '{"type":"ping"}'])
    })

    it('sends a phrase through the template', async () => {
      begin({ phrases: { sent: { message: '${phrase}' } } })
      await rob.connect()
      await rob.send('Hello, ${client}')
      expect(here().sent).to.deep.equal(['{"message":"Hello, Rob"}'])
    })

    it('sends several times, each time filled in anew', async () => {
      await rob.connect()
      await rob.send('${uuid}', { times: 3 })
      await rob.send('${uuid}', { times: 1 })
      expect(new Set(here().sent).size).to.equal(4)
    })

    for (const times of [0, -1, Number.NaN]) {
      it(`${times} times is a mistake`, async () => {
        await rob.connect()
        expect(await failureOf(() => rob.send('Hello', { times }))).to.be.an.instanceOf(UsageError)
        expect(here().sent).to.deep.equal([])
      })
    }

    it('sends some time later', async () => {
      await rob.connect()
      const sent = rob.send('Hello', { after: '1 ms' })
      expect(here().sent).to.deep.equal([])
      await sent
      expect(here().sent).to.deep.equal(['Hello'])
    })

    it('is recorded', async () => {
      await rob.connect()
      await rob.send('Hello')
      const [, sends] = conversation.transcript.entries
      expect([sends?.kind, sends?.client, sends?.detail]).to.deep.equal(['sends', 'Rob', 'Hello'])
    })

    it('is a mistake for who is unknown, and for who never connected', async () => {
      expect(await failureMessage(() => rob.send('Hello'))).to.match(/^There is no client Rob in this scenario yet\. /)
      rob.when('Hello').send('Hi')
      const failure = await failureOf(() => rob.send('Hello'))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(NEVER_CONNECTED)
    })

    it('is a mistake for who has left', async () => {
      await rob.connect()
      await rob.disconnect()
      const failure = await failureOf(() => rob.send('Hello'))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal('Rob cannot send: Rob has disconnected. To connect again write: Rob reconnects')
    })

    it('fails after the server has closed', async () => {
      await rob.connect()
      here().closes(4001, 'Kicked')
      const failure = await failureOf(() => rob.send('Hello'))
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect([failure.status, failure.code]).to.deep.equal([undefined, undefined])
      expect(failure.message).to.equal('Rob cannot send: Rob was disconnected by the server with 4001 "Kicked".')
    })

    it('fails after a refusal, with the status', async () => {
      server.onConnection = (connection) => connection.refuses(401)
      await rob.tryToConnect()
      const failure = await failureOf(() => rob.send('Hello'))
      expect(failure.status).to.equal(401)
      expect(failure.message).to.equal('Rob cannot send: Rob was refused by ws://server/?name=Rob with status 401.')
    })

    it('fails after a breach of the protocol, with the code', async () => {
      await rob.connect()
      here().fails('the server broke the WebSocket protocol: invalid opcode 3', 'WS_ERR_INVALID_OPCODE')
      expect((await failureOf(() => rob.send('Hello'))).code).to.equal('WS_ERR_INVALID_OPCODE')
    })

    it('fails when the transport could not', async () => {
      await rob.connect()
      here().sending = () => Promise.reject(new Error('the connection is broken (EPIPE)'))
      const failure = await failureOf(() => rob.send('Hello'))
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.message).to.equal(
        'Rob could not send: the connection is broken (EPIPE). Rob is connected to ws://server/?name=Rob.',
      )
    })

    it('fails with what the server has closed with, if it closes meanwhile', async () => {
      await rob.connect()
      here().sending = async () => {
        here().closes(4001, 'Kicked')
        throw new Error('the connection is closing')
      }
      expect(await failureMessage(() => rob.send('Hello'))).to.equal(
        'Rob cannot send: Rob was disconnected by the server with 4001 "Kicked".',
      )
    })

    it('waits until the server has read what was sent before', async () => {
      await rob.connect()
      here().bufferedAmount = 1
      let hasRead = () => {}
      here().sending = () => new Promise((resolve) => (hasRead = resolve))
      let isSent = false
      const sending = rob.send('Hello').then(() => (isSent = true))
      await turn()
      expect(isSent).to.equal(false)
      hasRead()
      await sending
    })

    it('fails when the time is over and the server does not read', async () => {
      begin({ timeout: 30 })
      await rob.connect()
      here().sending = () => new Promise(() => {})
      here().bufferedAmount = 1
      const failure = await failureOf(() => rob.send('Hello'))
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.message).to.match(/^Rob could not send.*within 30 ms/)
    }).timeout(2000)

    it('of what is no message is a mistake', async () => {
      await rob.connect()
      expect(await failureOf(() => rob.send(anyMessage))).to.be.an.instanceOf(UsageError)
    })
  })

  describe('pinging', () => {
    it('waits for the pong', async () => {
      await rob.connect()
      rob.ping()
      const pong = rob.expectPong()
      here().pongs()
      await pong
      expect(here().pings).to.equal(1)
    })

    it('takes each pong once', async () => {
      begin({ timeout: 20 })
      await rob.connect()
      rob.ping()
      here().pongs()
      await rob.expectPong()
      expect(await failureMessage(() => rob.expectPong())).to.equal(
        'Rob did not receive a pong within 20 ms: Rob is connected to ws://server/?name=Rob.\n' +
          'No ping is unanswered. Write before this: Rob pings the server',
      )
    })

    it('waits for the pong of a ping alone', async () => {
      begin({ timeout: 20 })
      await rob.connect()
      rob.ping()
      expect(await failureMessage(() => rob.expectPong())).to.equal(
        'Rob did not receive a pong within 20 ms: Rob is connected to ws://server/?name=Rob.',
      )
    })

    it('does not wait for a pong that nobody asked for', async () => {
      begin({ timeout: 20 })
      await rob.connect()
      here().pongs('heartbeat')
      expect(await failureMessage(() => rob.expectPong())).to.contain('No ping is unanswered.')
    })

    it('gives two who wait at the same time one pong each', async () => {
      await rob.connect()
      const both = Promise.all([rob.expectPong(), rob.expectPong()])
      rob.ping()
      rob.ping()
      here().pongs('1')
      await Promise.race([both, turn()])
      here().pongs('2')
      await both
    })

    it('knows nothing of the pings of the connection before', async () => {
      begin({ timeout: 20 })
      await rob.connect()
      rob.ping()
      rob.ping()
      here().pongs('1')
      await rob.reconnect()
      expect(await failureMessage(() => rob.expectPong())).to.match(/\nNo ping is unanswered\. /)
    })

    it('gives up at once when the connection ends', async () => {
      await rob.connect()
      const words = failureMessage(() => rob.expectPong())
      here().closes(4001)
      expect(await words).to.equal('Rob did not receive a pong: Rob was disconnected by the server with 4001.')
    })

    it('is impossible for who is not connected', async () => {
      await rob.connect()
      await rob.disconnect()
      expect(await failureMessage(() => rob.ping())).to.match(/^Rob cannot ping: Rob has disconnected\. /)
    })
  })

  describe('receiving', () => {
    it('gives back the message', async () => {
      await rob.connect()
      here().sends('{"message":"Hello","id":7}')
      expect((await rob.receives({ message: 'Hello' })).json).to.deep.equal({ message: 'Hello', id: 7 })
    })

    it('takes an expectation where it is asked for one, not a message', async () => {
      await rob.connect()
      for (const given of ['Hello', undefined]) {
        const failure = await failureOf(() => rob.expect(given as never))
        expect(failure).to.be.an.instanceOf(UsageError)
        expect(failure.message).to.match(/for a message write `receives`\.$/)
      }
    })

    it('reads what came in the tick of the handshake', async () => {
      server.onConnection = (connection) => {
        connection.accepts()
        connection.sends('Hello')
      }
      await rob.connect()
      await rob.receives('Hello')
    })

    it('understands phrases through the template', async () => {
      begin({ phrases: { received: { message: '${phrase}' } } })
      await rob.connect()
      here().sends('{"message":"Hello, Rob","id":7}')
      await rob.receives('Hello, ${client}')
    })

    it('waits as long as the sentence says, in ms or in words', async () => {
      await rob.connect()
      expect(await failureMessage(() => rob.receives('Hello', { within: 20 }))).to.match(/ within 20 ms\.\n/)
      expect(await failureMessage(() => rob.receives('Hello', { within: '20 ms' }))).to.match(/ within 20 ms\.\n/)
      expect(await failureOf(() => rob.receives('Hello', { within: 'soon' }))).to.be.an.instanceOf(UsageError)
    })

    it('waits as long as the settings say', async () => {
      begin({ timeout: 20 })
      await rob.connect()
      expect(await failureMessage(() => rob.receives('Hello'))).to.match(/ within 20 ms\.\n/)
    })

    it('watches for silence as long as the settings say', async () => {
      begin({ quiet: 1 })
      await rob.connect()
      await rob.doesNotReceive('Hello')
      await rob.doesNotReceive('Hello', { within: '1 ms' })
    })

    it('does not wait out the silence once it is broken', async () => {
      begin({ quiet: 5000 })
      await rob.connect()
      const words = failureMessage(() => rob.doesNotReceive('Hello'))
      here().sends('Hello')
      expect(await words).to.match(/^Rob should not receive "Hello", but number 1 came\.\n/)
    })

    it('is side by side for several clients', async () => {
      const clients = ['Ann', 'Bob', 'Carol'].map((name) => conversation.client(name))
      for (const client of clients) await client.connect()
      const heard = Promise.all(clients.map((client) => client.receives('Hello')))
      for (const connection of server.connections.toReversed()) connection.sends('Hello')
      expect((await heard).map(({ text }) => text)).to.deep.equal(['Hello', 'Hello', 'Hello'])
    })

    it('is a mistake for who never connected', async () => {
      rob.when('Hello').send('Hi')
      for (const wait of [
        () => rob.receives('Hello'),
        () => rob.doesNotReceive('Hello'),
        () => rob.expect(messageCount(2)),
        () => rob.catchUp(),
        () => rob.expectPong(),
        () => rob.expectDisconnected(),
        () => rob.remember('$', 'all'),
      ]) {
        const failure = await failureOf(wait)
        expect(failure).to.be.an.instanceOf(UsageError)
        expect(failure.message).to.equal(NEVER_CONNECTED)
      }
    })

    it('says how a name is written that is no plain one', async () => {
      for (const [name, written] of [
        ['dispatcher', 'the dispatcher'],
        ['Rob Anderson', '"Rob Anderson"'],
        ['user_1', 'user_1'],
      ] as const) {
        const client = conversation.client(name)
        client.when('Hello').send('Hi')
        expect(await failureMessage(() => client.receives('Hello'))).to.match(
          new RegExp(` Write before this: ${written} is connected$`),
        )
        await client.connect()
        expect(await failureMessage(() => client.connect())).to.match(new RegExp(` write: ${written} reconnects$`))
        await client.disconnect()
        expect(await failureMessage(() => client.send('Hello'))).to.match(new RegExp(` write: ${written} reconnects$`))
      }
    })

    it('reads everything by catching up', async () => {
      await rob.connect()
      here().sends('a', 'b')
      rob.catchUp()
      here().sends('c')
      await rob.expect(nextMessage(rob.matcher('c')))
    })
  })

  describe('ignoring', () => {
    it('drops what the settings call noise, for every client', async () => {
      begin({ ignore: ['"tick"', 'tock', '{"type": "heartbeat"}'] })
      await rob.connect()
      here().sends('tick', 'tock', '{"type":"heartbeat","at":1}', 'Hello')
      await rob.receives('Hello')
      await rob.expect(silence(anyMessage))
    })

    it('is told at once if the settings cannot be understood', async () => {
      begin({ ignore: ['"${nobody}"'] })
      const failure = await failureOf(() => rob.connect())
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.contain('There is no variable ${nobody}.')
      expect(server.connections).to.be.empty
    })

    it('interrupts the sentence that waits if it cannot be decided', async () => {
      await rob.connect()
      rob.ignore({
        describe: () => 'a tick',
        accepts: () => {
          throw 'no clock'
        },
      })
      const waiting = failureOf(() => rob.receives('Hello'))
      here().sends('Hello')
      expect((await waiting).message).to.equal('The matcher «a tick» failed: no clock')
    })
  })

  describe('remembering', () => {
    beforeEach(() => rob.connect())

    it('keeps a part of the message that was read last', async () => {
      here().sends('{"order":{"id":7}}', '{"order":{"id":8}}')
      await rob.receives({ order: {} })
      rob.remember('order.id', 'id')
      expect(conversation.variables.get('id')).to.equal(7)
    })

    it('keeps the whole message', async () => {
      here().sends('{"id":7}')
      await rob.receives({ id: 7 })
      rob.remember('$', 'all')
      expect(conversation.variables.get('all')).to.deep.equal({ id: 7 })
    })

    it('keeps the whole message too if it is a text', async () => {
      here().sends('Hello')
      await rob.receives('Hello')
      rob.remember('$', 'all')
      expect(conversation.variables.get('all')).to.equal('Hello')
    })

    it('is a mistake before anything was read', async () => {
      here().sends('{"id":7}')
      expect(await failureMessage(() => rob.remember('id', 'id'))).to.equal(
        'Rob has read no message yet, so there is nothing to remember.',
      )
    })

    it('is a mistake if there is nothing at the path', async () => {
      here().sends('{"id":7}')
      await rob.receives({ id: 7 })
      const failure = await failureOf(() => rob.remember('order.id', 'id'))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal('The message that Rob read last has nothing at "order.id": it is {"id":7}')
    })

    it('shows no more of a long message than a person reads', async () => {
      here().sends(JSON.stringify({ text: 'x'.repeat(100_000) }))
      await rob.expect(messageCount(1))
      expect(await failureMessage(() => rob.remember('id', 'id'))).to.have.length.below(500)
    })
  })

  describe('is recorded', () => {
    it('with all that happened to it, in order', async () => {
      await rob.connect()
      here().sends('Hello')
      await rob.send('Hi')
      rob.ping()
      here().pongs()
      await rob.disconnect(4000, 'Bye')
      await rob.connect()
      rob.terminate()
      await rob.connect()
      here().closes(4001, 'Kicked')
      await rob.connect()
      here().fails('the server broke the WebSocket protocol: invalid opcode 3')
      server.onConnection = (connection) => connection.refuses(401, 'Unauthorized')
      await rob.tryToConnect()
      expect(conversation.transcript.entries.map(({ kind, detail }) => `${kind} ${detail}`.trim())).to.deep.equal([
        'connects ws://server/?name=Rob',
        'receives Hello',
        'sends Hi',
        'pings',
        'receives a pong',
        'disconnects with 4000 "Bye"',
        'connects ws://server/?name=Rob',
        'loses the connection',
        'connects ws://server/?name=Rob',
        'is disconnected with 4001 "Kicked"',
        'connects ws://server/?name=Rob',
        'fails the server broke the WebSocket protocol: invalid opcode 3',
        'is refused 401 Unauthorized',
      ])
    })

    it('with what it did without many words', async () => {
      await rob.connect()
      await rob.disconnect()
      await rob.connect()
      await rob.disconnect(4000)
      server.onConnection = (connection) => connection.refuses(401)
      await rob.tryToConnect()
      const details = conversation.transcript.entries.map(({ kind, detail }) => [kind, detail])
      expect(details.filter(([what]) => what !== 'connects')).to.deep.equal([
        ['disconnects', ''],
        ['disconnects', 'with 4000'],
        ['is refused', '401'],
      ])
    })

    it('with the silence that it heard', async () => {
      begin({ quiet: 1 })
      await rob.connect()
      here().sends('Hi')
      await rob.receives('Hi')
      await rob.doesNotReceive('Hello')
      await rob.doesNotReceive('receive')
      await rob.expect(silence(anyMessage), { within: '2 ms' })
      const heard = conversation.transcript.entries.slice(2).map(({ kind, detail }) => `${kind} ${detail}`)
      expect(heard).to.deep.equal([
        'hears no "Hello" for 1 ms',
        'hears no "receive" for 1 ms',
        'hears nothing else for 2 ms',
      ])
    })

    it('without its secrets', async () => {
      begin({ redact: ['header:sec-websocket-protocol', 'header:x-key'] })
      await rob.connect({ headers: { 'X-Key': 'hunter2' }, subprotocols: ['chat', 'hunter3'] })
      expect(conversation.secrets.hide('hunter2, hunter3 and chat')).to.equal('[redacted], [redacted] and [redacted]')
      await conversation.end()
    })
  })

  describe('ignoring', () => {
    it('what the settings call noise takes it out of the inbox', async () => {
      begin({ ignore: ['{"type": "heartbeat"}'] })
      await rob.connect()
      here().sends('{"type":"heartbeat"}', 'Hello')
      await rob.expect(nextMessage(rob.matcher('Hello')))
    })
  })

  function begin(changes: Partial<ResolvedSettings> = {}): void {
    ;({ conversation, server } = startConversation(changes))
    rob = conversation.client('Rob')
  }

  function here(): FakeConnection {
    return server.to('Rob')
  }
})
