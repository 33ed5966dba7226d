/** What the specification says of the objects of a document: that they have no other members, and how traits add to them. */

import type { Place } from '../asyncapi-schemas/place'
import { isOwn } from '../schemas/subschemas'
import { quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'
import { DESCRIBING_MEMBERS, elsewhere, type MajorVersion, membersOf, type Noun } from './members'

/**
 * Makes sure that an object has no member which is misspelt or belongs elsewhere: what it says would be left out in silence.
 * @throws UsageError that names it, and what was probably meant
 */
export function requireKnownMembers(place: Place, noun: Noun, version: MajorVersion): void {
  const own = membersOf(noun, version)
  const known = [...own, ...DESCRIBING_MEMBERS]
  const moved = elsewhere(noun, version)
  for (const { key } of place.members()) {
    if (known.includes(key) || isOwn(key)) continue
    const hint = moved.has(key) ? key : nearest(key, [...known, ...moved.keys()])
    const instead = hint === undefined ? undefined : moved.get(hint)
    const problem = `${quoted(key)} is not a member of ${noun}`
    if (instead !== undefined) {
      const within = hint === key ? ' in' : `. Did you mean ${quoted(hint as string)}? In`
      throw place.error(`${problem}${within} AsyncAPI ${version}: ${instead}.`)
    }
    const advice =
      hint === undefined
        ? `It may have ${own.map((name) => quoted(name)).join(', ')}.`
        : `Did you mean ${quoted(hint)}?`
    throw place.error(`${problem}. ${advice} One of your own begins with x-.`)
  }
}

/**
 * The ws binding of an object.
 * @throws UsageError for a binding that no version has, and for members that it has not
 */
export function wsBindingOf(place: Place, noun: Noun, version: MajorVersion): Place | undefined {
  const bindings = place.objectAt('bindings', 'the bindings')
  if (!bindings) return undefined
  requireKnownMembers(bindings, 'the bindings', version)
  const binding = bindings.objectAt('ws', 'the ws binding')
  const isOfChannel = noun === 'a channel'
  if (binding)
    requireKnownMembers(
      binding,
      isOfChannel ? 'the ws binding of a channel' : 'a ws binding that is not of a channel',
      version,
    )
  return binding
}

/**
 * An object with its traits: in version 2 they say more than the object itself, and since version 3 less.
 * @throws UsageError for members that one of them has not
 */
export function withTraits(place: Place, noun: 'an operation' | 'a message', version: MajorVersion): Place {
  const traits = (place.listAt('traits') ?? []).map((trait) => trait.object('a trait')).reverse()
  for (const one of [place, ...traits]) {
    requireKnownMembers(one, one === place ? noun : `a trait of ${noun}`, version)
    wsBindingOf(one, noun, version)
  }
  return place.over(version === 2 ? [...traits, place] : [place, ...traits])
}
