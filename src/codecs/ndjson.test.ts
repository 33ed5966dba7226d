import { isUtf8 } from 'node:buffer'
import { expect } from 'chai'
import fc from 'fast-check'
import { open } from '../../test/support/open-codec'
import type { DecodedContent } from '../protocol/codec'
import { codec } from './ndjson'

describe('The codec ndjson', () => {
  it('reads each record, and none of lines that are empty', () => {
    const { decode } = open(codec)
    expect(decode('{"a":1}\n{"a":2}\r\n\n\r\nHello\n')).to.deep.equal(['{"a":1}', '{"a":2}', 'Hello'])
  })

  it('joins a record that was cut, also within a character', () => {
    const { decode } = open(codec)
    const bytes = Buffer.from('{"a":"ä"}\n{"b"')
    expect(decode(bytes.subarray(0, 7))).to.deep.equal([])
    expect(decode(bytes.subarray(7))).to.deep.equal(['{"a":"ä"}'])
    expect(decode(':2}\n')).to.deep.equal(['{"b":2}'])
  })

  it('has separators of one character or several, which may be cut, too', () => {
    const { decode, encode } = open(codec, { separator: '\u001e' })
    expect([decode('{"a":1}\u001e{"a"'), encode('{"a":1}')]).to.deep.equal([['{"a":1}'], '{"a":1}\u001e'])
    const long = open(codec, { separator: '===' })
    expect(['a', '=', '=', '=b', '==', '=c==='].map(long.decode)).to.deep.equal([[], [], [], ['a'], [], ['b', 'c']])
    expect(() => open(codec, { separator: '' })).to.throw(
      'The option separator of the codec ndjson should be a text that ends a record, such as "\\u001e", not "".',
    )
    for (const separator of [1, '\ud83d'])
      expect(() => open(codec, { separator })).to.throw('should be a text that ends a record')
  })

  it('takes nothing of a record but the line end of Windows', () => {
    const crlf = 'a\r\nb\r\r\nc\r'
    for (const isWhole of [false, true]) {
      expect(open(codec, {}, {}, isWhole).decode(crlf).slice(0, 2)).to.deep.equal(['a', 'b\r'])
      expect(open(codec, { separator: '\u001e' }, {}, isWhole).decode('x\r\u001e\r\u001e')).to.deep.equal(['x\r', '\r'])
    }
    expect(open(codec, {}, {}, true).decode(crlf)[2]).to.equal('c\r')
    expect(open(codec, { separator: '\r\n' }).decode(crlf)).to.deep.equal(['a', 'b\r'])
  })

  it('bounds a record that never ends, and goes on', () => {
    const { decode, ended } = open(codec)
    expect(decode('x'.repeat(100))).to.deep.equal([])
    expect(() => decode('x')).to.throw('it belongs to a record of more than 100 bytes, the limit of maxMessageBytes')
    expect(decode('y\nz')).to.deep.equal(['y'])
    expect(ended()).to.deep.equal(['z: the record has not ended'])
    const begun = open(codec)
    expect(() => begun.decode(`a\n${'x'.repeat(101)}`)).to.throw('more than 100 bytes')
  })

  it('shows what is left at the end', () => {
    const { decode, ended } = open(codec)
    expect(ended()).to.deep.equal([])
    decode('{"a":')
    expect(ended()).to.deep.equal(['{"a":: the record has not ended'])
    decode(Buffer.concat([Buffer.from('b\na'), half]))
    expect(ended()).to.deep.equal(['a\xc3: the record has not ended'])
  })

  it('replaces nothing that it cannot read, and goes on', () => {
    for (const isWhole of [false, true]) {
      const { decode } = open(codec, {}, {}, isWhole)
      expect(decode(Buffer.from([0x61, 0xff, 0x0a]))).to.deep.equal(['a\xff: it is not UTF-8'])
      expect(decode(Buffer.from('\ufeffa\ufffd\n'))).to.deep.equal(['\ufeffa\ufffd'])
    }
  })

  it('loses nothing where frames of text and of bytes take turns', () => {
    const { decode } = open(codec)
    expect(decode('{"a":"')).to.deep.equal([])
    expect(decode(half)).to.deep.equal([])
    expect(decode('b"}\n"c"\n"')).to.deep.equal(['{"a":"\xc3b"}: it is not UTF-8', '"c"'])
    expect(decode(Buffer.from('ä"\n'))).to.deep.equal(['"ä"'])
    const pieces = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      ),
    )
    fc.assert(
      fc.property(pieces, (payloads) => {
        const session = codec.open({ maxMessageBytes: 10_000, isWhole: false, readFile: () => half }, {})
        const read = [...payloads, '\n'].flatMap((payload) => [...session.decode(payload)])
        const bytes = Buffer.concat(payloads.map((payload) => Buffer.from(payload as string)))
        const records = bytes
          .toString('latin1')
          .split('\n')
          .map((record) => Buffer.from(record.replace(/\r$/, ''), 'latin1'))
        const expected = records.flatMap((record): readonly (string | DecodedContent)[] => {
          if (!isUtf8(record)) return [{ content: record, problem: 'it is not UTF-8' }]
          const text = record.toString()
          return text === '' ? [] : [text]
        })
        expect(read).to.deep.equal(expected)
      }),
    )
  })

  const half = Buffer.from([0xc3])

  it('joins none with what a protocol hands on later, whatever has become of it', () => {
    const { decode, ended } = open(codec, { separator: '==' }, {}, true)
    expect(decode('a==b=')).to.deep.equal(['a', 'b='])
    expect(decode('=c==')).to.deep.equal(['=c'])
    expect(decode(Buffer.concat([Buffer.from('d'), half]))).to.deep.equal(['d\xc3: it is not UTF-8'])
    expect(() => decode(Buffer.alloc(101))).to.throw('more than 100 bytes')
    expect(decode('d')).to.deep.equal(['d'])
    expect(ended()).to.deep.equal([])
  })

  it('reads an empty content where a protocol hands on empty lines alone', () => {
    const { decode } = open(codec, {}, {}, true)
    expect([decode('\n'), decode('\r\n\n'), decode('a\n\n')]).to.deep.equal([[''], [''], ['a']])
  })

  it('writes JSON of several lines in one, with its numbers as they are', () => {
    const { encode } = open(codec)
    expect(encode('{"id": 9007199254740993}')).to.equal('{"id": 9007199254740993}\n')
    expect(encode('{\n  "id": 9007199254740993,\n  "rate": 1.50\n}')).to.equal('{"id":9007199254740993,"rate":1.50}\n')
    expect(encode(Buffer.from([1]))).to.deep.equal(Buffer.from([1]))
    expect(() => encode('Hello\nworld')).to.throw('it has the separator "\\n" within it, which would end the record')
  })
})
