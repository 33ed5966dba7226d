/** The conversation as source for Mermaid, which other documents can show. */

import type { EventKind } from '../transcript'
import { OVERRIDES } from './drawn-text'
import type { Arrow, Row, Storyboard } from './storyboard'

/** How many letters of a message a line has. */
const LETTERS = 80

const ARROWS: Partial<Record<EventKind, string>> = {
  receives: '-->>',
  'is answered': '-->>',
  'receives a pong': '-->>',
  'is disconnected': '--x',
  'is refused': '--x',
  disconnects: '-x',
  'loses the connection': '-x',
  fails: '-x',
}

/** A sequence diagram of Mermaid. */
export function mermaid({ lanes, rows }: Storyboard): string {
  const participants = lanes.map(
    ({ name, isServer }, lane) => `${isServer ? 'participant' : 'actor'} p${lane} as ${plain(name)}`,
  )
  const everywhere = lanes.length > 1 ? `p0,p${lanes.length - 1}` : 'p0'
  const lines = rows.flatMap((row) => linesOf(row, everywhere))
  return ['sequenceDiagram', ...[...participants, ...lines].map((line) => `    ${line}`)].join('\n')
}

function linesOf(row: Row, everywhere: string): string[] {
  switch (row.is) {
    case 'sentence':
      return [`Note over ${everywhere}: ${plain(row.text)}`]
    case 'note':
      return [`Note over ${row.lane === undefined ? everywhere : `p${row.lane}`}: ${plain(row.text)}`]
    case 'cut':
      return [`Note over ${everywhere}: … ${row.rows} more …`]
    case 'failure':
      return [`Note over ${everywhere}: FAILED: ${plain(row.text)}`]
    case 'arrow':
      return row.clients.map((client, index) => arrow(row, client, index === 0))
  }
}

function arrow({ what, server, label, isReaction, count, clients }: Arrow, client: number, isFirst: boolean): string {
  const line = ARROWS[what] ?? '->>'
  const isFromServer = line.startsWith('--')
  const [from, to] = isFromServer ? [server, client] : [client, server]
  const mark = `${isReaction ? '(reaction) ' : ''}${isFirst && count > clients.length ? `×${count} ` : ''}`
  return `p${from}${line}p${to}: ${plain(mark + label)}`
}

/** Marks that Mermaid would take for its own are written as its entities. */
function plain(text: string): string {
  return cut(text)
    .toWellFormed()
    .replace(OVERRIDES, '\ufffd')
    .replace(/[#;<>"%&{}[\]()$]|(?<=^(?:no)?wrap):/g, (mark) => `#${mark.charCodeAt(0)};`)
}

/** As the storyboard has cut it already, this one does not say how long it was. */
function cut(text: string): string {
  const letters = [...text]
  return letters.length > LETTERS ? `${letters.slice(0, LETTERS).join('')}…` : text
}
