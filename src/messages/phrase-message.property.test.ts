/** For any phrase and template: what is sent by the template is accepted through it as that phrase, and as no other. */

import { expect } from 'chai'
import fc from 'fast-check'
import { Message } from '../inbox/message'
import { phraseEqualTo } from '../matching/phrase-matcher'
import { Variables } from '../variables/variables'
import type { MessageContext } from './message-expression'
import { phrase } from './phrase-message'

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

describe('phrase, of any text and template', () => {
  it('is accepted through the template by which it was sent, and no other phrase is', () =>
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
