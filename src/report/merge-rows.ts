/** Rows of a diagram that are alike, merged: broadcasts, what a group does, and repetitions; long ones are cut. */

import type { Lane, UnlabelledArrow, UnlabelledRow } from './diagram-rows'

/** How many rows are drawn. */
const MAX_ROWS = 80

/** How many different messages of a group have a row each. */
const MAX_DIFFERENT = 3

/** How often the same must be said in a row for it to be one row. */
const MIN_REPEATED = 4

/** Merges the rows that are alike, and cuts what is too long. */
export function mergeRows(rows: readonly UnlabelledRow[], lanes: readonly Lane[]): readonly UnlabelledRow[] {
  return cutMiddle(mergeRepeats(mergeGroups(mergeBroadcasts(rows, lanes), lanes)))
}

/** Makes one row of a broadcast: the same message, to one after the other. */
function mergeBroadcasts(rows: readonly UnlabelledRow[], lanes: readonly Lane[]): UnlabelledRow[] {
  const result: UnlabelledRow[] = []
  for (const row of rows) {
    const last = result.at(-1)
    const joined = last?.is === 'arrow' && row.is === 'arrow' ? mergeBroadcast(last, row, lanes) : undefined
    if (joined) result.splice(-1, 1, joined)
    else result.push(row)
  }
  return result
}

function mergeBroadcast(
  one: UnlabelledArrow,
  other: UnlabelledArrow,
  lanes: readonly Lane[],
): UnlabelledArrow | undefined {
  const [client] = other.clients as [number]
  if (one.event !== 'receives' || !isAlike(one, other) || one.content !== other.content) return undefined
  const count = one.count + other.count
  if (!one.clients.includes(client)) return { ...one, clients: [...one.clients, client], count }
  return lanes[client]?.isGroup ? { ...one, count } : undefined
}

/** Makes few rows of what the members of a group do, whatever the order. */
function mergeGroups(rows: readonly UnlabelledRow[], lanes: readonly Lane[]): UnlabelledRow[] {
  const result: UnlabelledRow[] = []
  let run: UnlabelledArrow[] = []
  const end = () => {
    for (const row of mergeAlike(run)) result.push(row)
    run = []
  }
  for (const row of rows) {
    const isOfGroup = row.is === 'arrow' && row.clients.length === 1 && lanes[row.clients[0] as number]?.isGroup
    if (!isOfGroup || run[0]?.clients[0] !== row.clients[0]) end()
    if (isOfGroup) run.push(row)
    else result.push(row)
  }
  end()
  return result
}

function mergeAlike(run: readonly UnlabelledArrow[]): UnlabelledArrow[] {
  const rows = new Map<string, UnlabelledArrow>()
  for (const row of run) {
    const key = `${kindOf(row)} ${row.content}`
    const same = rows.get(key)
    rows.set(key, same ? { ...same, count: same.count + row.count } : row)
  }
  const kinds = new Map<string, UnlabelledArrow[]>()
  for (const row of rows.values()) {
    const alike = kinds.get(kindOf(row))
    if (alike) alike.push(row)
    else kinds.set(kindOf(row), [row])
  }
  return [...rows.values()].flatMap((row) => {
    const alike = kinds.get(kindOf(row)) as UnlabelledArrow[]
    if (alike.length <= MAX_DIFFERENT) return [row]
    if (alike[0] !== row) return []
    return [{ ...row, count: alike.reduce((sum, { count }) => sum + count, 0), otherContents: alike.length - 1 }]
  })
}

function kindOf({ event, server, isReaction }: UnlabelledArrow): string {
  return `${event} ${server} ${isReaction}`
}

function isAlike(one: UnlabelledArrow, other: UnlabelledArrow): boolean {
  return one.event === other.event && one.server === other.server && one.isReaction === other.isReaction
}

/** Makes one row of what is repeated, and two of what alternates, as heartbeats and their answers do. */
function mergeRepeats(rows: readonly UnlabelledRow[]): UnlabelledRow[] {
  const result: UnlabelledRow[] = []
  for (let start = 0; start < rows.length; ) {
    const [run, period] = repeatedFrom(rows, start)
    for (let index = 0; index < period; index++) {
      const alike = run.filter((_, other) => other % period === index) as UnlabelledArrow[]
      const count = alike.reduce((sum, row) => sum + row.count, 0)
      result.push(run.length === 1 ? (run[0] as UnlabelledRow) : { ...(alike[0] as UnlabelledArrow), count })
    }
    start += run.length
  }
  return result
}

/** What is often enough the same as the row before, or as the one before that; otherwise one row. */
function repeatedFrom(rows: readonly UnlabelledRow[], start: number): [run: readonly UnlabelledRow[], period: number] {
  for (const period of [1, 2]) {
    let end = start + period
    while (end < rows.length && isRepeat(rows[end - period] as UnlabelledRow, rows[end] as UnlabelledRow)) end++
    if (end - start >= MIN_REPEATED * period) return [rows.slice(start, end), period]
  }
  return [rows.slice(start, start + 1), 1]
}

function isRepeat(one: UnlabelledRow, other: UnlabelledRow): boolean {
  if (one.is !== 'arrow' || other.is !== 'arrow' || one.content !== other.content) return false
  return isAlike(one, other) && String(one.clients) === String(other.clients)
}

/** Long conversations are cut in the middle; the last sentence, which the picture stands below, is kept. */
function cutMiddle(rows: readonly UnlabelledRow[]): readonly UnlabelledRow[] {
  if (rows.length <= MAX_ROWS) return rows
  const [begin, middle, end] = [
    rows.slice(0, MAX_ROWS / 2),
    rows.slice(MAX_ROWS / 2, -MAX_ROWS / 2),
    rows.slice(-MAX_ROWS / 2),
  ]
  const last = end.some(({ is }) => is === 'sentence') ? undefined : middle.findLast(({ is }) => is === 'sentence')
  const left = middle.reduce((sum, row) => sum + (row.is === 'cut' ? row.rows : 1), last ? -1 : 0)
  return [...begin, { is: 'cut', rows: left }, ...(last ? [last] : []), ...end]
}
