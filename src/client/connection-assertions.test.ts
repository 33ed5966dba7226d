import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Conversation } from '../conversation/conversation'
import type { ResolvedSettings } from '../conversation/settings'
import { ExpectationError, UsageError } from '../errors'
import type { Client } from './client'

const NEVER_CONNECTED = 'Rob has not connected yet. Write before this: Rob is connected'

describe('Connection assertions', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin())

  describe('expectSubprotocol', () => {
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

  describe('expectDisconnected', () => {
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

  describe('expectConnected', () => {
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

  describe('ping and expectPong', () => {
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

  function begin(changes: Partial<ResolvedSettings> = {}): void {
    ;({ conversation, server } = startConversation(changes))
    rob = conversation.client('Rob')
  }

  function here(): FakeConnection {
    return server.to('Rob')
  }
})
