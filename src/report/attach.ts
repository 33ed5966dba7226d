/** Puts the conversation into Cucumber's report, below the sentence that is being carried out. */

import type { Conversation } from '../conversation/conversation'
import type { ReportOccasion } from '../conversation/resolved-settings'
import { conversationTitle } from './attachment-title'

/** A World that can attach; one that cannot has no conversation in its report. */
export interface AttachingWorld {
  readonly attach?: (data: string | Buffer, options: { mediaType: string; fileName: string }) => void
}

/**
 * Attaches the conversation in the ways that the settings ask for; nothing if nobody has spoken or connected.
 * @param failure what went wrong, if anything has
 */
export function attachConversation(world: AttachingWorld, conversation: Conversation, failure?: string): void {
  const { entries, messageCount } = conversation.transcript
  if (!world.attach || entries.every(({ kind }) => kind === 'sentence')) return
  // Loaded when there is something to attach: dry runs, and coordinators of parallel runs, have nothing.
  const { createDiagram } = require('./diagram') as typeof import('./diagram')
  const { phrasesOf } = require('./phrases') as typeof import('./phrases')
  const { mermaidDiagram } = require('./mermaid-diagram') as typeof import('./mermaid-diagram')
  const { svgDiagram } = require('./svg-diagram') as typeof import('./svg-diagram')
  const { formatTranscript } = require('./transcript-text') as typeof import('./transcript-text')
  const title = conversationTitle(messageCount)
  const { report } = conversation.settings
  const isDue = (occasion: ReportOccasion) =>
    occasion === 'always' || (occasion === 'on failure' && failure !== undefined)
  const diagram = () => createDiagram(entries, conversation.clients.groupsByMember, failure, phrasesOf(conversation))
  if (isDue(report.diagram)) {
    // As a Buffer: Cucumber's report shows SVG that is attached as text as a broken picture.
    world.attach(Buffer.from(svgDiagram(diagram(), title)), { mediaType: 'image/svg+xml', fileName: title })
  }
  if (isDue(report.transcript)) {
    world.attach(formatTranscript(entries), { mediaType: 'text/plain', fileName: `${title}, as text` })
  }
  if (isDue(report.mermaid)) {
    world.attach(mermaidDiagram(diagram()), { mediaType: 'text/plain', fileName: `${title}, as Mermaid source` })
  }
}
