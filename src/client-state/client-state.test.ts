import { expect } from 'chai'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import type { ResolvedSettings } from '../conversation-state/resolved-settings'
import { silence } from '../expectations/expect-silence'
import { anyMessage } from '../matching/matcher'

describe('ClientState', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin())

  describe('record', () => {
    it('records all events of the connection in their order', async () => {
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

    it('records events without details', async () => {
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

    it('records silence, with how long it was watched for', async () => {
      begin({ quiet: 1 })
      await rob.connect()
      here().sends('Hi')
      await rob.receives('Hi')
      await rob.doesNotReceive('Hello')
      await rob.doesNotReceive('receive')
      await rob.expect(silence(anyMessage), { within: '2 ms' })
      const silences = conversation.transcript.entries.slice(2).map(({ kind, detail }) => `${kind} ${detail}`)
      expect(silences).to.deep.equal([
        'hears no "Hello" for 1 ms',
        'hears no "receive" for 1 ms',
        'hears nothing else for 2 ms',
      ])
    })

    it('learns the secrets of the reason for closing, and of the protocols', async () => {
      const protocols = { chat: { name: 'socket.io', auth: { token: 'hunter2' } } }
      begin({ redact: ['$.token'], protocols })
      await rob.connect()
      here().closes(4000, '{"token":"hunter3"}')
      conversation.setProtocol({ name: 'graphql-ws', payload: { token: 'hunter4' } })
      expect(conversation.state.secrets.hide('hunter2, hunter3, hunter4')).to.equal(
        '[redacted], [redacted], [redacted]',
      )
      expect(conversation.transcript.entries.at(-1)?.detail).to.equal('with 4000 "{"token":"[redacted]"}"')
      await conversation.end()
    })

    it('learns the secrets of the handshake', async () => {
      begin({ redact: ['header:sec-websocket-protocol', 'header:x-key'] })
      await rob.connect({ headers: { 'X-Key': 'hunter2' }, subprotocols: ['chat', 'hunter3'] })
      expect(conversation.state.secrets.hide('hunter2, hunter3 and chat')).to.equal(
        '[redacted], [redacted] and [redacted]',
      )
      await conversation.end()
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
