import { expect } from 'chai'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { ConnectOptions } from '../connection/connection-target'
import type { Conversation } from '../conversation/conversation'
import type { ResolvedSettings } from '../conversation-state/resolved-settings'
import { ConnectionError, ExpectationError, UsageError } from '../errors'
import { silence } from '../expectations/expect-silence'
import { anyMessage } from '../matching/matcher'

const NEVER_CONNECTED = 'Rob has not connected yet. Write before this: Rob is connected'

describe('Connecting', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin())

  describe('connect', () => {
    it('waits until the connection is open', async () => {
      await rob.connect()
      await rob.expectConnected()
    })

    it('fills in the client and sends the options', async () => {
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

    it('throws a ConnectionError with the status if the server refuses', async () => {
      server.onConnection = (connection) => connection.refuses(401, 'Unauthorized', 'Who are you?')
      const failure = await failureOf(() => rob.connect())
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.status).to.equal(401)
      expect(failure.message).to.equal(
        'Rob was refused by ws://server/?name=Rob with status 401 Unauthorized: "Who are you?".',
      )
    })

    it('throws a ConnectionError with the code if the connection fails', async () => {
      server.onConnection = (connection) => connection.fails('nothing listens there (ECONNREFUSED)', 'ECONNREFUSED')
      const failure = await failureOf(() => rob.connect())
      expect(failure.code).to.equal('ECONNREFUSED')
      expect(failure.message).to.equal(
        'Rob could not connect to ws://server/?name=Rob: nothing listens there (ECONNREFUSED).',
      )
    })

    it('fails if the handshake is not answered in time', async () => {
      begin({ timeout: 30 })
      server.onConnection = () => {}
      expect(await failureMessage(() => rob.connect())).to.equal(
        'Rob could not connect to ws://server/?name=Rob: it did not answer the handshake within 30 ms.',
      )
    })

    it('succeeds even if the server closes at once, and keeps its messages', async () => {
      server.onConnection = (connection) => {
        connection.accepts()
        connection.sends('Go away')
        connection.closes(4001)
      }
      await rob.connect()
      await rob.receives('Go away')
      await rob.expectDisconnected({ code: 4001 })
    })

    it('throws a UsageError if the client is connected already', async () => {
      await rob.connect()
      const failure = await failureOf(() => rob.connect())
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(
        'Rob is connected already, to ws://server/?name=Rob. To connect again write: Rob reconnects',
      )
    })

    it('throws a UsageError while the client is connecting, and leaves one connection', async () => {
      const first = rob.connect()
      expect(await failureOf(() => rob.connect())).to.be.an.instanceOf(UsageError)
      await first
      expect(server.connections).to.have.length(1)
    })

    it('connects again after the client has disconnected', async () => {
      await rob.connect()
      await rob.disconnect()
      await rob.connect()
      await rob.expectConnected()
    })

    it('throws a UsageError for an invalid address, and opens nothing', async () => {
      expect(await failureOf(() => rob.connect({ to: 'ftp://server' }))).to.be.an.instanceOf(UsageError)
      expect(server.connections).to.have.length(0)
    })
  })

  describe('ensureConnected', () => {
    it('connects a client that is not connected', async () => {
      await rob.ensureConnected()
      await rob.expectConnected()
    })

    it('keeps an open connection', async () => {
      await rob.ensureConnected()
      await rob.ensureConnected()
      expect(server.connections).to.have.length(1)
    })

    it('keeps an open connection to the same address, and throws for another address', async () => {
      await rob.ensureConnected({ to: 'chat' })
      await rob.ensureConnected({ to: 'chat' })
      expect(await failureOf(() => rob.ensureConnected({ to: 'other' }))).to.be.an.instanceOf(UsageError)
      expect(server.connections).to.have.length(1)
    })

    for (const [what, before, same, other] of [
      ['addresses', { to: '/chat' }, { to: '/chat' }, { to: '/lobby' }],
      ['parameters', { parameters: { a: '1', b: '2' } }, { parameters: { b: '2' } }, { parameters: { b: '3' } }],
      [
        'parameters',
        {
          parameters: [
            ['a', '1'],
            ['a', '2'],
          ],
        },
        { parameters: [['a', '2']] },
        { parameters: { A: '2' } },
      ],
      ['headers', { headers: { Tag: 'a' } }, { headers: { tag: 'a' } }, { headers: { Tag: 'b' } }],
      ['cookies', { cookies: { a: '1' } }, { cookies: { a: '1' } }, { cookies: { b: '1' } }],
      ['subprotocols', { subprotocols: ['a', 'b'] }, { subprotocols: ['a', 'b'] }, { subprotocols: ['b', 'a'] }],
      ['headers and cookies', {}, {}, { headers: { Tag: 'a' }, cookies: { a: '1' } }],
    ] as readonly [string, ...ConnectOptions[]][]) {
      it(`keeps an open connection that is as it is to be, and refuses other ${what}: ${JSON.stringify(other)}`, async () => {
        await rob.ensureConnected(before)
        await rob.ensureConnected(same)
        await rob.ensureConnected()
        const url = server.connections[0]?.target.url
        const others = what === 'addresses' ? '' : `, with other ${what}`
        for (const connect of [() => rob.ensureConnected(other), () => rob.connect(other)]) {
          expect(await failureMessage(connect)).to.equal(
            `Rob is connected already, to ${url}${others}. Write before this: Rob disconnects`,
          )
        }
        expect(server.connections).to.have.length(1)
      })
    }

    it('refuses a relative address, once the server is another one', async () => {
      await rob.ensureConnected({ to: '/chat' })
      await rob.ensureConnected({ to: 'ws://server/chat' })
      conversation.setServerUrl('ws://other/')
      expect(await failureMessage(() => rob.ensureConnected({ to: '/chat' }))).to.contain(
        'Rob is connected already, to ws://server/chat',
      )
      await rob.ensureConnected({ to: 'ws://server/chat' })
    })

    it('compares what the variables stand for', async () => {
      conversation.variables.set('token', 'a')
      await rob.ensureConnected({ headers: { Authorization: 'Bearer ${token}' } })
      await rob.ensureConnected({ headers: { Authorization: 'Bearer a' } })
      conversation.variables.set('token', 'b')
      const again = () => rob.ensureConnected({ headers: { Authorization: 'Bearer ${token}' } })
      expect(await failureMessage(again)).to.match(/, with other headers\. Write before this: Rob disconnects$/)
      await rob.disconnect()
      await again()
      expect(server.connections[1]?.target.headers).to.deep.equal({ Authorization: 'Bearer b' })
    })

    it('connects a client again that has disconnected', async () => {
      await rob.ensureConnected()
      await rob.disconnect()
      await rob.ensureConnected()
      expect(server.connections).to.have.length(2)
    })

    it('fails if the server has ended the connection', async () => {
      await rob.ensureConnected()
      here().closes(4001, 'Kicked')
      expect(await failureMessage(() => rob.ensureConnected())).to.equal(
        'Rob was disconnected by the server with 4001 "Kicked". To connect again write: Rob reconnects',
      )
    })
  })

  describe('tryToConnect and expectRefused', () => {
    it('succeed if the server refuses', async () => {
      server.onConnection = (connection) => connection.refuses(401)
      await rob.tryToConnect()
      rob.expectRefused()
      rob.expectRefused(401)
    })

    it('fail if the server did not refuse', async () => {
      await rob.tryToConnect()
      expect(await failureMessage(() => rob.expectRefused())).to.equal(
        'Rob was not refused: Rob is connected to ws://server/?name=Rob.',
      )
    })

    it('throw a ConnectionError if the connection fails otherwise', async () => {
      server.onConnection = (connection) => connection.fails('nothing listens there (ECONNREFUSED)', 'ECONNREFUSED')
      expect(await failureOf(() => rob.tryToConnect())).to.be.an.instanceOf(ConnectionError)
    })

    it('fail if the server refused with another status, and compare it', async () => {
      server.onConnection = (connection) => connection.refuses(403, 'Forbidden')
      await rob.tryToConnect()
      const failure = await failureOf(() => rob.expectRefused(401))
      expect(failure).to.be.an.instanceOf(ExpectationError)
      expect(failure.message).to.equal(
        'Rob should be refused with status 401, but was refused by ws://server/?name=Rob with status 403 Forbidden.',
      )
      expect([failure.expected, failure.actual]).to.deep.equal([401, 403])
    })

    it('throw a UsageError if the client never tried to connect', async () => {
      expect(await failureOf(() => rob.expectRefused())).to.be.an.instanceOf(UsageError)
    })
  })

  describe('disconnect', () => {
    beforeEach(() => rob.connect())

    it('closes by a closing handshake, with the given code and reason', async () => {
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
      it(`refuses the code ${code}`, async () => {
        const failure = await failureOf(() => rob.disconnect(code))
        expect(failure).to.be.an.instanceOf(UsageError)
        expect(failure.message).to.equal(
          `A connection cannot be closed with code ${code}: write 1000 to 1003, 1007 to 1014, or 3000 to 4999.`,
        )
        await rob.expectConnected()
      })
    }

    it('sends the code 1000 with a reason alone, and records it', async () => {
      await rob.disconnect(undefined, 'Bye')
      expect(here().closeFrame).to.deep.equal({ code: 1000, reason: 'Bye' })
      expect(conversation.transcript.entries.at(-1)).to.include({ kind: 'disconnects', detail: 'with 1000 "Bye"' })
    })

    it('refuses a reason of more than 123 bytes', async () => {
      expect(await failureMessage(() => rob.disconnect(1000, 'é'.repeat(62)))).to.equal(
        'A reason for closing has room for 123 bytes; this one has 124.',
      )
      await rob.disconnect(1000, 'x'.repeat(123))
    })

    for (const code of [1000, 1003, 1007, 1014, 3000, 4999]) {
      it(`accepts the code ${code}`, async () => {
        await rob.disconnect(code)
        expect(here().closeFrame).to.deep.equal({ code })
      })
    }

    it('receives messages until the server has answered the close frame', async () => {
      here().answersClosing = false
      const received = rob.receives('Bye')
      const disconnected = rob.disconnect()
      here().sends('Bye')
      here().closes()
      await Promise.all([received, disconnected])
    })

    it('throws if the client has disconnected already', async () => {
      await rob.disconnect()
      expect(await failureMessage(() => rob.disconnect())).to.equal(
        'Rob cannot disconnect: Rob has disconnected. To connect again write: Rob reconnects',
      )
    })

    it('throws a ConnectionError after the server has closed', async () => {
      here().closes(4001, 'Kicked')
      const failure = await failureOf(() => rob.disconnect())
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.message).to.equal('Rob cannot disconnect: Rob was disconnected by the server with 4001 "Kicked".')
    })
  })

  describe('terminate', () => {
    it('cuts the connection, and throws if there is none', async () => {
      await rob.connect()
      rob.terminate()
      expect(here().wasTerminated).to.equal(true)
      expect(await failureMessage(() => rob.terminate())).to.equal(
        'Rob has lost the connection already. To connect again write: Rob reconnects',
      )
    })
  })

  describe('reconnect', () => {
    it('uses the same target', async () => {
      await rob.connect({ to: 'chat', headers: { Authorization: 'Bearer x' }, subprotocols: ['chat.v2'] })
      await rob.disconnect()
      await rob.reconnect()
      const [first, second] = server.connections
      expect(second?.target).to.deep.equal(first?.target)
    })

    it("uses the same address even if the server's address was changed", async () => {
      await rob.connect()
      conversation.setServerUrl('ws://other/')
      await rob.reconnect()
      expect(server.connections.at(-1)?.target.url).to.equal('ws://server/?name=Rob')
    })

    it('closes an open connection before', async () => {
      await rob.connect()
      await rob.reconnect()
      expect(server.connections.map(({ closeFrame }) => closeFrame)).to.deep.equal([{}, undefined])
    })

    for (const other of ['reconnect', 'connect', 'ensureConnected', 'tryToConnect'] as const)
      for (const before of ['open', 'lost']) {
        it(`leaves one connection beside another call, ${other}, where one was ${before}`, async () => {
          await rob.connect()
          if (before === 'lost') rob.terminate()
          const results = await Promise.allSettled([rob.reconnect(), rob[other]()])
          expect(
            results.flatMap((result) => (result.status === 'rejected' ? result.reason.message : [])),
          ).to.deep.equal([
            'Rob is connected already, to ws://server/?name=Rob. To connect again write: Rob reconnects',
          ])
          const areOpen = () =>
            server.connections.filter(({ closeFrame, wasTerminated }) => !closeFrame && !wasTerminated).length
          expect(areOpen()).to.equal(1)
          await conversation.end()
          expect(areOpen()).to.equal(0)
        })
      }

    it('keeps unread messages', async () => {
      await rob.connect()
      here().sends('before')
      await rob.reconnect()
      here().sends('after')
      await rob.receives('before')
      await rob.receives('after')
    })

    it('makes earlier messages old: none of them breaks `newOnly`', async () => {
      await rob.connect()
      here().sends('before')
      await rob.reconnect()
      await rob.expect(silence(anyMessage, { newOnly: true }))
      expect(await failureMessage(() => rob.expect(silence(anyMessage)))).to.contain('number 1 came')
    })

    it('connects after a refusal that a sentence has reported', async () => {
      server.onConnection = (connection) => connection.refuses(503)
      await rob.tryToConnect()
      rob.expectRefused()
      server.onConnection = (connection) => connection.accepts()
      await rob.reconnect()
      await rob.expectConnected()
    })

    it('throws for a refusal that no sentence has reported', async () => {
      server.onConnection = (connection) => connection.refuses(503)
      await rob.tryToConnect()
      server.onConnection = (connection) => connection.accepts()
      const failure = await failureOf(() => rob.reconnect())
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.status).to.equal(503)
      expect(failure.message).to.equal(
        'Rob was refused by ws://server/?name=Rob with status 503.\nNo sentence says so. If it is right, write: Rob is refused',
      )
      expect(server.connections).to.have.length(1)
    })

    for (const code of [1006, 1008, 1011]) {
      it(`throws for a close with ${code} that no sentence has reported, and connects after one has`, async () => {
        await rob.connect()
        here().closes(code)
        const failure = await failureOf(() => rob.reconnect())
        expect(failure).to.be.an.instanceOf(ConnectionError)
        expect(failure.message).to.match(/\nNo sentence says so\. If it is right, write: Rob is disconnected$/)
        await rob.reconnect()
        here().closes(code)
        await rob.expectDisconnected({ code })
        await rob.reconnect()
        await rob.expectConnected()
      })
    }

    it('throws for an error with which the server answers its closing', async () => {
      await rob.connect()
      here().answersClosing = false
      const reconnecting = failureMessage(() => rob.reconnect())
      here().closes(1011)
      expect(await reconnecting).to.contain('was disconnected by the server with 1011')
    })

    for (const code of [1000, 1001, 4001]) {
      it(`connects after a close with ${code}`, async () => {
        await rob.connect()
        here().closes(code)
        await rob.reconnect()
        await rob.expectConnected()
      })
    }

    it('throws a ConnectionError if the server refuses', async () => {
      await rob.connect()
      server.onConnection = (connection) => connection.refuses(503)
      const failure = await failureOf(() => rob.reconnect())
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.message).to.equal('Rob was refused by ws://server/?name=Rob with status 503.')
    })

    it('throws if the client never connected', async () => {
      conversation.client('Rob').when('Hello').send('Hi')
      expect(await failureMessage(() => rob.reconnect())).to.equal(NEVER_CONNECTED)
      expect(await failureMessage(() => conversation.client('Bob').reconnect())).to.match(/^There is no client Bob /)
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
