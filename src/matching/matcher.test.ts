/** The matcher of every message, and what of a message can be shown. */

import { expect } from 'chai'
import { Message } from '../conversation/message'
import { anyMessage, showable } from './matcher'

const messages = [new Message(1, 0, ''), new Message(2, 0, '{"type":"ping"}'), new Message(3, 0, Buffer.from([1]))]

describe('any message', () => {
  it('accepts every message', () => {
    expect(messages.every((message) => anyMessage.accepts(message))).to.equal(true)
  })

  it('finds no difference', () => {
    expect(messages.map((message) => anyMessage.compare(message).distance)).to.deep.equal([0, 0, 0])
  })

  it('describes itself', () => {
    expect(anyMessage.describe()).to.equal('any message')
  })
})

describe('what is shown of a message', () => {
  for (const [data, shown] of [
    ['{"type":"ping"}', { type: 'ping' }],
    ['null', null],
    ['Hello', 'Hello'],
    ['', ''],
    [Buffer.from([0xde, 0xad]), 'dead'],
  ] as const) {
    it(`is ${JSON.stringify(shown)} for ${typeof data === 'string' ? `"${data}"` : 'its bytes'}`, () => {
      expect(showable(new Message(1, 0, data))).to.deep.equal(shown)
    })
  }
})
