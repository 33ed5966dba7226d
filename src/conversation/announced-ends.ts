/** Ends of connections that a sentence brings about, such as stopping a program: no other sentence has to report them. */

import type { ClientState } from '../client-state/client-state'

/**
 * Does what ends connections, and waits for these ends.
 * @param clients whose connections may be ended
 * @param isConcerned whether one to this address is ended
 */
export async function announceEnds(
  clients: readonly ClientState[],
  isConcerned: (url: string) => boolean,
  act: () => Promise<void>,
): Promise<void> {
  const concerned = clients.filter(
    ({ connection }) => connection.isOpen && isConcerned(connection.target?.url as string),
  )
  for (const state of concerned) state.isEndAnnounced = true
  try {
    await act()
    await Promise.all(concerned.map(({ connection, context }) => connection.ended(context.settings.closeGrace)))
  } finally {
    for (const state of concerned) state.isEndAnnounced = false
  }
}
