/** The vocabulary, and a chat room for each worker to talk in, unless CUCUMBER_WEBSOCKET_URL names another server. */

import { AfterAll, Before, BeforeAll } from '@cucumber/cucumber'
import { conversationOf } from '../../src'
import '../../src/register'
import { type ChatRoom, startChatRoom } from './chat-room'

let room: ChatRoom | undefined

BeforeAll(async () => {
  if (!process.env.CUCUMBER_WEBSOCKET_URL) room = await startChatRoom()
})

Before(function () {
  if (room) conversationOf(this).setServerUrl(`${room.url}/?name=\${client}`)
})

AfterAll(async () => {
  await room?.close()
  room = undefined
})
