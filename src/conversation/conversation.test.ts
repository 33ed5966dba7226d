import { expect } from 'chai'
import { timers, turn } from '../../test/support/event-loop'
import { failureOf } from '../../test/support/failures'
import { type FakeServer, startConversation } from '../../test/support/fake-server'
import { ConnectionError, UsageError } from '../errors'
import type { Conversation } from './conversation'
import type { ResolvedSettings } from './resolved-settings'

describe('Conversation', () => {
  let conversation: Conversation
  let server: FakeServer

  beforeEach(() => start())

  describe('beginSentence', () => {
    it('keeps the sentence, and records it', () => {
      const sentence = { text: 'Ann connects', location: 'features/chat.feature:3', mediaType: 'json' }
      conversation.beginSentence(sentence)
      expect(conversation.sentence).to.equal(sentence)
      expect(conversation.transcript.entries.map(({ kind, client, detail }) => [kind, client, detail])).to.deep.equal([
        ['sentence', '', 'Ann connects'],
      ])
    })

    it('makes pronouns mean the clients that the last sentence named', () => {
      conversation.beginSentence({ text: 'Ann connects', location: '' })
      conversation.clients.resolveAll('Ann')
      conversation.beginSentence({ text: 'she sends "Hello"', location: '' })
      expect(conversation.clients.resolve('she').name).to.equal('Ann')
    })
  })

  describe('setServerUrl', () => {
    it('is optional: the settings have an address', async () => {
      await conversation.client('Ann').connect()
      expect(server.connections[0]?.target.url).to.equal('ws://server/?name=Ann')
    })

    it('changes the address for later connections', async () => {
      await conversation.client('Ann').connect()
      conversation.setServerUrl('ws://other/${client}')
      await conversation.client('Bob').connect()
      expect(server.connections.map(({ target }) => target.url)).to.deep.equal([
        'ws://server/?name=Ann',
        'ws://other/Bob',
      ])
    })
  })

  describe('phrases', () => {
    it('have the templates of the settings, and change for this conversation alone', () => {
      const settings = { sent: 'a ${phrase}', received: 'b ${phrase}' }
      start({ phrases: settings })
      conversation.phrases.sent = 'c ${phrase}'
      expect(settings.sent).to.equal('a ${phrase}')
      expect(conversation.phrases).to.deep.equal({ sent: 'c ${phrase}', received: 'b ${phrase}' })
    })
  })

  describe('connectGroup', () => {
    it('waits until every member is connected', async () => {
      await conversation.connectGroup('listeners', 3)
      expect(server.connections.map(({ target }) => target.url)).to.deep.equal([
        'ws://server/?name=listener-1',
        'ws://server/?name=listener-2',
        'ws://server/?name=listener-3',
      ])
      for (const listener of conversation.clients.introduced) await listener.expectConnected()
    })

    it('connects at most a hundred members at a time', async () => {
      server.onConnection = () => {}
      const connected = conversation.connectGroup('listeners', 150)
      await turn()
      expect(server.connections).to.have.length(100)
      server.connections[42]?.accepts()
      await turn()
      expect(server.connections).to.have.length(101)
      server.onConnection = (connection) => connection.accepts()
      for (const connection of [...server.connections]) connection.accepts()
      await connected
      expect(server.connections).to.have.length(150)
    })

    it('fails if one member is refused', async () => {
      server.onConnection = (connection) => {
        if (connection.target.url.endsWith('listener-2')) connection.refuses(503, 'Too many')
        else connection.accepts()
      }
      const failure = await failureOf(() => conversation.connectGroup('listeners', 3))
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.message).to.equal(
        'listener-2 was refused by ws://server/?name=listener-2 with status 503 Too many.',
      )
    })

    it('starts no more connections after a refusal', async () => {
      server.onConnection = (connection) => {
        if (connection.target.url.endsWith('listener-1')) connection.refuses(503)
      }
      const failed = failureOf(() => conversation.connectGroup('listeners', 150))
      await turn()
      for (const connection of server.connections.slice(1)) connection.accepts()
      await failed
      await turn()
      expect(server.connections).to.have.length(100)
    })

    it('starts no more connections after the end', async () => {
      server.onConnection = () => {}
      const connected = failureOf(() => conversation.connectGroup('listeners', 150))
      await turn()
      await conversation.end()
      await connected
      await turn()
      expect(server.connections).to.have.length(100)
      expect(server.connections.every(({ wasTerminated }) => wasTerminated)).to.equal(true)
    })

    it('connects a group of one', async () => {
      await conversation.connectGroup('listeners', 1)
      expect(server.connections).to.have.length(1)
    })

    for (const [count, advice] of [
      [0, '1 or more'],
      [-1, '1 or more'],
      [65_536, '65535 or less, as a machine has no more ports to connect from'],
      [300_000_000, '65535 or less, as a machine has no more ports to connect from'],
    ] as const) {
      it(`refuses a group of ${count}`, async () => {
        const failure = await failureOf(() => conversation.connectGroup('listeners', count))
        expect(failure).to.be.an.instanceOf(UsageError)
        expect(failure.message).to.equal(`A group cannot have ${count} listeners: write ${advice}.`)
      })
    }
  })

  describe('pause', () => {
    it('ends after its time', () => conversation.pause(1))

    it('ends with the conversation, and leaves no timer', async () => {
      await turn()
      const before = timers()
      const pause = conversation.pause(5000)
      expect(timers()).to.equal(before + 1)
      await conversation.end()
      await pause
      expect(timers()).to.equal(before)
    })
  })

  function start(changes: Partial<ResolvedSettings> = {}): void {
    ;({ conversation, server } = startConversation(changes))
  }
})
