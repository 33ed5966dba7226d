import { expect } from 'chai'
import { Clock } from '../../test/support/clock'
import { expectFailure, failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import type { ResolvedSettings } from '../conversation-state/resolved-settings'
import { ExpectationError } from '../errors'
import { everythingUpTo, messageWithout, nextMessage } from '../expectations/expect-one'
import { consecutively, exactlyBefore, inAnyOrder, inOrder, messageCount } from '../expectations/expect-several'
import { silence } from '../expectations/expect-silence'
import { anyMessage, type Matcher } from '../matching/matcher'

const CONNECTED = 'Rob is connected to ws://server/?name=Rob.'

describe('expectationFailure', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin())

  describe('for a message', () => {
    describe('compares with few large messages', () => {
      let compared: number

      beforeEach(() => {
        compared = 0
      })

      it('up to their size, and always with the last one', async () => {
        here().sends(...largeMessages(10, 500_000))
        expect(await failureMessage(() => rob.receives(other()))).to.contain('The closest of the last 5 of 10 unread ')
        expect(compared).to.equal(5)
        here().sends(...largeMessages(1, 3_000_000))
        expect(await failureMessage(() => rob.receives(other()))).to.contain('The last of 11 unread messages is\n  11 ')
        expect(compared).to.equal(6)
      })

      it('as long as there is time', async () => {
        const clock = new Clock()
        try {
          here().sends('one', 'two', 'three')
          const failure = await failureOf(() => rob.receives(other(() => clock.pass(400))))
          expect(failure.message).to.contain('The closest of the last 2 of 3 unread messages is')
          expect(failure).to.include({ showDiff: false })
        } finally {
          clock.restore()
        }
      })

      function other(whenCompared = () => {}): Matcher {
        return {
          describe: () => 'another message',
          accepts: () => false,
          compare() {
            compared++
            whenCompared()
            return { distance: 0.5, expected: 'a', actual: 'b' }
          },
        }
      }

      function largeMessages(count: number, length: number): string[] {
        return Array.from({ length: count }, () => 'x'.repeat(length))
      }
    })

    it('says that no message came', async () => {
      await expectFailure(
        () => rob.receives('Hello'),
        'Rob did not receive "Hello" within 20 ms.',
        'Rob has received no message at all.',
        CONNECTED,
      )
    })

    it('says that all that came was ignored', async () => {
      await begin({ ignore: ['tick'] })
      here().sends('tick')
      const failure = await expectFailure(
        () => rob.receives('Hello'),
        'Rob did not receive "Hello" within 20 ms.',
        'Rob has received no message: the one that came was ignored.',
        CONNECTED,
      )
      here().sends('tick', 'tick')
      const another = await failureMessage(() => rob.receives('Hello'))
      expect(failure.message).not.to.equal(another)
      expect(another).to.contain('\nRob has received no message: the 3 that came were ignored.\n')
    })

    it('shows the closest message, what else is unread, and the difference', async () => {
      await begin({ phrases: { received: { message: '${phrase}' } } })
      here().sends('{"message":"Rob has connected"}', '{"message":"Rob: Hullo"}')
      const failure = await expectFailure(
        () => rob.receives('Rob: Hello'),
        'Rob did not receive "Rob: Hello" within 20 ms.',
        'The closest of 2 unread messages is',
        '  2  +0 ms  {"message":"Rob: Hullo"}',
        'Also unread',
        '  1  +0 ms  {"message":"Rob has connected"}',
        CONNECTED,
      )
      expect(failure).to.be.an.instanceOf(ExpectationError)
      expect([failure.expected, failure.actual]).to.deep.equal(['Rob: Hello', 'Rob: Hullo'])
    })

    it('says that the closest message is closer to what sets off a reaction', async () => {
      rob.when('Rob has connected').send('Hello')
      rob.when('Good night').disconnect()
      conversation.client('Ann').when('Rob has joined!').send('Hello')
      here().sends('Rob has joined')
      expect((await failureMessage(() => rob.receives('Rob: Hello'))).split('\n').at(-1)).to.equal(
        'Number 1 is closer to "Rob has connected", for which a reaction is still waiting.',
      )
    })

    it('says nothing of reactions whose trigger is not closer, cannot be compared, or did come', async () => {
      rob.when('Rob: Hi there, I am Rob').send('Hello')
      rob.when({ describe: () => 'a joke', accepts: () => false }).send('Hello')
      for (const _ of [1, 2]) rob.when('Rob: Hollo').send('Hello')
      here().sends('Rob: Hollo')
      expect(await failureMessage(() => rob.receives('Rob: Hello'))).not.to.contain('closer')
    })

    it('compares only the members that were expected', async () => {
      here().sends('{"type":"order","price":12,"placed":"today"}')
      const failure = await expectFailure(
        () => rob.receives({ type: 'order', price: 13 }),
        'Rob did not receive {"type":"order","price":13} within 20 ms.',
        'The only unread message is',
        '  1  +0 ms  {"type":"order","price":12,"placed":"today"}',
        CONNECTED,
      )
      expect(failure.expected).to.deep.equal({ type: 'order', price: 13 })
      expect(failure.actual).to.deep.equal({ type: 'order', price: 12 })
    })

    it('formats how long was waited', async () => {
      await begin({ timeout: 5000 })
      const words = failureMessage(() => rob.receives('Hello'))
      here().closes(4001)
      expect(await words).to.match(/^Rob did not receive "Hello": Rob was disconnected by the server with 4001\.$/m)
      await rob.connect()
      expect(await failureMessage(() => rob.receives('Hello', { within: '0.02s' }))).to.match(/ within 20 ms\.$/m)
    })

    it('says how the connection ended', async () => {
      here().sends('Hullo')
      const wait = expectFailure(
        () => rob.receives('Hello'),
        'Rob did not receive "Hello": Rob was disconnected by the server with 4001 "Kicked".',
        'The only unread message is',
        '  1  +0 ms  Hullo',
      )
      here().closes(4001, 'Kicked')
      await wait
    })

    it('fails at once if the connection has ended already', async () => {
      rob.terminate()
      await expectFailure(
        () => rob.receives('Hello'),
        'Rob did not receive "Hello": Rob has lost the connection.',
        'Rob has received no message at all.',
      )
    })

    it('says that all messages were read, and which of them would have matched', async () => {
      here().sends('Hello', 'Hullo')
      rob.catchUp()
      await expectFailure(
        () => rob.receives('Hello'),
        'Rob did not receive "Hello" within 20 ms.',
        'No message is unread: Rob has read all 2 that came.',
        CONNECTED,
        'Rob had received it before, as number 1, and a sentence had read it.',
      )
    })

    it('searches other clients once in a sentence', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      server.to('Ann').sends('Hello')
      conversation.beginSentence({ text: 'Rob receives "Hello"', location: '' })
      expect(await failureMessage(() => rob.receives('Hello'))).to.contain('Ann has received it.')
      expect(await failureMessage(() => rob.receives('Hello'))).to.match(/^Rob did not receive (?!.*Ann)/s)
      conversation.beginSentence({ text: 'Rob receives "Hello"', location: '' })
      expect(await failureMessage(() => rob.receives('Hello'))).to.contain('Ann has received it.')
    })

    it('names another client that has received the message', async () => {
      await conversation.client('Ann').connect()
      server.to('Ann').sends('Hello')
      await expectFailure(
        () => rob.receives('Hello'),
        'Rob did not receive "Hello" within 20 ms.',
        'Rob has received no message at all.',
        CONNECTED,
        'Ann has received it.',
      )
    })

    it('says that no message fits the template', async () => {
      await begin({ phrases: { received: { message: '${phrase}' } } })
      here().sends('{"text":"Hello"}')
      await expectFailure(
        () => rob.receives('Hello'),
        'Rob did not receive "Hello" within 20 ms.',
        'The only unread message is',
        '  1  +0 ms  {"text":"Hello"}',
        CONNECTED,
        'No unread message fits the template for received phrases, {"message":"${phrase}"}. ' +
          'Set it by «phrases are received as:» or by "phrases" in the settings.',
      )
    })

    for (const [why, phrases, unread] of [
      ['if there is no message', { received: { message: '${phrase}' } }, []],
      ['if a message fits it', { received: { message: '${phrase}' } }, ['{"text":"Hello"}', '{"message":"Hullo"}']],
      ['if there is none', {}, [Buffer.from('Hello')]],
    ] as const) {
      it(`does not mention the template ${why}`, async () => {
        await begin({ phrases })
        here().sends(...unread)
        expect(await failureMessage(() => rob.receives('Hello'))).not.to.contain('template')
      })
    }

    it('compares nothing if the matcher cannot', async () => {
      here().sends('a bus')
      const taxi = { describe: () => 'a taxi', accepts: () => false }
      const failure = await expectFailure(
        () => rob.receives(taxi),
        'Rob did not receive a taxi within 20 ms.',
        'Unread',
        '  1  +0 ms  a bus',
        CONNECTED,
      )
      expect(failure).not.to.have.property('expected')
      expect(await failureMessage(() => rob.expect(nextMessage(taxi)))).to.match(
        /^Rob should receive a taxi as the next message, /,
      )
    })

    it('does not mention the template for JSON that differs', async () => {
      await begin({ phrases: { received: { message: '${phrase}' } } })
      here().sends('{"type":"pong"}')
      expect(await failureMessage(() => rob.receives({ type: 'ping' }))).not.to.contain('template')
    })
  })

  describe('for several messages', () => {
    beforeEach(() => here().sends('a'))

    const unread = ['Unread', '  1  +0 ms  a', CONNECTED]

    it('lists which messages came, in order', async () => {
      await expectFailure(
        () => rob.expect(inOrder([rob.matcher('a'), rob.matcher('b')])),
        'Rob did not receive these messages in this order within 20 ms.',
        '  received  "a"',
        '  missing   "b"',
        ...unread,
      )
    })

    it('lists which messages came, in any order', async () => {
      await expectFailure(
        () => rob.expect(inAnyOrder([rob.matcher('b'), rob.matcher('a')])),
        'Rob did not receive these messages in any order within 20 ms.',
        '  missing   "b"',
        '  received  "a"',
        ...unread,
      )
    })

    it('lists which messages came, consecutively', async () => {
      await expectFailure(
        () => rob.expect(consecutively([rob.matcher('a'), rob.matcher('b')])),
        'Rob did not receive exactly these messages, and none between, within 20 ms.',
        '  received  "a"',
        '  missing   "b"',
        ...unread,
      )
    })

    it('counts the messages that came', async () => {
      await expectFailure(
        () => rob.expect(messageCount(2)),
        'Rob did not receive 2 messages within 20 ms.',
        '  received 1 of 2',
        ...unread,
      )
    })

    it('names the first message that differs from the list, and compares it', async () => {
      here().sends('b', 'end')
      const failure = await expectFailure(
        () => rob.expect(exactlyBefore([rob.matcher('a'), rob.matcher('c')], rob.matcher('end'))),
        'Rob should receive exactly these messages before "end", but number 2 is not "c".',
        'Unread',
        '  1  +0 ms  a',
        '  2  +0 ms  b',
        '  3  +0 ms  end',
        CONNECTED,
      )
      expect([failure.expected, failure.actual]).to.deep.equal(['c', 'b'])
    })

    it('says that the closing message did not come', async () => {
      await expectFailure(
        () => rob.expect(exactlyBefore([rob.matcher('a')], rob.matcher('end'))),
        'Rob did not receive "end" within 20 ms.',
        'The only unread message is',
        '  1  +0 ms  a',
        CONNECTED,
      )
    })

    it('says that the message to catch up with did not come', async () => {
      await expectFailure(
        () => rob.expect(everythingUpTo(rob.matcher('end'))),
        'Rob did not receive "end" within 20 ms.',
        'The only unread message is',
        '  1  +0 ms  a',
        CONNECTED,
      )
    })
  })

  describe('because of a message', () => {
    beforeEach(() => here().sends('a'))

    const unread = ['Unread', '  1  +0 ms  a', CONNECTED]

    it('says that another message is the next, and compares it', async () => {
      await conversation.client('Ann').connect()
      server.to('Ann').sends('b')
      const failure = await expectFailure(
        () => rob.expect(nextMessage(rob.matcher('b'))),
        'Rob should receive "b" as the next message, but number 1 is the next.',
        ...unread,
      )
      expect([failure.expected, failure.actual]).to.deep.equal(['b', 'a'])
    })

    it('names the message that broke the silence', async () => {
      await expectFailure(
        () => rob.expect(silence(anyMessage, { newOnly: true })),
        'Rob should receive nothing, but number 1 came.',
        ...unread,
      )
      await expectFailure(
        () => rob.expect(silence(anyMessage)),
        'Rob should receive nothing else, but number 1 came.',
        ...unread,
      )
      await expectFailure(() => rob.doesNotReceive('a'), 'Rob should not receive "a", but number 1 came.', ...unread)
    })

    it('names the message that came first', async () => {
      await expectFailure(
        () => rob.expect(messageWithout(rob.matcher('b'), rob.matcher('a'))),
        'Rob should receive "b" without "a", but number 1 came first.',
        ...unread,
      )
      await expectFailure(
        () => rob.expect(messageWithout(rob.matcher('b'), anyMessage, { newOnly: true })),
        'Rob should receive nothing before "b", but number 1 came first.',
        ...unread,
      )
    })
  })

  describe('for silence', () => {
    it('says that nothing could be received on a closed connection', async () => {
      await rob.disconnect()
      await expectFailure(
        () => rob.doesNotReceive('Hello'),
        'Rob has disconnected, and so could not receive anything.',
        'Rob has received no message at all.',
      )
    })

    it('says that the connection ended meanwhile, so that nothing could be received', async () => {
      const wait = expectFailure(
        () => rob.doesNotReceive('Hello', { within: 5000 }),
        'Rob was disconnected by the server with 1001, and so could not receive anything.',
        'Rob has received no message at all.',
      )
      here().closes(1001)
      await wait
    })
  })

  async function begin(changes: Partial<ResolvedSettings> = {}): Promise<void> {
    ;({ conversation, server } = startConversation({ timeout: 20, ...changes }))
    rob = conversation.client('Rob')
    await rob.connect()
  }

  function here(): FakeConnection {
    return server.to('Rob')
  }
})
