import { expect } from 'chai'
import { ExpectationError } from '../errors'
import { Message } from '../inbox/message'
import { sameMessage } from './same-message'

const same = (data: string | Buffer) => sameMessage(new Message(1, 0, data), 'the same message as Ann')

describe('sameMessage', () => {
  for (const [what, data, equal, others] of [
    [
      'the same JSON, however it is written',
      '{"a":1,"b":[2]}',
      '{ "b": [2], "a": 1.0 }',
      ['{"a":1}', '{"a":1,"b":[2],"c":3}'],
    ],
    ['JSON that looks like markers, as it is', '{"a":"#string"}', '{"a":"#string"}', ['{"a":"x"}']],
    ['a number that JavaScript cannot hold', '9007199254740993', '9007199254740993', ['9007199254740992']],
    ['the same text', 'Hello ${client}', 'Hello ${client}', ['Hello', 'Hello ${client}!']],
    ['an empty text', '', '', [' ']],
  ] as const) {
    it(`accepts ${what}`, () => {
      expect(same(data).accepts(new Message(1, 0, equal))).to.equal(true)
      for (const other of others) expect(same(data).accepts(new Message(1, 0, other)), other).to.equal(false)
    })
  }

  it('accepts the same bytes', () => {
    expect(same(Buffer.from([1, 2])).accepts(new Message(1, 0, Buffer.from([1, 2])))).to.equal(true)
    expect(same(Buffer.from([1, 2])).accepts(new Message(1, 0, Buffer.from([1, 3])))).to.equal(false)
  })

  it('rejects with the difference', () => {
    const { expected, actual } = same('{"a":1}').compare(new Message(1, 0, '{"a":2}'))
    expect([expected, actual]).to.deep.equal([{ a: 1 }, { a: 2 }])
  })

  it('refuses JSON that has a member twice: which of them counts is not defined', () => {
    expect(() => same('{"a":1,"a":2}')).to.throw(ExpectationError, ' has the member "a" twice')
  })

  it('describes itself', () => {
    for (const data of ['{"a":1}', 'Hello', Buffer.from([1])]) {
      expect(same(data).describe()).to.equal('the same message as Ann')
    }
  })
})
