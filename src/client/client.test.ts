import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Conversation } from '../conversation/conversation'
import type { ResolvedSettings } from '../conversation-state/resolved-settings'
import { ExpectationError, UsageError } from '../errors'
import { nextMessage } from '../expectations/expect-one'
import { messageCount } from '../expectations/expect-several'
import { silence } from '../expectations/expect-silence'
import { anyMessage } from '../matching/matcher'
import type { Client } from './client'

const NEVER_CONNECTED = 'Rob has not connected yet. Write before this: Rob is connected'

describe('Client', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin())

  describe('receives', () => {
    it('returns the message', async () => {
      await rob.connect()
      here().sends('{"message":"Hello","id":7}')
      expect((await rob.receives({ message: 'Hello' })).json).to.deep.equal({ message: 'Hello', id: 7 })
    })

    it('reads a message that came together with the handshake', async () => {
      server.onConnection = (connection) => {
        connection.accepts()
        connection.sends('Hello')
      }
      await rob.connect()
      await rob.receives('Hello')
    })

    it('reads phrases through the template', async () => {
      begin({ phrases: { received: { message: '${phrase}' } } })
      await rob.connect()
      here().sends('{"message":"Hello, Rob","id":7}')
      await rob.receives('Hello, ${client}')
    })

    it('can wait for several clients at the same time', async () => {
      const clients = ['Ann', 'Bob', 'Carol'].map((name) => conversation.client(name))
      for (const client of clients) await client.connect()
      const received = Promise.all(clients.map((client) => client.receives('Hello')))
      for (const connection of server.connections.toReversed()) connection.sends('Hello')
      expect((await received).map(({ text }) => text)).to.deep.equal(['Hello', 'Hello', 'Hello'])
    })

    it('throws a UsageError if the client never connected', async () => {
      rob.when('Hello').send('Hi')
      for (const wait of [
        () => rob.receives('Hello'),
        () => rob.doesNotReceive('Hello'),
        () => rob.expect(messageCount(2)),
        () => rob.catchUp(),
        () => rob.expectPong(),
        () => rob.expectDisconnected(),
        () => rob.remember('$', 'all'),
      ]) {
        const failure = await failureOf(wait)
        expect(failure).to.be.an.instanceOf(UsageError)
        expect(failure.message).to.equal(NEVER_CONNECTED)
      }
    })

    it('advises sentences in which the name is written correctly', async () => {
      for (const [name, written] of [
        ['dispatcher', 'the dispatcher'],
        ['Rob Anderson', '"Rob Anderson"'],
        ['user_1', 'user_1'],
      ] as const) {
        const client = conversation.client(name)
        client.when('Hello').send('Hi')
        expect(await failureMessage(() => client.receives('Hello'))).to.match(
          new RegExp(` Write before this: ${written} is connected$`),
        )
        await client.connect()
        expect(await failureMessage(() => client.connect())).to.match(new RegExp(` write: ${written} reconnects$`))
        await client.disconnect()
        expect(await failureMessage(() => client.send('Hello'))).to.match(new RegExp(` write: ${written} reconnects$`))
      }
    })

    it('catchUp marks everything as read', async () => {
      await rob.connect()
      here().sends('a', 'b')
      rob.catchUp()
      here().sends('c')
      await rob.expect(nextMessage(rob.matcher('c')))
    })
  })

  describe('ignore', () => {
    it('drops the messages that the settings ignore', async () => {
      begin({ ignore: ['"tick"', 'tock', '{"type": "heartbeat"}'] })
      await rob.connect()
      here().sends('tick', 'tock', '{"type":"heartbeat","at":1}', 'Hello')
      await rob.receives('Hello')
      await rob.expect(silence(anyMessage))
    })

    it('throws at connecting if a message of the settings is invalid', async () => {
      begin({ ignore: ['"${nobody}"'] })
      const failure = await failureOf(() => rob.connect())
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.contain('There is no variable ${nobody}.')
      expect(server.connections).to.be.empty
    })

    it('interrupts a wait if its matcher throws', async () => {
      await rob.connect()
      rob.ignore({
        describe: () => 'a tick',
        accepts: () => {
          throw 'no clock'
        },
      })
      const waiting = failureOf(() => rob.receives('Hello'))
      here().sends('Hello')
      expect((await waiting).message).to.equal(
        'From number 1 on, a tick is not ignored: The matcher «a tick» failed: no clock',
      )
    })

    it('leaves no ignored message in the inbox', async () => {
      begin({ ignore: ['{"type": "heartbeat"}'] })
      await rob.connect()
      here().sends('{"type":"heartbeat"}', 'Hello')
      await rob.expect(nextMessage(rob.matcher('Hello')))
    })
  })

  describe('receivesEvery', () => {
    beforeEach(() => rob.connect())

    it('refuses an interval of no time, and one that is longer than a timer can wait', async () => {
      for (const interval of [0, '0 s', 0.2]) {
        const failure = await failureOf(() => rob.receivesEvery('tick', interval))
        expect(failure).to.be.an.instanceOf(UsageError)
        expect(failure.message).to.equal('Messages cannot come every 0 ms: write 1 ms or more.')
      }
      for (const interval of [-1, '25 days', '8 days', 'often', undefined as never]) {
        expect(await failureOf(() => rob.receivesEvery('tick', interval))).to.be.an.instanceOf(UsageError)
      }
    })

    it('fails for messages that come too soon', async () => {
      here().sends('tick')
      const words = failureMessage(() => rob.receivesEvery('tick', '1 hour'))
      here().sends('tick', 'tick')
      expect(await words).to.match(
        /^Rob should receive "tick" every 3600 s, but number 3 came \d ms after the one before\.\n/,
      )
    })

    it('fails if they do not come in time, and counts those that came', async () => {
      begin({ timeout: 10 })
      await rob.connect()
      const words = failureMessage(() => rob.receivesEvery('tick', 1))
      here().sends('tick')
      expect(await words).to.match(/^Rob did not receive "tick" every 1 ms within 10 ms\.\n {2}received 1 of 3\n/)
    })
  })

  describe('receivesLast', () => {
    beforeEach(() => rob.connect())

    it('is met by the message that came last, and leaves others unread', async () => {
      here().sends('one', 'two')
      await rob.receivesLast('two')
      await rob.receives('one')
    })

    it('is met by the message that came last if it has been read', async () => {
      here().sends('one', 'two')
      await rob.receives('two')
      await rob.receives('one')
      await rob.receivesLast('two')
      rob.expectRead('two')
    })

    it('waits until it is the last', async () => {
      here().sends('two', 'one')
      await rob.receives('one')
      const received = rob.receivesLast('two')
      here().sends('one')
      here().sends('two')
      await received
    })

    it('looks at all that has arrived', async () => {
      for (const isRead of [false, true]) {
        here().sends('two')
        if (isRead) await rob.receives('two')
        here().isBehind = true
        const words = failureMessage(() => rob.receivesLast('two', { within: 1 }))
        await turn()
        here().sends('one')
        here().isBehind = false
        expect(await words).to.match(/^Rob did not receive "two" as the last message within 1 ms\.\n/)
      }
    })

    it('fails if another one is', async () => {
      here().sends('two', 'one')
      await rob.receives('one')
      const words = await failureMessage(() => rob.receivesLast('two', { within: 1 }))
      expect(words).to.match(/^Rob did not receive "two" as the last message within 1 ms\.\n/)
      expect(await failureOf(() => conversation.client('Ann').receivesLast('two'))).to.be.an.instanceOf(UsageError)
    })
  })

  describe('expectRead', () => {
    beforeEach(() => rob.connect())

    it('compares the message that was read last', async () => {
      here().sends('{"amount":101}', '{"amount":1}')
      await rob.receives({ amount: 101 })
      rob.expectRead({ amount: '#> 100' })
      const failure = await failureOf(() => rob.expectRead({ amount: 7 }))
      expect(failure).to.be.an.instanceOf(ExpectationError)
      expect(failure.message.replace(/\+\d+ ms/, '+0 ms')).to.equal(
        'The message that Rob read last is not {"amount":7}. It is\n  1  +0 ms  {"amount":101}',
      )
      expect([failure.expected, failure.actual]).to.deep.equal([{ amount: 7 }, { amount: 101 }])
    })

    it('compares by a matcher of its own that has no difference to show', async () => {
      here().sends('tick')
      await rob.receives('tick')
      const failure = await failureOf(() => rob.expectRead({ describe: () => 'a tock', accepts: () => false }))
      expect(failure.message).to.match(/^The message that Rob read last is not a tock\. It is\n/)
    })

    it('throws a UsageError before any message was read', async () => {
      expect(await failureMessage(() => rob.expectRead('tick'))).to.equal(
        'Rob has read no message yet, so there is nothing to expect.',
      )
    })
  })

  describe('matcherOfRead', () => {
    it('accepts what is the same as the message that was read last', async () => {
      await rob.connect()
      here().sends('{"a":"#string"}', '{"a":"x"}', '{ "a": "#string" }')
      await rob.receives({ a: '#string' })
      const { number } = await rob.receives(rob.matcherOfRead())
      expect(number).to.equal(3)
    })

    it('throws a UsageError before any message was read', async () => {
      await rob.connect()
      expect(await failureMessage(() => rob.matcherOfRead())).to.equal(
        'Rob has read no message yet, so there is nothing to compare.',
      )
    })
  })

  describe('remember', () => {
    beforeEach(() => rob.connect())

    it('sets a variable to a part of the message that was read last', async () => {
      here().sends('{"order":{"id":7}}', '{"order":{"id":8}}')
      await rob.receives({ order: {} })
      rob.remember('order.id', 'id')
      expect(conversation.variables.get('id')).to.equal(7)
    })

    it('sets a variable to the whole message', async () => {
      here().sends('{"id":7}')
      await rob.receives({ id: 7 })
      rob.remember('$', 'all')
      expect(conversation.variables.get('all')).to.deep.equal({ id: 7 })
    })

    it('sets a variable to the text if the message is not JSON', async () => {
      here().sends('Hello')
      await rob.receives('Hello')
      rob.remember('$', 'all')
      expect(conversation.variables.get('all')).to.equal('Hello')
    })

    it('throws before any message was read', async () => {
      here().sends('{"id":7}')
      expect(await failureMessage(() => rob.remember('id', 'id'))).to.equal(
        'Rob has read no message yet, so there is nothing to remember.',
      )
    })

    it('throws a UsageError if there is nothing at the path', async () => {
      here().sends('{"id":7}')
      await rob.receives({ id: 7 })
      const failure = await failureOf(() => rob.remember('order.id', 'id'))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal('The message that Rob read last has nothing at "order.id": it is {"id":7}')
    })

    it('shows only the beginning of a long message in its error', async () => {
      here().sends(JSON.stringify({ text: 'x'.repeat(100_000) }))
      await rob.expect(messageCount(1))
      expect(await failureMessage(() => rob.remember('id', 'id'))).to.have.length.below(500)
    })
  })

  function begin(changes: Partial<ResolvedSettings> = {}): void {
    ;({ conversation, server } = startConversation(changes))
    rob = conversation.client('Rob')
  }

  function here(): FakeConnection {
    return server.to('Rob')
  }
})
