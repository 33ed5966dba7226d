import { expect } from 'chai'
import { noFiles } from '../../test/support/fake-server'
import { Message } from '../inbox/message'
import type { Matcher } from '../matching/matcher'

import { phrase, text } from './phrase-message'
import type { PhraseTemplates } from './templates'
import { Variables } from './variables'

const variables = new Variables().with({ client: 'Ann "the cat"', count: 3, order: { id: 7 } })
const speaking = (phrases: PhraseTemplates = {}) => ({ variables, files: noFiles, phrases })
const chat = { from: '${client}', payload: { message: '${phrase}' } }

describe('phrase', () => {
  for (const [how, phrases, sent] of [
    ['as it is without a template', {}, 'I have "3"'],
    ['in its place in a text', { sent: 'MSG ${phrase};' }, 'MSG I have "3";'],
    ['in its place in JSON', { sent: chat }, '{"from":"Ann \\"the cat\\"","payload":{"message":"I have \\"3\\""}}'],
    ['in its place in a list', { sent: ['say', '<${phrase}>'] }, '["say","<I have \\"3\\">"]'],
    ['through the template for sending alone', { received: chat }, 'I have "3"'],
  ] as [string, PhraseTemplates, string][]) {
    it(`is sent ${how}`, () => {
      expect(phrase('I have "${count}"').toSend(speaking(phrases))).to.equal(sent)
    })
  }

  it('is not looked through for variables once it is filled in', () => {
    const speaker = {
      variables: variables.with({ words: '${count}' }),
      files: noFiles,
      phrases: { sent: { message: '${phrase}' } },
    }
    expect(phrase('${words}').toSend(speaker)).to.equal('{"message":"${count}"}')
  })

  for (const [how, phrases, message] of [
    ['as a whole text without a template', {}, 'I have 3'],
    ['in its place in a text', { received: '${client}: ${phrase}' }, 'Ann "the cat": I have 3'],
    ['in its place in JSON', { received: chat }, { from: 'Ann "the cat"', payload: { message: 'I have 3', at: 5 } }],
    ['through the template for receiving alone', { sent: chat }, 'I have 3'],
  ] as [string, PhraseTemplates, string | object][]) {
    it(`is expected ${how}`, () => {
      expect(accepts(phrase('I have ${count}').toMatcher(speaking(phrases)), message)).to.equal(true)
    })
  }

  it('is not expected beside something else than the template says', () => {
    const matcher = phrase('Hello').toMatcher(speaking({ received: chat }))
    expect(accepts(matcher, { from: 'Rob', payload: { message: 'Hello' } })).to.equal(false)
  })

  it('is written in quotes', () => {
    expect(phrase('Hello ${client}').describe()).to.equal('"Hello ${client}"')
  })
})

describe('text', () => {
  const both = { sent: chat, received: chat }

  it('is sent and expected as it is, whatever the templates say', () => {
    expect(text('I have ${count}').toSend(speaking(both))).to.equal('I have 3')
    expect(accepts(text('I have ${count}').toMatcher(speaking(both)), 'I have 3')).to.equal(true)
    expect(
      accepts(text('Hi').toMatcher(speaking(both)), { from: 'Ann "the cat"', payload: { message: 'Hi' } }),
    ).to.equal(false)
  })

  it('is written in quotes', () => {
    expect(text('Hello').describe()).to.equal('"Hello"')
  })
})

function accepts(matcher: Matcher, message: unknown): boolean {
  return matcher.accepts(new Message(1, 0, typeof message === 'string' ? message : JSON.stringify(message)))
}
