/** Whatever is waited for: a sieve holds back no message that somebody wants. */

import { expect } from 'chai'
import fc from 'fast-check'
import { readOrMistaken, textOf } from '../../test/any-text'
import { Message } from '../conversation/message'
import { Mistake } from './errors'
import { containing, equalTo } from './json'
import type { Matcher } from './matcher'
import { saying, sayingPart } from './phrase'
import { cluesOf, Sieve } from './sieve'

const phrase = textOf(['a', '"', '\\', '.', '*', '(', '[', '{', '|', '\n', '${x}', 'Hello', 'é', '\u2028'])
const template = fc.constantFrom(undefined, '(${phrase})', { said: '${phrase}' })
const json = fc
  .array(fc.jsonValue({ maxDepth: 2 }))
  .filter((value) => !(readOrMistaken(() => containing(value)) instanceof Mistake))

/** Something to wait for, and a message that meets it. */
const wish = fc.oneof(
  fc.tuple(phrase, template).map(([said, way]): [Matcher, string] => [saying(said, way), filled(way, said)]),
  fc
    .tuple(phrase, phrase, template)
    .map(([part, more, way]): [Matcher, string] => [sayingPart(part, way), filled(way, more + part)]),
  json.map((all): [Matcher, string] => [containing({ all }), JSON.stringify({ more: 1, all })]),
  json.map((value): [Matcher, string] => [equalTo(value), JSON.stringify(value, null, 1)]),
)

function filled(way: unknown, said: string): string {
  if (way === undefined) return said
  return typeof way === 'string' ? `(${said})` : JSON.stringify({ said })
}

describe('a sieve for whatever is waited for', () => {
  it('lets through each message that somebody wants', () =>
    fc.assert(
      fc.property(fc.array(wish, { minLength: 1, maxLength: 5 }), (wishes) => {
        const choosy = wishes.filter(([matcher]) => cluesOf([matcher]))
        const sieve = new Sieve(cluesOf(choosy.map(([matcher]) => matcher)) ?? [])
        for (const [matcher, text] of choosy) {
          const message = new Message(1, 0, text)
          if (matcher.accepts(message)) expect(sieve.letsThrough(message)).to.equal(true)
        }
      }),
    ))
})
