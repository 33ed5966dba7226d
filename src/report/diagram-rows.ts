/** What a diagram has: lanes, and rows between them. */

import type { EventKind, TranscriptEntry } from '../transcript'

/** A participant, a group of them, or a server. */
export interface Lane {
  readonly name: string
  readonly isServer: boolean
  /** Whether it stands for several clients. */
  readonly isGroup: boolean
}

/** Something that went from one lane to others, or that stopped on its way. */
export interface Arrow {
  readonly is: 'arrow'
  readonly event: Exclude<EventKind, 'sentence' | 'hears' | 'starts' | 'is cut'>
  /** Numbers of lanes; a broadcast has several of clients. */
  readonly clients: readonly number[]
  readonly server: number
  readonly label: string
  /** The message as it was sent, where the label says it otherwise. */
  readonly raw?: string | undefined
  readonly isReaction: boolean
  /** ms since the conversation began. */
  readonly at: number
  /** How many the row stands for. */
  readonly count: number
}

/** One row, from top to bottom. */
export type Row =
  | Arrow
  | { readonly is: 'sentence'; readonly text: string }
  | { readonly is: 'note'; readonly lane: number | undefined; readonly text: string; readonly at: number }
  | { readonly is: 'cut'; readonly rows: number }
  | { readonly is: 'failure'; readonly text: string }

/** An arrow before its label is made, which takes longer than all the rest: of many arrows few are drawn. */
export interface UnlabelledArrow extends Omit<Arrow, 'label' | 'raw'> {
  readonly entry: TranscriptEntry
  /** What it says, to be compared. */
  readonly content: string
  /** How many other contents the row stands for. */
  readonly otherContents: number
}

/** A row, which may lack its label. */
export type UnlabelledRow = UnlabelledArrow | Exclude<Row, Arrow>

/** Lanes and rows. */
export interface Diagram {
  readonly lanes: readonly Lane[]
  readonly rows: readonly Row[]
}
