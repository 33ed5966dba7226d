import { expect } from 'chai'
import { failureMessage } from '../../test/support/failures'
import { type FakeServer, resolvedSettings, startConversation, transportsOf } from '../../test/support/fake-server'
import { Conversation } from '../conversation/conversation'
import { UsageError } from '../errors'
import type { HttpRequest } from '../http/send-request'
import type { Matcher } from '../matching/matcher'
import { json } from '../messages/json-message'
import { containing } from '../messages/phrase-message'
import { messageWith } from '../messages/table-message'
import type { Client } from './client'
import type { ReactionBuilder } from './reaction-builder'

const SHORT = 1

describe('ReactionBuilder', () => {
  let conversation: Conversation
  let server: FakeServer
  let ann: Client

  beforeEach(async () => {
    ;({ conversation, server } = startConversation())
    ann = conversation.client('Ann')
    await ann.connect()
  })

  describe('send', () => {
    it('fills in the received message, whole or in part', async () => {
      ann.when({ type: 'order' }).send({ type: 'receipt', order: '${received}', id: '${received.id}' })
      server.to('Ann').sends('{"type":"order","id":7}')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['{"type":"receipt","order":{"type":"order","id":7},"id":7}'])
    })

    it('fills in a received text', async () => {
      ann.when('Hello').send('You said ${received}, ${client}')
      server.to('Ann').sends('Hello')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['You said Hello, Ann'])
    })

    it('sends later if `after` says so', async () => {
      ann.when('Hello').send('Hi', { after: SHORT })
      server.to('Ann').sends('Hello')
      expect(sent('Ann')).to.deep.equal([])
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi'])
    })

    it('sends several times', async () => {
      ann.when('Hello').send('Hi', { times: 2 })
      ann.whenever('Bye').send('Bye', { times: 2, after: SHORT })
      expect(waiting()).to.deep.equal(['when Ann receives "Hello" Ann sends "Hi" 2 times'])
      server.to('Ann').sends('Hello', 'Bye')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi', 'Hi', 'Bye', 'Bye'])
      expect(() => ann.when('Hello').send('Hi', { times: 0 })).to.throw(
        UsageError,
        'A message cannot be sent 0 times: write 1 to 100000.',
      )
    })

    it('sends several messages', async () => {
      ann.when('Hello').sendAll(['Hi ${received}', { type: 'typing' }], { after: SHORT })
      expect(waiting()).to.deep.equal([
        'when Ann receives "Hello" Ann sends "Hi ${received}" and {"type":"typing"} after 1 ms',
      ])
      server.to('Ann').sends('Hello')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi Hello', '{"type":"typing"}'])
      expect(() => ann.when('Hello').sendAll([])).to.throw(
        UsageError,
        'The argument messages of sendAll should be a list with something in it, not a list.',
      )
      expect(() => ann.when('Hello').sendAll(['Hi', containing('lo')])).to.throw(
        UsageError,
        'can be expected, not sent',
      )
    })

    it('is recorded as a reaction', async () => {
      ann.when('Hello').send('Hi')
      server.to('Ann').sends('Hello')
      await conversation.settle()
      await ann.send('Hi')
      const sends = conversation.transcript.entries.filter(({ kind }) => kind === 'sends')
      expect(sends.map(({ isReaction }) => isReaction)).to.deep.equal([true, false])
      expect(conversation.transcript.entries.filter(({ isReaction }) => isReaction)).to.have.length(1)
    })
  })

  describe('disconnect', () => {
    it('closes the connection', async () => {
      ann.when('Bye').disconnect()
      server.to('Ann').sends('Bye')
      await conversation.settle()
      expect(ann.state.connection.describe()).to.equal('has disconnected')
    })

    it('disconnects once, even if its message comes again meanwhile', async () => {
      ann.whenever('Bye').disconnect()
      server.to('Ann').sends('Bye', 'Bye')
      await conversation.settle()
    })

    it('disconnects once for several rules, and not when it is disconnected', async () => {
      for (let rule = 0; rule < 2; rule++) ann.when('Bye').disconnect()
      server.to('Ann').sends('Bye', 'Bye', 'Bye')
      await conversation.settle()
      ann.when('Bye').disconnect()
      await conversation.settle()
    })
  })

  describe('request', () => {
    it('sends an HTTP request, in which the message may stand', async () => {
      const requests: unknown[] = []
      const sendRequest = async ({ method, url, body }: HttpRequest) => {
        requests.push([method, url, body])
        return { status: 200, headers: {}, text: '' }
      }
      const transports = { ...transportsOf(server.openConnection), sendRequest }
      conversation = new Conversation(resolvedSettings('ws://server/?name=${client}'), transports)
      ann = conversation.client('Ann')
      await ann.connect()
      ann
        .when({ type: 'order' })
        .request('POST /orders/${received.id}', { body: json('{"id": "${received.id}"}'), after: SHORT })
      expect(conversation.state.reactions.waiting.map(({ description }) => description)).to.deep.equal([
        'when Ann receives {"type":"order"} Ann requests "POST /orders/${received.id}" after 1 ms',
      ])
      server.to('Ann').sends('{"type":"order","id":7}')
      await conversation.settle()
      expect(requests).to.deep.equal([['POST', 'http://server/orders/7', '{"id": 7}']])
    })
  })

  describe('do', () => {
    it('gives the action the JSON or text of the message', async () => {
      const received: unknown[] = []
      ann.when({ type: 'order' }).do('order a taxi', (message) => void received.push(message))
      ann.when(containing('text')).do('note it', (message) => void received.push(message))
      server.to('Ann').sends('{"type":"order"}', 'a text')
      await conversation.settle()
      expect(received).to.deep.equal([{ type: 'order' }, 'a text'])
    })

    it('gives the action a copy, which it may change', async () => {
      ann.when({ type: 'order' }).do('sort it', (message) => void (message as { list: number[] }).list.sort())
      server.to('Ann').sends('{"type":"order","list":[2,1]}')
      await ann.receives({ list: [2, 1] })
      await conversation.settle()
    })

    it('gives the action the bytes of a binary message in hexadecimal digits', async () => {
      const received: unknown[] = []
      ann.when(anyBytes).do('note it', (message) => void received.push(message))
      server.to('Ann').sends(Buffer.from([0xde, 0xad]))
      await conversation.settle()
      expect(received).to.deep.equal(['dead'])
    })

    it('may arm another reaction, which sees the message once', async () => {
      ann.when('Hello').do('go on', () => ann.whenever('Hello').send('Hi'))
      server.to('Ann').sends('Hello')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi'])
    })
  })

  describe('a message with a member twice', () => {
    const TWICE =
      /^A reaction failed: when Ann receives .*\nThe message .* has the member "a" twice, and which of them counts/

    for (const [what, react] of [
      ['as a whole', (rule) => rule.send({ echo: '${received}' })],
      ['by a path', (rule) => rule.send(json('{"a": ${received.a}}'))],
      ['by a path to something else', (rule) => rule.send(json('{"b": ${received.b}}'))],
      ['in a phrase', (rule) => rule.send('You said ${received.a}')],
      ['later', (rule) => rule.send('You said ${received.a}', { after: SHORT })],
      ['in rows of members', (rule) => rule.send(messageWith([['a', '${received.a}']]))],
      ['in the address of a request', (rule) => rule.request('/orders/${received.a}')],
      ['in the body of a request', (rule) => rule.request('POST /', { body: json('{"a": ${received.a}}') })],
      ['in a header of a request', (rule) => rule.request('/', { headers: { Tag: '${received.a}' } })],
      ['in an action of its own', (rule) => rule.do('note it', () => {})],
    ] as readonly [string, (rule: ReactionBuilder) => void][]) {
      it(`is refused where an answer has it ${what}`, async () => {
        react(ann.when(containing('"a"')))
        server.to('Ann').sends('{"a":1,"a":2,"b":3}')
        expect(await failureMessage(() => conversation.settle())).to.match(TWICE)
        expect(sent('Ann')).to.deep.equal([])
      })
    }

    it('may set off an answer that does not ask what it says', async () => {
      ann.when(containing('"a"')).send('Hi')
      server.to('Ann').sends('{"a":1,"a":2}')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi'])
    })
  })

  function waiting(): string[] {
    return conversation.state.reactions.waiting.map(({ expectation }) => expectation)
  }

  function sent(name: string): (string | Buffer)[] {
    return server.to(name).sent
  }
})

const anyBytes: Matcher = { describe: () => 'bytes', accepts: ({ bytes }) => bytes !== undefined }
