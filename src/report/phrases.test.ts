import { expect } from 'chai'
import { startConversation } from '../../test/support/fake-server'
import type { PhraseTemplates } from '../messages/templates'
import type { EventKind } from '../transcript'
import { phrasesOf } from './phrases'

describe('phrasesOf', () => {
  const received = { message: '${phrase}' }

  for (const [what, phrases, detail, phrase] of [
    ['the phrase in quotes', { received }, '{"message":"Hello"}', '"Hello"'],
    ['that a message has more', { received }, '{"message":"Hello","id":7}', '"Hello" and more'],
    ['the phrase of a text', { received: 'SAY ${phrase}' }, 'SAY Hello', '"Hello"'],
    [
      'the phrase beside variables',
      { received: { to: '${client}', say: '${phrase}' } },
      '{"to":"Rob","say":"Hi"}',
      '"Hi"',
    ],
    ['nothing of what does not fit', { received }, '{"text":"Hello"}', undefined],
    ['nothing without a template', {}, 'Hello', undefined],
    ['nothing of bytes', { received }, Buffer.from('{"message":"Hello"}'), undefined],
    ['nothing of what says two things', { received }, '{"message":"Hello","message":"Bye"}', undefined],
    ['nothing where a variable has no value', { received: '${nobody}: ${phrase}' }, 'Rob: Hello', undefined],
  ] as const) {
    it(`shows ${what}`, () => {
      expect(shown(phrases, 'receives', detail)).to.equal(phrase)
    })
  }

  it('reads what is sent by the template for what is sent, and nothing else', () => {
    const phrases = { sent: { say: '${phrase}' }, received }
    expect(shown(phrases, 'sends', '{"say":"Hello"}')).to.equal('"Hello"')
    expect(shown(phrases, 'sends', '{"message":"Hello"}')).to.equal(undefined)
    expect(shown(phrases, 'is answered', '{"message":"Hello"}')).to.equal(undefined)
  })

  function shown(phrases: PhraseTemplates, kind: EventKind, detail: string | Buffer): string | undefined {
    const { conversation } = startConversation({ phrases })
    return phrasesOf(conversation)({ at: 0, kind, client: 'Rob', detail, isReaction: false, url: '' })
  }
})
