import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { UsageError } from '../errors'
import { silence } from '../expectations/expect-silence'
import { namedEvent, onTopic } from '../messages/addressed-message'
import { bytes } from '../messages/binary-message'
import { json } from '../messages/json-message'

const CHAT = '{"channel":"ChatChannel"}'

describe('Action Cable', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin({}))
  afterEach(() => conversation.end())

  function begin(options: object): void {
    ;({ conversation, server } = startConversation({ protocol: { name: 'actioncable', ...options } }))
    rob = conversation.client('Rob')
  }

  const here = (): FakeConnection => server.to('Rob')
  const says = (message: object): void => here().sends(JSON.stringify(message))
  const confirms = (identifier: string): void => says({ identifier, type: 'confirm_subscription' })
  const rejects = (identifier: string): void => says({ identifier, type: 'reject_subscription' })
  const sent = () => here().sent.map((frame) => JSON.parse(String(frame)))
  const contents = () => rob.state.inbox.messages.map(({ detail, details }) => [detail, details])

  async function connect(): Promise<void> {
    const connecting = rob.connect()
    await turn()
    says({ type: 'welcome' })
    await connecting
  }

  async function subscribe(topic: string, identifier = CHAT): Promise<void> {
    const subscribed = rob.subscribe(topic)
    confirms(identifier)
    await subscribed
  }

  describe('connects', () => {
    it('when the server has welcomed it', async () => {
      await connect()
      expect(here().sent).to.deep.equal([])
      expect(here().target.subprotocols).to.deep.equal(['actioncable-v1-json'])
    })

    it('and receives no event but one', async () => {
      await connect()
      expect(await failureMessage(() => rob.receives(namedEvent('speak')))).to.equal(
        'the event "speak" cannot be received: the protocol actioncable has no event of this name: it has disconnect.',
      )
    })

    it('once', async () => {
      await connect()
      says({ type: 'welcome' })
      expect(contents()[0]?.[1]).to.have.property('problem').that.contains('has welcomed the client before')
    })

    it('unless the server disconnects it before', async () => {
      const failure = failureMessage(() => rob.connect())
      await turn()
      says({ type: 'disconnect', reason: 'unauthorized', reconnect: false })
      expect(await failure).to.equal('Rob was refused by ws://server/?name=Rob: "unauthorized".')
    })

    describe('once it is subscribed to what the settings say', () => {
      let connecting: Promise<void>

      beforeEach(async () => {
        begin({ subscribe: ['ChatChannel', 'news', 'news'], channels: { news: { channel: 'NewsChannel', page: 1 } } })
        connecting = rob.connect()
        connecting.catch(() => {})
        await turn()
        says({ type: 'welcome' })
      })

      it('', async () => {
        const news = '{"channel":"NewsChannel","page":1}'
        expect(sent()).to.deep.equal([
          { command: 'subscribe', identifier: CHAT },
          { command: 'subscribe', identifier: news },
        ])
        confirms(news)
        expect(rob.state.connection.isOpen).to.equal(false)
        confirms(CHAT)
        await connecting
      })

      it('and not if one rejects it', async () => {
        rejects(CHAT)
        expect(await failureMessage(() => connecting)).to.contain(
          'Rob was refused by ws://server/?name=Rob: "ChatChannel: the server rejects the subscription".',
        )
      })

      it('and not if the server disconnects it meanwhile', async () => {
        says({ type: 'disconnect', reason: 'server_restart' })
        expect(await failureMessage(() => connecting)).to.contain('"server_restart"')
      })
    })
  })

  describe('subscribes', () => {
    beforeEach(async () => {
      begin({ channels: { lobby: { channel: 'ChatChannel', room: 'lobby' } } })
      await connect()
    })

    it('to a channel, to one that the settings name, and to one that is written with its parameters', async () => {
      await subscribe('ChatChannel')
      await subscribe('lobby', '{"channel":"ChatChannel","room":"lobby"}')
      const kitchen = '{"channel": "ChatChannel", "id": 9007199254740993}'
      await subscribe(kitchen, kitchen)
      expect(sent().map(({ identifier }) => identifier)).to.deep.equal([
        CHAT,
        '{"channel":"ChatChannel","room":"lobby"}',
        kitchen,
      ])
    })

    it('to a channel whose parameters stand in another order', async () => {
      await subscribe('{"room":1,"channel":"ChatChannel"}', '{"room":1,"channel":"ChatChannel"}')
      says({ identifier: '{"room":1,"channel":"ChatChannel"}', message: 'Hello' })
      await rob.receives(onTopic('{"channel":"ChatChannel","room":1}', 'Hello'))
    })

    it('to one whose name in the settings is that of another channel', async () => {
      begin({ channels: { ChatChannel: { channel: 'Other' }, second: { channel: 'Other' } } })
      await connect()
      await subscribe(CHAT)
      await subscribe('second', '{"channel":"Other"}')
      says({ identifier: CHAT, message: 'Hello' })
      says({ identifier: '{"channel":"Other"}', message: 'Hi' })
      expect(contents()).to.deep.equal([
        ['Hello', { topic: CHAT }],
        ['Hi', { topic: 'ChatChannel' }],
      ])
      await rob.expect(silence(rob.matcher(onTopic('ChatChannel', 'Hello'))))
      await rob.receives(onTopic('second', 'Hi'))
    })

    it('to one with variables', async () => {
      begin({ channels: { own: { channel: 'ChatChannel', room: '${client}' } } })
      await connect()
      await subscribe('own', '{"channel":"ChatChannel","room":"Rob"}')
      says({ identifier: '{"channel":"ChatChannel","room":"Rob"}', message: 'Hello' })
      await rob.receives(onTopic('{"channel":"ChatChannel","room":"Rob"}', 'Hello'))
    })

    it('to the same channel, however it is written', async () => {
      const lobby = '{"room": "lobby", "channel": "ChatChannel"}'
      await subscribe(lobby, lobby)
      says({ identifier: lobby, message: 'Hello' })
      for (const topic of ['lobby', lobby, '{"channel":"ChatChannel","room":"lobby"}']) {
        expect(await failureMessage(() => rob.expect(silence(rob.matcher(onTopic(topic, 'Hello')))))).to.contain(
          'Hello',
        )
      }
      await subscribe('{"channel": "ChatChannel"}', '{"channel": "ChatChannel"}')
      says({ identifier: '{"channel": "ChatChannel"}', message: 'Hi' })
      await rob.receives(onTopic('ChatChannel', 'Hi'))
      for (const [topic, problem] of [
        ['{"room": 1}', 'it says no channel: write {"channel": "ChatChannel", "room": 1}.'],
        ['{"channel"', "Expected ':'"],
      ] as const) {
        expect(() => rob.matcher(onTopic(topic, 'Hello'))).to.throw(UsageError, problem)
      }
    })

    it('or is rejected', async () => {
      const failure = failureMessage(() => rob.subscribe('ChatChannel'))
      rejects(CHAT)
      expect(await failure).to.contain('Rob could not subscribe to "ChatChannel": the server rejects the subscription')
      await subscribe('ChatChannel')
    })

    it('once', async () => {
      await subscribe('ChatChannel')
      expect(await failureMessage(() => rob.subscribe('ChatChannel'))).to.contain('it has subscribed to it before')
    })

    it('to nothing without a channel', async () => {
      expect(await failureMessage(() => rob.subscribe('{"room":1}'))).to.contain(
        'it says no channel: write {"channel": "ChatChannel", "room": 1}',
      )
    })

    it('until it unsubscribes', async () => {
      await subscribe('ChatChannel')
      await rob.unsubscribe('ChatChannel')
      expect(sent().at(-1)).to.deep.equal({ command: 'unsubscribe', identifier: CHAT })
      expect(await failureMessage(() => rob.unsubscribe('ChatChannel'))).to.contain('it has not subscribed to it')
    })
  })

  describe('receives', () => {
    beforeEach(connect)

    it('what a channel transmits, by the name that the client knows it by', async () => {
      await subscribe('ChatChannel')
      says({ identifier: CHAT, message: { text: 'Hello' } })
      says({ identifier: CHAT, message: 'Hello' })
      says({ identifier: CHAT, message: null })
      here().sends(JSON.stringify({ identifier: CHAT, message: 0 }).replace('0', '9007199254740993'))
      expect(contents()).to.deep.equal([
        ['{"text":"Hello"}', { topic: 'ChatChannel' }],
        ['Hello', { topic: 'ChatChannel' }],
        ['null', { topic: 'ChatChannel' }],
        ['9007199254740993', { topic: 'ChatChannel' }],
      ])
    })

    it('what comes before a subscription is confirmed, and after it has ended, which Rails does not confirm', async () => {
      const subscribed = rob.subscribe('ChatChannel')
      says({ identifier: CHAT, message: 1 })
      confirms(CHAT)
      await subscribed
      await rob.unsubscribe('ChatChannel')
      says({ identifier: CHAT, message: 2 })
      expect(contents()).to.deep.equal(['1', '2'].map((content) => [content, { topic: 'ChatChannel' }]))
    })

    it('nothing of a channel that the client has not subscribed to, or may not', async () => {
      const failure = failureMessage(() => rob.subscribe('ChatChannel'))
      rejects(CHAT)
      await failure
      says({ identifier: CHAT, message: 1 })
      says({ identifier: 'Other', message: 1 })
      expect(rob.state.inbox.messages.map(({ details }) => details.problem)).to.deep.equal(
        Array(2).fill(
          'The function received of the protocol actioncable failed: it is of a channel that the client has not subscribed to',
        ),
      )
    })

    it('no pings', () => {
      says({ type: 'ping', message: 1795969647 })
      expect(contents()).to.deep.equal([])
    })

    it('why the server ends the conversation', async () => {
      await subscribe('ChatChannel')
      says({ type: 'disconnect', reason: 'server_restart', reconnect: true })
      says({ identifier: CHAT, message: 'Hello' })
      expect(contents()).to.deep.equal([
        ['server_restart', { event: 'disconnect' }],
        ['Hello', { problem: 'the server has ended the conversation before' }],
      ])
      expect(here().closeFrame).to.deep.equal({})
    })

    for (const [reason, isError] of [
      ['unauthorized', true],
      ['invalid_request', true],
      ['remote', false],
      ['', true],
      [null, true],
      [undefined, true],
    ] as const) {
      it(`that the server ends the conversation ${isError ? 'for an error' : 'without an error'}: ${reason}`, async () => {
        says({ type: 'disconnect', reason, reconnect: false })
        await turn()
        const content = reason === undefined ? '' : String(reason)
        expect(contents()).to.deep.equal([[content, { event: 'disconnect', ...(isError && { isError }) }]])
        const failure = failureMessage(() => rob.expectConnected())
        const told = isError ? `: "${content || 'no reason is given'}".` : ' without a close code (1005).'
        expect(await failure)
          .to.contain(`Rob was disconnected by the server`)
          .and.to.contain(told)
        await rob.expectDisconnected()
      })
    }

    it('what it cannot read, and why', () => {
      here().sends(
        'Hello',
        '[]',
        '{"message":1}',
        '{"identifier":"x"}',
        '{"type":"goodbye"}',
        '{"type":"confirm_subscription","identifier":"x"}',
        '{"type":"reject_subscription"}',
        '{"type":"ping","type":"ping"}',
        Buffer.from('{"type":"ping"}'),
      )
      const problems = rob.state.inbox.messages.map(({ details }) => details.problem)
      for (const [at, problem] of [
        'Unexpected token',
        'it is not a JSON object',
        'it has neither a type nor an identifier',
        'it has neither a type nor a message',
        'its type is not known',
        'the client does not wait for it',
        'the client does not wait for it',
        'the member "type" twice',
        'it is binary, and the protocol has texts alone',
      ].entries())
        expect(problems[at]).to.contain(problem)
    })
  })

  describe('sends', () => {
    const data = () => here().sent.map((frame) => JSON.parse(String(frame)).data)

    beforeEach(connect)

    it('to the channel that was subscribed to last, or to the one that is named', async () => {
      await subscribe('ChatChannel')
      await subscribe('NewsChannel', '{"channel":"NewsChannel"}')
      const waiting = failureMessage(() => rob.subscribe('OtherChannel'))
      await rob.send('Hello')
      await rob.send(onTopic('ChatChannel', json('{"id": 9007199254740993}')))
      await rob.send(namedEvent('wave'))
      await rob.send(onTopic('ChatChannel', namedEvent('say', { text: 'Hello', action: 'shout' })))
      expect(
        sent()
          .slice(3)
          .map(({ command, identifier }) => [command, identifier]),
      ).to.deep.equal([
        ['message', '{"channel":"NewsChannel"}'],
        ['message', CHAT],
        ['message', '{"channel":"NewsChannel"}'],
        ['message', CHAT],
      ])
      expect(data().slice(3)).to.deep.equal([
        '"Hello"',
        '{"id":9007199254740993}',
        '{"action":"wave"}',
        '{"text":"Hello","action":"say"}',
      ])
      here().closes(1000)
      expect(await waiting).to.contain('Rob cannot subscribe to "OtherChannel"')
    })

    it('nothing without a subscription, no bytes, and actions with objects alone', async () => {
      expect(await failureMessage(() => rob.send('Hello'))).to.contain(
        "it has not subscribed to a channel: subscribe to one before, or write protocol: { name: 'actioncable', subscribe: ['ChatChannel'] }",
      )
      await subscribe('ChatChannel')
      expect(await failureMessage(() => rob.send(bytes('01')))).to.contain('it has no place for bytes')
      expect(await failureMessage(() => rob.send(namedEvent('say', 'Hello')))).to.contain(
        'the data of an action is an object, such as {"text": "Hello"}',
      )
    })
  })

  it('has no other options', async () => {
    begin({ channels: { lobby: { room: 1 } } })
    expect(await failureMessage(() => rob.connect())).to.contain(
      'The option channels of the protocol actioncable should be an object of channels by their names',
    )
    for (const [topic, problem] of [
      ['{"room": 1}', 'it says no channel: write {"channel": "ChatChannel", "room": 1}.'],
      ['{"channel"', ''],
    ] as const) {
      begin({ subscribe: [topic] })
      expect(await failureMessage(() => rob.connect()))
        .to.contain('The option subscribe of the protocol actioncable has "{')
        .and.to.contain(problem)
    }
    begin({ channel: 'ChatChannel' })
    expect(await failureMessage(() => rob.connect())).to.contain('Did you mean channels?')
  })
})
