import { expect } from 'chai'
import { arrive, consider, considerAfterReading } from '../../test/support/expectations'
import { UsageError } from '../errors'
import type { Expectation } from '../inbox/expectation'
import { Inbox } from '../inbox/inbox'
import { Message } from '../inbox/message'
import { anyMessage, type Matcher } from '../matching/matcher'
import { phraseEqualTo } from '../matching/phrase-matcher'
import { atMost, noneBeyond, regularly, regularTimeout, repeatedly } from './expect-count'

const [a, b] = ['a', 'b'].map((text) => phraseEqualTo(text)) as [Matcher, Matcher]

describe('repeatedly', () => {
  it('is met by so many messages that match, with others between', () => {
    expect(consider(repeatedly(a, 2), 'a', 'x', 'a', 'a')).to.deep.equal({ met: [1, 3] })
    expect(consider(repeatedly(a, 1), 'x', 'a')).to.deep.equal({ met: [2] })
  })

  it('counts the messages that came', () => {
    expect(consider(repeatedly(a, 3), 'a', 'b', 'a')).to.deep.equal({ missing: ['received 2 of 3'] })
  })

  it('says what was to be received', () => {
    expect([1, 2, 3].map((times) => repeatedly(a, times).goal)).to.deep.equal([
      'receive "a" once',
      'receive "a" twice',
      'receive "a" 3 times',
    ])
  })

  it('begins anew if another wait reads one of its messages, and not for others', () => {
    expect(dependencies(repeatedly(a, 3), 'a', 'b', 'a')).to.deep.equal([1, 3])
  })

  it('refuses 0 times, and what is not a number of times', () => {
    expect(() => repeatedly(a, 0)).to.throw(
      UsageError,
      'A client cannot wait for a message 0 times: write that it does not receive it.',
    )
    for (const times of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '2' as never]) {
      expect(() => repeatedly(a, times)).to.throw(UsageError, / times: write 1 or more\.$/)
    }
  })
})

describe('atMost', () => {
  it('is open while there are no more than so many', () => {
    expect(consider(atMost(a, 2), 'a', 'x', 'a')).to.deep.equal({})
    expect(consider(atMost(a, 0), 'x')).to.deep.equal({})
  })

  it('fails for one more', () => {
    expect(consider(atMost(a, 1), 'a', 'x', 'a')).to.deep.equal({
      reason: 'should receive "a" at most once, but number 3 is one more',
    })
    expect(consider(atMost(a, 0), 'a')).to.deep.equal({
      reason: 'should receive "a" never, but number 1 is one more',
    })
  })

  it('fails for one more in a frame of the other kind, too', () => {
    const inbox = new Inbox()
    arrive(inbox, ['a'])
    inbox.receive(new Message(2, 0, Buffer.from('a')))
    const progress = atMost(a, 1).start(inbox)
    expect(inbox.unread.map((message) => progress.consider(message)).at(-1)).to.have.property('reason')
  })

  it('tells what were read before with those that are too many', () => {
    expect(consider(noneBeyond(a, 2), 'a')).to.deep.equal({
      reason: 'should receive "a" only twice, but number 1 is one more',
    })
  })

  it('says what was to be received, and what was not heard', () => {
    expect(atMost(a, 3).goal).to.equal('receive "a" at most 3 times')
    expect(atMost(anyMessage, 3).goal).to.equal('receive at most 3 messages')
    expect(atMost(a, 3).silence).to.deep.equal({ description: '"a" at most 3 times', metByDisconnection: false })
  })

  it('is not met by the end of the connection, as no silence is; what has been read may be', () => {
    expect(atMost(a, 1).silence?.metByDisconnection).to.equal(false)
    expect(noneBeyond(a, 1).silence?.metByDisconnection).to.equal(true)
  })

  it('counts also what another wait reads', () => {
    expect(atMost(a, 3).seesAll).to.equal(true)
    expect(dependencies(atMost(a, 3), 'a', 'b', 'a')).to.deep.equal([])
  })

  it('refuses what is not a number of times', () => {
    for (const times of [-1, 1.5, Number.NaN]) {
      expect(() => atMost(anyMessage, times)).to.throw(
        UsageError,
        `A client cannot receive a message ${times} times: write 0 or more.`,
      )
    }
  })
})

describe('regularly', () => {
  it('is met by three messages, each about so long after the one before it', () => {
    expect(considerAt(regularly(a, 100), [0, 100, 200])).to.deep.equal([1, 2, 3])
    expect(considerAt(regularly(a, 100), [5, 155, 205])).to.deep.equal([1, 2, 3])
  })

  it('fails for a message that comes more than half of it earlier or later', () => {
    expect(considerAt(regularly(a, 100), [0, 49])).to.equal(
      'should receive "a" every 100 ms, but number 2 came 49 ms after the one before',
    )
    expect(considerAt(regularly(a, 100), [0, 100, 251])).to.equal(
      'should receive "a" every 100 ms, but number 3 came 151 ms after the one before',
    )
  })

  it('passes over others, and counts the messages that came', () => {
    const { progress } = considerFrom(regularly(a, 100), [0], 'b', 'a')
    expect(progress.missing?.()).to.deep.equal(['received 1 of 3'])
  })

  it('leaves out what has come before: that may be a burst of what was late', () => {
    expect(consider(regularly(a, 100), 'a', 'a')).to.deep.equal({ missing: ['received 0 of 3'] })
  })

  it('begins anew if another wait reads one of its messages', () => {
    const { progress, messages } = considerFrom(regularly(a, 100), [0], 'b', 'a')
    expect(messages.map((message) => progress.dependsOn?.(message))).to.deep.equal([false, true])
  })

  it('refuses intervals of less than a millisecond', () => {
    for (const interval of [0, 0.4, '0 seconds']) {
      expect(() => regularly(b, interval)).to.throw(UsageError, /^Messages cannot come every .*: write 1 ms or more\.$/)
    }
  })

  it('takes an interval as a text, too', () => {
    expect(regularly(a, '2 seconds').goal).to.equal('receive "a" every 2 s')
    expect(() => regularly(a, 'often')).to.throw(UsageError, '"often" is not a valid duration')
  })

  it('waits long enough for three, and as long as for others at least', () => {
    expect(regularTimeout(1000, 5000)).to.equal(5000)
    expect(regularTimeout(2000, 5000)).to.equal(7000)
  })
})

describe('Expectations of how often', () => {
  it('look at what is unread alone', async () => {
    expect(await considerAfterReading('a', repeatedly(a, 2), 'a', 'a')).to.deep.equal({ missing: ['received 1 of 2'] })
    expect(await considerAfterReading('a', atMost(a, 1), 'a', 'a')).to.deep.equal({})
  })
})

/** The numbers of the messages on which the expectation depends, once it has considered them. */
function dependencies(expectation: Expectation, ...texts: string[]): number[] {
  const inbox = new Inbox()
  arrive(inbox, texts)
  const progress = expectation.start(inbox)
  for (const message of inbox.unread) progress.consider(message)
  return inbox.unread.filter((message) => progress.dependsOn?.(message)).map(({ number }) => number)
}

/** The numbers of the messages that meet the expectation, or why it fails, where each `a` comes at one of these times. */
function considerAt(expectation: Expectation, times: number[]): number[] | string | undefined {
  const { verdicts } = considerFrom(expectation, times, 'a')
  const verdict = verdicts.find((it) => it !== undefined)
  return verdict && ('reason' in verdict ? verdict.reason : verdict.map(({ number }) => number))
}

/** What the expectation makes of messages that come after it has begun: at each of these times each of these texts. */
function considerFrom(expectation: Expectation, times: number[], ...texts: string[]) {
  const inbox = new Inbox()
  const progress = expectation.start(inbox)
  const messages = times.flatMap((at) => texts.map((text) => ({ at, text })))
  for (const { at, text } of messages) inbox.receive(new Message(inbox.nextNumber, at, text))
  return { progress, messages: inbox.messages, verdicts: inbox.messages.map((message) => progress.consider(message)) }
}
