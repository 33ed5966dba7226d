/** What of a conversation comes into Cucumber's report. */

import { expect } from 'chai'
import { startConversation } from '../../test/support/fake-server'
import type { Conversation } from '../conversation/conversation'
import type { ReportSettings } from '../conversation-state/resolved-settings'
import { attachConversation } from './attach'

describe('attachConversation', () => {
  let attached: { data: string; mediaType: string; fileName: string }[]
  const world = {
    attach: (data: string | Buffer, options: { mediaType: string; fileName: string }) =>
      void attached.push({ data: String(data), ...options }),
  }
  const conversationWith = (report: Partial<ReportSettings> = {}): Conversation => {
    const all: ReportSettings = { diagram: 'never', transcript: 'never', mermaid: 'never', frames: false, ...report }
    const { conversation } = startConversation({ report: all })
    conversation.beginSentence({ text: 'Rob sends "Hello"', location: '' })
    return conversation
  }
  const titles = () => attached.map(({ fileName }) => fileName)

  beforeEach(() => {
    attached = []
  })

  it('attaches a picture, a text and the source of a picture, each with a title', () => {
    const conversation = conversationWith({ diagram: 'always', transcript: 'always', mermaid: 'always' })
    conversation.transcript.add('sends', 'Rob', 'Hello')
    attachConversation(world, conversation)
    expect(attached.map(({ mediaType, fileName }) => `${fileName}: ${mediaType}`)).to.deep.equal([
      'Conversation: 1 message: image/svg+xml',
      'Conversation: 1 message, as text: text/plain',
      'Conversation: 1 message, as Mermaid source: text/plain',
    ])
    expect(attached[0]?.data).to.match(/^<svg .*<\/svg>$/s)
    expect(attached[1]?.data).to.match(/^Rob sends "Hello"\n +\+\d+ ms {2}Rob {2}sends {5}Hello$/)
    expect(attached[2]?.data).to.match(/^sequenceDiagram\n/)
  })

  it('attaches them only on failure, if the settings say so, with the failure in them', () => {
    const conversation = conversationWith({ diagram: 'on failure', mermaid: 'on failure' })
    conversation.transcript.add('connects', 'Rob', 'ws://localhost')
    attachConversation(world, conversation)
    expect(attached).to.be.empty
    attachConversation(world, conversation, 'Rob did not receive "Hello" within 5 s.')
    expect(titles()).to.deep.equal(['Conversation: no messages', 'Conversation: no messages, as Mermaid source'])
    expect(attached[0]?.data).to.contain('Rob did not receive &quot;Hello&quot; within 5 s.')
  })

  it('counts the messages in the titles', () => {
    const conversation = conversationWith({ transcript: 'always' })
    conversation.transcript.add('connects', 'Rob', 'ws://localhost')
    conversation.transcript.add('sends', 'Rob', 'Hello')
    conversation.transcript.add('receives', 'Rob', 'Hello')
    attachConversation(world, conversation)
    expect(titles()).to.deep.equal(['Conversation: 2 messages, as text'])
  })

  it('attaches nothing if nothing happened', () => {
    attachConversation(
      world,
      conversationWith({ diagram: 'always', transcript: 'always', mermaid: 'always' }),
      'A failure',
    )
    expect(attached).to.be.empty
  })

  it('attaches nothing if the World cannot attach', () => {
    const conversation = conversationWith({ diagram: 'always' })
    conversation.transcript.add('sends', 'Rob', 'Hello')
    expect(() => attachConversation({}, conversation)).not.to.throw()
  })
})
