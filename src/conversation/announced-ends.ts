/** Ends of connections that a sentence brings about, such as stopping a program: no other sentence has to report them. */

import type { ClientState, UnreportedEnd } from '../client-state/client-state'
import type { ConnectionEnding } from '../processes/processes'

/** A connection that may be ended. */
interface ConcernedConnection {
  readonly state: ClientState
  readonly url: string
  /** Whether it is known to be ended. */
  readonly isKnown: boolean
  /** How it has ended, if it has. */
  readonly ends: UnreportedEnd[]
}

/**
 * Does what ends connections, and waits for these ends.
 * @param clients whose connections may be ended
 */
export async function announceEnds(clients: readonly ClientState[], ending: ConnectionEnding): Promise<void> {
  const concerned = clients.flatMap((state) => concernedConnection(state, ending) ?? [])
  for (const { state, ends } of concerned) state.announcedEnds = ends
  let hasEndedNothing = false
  try {
    hasEndedNothing = !(await ending.act())
    if (!hasEndedNothing)
      await Promise.all(concerned.map(({ state }) => state.connection.ended(state.context.settings.closeGrace)))
  } finally {
    for (const { state } of concerned) state.announcedEnds = undefined
    await Promise.all(
      concerned.map((connection) => (hasEndedNothing ? reportEnd(connection) : reportOtherEnd(connection, ending))),
    )
  }
}

function concernedConnection(state: ClientState, { isTo }: ConnectionEnding): ConcernedConnection | undefined {
  if (!state.connection.isOpen) return undefined
  const url = state.connection.serverUrl
  const isConcerned = isTo(url)
  return isConcerned === false ? undefined : { state, url, isKnown: isConcerned === true, ends: [] }
}

function reportEnd({ state, ends: [end] }: ConcernedConnection): void {
  if (end) state.unreportedEnd ??= end
}

/** The end of a connection to a server that is still there was not what the sentence has done. */
async function reportOtherEnd(connection: ConcernedConnection, { isListening }: ConnectionEnding): Promise<void> {
  const { url, isKnown, ends } = connection
  if (ends.length > 0 && !isKnown && (await isListening(url))) reportEnd(connection)
}
