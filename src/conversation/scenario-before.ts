/** What a server still says of the clients of one scenario, when those of the next one have come already. */

import { parseUrl } from '../text/url'
import type { TranscriptEntry } from '../transcript'

/** How soon after it has connected a client receives it, in ms. */
const MAX_AFTER_CONNECTING = 200

/** How soon after the end of the scenario before, in ms. */
const MAX_AFTER_END = 500

/** Which servers clients have left, and when: of the latest scenario of this process, or of this worker. */
let latestEnd: { readonly urls: readonly string[]; readonly at: number } = { urls: [], at: Number.NEGATIVE_INFINITY }

/** Remembers that all clients have left. */
export function scenarioEnded(urls: readonly string[], at: number): void {
  latestEnd = { urls, at }
}

/**
 * Whether a message may well be about the scenario before: it came soon after that had ended, from the same server, to the only
 * client that has connected since, before anybody has done anything else.
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
  const host = parseUrl(message.url)?.host
  return (
    host !== undefined &&
    message.at - connected.at <= MAX_AFTER_CONNECTING &&
    start + message.at - latestEnd.at <= MAX_AFTER_END &&
    latestEnd.urls.some((url) => parseUrl(url)?.host === host)
  )
}

/** What makes no server say anything. */
const PASSIVE: readonly TranscriptEntry['kind'][] = ['sentence', 'receives', 'hears']
