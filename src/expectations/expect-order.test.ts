import { expect } from 'chai'
import { arrive, consider, considerAfterReading, considerIn } from '../../test/support/expectations'
import type { Expectation } from '../inbox/expectation'
import { Inbox } from '../inbox/inbox'
import { Message } from '../inbox/message'
import type { Matcher } from '../matching/matcher'
import { phraseEqualTo } from '../matching/phrase-matcher'
import { lastMessage, messageAfter, messageBefore, nextAfter } from './expect-order'

const [a, b] = ['a', 'b'].map((text) => phraseEqualTo(text)) as [Matcher, Matcher]

describe('messageBefore', () => {
  it('is met by the message and then the other one, with others between', () => {
    expect(consider(messageBefore(a, b), 'x', 'a', 'x', 'b')).to.deep.equal({ met: [2, 4] })
    expect(consider(messageBefore(a, a), 'a', 'a')).to.deep.equal({ met: [1, 2] })
  })

  it('fails if the other one comes first', () => {
    expect(consider(messageBefore(a, b), 'x', 'b', 'a')).to.deep.equal({
      reason: 'should receive "a" before "b", but number 2 came first',
    })
  })

  it('fails if the other one comes first in a frame of the other kind', () => {
    const inbox = new Inbox()
    inbox.receive(new Message(1, 0, Buffer.from('b')))
    expect(
      messageBefore(a, b)
        .start(inbox)
        .consider(inbox.unread[0] as Message),
    ).to.have.property('reason')
  })

  it('says which of the two is missing', () => {
    expect(consider(messageBefore(a, b), 'x')).to.deep.equal({ missing: ['missing "a"'] })
    expect(consider(messageBefore(a, b), 'x', 'a')).to.deep.equal({
      missing: ['received "a" as number 2, then missing "b"'],
    })
  })

  it('looks at what is unread alone', async () => {
    expect(await considerAfterReading('b', messageBefore(a, b), 'b', 'a', 'b')).to.deep.equal({ met: [2, 3] })
    expect(await considerAfterReading('a', messageBefore(a, b), 'a', 'b')).to.have.property('reason')
  })

  it('begins anew if another wait reads its first message', () => {
    expect(dependencies(messageBefore(a, b), 'a', 'x')).to.deep.equal([1])
  })
})

describe('messageAfter', () => {
  it('is met by the message after the other one, and reads that, too, if it is unread', async () => {
    expect(consider(messageAfter(a, b), 'b', 'x', 'a')).to.deep.equal({ met: [1, 3] })
    expect(await considerAfterReading('b', messageAfter(a, b), 'b', 'x', 'a')).to.deep.equal({ met: [3] })
  })

  it('passes over those that came before the other one', () => {
    expect(consider(messageAfter(a, b), 'a', 'b', 'a')).to.deep.equal({ met: [2, 3] })
    expect(consider(messageAfter(a, b), 'a', 'b')).to.deep.equal({
      missing: ['received "b" as number 2, then missing "a"'],
    })
    expect(consider(messageAfter(a, b), 'a')).to.deep.equal({ missing: ['missing "b"'] })
  })

  it('needs two where both are the same', () => {
    expect(consider(messageAfter(a, a), 'a')).to.have.property('missing')
    expect(consider(messageAfter(a, a), 'a', 'a')).to.deep.equal({ met: [1, 2] })
  })
})

describe('nextAfter', () => {
  it('is met by the message right after the other one, which may have been read', async () => {
    expect(consider(nextAfter(a, b), 'x', 'b', 'a')).to.deep.equal({ met: [2, 3] })
    expect(await considerAfterReading('b', nextAfter(a, b), 'b', 'a')).to.deep.equal({ met: [2] })
    expect(await considerAfterReading('b', nextAfter(a, b), 'x', 'b', 'a')).to.deep.equal({ met: [3] })
  })

  it('fails if another one comes between', async () => {
    const failed = { reason: 'should receive "a" as the next message after "b", but number 2 is the next', mismatch: 2 }
    expect(consider(nextAfter(a, b), 'b', 'x', 'a')).to.deep.equal(failed)
    expect(await considerAfterReading('b', nextAfter(a, b), 'b', 'x', 'a')).to.deep.equal(failed)
  })

  it('fails if one comes between that has been read', async () => {
    for (const [between, problem] of [
      ['x', 'number 2 is the next'],
      ['a', 'a sentence had read number 2 before'],
    ] as const) {
      const inbox = new Inbox()
      arrive(inbox, ['b', between, 'a'])
      inbox.markRead(inbox.messages.slice(1, 2))
      inbox.markRead(inbox.messages.slice(0, 1))
      expect(
        nextAfter(a, b)
          .start(inbox)
          .consider(inbox.unread[0] as Message),
      ).to.deep.include({
        reason: `should receive "a" as the next message after "b", but ${problem}`,
      })
    }
  })

  for (const [what, messages, read, verdict] of [
    ['the only one that was read', ['b', 'a', 'x'], [0, 2], { met: [2] }],
    ['one that was read out of order', ['x', 'b', 'a'], [1, 0], { met: [3] }],
    ['the last of those that were read', ['b', 'x', 'b', 'a', 'x'], [0, 2, 4], { met: [4] }],
    ['one after which nothing was read', ['b', 'a', 'b', 'x'], [0, 2, 3], { met: [2] }],
    ['an unread one, if all that follows the others was read', ['b', 'x', 'b', 'a'], [0, 1], { met: [3, 4] }],
    [
      'one whose next message is still to come',
      ['x', 'b'],
      [1, 0],
      { missing: ['received "b" as number 2, then missing "a"'] },
    ],
    ['none, if all that follows was read', ['b', 'a', 'x'], [0, 1], { missing: ['missing "b"'] }],
  ] as const) {
    it(`goes on from ${what}`, () => {
      const inbox = new Inbox()
      arrive(inbox, messages)
      for (const at of read) inbox.markRead(inbox.messages.slice(at, at + 1))
      expect(considerIn(inbox, nextAfter(a, b))).to.deep.equal(verdict)
    })
  }

  it('waits for the other one if none was read', async () => {
    expect(await considerAfterReading('x', nextAfter(a, b), 'x', 'a')).to.deep.equal({
      missing: ['missing "b"'],
    })
    expect(consider(nextAfter(a, b), 'b')).to.deep.equal({
      missing: ['received "b" as number 1, then missing "a"'],
    })
  })

  it('begins anew if another wait reads the other one', () => {
    expect(dependencies(nextAfter(a, b), 'b')).to.deep.equal([1])
  })

  it('says what was to be received', () => {
    expect(nextAfter(a, b).goal).to.equal('receive "a" as the next message after "b"')
  })
})

describe('lastMessage', () => {
  it('is met by the message that came last, and leaves others unread', () => {
    expect(consider(lastMessage(a), 'a', 'x', 'a')).to.deep.equal({ met: [3] })
  })

  it('waits while another one is the last', () => {
    expect(consider(lastMessage(a), 'a', 'x')).to.deep.equal({ missing: ['the last is number 2: x'] })
    expect(consider(lastMessage(a))).to.deep.equal({ missing: [] })
    const inbox = new Inbox()
    inbox.receive(new Message(1, 0, Buffer.from([1])))
    expect(lastMessage(a).start(inbox).missing?.()).to.deep.equal(['the last is number 1'])
    expect(lastMessage(a).goal).to.equal('receive "a" as the last message')
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
