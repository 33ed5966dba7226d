/** The titles of what is attached to a report: the living documentation finds conversations by them. */

const PREFIX = 'Conversation: '

/** The title of a conversation with so many messages. */
export function conversationTitle(messages: number): string {
  return `${PREFIX}${messages || 'no'} message${messages === 1 ? '' : 's'}`
}

/** Whether an attachment has the title of a conversation. */
export function isConversationTitle(title: string): boolean {
  return title.startsWith(PREFIX)
}
