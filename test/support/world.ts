/** The World of a test, whose conversation ends with it. */

import { existingConversationOf } from '../../src/world'

const worlds = new Set<object>()

export class World {
  constructor() {
    worlds.add(this)
  }
}

/** Ends the conversations that tests have had in their Worlds. */
export async function endConversations(): Promise<void> {
  for (const world of worlds) await existingConversationOf(world)?.end()
  worlds.clear()
}
