import { expect } from 'chai'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import { extractPhrase, phraseContaining, phraseEqualTo, phraseMatching, validateTemplate } from './phrase-matcher'

const chat = { action: 'chat', payload: { message: '${phrase}' } }
const text = (data: string) => new Message(1, 0, data)
const json = (value: unknown) => text(JSON.stringify(value))
const said = (phrase: string) => json({ action: 'chat', payload: { message: phrase, at: 5 } })
const bytes = new Message(1, 0, Buffer.from('Hello'))

describe('extractPhrase', () => {
  for (const [through, template, message, phrase] of [
    ['without a template is its text', undefined, text('Hello'), 'Hello'],
    ['without a template may be nothing', undefined, text(''), ''],
    ['is nothing for bytes', undefined, bytes, undefined],
    ['through a text stands between its words', 'MSG ${phrase};', text('MSG Hello;'), 'Hello'],
    ['through a text may be nothing', 'MSG ${phrase};', text('MSG ;'), ''],
    ['through a text needs every word', 'MSG ${phrase};', text('MSG'), undefined],
    ['through a text needs its beginning', 'MSG ${phrase};', text('msg Hello;'), undefined],
    ['through a text needs its end', 'MSG ${phrase};', text('MSG Hello'), undefined],
    ['through a text does not read a character twice', 'a${phrase}a', text('a'), undefined],
    ['through a text is nothing for bytes', 'MSG ${phrase}', bytes, undefined],
    ['through JSON stands in its place', chat, said('Hello'), 'Hello'],
    ['through JSON may be nothing', chat, said(''), ''],
    ['through JSON may have words around it', { say: '<${phrase}>' }, json({ say: '<Hello>' }), 'Hello'],
    ['through JSON needs the words around it', { say: '<${phrase}>' }, json({ say: 'Hello' }), undefined],
    ['through JSON needs what stands beside it', chat, json({ payload: { message: 'Hello' } }), undefined],
    ['through JSON is a text', chat, json({ action: 'chat', payload: { message: 5 } }), undefined],
    ['through JSON needs its place', chat, json({ action: 'chat', payload: 'Hello' }), undefined],
    ['through JSON needs more than null in its place', chat, json({ action: 'chat', payload: null }), undefined],
    ['may stand behind null', { to: null, n: 1, say: '${phrase}' }, json({ to: null, n: 1, say: 'Hi' }), 'Hi'],
    ['through JSON is nothing for a text', chat, text('Hello'), undefined],
    ['through JSON is nothing for bytes', chat, bytes, undefined],
    ['through JSON may follow a #', { tag: '#${phrase}' }, json({ tag: '#news' }), 'news'],
    ['through a list stands in its place', ['chat', '${phrase}'], json(['chat', 'Hello']), 'Hello'],
    ['through a list needs its length', ['chat', '${phrase}'], json(['chat', 'Hello', 1]), undefined],
    ['may stand beside what markers mean', { id: '#number', say: '${phrase}' }, json({ id: 7, say: 'Hi' }), 'Hi'],
    ['through a template that is no template is nothing', 5, json({ say: 'Hi' }), undefined],
    ['through a template without a place is nothing', {}, json({ say: 'Hi' }), undefined],
    ['through a template of null is nothing', null, json({ say: 'Hi' }), undefined],
  ] as [string, unknown, Message, string | undefined][]) {
    it(through, () => {
      expect(extractPhrase(message, template)).to.equal(phrase)
    })
  }

  it('finds no phrase if the message differs from the template', () => {
    const template = { type: 'say', text: '${phrase}' }
    const message = (json: object) => new Message(1, 0, JSON.stringify(json))
    expect(extractPhrase(message({ type: 'say', text: 'Hi' }), template)).to.equal('Hi')
    expect(extractPhrase(message({ type: 'shout', text: 'Hi' }), template)).to.equal(undefined)
    expect(extractPhrase(message({ type: 'say', text: 'Hi', more: 1 }), template)).to.equal('Hi')
    expect(extractPhrase(message({ type: 'say', text: 'Hi', more: 1 }), template, { exactly: true })).to.equal(
      undefined,
    )
    expect(phraseEqualTo('Hi', { template }).accepts(message({ type: 'shout', text: 'Hi' }))).to.equal(false)
  })

  it('reads several messages through the same template', () => {
    expect(['Hello', 'Bye'].map((phrase) => extractPhrase(said(phrase), chat))).to.deep.equal(['Hello', 'Bye'])
  })
})

describe('validateTemplate', () => {
  for (const template of [chat, ['chat', '${phrase}'], '${phrase}', 'MSG ${phrase};', { say: '<${phrase}>' }]) {
    it(`accepts one place for the phrase: ${JSON.stringify(template)}`, () => {
      validateTemplate(template)
    })
  }

  for (const [template, written] of [
    [{ message: 'Hello' }, '{"message":"Hello"}'],
    [{ a: '${phrase}', b: '${phrase}' }, '{"a":"${phrase}","b":"${phrase}"}'],
    ['${phrase}${phrase}', '${phrase}${phrase}'],
    ['Hello', 'Hello'],
    [{ '${phrase}': 1 }, '{"${phrase}":1}'],
  ] as const) {
    it(`refuses no place, or several: ${written}`, () => {
      expect(() => validateTemplate(template)).to.throw(
        UsageError,
        `The template ${written} needs one place for the phrase. Write it like {"message": "\${phrase}"}.`,
      )
    })
  }

  it('refuses an unknown marker if the template is expected, not if it is sent', () => {
    const template = { channel: '#general', say: '${phrase}' }
    expect(() => validateTemplate(template, { isExpected: true })).to.throw(
      UsageError,
      '"#general" is not a known marker.',
    )
    expect(() => validateTemplate(template)).not.to.throw()
  })
})

describe('phraseEqualTo', () => {
  it('accepts a phrase that begins with #', () => {
    expect(phraseEqualTo('news', { template: { tag: '#${phrase}' } }).accepts(json({ tag: '#news' }))).to.equal(true)
  })

  it('accepts messages whose phrase is equal', () => {
    expect(phraseEqualTo('Hello').accepts(text('Hello'))).to.equal(true)
    expect(phraseEqualTo('').accepts(text(''))).to.equal(true)
    expect(phraseEqualTo('Hello', { template: chat }).accepts(said('Hello'))).to.equal(true)
  })

  for (const template of [chat, 'MSG ${phrase}']) {
    it(`accepts it as the whole text only where it must not come, if the template is ${JSON.stringify(template)}`, () => {
      const matcher = phraseEqualTo('Hello', { template })
      expect(matcher.accepts(text('Hello'))).to.equal(false)
      expect(matcher.acceptsBare?.(text('Hello'))).to.equal(true)
      expect(matcher.acceptsBare?.(text('Hullo'))).to.equal(false)
      expect(matcher.compare(text('Hello'))).to.deep.equal({ distance: 0.5, expected: undefined, actual: undefined })
    })
  }

  for (const [what, template, message, difference] of [
    ['another text', undefined, text('Hullo'), { distance: 0.1, actual: 'Hullo' }],
    ['another phrase', chat, said('Hullo'), { distance: 0.1, actual: 'Hullo' }],
    ['a longer phrase', chat, said('Hello!!!!!'), { distance: 0.25, actual: 'Hello!!!!!' }],
    ['another text than the template', chat, text('Hullo'), { distance: 0.6, actual: 'Hullo' }],
    ['other JSON than the template', chat, json([1]), { distance: 1, actual: [1] }],
    ['bytes', undefined, bytes, { distance: 1, actual: '48656c6c6f' }],
  ] as const) {
    it(`rejects ${what}`, () => {
      expect(phraseEqualTo('Hello', { template }).accepts(message)).to.equal(false)
      expect(phraseEqualTo('Hello', { template }).compare(message)).to.deep.equal({ ...difference, expected: 'Hello' })
    })
  }

  it('describes itself in quotes', () => {
    expect(phraseEqualTo('Hello').describe()).to.equal('"Hello"')
    expect(phraseEqualTo('one\ntwo', { template: chat }).describe()).to.equal('"one\\ntwo"')
  })

  it('has its template', () => {
    expect(phraseEqualTo('Hello', { template: chat })).to.have.property('template', chat)
  })
})

describe('phraseContaining', () => {
  it('accepts messages whose phrase or text contains it', () => {
    expect(phraseContaining('ell', chat).accepts(said('Hello'))).to.equal(true)
    expect(phraseContaining('ell').accepts(text('Hello'))).to.equal(true)
    expect(phraseContaining('ell', chat).accepts(json({ other: 'Hello' }))).to.equal(true)
  })

  it('accepts texts and names that JSON escapes, but no index of an item', () => {
    const escaped = text('["\\u0061b", {"\\u0063d": ["\\u0065"]}]')
    for (const part of ['ab', 'cd', 'e']) expect(phraseContaining(part).accepts(escaped)).to.equal(true)
    expect(phraseContaining('1').accepts(text('["\\u0062", "\\u0062"]'))).to.equal(false)
  })

  it('rejects others', () => {
    expect(phraseContaining('nothing', chat).accepts(said('Hello'))).to.equal(false)
    expect(phraseContaining('ell', chat).accepts(bytes)).to.equal(false)
    expect(phraseContaining('ell').compare(text('Halo'))).to.deep.equal({
      distance: 0.375,
      expected: undefined,
      actual: undefined,
    })
  })

  it('describes itself', () => {
    expect(phraseContaining('ell').describe()).to.equal('a message containing "ell"')
  })
})

describe('phraseMatching', () => {
  it('accepts messages whose phrase or text matches it', () => {
    expect(phraseMatching('^H.*o$', chat).accepts(said('Hello'))).to.equal(true)
    expect(phraseMatching('\\d{3}').accepts(text('call 911!'))).to.equal(true)
  })

  it('rejects others', () => {
    expect(phraseMatching('^ello', chat).accepts(said('Hello'))).to.equal(false)
    expect(phraseMatching('^B').compare(text('Hi'))).to.deep.equal({
      distance: 0.5,
      expected: undefined,
      actual: undefined,
    })
  })

  it('describes itself', () => {
    expect(phraseMatching('^H').describe()).to.equal('a message matching "^H"')
  })

  it('refuses an invalid pattern at once', () => {
    expect(() => phraseMatching('(')).to.throw(UsageError, '"(" is not a valid regular expression: ')
  })
})
