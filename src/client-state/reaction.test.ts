import { mock } from 'node:test'
import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage } from '../../test/support/failures'
import { type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { containing, matchingPattern } from '../messages/phrase-message'

describe('Reaction', () => {
  let conversation: Conversation
  let server: FakeServer
  let ann: Client

  beforeEach(async () => {
    ;({ conversation, server } = startConversation())
    ann = conversation.client('Ann')
    await ann.connect()
  })

  describe('observe', () => {
    it('reacts to a message that is unread when it is armed', async () => {
      server.to('Ann').sends('Hello')
      ann.when('Hello').send('Hi')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi'])
    })

    it('does not react to a message that was read before', async () => {
      server.to('Ann').sends('Hello')
      await ann.receives('Hello')
      ann.when('Hello').send('Hi')
      expect(sent('Ann')).to.deep.equal([])
      server.to('Ann').sends('Hello')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi'])
    })

    it('reacts to the first message that matches', async () => {
      ann.when('Hello').send('Hi')
      server.to('Ann').sends('Hullo', 'Hello', 'Hello')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi'])
    })

    it('does not change the message for others', async () => {
      ann.whenever({ count: '#number' }).do('count up', (received) => {
        ;(received as { count: number }).count++
      })
      server.to('Ann').sends('{"count":1}')
      await turn()
      const { json } = await ann.receives({ count: 1 })
      expect(json).to.deep.equal({ count: 1 })
    })

    for (const rule of ['when', 'whenever'] as const) {
      it(`is disarmed by its first failure, which is told once: ${rule}`, async () => {
        ann[rule](matchingPattern('^(a+)+$')).send('Hi')
        server.to('Ann').sends(...Array(30).fill(`${'a'.repeat(60)}!`), 'aaa')
        const words = await failureMessage(() => conversation.settle())
        expect(words.match(/takes too long/g)).to.have.length(1)
        expect(words).to.match(
          /^A reaction failed: when(?:ever)? Ann receives a message matching ".+" Ann sends "Hi"\n/,
        )
        expect(sent('Ann')).to.deep.equal([])
      })
    }

    it('is disarmed when its action fails', async () => {
      ann.whenever('Hello').send('${unknown}')
      server.to('Ann').sends('Hello', 'Hello', 'Hello')
      expect((await failureMessage(() => conversation.settle())).match(/A reaction failed/g)).to.have.length(1)
    })

    it('is over when the last of its answers has failed, too', async () => {
      const fails: (() => void)[] = []
      const failing = () => new Promise<void>((_, reject) => fails.push(() => reject(new Error('it rains'))))
      ann.whenever('Hello').do('wait', failing)
      server.to('Ann').sends('Hello', 'Hello')
      // Its time limit never comes.
      mock.timers.enable({ apis: ['setTimeout'] })
      const settled = failureMessage(() => conversation.settle())
      for (const fail of fails) {
        await turn()
        fail()
      }
      expect((await settled).match(/it rains/g)).to.have.length(1)
      mock.timers.reset()
    })

    it('is disarmed when too many of its answers are under way, whatever they wait for', async () => {
      let started = 0
      ann.whenever('Hello').do('wait', () => {
        started++
        return new Promise(() => {})
      })
      server.to('Ann').sends(...Array(100_010).fill('Hello'))
      expect(started).to.equal(100_000)
      const failure = await failureMessage(async () => {
        conversation.beginSentence({ text: 'Ann sends "Hello"', location: 'chat.feature:1' })
      })
      expect(failure.match(/A reaction failed/g)).to.have.length(1)
      expect(failure).to.contain(
        'more than 100000 messages would be under way at once: the server calls for them faster than they are sent.',
      )
    })

    it('counts the messages of an answer', async () => {
      ann.whenever('Hello').send('Hi', { times: 1000 })
      server.to('Ann').sends(...Array(101).fill('Hello'))
      expect(sent('Ann')).to.have.length(100_000)
      expect(await failureMessage(() => conversation.settle())).to.contain(
        'more than 100000 messages would be under way',
      )
    })

    it('leaves the message unread', async () => {
      ann.when('Hello').send('Hi')
      server.to('Ann').sends('Hello')
      await ann.receives('Hello')
      await conversation.settle()
    })

    it('reacts to a message that a sentence is waiting for', async () => {
      const received = ann.receives('Hello')
      ann.when('Hello').send('Hi')
      server.to('Ann').sends('Hello')
      await received
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi'])
    })

    it('does not react to messages of other clients', async () => {
      const bob = conversation.client('Bob')
      await bob.connect()
      ann.whenever('Hello').send('Hi')
      server.to('Bob').sends('Hello')
      await turn()
      expect(sent('Ann')).to.deep.equal([])
    })

    it('can be armed before its client has connected', async () => {
      conversation.client('Bob').when('Hello').send('Hi')
      await conversation.client('Bob').connect()
      server.to('Bob').sends('Hello')
      await conversation.settle()
      expect(sent('Bob')).to.deep.equal(['Hi'])
    })

    it('goes on after its client has reconnected', async () => {
      ann.when('Hello').send('Hi')
      await ann.reconnect()
      server.to('Ann').sends('Hello')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['Hi'])
    })
  })

  describe('when', () => {
    it('claims its message: of two equal rules, the first armed gets the first message', async () => {
      ann.when('Hello').send('first')
      ann.when('Hello').send('second')
      server.to('Ann').sends('Hello')
      await turn()
      expect(sent('Ann')).to.deep.equal(['first'])
      server.to('Ann').sends('Hello')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['first', 'second'])
    })

    it('claims its message from a rule that accepts more', async () => {
      ann.when(containing('Hel')).send('first')
      ann.when('Hello').send('second')
      server.to('Ann').sends('Hello', 'Hello')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['first', 'second'])
    })

    it('claims unread messages in the order of arming', async () => {
      server.to('Ann').sends('Hello', 'Hello')
      ann.when('Hello').send('first')
      ann.when('Hello').send('second')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['first', 'second'])
    })
  })

  describe('whenever', () => {
    it('reacts to every message that matches', async () => {
      server.to('Ann').sends('ping')
      ann.whenever('ping').send('pong')
      server.to('Ann').sends('ping', 'other', 'ping')
      await turn()
      expect(sent('Ann')).to.deep.equal(['pong', 'pong', 'pong'])
    })

    it('reacts to messages that one-time rules claim, and claims none', async () => {
      ann.when('ping').send('once')
      ann.whenever('ping').send('always')
      ann.when('ping').send('once more')
      server.to('Ann').sends('ping', 'ping')
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal(['once', 'always', 'always', 'once more'])
    })

    it('need not happen before the scenario ends', async () => {
      ann.whenever('ping').send('pong')
      await conversation.settle()
    })

    it('does not react while its client is disconnecting', async () => {
      ann.whenever('ping').send('pong')
      server.to('Ann').answersClosing = false
      const disconnected = ann.disconnect()
      server.to('Ann').sends('ping')
      server.to('Ann').closes()
      await disconnected
      await conversation.settle()
      expect(sent('Ann')).to.deep.equal([])
    })
  })

  describe('description', () => {
    const said = () => conversation.state.reactions.waiting.map(({ expectation }) => expectation)

    it('reads as the sentence that wrote it', () => {
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

    it('says that its message has set off another rule', async () => {
      for (const pronoun of ['she', 'they']) ann.when('Hello', { pronoun }).send('Hi')
      ann.when('Hello').send('Hi')
      server.to('Ann').sends('Hullo', 'Hello')
      await turn()
      const advice = 'Number 2 set off another rule of «when». Two rules of «when» need two messages: write one, '
      expect(said()).to.deep.equal([
        `when Ann receives "Hello" they send "Hi"\n  ${advice}«they send … and …», or «whenever».`,
        `when Ann receives "Hello" Ann sends "Hi"\n  ${advice}«Ann sends … and …», or «whenever».`,
      ])
    })

    it('has the verbs of the first person', () => {
      conversation.client('I').when('Hello', { pronoun: 'I' }).send('Hi')
      expect(said()).to.deep.equal(['when I receive "Hello" I send "Hi"'])
    })

    it('has the description of an own action', () => {
      ann.when('Hello', { pronoun: 'she' }).do('order a taxi', () => {})
      expect(said()).to.deep.equal(['when Ann receives "Hello" she is to order a taxi'])
    })
  })

  function sent(name: string): (string | Buffer)[] {
    return server.to(name).sent
  }
})
