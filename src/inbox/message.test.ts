import { expect } from 'chai'
import { NOT_JSON } from '../matching/matcher'
import { Message } from './message'

describe('Message', () => {
  const json = (data: string | Buffer) => new Message(1, 0, data).json

  it('has a text if it was received as text', () => {
    const { text, bytes } = new Message(1, 0, 'Hello')
    expect(text).to.equal('Hello')
    expect(bytes).to.equal(undefined)
  })

  it('has only bytes if it was received as binary, even if they are valid JSON', () => {
    const message = new Message(1, 0, Buffer.from('{}'))
    expect(message.bytes?.toString()).to.equal('{}')
    expect(message.text).to.equal(undefined)
    expect(message.json).to.equal(NOT_JSON)
  })

  it('has a number and a time', () => {
    const { number, at } = new Message(7, 12.5, 'Hello')
    expect([number, at]).to.deep.equal([7, 12.5])
  })

  it('may be empty', () => {
    expect(new Message(1, 0, '').text).to.equal('')
    expect(new Message(1, 0, Buffer.alloc(0)).bytes?.length).to.equal(0)
    expect(json('')).to.equal(NOT_JSON)
  })

  for (const value of [{ type: 'ping' }, ['a', 1], 'text', '', 12, -0.5, 0, true, false, null]) {
    it(`has JSON: ${JSON.stringify(value)}`, () => {
      expect(json(JSON.stringify(value))).to.deep.equal(value)
      expect(json(` \r\n\t${JSON.stringify(value)} `)).to.deep.equal(value)
    })
  }

  it('has the digits of numbers that JavaScript cannot hold', () => {
    const { id, price } = json('{"id":9007199254740993,"price":1.0}') as Record<string, unknown>
    expect([String(id), price]).to.deep.equal(['9007199254740993', 1])
  })

  for (const text of [
    'Hello',
    '{',
    '{"type": "ping"',
    '[1,]',
    'nobody',
    'true!',
    '-',
    '"',
    'undefined',
    'NaN',
    '{} {}',
  ]) {
    it(`is not valid JSON: ${text}`, () => {
      expect(json(text)).to.equal(NOT_JSON)
    })
  }

  it('is an entry of the transcript', () => {
    const message = new Message(1, 12.5, 'Hello', 'Ann', 'ws://server/')
    const { at, kind, client, detail, isReaction, url } = message
    expect({ at, kind, client, detail, isReaction, url }).to.deep.equal({
      at: 12.5,
      kind: 'receives',
      client: 'Ann',
      detail: 'Hello',
      isReaction: false,
      url: 'ws://server/',
    })
  })

  it('is copied as such an entry, and becomes one in JSON', () => {
    const message = new Message(1, 12.5, 'Hello', 'Ann', 'ws://server/')
    message.markRead()
    message.claim({ description: 'a rule' })
    const line = { at: 12.5, kind: 'receives', client: 'Ann', detail: 'Hello', isReaction: false, url: 'ws://server/' }
    expect({ ...message }).to.deep.equal({ number: 1, ...line })
    expect(JSON.parse(JSON.stringify(message))).to.deep.equal({ number: 1, ...line })
  })

  it('gives copies of what may be changed, once it is shared', () => {
    const shared = new Message(1, 0, '{"a":[2,1]}').share()
    const before = shared.json as { a: number[] }
    before.a.sort()
    expect([shared.share().json, before]).to.deep.equal([{ a: [2, 1] }, { a: [1, 2] }])
    const binary = new Message(1, 0, Buffer.from('ab')).share()
    binary.bytes?.reverse()
    ;(binary.detail as Buffer).reverse()
    expect(binary.bytes?.toString()).to.equal('ab')
    const line = new Message(1, 0, 'Hello') as { detail: string | Buffer; text: string | undefined }
    line.detail = 'Hullo'
    expect(line.text).to.equal('Hello')
  })

  it('is parsed once', () => {
    const message = new Message(1, 0, '{"type":"ping"}')
    expect(message.json).to.equal(message.json)
  })

  it('keeps what was parsed of one long text alone', () => {
    const [one, other] = ['a', 'b'].map((name) => new Message(1, 0, `{"${name}":"${'x'.repeat(1000)}"}`)) as [
      Message,
      Message,
    ]
    const { json } = one
    expect(one.json).to.equal(json)
    expect(other.json).to.have.property('b')
    expect(one.json).to.deep.equal(json)
    expect(one.json).not.to.equal(json)
    expect(other.mayContain(['"a"'])).to.equal(false)
  })

  it('mayContain: tells without parsing that a text cannot be in it', () => {
    const message = new Message(1, 0, '{"type":"ping"}')
    expect(message.mayContain(['"pong"'])).to.equal(false)
    expect(message.mayContain(['"type"', '"ping"'])).to.equal(true)
  })

  it('mayContain: gives the same answer however often it is asked, until the message is parsed', () => {
    const message = new Message(1, 0, '{"type":"ping"}')
    expect([1, 2, 3].map(() => message.mayContain(['"pong"']))).to.deep.equal([false, false, false])
    expect(message.json).to.deep.equal({ type: 'ping' })
    expect(message.mayContain(['"pong"'])).to.equal(true)
  })

  it('mayContain: holds for anything if something is escaped, or the message is binary', () => {
    expect(new Message(1, 0, '{"type":"p\\u006fng"}').mayContain(['"pong"'])).to.equal(true)
    expect(new Message(1, 0, Buffer.from('{}')).mayContain(['"pong"'])).to.equal(true)
  })
})
