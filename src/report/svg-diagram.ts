/** The conversation as a picture: a sequence diagram in SVG 1.1, the same in every viewer. */

import type { Arrow, Diagram, Lane, Row } from './diagram-rows'
import { escapeXml, textColumns, wrapText } from './diagram-text'

/** Everything in px. A character's width is that of a monospaced font. */
const WIDTH = 960
const [FONT, CHARACTER] = [12, 7.3]
const HEADER = { top: 12, height: 24 }
const LANE = { first: 64, gap: 190, right: 850 }
const TIME = 948
const ROW: Record<Row['is'], number> = { sentence: 30, arrow: 36, note: 30, cut: 30, failure: 44 }

const INK = '#1b1f24'
const FAINT = '#59636e'
const SENT = '#0b57a4'
const RECEIVED = '#0a6b47'
const TROUBLE = '#b3261e'

/** How each thing that happens is drawn: which way, with which line and end. */
interface Style {
  readonly colour: string
  readonly to: 'server' | 'client'
  /** The dashes of the line; none is solid. */
  readonly dashes?: string
  readonly end: 'arrow' | 'cross' | 'ring'
}

const STYLES: Record<Arrow['event'], Style> = {
  connects: { colour: INK, to: 'server', end: 'ring' },
  sends: { colour: SENT, to: 'server', end: 'arrow' },
  calls: { colour: SENT, to: 'server', end: 'arrow' },
  'subscribes to': { colour: INK, to: 'server', end: 'arrow' },
  'unsubscribes from': { colour: INK, to: 'server', end: 'arrow' },
  receives: { colour: RECEIVED, to: 'client', dashes: '7 4', end: 'arrow' },
  'sends a frame': { colour: FAINT, to: 'server', end: 'arrow' },
  'receives a frame': { colour: FAINT, to: 'client', dashes: '7 4', end: 'arrow' },
  requests: { colour: SENT, to: 'server', end: 'arrow', dashes: '12 3 2 3' },
  'is answered': { colour: RECEIVED, to: 'client', dashes: '12 3 2 3', end: 'arrow' },
  pings: { colour: FAINT, to: 'server', dashes: '2 3', end: 'arrow' },
  'receives a pong': { colour: FAINT, to: 'client', dashes: '2 3', end: 'arrow' },
  disconnects: { colour: INK, to: 'server', end: 'cross' },
  'is disconnected': { colour: TROUBLE, to: 'client', dashes: '7 4', end: 'cross' },
  'is refused': { colour: TROUBLE, to: 'client', dashes: '7 4', end: 'cross' },
  'loses the connection': { colour: TROUBLE, to: 'server', end: 'cross' },
  fails: { colour: TROUBLE, to: 'server', end: 'cross' },
}

/** Draws a storyboard; its title is what a screen reader says of it. */
export function svgDiagram({ lanes, rows }: Diagram, title: string): string {
  const at = lanePositions(lanes)
  const heights = rows.map(rowHeight)
  const top = HEADER.top + HEADER.height + 14
  const bottom = top + heights.reduce((sum, height) => sum + height, 0) + 6
  const height = bottom + 12
  let y = top
  const drawn = rows.map((row, index) => {
    const piece = drawRow(row, y, at, lanes)
    y += heights[index] as number
    return piece
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" xml:space="preserve"`,
    ` font-family="DejaVu Sans Mono, Menlo, Consolas, Liberation Mono, monospace" font-size="${FONT}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...lanes.map((_, lane) => drawLifeline(at(lane), HEADER.top + HEADER.height, bottom)),
    ...lanes.map((lane, index) => drawHeader(lane, at(index), laneGap(lanes))),
    ...drawn,
    '</svg>',
  ].join('\n')
}

function laneGap(lanes: readonly Lane[]): number {
  return Math.min(LANE.gap, (LANE.right - LANE.first) / Math.max(lanes.length - 1, 1))
}

function lanePositions(lanes: readonly Lane[]): (lane: number) => number {
  const gap = laneGap(lanes)
  return (lane) => round(LANE.first + lane * gap)
}

function rowHeight(row: Row): number {
  if (row.is === 'sentence') return ROW.sentence + 16 * (sentenceLines(row.text).length - 1)
  if (row.is === 'failure') return ROW.failure + 16 * (failureLines(row.text).length - 1)
  return ROW[row.is]
}

function sentenceLines(text: string): string[] {
  return wrapText(text, Math.floor((WIDTH - 40) / CHARACTER), 3)
}

function failureLines(text: string): string[] {
  return wrapText(text, Math.floor((WIDTH - 130) / CHARACTER), 4)
}

function drawRow(row: Row, y: number, at: (lane: number) => number, lanes: readonly Lane[]): string {
  switch (row.is) {
    case 'sentence':
      return drawSentence(row.text, y)
    case 'arrow':
      return drawArrow(row, y, at, lanes)
    case 'note':
      return drawNote(row.text, y, row.lane === undefined ? undefined : at(row.lane)) + drawTime(row.at, y + 19)
    case 'cut':
      return drawText(`… ${row.rows} more …`, WIDTH / 2, y + 19, { fill: FAINT, anchor: 'middle' })
    case 'failure':
      return drawFailure(row.text, y)
  }
}

function drawLifeline(x: number, from: number, to: number): string {
  return `<path d="M${x} ${from}V${to}" stroke="#c4cad1" stroke-width="1.5" stroke-dasharray="3 3" fill="none"/>`
}

function drawHeader({ name, isServer, isGroup }: Lane, x: number, gap: number): string {
  const columns = Math.floor((Math.min(gap, 160) - 20) / CHARACTER)
  const [shown = ''] = wrapText(name, columns, 1)
  const width = round(textColumns(shown) * CHARACTER + 18)
  const left = round(Math.max(2, x - width / 2))
  const { top, height } = HEADER
  const box = (shift: number) =>
    `<rect x="${left + shift}" y="${top - shift}" width="${width}" height="${height}" rx="${isServer ? 0 : 6}" ` +
    `fill="${isServer ? '#eef1f4' : '#e7f0fb'}" stroke="${isServer ? FAINT : SENT}"/>`
  const title = shown === name ? '' : `<title>${escapeXml(name)}</title>`
  const label = drawText(shown, left + width / 2, top + 16, { weight: 'bold', anchor: 'middle' })
  return `<g>${title}${isGroup ? box(3) : ''}${box(0)}${label}</g>`
}

function drawSentence(text: string, y: number): string {
  const lines = sentenceLines(text)
  const band = `<rect x="8" y="${y + 3}" width="${WIDTH - 16}" height="${8 + 16 * lines.length}" fill="#f3f5f8"/>`
  return band + lines.map((line, index) => drawText(line, 16, y + 19 + 16 * index, { style: 'italic' })).join('')
}

function drawArrow(row: Arrow, y: number, at: (lane: number) => number, lanes: readonly Lane[]): string {
  const style = STYLES[row.event]
  const [server, clients] = [at(row.server), row.clients.map(at)]
  const line = y + 27
  const far = Math.max(...clients)
  const ends = style.to === 'client' ? clients : [server]
  const from = style.to === 'client' ? server : far
  const reach = style.to === 'client' ? far : server
  const stroke = `stroke="${style.colour}" stroke-width="1.6" fill="none"${style.dashes ? ` stroke-dasharray="${style.dashes}"` : ''}`
  return [
    `<g><title>${escapeXml(titleOf(row, lanes))}</title>`,
    `<path d="M${from} ${line}H${reach}" ${stroke}/>`,
    ...ends.map((end) => drawEnd(style, end, line, Math.sign(reach - from))),
    drawLabel(row, server + 10, y + 20, style.colour),
    '</g>',
    drawTime(row.at, y + 31),
  ].join('')
}

function titleOf({ event, clients, label, raw, isReaction }: Arrow, lanes: readonly Lane[]): string {
  const names = clients.map((client) => lanes[client]?.name).join(', ')
  const title = `${names} ${event}: ${label}${isReaction ? ' (reaction)' : ''}`
  return raw === undefined ? title : `${title}\n\nRaw message: ${raw}`
}

/** The end of a line: where a message arrives, where a connection begins, where one ends. */
function drawEnd({ colour, end }: Style, x: number, y: number, direction: number): string {
  if (end === 'arrow') {
    return `<path d="M${x} ${y}l${-9 * direction} -4.5v9z" fill="${colour}"/>`
  }
  if (end === 'ring') return `<circle cx="${x}" cy="${y}" r="4" fill="#ffffff" stroke="${colour}" stroke-width="1.6"/>`
  return `<path d="M${x - 5} ${y - 5}l10 10m0 -10l-10 10" stroke="${colour}" stroke-width="2.2" fill="none"/>`
}

function drawLabel(row: Arrow, x: number, y: number, colour: string): string {
  const badge = [row.isReaction ? 'reaction' : '', row.count > row.clients.length ? `×${row.count}` : '']
    .filter(Boolean)
    .join(' ')
  const width = badge === '' ? 0 : round(badge.length * 6.7 + 10)
  const mark =
    badge === ''
      ? ''
      : `<rect x="${x}" y="${y - 11}" width="${width}" height="15" rx="7" fill="#fff4d6" stroke="#8a6100"/>` +
        drawText(badge, x + width / 2, y, { fill: '#5c4100', size: 11, anchor: 'middle' })
  const start = x + (width === 0 ? 0 : width + 6)
  const [shown = ''] = wrapText(row.label, Math.floor((TIME - 60 - start) / CHARACTER), 1)
  return mark + drawText(shown, start, y, { fill: colour, halo: true })
}

function drawNote(text: string, y: number, x: number | undefined): string {
  const [shown = ''] = wrapText(text, 60, 1)
  const width = round(textColumns(shown) * CHARACTER + 18)
  const left = round(x === undefined ? WIDTH / 2 - width / 2 : Math.min(Math.max(8, x - width / 2), 870 - width))
  return (
    `<rect x="${left}" y="${y + 5}" width="${width}" height="20" rx="3" fill="#f6f0fb" stroke="#6e4a9e" stroke-dasharray="4 2"/>` +
    drawText(shown, left + width / 2, y + 19, { fill: '#4b2e73', anchor: 'middle' })
  )
}

function drawFailure(text: string, y: number): string {
  const lines = failureLines(text)
  const height = 20 + 16 * lines.length
  return [
    `<rect x="8" y="${y + 4}" width="${WIDTH - 16}" height="${height}" rx="4" fill="#fdeceb" stroke="${TROUBLE}" stroke-width="1.6"/>`,
    `<path d="M20 ${y + 18}l10 10m0 -10l-10 10" stroke="${TROUBLE}" stroke-width="2.6" fill="none"/>`,
    drawText('FAILED', 40, y + 27, { fill: TROUBLE, weight: 'bold' }),
    ...lines.map((line, index) => drawText(line, 100, y + 27 + 16 * index, { fill: '#7a1a14' })),
  ].join('')
}

function drawTime(at: number, y: number): string {
  return drawText(`+${Math.round(at)} ms`, TIME, y, { fill: FAINT, size: 10, anchor: 'end', halo: true })
}

interface TextStyle {
  readonly fill?: string
  readonly anchor?: 'middle' | 'end'
  readonly weight?: 'bold'
  readonly style?: 'italic'
  readonly size?: number
  /** Whether lines behind the text are covered. */
  readonly halo?: boolean
}

function drawText(
  text: string,
  x: number,
  y: number,
  { fill = INK, anchor, weight, style, size, halo }: TextStyle = {},
): string {
  const look = [
    anchor ? ` text-anchor="${anchor}"` : '',
    weight ? ` font-weight="${weight}"` : '',
    style ? ` font-style="${style}"` : '',
    size ? ` font-size="${size}"` : '',
  ].join('')
  const drawn = (more: string) => `<text x="${round(x)}" y="${y}"${look}${more}>${escapeXml(text)}</text>`
  const behind = halo
    ? drawn(' fill="#ffffff" stroke="#ffffff" stroke-width="4" stroke-linejoin="round" aria-hidden="true"')
    : ''
  return behind + drawn(` fill="${fill}"`)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
