import { expect } from 'chai'
import { noFiles } from '../../test/support/fake-server'
import { accepts, chatTemplate, messageContext, variables } from '../../test/support/message-context'
import { UsageError } from '../errors'
import { json, jsonValue, validAgainst } from './json-message'

describe('json', () => {
  it('is sent as it is, with its variables filled in', () => {
    expect(json('{ "n": ${count},\n "c": "${client}" }').toSend(messageContext({ sent: chatTemplate }))).to.equal(
      '{ "n": 3,\n "c": "Ann \\"the cat\\"" }',
    )
  })

  it('accepts messages that contain it', () => {
    const matcher = json('{"n": ${count}}').toMatcher(messageContext())
    expect([accepts(matcher, { n: 3, m: 4 }), accepts(matcher, { n: 4 })]).to.deep.equal([true, false])
  })

  it('accepts only equal messages with `exactly`', () => {
    const matcher = json('{"n": ${count}}', { exactly: true }).toMatcher(messageContext())
    expect([accepts(matcher, { n: 3 }), accepts(matcher, { n: 3, m: 4 })]).to.deep.equal([true, false])
  })

  it('is refused if it is nested too deep, also by a variable', () => {
    const deep = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`
    const words = 'JSON may be nested 500 levels deep, and this is deeper.'
    expect(json(deep(500)).toSend(messageContext())).to.equal(deep(500))
    expect(() => json(deep(501)).toSend(messageContext())).to.throw(UsageError, words)
    const nested = { ...messageContext(), variables: variables.with({ nested: JSON.parse(deep(500)) }) }
    expect(() => json('["${nested}"]').toMatcher(nested)).to.throw(UsageError, words)
  })

  it('is described as it was written', () => {
    expect(json('{"n": ${count}}').describe()).to.equal('{"n": ${count}}')
    expect(json('{"n": 1}', { exactly: true }).describe()).to.equal('exactly {"n": 1}')
  })

  for (const written of ['{type: ping}', '{"a": 1', '["a",]', '', '{"a": ${count} 1}']) {
    it(`is refused if it is invalid, with what is wrong: ${written}`, () => {
      for (const use of [
        () => json(written).toSend(messageContext()),
        () => json(written).toMatcher(messageContext()),
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

describe('jsonValue', () => {
  it('is sent as JSON, with its variables filled in', () => {
    const expression = jsonValue({ n: '${count}', c: 'I am ${client}' })
    expect(expression.toSend(messageContext())).to.equal('{"n":3,"c":"I am Ann \\"the cat\\""}')
    expect(accepts(expression.toMatcher(messageContext()), { n: 3, c: 'I am Ann "the cat"', m: 4 })).to.equal(true)
    expect(jsonValue([1, 'a']).toSend(messageContext())).to.equal('[1,"a"]')
  })

  it('is refused if it is nested too deep', () => {
    const deep = JSON.parse(`${'['.repeat(501)}1${']'.repeat(501)}`)
    expect(() => jsonValue(deep).toSend(messageContext())).to.throw(UsageError, 'JSON may be nested 500 levels deep')
  })
})

describe('validAgainst', () => {
  it('accepts JSON that is valid against the schema of the file', () => {
    const read: string[] = []
    const schema = (path: string) => {
      read.push(path)
      return Buffer.from('{"type": "object", "required": ["id"]}')
    }
    const expression = validAgainst('order-${count}.json')
    const matcher = expression.toMatcher({ ...messageContext(), files: { ...noFiles, read: schema } })
    expect([accepts(matcher, { id: 7 }), accepts(matcher, {})]).to.deep.equal([true, false])
    expect(read).to.deep.equal(['order-3.json'])
    expect(expression.describe()).to.equal('a message valid against "order-${count}.json"')
  })
})
