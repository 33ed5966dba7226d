import { expect } from 'chai'
import { timers, turn } from '../../test/support/event-loop'
import { failureOf } from '../../test/support/failures'
import { jsonContaining } from '../matching/json-matcher'
import { anyMessage, type Matcher } from '../matching/matcher'
import { phraseEqualTo } from '../matching/phrase-matcher'
import { message, nextMessage } from './expect-one'
import { consecutively, exactlyBefore, inAnyOrder, inOrder, messageCount } from './expect-several'
import { silence } from './expect-silence'
import type { Expectation } from './expectation'
import { Inbox, type Wait, type WaitEnd } from './inbox'
import { Message } from './message'

const LONG = 5000
const SHORT = 1

describe('Inbox', () => {
  let inbox: Inbox

  beforeEach(() => {
    inbox = new Inbox()
  })

  describe('keeping messages', () => {
    it('numbers them in the order of their arrival', () => {
      come('Hello', 'Hullo', 'Hello')
      expect(inbox.messages.map(({ number, text }) => [number, text])).to.deep.equal([
        [1, 'Hello'],
        [2, 'Hullo'],
        [3, 'Hello'],
      ])
    })

    it('holds them unread until they are read', async () => {
      come('Hello', 'Hullo')
      await receives(message(phraseEqualTo('Hello')))
      expect(unread()).to.deep.equal(['Hullo'])
      expect(inbox.messages).to.have.length(2)
    })

    it('marks all that came as read when somebody catches up', () => {
      come('Hello', 'Hullo')
      inbox.markRead()
      expect(unread()).to.deep.equal([])
      expect(inbox.lastRead?.text).to.equal('Hullo')
    })

    it('drops what is noise, whether it is there or comes', () => {
      come('Hello', 'tick')
      inbox.ignore(phraseEqualTo('tick'))
      come('tick', 'Bye')
      expect(unread()).to.deep.equal(['Hello', 'Bye'])
      expect(inbox.messages.map(({ text }) => text)).to.deep.equal(['Hello', 'tick', 'Bye'])
    })

    it('has nothing to catch up with as long as nothing came', () => {
      inbox.markRead()
      expect(inbox.lastRead).to.equal(undefined)
    })
  })

  describe('waiting', () => {
    it('reads the earliest unread message that matches', async () => {
      come('Hullo', 'Hello', 'Hello')
      const [read] = await receives(message(phraseEqualTo('Hello')))
      expect(read?.number).to.equal(2)
    })

    it('leaves unread what it passed over', async () => {
      come('a', 'b', 'c')
      expect(await texts(message(phraseEqualTo('c')))).to.deep.equal(['c'])
      expect(await texts(message(phraseEqualTo('a')))).to.deep.equal(['a'])
      expect(await texts(message(phraseEqualTo('b')))).to.deep.equal(['b'])
    })

    it('ends in the tick in which the message comes', async () => {
      const read = receives(message(phraseEqualTo('Hello')))
      come('Hullo', 'Hello')
      expect(unread()).to.deep.equal(['Hullo'])
      expect((await read)[0]?.text).to.equal('Hello')
    })

    it('takes each message once: of two waits each is served one', async () => {
      const first = receives(message(anyMessage))
      const second = receives(message(anyMessage))
      come('a', 'b')
      expect([await first, await second].flat().map(({ text }) => text)).to.deep.equal(['a', 'b'])
    })

    it('serves whoever waited first', async () => {
      const first = texts(message(phraseEqualTo('Hello')))
      const second = failureOf(() => receives(message(phraseEqualTo('Hello')), SHORT))
      come('Hello')
      expect(await first).to.deep.equal(['Hello'])
      expect((await second).message).to.equal('deadline')
    })

    it('gives a message to the one who wants it, not to the one who waited first', async () => {
      const hello = texts(message(phraseEqualTo('Hello')))
      const hullo = texts(message(phraseEqualTo('Hullo')))
      come('Hullo', 'Hello')
      expect(await hullo).to.deep.equal(['Hullo'])
      expect(await hello).to.deep.equal(['Hello'])
    })

    it('takes an empty message for a message', async () => {
      come('')
      expect(await texts(message(phraseEqualTo('')))).to.deep.equal([''])
      const later = texts(message(anyMessage))
      come('')
      expect(await later).to.deep.equal([''])
    })

    it('takes an empty binary message for a message', async () => {
      const later = receives(message(anyMessage))
      come(Buffer.alloc(0))
      expect((await later)[0]?.bytes?.length).to.equal(0)
    })

    it('is over when its time is', async () => {
      expect((await failureOf(() => receives(message(phraseEqualTo('Hello')), SHORT))).message).to.equal('deadline')
    })

    it('that is over never swallows a later message', async () => {
      await failureOf(() => receives(message(anyMessage), SHORT))
      come('Hello')
      expect(unread()).to.deep.equal(['Hello'])
      expect(await texts(message(anyMessage))).to.deep.equal(['Hello'])
    })

    it('that is over has read none of what it had found so far', async () => {
      come('a')
      await failureOf(() => receives(inOrder([phraseEqualTo('a'), phraseEqualTo('b')]), SHORT))
      expect(unread()).to.deep.equal(['a'])
    })

    it('ends at once when the connection does', async () => {
      const waits = [
        message(phraseEqualTo('a')),
        inOrder([phraseEqualTo('a'), phraseEqualTo('b')]),
        silence(anyMessage),
      ].map((expectation) => failureOf(() => receives(expectation)))
      inbox.disconnected()
      for (const failure of await Promise.all(waits)) expect(failure.message).to.equal('connection')
    })

    it('after the end of the connection still reads what had come', async () => {
      come('Hello')
      const read = await inbox.expect(message(phraseEqualTo('Hello')), waitFor({ isDisconnected: true }))
      expect(read[0]?.text).to.equal('Hello')
    })

    it('after the end of the connection does not wait for what cannot come', async () => {
      const failure = await failureOf(() =>
        inbox.expect(message(phraseEqualTo('Hello')), waitFor({ isDisconnected: true })),
      )
      expect(failure.message).to.equal('connection')
    })

    it('of silence is content when its time is over, and reads nothing', async () => {
      come('Hullo')
      expect(await receives(silence(phraseEqualTo('Hello')), SHORT)).to.deep.equal([])
      expect(unread()).to.deep.equal(['Hullo'])
    })

    it('says why what was expected has become impossible', async () => {
      come('Hullo')
      const failure = await failureOf(() => receives(nextMessage(phraseEqualTo('Hello'))))
      expect(failure.message).to.equal('should receive "Hello" as the next message, but number 1 is the next')
    })

    it('leaves no timer behind, however it ends', async () => {
      await turn()
      const before = timers()
      const met = receives(message(phraseEqualTo('Hello')))
      const cut = failureOf(() => receives(message(phraseEqualTo('Hullo'))))
      const broken = failureOf(() => receives(silence(phraseEqualTo('Hi'))))
      expect(timers()).to.be.greaterThan(before)
      come('Hi', 'Hello')
      inbox.disconnected()
      await Promise.all([met, cut, broken])
      expect(timers()).to.equal(before)
    })

    it('sets no timer for what is there already', async () => {
      await turn()
      const before = timers()
      come('Hello')
      const read = receives(message(phraseEqualTo('Hello')))
      expect(timers()).to.equal(before)
      await read
    })

    it('fails with what went wrong when a message was looked at', async () => {
      const problem = new Error('This matcher is broken')
      const wait = failureOf(() => receives(message(broken({ accepts: problem }))))
      come('Hello')
      expect(await wait).to.equal(problem)
      expect(await failureOf(() => receives(message(broken({ accepts: problem }))))).to.equal(problem)
      expect(unread()).to.deep.equal(['Hello'])
    })

    it('fails with what went wrong when the failure was put into words', async () => {
      const problem = new Error('This matcher is broken')
      const unsayable = () => {
        throw problem
      }
      expect(
        await failureOf(() =>
          inbox.expect(message(phraseEqualTo('Hello')), waitFor({ isDisconnected: true, failure: unsayable })),
        ),
      ).to.equal(problem)
      const cut = failureOf(() => inbox.expect(message(phraseEqualTo('Hello')), waitFor({ failure: unsayable })))
      inbox.disconnected()
      expect(await cut).to.equal(problem)
    })

    it('fails with what went wrong in words also when its time is over', async () => {
      const problem = new Error('This matcher is broken')
      const unsayable = () => {
        throw problem
      }
      const wait = inbox.expect(message(phraseEqualTo('Hello')), waitFor({ timeout: SHORT, failure: unsayable }))
      expect(await failureOf(() => wait)).to.equal(problem)
    })
  })

  describe('waiting for several messages', () => {
    it('begins again when another wait reads one that it holds', async () => {
      const both = texts(inOrder([phraseEqualTo('a'), phraseEqualTo('b')]))
      come('a')
      expect(await texts(message(phraseEqualTo('a')))).to.deep.equal(['a'])
      come('b', 'a', 'b')
      expect(await both).to.deep.equal(['a', 'b'])
      expect(unread()).to.deep.equal(['b'])
      expect(inbox.lastRead?.number).to.equal(4)
    })

    it('begins again, too, if it waits for a run, or for all up to a closing message', async () => {
      const run = receives(consecutively([phraseEqualTo('a'), phraseEqualTo('b')]))
      const all = receives(exactlyBefore([phraseEqualTo('a')], phraseEqualTo('end')))
      come('a')
      await receives(message(phraseEqualTo('a')))
      come('b', 'a', 'b')
      expect((await run).map(({ number }) => number)).to.deep.equal([3, 4])
      inbox.markRead()
      come('a', 'end')
      expect((await all).map(({ number }) => number)).to.deep.equal([5, 6])
    })

    it('begins again with what is still unread', async () => {
      come('a', 'a')
      const both = receives(inOrder([phraseEqualTo('a'), phraseEqualTo('b')]))
      await receives(message(phraseEqualTo('a')))
      come('b')
      expect((await both).map(({ number }) => number)).to.deep.equal([2, 3])
    })

    for (const [name, expectation] of Object.entries({
      'a number of messages': messageCount(2),
      'messages in any order': inAnyOrder([phraseEqualTo('a'), phraseEqualTo('b')]),
      'messages in one run': consecutively([phraseEqualTo('a'), phraseEqualTo('b')]),
    })) {
      it(`begins again: ${name}`, async () => {
        const both = receives(expectation)
        come('a')
        inbox.markRead()
        come('a', 'b')
        expect((await both).map(({ number }) => number)).to.deep.equal([2, 3])
      })
    }

    it('goes on when another wait reads one that it does not hold', async () => {
      const both = receives(inOrder([phraseEqualTo('a'), phraseEqualTo('b')]))
      come('a', 'x')
      await receives(message(phraseEqualTo('x')))
      come('b')
      expect((await both).map(({ number }) => number)).to.deep.equal([1, 3])
    })

    it('gives no message to two waits', async () => {
      const two = receives(messageCount(2))
      const other = receives(messageCount(2))
      come('a', 'b', 'c', 'd')
      expect((await two).map(({ text }) => text)).to.deep.equal(['a', 'b'])
      expect((await other).map(({ text }) => text)).to.deep.equal(['c', 'd'])
    })
  })

  describe('news', () => {
    it('is what came after the last message that was read', async () => {
      come('a', 'b', 'c')
      await receives(message(phraseEqualTo('b')))
      expect(inbox.messages.map((message) => inbox.isNew(message))).to.deep.equal([false, false, true])
    })

    it('is what came after the connection was made', () => {
      come('before')
      inbox.connected()
      come('after')
      expect(inbox.messages.map((message) => inbox.isNew(message))).to.deep.equal([false, true])
    })
  })

  describe('being waited for by several', () => {
    it('takes what another one reads for a message in between all the same', async () => {
      const run = receives(consecutively([phraseEqualTo('a'), phraseEqualTo('b')]))
      const other = receives(message(phraseEqualTo('x')))
      come('a', 'x', 'b', 'a', 'b')
      await other
      expect((await run).map(({ number }) => number)).to.deep.equal([4, 5])
    })
  })

  describe('being waited for by many', () => {
    const MANY = 50

    it('gives each its message', async () => {
      const numbers = Array.from({ length: MANY }, (_, index) => index)
      const waits = numbers.map((number) => texts(message(jsonContaining({ id: `m-${number}` }))))
      come(...Array.from({ length: 200 }, () => '{"id":"m-"}'))
      come(...numbers.toReversed().map((number) => `{"id":"m-${number}"}`))
      const got = (await Promise.all(waits)).flat()
      expect(got).to.deep.equal(numbers.map((number) => `{"id":"m-${number}"}`))
    })

    it('shows those who heed every message all that come, though the others look at few', async () => {
      const choosy = Array.from({ length: MANY }, (_, index) => texts(message(phraseEqualTo(`Hello ${index}`))))
      const count = receives(messageCount(299))
      const looks: (string | undefined)[] = []
      const own: Matcher = {
        describe: () => 'whatever the project means',
        accepts: ({ text }) => looks.push(text) > 290,
      }
      const project = receives(message(own))
      come(...Array.from({ length: 300 }, (_, index) => `noise ${index}`))
      expect((await count).length).to.equal(299)
      expect(looks.length).to.equal(291)
      expect((await project)[0]?.number).to.equal(291)
      come(...Array.from({ length: MANY }, (_, index) => `Hello ${index}`))
      expect((await Promise.all(choosy)).flat().length).to.equal(MANY)
    })

    it('lets those join who wait for something else', async () => {
      const some = Array.from({ length: MANY }, () => texts(message(phraseEqualTo('Hello'))))
      come(...Array.from({ length: 200 }, () => 'noise'))
      const late = texts(message(phraseEqualTo('Bye')))
      come('Bye', ...Array.from({ length: MANY }, () => 'Hello'))
      expect(await late).to.deep.equal(['Bye'])
      expect((await Promise.all(some)).flat().length).to.equal(MANY)
    })
  })

  describe('being watched', () => {
    it('shows what is unread, then what comes', async () => {
      come('read', 'unread')
      await receives(message(phraseEqualTo('read')))
      const seen = watched()
      come('new')
      expect(seen).to.deep.equal(['unread', 'new'])
    })

    it('ends when the watcher has seen enough', () => {
      const seen: (string | undefined)[] = []
      const look = ({ text }: Message) => {
        seen.push(text)
        if (text === 'enough') inbox.unobserve(look)
      }
      inbox.observe(look)
      come('Hello', 'enough', 'too much')
      expect(seen).to.deep.equal(['Hello', 'enough'])
    })

    it('is not reading', async () => {
      watched()
      come('Hello')
      expect(unread()).to.deep.equal(['Hello'])
      expect(await texts(message(phraseEqualTo('Hello')))).to.deep.equal(['Hello'])
    })

    it('shows a message before it is read', () => {
      const seen: boolean[] = []
      inbox.observe((message) => seen.push(message.isUnread))
      const read = receives(message(anyMessage))
      come('Hello')
      expect(seen).to.deep.equal([true])
      return read
    })

    it('shows each message once, also to a watcher who begins while it is shown to another', () => {
      const seen: (string | undefined)[] = []
      inbox.observe(() => inbox.observe(({ text }) => seen.push(text)))
      come('Hello')
      expect(seen).to.deep.equal(['Hello'])
    })

    it('gives no wait a message that a watcher has read', async () => {
      const wait = texts(message(anyMessage))
      inbox.observe(({ text }) => {
        if (text === 'a') inbox.markRead()
      })
      come('a', 'b')
      expect(await wait).to.deep.equal(['b'])
    })
  })

  function come(...data: (string | Buffer)[]): void {
    for (const each of data) inbox.receive(new Message(inbox.nextNumber, 0, each))
  }

  function unread(): (string | undefined)[] {
    return [...inbox.unread].map(({ text }) => text)
  }

  function watched(): (string | undefined)[] {
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
