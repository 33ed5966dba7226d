import { expect } from 'chai'
import { type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Conversation } from '../conversation/conversation'
import { UsageError } from '../errors'
import { defineProtocol, ownProtocols } from '../protocol/protocol'
import { SpokenProtocols } from './spoken-protocols'

describe('SpokenProtocols', () => {
  let conversation: Conversation
  let server: FakeServer

  beforeEach(() => {
    for (const name of ['loud', 'shy', 'plainest']) {
      defineProtocol({
        name,
        topics: name === 'loud',
        open: ({ send }) => ({ received: () => [], send: (content) => send(`${name} ${content}`) }),
      })
    }
  })

  afterEach(async () => {
    ownProtocols.clear()
    await conversation?.end()
  })

  /** What a client that connects to an address sends. */
  async function sentTo(to: string | undefined, settings: object, name = 'Rob'): Promise<unknown> {
    if (!conversation || conversation.state.isOver) ({ conversation, server } = startConversation(settings))
    const client = conversation.client(name)
    await client.connect(to === undefined ? {} : { to })
    await client.send('Hello')
    return server.connections.at(-1)?.sent[0]
  }

  const SETTINGS = {
    protocol: 'plainest',
    protocols: {
      chat: { name: 'loud', address: '/chat' },
      jobs: { name: 'shy', address: 'ws://jobs:8080/' },
      rpc: 'json-rpc',
      other: { name: 'shy' },
    },
  }

  for (const [to, sent] of [
    [undefined, 'plainest Hello'],
    ['/', 'plainest Hello'],
    ['/chat', 'loud Hello'],
    ['/chat/kitchen?name=Rob', 'loud Hello'],
    ['/chats', 'plainest Hello'],
    ['ws://other/chat', 'loud Hello'],
    ['ws://jobs:8080', 'shy Hello'],
    ['ws://jobs:8080/any', 'shy Hello'],
    ['ws://jobs/', 'plainest Hello'],
  ] as const) {
    it(`speaks that of the address: ${to}`, async () => {
      expect(await sentTo(to, SETTINGS)).to.equal(sent)
    })
  }

  const NESTED = {
    all: { name: 'plainest', address: '/' },
    hub: { name: 'loud', address: '/hub' },
    chat: { name: 'shy', address: '/hub/chat/' },
    jobs: { name: 'plainest', address: 'ws://jobs/hub/' },
  }

  for (const order of [Object.entries(NESTED), Object.entries(NESTED).reverse()]) {
    for (const [to, sent] of [
      ['/', 'plainest Hello'],
      ['/hub', 'loud Hello'],
      ['/hub/chats', 'loud Hello'],
      ['/hub/chat', 'shy Hello'],
      ['/hub/chat/kitchen', 'shy Hello'],
      ['ws://jobs/hub', 'plainest Hello'],
      ['ws://jobs/hub/chat', 'shy Hello'],
    ] as const) {
      it(`speaks that of the address that says most, in whichever order: ${to}, ${order[0]?.[0]} first`, async () => {
        expect(await sentTo(to, { protocols: Object.fromEntries(order) })).to.equal(sent)
      })
    }
  }

  it('speaks that of a sentence everywhere', async () => {
    expect(await sentTo('/chat', SETTINGS)).to.equal('loud Hello')
    conversation.setProtocol('shy')
    expect(await sentTo('/chat', SETTINGS, 'Ann')).to.equal('shy Hello')
  })

  it('speaks none without any', async () => {
    expect(await sentTo('/chat', {})).to.equal('Hello')
  })

  it('lacks topics if none of them has any', () => {
    ;({ conversation } = startConversation(SETTINGS))
    const lack = (settings: object) => {
      const transports = {
        openConnection: () => ({}) as never,
        speaking: (conversation.state as never as { transports: { speaking: never } }).transports.speaking,
      }
      return new SpokenProtocols({ settings: { protocol: undefined, protocols: {}, ...settings }, ...transports }).lack(
        'topics',
      )
    }
    expect(lack(SETTINGS)).to.equal(undefined)
    expect(lack({ protocol: 'shy' })).to.equal('the protocol shy has no topics')
    expect(lack({})).to.contain('without a protocol messages have no topics')
  })

  it('has the topics of the first protocol that knows them', () => {
    const knows = (name: string, ...topics: string[]) =>
      defineProtocol({
        name,
        open: () => ({ received: () => [] }),
        topicOf(topic) {
          if (topics.includes(topic)) return `${name}: ${topic}`
          throw new UsageError(`${name} does not know it`)
        },
      })
    knows('one', 'a')
    knows('two', 'a', 'b')
    const protocols = { shy: { name: 'shy', address: '/shy' }, one: { name: 'one', address: '/one' } }
    ;({ conversation } = startConversation({ protocol: 'two', protocols }))
    expect(['a', 'b'].map((topic) => conversation.state.protocols.topicOf(topic))).to.deep.equal(['one: a', 'two: b'])
    expect(() => conversation.state.protocols.topicOf('c')).to.throw(UsageError, 'one does not know it')
    expect(startConversation({ protocol: 'shy' }).conversation.state.protocols.topicOf('a')).to.equal('a')
    for (const result of [7, undefined]) {
      defineProtocol({ name: `says ${result}`, open: () => ({ received: () => [] }), topicOf: () => result as never })
      const { protocols } = startConversation({ protocol: `says ${result}` }).conversation.state
      expect(() => protocols.topicOf('a')).to.throw(
        UsageError,
        `The function topicOf of the protocol says ${result} should say a text, not ${result}.`,
      )
    }
  })

  it('refuses an address of what is spoken everywhere', () => {
    const protocol = { name: 'loud', address: '/chat' }
    const problem = 'A protocol with an "address" stands in the setting "protocols"'
    expect(() => startConversation({ protocol })).to.throw(UsageError, problem)
    ;({ conversation } = startConversation({}))
    expect(() => conversation.setProtocol(protocol)).to.throw(UsageError, problem)
  })

  it('refuses an address that is not valid', () => {
    const none = ['/v/${client}', 'ws://${host}/v', '/q?k=1', 'ws://server/?k', '/a#b', 'ws://a b/', 'ws://server:x']
    for (const address of ['chat', 7, 'http://server', 'ws://', ...none]) {
      expect(() => startConversation({ protocols: { chat: { name: 'loud', address } } } as object)).to.throw(
        UsageError,
        'The "address" of the protocol "chat" should be a path such as "/chat", or an address such as ' +
          '"ws://localhost:8080/chat", without variables, a query or a fragment.',
      )
    }
  })
})
