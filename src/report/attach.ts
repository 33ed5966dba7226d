/** Puts the conversation into Cucumber's report, below the sentence that is being carried out. */

import type { Conversation } from '../conversation/conversation'
import type { ReportOccasion } from '../conversation/settings'

/** A World that can attach; one that cannot has no conversation in its report. */
export interface Attaching {
  readonly attach?: (data: string | Buffer, options: { mediaType: string; fileName: string }) => void
}

/**
 * Attaches the conversation in the ways that the settings ask for; nothing if nobody has spoken or connected.
 * @param failure what went wrong, if anything has
 */
export function attachConversation(world: Attaching, conversation: Conversation, failure?: string): void {
  const { entries } = conversation.transcript
  if (!world.attach || entries.every(({ kind }) => kind === 'sentence')) return
  // Loaded when there is something to tell: dry runs, and coordinators of parallel runs, have nothing.
  const { mermaid } = require('./mermaid') as typeof import('./mermaid')
  const { sequenceDiagram } = require('./sequence-diagram') as typeof import('./sequence-diagram')
  const { storyboard } = require('./storyboard') as typeof import('./storyboard')
  const { inLines } = require('./transcript-text') as typeof import('./transcript-text')
  const said = entries.filter(({ kind }) => kind === 'sends' || kind === 'receives').length
  const title = `Conversation: ${said || 'no'} message${said === 1 ? '' : 's'}`
  const { report } = conversation.settings
  const isDue = (occasion: ReportOccasion) =>
    occasion === 'always' || (occasion === 'on failure' && failure !== undefined)
  const board = () => storyboard(entries, conversation.clients.groupsByMember, failure)
  if (isDue(report.diagram)) {
    // As a Buffer: Cucumber's report shows SVG that is attached as text as a broken picture.
    world.attach(Buffer.from(sequenceDiagram(board(), title)), { mediaType: 'image/svg+xml', fileName: title })
  }
  if (isDue(report.transcript)) {
    world.attach(inLines(entries), { mediaType: 'text/plain', fileName: `${title}, as text` })
  }
  if (isDue(report.mermaid)) {
    world.attach(mermaid(board()), { mediaType: 'text/plain', fileName: `${title}, as Mermaid source` })
  }
}
