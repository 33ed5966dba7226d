/** What the specification says of the objects of a document: their members, and how traits add to them. */

import type { Place } from '../asyncapi-schemas/place'
import { quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'

const DESCRIBED = ['title', 'summary', 'description', 'tags', 'externalDocs', 'bindings', '$ref']

/** The members of objects, of all versions. */
const MEMBERS = {
  document: [
    'asyncapi',
    'id',
    'info',
    'servers',
    'defaultContentType',
    'channels',
    'operations',
    'components',
    ...DESCRIBED,
  ],
  channel: ['address', 'messages', 'servers', 'parameters', 'publish', 'subscribe', ...DESCRIBED],
  operation: ['action', 'channel', 'messages', 'reply', 'operationId', 'security', 'traits', 'message', ...DESCRIBED],
  reply: ['address', 'channel', 'messages', '$ref'],
  message: [
    ...[
      'messageId',
      'name',
      'headers',
      'payload',
      'correlationId',
      'contentType',
      'schemaFormat',
      'examples',
      'traits',
    ],
    ...['deprecated', ...DESCRIBED],
  ],
}

/**
 * Makes sure that no member is misspelt: what it says would be left out in silence.
 * @throws UsageError that names it
 */
export function requireKnownMembers(place: Place, noun: keyof typeof MEMBERS): void {
  const known: readonly string[] = MEMBERS[noun]
  for (const { key } of place.members()) {
    if (known.includes(key)) continue
    const hint = nearest(key, known)
    if (hint === undefined) continue
    const article = /^[aeiou]/.test(noun) ? 'an' : 'a'
    throw place.error(
      `${quoted(key)} is no member of ${article} ${noun}. Did you mean ${quoted(hint)}? One of your own begins with x-.`,
    )
  }
}

/** An object with its traits: in version 2 they say more than the object itself, and since version 3 less. */
export function withTraits(place: Place, isVersion2: boolean): Place {
  const traits = (place.listAt('traits') ?? []).map((trait) => trait.object('a trait')).reverse()
  return place.over(isVersion2 ? [...traits, place] : [place, ...traits])
}
