import { expect } from 'chai'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import type { ResolvedSettings } from '../conversation/settings'
import { ExpectationError } from '../errors'
import { everythingUpTo, messageWithout, nextMessage } from '../inbox/expect-one'
import { consecutively, exactlyBefore, inAnyOrder, inOrder, messageCount } from '../inbox/expect-several'
import { silence } from '../inbox/expect-silence'
import { anyMessage } from '../matching/matcher'
import { combineFailures } from './combined-failure'

const CONNECTED = 'Rob is connected to ws://server/?name=Rob.'

describe('a failure', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin())

  describe('to receive a message', () => {
    it('says that nothing came', async () => {
      await says(
        () => rob.receives('Hello'),
        'Rob did not receive "Hello" within 20 ms.',
        'Rob has received no message at all.',
        CONNECTED,
      )
    })

    it('shows the closest message, what else is unread, and the difference', async () => {
      await begin({ phrases: { received: { message: '${phrase}' } } })
      here().sends('{"message":"Rob has connected"}', '{"message":"Rob: Hullo"}')
      const failure = await says(
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

    it('cuts the difference down to what was asked for', async () => {
      here().sends('{"type":"order","price":12,"placed":"today"}')
      const failure = await says(
        () => rob.receives({ type: 'order', price: 13 }),
        'Rob did not receive {"type":"order","price":13} within 20 ms.',
        'The only unread message is',
        '  1  +0 ms  {"type":"order","price":12,"placed":"today"}',
        CONNECTED,
      )
      expect(failure.expected).to.deep.equal({ type: 'order', price: 13 })
      expect(failure.actual).to.deep.equal({ type: 'order', price: 12 })
    })

    it('says how long was waited in the unit that reads best', async () => {
      await begin({ timeout: 5000 })
      const words = failureMessage(() => rob.receives('Hello'))
      here().closes(4001)
      expect(await words).to.match(/^Rob did not receive "Hello": Rob was disconnected by the server with 4001\.$/m)
      await rob.connect()
      expect(await failureMessage(() => rob.receives('Hello', { within: '0.02s' }))).to.match(/ within 20 ms\.$/m)
    })

    it('says why the connection ended', async () => {
      here().sends('Hullo')
      const wait = says(
        () => rob.receives('Hello'),
        'Rob did not receive "Hello": Rob was disconnected by the server with 4001 "Kicked".',
        'The only unread message is',
        '  1  +0 ms  Hullo',
      )
      here().closes(4001, 'Kicked')
      await wait
    })

    it('says so at once on a connection that has ended already', async () => {
      rob.terminate()
      await says(
        () => rob.receives('Hello'),
        'Rob did not receive "Hello": Rob has lost the connection.',
        'Rob has received no message at all.',
      )
    })

    it('says that everything was read, and what had been read before', async () => {
      here().sends('Hello', 'Hullo')
      rob.catchUp()
      await says(
        () => rob.receives('Hello'),
        'Rob did not receive "Hello" within 20 ms.',
        'No message is unread: Rob has read all 2 that came.',
        CONNECTED,
        'Rob had received it before, as number 1, and a sentence had read it.',
      )
    })

    it('looks around once in a sentence, as it takes long among a thousand', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      server.to('Ann').sends('Hello')
      conversation.beginSentence({ text: 'Rob receives "Hello"', location: '' })
      expect(await failureMessage(() => rob.receives('Hello'))).to.contain('Ann has received it.')
      expect(await failureMessage(() => rob.receives('Hello'))).to.match(/^Rob did not receive (?!.*Ann)/s)
      conversation.beginSentence({ text: 'Rob receives "Hello"', location: '' })
      expect(await failureMessage(() => rob.receives('Hello'))).to.contain('Ann has received it.')
    })

    it('says who has received it instead', async () => {
      await conversation.client('Ann').connect()
      server.to('Ann').sends('Hello')
      await says(
        () => rob.receives('Hello'),
        'Rob did not receive "Hello" within 20 ms.',
        'Rob has received no message at all.',
        CONNECTED,
        'Ann has received it.',
      )
    })

    it('says if no message fits the template', async () => {
      await begin({ phrases: { received: { message: '${phrase}' } } })
      here().sends('{"text":"Hello"}')
      await says(
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
      it(`does not blame the template ${why}`, async () => {
        await begin({ phrases })
        here().sends(...unread)
        expect(await failureMessage(() => rob.receives('Hello'))).not.to.contain('template')
      })
    }

    it('compares nothing where a matcher cannot', async () => {
      here().sends('a bus')
      const taxi = { describe: () => 'a taxi', accepts: () => false }
      const failure = await says(
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

    it('does not blame the template for JSON that differs', async () => {
      await begin({ phrases: { received: { message: '${phrase}' } } })
      here().sends('{"type":"pong"}')
      expect(await failureMessage(() => rob.receives({ type: 'ping' }))).not.to.contain('template')
    })
  })

  describe('shows messages', () => {
    it('ten of many', async () => {
      here().sends(...Array.from({ length: 13 }, (_, index) => `message ${index + 1}`))
      await says(
        () => rob.receives('Hello'),
        'Rob did not receive "Hello" within 20 ms.',
        'The closest of 13 unread messages is',
        '  1  +0 ms  message 1',
        'Also unread',
        ...Array.from({ length: 10 }, (_, index) => `  ${index + 2}  +0 ms  message ${index + 2}`),
        '  … and 2 more',
        CONNECTED,
      )
    })

    it('all of ten', async () => {
      here().sends(...Array.from({ length: 10 }, (_, index) => `message ${index + 1}`))
      expect(await failureMessage(() => rob.expect(messageCount(11)))).to.contain(
        `  10  +0 ms  message 10\n${CONNECTED}`,
      )
    })

    it('that are empty', async () => {
      here().sends('', Buffer.alloc(0))
      await says(
        () => rob.expect(messageCount(3)),
        'Rob did not receive 3 messages within 20 ms.',
        '  received 2 of 3',
        'Unread',
        '  1  +0 ms  (an empty message)',
        '  2  +0 ms  (an empty binary message)',
        CONNECTED,
      )
    })

    it('of bytes, in hexadecimal digits', async () => {
      here().sends(Buffer.from([0xde, 0xad]))
      expect(await failureMessage(() => rob.receives('Hello'))).to.contain('\n  1  +0 ms  bytes dead\n')
    })

    it('of several lines, in one', async () => {
      here().sends('one\ntwo\u001b[31m')
      expect(await failureMessage(() => rob.receives('Hello'))).to.contain('\n  1  +0 ms  one\\ntwo\\u001b[31m\n')
    })

    it('that are long, cut', async () => {
      here().sends('x'.repeat(1_000_000))
      const words = await failureMessage(() => rob.receives('Hello'))
      expect(words).to.contain(`\n  1  +0 ms  ${'x'.repeat(300)}… (1000000 characters)\n`)
      expect(words.length).to.be.lessThan(1000)
    })

    it('of a hundred thousand, in reasonable time', async () => {
      for (let count = 0; count < 100_000; count++) here().sends(`message ${count}`)
      expect(await failureMessage(() => rob.receives('Hello'))).to.contain('The closest of 100000 unread messages is')
    })
  })

  describe('to receive several messages', () => {
    beforeEach(() => here().sends('a'))

    const unread = ['Unread', '  1  +0 ms  a', CONNECTED]

    it('says which of them came, in order', async () => {
      await says(
        () => rob.expect(inOrder([rob.matcher('a'), rob.matcher('b')])),
        'Rob did not receive these messages in this order within 20 ms.',
        '  received  "a"',
        '  missing   "b"',
        ...unread,
      )
    })

    it('says which of them came, in any order', async () => {
      await says(
        () => rob.expect(inAnyOrder([rob.matcher('b'), rob.matcher('a')])),
        'Rob did not receive these messages in any order within 20 ms.',
        '  missing   "b"',
        '  received  "a"',
        ...unread,
      )
    })

    it('says which of them came, in one run', async () => {
      await says(
        () => rob.expect(consecutively([rob.matcher('a'), rob.matcher('b')])),
        'Rob did not receive exactly these messages, and none between, within 20 ms.',
        '  received  "a"',
        '  missing   "b"',
        ...unread,
      )
    })

    it('says how many came', async () => {
      await says(
        () => rob.expect(messageCount(2)),
        'Rob did not receive 2 messages within 20 ms.',
        '  received 1 of 2',
        ...unread,
      )
    })

    it('says which one was not as listed, and compares it', async () => {
      here().sends('b', 'end')
      const failure = await says(
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

    it('says that the closing one did not come', async () => {
      await says(
        () => rob.expect(exactlyBefore([rob.matcher('a')], rob.matcher('end'))),
        'Rob did not receive "end" within 20 ms.',
        'The only unread message is',
        '  1  +0 ms  a',
        CONNECTED,
      )
    })

    it('says that the one to catch up with did not come', async () => {
      await says(
        () => rob.expect(everythingUpTo(rob.matcher('end'))),
        'Rob did not receive "end" within 20 ms.',
        'The only unread message is',
        '  1  +0 ms  a',
        CONNECTED,
      )
    })
  })

  describe('because of a message that came', () => {
    beforeEach(() => here().sends('a'))

    const unread = ['Unread', '  1  +0 ms  a', CONNECTED]

    it('says that it was not the next one, and compares it', async () => {
      await conversation.client('Ann').connect()
      server.to('Ann').sends('b')
      const failure = await says(
        () => rob.expect(nextMessage(rob.matcher('b'))),
        'Rob should receive "b" as the next message, but number 1 is the next.',
        ...unread,
      )
      expect([failure.expected, failure.actual]).to.deep.equal(['b', 'a'])
    })

    it('says that it broke the silence', async () => {
      await says(
        () => rob.expect(silence(anyMessage, { newOnly: true })),
        'Rob should receive nothing, but number 1 came.',
        ...unread,
      )
      await says(
        () => rob.expect(silence(anyMessage)),
        'Rob should receive nothing else, but number 1 came.',
        ...unread,
      )
      await says(() => rob.doesNotReceive('a'), 'Rob should not receive "a", but number 1 came.', ...unread)
    })

    it('says that it came first', async () => {
      await says(
        () => rob.expect(messageWithout(rob.matcher('b'), rob.matcher('a'))),
        'Rob should receive "b" without "a", but number 1 came first.',
        ...unread,
      )
      await says(
        () => rob.expect(messageWithout(rob.matcher('b'), anyMessage, { newOnly: true })),
        'Rob should receive nothing before "b", but number 1 came first.',
        ...unread,
      )
    })
  })

  describe('to keep silent', () => {
    it('says that nobody can hear on a connection that is closed', async () => {
      await rob.disconnect()
      await says(
        () => rob.doesNotReceive('Hello'),
        'Rob has disconnected, and so could not receive anything.',
        'Rob has received no message at all.',
      )
    })

    it('says that the connection ended meanwhile', async () => {
      const wait = says(
        () => rob.doesNotReceive('Hello', { within: 5000 }),
        'Rob was disconnected by the server with 1001, and so could not receive anything.',
        'Rob has received no message at all.',
      )
      here().closes(1001)
      await wait
    })
  })

  describe('of several clients', () => {
    const failures = (count: number) =>
      Array.from({ length: count }, (_, index) => new ExpectationError(`Number ${index + 1} failed.\nMore of it.`))

    it('is that of the one, if it is one alone', () => {
      const [failure] = failures(1)
      expect(combineFailures(failure ? [failure] : [], 3)).to.equal(failure)
    })

    it('tells the first in full and what the others lacked', () => {
      expect(combineFailures(failures(2), 3)).to.have.property('showDiff', false)
      expect(combineFailures(failures(2), 3).message).to.equal(
        ['Number 1 failed.', 'More of it.', '1 other of 3 failed too:', '  Number 2 failed.'].join('\n'),
      )
    })

    it('tells of ten others', () => {
      const lines = combineFailures(failures(13), 100).message.split('\n')
      expect(lines.slice(2, 4)).to.deep.equal(['12 others of 100 failed too:', '  Number 2 failed.'])
      expect(lines.slice(-2)).to.deep.equal(['  Number 11 failed.', '  … and 2 more'])
      expect(combineFailures(failures(11), 100).message).to.match(/\n {2}Number 11 failed\.$/)
    })

    it('compares what the first one expected', () => {
      const first = new ExpectationError('One failed.', { expected: 'a', actual: 'b' })
      const failure = combineFailures([first, new Error('Two failed.')], 2) as ExpectationError &
        Record<string, unknown>
      expect([failure.expected, failure.actual]).to.deep.equal(['a', 'b'])
    })
  })

  describe('names the reactions that wait', () => {
    it('ten of many', async () => {
      for (let count = 0; count < 10; count++) rob.when('Hi').send(`${count}`)
      expect(await failureMessage(() => rob.receives('Hello'))).to.match(/ Rob sends "9"$/)
      for (let count = 10; count < 12; count++) rob.when('Hi').send(`${count}`)
      const lines = (await failureMessage(() => rob.receives('Hello'))).split('\n')
      expect(lines.filter((line) => / when Rob receives "Hi" Rob sends /.test(line))).to.have.length(10)
      expect(lines.at(-1)).to.equal('               … and 2 more')
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

  /** Compares the whole text of the failure. */
  async function says(act: () => unknown, ...lines: string[]) {
    const failure = await failureOf(act)
    expect((await failureMessage(() => Promise.reject(failure))).split('\n')).to.deep.equal(lines)
    return failure
  }
})
