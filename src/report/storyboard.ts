/** What is drawn of a conversation: its lanes, and a row for each thing that happened between them. */

import { redact } from '../redaction'
import { excerpt, hexExcerpt } from '../text/excerpt'
import type { EventKind, TranscriptEntry } from '../transcript'

/** A participant, a group of them, or a server. */
export interface Lane {
  readonly name: string
  readonly isServer: boolean
  /** Whether it stands for several clients. */
  readonly isCrowd: boolean
}

/** Something that went from one lane to others, or that stopped on its way. */
export interface Arrow {
  readonly is: 'arrow'
  readonly what: Exclude<EventKind, 'sentence' | 'hears' | 'starts'>
  /** Numbers of lanes; a broadcast has several of clients. */
  readonly clients: readonly number[]
  readonly server: number
  readonly label: string
  readonly isReaction: boolean
  /** ms since the conversation began. */
  readonly at: number
  /** How many the row stands for. */
  readonly count: number
}

export type Row =
  | Arrow
  | { readonly is: 'sentence'; readonly text: string }
  | { readonly is: 'note'; readonly lane: number | undefined; readonly text: string; readonly at: number }
  | { readonly is: 'cut'; readonly rows: number }
  | { readonly is: 'failure'; readonly text: string }

/** What there is to draw. */
export interface Storyboard {
  readonly lanes: readonly Lane[]
  readonly rows: readonly Row[]
}

/** A group as its members' names tell it: of `listener-7` it is `listener`, with how many there are. */
export type Groups = ReadonlyMap<string, { readonly name: string; readonly size: number }>

/** How many letters of a name are told. */
const NAME = 60

/** How many rows are drawn. */
const ROWS = 80

/** Beyond so many clients, those who come late share a lane. */
const CLIENTS = 9

/** How many different messages of a crowd have a row each. */
const WORTH_WHILE = 3

/** How often the same must be said in a row for it to be one row. */
const REPEATED = 4

/** How many members make a lane of their own not worth while. */
const CROWD = 4

/**
 * Arranges a conversation.
 * @param failure what went wrong at its end
 */
export function storyboard(
  entries: readonly TranscriptEntry[],
  groups: Groups = new Map(),
  failure?: string,
): Storyboard {
  const lanes = lanesOf(entries, groups, failure)
  const drawn = entries.flatMap((entry) => rowOf(entry, lanes))
  const rows = cut(withRepeats(withCrowds(withBroadcasts(drawn, lanes.all), lanes.all)))
  return { lanes: lanes.all, rows: failure === undefined ? rows : [...rows, { is: 'failure', text: excerpt(failure) }] }
}

interface Lanes {
  readonly all: readonly Lane[]
  client(name: string): number
  server(url: string): number
}

function lanesOf(entries: readonly TranscriptEntry[], groups: Groups, failure = ''): Lanes {
  const crowds = new Set<string>()
  const crowd = (name: string) => {
    const group = groups.get(name)
    if (!group || group.size < CROWD) return name
    const together = `${group.name} ×${group.size}`
    crowds.add(together)
    return together
  }
  const happened = entries.filter(({ kind }) => kind !== 'sentence' && kind !== 'starts')
  const hosts = [...new Set(happened.map(({ url }) => hostOf(url)).filter((host) => host !== ''))]
  const names = [...new Set(happened.map(({ client }) => crowd(client)))]
  const shown = shownOf(names, `${entries.findLast(({ kind }) => kind === 'sentence')?.detail} ${failure}`)
  const others = names.length - shown.length
  const servers = hosts.map((host) => ({
    name: hosts.length === 1 ? 'server' : redact(host),
    isServer: true,
    isCrowd: false,
  }))
  const clients = shown.map((name) => ({
    name: excerpt(name, { length: NAME }),
    isServer: false,
    isCrowd: crowds.has(name),
  }))
  if (others > 0) clients.push({ name: `others ×${others}`, isServer: false, isCrowd: true })
  return {
    all: [...servers, ...clients],
    client: (name) => servers.length + (shown.includes(crowd(name)) ? shown.indexOf(crowd(name)) : clients.length - 1),
    server: (url) => Math.max(hosts.indexOf(hostOf(url)), 0),
  }
}

/** Those who have a lane of their own: of many, those of whom the last sentence speaks, then those who came first. */
function shownOf(names: readonly string[], lastWords: string): string[] {
  if (names.length <= CLIENTS) return [...names]
  const isNamed = (name: string) => lastWords.includes(name)
  const chosen = [...names.filter(isNamed), ...names.filter((name) => !isNamed(name))].slice(0, CLIENTS - 1)
  return names.filter((name) => chosen.includes(name))
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}

function rowOf(entry: TranscriptEntry, lanes: Lanes): Row[] {
  const { kind, client, detail, at, url } = entry
  const text = typeof detail === 'string' ? excerpt(detail) : hexExcerpt(detail)
  if (kind === 'sentence') return [{ is: 'sentence', text }]
  if (kind === 'starts')
    return [{ is: 'note', lane: undefined, text: `${excerpt(client, { length: NAME })} is started`, at }]
  const lane = lanes.client(client)
  if (kind === 'hears') return [{ is: 'note', lane, text: `silence: ${text}`, at }]
  const [clients, server] = [[lane], lanes.server(url)]
  return [
    {
      is: 'arrow',
      what: kind,
      clients,
      server,
      label: labelOf(kind, text, url),
      isReaction: entry.reaction,
      at,
      count: 1,
    },
  ]
}

function labelOf(what: EventKind, text: string, url: string): string {
  switch (what) {
    case 'connects':
      return `connects${pathOf(url)}`
    case 'requests':
      return URL.canParse(url) ? text.replace(redact(new URL(url).origin), '') : text
    case 'sends':
    case 'receives':
    case 'is answered':
      return text === '' ? '(an empty message)' : text.trim() === '' ? `"${text}"` : text
    case 'pings':
      return 'ping'
    case 'receives a pong':
      return 'pong'
    case 'disconnects':
    case 'is disconnected':
      return `${what} ${text}`.trim()
    default:
      return text === '' ? what : `${what}: ${text}`
  }
}

function pathOf(url: string): string {
  if (!URL.canParse(url)) return ''
  const { pathname, search } = new URL(url)
  return pathname === '/' && search === '' ? '' : ` ${redact(pathname + search)}`
}

/** Makes one row of a broadcast: the same message, to one after the other. */
function withBroadcasts(rows: readonly Row[], lanes: readonly Lane[]): Row[] {
  const result: Row[] = []
  for (const row of rows) {
    const last = result.at(-1)
    const joined = last?.is === 'arrow' && row.is === 'arrow' ? broadcast(last, row, lanes) : undefined
    if (joined) result.splice(-1, 1, joined)
    else result.push(row)
  }
  return result
}

function broadcast(one: Arrow, other: Arrow, lanes: readonly Lane[]): Arrow | undefined {
  const [client] = other.clients as [number]
  if (one.what !== 'receives' || !isAlike(one, other) || one.label !== other.label) return undefined
  const count = one.count + other.count
  if (!one.clients.includes(client)) return { ...one, clients: [...one.clients, client], count }
  return lanes[client]?.isCrowd ? { ...one, count } : undefined
}

/** Makes few rows of what the many of a crowd do among themselves, whatever the order. */
function withCrowds(rows: readonly Row[], lanes: readonly Lane[]): Row[] {
  const result: Row[] = []
  let run: Arrow[] = []
  const end = () => {
    result.push(...folded(run))
    run = []
  }
  for (const row of rows) {
    const isOfCrowd = row.is === 'arrow' && row.clients.length === 1 && lanes[row.clients[0] as number]?.isCrowd
    if (!isOfCrowd || run[0]?.clients[0] !== row.clients[0]) end()
    if (isOfCrowd) run.push(row)
    else result.push(row)
  }
  end()
  return result
}

function folded(run: readonly Arrow[]): Arrow[] {
  const rows: Arrow[] = []
  for (const row of run) {
    const at = rows.findIndex((other) => isAlike(other, row) && other.label === row.label)
    const same = rows[at]
    if (same) rows[at] = { ...row, at: same.at, count: row.count + same.count }
    else rows.push(row)
  }
  return rows.flatMap((row) => {
    const alike = rows.filter((other) => isAlike(other, row))
    if (alike.length <= WORTH_WHILE) return [row]
    if (alike[0] !== row) return []
    const count = alike.reduce((sum, other) => sum + other.count, 0)
    return [{ ...row, count, label: `${row.label}, and ${alike.length - 1} others` }]
  })
}

function isAlike(one: Arrow, other: Arrow): boolean {
  return one.what === other.what && one.server === other.server && one.isReaction === other.isReaction
}

/** Makes one row of what is said again and again. */
function withRepeats(rows: readonly Row[]): Row[] {
  const runs: Row[][] = []
  for (const row of rows) {
    const last = runs.at(-1)
    if (last?.[0] && isRepeated(last[0], row)) last.push(row)
    else runs.push([row])
  }
  return runs.flatMap((run) => {
    const [first] = run
    if (first?.is !== 'arrow' || run.length < REPEATED) return run
    return [{ ...first, count: run.reduce((sum, row) => sum + (row as Arrow).count, 0) }]
  })
}

function isRepeated(one: Row, other: Row): boolean {
  if (one.is !== 'arrow' || other.is !== 'arrow' || one.label !== other.label) return false
  return isAlike(one, other) && String(one.clients) === String(other.clients)
}

/** Long conversations are cut in the middle; the last sentence, which the picture stands below, is kept. */
function cut(rows: readonly Row[]): readonly Row[] {
  const left = rows.length - ROWS
  if (left <= 0) return rows
  const [begin, middle, end] = [rows.slice(0, ROWS / 2), rows.slice(ROWS / 2, -ROWS / 2), rows.slice(-ROWS / 2)]
  const last = end.some(({ is }) => is === 'sentence') ? undefined : middle.findLast(({ is }) => is === 'sentence')
  return [...begin, { is: 'cut', rows: last ? left - 1 : left }, ...(last ? [last] : []), ...end]
}
