/** Reads an AsyncAPI document as a conversation does whose settings name it, and sends how long that took, in ms. */

import { Conversation } from 'cucumber-websocket'
import { timed } from './contestants.mjs'

const settings = { url: 'ws://127.0.0.1:1', asyncapi: process.argv[2] }
const took = await timed(() => new Conversation(settings))
process.send(took, () => process.exit())
