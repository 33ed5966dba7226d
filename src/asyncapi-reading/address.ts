/** Addresses of channels: which connections and topics they mean. */

import { addressParts, percentDecode } from '../text/url'

/** A segment of an address: texts, and between each two of them a parameter. */
interface Segment {
  readonly texts: readonly string[]
  readonly parameters: readonly SegmentParameter[]
}

interface SegmentParameter {
  readonly name: string
  /** Undefined where each is allowed, as far as the address is concerned. */
  readonly allowed: readonly string[] | undefined
}

/** The values of an address's parameters. */
export type AddressValues = ReadonlyMap<string, string>

/** The way to a server. */
export interface ServerPath {
  /** With its variables in braces. */
  readonly pathname: string
  /** The values that its variables may have; each may have any that is not among these. */
  readonly values: ReadonlyMap<string, readonly string[]>
}

/** An address with parameters in braces, each of them within a segment. */
export class ChannelAddress {
  private readonly segments: readonly Segment[]
  /** The same with the way to each server before it. */
  private readonly onServers: readonly (readonly Segment[])[]

  constructor(
    readonly text: string,
    servers: readonly ServerPath[],
  ) {
    this.segments = parseSegments(text)
    const ways = servers.map(({ pathname, values }) => parseSegments(pathname, values))
    this.onServers = [...ways.map((way) => [...way, ...this.segments]), this.segments]
  }

  /** Those that are the same but for the names of their parameters have the same; a literal one comes before others. */
  get rank(): string {
    return this.segments
      .map(({ texts }) => (texts.length === 1 ? '0' : texts.every((one) => one === '') ? '2' : '1'))
      .join('')
  }

  /** The parameters in the path of a connection; undefined if that has another address. */
  matchPath(path: string): AddressValues | undefined {
    const actual = segmentsOf(path).map(percentDecode)
    for (const segments of this.onServers) {
      const values = matchSegments(segments, actual)
      if (values) return values
    }
    return undefined
  }

  /** The parameters in a topic. */
  matchTopic(topic: string): AddressValues | undefined {
    return matchSegments(this.segments, segmentsOf(topic))
  }
}

/** The path of an address, without its query. */
export function pathOf(url: string): string {
  return addressParts(url).path.replace(/[?#].*/s, '')
}

/** A slash at the beginning or at the end makes no difference. */
function segmentsOf(path: string): string[] {
  const bare = path.replace(/^\//, '').replace(/\/$/, '')
  return bare === '' ? [] : bare.split('/')
}

function parseSegments(address: string, values?: ServerPath['values']): Segment[] {
  return segmentsOf(address).map((segment) => ({
    texts: segment.split(/\{[^{}]*\}/).map(percentDecode),
    parameters: [...segment.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => ({ name, allowed: values?.get(name) })),
  }))
}

function matchSegments(segments: readonly Segment[], actual: readonly string[]): AddressValues | undefined {
  if (segments.length !== actual.length) return undefined
  const values = new Map<string, string>()
  for (const [at, segment] of segments.entries())
    if (!matchSegment(segment, actual[at] as string, values)) return undefined
  return values
}

/** Each parameter ends where the text behind it first comes, the last one at the end: nothing is tried twice. */
function matchSegment({ texts, parameters }: Segment, actual: string, values: Map<string, string>): boolean {
  const [first = '', ...rest] = texts
  const last = rest.pop()
  if (last === undefined) return actual === first
  if (!actual.startsWith(first) || !actual.endsWith(last)) return false
  let at = first.length
  const end = actual.length - last.length
  for (const [index, text] of [...rest, undefined].entries()) {
    const next = text === undefined ? end : actual.indexOf(text, at + 1)
    if (next <= at || next > end) return false
    const { name, allowed } = parameters[index] as SegmentParameter
    const value = actual.slice(at, next)
    // One that stands twice has one value.
    if (allowed?.includes(value) === false || (values.get(name) ?? value) !== value) return false
    values.set(name, value)
    at = next + (text?.length ?? 0)
  }
  return true
}
