import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { ExpectationError } from '../errors'
import type { Matcher } from '../matching/matcher'
import { containing } from '../messages/phrase-message'

const SHORT = 1

describe('a reaction', () => {
  let conversation: Conversation
  let server: FakeServer
  let ann: Client

  beforeEach(async () => {
    ;({ conversation, server } = startConversation())
    ann = conversation.client('Ann')
    await ann.connect()
  })

  describe('looks', () => {
    it('at what is unread when it is armed', async () => {
      server.to('Ann').sends('Hello')
      ann.when('Hello').send('Hi')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi'])
    })

    it('at nothing that was read before', async () => {
      server.to('Ann').sends('Hello')
      await ann.receives('Hello')
      ann.when('Hello').send('Hi')
      expect(sent('Ann')).to.deep.equal([])
      server.to('Ann').sends('Hello')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi'])
    })

    it('at each message that comes, until it has its own', async () => {
      ann.when('Hello').send('Hi')
      server.to('Ann').sends('Hullo', 'Hello', 'Hello')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi'])
    })

    it('and keeps to itself what it makes of the message', async () => {
      ann.whenever({ count: '#number' }).do('count up', (received) => {
        ;(received as { count: number }).count++
      })
      server.to('Ann').sends('{"count":1}')
      await turn()
      const { json } = await ann.receives({ count: 1 })
      expect(json).to.deep.equal({ count: 1 })
    })

    it('and does not read: the message can still be expected', async () => {
      ann.when('Hello').send('Hi')
      server.to('Ann').sends('Hello')
      await ann.receives('Hello')
      await conversation.settle()
    })

    it('also at a message that a sentence is waiting for', async () => {
      const heard = ann.receives('Hello')
      ann.when('Hello').send('Hi')
      server.to('Ann').sends('Hello')
      await heard
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi'])
    })

    it('at the messages of its own client alone', async () => {
      const bob = conversation.client('Bob')
      await bob.connect()
      ann.whenever('Hello').send('Hi')
      server.to('Bob').sends('Hello')
      await turn()
      expect(sent('Ann')).to.deep.equal([])
    })

    it('before its client has connected', async () => {
      conversation.client('Bob').when('Hello').send('Hi')
      await conversation.client('Bob').connect()
      server.to('Bob').sends('Hello')
      await conversation.settle()
      expect(sent('Bob')).to.deep.equal(['Hi'])
    })

    it('on after its client has reconnected', async () => {
      ann.when('Hello').send('Hi')
      await ann.reconnect()
      server.to('Ann').sends('Hello')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi'])
    })
  })

  describe('for one time', () => {
    it('takes its message: of two rules for the same, the first armed has the first occurrence', async () => {
      ann.when('Hello').send('first')
      ann.when('Hello').send('second')
      server.to('Ann').sends('Hello')
      await turn()
      expect(sent('Ann')).to.deep.equal(['first'])
      server.to('Ann').sends('Hello')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['first', 'second'])
    })

    it('takes its message also where another rule is wider', async () => {
      ann.when(containing('Hel')).send('first')
      ann.when('Hello').send('second')
      server.to('Ann').sends('Hello', 'Hello')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['first', 'second'])
    })

    it('takes what is unread in the order of arming too', async () => {
      server.to('Ann').sends('Hello', 'Hello')
      ann.when('Hello').send('first')
      ann.when('Hello').send('second')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['first', 'second'])
    })
  })

  describe('for every time', () => {
    it('sees every message', async () => {
      server.to('Ann').sends('ping')
      ann.whenever('ping').send('pong')
      server.to('Ann').sends('ping', 'other', 'ping')
      await turn()
      expect(sent('Ann')).to.deep.equal(['pong', 'pong', 'pong'])
    })

    it('sees also what a one-time rule took, and the other way round', async () => {
      ann.when('ping').send('once')
      ann.whenever('ping').send('always')
      ann.when('ping').send('once more')
      server.to('Ann').sends('ping', 'ping')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['once', 'always', 'always', 'once more'])
    })

    it('may never be needed', async () => {
      ann.whenever('ping').send('pong')
      await conversation.settle()
    })
  })

  describe('does', () => {
    it('send what came, whole or in part', async () => {
      ann.when({ type: 'order' }).send({ type: 'receipt', order: '${received}', id: '${received.id}' })
      server.to('Ann').sends('{"type":"order","id":7}')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['{"type":"receipt","order":{"type":"order","id":7},"id":7}'])
    })

    it('send what came, also if it is no JSON', async () => {
      ann.when('Hello').send('You said ${received}, ${client}')
      server.to('Ann').sends('Hello')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['You said Hello, Ann'])
    })

    it('send some time later', async () => {
      ann.when('Hello').send('Hi', { after: SHORT })
      server.to('Ann').sends('Hello')
      expect(sent('Ann')).to.deep.equal([])
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi'])
    })

    it('disconnect', async () => {
      ann.when('Bye').disconnect()
      server.to('Ann').sends('Bye')
      await conversation.settle()
      expect(ann.state.connection.describe()).to.equal('has disconnected')
    })

    it('disconnect once, however often its message comes until the server has agreed', async () => {
      ann.whenever('Bye').disconnect()
      server.to('Ann').sends('Bye', 'Bye')
      await conversation.settle()
    })

    it('disconnect once, however many rules say so', async () => {
      for (let rule = 0; rule < 2; rule++) ann.when('Bye').disconnect()
      server.to('Ann').sends('Bye', 'Bye', 'Bye')
      await conversation.settle()
      ann.when('Bye').disconnect()
      await conversation.settle()
    })

    it('nothing any more every time once its client is leaving', async () => {
      ann.whenever('ping').send('pong')
      server.to('Ann').answersClosing = false
      const disconnected = ann.disconnect()
      server.to('Ann').sends('ping')
      server.to('Ann').closes()
      await disconnected
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal([])
    })

    it('anything else, and is given what came', async () => {
      const received: unknown[] = []
      ann.when({ type: 'order' }).do('order a taxi', (message) => void received.push(message))
      ann.when(containing('text')).do('note it', (message) => void received.push(message))
      server.to('Ann').sends('{"type":"order"}', 'a text')
      await conversation.settle()
      expect(received).to.deep.equal([{ type: 'order' }, 'a text'])
    })

    it('anything else with bytes, given in hexadecimal digits', async () => {
      const received: unknown[] = []
      ann.when(anyBytes).do('note it', (message) => void received.push(message))
      server.to('Ann').sends(Buffer.from([0xde, 0xad]))
      await conversation.settle()
      expect(received).to.deep.equal(['dead'])
    })

    it('what arms another rule, which sees the message once', async () => {
      ann.when('Hello').do('go on', () => ann.whenever('Hello').send('Hi'))
      server.to('Ann').sends('Hello')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi'])
    })

    it('say in the transcript that it was a reaction', async () => {
      ann.when('Hello').send('Hi')
      server.to('Ann').sends('Hello')
      await conversation.settle()
      await ann.send('Hi')
      const sends = conversation.transcript.entries.filter(({ kind }) => kind === 'sends')
      expect(sends.map(({ reaction }) => reaction)).to.deep.equal([true, false])
      expect(conversation.transcript.entries.filter(({ reaction }) => reaction)).to.have.length(1)
    })
  })

  describe('that fails', () => {
    it('fails the next sentence, and says which rule it was', async () => {
      ann.when('Hello', { location: 'features/chat.feature:12', pronoun: 'she' }).send('${received.user}')
      server.to('Ann').sends('Hello')
      await turn()
      const failure = await failureOf(() => conversation.beginSentence({ text: 'Bob connects', location: '' }))
      expect(failure).to.be.an.instanceOf(ExpectationError)
      expect(failure.message).to.equal(
        'A reaction failed: when Ann receives "Hello" she sends "${received.user}" (features/chat.feature:12)\n' +
          '${received.user}: the message that was received, Hello, has nothing at user.',
      )
      expect(failure.cause).to.equal(undefined)
      conversation.beginSentence({ text: 'Bob connects', location: '' })
    })

    it('fails the end of the scenario if no sentence follows', async () => {
      ann.when('Hello').send('Hi', { after: SHORT })
      server.to('Ann').sends('Hello')
      ann.terminate()
      expect(await failureMessage(() => conversation.settle())).to.equal(
        'A reaction failed: when Ann receives "Hello" Ann sends "Hi" after 1 ms\n' +
          'Ann cannot send: Ann has lost the connection. To connect again write: Ann reconnects',
      )
    })

    it('ends at once whatever is waited for', async () => {
      const bob = conversation.client('Bob')
      await bob.connect()
      const waiting = [ann.receives('Bye'), bob.receives('Bye'), bob.doesNotReceive('Hi')].map((wait) =>
        failureMessage(() => wait),
      )
      ann.when('Hello', { pronoun: 'she' }).send('${received.user}')
      server.to('Ann').sends('Hello')
      for (const words of await Promise.all(waiting)) {
        expect(words).to.match(/^A reaction failed: when Ann receives "Hello" she sends/)
      }
      await conversation.settle()
    })

    it('keeps the cause of a failure that is not ours', async () => {
      const problem = new TypeError('This is broken')
      ann.when('Hello').do('order a taxi', () => {
        throw problem
      })
      server.to('Ann').sends('Hello')
      const failure = await failureOf(() => conversation.settle())
      expect(failure.message).to.equal(
        'A reaction failed: when Ann receives "Hello" Ann is to order a taxi\nThis is broken',
      )
      expect(failure.cause).to.equal(problem)
    })

    it('says what was thrown, even if it is no error', async () => {
      ann.when('Hello').do('order a taxi', () => Promise.reject('no taxi'))
      server.to('Ann').sends('Hello')
      expect(await failureMessage(() => conversation.settle())).to.match(/\nno taxi$/)
    })

    it('fails together with others, each told once', async () => {
      ann.whenever('Hello', { pronoun: 'she' }).send('${nothing}')
      ann.whenever('Hello', { pronoun: 'she' }).send('${none}')
      server.to('Ann').sends('Hello', 'Hello')
      const words = await failureMessage(() => conversation.settle())
      expect(
        words.match(/^A reaction failed: whenever Ann receives "Hello" she sends "\$\{(?:nothing|none)\}"$/gm),
      ).to.have.length(2)
    })

    it('because of its matcher fails the next sentence too, not the transport', async () => {
      ann.whenever(brokenMatcher).send('Hi')
      server.to('Ann').sends('Hello')
      expect(await failureMessage(() => conversation.beginSentence({ text: 'Bob connects', location: '' }))).to.equal(
        'A reaction failed: whenever Ann receives a broken thing Ann sends "Hi"\n' +
          'The matcher «a broken thing» failed: This matcher is broken',
      )
    })

    it('after the conversation has ended disturbs nobody', async () => {
      ann.when('Hello').send('Hi', { after: 5000 })
      server.to('Ann').sends('Hello')
      await conversation.end()
      await turn()
      conversation.beginSentence({ text: 'Bob connects', location: '' })
    })
  })

  describe('is said', () => {
    const said = () => conversation.reactions.waiting

    it('as a person would write it', () => {
      ann.when('Hello', { location: 'features/chat.feature:12', pronoun: 'she' }).send('Hi')
      ann.when('Hello', { pronoun: 'they' }).send('Hi')
      ann.when('Hello', { pronoun: 'they' }).disconnect()
      ann.when('Hello', { pronoun: 'they' }).do('order a taxi', () => {})
      ann.when('Hello', { pronoun: 'he' }).disconnect()
      ann.when('Hello').send({ type: 'ping' })
      expect(said()).to.deep.equal([
        'when Ann receives "Hello" she sends "Hi" (features/chat.feature:12)',
        'when Ann receives "Hello" they send "Hi"',
        'when Ann receives "Hello" they disconnect',
        'when Ann receives "Hello" they are to order a taxi',
        'when Ann receives "Hello" he disconnects',
        'when Ann receives "Hello" Ann sends {"type":"ping"}',
      ])
    })

    it('in the first person', () => {
      conversation.client('I').when('Hello', { pronoun: 'I' }).send('Hi')
      expect(said()).to.deep.equal(['when I receive "Hello" I send "Hi"'])
    })

    it('with what a step of its own does', () => {
      ann.when('Hello', { pronoun: 'she' }).do('order a taxi', () => {})
      expect(said()).to.deep.equal(['when Ann receives "Hello" she is to order a taxi'])
    })
  })

  function sent(name: string): (string | Buffer)[] {
    return server.to(name).sent
  }
})

const anyBytes: Matcher = {
  describe: () => 'bytes',
  accepts: ({ bytes }) => bytes !== undefined,
  compare: () => ({ distance: 1, expected: undefined, actual: undefined }),
}

const brokenMatcher: Matcher = {
  ...anyBytes,
  describe: () => 'a broken thing',
  accepts() {
    throw new Error('This matcher is broken')
  },
}
