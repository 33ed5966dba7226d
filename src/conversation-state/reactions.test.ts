import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { ExpectationError } from '../errors'
import type { Matcher } from '../matching/matcher'
import type { ResolvedSettings } from './resolved-settings'

describe('Reactions', () => {
  let conversation: Conversation
  let server: FakeServer
  let ann: Client

  beforeEach(() => start())

  describe('settle', () => {
    it('waits until one-time reactions have happened', async () => {
      ann.when('Hello').send('Hi')
      const settled = conversation.settle()
      server.to('Ann').sends('Hello')
      await settled
      expect(server.to('Ann').sent).to.deep.equal(['Hi'])
    })

    it('waits for all reactions that are under way', async () => {
      ann.whenever('Hello').send('Hi', { after: 1 })
      server.to('Ann').sends('Hello')
      await conversation.settle()
      expect(server.to('Ann').sent).to.deep.equal(['Hi'])
    })

    it('fails at once if all connections of waiting reactions have ended', async () => {
      const bob = conversation.client('Bob')
      await bob.connect()
      ann.when('Hello').send('Hi')
      bob.when('Hello').send('Hi')
      const words = failureMessage(() => conversation.settle())
      ann.terminate()
      server.to('Bob').closes(4001, 'Kicked')
      expect((await words).split('\n\n')).to.deep.equal([
        'Ann never received "Hello", so Ann never sent "Hi".\n' +
          'Ann has received no message at all.\n' +
          'Ann has lost the connection.',
        'Bob never received "Hello", so Bob never sent "Hi".\n' +
          'Bob has received no message at all.\n' +
          'Bob was disconnected by the server with 4001 "Kicked".',
      ])
    })

    it('waits as long as one of these connections is open', async () => {
      const bob = conversation.client('Bob')
      await bob.connect()
      ann.when('Hello').send('Hi')
      const settled = conversation.settle()
      bob.terminate()
      await turn()
      server.to('Ann').sends('Hello')
      await settled
    })

    it('reports every reaction that did not happen', async () => {
      await start({ timeout: 20 })
      for (const answer of ['one', 'two']) ann.when('Hello').send(answer)
      const words = await failureMessage(() => conversation.settle())
      expect(words.split('\n\n').map((each) => each.split('\n')[0])).to.deep.equal([
        'Ann never received "Hello", so Ann never sent "one".',
        'Ann never received "Hello", so Ann never sent "two".',
      ])
    })
  })

  describe('waiting', () => {
    it('names one-time reactions that have not happened, for failures', async () => {
      await start({ timeout: 20 })
      const bob = conversation.client('Bob')
      await bob.connect()
      bob.when('Bye', { location: 'features/chat.feature:3', pronoun: 'he' }).disconnect()
      ann.when('Hi', { location: 'features/chat.feature:4', pronoun: 'she' }).send('Hello')
      bob.whenever('Hi').send('Hello')
      expect(await failureMessage(() => ann.receives('Hello'))).to.equal(
        [
          'Ann did not receive "Hello" within 20 ms.',
          'Ann has received no message at all.',
          'Ann is connected to ws://server/?name=Ann.',
          'Still waiting: when Bob receives "Bye" he disconnects (features/chat.feature:3)',
          '               when Ann receives "Hi" she sends "Hello" (features/chat.feature:4)',
        ].join('\n'),
      )
    })
  })

  describe('failed', () => {
    it('fails the next sentence, and names the rule', async () => {
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
      ann.when('Hello').send('Hi', { after: 1 })
      server.to('Ann').sends('Hello')
      ann.terminate()
      expect(await failureMessage(() => conversation.settle())).to.equal(
        'A reaction failed: when Ann receives "Hello" Ann sends "Hi" after 1 ms\n' +
          'Ann cannot send: Ann has lost the connection. To connect again write: Ann reconnects',
      )
    })

    it('rejects all pending waits at once', async () => {
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
    })

    it('is told again if whoever waited swallows it', async () => {
      ann.when('Hello', { pronoun: 'she' }).send('${received.user}')
      const waiting = failureMessage(() => ann.receives('Bye'))
      server.to('Ann').sends('Hello')
      await waiting
      expect(await failureMessage(() => conversation.settle())).to.match(/^A reaction failed/)
    })

    it('reports several failures together, each once', async () => {
      ann.whenever('Hello', { pronoun: 'she' }).send('${nothing}')
      ann.whenever('Hello', { pronoun: 'she' }).send('${none}')
      server.to('Ann').sends('Hello', 'Hello')
      const words = await failureMessage(() => conversation.settle())
      expect(
        words.match(/^A reaction failed: whenever Ann receives "Hello" she sends "\$\{(?:nothing|none)\}"$/gm),
      ).to.have.length(2)
    })

    it('reports a matcher that throws, and does not disturb the transport', async () => {
      ann.whenever(brokenMatcher).send('Hi')
      server.to('Ann').sends('Hello')
      expect(await failureMessage(() => conversation.beginSentence({ text: 'Bob connects', location: '' }))).to.equal(
        'A reaction failed: whenever Ann receives a broken thing Ann sends "Hi"\n' +
          'The matcher «a broken thing» failed: This matcher is broken',
      )
    })

    it('reports nothing after the conversation has ended, but that it was under way then', async () => {
      ann.when('Hello').send('Hi', { after: 5000 })
      server.to('Ann').sends('Hello')
      await conversation.end()
      await turn()
      expect(await failureMessage(() => conversation.settle())).to.match(/^This was still under way .* after 5 s$/)
    })
  })

  async function start(changes: Partial<ResolvedSettings> = {}): Promise<void> {
    ;({ conversation, server } = startConversation(changes))
    ann = conversation.client('Ann')
    await ann.connect()
  }
})

const brokenMatcher: Matcher = {
  describe: () => 'a broken thing',
  accepts() {
    throw new Error('This matcher is broken')
  },
}
