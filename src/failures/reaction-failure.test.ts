import { expect } from 'chai'
import { expectFailure, failureMessage, failureOf } from '../../test/support/failures'
import { type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { ExpectationError } from '../errors'

describe('Reaction failures', () => {
  let conversation: Conversation
  let server: FakeServer
  let ann: Client

  beforeEach(async () => {
    ;({ conversation, server } = startConversation({ timeout: 20 }))
    ann = conversation.client('Ann')
    await ann.connect()
  })

  describe('failedReaction', () => {
    const unreadable = Object.defineProperty({}, 'message', {
      get() {
        throw new Error('not that')
      },
    })
    for (const [kind, thrown, words] of [
      ['an object without a text', Object.create(null), 'an object'],
      ['an object that is no text', { toString: 1 }, 'an object'],
      ['an object that throws when it is read', unreadable, 'something that throws when it is read'],
      ['nothing', undefined, 'undefined'],
    ] as const) {
      it(`is told whatever was thrown: ${kind}`, async () => {
        ann.when('Hello').do('fail', () => {
          throw thrown
        })
        server.to('Ann').sends('Hello')
        expect(await failureMessage(() => conversation.settle())).to.equal(
          `A reaction failed: when Ann receives "Hello" Ann is to fail\n${words}`,
        )
      })
    }
  })

  describe('omittedReaction', () => {
    it('says what did not happen, and shows unread messages', async () => {
      server.to('Ann').sends('Ann has connected')
      ann.when('Bob has connected', { location: 'features/chat.feature:12', pronoun: 'she' }).send('Hello from Ann!')
      const failure = await expectFailure(
        () => conversation.settle(),
        'Ann never received "Bob has connected", so she never sent "Hello from Ann!" (features/chat.feature:12).',
        'Unread',
        '  1  +0 ms  Ann has connected',
        'Ann is connected to ws://server/?name=Ann.',
      )
      expect(failure).to.be.an.instanceOf(ExpectationError)
    })

    it('says that the message had been read before the rule was armed', async () => {
      server.to('Ann').sends('Hello')
      await ann.receives('Hello')
      ann.when('Hello').disconnect()
      await expectFailure(
        () => conversation.settle(),
        'Ann never received "Hello", so Ann never disconnected.',
        'No message is unread: Ann has read the only one that came.',
        'Ann is connected to ws://server/?name=Ann.',
        'Ann had received it before, as number 1, and a sentence had read it.',
      )
    })

    it('names the last message that another rule claimed', async () => {
      for (const message of ['Hullo', 'Hello', 'Hello']) ann.when(message).send('Hi')
      server.to('Ann').sends('Hey', 'Hullo', 'Hello')
      expect(await failureMessage(() => conversation.settle())).to.match(/^Ann received "Hello" as number 3, but /)
    })

    it('names the rule that claimed the message', async () => {
      ann.when('Hello', { location: 'features/chat.feature:3', pronoun: 'she' }).send('one')
      ann.when('Hello', { location: 'features/chat.feature:4', pronoun: 'she' }).send('two')
      server.to('Ann').sends('Hello')
      await expectFailure(
        () => conversation.settle(),
        'Ann received "Hello" as number 1, but that set off another rule: ' +
          'when Ann receives "Hello" she sends "one" (features/chat.feature:3)',
        'So she never sent "two" (features/chat.feature:4).',
        'Two rules of «when» need two messages: write one, «she sends … and …», or «whenever».',
        'Unread',
        '  1  +0 ms  Hello',
        'Ann is connected to ws://server/?name=Ann.',
      )
    })

    it('says that the client never connected', async () => {
      conversation
        .client('Bob')
        .when('Hello', { pronoun: 'he' })
        .do('order a taxi', () => {})
      await expectFailure(
        () => conversation.settle(),
        'Bob never received "Hello", so he never came to order a taxi.',
        'Bob has received no message at all.',
        'Bob has not connected yet.',
      )
    })
  })

  describe('unfinishedReaction', () => {
    it('names the rule and how long was waited', async () => {
      ann.when('Hello', { location: 'features/chat.feature:12' }).do('order a taxi', () => new Promise(() => {}))
      server.to('Ann').sends('Hello')
      expect(await failureMessage(() => conversation.settle())).to.equal(
        'This was still under way 20 ms after the last sentence: when Ann receives "Hello" Ann is to order a taxi (features/chat.feature:12)',
      )
    })
  })

  describe('failedReaction', () => {
    it('keeps an error of the project as its cause', async () => {
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

    it('shows what was thrown, even if it is not an Error', async () => {
      ann.when('Hello').do('order a taxi', () => Promise.reject('no taxi'))
      server.to('Ann').sends('Hello')
      expect(await failureMessage(() => conversation.settle())).to.match(/\nno taxi$/)
    })
  })
})
