/** Puts the conversation into Cucumber's report, below the sentence that is being carried out. */

import type { Conversation } from '../conversation/conversation'
import type { ReportOccasion } from '../conversation-state/resolved-settings'
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
  if (!world.attach) return
  const shown = showConversation(conversation, failure)
  if (!shown) return
  const { title } = shown
  const { report } = conversation.settings
  const isDue = (occasion: ReportOccasion) =>
    occasion === 'always' || (occasion === 'on failure' && failure !== undefined)
  if (isDue(report.diagram)) {
    // As a Buffer: Cucumber's report shows SVG that is attached as text as a broken picture.
    world.attach(Buffer.from(shown.picture()), { mediaType: 'image/svg+xml', fileName: title })
  }
  if (isDue(report.transcript)) {
    world.attach(shown.text(), { mediaType: 'text/plain', fileName: `${title}, as text` })
  }
  if (isDue(report.mermaid)) {
    world.attach(shown.mermaid(), { mediaType: 'text/plain', fileName: `${title}, as Mermaid source` })
  }
}

/** The ways in which a conversation can be shown. */
export interface ShownConversation {
  readonly title: string
  /** As SVG. */
  picture(): string
  text(): string
  mermaid(): string
}

/**
 * Shows a conversation; undefined if nobody has spoken or connected.
 * @param failure what went wrong, if anything has
 */
export function showConversation(conversation: Conversation, failure?: string): ShownConversation | undefined {
  const { entries, messageCount } = conversation.transcript
  if (entries.every(({ kind }) => kind === 'sentence')) return undefined
  // Loaded when there is something to show: dry runs, and coordinators of parallel runs, have nothing.
  const { createDiagram } = require('./diagram') as typeof import('./diagram')
  const { phrasesOf } = require('./phrases') as typeof import('./phrases')
  const { mermaidDiagram } = require('./mermaid-diagram') as typeof import('./mermaid-diagram')
  const { svgDiagram } = require('./svg-diagram') as typeof import('./svg-diagram')
  const { formatTranscript } = require('./transcript-text') as typeof import('./transcript-text')
  const title = conversationTitle(messageCount)
  const diagram = () => createDiagram(entries, conversation.clients.groupsByMember, failure, phrasesOf(conversation))
  return {
    title,
    picture: () => svgDiagram(diagram(), title),
    text: () => formatTranscript(entries),
    mermaid: () => mermaidDiagram(diagram()),
  }
}
