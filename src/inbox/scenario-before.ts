/** What a server still says of the clients of one scenario, when those of the next one have come already. */

import { addressParts } from '../text/url'
import type { TranscriptEntry } from '../transcript'

/** How soon after it has connected a client receives it, in ms. */
const MAX_AFTER_CONNECTING = 200

/** How soon after the end of the scenario before, in ms. */
const MAX_AFTER_END = 500

/** How many entries of a scenario are looked through for what a server says to everybody who comes. */
const MAX_GREETINGS = 20

/** The end of a scenario: which servers its clients have left, when, and what those had said to them before they did anything. */
interface ScenarioEnd {
  readonly urls: readonly string[]
  readonly at: number
  readonly greetings: readonly (string | Buffer)[]
}

/** Of the latest scenario of this process, or of this worker. */
let latestEnd: ScenarioEnd = { urls: [], at: Number.NEGATIVE_INFINITY, greetings: [] }

/** Remembers that all clients have left. */
export function scenarioEnded(urls: readonly string[], at: number, entries: readonly TranscriptEntry[] = []): void {
  const first = entries.slice(0, MAX_GREETINGS)
  const acted = first.findIndex(({ kind }) => kind !== 'connects' && !PASSIVE.includes(kind))
  const passive = acted < 0 ? first : first.slice(0, acted)
  const greetings = passive.flatMap(({ kind, detail }) => (kind === 'receives' ? [detail] : []))
  latestEnd = { urls, at, greetings }
}

/**
 * Whether a message may well be about the scenario before: it came soon after that had ended, from the same server, to the only
 * client that has connected since, before anybody has done anything else, and is not a greeting: nobody received it there.
 * @param entries what has happened in this scenario
 * @param start when this scenario began, by the clock of `scenarioEnded`
 */
export function mayComeFromScenarioBefore(
  message: TranscriptEntry,
  entries: readonly TranscriptEntry[],
  start: number,
): boolean {
  const before = entries.slice(0, entries.indexOf(message)).filter(({ kind }) => !PASSIVE.includes(kind))
  const [connected] = before
  if (before.length !== 1 || connected?.kind !== 'connects' || connected.client !== message.client) return false
  const { host } = addressParts(message.url)
  return (
    host !== '' &&
    message.at - connected.at <= MAX_AFTER_CONNECTING &&
    start + message.at - latestEnd.at <= MAX_AFTER_END &&
    latestEnd.urls.some((url) => addressParts(url).host === host) &&
    !latestEnd.greetings.includes(message.detail)
  )
}

/** What makes no server say anything. */
const PASSIVE: readonly TranscriptEntry['kind'][] = ['sentence', 'receives', 'hears']
