/** The chat room in a process of its own; its address is sent to the one that has started it, and it ends with that. */

import { startChatRoom } from '../features/support/chat-room'

process.once('disconnect', () => process.exit())
void startChatRoom().then(({ url }) => process.send?.(url))
