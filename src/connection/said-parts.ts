/** What a sentence says that a client connects with, to be compared with what one before has said. */

import { pairsOf } from '../arguments'
import type { Variables } from '../messages/variables'
import type { ConnectOptions } from './connection-target'

/** One of the things it says: an address, a header. */
export interface SaidPart {
  readonly kind: keyof ConnectOptions
  readonly content: string
}

/** All that it says, with the variables filled in. */
export function saidParts({ to, subprotocols, ...named }: ConnectOptions, variables: Variables): SaidPart[] {
  const fill = (text: string) => variables.fill(text)
  const pairs = (['parameters', 'headers', 'cookies'] as const).flatMap((kind) =>
    pairsOf(named[kind]).map(([name, value]) => {
      const key = kind === 'headers' ? name.toLowerCase() : name
      return { kind, content: JSON.stringify([key, fill(value)]) }
    }),
  )
  return [
    ...(to === undefined ? [] : [{ kind: 'to' as const, content: fill(to) }]),
    ...pairs,
    ...(subprotocols ? [{ kind: 'subprotocols' as const, content: JSON.stringify(subprotocols.map(fill)) }] : []),
  ]
}

/** The kinds of what is said now, and was not said before. */
export function otherKinds(said: readonly SaidPart[], before: readonly SaidPart[]): ReadonlySet<SaidPart['kind']> {
  const isKnown = ({ kind, content }: SaidPart) => before.some((part) => part.kind === kind && part.content === content)
  return new Set(said.filter((part) => !isKnown(part)).map(({ kind }) => kind))
}
