/** A conversation as a diagram: its lanes, and a row for each thing that happened between them. */

import { redact } from '../redaction'
import { excerpt } from '../text/excerpt'
import { addressParts } from '../text/url'
import type { EventKind, TranscriptEntry } from '../transcript'
import type { Arrow, Diagram, Lane, Row, UnlabelledArrow, UnlabelledRow } from './diagram-rows'
import { detailsText, entryText, rawText } from './entry-text'
import { mergeRows } from './merge-rows'
import type { PhraseOf } from './phrases'

/** The group of each member, by the member's name: of `listener-7` it is `listener`, with how many there are. */
export type Groups = ReadonlyMap<string, { readonly name: string; readonly size: number }>

/** How many characters of a name are shown. */
const MAX_NAME = 60

/** Beyond so many clients, the last ones share a lane. */
const MAX_LANES = 9

/** From so many members on, a group has one lane. */
const MIN_GROUP = 4

/**
 * Creates the diagram of a conversation.
 * @param failure what went wrong at its end
 * @param phraseOf the phrases of its messages; without it, each is shown as it was sent
 */
export function createDiagram(
  entries: readonly TranscriptEntry[],
  groups: Groups = new Map(),
  failure?: string,
  phraseOf: PhraseOf = () => undefined,
): Diagram {
  const lanes = createLanes(entries, groups, failure)
  const drawn = entries.flatMap((entry) => createRows(entry, lanes))
  const rows = mergeRows(drawn, lanes.all).map((row): Row => (row.is === 'arrow' ? withLabel(row, phraseOf) : row))
  return { lanes: lanes.all, rows: failure === undefined ? rows : [...rows, { is: 'failure', text: excerpt(failure) }] }
}

interface Lanes {
  readonly all: readonly Lane[]
  client(name: string): number
  server(url: string): number
}

/** What no client does. */
const WITHOUT_LANE: readonly EventKind[] = ['sentence', 'starts', 'is cut']

function createLanes(entries: readonly TranscriptEntry[], groups: Groups, failure = ''): Lanes {
  const groupNames = new Set<string>()
  const laneName = (name: string) => {
    const group = groups.get(name)
    if (!group || group.size < MIN_GROUP) return name
    const shared = `${group.name} ×${group.size}`
    groupNames.add(shared)
    return shared
  }
  const events = entries.filter(({ kind }) => !WITHOUT_LANE.includes(kind))
  const hosts = [...new Set(events.map(({ url }) => hostOf(url)).filter((host) => host !== ''))]
  const names = [...new Set(events.map(({ client }) => laneName(client)))]
  const shown = chooseLanes(names, `${entries.findLast(({ kind }) => kind === 'sentence')?.detail} ${failure}`)
  const others = names.length - shown.length
  const servers = hosts.map((host) => ({
    name: hosts.length === 1 ? 'server' : redact(host),
    isServer: true,
    isGroup: false,
  }))
  const clients = shown.map((name) => ({
    name: excerpt(name, { length: MAX_NAME }),
    isServer: false,
    isGroup: groupNames.has(name),
  }))
  if (others > 0) clients.push({ name: `others ×${others}`, isServer: false, isGroup: true })
  return {
    all: [...servers, ...clients],
    client: (name) =>
      servers.length + (shown.includes(laneName(name)) ? shown.indexOf(laneName(name)) : clients.length - 1),
    server: (url) => Math.max(hosts.indexOf(hostOf(url)), 0),
  }
}

/** The names that have a lane of their own: of many, those that the last sentence mentions, then the first ones. */
function chooseLanes(names: readonly string[], lastText: string): string[] {
  if (names.length <= MAX_LANES) return [...names]
  const isNamed = (name: string) => lastText.includes(name)
  const chosen = [...names.filter(isNamed), ...names.filter((name) => !isNamed(name))].slice(0, MAX_LANES - 1)
  return names.filter((name) => chosen.includes(name))
}

function hostOf(url: string): string {
  return addressParts(url).host
}

function createRows(entry: TranscriptEntry, lanes: Lanes): UnlabelledRow[] {
  const { kind, client, detail, at, url, isReaction } = entry
  if (kind === 'sentence') return [{ is: 'sentence', text: entryText(entry) }]
  if (kind === 'is cut') return [{ is: 'cut', rows: Number(detail) }]
  if (kind === 'starts')
    return [{ is: 'note', lane: undefined, text: `${excerpt(client, { length: MAX_NAME })} is started`, at }]
  const lane = lanes.client(client)
  if (kind === 'hears') return [{ is: 'note', lane, text: `silence: ${entryText(entry)}`, at }]
  const place = { clients: [lane], server: lanes.server(url) }
  const text = typeof detail === 'string' ? `text ${detail}` : `bytes ${detail.toString('latin1')}`
  const content = kind === 'connects' ? url + afterAddress(entry) : detailsText(entry) + text
  return [{ is: 'arrow', event: kind, ...place, isReaction, at, count: 1, entry, content, otherContents: 0 }]
}

function withLabel({ entry, otherContents, content: _, ...arrow }: UnlabelledArrow, phraseOf: PhraseOf): Arrow {
  const others = otherContents === 0 ? '' : `, and ${otherContents} others`
  const phrase = phraseOf(entry)
  const label = phrase === undefined ? eventLabel(arrow.event, entryText(entry), entry) : detailsText(entry) + phrase
  const raw = phrase === undefined ? rawText(entry) : excerpt(String(entry.detail))
  return { ...arrow, label: label + others, ...(raw !== undefined && { raw }) }
}

function eventLabel(event: EventKind, text: string, entry: TranscriptEntry): string {
  switch (event) {
    case 'connects':
      return `connects${pathOf(entry.url)}${excerpt(afterAddress(entry))}`
    case 'requests':
      return text.replace(redact(addressParts(entry.url).origin), '')
    case 'sends':
    case 'receives':
    case 'is answered':
      return text === '' ? '(an empty message)' : text.trim() === '' ? `"${text}"` : text
    case 'sends a frame':
    case 'receives a frame':
      return `frame ${text}`
    case 'pings':
      return 'ping'
    case 'receives a pong':
      return 'pong'
    case 'calls':
    case 'subscribes to':
    case 'unsubscribes from':
    case 'disconnects':
    case 'is disconnected':
      return `${event} ${text}`.trim()
    default:
      return text === '' ? event : `${event}: ${text}`
  }
}

function pathOf(url: string): string {
  const { path } = addressParts(url)
  return path === '/' ? '' : ` ${excerpt(path)}`
}

/** What a connection has, as it follows the address in the transcript. */
function afterAddress({ detail, url }: TranscriptEntry): string {
  return typeof detail === 'string' && detail.startsWith(url) ? detail.slice(url.length) : ''
}
