import { expect } from 'chai'
import { Clock } from '../../test/support/clock'
import { timers, turn } from '../../test/support/event-loop'
import { failureMessage, failureOf } from '../../test/support/failures'
import { atMost } from '../expectations/expect-count'
import { message, messageWithout, nextMessage } from '../expectations/expect-one'
import { messageBefore } from '../expectations/expect-order'
import { consecutively, exactlyBefore, inAnyOrder, inOrder, messageCount } from '../expectations/expect-several'
import { silence } from '../expectations/expect-silence'
import { jsonContaining } from '../matching/json-matcher'
import { anyMessage, type Matcher } from '../matching/matcher'
import { phraseEqualTo, phraseMatching } from '../matching/phrase-matcher'
import type { Expectation, Failed } from './expectation'
import { Inbox, type Wait, type WaitEnd } from './inbox'
import { Message } from './message'

const LONG = 5000
const SHORT = 1

describe('Inbox', () => {
  let inbox: Inbox

  beforeEach(() => {
    inbox = new Inbox()
  })

  describe('messages', () => {
    it('are numbered in the order of arrival', () => {
      arrive('Hello', 'Hullo', 'Hello')
      expect(inbox.messages.map(({ number, text }) => [number, text])).to.deep.equal([
        [1, 'Hello'],
        [2, 'Hullo'],
        [3, 'Hello'],
      ])
    })

    it('are unread until they are read', async () => {
      arrive('Hello', 'Hullo')
      await receives(message(phraseEqualTo('Hello')))
      expect(unread()).to.deep.equal(['Hullo'])
      expect(inbox.messages).to.have.length(2)
    })

    it('are all read after markRead', () => {
      arrive('Hello', 'Hullo')
      inbox.markRead()
      expect(unread()).to.deep.equal([])
      expect(inbox.lastRead?.text).to.equal('Hullo')
    })

    it('are dropped by ignore, unread ones and later ones', () => {
      arrive('Hello', 'tick')
      inbox.ignore(phraseEqualTo('tick'))
      arrive('tick', 'Bye')
      expect(unread()).to.deep.equal(['Hello', 'Bye'])
      expect(inbox.messages.map(({ number, text }) => [number, text])).to.deep.equal([
        [1, 'Hello'],
        [3, 'Bye'],
      ])
      expect(inbox.ignoredCount).to.equal(2)
    })

    it('are not waited with once they are ignored', async () => {
      arrive('tick')
      const both = receives(inOrder([phraseEqualTo('tick'), phraseEqualTo('Bye')]))
      inbox.ignore(phraseEqualTo('tick'))
      arrive('Bye')
      inbox.disconnected()
      expect((await failureOf(() => both)).message).to.equal('connection')
    })

    it('are no longer dropped by a rule that fails, also if nobody is told', () => {
      inbox.ignore(broken({ accepts: new Error('no clock') }))
      arrive('tick')
      expect(unread()).to.deep.equal(['tick'])
    })

    it('are no longer dropped by a rule that fails, which is told once', () => {
      const errors: string[] = []
      inbox = new Inbox({ deferError: ({ message }) => errors.push(message) })
      inbox.ignore(phraseMatching('^(a+)+$'))
      inbox.ignore(phraseEqualTo('tick'))
      arrive('aaa', ...Array(30).fill(`${'a'.repeat(60)}!`), 'tick')
      expect(unread()).to.have.length(30)
      expect(errors).to.have.length(1)
      expect(errors[0]).to.match(
        /^From number 1 on, a message matching "\^\(a\+\)\+\$" is not ignored: The regular expression .+ takes too long on /,
      )
    })

    it('are none at first, and markRead reads none', () => {
      inbox.markRead()
      expect(inbox.lastRead).to.equal(undefined)
    })
  })

  describe('expect', () => {
    it('reads the earliest unread message that matches', async () => {
      arrive('Hullo', 'Hello', 'Hello')
      const [read] = await receives(message(phraseEqualTo('Hello')))
      expect(read?.number).to.equal(2)
    })

    it('leaves other messages unread', async () => {
      arrive('a', 'b', 'c')
      expect(await texts(message(phraseEqualTo('c')))).to.deep.equal(['c'])
      expect(await texts(message(phraseEqualTo('a')))).to.deep.equal(['a'])
      expect(await texts(message(phraseEqualTo('b')))).to.deep.equal(['b'])
    })

    it('reads the message in the tick in which it comes', async () => {
      const read = receives(message(phraseEqualTo('Hello')))
      arrive('Hullo', 'Hello')
      expect(unread()).to.deep.equal(['Hullo'])
      expect((await read)[0]?.text).to.equal('Hello')
    })

    it('reads a message at most once: each of two waits gets one', async () => {
      const first = receives(message(anyMessage))
      const second = receives(message(anyMessage))
      arrive('a', 'b')
      expect([await first, await second].flat().map(({ text }) => text)).to.deep.equal(['a', 'b'])
    })

    it('gives a message to the wait that began first', async () => {
      const first = texts(message(phraseEqualTo('Hello')))
      const second = failureOf(() => receives(message(phraseEqualTo('Hello')), SHORT))
      arrive('Hello')
      expect(await first).to.deep.equal(['Hello'])
      expect((await second).message).to.equal('deadline')
    })

    it('gives a message to the wait that it matches', async () => {
      const hello = texts(message(phraseEqualTo('Hello')))
      const hullo = texts(message(phraseEqualTo('Hullo')))
      arrive('Hullo', 'Hello')
      expect(await hullo).to.deep.equal(['Hullo'])
      expect(await hello).to.deep.equal(['Hello'])
    })

    it('reads an empty message', async () => {
      arrive('')
      expect(await texts(message(phraseEqualTo('')))).to.deep.equal([''])
      const later = texts(message(anyMessage))
      arrive('')
      expect(await later).to.deep.equal([''])
    })

    it('reads an empty binary message', async () => {
      const later = receives(message(anyMessage))
      arrive(Buffer.alloc(0))
      expect((await later)[0]?.bytes?.length).to.equal(0)
    })

    it('rejects when the time is over', async () => {
      expect((await failureOf(() => receives(message(phraseEqualTo('Hello')), SHORT))).message).to.equal('deadline')
    })

    it('reads no later message after it has rejected', async () => {
      await failureOf(() => receives(message(anyMessage), SHORT))
      arrive('Hello')
      expect(unread()).to.deep.equal(['Hello'])
      expect(await texts(message(anyMessage))).to.deep.equal(['Hello'])
    })

    it('reads no message if not all came', async () => {
      arrive('a')
      await failureOf(() => receives(inOrder([phraseEqualTo('a'), phraseEqualTo('b')]), SHORT))
      expect(unread()).to.deep.equal(['a'])
    })

    it('rejects at once when the connection ends', async () => {
      const waits = [
        message(phraseEqualTo('a')),
        inOrder([phraseEqualTo('a'), phraseEqualTo('b')]),
        silence(anyMessage),
      ].map((expectation) => failureOf(() => receives(expectation)))
      inbox.disconnected()
      for (const failure of await Promise.all(waits)) expect(failure.message).to.equal('connection')
    })

    it('reads what had come before the connection ended', async () => {
      arrive('Hello')
      const read = await inbox.expect(message(phraseEqualTo('Hello')), waitFor({ isDisconnected: true }))
      expect(read[0]?.text).to.equal('Hello')
    })

    it('rejects at once after the connection has ended', async () => {
      const failure = await failureOf(() =>
        inbox.expect(message(phraseEqualTo('Hello')), waitFor({ isDisconnected: true })),
      )
      expect(failure.message).to.equal('connection')
    })

    it('resolves for silence when the time is over, and reads nothing', async () => {
      arrive('Hullo')
      expect(await receives(silence(phraseEqualTo('Hello')), SHORT)).to.deep.equal([])
      expect(unread()).to.deep.equal(['Hullo'])
    })

    it('rejects with the reason if the expectation has failed', async () => {
      arrive('Hullo')
      const failure = await failureOf(() => receives(nextMessage(phraseEqualTo('Hello'))))
      expect(failure.message).to.equal('should receive "Hello" as the next message, but number 1 is the next')
    })

    describe('with more large messages than can be looked at in time', () => {
      let clock: Clock

      beforeEach(() => {
        clock = new Clock()
        arrive(...Array.from({ length: 4 }, (_, index) => `${index}`.repeat(100_000)))
      })
      afterEach(() => clock.restore())

      it('rejects, since what it waits for may be among the others', async () => {
        const { message: problem } = await failureOf(() => receives(message(slow('3')), SHORT))
        const seen = 'there was time to look at only 3 of 4 unread messages in 750 ms: a longer timeout allows more'
        expect(problem).to.equal(`should receive a message, but ${seen}`)
        expect((await failureOf(() => receives(silence(slow('3')), SHORT))).message).to.match(
          /^should not receive .*only/,
        )
        expect(await receives(message(slow('3')), 2000)).to.have.length(1)
      })

      it('resolves for silence if the last was looked at', async () => {
        inbox.markRead(inbox.unread.slice(0, 1))
        expect(await receives(silence(slow('x')), SHORT)).to.deep.equal([])
      })

      it('rejects all that wait in one turn after the time of one', async () => {
        const waits = [1, 2].map(() => failureOf(() => receives(message(slow('x')), SHORT)))
        const [one, other] = (await Promise.all(waits)).map((failure) => failure.message)
        expect(one).to.contain(' only 3 of 4 ')
        expect(other).to.contain(' only 1 of 4 ')
      })

      function slow(beginning: string): Matcher {
        return {
          describe: () => 'a message',
          accepts({ text = '' }) {
            clock.pass(400)
            return text.startsWith(beginning)
          },
        }
      }
    })

    it('leaves no timer behind', async () => {
      await turn()
      const before = timers()
      const met = receives(message(phraseEqualTo('Hello')))
      const cut = failureOf(() => receives(message(phraseEqualTo('Hullo'))))
      const broken = failureOf(() => receives(silence(phraseEqualTo('Hi'))))
      expect(timers()).to.be.greaterThan(before)
      arrive('Hi', 'Hello')
      inbox.disconnected()
      await Promise.all([met, cut, broken])
      expect(timers()).to.equal(before)
    })

    it('sets no timer if the message is there already', async () => {
      await turn()
      const before = timers()
      arrive('Hello')
      const read = receives(message(phraseEqualTo('Hello')))
      expect(timers()).to.equal(before)
      await read
    })

    it('rejects with the error of a matcher', async () => {
      const problem = new Error('This matcher is broken')
      const wait = failureOf(() => receives(message(broken({ accepts: problem }))))
      arrive('Hello')
      expect(await wait).to.have.property('cause', problem)
      expect(await failureOf(() => receives(message(broken({ accepts: problem }))))).to.have.property('cause', problem)
      expect(unread()).to.deep.equal(['Hello'])
    })

    it('shows no message to a wait that has ended meanwhile', async () => {
      const problem = new Error('This went wrong elsewhere')
      const interrupting: Matcher = { describe: () => 'a message', accepts: () => inbox.interrupt(problem) === 0 }
      const shown: (string | undefined)[] = []
      const recording: Matcher = { describe: () => 'a message', accepts: ({ text }) => shown.push(text) === 0 }
      const waits = [interrupting, recording].map((matcher) => failureOf(() => receives(message(matcher))))
      arrive('Hello')
      expect(await Promise.all(waits)).to.deep.equal([problem, problem])
      expect(shown).to.deep.equal([])
    })

    it('rejects with the error that prevented its failure', async () => {
      const problem = new Error('This matcher is broken')
      const failing = () => {
        throw problem
      }
      expect(
        await failureOf(() =>
          inbox.expect(message(phraseEqualTo('Hello')), waitFor({ isDisconnected: true, failure: failing })),
        ),
      ).to.equal(problem)
      const cut = failureOf(() => inbox.expect(message(phraseEqualTo('Hello')), waitFor({ failure: failing })))
      inbox.disconnected()
      expect(await cut).to.equal(problem)
    })

    it('rejects with the error that prevented its failure, also when the time is over', async () => {
      const problem = new Error('This matcher is broken')
      const failing = () => {
        throw problem
      }
      const wait = inbox.expect(message(phraseEqualTo('Hello')), waitFor({ timeout: SHORT, failure: failing }))
      expect(await failureOf(() => wait)).to.equal(problem)
    })
  })

  describe('expect, of several messages', () => {
    it('begins again when another wait reads one of its messages', async () => {
      const both = texts(inOrder([phraseEqualTo('a'), phraseEqualTo('b')]))
      arrive('a')
      expect(await texts(message(phraseEqualTo('a')))).to.deep.equal(['a'])
      arrive('b', 'a', 'b')
      expect(await both).to.deep.equal(['a', 'b'])
      expect(unread()).to.deep.equal(['b'])
      expect(inbox.lastRead?.number).to.equal(4)
    })

    it('begins again, too, for a run', async () => {
      const run = receives(consecutively([phraseEqualTo('a'), phraseEqualTo('b')]))
      arrive('a')
      await receives(message(phraseEqualTo('a')))
      arrive('b', 'a', 'b')
      expect((await run).map(({ number }) => number)).to.deep.equal([3, 4])
    })

    it('counts what another wait reads among all up to a closing message, and as an interruption of a run', async () => {
      const all = failureOf(() => receives(exactlyBefore([phraseEqualTo('b')], phraseEqualTo('end'))))
      const run = receives(consecutively([phraseEqualTo('b'), phraseEqualTo('end')]))
      inbox.observe(({ text }) => text === 'a' && inbox.markRead())
      arrive('b', 'a', 'end', 'b', 'end')
      expect((await all).message).to.contain('but number 2 is one too many')
      expect((await run).map(({ number }) => number)).to.deep.equal([4, 5])
    })

    it('begins again with the messages that are still unread', async () => {
      arrive('a', 'a')
      const both = receives(inOrder([phraseEqualTo('a'), phraseEqualTo('b')]))
      await receives(message(phraseEqualTo('a')))
      arrive('b')
      expect((await both).map(({ number }) => number)).to.deep.equal([2, 3])
    })

    for (const [name, expectation] of Object.entries({
      'a number of messages': messageCount(2),
      'messages in any order': inAnyOrder([phraseEqualTo('a'), phraseEqualTo('b')]),
      'messages in one run': consecutively([phraseEqualTo('a'), phraseEqualTo('b')]),
    })) {
      it(`begins again: ${name}`, async () => {
        const both = receives(expectation)
        arrive('a')
        inbox.markRead()
        arrive('a', 'b')
        expect((await both).map(({ number }) => number)).to.deep.equal([2, 3])
      })
    }

    it('goes on when another wait reads another message', async () => {
      const both = receives(inOrder([phraseEqualTo('a'), phraseEqualTo('b')]))
      arrive('a', 'x')
      await receives(message(phraseEqualTo('x')))
      arrive('b')
      expect((await both).map(({ number }) => number)).to.deep.equal([1, 3])
    })

    it('gives no message to two waits', async () => {
      const two = receives(messageCount(2))
      const other = receives(messageCount(2))
      arrive('a', 'b', 'c', 'd')
      expect((await two).map(({ text }) => text)).to.deep.equal(['a', 'b'])
      expect((await other).map(({ text }) => text)).to.deep.equal(['c', 'd'])
    })

    it('counts a message that another wait reads as one in between', async () => {
      const run = receives(consecutively([phraseEqualTo('a'), phraseEqualTo('b')]))
      const other = receives(message(phraseEqualTo('x')))
      arrive('a', 'x', 'b', 'a', 'b')
      await other
      expect((await run).map(({ number }) => number)).to.deep.equal([4, 5])
    })
  })

  describe('the latest that is known', () => {
    it('holds for messages after the last that was read', async () => {
      arrive('a', 'b', 'c')
      await receives(message(phraseEqualTo('b')))
      expect(inbox.messages.map(({ number }) => number > inbox.latestKnown)).to.deep.equal([false, false, true])
    })

    it('holds for messages after the connection was opened', () => {
      arrive('before')
      inbox.connected()
      arrive('after')
      expect(inbox.messages.map(({ number }) => number > inbox.latestKnown)).to.deep.equal([false, true])
    })
  })

  it('shows a wait with includeRead what has been read before, but what its sentence has read', async () => {
    arrive('a', 'a', 'a', 'b')
    const [first] = await receives(message(phraseEqualTo('a')))
    const [second] = await receives(message(phraseEqualTo('a')))
    inbox.markRead()
    const includeRead = { from: 2, except: [second as Message] }
    const silent = { ...silence(phraseEqualTo('a')), includeRead }
    expect((await failureOf(() => receives(silent))).message).to.contain('number 3 came')
    expect(first?.number).to.equal(1)
    expect(await receives({ ...silent, includeRead: { from: 4, except: [] } }, SHORT)).to.deep.equal([])
  })

  describe('what must not come', () => {
    const a = phraseEqualTo('a')
    for (const [name, unwanted] of Object.entries({
      silence: silence(a),
      'silence of new messages': silence(anyMessage, { newOnly: true }),
      atMost: atMost(a, 0),
      messageWithout: messageWithout(phraseEqualTo('b'), a),
      messageBefore: messageBefore(phraseEqualTo('b'), a),
    })) {
      it(`has come also if another wait, or a reaction, reads it at once: ${name}`, async () => {
        for (const isReaction of [false, true]) {
          inbox = new Inbox()
          if (isReaction) inbox.observe(() => inbox.markRead())
          else void inbox.expect(message(a), { timeout: 5000, isDisconnected: false, failure: () => new Error() })
          const waiting = inbox.expect(unwanted, {
            timeout: 5000,
            isDisconnected: false,
            failure: (end) => new Error((end as Failed).reason),
          })
          inbox.receive(new Message(1, 0, 'a'))
          expect(await failureMessage(() => waiting)).to.match(/number 1 (?:came|came first|is one more)$/)
        }
      })
    }
  })

  describe('with more than there was time to look at when its time has passed', () => {
    const outcome = (expectation: Expectation) =>
      new Inbox({ isBehind: () => true }).expect(expectation, {
        timeout: SHORT,
        isDisconnected: false,
        failure: (end) => new Error(typeof end === 'string' ? end : (end as Failed).reason),
      })

    it('fails what must not come', async () => {
      expect(await failureMessage(() => outcome(silence(phraseEqualTo('a'))))).to.equal(
        'should not receive "a", but more has arrived in 1 ms than there was time to look at',
      )
    })

    it('ends what is waited for', async () => {
      expect(await failureMessage(() => outcome(message(phraseEqualTo('a'))))).to.equal('deadline')
    })
  })

  describe('expect, many times at once', () => {
    const MANY = 50

    it('gives each wait its message', async () => {
      const numbers = Array.from({ length: MANY }, (_, index) => index)
      const waits = numbers.map((number) => texts(message(jsonContaining({ id: `m-${number}` }))))
      arrive(...Array.from({ length: 200 }, () => '{"id":"m-"}'))
      arrive(...numbers.toReversed().map((number) => `{"id":"m-${number}"}`))
      const got = (await Promise.all(waits)).flat()
      expect(got).to.deep.equal(numbers.map((number) => `{"id":"m-${number}"}`))
    })

    it('shows every message to matchers that may accept any', async () => {
      const choosy = Array.from({ length: MANY }, (_, index) => texts(message(phraseEqualTo(`Hello ${index}`))))
      const count = receives(messageCount(299))
      const looks: (string | undefined)[] = []
      const own: Matcher = {
        describe: () => 'whatever the project means',
        accepts: ({ text }) => looks.push(text) > 290,
      }
      const project = receives(message(own))
      arrive(...Array.from({ length: 300 }, (_, index) => `noise ${index}`))
      expect((await count).length).to.equal(299)
      expect(looks.length).to.equal(291)
      expect((await project)[0]?.number).to.equal(291)
      arrive(...Array.from({ length: MANY }, (_, index) => `Hello ${index}`))
      expect((await Promise.all(choosy)).flat().length).to.equal(MANY)
    })

    it('allows a later wait for something else', async () => {
      const some = Array.from({ length: MANY }, () => texts(message(phraseEqualTo('Hello'))))
      arrive(...Array.from({ length: 200 }, () => 'noise'))
      const late = texts(message(phraseEqualTo('Bye')))
      arrive('Bye', ...Array.from({ length: MANY }, () => 'Hello'))
      expect(await late).to.deep.equal(['Bye'])
      expect((await Promise.all(some)).flat().length).to.equal(MANY)
    })
  })

  describe('observe', () => {
    it('shows unread messages, then new ones', async () => {
      arrive('read', 'unread')
      await receives(message(phraseEqualTo('read')))
      const seen = observed()
      arrive('new')
      expect(seen).to.deep.equal(['unread', 'new'])
    })

    it('ends with unobserve, even from the observer', () => {
      const seen: (string | undefined)[] = []
      const look = ({ text }: Message) => {
        seen.push(text)
        if (text === 'enough') inbox.unobserve(look)
      }
      inbox.observe(look)
      arrive('Hello', 'enough', 'too much')
      expect(seen).to.deep.equal(['Hello', 'enough'])
    })

    it('leaves messages unread', async () => {
      observed()
      arrive('Hello')
      expect(unread()).to.deep.equal(['Hello'])
      expect(await texts(message(phraseEqualTo('Hello')))).to.deep.equal(['Hello'])
    })

    it('shows a message before it is read', () => {
      const seen: boolean[] = []
      inbox.observe((message) => seen.push(message.isUnread))
      const read = receives(message(anyMessage))
      arrive('Hello')
      expect(seen).to.deep.equal([true])
      return read
    })

    it('shows each message once, also to an observer that begins meanwhile', () => {
      const seen: (string | undefined)[] = []
      inbox.observe(() => inbox.observe(({ text }) => seen.push(text)))
      arrive('Hello')
      expect(seen).to.deep.equal(['Hello'])
    })

    it('keeps a message that an observer has read from waits', async () => {
      const wait = texts(message(anyMessage))
      inbox.observe(({ text }) => {
        if (text === 'a') inbox.markRead()
      })
      arrive('a', 'b')
      expect(await wait).to.deep.equal(['b'])
    })
  })

  function arrive(...data: (string | Buffer)[]): void {
    for (const each of data) inbox.receive(new Message(inbox.nextNumber, 0, each))
  }

  function unread(): (string | undefined)[] {
    return [...inbox.unread].map(({ text }) => text)
  }

  function observed(): (string | undefined)[] {
    const seen: (string | undefined)[] = []
    inbox.observe(({ text }) => seen.push(text))
    return seen
  }

  function receives(expectation: Expectation, timeout = LONG): Promise<readonly Message[]> {
    return inbox.expect(expectation, waitFor({ timeout }))
  }

  async function texts(expectation: Expectation): Promise<(string | undefined)[]> {
    return (await receives(expectation)).map(({ text }) => text)
  }
})

function waitFor(options: Partial<Wait>): Wait {
  const failure = (end: WaitEnd) => new Error(typeof end === 'string' ? end : end.reason)
  return { timeout: LONG, isDisconnected: false, failure, ...options }
}

function broken({ accepts }: { accepts: Error }): Matcher {
  return {
    describe: () => 'a broken matcher',
    accepts() {
      throw accepts
    },
    compare: () => ({ distance: 1, expected: '', actual: '' }),
  }
}
