import { expect } from 'chai'
import { conversationTitle, isConversationTitle } from './attachment-title'

describe('Attachment title', () => {
  it('says how many messages a conversation has', () => {
    expect([0, 1, 2].map(conversationTitle)).to.deep.equal([
      'Conversation: no messages',
      'Conversation: 1 message',
      'Conversation: 2 messages',
    ])
  })

  it('is found again, and no other one is', () => {
    expect(isConversationTitle(conversationTitle(3))).to.equal(true)
    expect(isConversationTitle('Screenshot')).to.equal(false)
  })
})
