import { gunzipSync, gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import { hex } from '../../test/support/open-codec'
import type { Client } from '../client/client'
import type { ProtocolSetting } from '../connection/connection'
import type { Conversation } from '../conversation/conversation'
import { UsageError } from '../errors'
import { namedEvent, onTopic } from '../messages/addressed-message'
import { bytes } from '../messages/binary-message'
import { type Codec, type CodecSession, defineCodec, ownCodecs } from './codec'
import { defineProtocol, ownProtocols } from './protocol'

describe('Codecs', () => {
  let conversation: Conversation | undefined
  let server: FakeServer
  let rob: Client

  function begin(protocol: ProtocolSetting): void {
    const { conversation: begun, server: started } = startConversation({ protocol })
    conversation = begun
    server = started
    rob = begun.client('Rob')
  }

  /** A codec that is called `test`, within a protocol or without one. */
  async function speak(session: Partial<CodecSession>, codec: Partial<Codec> = {}, protocol = {}): Promise<void> {
    const open = () => ({ decode: (payload: string | Buffer) => [payload], encode: String, ...session })
    defineCodec({ name: 'test', open, ...codec })
    begin({ ...protocol, codec: 'test' })
    await rob.connect()
  }

  afterEach(async () => {
    ownCodecs.clear()
    ownProtocols.clear()
    await conversation?.end()
    conversation = undefined
  })

  const here = (): FakeConnection => server.to('Rob')
  const received = () => rob.state.inbox.messages.map(({ detail, details }) => [detail, details])

  describe('without a protocol', () => {
    it('read each frame, and write what is sent', async () => {
      begin({ codec: 'msgpack' })
      await rob.connect()
      here().sends(hex('81 a161 01'))
      await rob.receives({ a: 1 })
      await rob.send({ b: 2 })
      await rob.send(bytes('01'))
      expect(here().sent).to.deep.equal([hex('81 a162 02'), hex('c4 01 01')])
    })

    it('are chosen by name and options, also with the name plain', async () => {
      begin({ name: 'plain', codec: { name: 'ndjson', separator: '|' } })
      await rob.connect()
      await rob.send('Hello')
      expect(here().sent).to.deep.equal(['Hello|'])
    })

    it('are not needed', async () => {
      begin('plain')
      await rob.connect()
      here().sends('Hello')
      await rob.receives('Hello')
      await rob.send('Bye')
      expect(here().sent).to.deep.equal(['Bye'])
    })

    it('have what cannot be read shown with the reason', async () => {
      begin({ codec: 'msgpack' })
      await rob.connect()
      here().sends(hex('c1'), '{"a":1}', '')
      const text = 'it is a text, and the codec msgpack reads bytes'
      expect(received()).to.deep.equal([
        [hex('c1'), { problem: 'The function decode of the codec msgpack failed: Unrecognized type byte: 0xc1' }],
        ['{"a":1}', { problem: text }],
        ['', { problem: text }],
      ])
    })

    it('have no topics and events', async () => {
      begin({ codec: 'cbor' })
      await rob.connect()
      expect(await failureMessage(() => rob.call('sing'))).to.contain('the protocol plain has no methods to call')
    })

    it('show what is left at the end', async () => {
      begin({ codec: 'ndjson' })
      await rob.connect()
      here().sends('{"a":1}\n{"b"')
      here().closes(1000)
      await rob.receives({ a: 1 })
      expect(received()[1]).to.deep.equal([Buffer.from('{"b"'), { problem: 'the record has not ended' }])
    })
  })

  describe('in a protocol', () => {
    it('read and write content, whatever else it says', async () => {
      const sent: unknown[] = []
      defineProtocol({
        name: 'test',
        open: () => ({
          *received() {
            yield { content: hex('a2 4869'), event: 'said' }
            yield { content: '{"a":1}', event: 'told' }
            yield { content: Buffer.alloc(0), topic: 'news' }
            yield { content: hex('c1'), problem: 'torn' }
            yield { content: hex('c1'), answerTo: 7 }
          },
          send: (content) => sent.push(['send', content]),
          publish: (topic, content) => sent.push([topic, content]),
          emit: (event, content, topic) => sent.push([event, content, topic]),
        }),
      })
      begin({ name: 'test', codec: 'msgpack' })
      await rob.connect()
      here().sends('frame')
      expect(received()).to.deep.equal([
        ['Hi', { event: 'said' }],
        ['{"a":1}', { event: 'told' }],
        [Buffer.alloc(0), { topic: 'news' }],
        [hex('c1'), { problem: 'torn' }],
        [
          hex('c1'),
          { answerTo: 7, problem: 'The function decode of the codec msgpack failed: Unrecognized type byte: 0xc1' },
        ],
      ])
      const hi = hex('a2 4869')
      await rob.send('Hi')
      await rob.send(onTopic('news', 'Hi'))
      await rob.send(namedEvent('said', 'Hi'))
      await rob.send(namedEvent('waved'))
      expect(sent).to.deep.equal([
        ['send', hi],
        ['news', hi],
        ['said', hi, undefined],
        ['waved', undefined, undefined],
      ])
    })
  })

  describe('that read bytes', () => {
    const contents = () => rob.state.inbox.messages.map(({ detail }) => detail)

    /** A protocol whose format does not say whether content is a text. */
    async function speakBytes(codec: string | undefined): Promise<void> {
      defineProtocol({
        name: 'test',
        open: ({ textOrBytes }) => ({ received: (frame) => [textOrBytes(Buffer.from(frame))] }),
      })
      begin({ name: 'test', ...(codec && { codec }) })
      await rob.connect()
    }

    it('are given the bytes where the format does not tell them from a text', async () => {
      await speakBytes('msgpack')
      here().sends(Buffer.from([7]), '\u0008', hex('a2 4869'))
      expect(contents()).to.deep.equal(['7', '8', 'Hi'])
    })

    for (const codec of ['json', undefined]) {
      it(`otherwise there is a text, if it is one: ${codec}`, async () => {
        await speakBytes(codec)
        here().sends('Hi', hex('c1'))
        expect(contents()).to.deep.equal(['Hi', hex('c1')])
      })
    }

    it('tell a text from a number that is written alike', async () => {
      await speakBytes('cbor')
      here().sends(hex('61 35'), hex('05'))
      expect(received().map(([content, details]) => [content, (details as { isText?: boolean }).isText])).to.deep.equal(
        [
          ['5', true],
          ['5', undefined],
        ],
      )
    })

    it('read no bytes, where that is a message', async () => {
      defineProtocol({ name: 'test', open: () => ({ received: (frame) => [frame] }) })
      await speak({ decode: ({ length }) => [`${length} bytes`] }, { isBinary: true }, { name: 'test' })
      here().sends(Buffer.alloc(0), Buffer.alloc(2), '')
      expect(received()).to.deep.equal([
        ['0 bytes', {}],
        ['2 bytes', {}],
        ['', {}],
      ])
    })

    it('do not hide a message of no bytes', async () => {
      defineProtocol({ name: 'test', open: () => ({ received: (frame) => [frame] }) })
      await speak({ decode: () => [] }, { isBinary: true }, { name: 'test' })
      here().sends(Buffer.alloc(0))
      expect(received()).to.deep.equal([[Buffer.alloc(0), {}]])
    })
  })

  it('join no message of a protocol with another one', async () => {
    const received = (frame: string | Buffer) => {
      const [topic = '', content = ''] = String(frame).split('|')
      return [{ content, topic }]
    }
    defineProtocol({ name: 'test', open: () => ({ received }) })
    begin({ name: 'test', codec: 'ndjson' })
    await rob.connect()
    here().sends('a|Hel', 'b|lo\n', 'a|lo\n')
    const contents = rob.state.inbox.messages.map(({ detail, details: { topic } }) => `${topic}: ${detail}`)
    expect(contents).to.deep.equal(['a: Hel', 'b: lo', 'a: lo'])
  })

  it('leave a message without content to the protocol', async () => {
    defineProtocol({ name: 'test', open: () => ({ received: (frame) => [frame] }) })
    await speak({ decode: () => [] }, {}, { name: 'test' })
    here().sends('', Buffer.alloc(0))
    expect(received()).to.deep.equal([
      ['', {}],
      [Buffer.alloc(0), {}],
    ])
  })

  it('write the content of calls, and read that of answers', async () => {
    const sent: unknown[] = []
    defineProtocol({
      name: 'test',
      open: () => ({
        received: (frame) => [{ content: frame, answerTo: 7 }],
        call: (method, content) => {
          sent.push([method, content])
          return 7
        },
      }),
    })
    begin({ name: 'test', codec: 'cbor' })
    await rob.connect()
    for (const message of ['Hi', undefined]) {
      const answered = rob.call('greet', message)
      await turn()
      here().sends(hex('63 596573'))
      await answered
      await rob.receives('Yes')
    }
    expect(sent).to.deep.equal([
      ['greet', hex('62 4869')],
      ['greet', undefined],
    ])
  })

  describe('of the project', () => {
    it('are known by their names', async () => {
      await speak({
        decode: (payload) => String(payload).split('|'),
        encode: (content) => String(content).toUpperCase(),
      })
      here().sends('a|b')
      await rob.send('Hello')
      expect([received(), here().sent]).to.deep.equal([
        [
          ['a', {}],
          ['b', {}],
        ],
        ['HELLO'],
      ])
    })

    it('may tell texts that look like JSON, whatever they were for the protocol', async () => {
      defineProtocol({ name: 'test', open: () => ({ received: (frame) => [{ content: frame, isText: true }] }) })
      const decode = (payload: string | Buffer) => (payload === '5' ? [{ content: payload, isText: true }] : [payload])
      await speak({ decode }, {}, { name: 'test' })
      here().sends('5', '7')
      expect(received()).to.deep.equal([
        ['5', { isText: true }],
        ['7', {}],
      ])
    })

    it('may take the place of a library, as the guide has it', async () => {
      const session: CodecSession = {
        decode: (payload) => [gunzipSync(payload, { maxOutputLength: 100 }).toString()],
        encode: (content) => gzipSync(content),
      }
      await speak(session, { isBinary: true })
      await rob.send({ a: 1 })
      here().sends(here().sent[0] as Buffer, gzipSync('x'.repeat(101)))
      await rob.receives({ a: 1 })
      expect(rob.state.inbox.messages[1]?.details.problem).to.contain('larger than 100 bytes')
    })

    for (const [title, session, problem] of [
      [
        'throw',
        {
          decode: () => {
            throw new Error('torn')
          },
        },
        'The function decode of the codec test failed: torn',
      ],
      [
        'say nothing',
        { decode: () => undefined },
        'The function decode of the codec test should say a list of texts and Buffers, not undefined.',
      ],
      [
        'say null',
        { decode: () => null },
        'The function decode of the codec test should say a list of texts and Buffers, not null.',
      ],
      ['say an object', { decode: () => ({}) }, 'should say a list of texts and Buffers, not an object.'],
      [
        'say something else',
        { decode: () => [5] },
        'The function decode of the codec test should say a text, a Buffer, or an object with one of them as its content, not 5.',
      ],
      [
        'say more than content',
        { decode: () => [{ content: '5', topic: 'a' }] },
        'The function decode of the codec test should say a text, a Buffer, or an object with one of them as its content, not an object.',
      ],
      [
        'say undefined',
        { decode: () => [undefined] },
        'The function decode of the codec test should say a text, a Buffer, or an object with one of them as its content, not undefined.',
      ],
      [
        'never end',
        {
          *decode() {
            for (;;) yield ''
          },
        },
        'it says more than 10000 messages at once',
      ],
    ] as const) {
      it(`are told of when they ${title}`, async () => {
        await speak(session as unknown as Partial<CodecSession>)
        here().sends('frame')
        const last = rob.state.inbox.messages.at(-1)
        expect([last?.detail, last?.details.problem]).to.have.property('0', 'frame')
        expect(last?.details.problem).to.contain(problem)
      })
    }

    it('show what they have read before', async () => {
      await speak({
        *decode() {
          yield 'first'
          throw new Error('torn')
        },
      })
      here().sends('frame')
      expect(received()).to.deep.equal([
        ['first', {}],
        ['frame', { problem: 'The function decode of the codec test failed: torn' }],
      ])
    })

    it('fail the sentence that sends', async () => {
      await speak({
        encode: () => {
          throw new Error('too long')
        },
      })
      expect(await failureMessage(() => rob.send('Hello'))).to.contain(
        'The function encode of the codec test failed: too long',
      )
      await speak({ encode: () => 5 as never })
      expect(await failureMessage(() => rob.send('Hello'))).to.contain('should say a text or a Buffer, not 5.')
    })

    it('fail at the end', async () => {
      await speak({
        ended: () => {
          throw new Error('torn')
        },
      })
      here().closes(1000)
      expect(received()).to.deep.equal([['', { problem: 'The function ended of the codec test failed: torn' }]])
    })

    it('are cut at the end if they have no end', async () => {
      await speak({
        *ended() {
          for (;;) yield 'x'
        },
      })
      here().closes(1000)
      expect(received()).to.have.length(10_001)
      expect(received().at(-1)).to.deep.equal([
        '',
        { problem: 'The function ended of the codec test failed: it says more than 10000 messages at once' },
      ])
    })

    for (const session of [null, {}, { decode: () => [] }]) {
      it(`are told of before anything else when they are no codecs: ${JSON.stringify(session)}`, () => {
        defineCodec({ name: 'test', open: () => session as never })
        expect(() => begin({ codec: 'test' })).to.throw(
          UsageError,
          'The function open of the codec test should say an object with functions `decode` and `encode`, not ',
        )
      })
    }

    for (const [codec, problem] of [
      [null, 'The argument codec of defineCodec should be an object, not null.'],
      [{ name: ' ' }, 'The argument name of defineCodec should be a text with something in it'],
      [{ name: 'a' }, 'The argument open of defineCodec should be a function, not undefined.'],
      [
        { name: 'a', open: () => {}, isBinary: 1 },
        'The argument isBinary of defineCodec should be true or false, not 1.',
      ],
      [
        { name: 'a', open: () => {}, isVerbatim: 'yes' },
        'The argument isVerbatim of defineCodec should be true or false, not "yes".',
      ],
    ] as const) {
      it(`are not defined wrongly: ${problem}`, () => {
        expect(() => defineCodec(codec as never)).to.throw(UsageError, problem)
      })
    }
  })

  describe('are told of when the setting is wrong:', () => {
    for (const [protocol, problem] of [
      [
        { codec: 'msgpak' },
        '"msgpak" is not a known codec. Known: cbor, json, msgpack, ndjson, protobuf. Did you mean msgpack?',
      ],
      [{ codec: 'xml' }, 'protobuf. Define others by defineCodec, in a support file.'],
      [
        { codec: { name: 'ndjson', separater: '' } },
        'There is no option "separater" of the codec ndjson. Did you mean separator?',
      ],
      [{ codec: { name: 'protobuf', file: 'chat.proto' } }, 'no file chat.proto'],
    ] as const) {
      it(problem, () => {
        expect(() => begin(protocol)).to.throw(problem)
      })
    }

    for (const protocol of [
      {},
      { name: 5, codec: 'json' },
      { codec: 5 },
      { codec: null },
      { codec: {} },
      { codec: { name: 5 } },
    ]) {
      it(JSON.stringify(protocol), async () => {
        begin('plain')
        expect(() => conversation?.setProtocol(protocol as never)).to.throw(
          UsageError,
          'The argument protocol of setProtocol should be the name of a protocol, or an object with a `name` or a `codec`, not an object.',
        )
      })
    }

    it('nothing that is right', () => {
      begin('plain')
      for (const protocol of [{ codec: 'json' }, { name: 'plain', codec: { name: 'json' } }, { name: 'plain' }]) {
        conversation?.setProtocol(protocol)
      }
    })

    it('options that nobody has', async () => {
      begin({ codec: 'json', method: 'say' })
      expect(await failureMessage(() => rob.connect())).to.contain(
        'There is no option "method" of the protocol plain. It has none.',
      )
    })
  })
})
