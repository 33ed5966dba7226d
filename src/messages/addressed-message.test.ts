import { expect } from 'chai'
import { expectFailure, failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import { messageContext } from '../../test/support/message-context'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { UsageError } from '../errors'
import { atMost } from '../expectations/expect-count'
import { Message } from '../inbox/message'
import { anyMessage } from '../matching/matcher'
import { defineProtocol, ownProtocols, type Protocol } from '../protocol/protocol'
import { namedEvent, onTopic } from './addressed-message'
import { parseCell, parseMessage } from './parse-message'

describe('Addressed messages', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  /** A protocol of `TOPIC|EVENT|TEXT`. */
  async function speak(protocol: Partial<Protocol> = {}): Promise<void> {
    defineProtocol({
      name: 'test',
      open: ({ send }) => ({
        received(frame) {
          const [topic, name, content = ''] = String(frame).split('|')
          return [{ ...(topic && { topic }), ...(name && { event: name }), content }]
        },
        publish: (topic, content) => send(`${topic}||${content}`),
        emit: (name, content = '(nothing)', topic = '') => send(`${topic}|${name}|${content}`),
      }),
      ...protocol,
    })
    ;({ conversation, server } = startConversation({ protocol: 'test', quiet: 1, timeout: 20 }))
    conversation.variables.set('topic', 'news')
    rob = conversation.client('Rob')
    await rob.connect()
  }

  afterEach(async () => {
    ownProtocols.clear()
    await conversation.end()
  })

  const here = (): FakeConnection => server.to('Rob')

  describe('are sent', () => {
    beforeEach(() => speak())

    for (const [source, frame] of [
      ['"Hello" on "${topic}"', 'news||Hello'],
      ['the event "chat" with "Hello"', '|chat|Hello'],
      ['the event "chat" with {"a": 1}', '|chat|{"a": 1}'],
      ['the event "chat"', '|chat|(nothing)'],
      ['the event "chat" with "Hello" on "news"', 'news|chat|Hello'],
      ['the event "chat" on "news"', 'news|chat|(nothing)'],
    ] as const) {
      it(source, async () => {
        await rob.send(parseMessage(source))
        expect(here().sent).to.deep.equal([frame])
        expect(parseMessage(source).describe()).to.equal(source)
      })
    }

    it('and the transcript says where to', async () => {
      await rob.send(onTopic('news', 'Hello'))
      await rob.send(namedEvent('chat', onTopic('news', 'Hello')))
      const sent = conversation.transcript.entries.filter(({ kind }) => kind === 'sends')
      expect(sent.map(({ details }) => details)).to.deep.equal([{ topic: 'news' }, { topic: 'news', event: 'chat' }])
    })

    it('by a reaction, too', async () => {
      rob.when(namedEvent('who')).send(onTopic('news', 'Rob'))
      here().sends('|who|')
      await conversation.settle()
      expect(here().sent).to.deep.equal(['news||Rob'])
    })
  })

  describe('are expected', () => {
    beforeEach(() => speak())

    it('with their topic or event', async () => {
      here().sends('sports||Hello', 'news||Hello', '|chat|Hello')
      expect((await rob.receives(onTopic('${topic}', 'Hello'))).number).to.equal(2)
      expect((await rob.receives(parseCell('the event "chat" with "Hello"'))).number).to.equal(3)
    })

    it('as an event whatever its content is', async () => {
      here().sends('|chat|anything')
      await rob.receives(namedEvent('chat'))
    })

    it('and a failure shows the topic of the closest one', async () => {
      here().sends('sports||Hello')
      const failure = await expectFailure(
        () => rob.receives(onTopic('news', 'Hello')),
        'Rob did not receive "Hello" on "news" within 20 ms.',
        'The only unread message is',
        '  1  +0 ms  on sports: Hello',
        'Rob is connected to ws://server/?name=Rob.',
      )
      expect([failure.expected, failure.actual]).to.deep.equal([{ topic: 'news' }, { topic: 'sports' }])
    })

    it('and a failure compares the content of one on the topic', async () => {
      here().sends('news||{"a":1}')
      const failure = await expectFailure(
        () => rob.receives(onTopic('news', { a: 2 })),
        'Rob did not receive {"a":2} on "news" within 20 ms.',
        'The only unread message is',
        '  1  +0 ms  on news: {"a":1}',
        'Rob is connected to ws://server/?name=Rob.',
      )
      expect([failure.expected, failure.actual]).to.deep.equal([{ a: 2 }, { a: 1 }])
    })

    it('by a matcher that compares nothing', async () => {
      const short = { describe: () => 'a short one', accepts: ({ text = '' }) => text.length < 3 }
      here().sends('news||Hello', 'news||Hi')
      expect((await rob.receives(onTopic('news', short))).number).to.equal(2)
      expect(await failureMessage(() => rob.receives(onTopic('sports', short)))).to.contain(
        'did not receive a short one on "sports"',
      )
    })

    it('in silence, where the same content on another topic does not count', async () => {
      here().sends('sports||Hello')
      await rob.doesNotReceive(onTopic('news', 'Hello'))
      here().sends('news||Hello')
      expect(await failureMessage(() => rob.doesNotReceive(onTopic('news', 'Hello')))).to.contain(
        'should not receive "Hello" on "news"',
      )
    })

    it('in silence, in bytes as well', async () => {
      await conversation.end()
      await speak({ open: () => ({ received: (frame) => [{ topic: 'news', content: Buffer.from(frame) }] }) })
      here().sends('Hello')
      expect(await failureMessage(() => rob.doesNotReceive(onTopic('news', 'Hello')))).to.contain(
        'should not receive "Hello" on "news"',
      )
    })

    it('in silence without the template', async () => {
      conversation.phrases.received = { message: '${phrase}' }
      here().sends('sports||Hello', 'news||Hello')
      await rob.doesNotReceive(onTopic('weather', 'Hello'))
      expect(await failureMessage(() => rob.doesNotReceive(onTopic('news', 'Hello')))).to.contain(
        'should not receive "Hello" on "news"',
      )
    })

    it('and a failure compares one that has none', async () => {
      here().sends('||Hello')
      const failure = await failureOf(() => rob.receives(onTopic('news', 'Hello')))
      expect([failure.expected, failure.actual]).to.deep.equal([{ topic: 'news' }, { topic: undefined }])
    })

    it('so often', async () => {
      here().sends('news||Hello', 'sports||Hello')
      await rob.expect(atMost(rob.matcher(onTopic('news', 'Hello')), 1))
      await rob.expect(atMost(rob.matcher(onTopic('news', anyMessage)), 1))
    })
  })

  describe('are refused', () => {
    it('where nothing is known of protocols', () => {
      const matcher = onTopic('news', 'Hello').toMatcher(messageContext())
      expect(matcher.accepts(new Message(1, 0, 'Hello', 'Rob', '', { topic: 'news' }))).to.equal(true)
    })

    it('where there is no protocol', async () => {
      ;({ conversation, server } = startConversation())
      rob = conversation.client('Rob')
      await rob.connect()
      const why = 'set "protocol" in worldParameters.websocket, or write: the server speaks "…".'
      for (const [act, words] of [
        [
          () => rob.send(onTopic('news', 'Hello')),
          '"Hello" on "news" cannot be said: without a protocol messages have no topics',
        ],
        [
          () => rob.receives(namedEvent('chat')),
          'the event "chat" cannot be said: without a protocol messages have no events',
        ],
        [async () => rob.matcher(onTopic('news', namedEvent('chat'))), 'without a protocol messages have no'],
      ] as const) {
        expect(await failureMessage(act))
          .to.contain(words)
          .and.to.contain(why)
      }
      expect(here().sent).to.deep.equal([])
    })

    it('where the protocol has none', async () => {
      await speak({ topics: false, events: false })
      await expectFailure(
        () => rob.receives(onTopic('news', 'Hello')),
        '"Hello" on "news" cannot be said: the protocol test has no topics.',
      )
      await expectFailure(
        () => rob.send(namedEvent('chat')),
        'the event "chat" cannot be said: the protocol test has no events.',
      )
    })

    it('by the protocol that the client has spoken last, whatever others speak', async () => {
      await speak({ topics: false })
      defineProtocol({ name: 'topical', open: () => ({ received: () => [] }) })
      conversation.setProtocol('topical')
      await expectFailure(
        () => rob.receives(onTopic('news', 'Hello')),
        '"Hello" on "news" cannot be said: the protocol test has no topics.',
      )
      await rob.disconnect()
      await expectFailure(
        () => rob.receives(onTopic('news', 'Hello')),
        '"Hello" on "news" cannot be said: the protocol test has no topics.',
      )
      await rob.connect()
      expect(rob.matcher(onTopic('news', 'Hello')).describe()).to.equal('"Hello" on "news"')
    })

    it('unless a client that has not connected may speak one that has', async () => {
      await speak({ topics: false })
      defineProtocol({ name: 'topical', open: () => ({ received: () => [] }) })
      conversation.setProtocol('topical')
      expect(conversation.client('Ann').matcher(onTopic('news', 'Hello')).describe()).to.equal('"Hello" on "news"')
    })

    it('of a client without a protocol, beside others that have one', async () => {
      const protocols = { topical: { name: 'plain', address: '/topical' } }
      ;({ conversation, server } = startConversation({ protocols }))
      rob = conversation.client('Rob')
      await rob.connect()
      const matcher = await failureMessage(async () => rob.matcher(onTopic('news', 'Hello')))
      expect(matcher).to.contain('cannot be said: without a protocol messages have no topics')
    })

    it('as its options name the topics, with their variables as they were when it connected', async () => {
      const topicOf: Protocol['topicOf'] = (topic, { lobby }) => (topic === lobby ? 'the lobby' : topic)
      const open: Protocol['open'] = () => ({ received: (frame) => [{ content: String(frame), topic: 'the lobby' }] })
      defineProtocol({ name: 'test', topicOf, open })
      ;({ conversation, server } = startConversation({ protocol: { name: 'test', lobby: '${client} ${room}' } }))
      rob = conversation.client('Rob')
      expect(rob.matcher(onTopic('Rob 1', 'a')).describe()).to.equal('"a" on "Rob 1"')
      conversation.variables.set('room', '1')
      rob.when(onTopic('Rob 1', 'Hi')).disconnect()
      await rob.connect()
      conversation.variables.set('room', '2')
      here().sends('Hello', 'Hi')
      await rob.receives(onTopic('Rob 1', 'Hello'))
      await conversation.settle()
      expect(rob.state.connection.isOpen).to.equal(false)
    })

    it('where the protocol does not send them', async () => {
      await speak({ open: () => ({ received: () => [] }) })
      await expectFailure(() => rob.send(onTopic('news', 'Hello')), 'Rob cannot send: the protocol test has no topics.')
      await expectFailure(
        () => rob.send(namedEvent('chat', 'Hello')),
        'Rob cannot send: the protocol test has no events.',
      )
    })

    it('without a name', async () => {
      await speak()
      for (const act of [() => onTopic(' ', 'Hello'), () => namedEvent('')])
        expect(act).to.throw(UsageError, 'a text with something in it')
    })
  })
})
