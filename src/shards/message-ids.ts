/** The ids in Cucumber's messages: of the things they tell, and of those they refer to. */

/** What an id becomes. */
export interface RewrittenIds {
  /** Of the thing that a message tells. */
  readonly define: (id: string) => string
  /** Of a thing that an earlier message has told. */
  readonly refer: (id: string) => string
}

/** Ids of processes: they are not things that a message tells. */
const WORKER = 'workerId'

/** The same message with other ids. */
export function rewriteIds<T>(message: T, ids: RewrittenIds): T {
  return rewrite(message, (id) => id, ids) as T
}

function rewrite(value: unknown, become: (id: string) => string, ids: RewrittenIds): unknown {
  if (typeof value === 'string') return become(value)
  if (Array.isArray(value)) return value.map((item) => rewrite(item, become, ids))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, rewrite(member, rewriterOf(key, ids), ids)]),
  )
}

function rewriterOf(key: string, { define, refer }: RewrittenIds): (id: string) => string {
  if (key === 'id') return define
  return /Ids?$/.test(key) && key !== WORKER ? refer : (text) => text
}

/** The ids of all things that a message tells, in its order. */
export function definedIds(message: unknown): string[] {
  const ids: string[] = []
  rewriteIds(message, {
    define: (id) => {
      ids.push(id)
      return id
    },
    refer: (id) => id,
  })
  return ids
}

/** What a message says, whatever the ids, and whatever separates folders where it was written. */
export function contentOf(message: unknown): string {
  return JSON.stringify(message, (key, value) => (/^(?:id|uri|.*Ids?)$/.test(key) ? undefined : value))
}
