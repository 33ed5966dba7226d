/** The conversation as source for Mermaid, which other documents can show. */

import type { EventKind } from '../transcript'
import type { Arrow, Diagram, Row } from './diagram-rows'

/** How many characters of a message a line has. */
const MAX_LABEL = 80

const ARROWS: Partial<Record<EventKind, string>> = {
  receives: '-->>',
  'receives a frame': '-->>',
  'is answered': '-->>',
  'receives a pong': '-->>',
  'is disconnected': '--x',
  'is refused': '--x',
  disconnects: '-x',
  'loses the connection': '-x',
  fails: '-x',
}

/** A sequence diagram of Mermaid. */
export function mermaidDiagram({ lanes, rows }: Diagram): string {
  const participants = lanes.map(
    ({ name, isServer }, lane) => `${isServer ? 'participant' : 'actor'} p${lane} as ${plain(name)}`,
  )
  const everywhere = lanes.length > 1 ? `p0,p${lanes.length - 1}` : 'p0'
  const lines = rows.flatMap((row) => rowLines(row, everywhere))
  return ['sequenceDiagram', ...[...participants, ...lines].map((line) => `    ${line}`)].join('\n')
}

function rowLines(row: Row, everywhere: string): string[] {
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
      return row.clients.map((client, index) => arrowLine(row, { client, isFirst: index === 0 }))
  }
}

function arrowLine(
  { event, server, label, isReaction, count, clients }: Arrow,
  { client, isFirst }: { readonly client: number; readonly isFirst: boolean },
): string {
  const line = ARROWS[event] ?? '->>'
  const isFromServer = line.startsWith('--')
  const [from, to] = isFromServer ? [server, client] : [client, server]
  const mark = `${isReaction ? '(reaction) ' : ''}${isFirst && count > clients.length ? `×${count} ` : ''}`
  return `p${from}${line}p${to}: ${plain(mark + label)}`
}

/** Marks that Mermaid would take for its own are written as its entities. */
function plain(text: string): string {
  return cut(text).replace(/[#;<>"%&{}[\]()$]|(?<=^(?:no)?wrap):/g, (mark) => `#${mark.charCodeAt(0)};`)
}

/** As the diagram has cut it already, this one does not say how long it was. */
function cut(text: string): string {
  const characters = [...text]
  return characters.length > MAX_LABEL ? `${characters.slice(0, MAX_LABEL).join('')}…` : text
}
