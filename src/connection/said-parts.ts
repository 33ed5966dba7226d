/** What a sentence says that a client connects with, to be compared with what one before has said. */

import { pairsOf } from '../arguments'
import type { Variables } from '../variables/variables'
import type { ConnectOptions } from './connection-target'

/** One of the things it says: an address, a header. */
export interface SaidPart {
  readonly kind: keyof ConnectOptions
  readonly content: string
}

/**
 * All that it says, with the variables filled in.
 * @param resolve makes an address absolute: what is relative depends on where the server is
 */
export function saidParts(
  options: ConnectOptions,
  variables: Variables,
  resolve: (address: string) => string,
): SaidPart[] {
  const parts: SaidPart[] = []
  const add = (kind: SaidPart['kind'], content: string) => parts.push({ kind, content })
  const { to, subprotocols } = options
  if (to !== undefined) add('to', resolve(to))
  for (const kind of ['parameters', 'headers', 'cookies'] as const) {
    if (!options[kind]) continue
    for (const [name, value] of pairsOf(options[kind])) {
      add(kind, JSON.stringify([kind === 'headers' ? name.toLowerCase() : name, variables.fill(value)]))
    }
  }
  if (subprotocols) add('subprotocols', JSON.stringify(subprotocols.map((subprotocol) => variables.fill(subprotocol))))
  return parts
}

/** The kinds of what is said now, and was not said before. */
export function otherKinds(said: readonly SaidPart[], before: readonly SaidPart[]): ReadonlySet<SaidPart['kind']> {
  const isKnown = ({ kind, content }: SaidPart) => before.some((part) => part.kind === kind && part.content === content)
  return new Set(said.filter((part) => !isKnown(part)).map(({ kind }) => kind))
}
