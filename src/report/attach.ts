/** Puts the conversation into Cucumber's report, below the sentence that is being carried out. */

import type { Transcript } from '../conversation/transcript'
import { inLines } from './transcript-text'

/** A World that can attach; one that cannot has no conversation in its report. */
export interface Attaching {
  readonly attach?: (data: string, options: { mediaType: string; fileName: string }) => void
}

/** Attaches the conversation as text; nothing if nobody has spoken or connected. */
export function attachTranscript(world: Attaching, { entries }: Transcript): void {
  const said = entries.filter(({ what }) => what === 'sends' || what === 'receives').length
  if (entries.every(({ what }) => what === 'sentence')) return
  const fileName = `Conversation: ${said} message${said === 1 ? '' : 's'}`
  world.attach?.(inLines(entries), { mediaType: 'text/plain', fileName })
}
