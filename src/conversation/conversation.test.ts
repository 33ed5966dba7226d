import { expect } from 'chai'
import { timers, turn } from '../../test/support/event-loop'
import { type FakeServer, startConversation } from '../../test/support/fake-server'
import type { ResolvedSettings } from '../conversation-state/resolved-settings'
import type { Conversation } from './conversation'

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
