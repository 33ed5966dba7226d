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

  it('counts time from its creation', () => {
    const transcript = new Transcript()
    for (let count = 0; count < 3; count++) transcript.add('pings', 'Rob')
    const times = [0, ...transcript.entries.map(({ at }) => at), transcript.now()]
    expect(times).to.deep.equal([...times].sort((a, b) => a - b))
  })
})
