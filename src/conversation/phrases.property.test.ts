/** Whatever the phrase and its template: what is sent by a template is read back through it, and is no other phrase. */

import { expect } from 'chai'
import fc from 'fast-check'
import { Message } from '../inbox/message'
import { phraseEqualTo } from '../matching/phrase-matcher'
import type { MessageContext } from '../messages/message-expression'
import { phrase } from '../messages/phrase-message'
import { Variables } from '../messages/variables'

const text = fc.string({ unit: 'binary' }).filter((letters) => !letters.includes('${'))
const plain = fc.string().filter((letters) => !/[$#]/.test(letters))

const template = fc.oneof(
  fc.tuple(plain, plain).map(([before, after]) => `<${before}\${phrase}${after}>`),
  fc.tuple(plain, plain).map(([name, other]) => ({ [`n${name}`]: '${phrase}', [`o${other}`]: other })),
  fc.tuple(plain, plain).map(([name, before]) => ({ type: 'say', [`n${name}`]: [{ text: `${before}: \${phrase}` }] })),
)

const speaking = (sent: unknown): MessageContext => ({
  variables: new Variables(),
  phrases: { sent },
  files: { read: () => Buffer.alloc(0), message: () => ({ text: '', isJson: false }) },
})

describe('any phrase', () => {
  it('is read back through the template by which it was sent, and no other one is', () =>
    fc.assert(
      fc.property(text, text, template, (said, other, form) => {
        const message = new Message(1, 0, phrase(said).toSend(speaking(form)))
        expect(phraseEqualTo(said, { template: form }).accepts(message)).to.equal(true)
        if (other !== said && other !== message.text)
          expect(phraseEqualTo(other, { template: form }).accepts(message)).to.equal(false)
      }),
      { numRuns: 500 },
    ))
})

describe('any text', () => {
  it('is kept by a variable, in a phrase, in JSON and in a cell', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (kept) => {
        const variables = new Variables()
        variables.set('kept', kept)
        expect(variables.fill('<${kept}>')).to.equal(`<${kept}>`)
        expect(JSON.parse(variables.fillJson('{"a": "${kept}", "b": [${kept}]}'))).to.deep.equal({ a: kept, b: [kept] })
        expect(variables.cell('${kept}')).to.equal(kept)
      }),
    ))
})
