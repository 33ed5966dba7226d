import { expect } from 'chai'
import { Transcript } from './transcript'

describe('Transcript', () => {
  it('keeps events in their order', () => {
    const transcript = new Transcript()
    const bytes = Buffer.from([1])
    transcript.add('sentence', '', 'Rob connects')
    transcript.add('connects', 'Rob')
    transcript.add('sends', 'Rob', bytes, { url: 'ws://server/', isReaction: true })
    expect(transcript.entries.map(({ at, ...rest }) => rest)).to.deep.equal([
      { kind: 'sentence', client: '', detail: 'Rob connects', isReaction: false, url: '' },
      { kind: 'connects', client: 'Rob', detail: '', isReaction: false, url: '' },
      { kind: 'sends', client: 'Rob', detail: bytes, isReaction: true, url: 'ws://server/' },
    ])
  })

  describe('of a long conversation', () => {
    const talk = (count: number, size = 0) => {
      const transcript = new Transcript()
      for (let number = 1; number <= count; number++) {
        transcript.add(number % 2 === 0 ? 'sends' : 'pings', 'Rob', `${number}`.padEnd(size))
      }
      return transcript
    }

    it('keeps everything up to 10,000 entries', () => {
      const { entries } = talk(10_000)
      expect(entries).to.have.length(10_000)
      expect(entries.map(({ kind }) => kind)).not.to.include('is cut')
    })

    it('keeps the beginning and the end, and says how much it has left out', () => {
      const { entries, messageCount } = talk(100_000)
      expect(entries).to.have.length(10_001)
      expect(entries[4999]?.detail).to.equal('5000')
      expect(entries[5000]).to.include({ kind: 'is cut', client: '', detail: '90000', isReaction: false, url: '' })
      expect(entries[5001]?.detail).to.equal('95001')
      expect(entries.at(-1)?.detail).to.equal('100000')
      expect(messageCount).to.equal(50_000)
    })

    it('keeps less of large messages, and never none', () => {
      const details = talk(100, 2 ** 20).entries.map(({ detail }) => Number(detail))
      expect(details).to.deep.equal([
        ...Array.from({ length: 16 }, (_, index) => index + 1),
        68,
        ...Array.from({ length: 16 }, (_, index) => index + 85),
      ])
      expect(talk(3, 2 ** 25).entries.map(({ detail }) => Number(detail))).to.deep.equal([1, 1, 3])
    })
  })

  it('keeps the latest entries alone if it is told so', () => {
    const transcript = new Transcript()
    transcript.keepLatest(2)
    expect(transcript.entries).to.deep.equal([])
    expect(transcript.leftOutCount).to.equal(0)
    for (const detail of ['1', '2', '3', '4', '5']) transcript.add('sends', 'Rob', detail)
    expect(transcript.entries.map(({ kind, detail }) => [kind, detail])).to.deep.equal([
      ...[['is cut', '3']],
      ...['4', '5'].map((detail) => ['sends', detail]),
    ])
    expect([transcript.leftOutCount, transcript.messageCount]).to.deep.equal([3, 5])
  })

  it('tells of each entry, also of those that it does not keep', () => {
    const transcript = new Transcript()
    const told: unknown[] = []
    transcript.keepLatest(1)
    transcript.onEntry(({ detail }) => told.push(detail))
    for (const detail of ['1', '2', '3']) transcript.add('pings', 'Rob', detail)
    expect(told).to.deep.equal(['1', '2', '3'])
  })

  it('counts time from its creation', () => {
    const transcript = new Transcript()
    for (let count = 0; count < 3; count++) transcript.add('pings', 'Rob')
    const times = [0, ...transcript.entries.map(({ at }) => at), transcript.now()]
    expect(times).to.deep.equal([...times].sort((a, b) => a - b))
  })
})
