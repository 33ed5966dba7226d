/** What an entry of the transcript says, as a person reads it. */

import { describeDetails } from '../message-details'
import { excerpt, hexExcerpt, messageExcerpt } from '../text/excerpt'
import type { TranscriptEntry } from '../transcript'

/** Its beginning, if it is long; where it is JSON, letters stand instead of their escapes. */
export function entryText({ kind, detail, details }: EntryContent): string {
  const [before, content] = [detailsText({ details }), contentText({ kind, detail })]
  return content === '' ? before.replace(/: $/, '') : before + content
}

/** What a protocol tells of a message, before its content. */
export function detailsText({ details }: Pick<TranscriptEntry, 'details'>): string {
  return details === undefined ? '' : describeDetails(details)
}

/** What of an entry is shown. */
type EntryContent = Pick<TranscriptEntry, 'kind' | 'detail' | 'details'>

function contentText({ kind, detail }: EntryContent): string {
  if (typeof detail !== 'string') return hexExcerpt(detail)
  if (kind === 'sentence') return excerpt(detail)
  return messageExcerpt(detail, BEFORE_BODY[kind]?.exec(detail)?.[0].length)
}

/** What stands before the body of a request or a response. */
const BEFORE_BODY: Partial<Record<TranscriptEntry['kind'], RegExp>> = {
  requests: /^\S+ \S+ /,
  'is answered': /^\d+ /,
}

/** The text of an entry, as it was sent; undefined where `entryText` shows nothing else. */
export function rawText(entry: EntryContent): string | undefined {
  if (typeof entry.detail !== 'string') return undefined
  const raw = excerpt(entry.detail)
  return raw === contentText(entry) ? undefined : raw
}
