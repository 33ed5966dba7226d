/** How the lines of a conversation read. */

import { expect } from 'chai'
import type { TranscriptEntry } from '../transcript'
import { formatTranscript } from './transcript-text'

describe('formatTranscript', () => {
  it('writes a line for each sentence, and below it one for each event', () => {
    const lines = formatTranscript([
      sentence('Rob connects'),
      entry({ at: 3.4, client: 'Rob', kind: 'connects', detail: 'ws://localhost:8080/' }),
      sentence('Ann receives "Hello"'),
      entry({ at: 12, client: 'Rob', kind: 'sends', detail: '{"message":"Hello"}', isReaction: true }),
      entry({ at: 1234.5, client: 'Caroline', kind: 'receives', detail: '{"message":"Hello"}' }),
      entry({ at: 1234567, client: 'Rob', kind: 'is disconnected' }),
    ])
    expect(lines.split('\n')).to.deep.equal([
      'Rob connects',
      '    +3 ms  Rob       connects  ws://localhost:8080/',
      'Ann receives "Hello"',
      '   +12 ms  Rob       sends     {"message":"Hello"}  (reaction)',
      ' +1235 ms  Caroline  receives  {"message":"Hello"}',
      '+1234567 ms  Rob       is disconnected',
    ])
  })

  it('shows letters instead of their escapes, but not in a sentence', () => {
    const [said, sent] = formatTranscript([
      sentence(String.raw`Rob sends ["\u00fc"]`),
      entry({ detail: String.raw`["\u00fc"]` }),
    ]).split('\n')
    expect([said, sent]).to.deep.equal([String.raw`Rob sends ["\u00fc"]`, '    +0 ms  Rob  sends     ["ü"]'])
  })

  it('shows bytes in hexadecimal digits', () => {
    expect(formatTranscript([entry({ detail: Buffer.from([0xde, 0xad]) })])).to.equal(
      '    +0 ms  Rob  sends     bytes dead',
    )
  })

  it('says before the content what a protocol tells of it', () => {
    const received = (details: object) => formatTranscript([entry({ kind: 'receives', detail: 'Hello', details })])
    expect(received({ event: 'chat', topic: 'news' })).to.equal('    +0 ms  Rob  receives  chat on news: Hello')
    expect(received({ answerTo: 7 })).to.equal('    +0 ms  Rob  receives  answer to 7: Hello')
    expect(received({ answerTo: 7, isError: true })).to.equal('    +0 ms  Rob  receives  error to 7: Hello')
    expect(received({ problem: 'no header' })).to.equal('    +0 ms  Rob  receives  (no header) Hello')
    expect(received({})).to.equal('    +0 ms  Rob  receives  Hello')
  })

  it('keeps a message on its line, and cuts a long one', () => {
    expect(formatTranscript([entry({ detail: 'one\ntwo' })])).to.equal('    +0 ms  Rob  sends     one\\ntwo')
    expect(formatTranscript([entry({ detail: 'x'.repeat(301) })])).to.match(/ x{300}… \(301 characters\)$/)
    expect(formatTranscript([sentence('x'.repeat(301))])).to.match(/^x{300}… \(301 characters\)$/)
  })

  it('is empty if nothing happened', () => {
    expect(formatTranscript([])).to.equal('')
  })

  it('is complete up to 1,000 lines', () => {
    expect(formatTranscript(numbered(1000)).split('\n')).to.have.length(1000)
  })

  it('is cut in the middle beyond that, and says by how much', () => {
    const lines = formatTranscript(numbered(5000)).split('\n')
    expect(lines).to.have.length(1001)
    expect(lines[499]).to.match(/ message 500$/)
    expect(lines[500]).to.equal('  … 4000 more …')
    expect(lines[501]).to.match(/ message 4501$/)
  })

  it('counts what the transcript itself has left out', () => {
    const cut = entry({ kind: 'is cut', client: '', detail: '990000' })
    expect(formatTranscript([...numbered(1), cut, ...numbered(1)])).to.equal(
      '    +0 ms  Rob  sends     message 1\n  … 990000 more …\n    +0 ms  Rob  sends     message 1',
    )
    const lines = formatTranscript([...numbered(5000), cut, ...numbered(5000)]).split('\n')
    expect(lines[500]).to.equal('  … 999000 more …')
  })

  it('is aligned on both sides of the cut', () => {
    const [long, ...others] = numbered(1001)
    const lines = formatTranscript([{ ...long, client: 'Caroline' } as TranscriptEntry, ...others]).split('\n')
    expect(lines[0]?.indexOf('sends')).to.equal(lines.at(-1)?.indexOf('sends'))
  })
})

function entry(more: Partial<TranscriptEntry>): TranscriptEntry {
  return { at: 0, kind: 'sends', client: 'Rob', detail: '', isReaction: false, url: '', ...more }
}

function sentence(detail: string): TranscriptEntry {
  return entry({ kind: 'sentence', client: '', detail })
}

function numbered(count: number): TranscriptEntry[] {
  return Array.from({ length: count }, (_, index) => entry({ detail: `message ${index + 1}` }))
}
