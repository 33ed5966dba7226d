import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import type { ResolvedSettings } from '../conversation-state/resolved-settings'
import { ConnectionError, UsageError } from '../errors'
import { anyMessage } from '../matching/matcher'

const NEVER_CONNECTED = 'Rob has not connected yet. Write before this: Rob is connected'

describe('Sending', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin())

  describe('send', () => {
    it('sends a phrase or JSON', async () => {
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

    it('sends several times, and fills in variables each time', async () => {
      await rob.connect()
      await rob.send('${uuid}', { times: 3 })
      await rob.send('${uuid}', { times: 1 })
      expect(new Set(here().sent).size).to.equal(4)
    })

    for (const times of [0, -1, Number.NaN]) {
      it(`refuses to send ${times} times`, async () => {
        await rob.connect()
        expect(await failureOf(() => rob.send('Hello', { times }))).to.be.an.instanceOf(UsageError)
        expect(here().sent).to.deep.equal([])
      })
    }

    it('sends later if `after` says so', async () => {
      await rob.connect()
      const sent = rob.send('Hello', { after: '1 ms' })
      expect(here().sent).to.deep.equal([])
      await sent
      expect(here().sent).to.deep.equal(['Hello'])
    })

    it('records the message', async () => {
      await rob.connect()
      await rob.send('Hello')
      const [, sends] = conversation.transcript.entries
      expect([sends?.kind, sends?.client, sends?.detail]).to.deep.equal(['sends', 'Rob', 'Hello'])
    })

    it('throws a UsageError for an unknown client, and for one that never connected', async () => {
      expect(await failureMessage(() => rob.send('Hello'))).to.match(/^There is no client Rob in this scenario yet\. /)
      rob.when('Hello').send('Hi')
      const failure = await failureOf(() => rob.send('Hello'))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(NEVER_CONNECTED)
    })

    it('throws a UsageError if the client has disconnected', async () => {
      await rob.connect()
      await rob.disconnect()
      const failure = await failureOf(() => rob.send('Hello'))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal('Rob cannot send: Rob has disconnected. To connect again write: Rob reconnects')
    })

    it('throws a ConnectionError after the server has closed', async () => {
      await rob.connect()
      here().closes(4001, 'Kicked')
      const failure = await failureOf(() => rob.send('Hello'))
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect([failure.status, failure.code]).to.deep.equal([undefined, undefined])
      expect(failure.message).to.equal('Rob cannot send: Rob was disconnected by the server with 4001 "Kicked".')
    })

    it('throws an error with the status after a refusal', async () => {
      server.onConnection = (connection) => connection.refuses(401)
      await rob.tryToConnect()
      const failure = await failureOf(() => rob.send('Hello'))
      expect(failure.status).to.equal(401)
      expect(failure.message).to.equal('Rob cannot send: Rob was refused by ws://server/?name=Rob with status 401.')
    })

    it('throws an error with the code after the server broke the protocol', async () => {
      await rob.connect()
      here().fails('the server broke the WebSocket protocol: invalid opcode 3', 'WS_ERR_INVALID_OPCODE')
      expect((await failureOf(() => rob.send('Hello'))).code).to.equal('WS_ERR_INVALID_OPCODE')
    })

    it('throws a ConnectionError if the transport fails', async () => {
      await rob.connect()
      here().sending = () => Promise.reject(new Error('the connection is broken (EPIPE)'))
      const failure = await failureOf(() => rob.send('Hello'))
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.message).to.equal(
        'Rob could not send: the connection is broken (EPIPE). Rob is connected to ws://server/?name=Rob.',
      )
    })

    it('reports the close code if the server closes meanwhile', async () => {
      await rob.connect()
      here().sending = async () => {
        here().closes(4001, 'Kicked')
        throw new Error('the connection is closing')
      }
      expect(await failureMessage(() => rob.send('Hello'))).to.equal(
        'Rob cannot send: Rob was disconnected by the server with 4001 "Kicked".',
      )
    })

    it('waits until the server has read the message', async () => {
      await rob.connect()
      here().hasUnsent = true
      let hasRead = () => {}
      here().sending = () => new Promise((resolve) => (hasRead = resolve))
      let isSent = false
      const sending = rob.send('Hello').then(() => (isSent = true))
      await turn()
      expect(isSent).to.equal(false)
      hasRead()
      await sending
    })

    it('fails if the server does not read in time', async () => {
      begin({ timeout: 30 })
      await rob.connect()
      here().sending = () => new Promise(() => {})
      here().hasUnsent = true
      const failure = await failureOf(() => rob.send('Hello'))
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.message).to.match(/^Rob could not send.*within 30 ms/)
    }).timeout(2000)

    it('refuses a matcher that cannot be sent', async () => {
      await rob.connect()
      expect(await failureOf(() => rob.send(anyMessage))).to.be.an.instanceOf(UsageError)
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
