/** What of a conversation comes into Cucumber's report. */

import { expect } from 'chai'
import { Transcript } from '../conversation/transcript'
import { attachTranscript } from './attach'

describe('the conversation in the report', () => {
  let transcript: Transcript
  let attached: { data: string; mediaType: string; fileName: string }[]
  const world = {
    attach: (data: string, options: { mediaType: string; fileName: string }) =>
      void attached.push({ data, ...options }),
  }

  beforeEach(() => {
    attached = []
    transcript = new Transcript()
    transcript.add('sentence', '', 'Rob sends "Hello"')
  })

  it('is a plain text', () => {
    transcript.add('sends', 'Rob', 'Hello')
    attachTranscript(world, transcript)
    expect(attached).to.have.length(1)
    expect(attached[0]?.mediaType).to.equal('text/plain')
    expect(attached[0]?.data).to.match(/^Rob sends "Hello"\n +\+\d+ ms {2}Rob {2}sends {5}Hello$/)
  })

  it('says in its title how many messages went to and fro', () => {
    transcript.add('connects', 'Rob', 'ws://localhost')
    transcript.add('sends', 'Rob', 'Hello')
    attachTranscript(world, transcript)
    transcript.add('receives', 'Rob', 'Hello')
    attachTranscript(world, transcript)
    expect(attached.map(({ fileName }) => fileName)).to.deep.equal([
      'Conversation: 1 message',
      'Conversation: 2 messages',
    ])
  })

  it('is there as soon as somebody has connected', () => {
    transcript.add('connects', 'Rob', 'ws://localhost')
    attachTranscript(world, transcript)
    expect(attached[0]?.fileName).to.equal('Conversation: 0 messages')
  })

  it('is left out where nothing happened', () => {
    attachTranscript(world, transcript)
    attachTranscript(world, new Transcript())
    expect(attached).to.be.empty
  })

  it('is left out where the World cannot attach', () => {
    transcript.add('sends', 'Rob', 'Hello')
    expect(() => attachTranscript({}, transcript)).not.to.throw()
  })
})
