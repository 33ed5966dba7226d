import { expect } from 'chai'
import { noFiles } from '../../test/support/fake-server'
import { accepts, chatTemplate, messageContext, variables } from '../../test/support/message-context'
import { containing, matchingPattern, phrase, text } from './phrase-message'
import type { PhraseTemplates } from './templates'

const received = { received: { message: '${phrase}' } }

describe('phrase', () => {
  for (const [how, phrases, sent] of [
    ['as it is without a template', {}, 'I have "3"'],
    ['in its place in a text', { sent: 'MSG ${phrase};' }, 'MSG I have "3";'],
    [
      'in its place in JSON',
      { sent: chatTemplate },
      '{"from":"Ann \\"the cat\\"","payload":{"message":"I have \\"3\\""}}',
    ],
    ['in its place in a list', { sent: ['say', '<${phrase}>'] }, '["say","<I have \\"3\\">"]'],
    ['through the template for sending alone', { received: chatTemplate }, 'I have "3"'],
  ] as [string, PhraseTemplates, string][]) {
    it(`is sent ${how}`, () => {
      expect(phrase('I have "${count}"').toSend(messageContext(phrases))).to.equal(sent)
    })
  }

  it('fills in variables once, not in their values', () => {
    const context = {
      variables: variables.with({ words: '${count}' }),
      files: noFiles,
      phrases: { sent: { message: '${phrase}' } },
    }
    expect(phrase('${words}').toSend(context)).to.equal('{"message":"${count}"}')
  })

  for (const [how, phrases, message] of [
    ['as a whole text without a template', {}, 'I have 3'],
    ['in its place in a text', { received: '${client}: ${phrase}' }, 'Ann "the cat": I have 3'],
    [
      'in its place in JSON',
      { received: chatTemplate },
      { from: 'Ann "the cat"', payload: { message: 'I have 3', at: 5 } },
    ],
    ['through the template for receiving alone', { sent: chatTemplate }, 'I have 3'],
  ] as [string, PhraseTemplates, string | object][]) {
    it(`is expected ${how}`, () => {
      expect(accepts(phrase('I have ${count}').toMatcher(messageContext(phrases)), message)).to.equal(true)
    })
  }

  it('rejects messages that differ from the template', () => {
    const matcher = phrase('Hello').toMatcher(messageContext({ received: chatTemplate }))
    expect(accepts(matcher, { from: 'Rob', payload: { message: 'Hello' } })).to.equal(false)
  })

  it('is described in quotes', () => {
    expect(phrase('Hello ${client}').describe()).to.equal('"Hello ${client}"')
  })
})

describe('text', () => {
  const both = { sent: chatTemplate, received: chatTemplate }

  it('is sent and expected as it is, whatever the templates say', () => {
    expect(text('I have ${count}').toSend(messageContext(both))).to.equal('I have 3')
    expect(accepts(text('I have ${count}').toMatcher(messageContext(both)), 'I have 3')).to.equal(true)
    expect(
      accepts(text('Hi').toMatcher(messageContext(both)), { from: 'Ann "the cat"', payload: { message: 'Hi' } }),
    ).to.equal(false)
  })

  it('is described in quotes', () => {
    expect(text('Hello').describe()).to.equal('"Hello"')
  })
})

describe('containing', () => {
  it('accepts messages whose phrase contains the text', () => {
    const matcher = containing('${count} app').toMatcher(messageContext(received))
    expect([accepts(matcher, { message: '3 apples' }), accepts(matcher, { message: 'apples' })]).to.deep.equal([
      true,
      false,
    ])
    expect(matcher.describe()).to.equal('a message containing "3 app"')
  })
})

describe('matchingPattern', () => {
  it('accepts messages whose phrase matches the pattern', () => {
    const matcher = matchingPattern('^${count} \\w+$').toMatcher(messageContext(received))
    expect([accepts(matcher, { message: '3 apples' }), accepts(matcher, { message: '3' })]).to.deep.equal([true, false])
    expect(matcher.describe()).to.equal('a message matching "^3 \\w+$"')
  })
})
