import { expect } from 'chai'
import { arrive, consider, considerAfterReading } from '../../test/support/expectations'
import { failureOf } from '../../test/support/failures'
import { Inbox, type WaitEnd } from '../inbox/inbox'
import { Message } from '../inbox/message'
import { jsonContaining } from '../matching/json-matcher'
import { anyMessage } from '../matching/matcher'
import { phraseEqualTo } from '../matching/phrase-matcher'
import { silence } from './expect-silence'

const a = phraseEqualTo('a')

describe('silence', () => {
  it('is met by no message', () => {
    expect(silence(anyMessage).silence).to.deep.equal({ description: 'nothing else', metByDisconnection: false })
    expect(consider(silence(anyMessage))).to.deep.equal({})
  })

  it('is met by the end of the connection with `metByDisconnection`', async () => {
    const inbox = new Inbox()
    const wait = { timeout: 5000, failure: () => new Error() }
    const silent = silence(a, { metByDisconnection: true })
    expect(await inbox.expect(silent, { ...wait, isDisconnected: true })).to.deep.equal([])
    const waiting = inbox.expect(silent, { ...wait, isDisconnected: false })
    inbox.disconnected()
    expect(await waiting).to.deep.equal([])
    arrive(inbox, ['a'])
    expect(await failureOf(() => inbox.expect(silent, { ...wait, isDisconnected: false }))).to.be.an('error')
  })

  it('ignores other messages', () => {
    expect(consider(silence(a), 'x', 'y')).to.deep.equal({})
  })

  it('fails for the unwanted message', () => {
    expect(consider(silence(a), 'x', 'a')).to.deep.equal({ reason: 'should not receive "a", but number 2 came' })
  })

  it('fails for the unwanted message also in a binary frame, or without the template', async () => {
    const phrase = phraseEqualTo('a', { template: { say: '${phrase}' } })
    for (const [content, wanted] of [
      [Buffer.from('a'), a],
      [Buffer.from('{"n":1}'), jsonContaining({ n: 1 })],
      ['a', phrase],
      [Buffer.from('a'), phrase],
      [Buffer.from('{"say":"a"}'), phrase],
    ] as const) {
      const inbox = new Inbox()
      inbox.receive(new Message(1, 0, content))
      const wait = { timeout: 5000, isDisconnected: false, failure: (end: WaitEnd) => new Error(JSON.stringify(end)) }
      const { message } = await failureOf(() => inbox.expect(silence(wanted), wait))
      expect(message).to.match(/^\{"reason":"should not receive .*, but number 1 came",/)
    }
  })

  it('fails for any message, also an old one', async () => {
    expect(await considerAfterReading('new', silence(anyMessage), 'old', 'new')).to.deep.equal({
      reason: 'should receive nothing else, but number 1 came',
    })
  })

  it('ignores old messages with `newOnly`', async () => {
    expect(await considerAfterReading('new', silence(anyMessage, { newOnly: true }), 'old', 'new')).to.deep.equal({})
    expect(
      await considerAfterReading('new', silence(anyMessage, { newOnly: true }), 'old', 'new', 'newer'),
    ).to.deep.equal({
      reason: 'should receive nothing, but number 3 came',
    })
  })
})
