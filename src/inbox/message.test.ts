import { expect } from 'chai'
import { NOT_JSON } from '../matching/matcher'
import { Message } from './message'

describe('a message', () => {
  const json = (data: string | Buffer) => new Message(1, 0, data).json

  it('has a text if it came as one', () => {
    const { text, bytes } = new Message(1, 0, 'Hello')
    expect(text).to.equal('Hello')
    expect(bytes).to.equal(undefined)
  })

  it('has bytes if it came as binary, and neither text nor JSON, whatever they may spell', () => {
    const message = new Message(1, 0, Buffer.from('{}'))
    expect(message.bytes?.toString()).to.equal('{}')
    expect(message.text).to.equal(undefined)
    expect(message.json).to.equal(NOT_JSON)
  })

  it('keeps its number and its time', () => {
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

  it('is a line of the transcript', () => {
    const message = new Message(1, 12.5, 'Hello', 'Ann', 'ws://server/')
    const { at, kind, client, detail, reaction, url } = message
    expect({ at, kind, client, detail, reaction, url }).to.deep.equal({
      at: 12.5,
      kind: 'receives',
      client: 'Ann',
      detail: 'Hello',
      reaction: false,
      url: 'ws://server/',
    })
  })

  it('is copied as such a line, and is one in JSON', () => {
    const message = new Message(1, 12.5, 'Hello', 'Ann', 'ws://server/')
    message.markRead()
    message.claim({ description: 'a rule' })
    const line = { at: 12.5, kind: 'receives', client: 'Ann', detail: 'Hello', reaction: false, url: 'ws://server/' }
    expect({ ...message }).to.deep.equal({ number: 1, ...line })
    expect(JSON.parse(JSON.stringify(message))).to.deep.equal({ number: 1, ...line })
  })

  it('is parsed once for all who ask', () => {
    const message = new Message(1, 0, '{"type":"ping"}')
    expect(message.json).to.equal(message.json)
  })

  it('is not parsed for those who look for what is not in it', () => {
    const message = new Message(1, 0, '{"type":"ping"}')
    expect(message.mayContain(['"pong"'])).to.equal(false)
    expect(message.mayContain(['"type"', '"ping"'])).to.equal(true)
  })

  it('gives the same answer however often it is asked, until it is parsed', () => {
    const message = new Message(1, 0, '{"type":"ping"}')
    expect([1, 2, 3].map(() => message.mayContain(['"pong"']))).to.deep.equal([false, false, false])
    expect(message.json).to.deep.equal({ type: 'ping' })
    expect(message.mayContain(['"pong"'])).to.equal(true)
  })

  it('may have anything if something in it is escaped, or if it is binary', () => {
    expect(new Message(1, 0, '{"type":"p\\u006fng"}').mayContain(['"pong"'])).to.equal(true)
    expect(new Message(1, 0, Buffer.from('{}')).mayContain(['"pong"'])).to.equal(true)
  })
})
