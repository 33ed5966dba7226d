import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import type { ResolvedSettings } from '../conversation-state/resolved-settings'
import { ExpectationError, UsageError } from '../errors'

const NEVER_CONNECTED = 'Rob has not connected yet. Write before this: Rob is connected'

describe('Connection assertions', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin())

  describe('expectSubprotocol', () => {
    it('accepts the agreed subprotocol', async () => {
      server.onConnection = (connection) => connection.accepts('chat.v2')
      await rob.connect()
      rob.expectSubprotocol('chat.v2')
    })

    it('throws a UsageError for none', async () => {
      await rob.connect()
      expect(() => rob.expectSubprotocol('')).to.throw(UsageError, 'should be a text with something in it')
    })

    it('fails if another subprotocol was agreed on, or none', async () => {
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

  describe('expectDisconnected', () => {
    beforeEach(() => rob.connect())

    it('waits until the server closes', async () => {
      const disconnected = rob.expectDisconnected()
      await turn()
      here().closes(4001, 'Kicked')
      await disconnected
      await rob.expectDisconnected({ code: 4001 })
      await rob.expectDisconnected({ code: 4001, reason: 'Kicked' })
    })

    it('accepts an end without a closing handshake', async () => {
      here().closes(1006)
      await rob.expectDisconnected()
      await rob.expectDisconnected({ code: 1006 })
    })

    it('fails with another code or reason, and compares them', async () => {
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

    it('fails if a code is expected, and there was no closing handshake', async () => {
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

    it('fails if the client has disconnected itself', async () => {
      await rob.disconnect()
      expect(await failureMessage(() => rob.expectDisconnected())).to.equal(
        'Rob was not disconnected by the server: Rob has disconnected.',
      )
    })

    it('fails if the client has terminated the connection itself', async () => {
      rob.terminate()
      expect(await failureMessage(() => rob.expectDisconnected())).to.equal(
        'Rob was not disconnected by the server: Rob has lost the connection.',
      )
    })

    it('fails if the server broke the protocol', async () => {
      here().fails('the server broke the WebSocket protocol: invalid opcode 3', 'WS_ERR_INVALID_OPCODE')
      expect(await failureMessage(() => rob.expectDisconnected())).to.equal(
        'Rob was not disconnected by the server: Rob lost the connection to ws://server/?name=Rob: ' +
          'the server broke the WebSocket protocol: invalid opcode 3.',
      )
    })

    it('fails if the client was refused', async () => {
      await rob.disconnect()
      server.onConnection = (connection) => connection.refuses(401)
      await rob.tryToConnect()
      expect(await failureMessage(() => rob.expectDisconnected())).to.equal(
        'Rob was not disconnected by the server: Rob was refused by ws://server/?name=Rob with status 401.',
      )
    })
  })

  describe('expectConnected', () => {
    it('fails if the connection has ended, and shows unread messages', async () => {
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

    it('fails if the connection ends in the quiet time, or in the time that is given', async () => {
      for (const options of [{}, { within: '1 minute' }]) {
        await rob.connect()
        const failure = failureMessage(() => rob.expectConnected(options))
        here().closes(1008, 'Nonsense')
        expect(await failure).to.match(
          /^Rob is not connected any more: Rob was disconnected by the server with 1008 "Non/,
        )
      }
    })

    it('fails if more has arrived than there was time to look at: its end may be behind that', async () => {
      await rob.connect()
      here().isBehind = true
      expect(await failureMessage(() => rob.expectConnected({ within: 1 }))).to.equal(
        'Rob should still be connected, but more has arrived in 1 ms than there was time to look at.',
      )
    })

    it('throws a UsageError if the client never connected', async () => {
      rob.when('Hello').send('Hi')
      const failure = await failureOf(() => rob.expectConnected())
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(NEVER_CONNECTED)
    })
  })

  describe('ping and expectPong', () => {
    it('wait for the pong', async () => {
      await rob.connect()
      rob.ping()
      const pong = rob.expectPong()
      here().pongs()
      await pong
      expect(here().pings).to.equal(1)
    })

    it('use each pong once', async () => {
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

    it('fail if no pong comes in time', async () => {
      begin({ timeout: 20 })
      await rob.connect()
      rob.ping()
      expect(await failureMessage(() => rob.expectPong())).to.equal(
        'Rob did not receive a pong within 20 ms: Rob is connected to ws://server/?name=Rob.',
      )
    })

    it('ignore a pong without a ping', async () => {
      begin({ timeout: 20 })
      await rob.connect()
      here().pongs('heartbeat')
      expect(await failureMessage(() => rob.expectPong())).to.contain('No ping is unanswered.')
    })

    it('give each of two waits a pong of its own', async () => {
      await rob.connect()
      const both = Promise.all([rob.expectPong(), rob.expectPong()])
      rob.ping()
      rob.ping()
      here().pongs('1')
      await Promise.race([both, turn()])
      here().pongs('2')
      await both
    })

    it('forget the pings of an earlier connection', async () => {
      begin({ timeout: 20 })
      await rob.connect()
      rob.ping()
      rob.ping()
      here().pongs('1')
      await rob.reconnect()
      expect(await failureMessage(() => rob.expectPong())).to.match(/\nNo ping is unanswered\. /)
    })

    it('fail at once when the connection ends', async () => {
      await rob.connect()
      const words = failureMessage(() => rob.expectPong())
      here().closes(4001)
      expect(await words).to.equal('Rob did not receive a pong: Rob was disconnected by the server with 4001.')
    })

    it('throw if the client is not connected', async () => {
      await rob.connect()
      await rob.disconnect()
      expect(await failureMessage(() => rob.ping())).to.match(/^Rob cannot ping: Rob has disconnected\. /)
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
