import { expect } from 'chai'
import { noFiles } from '../../test/support/fake-server'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import type { Matcher } from '../matching/matcher'
import { json } from './json-message'

import type { PhraseTemplates } from './templates'
import { Variables } from './variables'

const variables = new Variables().with({ client: 'Ann "the cat"', count: 3, order: { id: 7 } })
const speaking = (phrases: PhraseTemplates = {}) => ({ variables, files: noFiles, phrases })
const chat = { from: '${client}', payload: { message: '${phrase}' } }

describe('json', () => {
  it('is sent as it is written, with its variables filled in', () => {
    expect(json('{ "n": ${count},\n "c": "${client}" }').toSend(speaking({ sent: chat }))).to.equal(
      '{ "n": 3,\n "c": "Ann \\"the cat\\"" }',
    )
  })

  it('is expected to be contained', () => {
    const matcher = json('{"n": ${count}}').toMatcher(speaking())
    expect([accepts(matcher, { n: 3, m: 4 }), accepts(matcher, { n: 4 })]).to.deep.equal([true, false])
  })

  it('may be expected to be all there is', () => {
    const matcher = json('{"n": ${count}}', { exactly: true }).toMatcher(speaking())
    expect([accepts(matcher, { n: 3 }), accepts(matcher, { n: 3, m: 4 })]).to.deep.equal([true, false])
  })

  it('is a mistake if it is nested too deep, also by a variable', () => {
    const deep = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`
    const words = 'JSON may be nested 500 levels deep, and this is deeper.'
    expect(json(deep(500)).toSend(speaking())).to.equal(deep(500))
    expect(() => json(deep(501)).toSend(speaking())).to.throw(UsageError, words)
    const nested = { ...speaking(), variables: variables.with({ nested: JSON.parse(deep(500)) }) }
    expect(() => json('["${nested}"]').toMatcher(nested)).to.throw(UsageError, words)
  })

  it('is written as it was', () => {
    expect(json('{"n": ${count}}').describe()).to.equal('{"n": ${count}}')
    expect(json('{"n": 1}', { exactly: true }).describe()).to.equal('exactly {"n": 1}')
  })

  for (const written of ['{type: ping}', '{"a": 1', '["a",]', '', '{"a": ${count} 1}']) {
    it(`is refused when it is sent or expected, with what is wrong: ${written}`, () => {
      for (const use of [
        () => json(written).toSend(speaking()),
        () => json(written).toMatcher(speaking()),
        () => json(written).checkSendable?.(),
      ]) {
        expect(use).to.throw(
          UsageError,
          / is not valid JSON: .+\.\nNames and texts stand in double quotes, and every bracket is closed: \{"type": "ping", "tags": \["a", "b"\]\}$/,
        )
      }
    })
  }
})

function accepts(matcher: Matcher, message: unknown): boolean {
  return matcher.accepts(new Message(1, 0, typeof message === 'string' ? message : JSON.stringify(message)))
}
