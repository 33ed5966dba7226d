import { expect } from 'chai'
import { chatDocument, contractOf, exchanged, operation, readerOf } from '../../test/support/contracts'
import { failureMessage } from '../../test/support/failures'
import { beginContract, type Contract, continueContract, readContract } from '../asyncapi/contract'
import { renewBudget } from '../evaluation-limit'
import { Message } from '../inbox/message'
import type { Coding } from '../message-details'

const text = { type: 'string' }

describe('Documents of contracts', () => {
  beforeEach(renewBudget)

  const operationsOf = (contract: Contract) =>
    contract.model.channels.flatMap(({ operations }) =>
      operations.map(({ name, sender, messages }) =>
        [name, sender, ...messages.map((message) => message.name)].join(' '),
      ),
    )

  describe('of version 2', () => {
    const document = (channel: object, others: object = {}) => ({
      ...{ asyncapi: '2.6.0', info: { title: 'Two' }, channels: { '/chat': channel } },
      ...others,
    })

    it('name what clients publish and subscribe to', () => {
      const contract = contractOf(
        document(
          {
            publish: { operationId: 'speak', message: { $ref: '#/components/messages/say' } },
            subscribe: {
              message: {
                oneOf: [
                  { messageId: 'said', payload: text },
                  { name: 'left' },
                  { name: 'left', title: 'Gone' },
                  { name: 'left' },
                  { title: 'Here' },
                  {},
                  {},
                ],
              },
            },
          },
          { components: { messages: { say: { payload: text } } } },
        ),
      )
      expect(operationsOf(contract)).to.deep.equal([
        'speak client say',
        '/chat subscribe server said left Gone left 2 Here /chat subscribe message /chat subscribe message 2',
      ])
    })

    it('have operations without messages, and names that are taken', () => {
      const contract = contractOf(
        document({ publish: { operationId: 'x' }, subscribe: { operationId: 'x', message: { name: 'm' } } }),
      )
      expect(operationsOf(contract)).to.deep.equal(['x client', 'x 2 server m'])
    })

    it('have channels elsewhere, with members beside the reference', () => {
      const contract = contractOf(document({ $ref: 'channel.yaml#/chat', publish: { message: { name: 'own' } } }), {
        'channel.yaml': 'chat: { publish: { message: { name: theirs } }, subscribe: { message: { name: b } } }',
      })
      expect(operationsOf(contract)).to.deep.equal(['/chat publish client own', '/chat subscribe server b'])
    })

    it('have traits that say more than what has them', () => {
      const traits = [{ name: 'first', title: 'First' }, { $ref: '#/components/messageTraits/second' }]
      const contract = contractOf(
        document(
          { publish: { operationId: 'own', traits: [{ operationId: 'trait' }], message: { name: 'own', traits } } },
          { components: { messageTraits: { second: { name: 'second' } } } },
        ),
      )
      expect(operationsOf(contract)).to.deep.equal(['trait client second'])
      expect(contract.messageNamed('first').name).to.equal('second')
    })

    it('have servers by their names, and parameters by their schemas', () => {
      const contract = contractOf(
        document(
          {
            servers: ['a'],
            parameters: { id: { schema: { type: 'integer', minimum: 3 } } },
            subscribe: { message: {} },
          },
          {
            channels: {
              '/rooms/{id}': { servers: ['a'], parameters: { id: { schema: { type: 'integer', minimum: 3 } } } },
              '/all': {},
            },
            servers: {
              a: { url: 'wss://{host}:{port}/v1/' },
              b: { url: 'localhost' },
              c: { url: 'localhost/{way}/2' },
              d: {},
            },
          },
        ),
      )
      const connecting = (way: string) => contract.connecting({ url: `ws://localhost${way}`, headers: {} })
      expect(['/v1/rooms/4', '/rooms/4', '/all', '/x/2/all', '/v1/all'].map((way) => connecting(way))).to.deep.equal(
        Array(5).fill([]),
      )
      expect([connecting('/rooms/2'), connecting('/rooms/x'), connecting('/x/2/rooms/4')].flat()).to.deep.equal([
        'The parameter "id" of the channel "/rooms/{id}" is "2": it must be >= 3, and is 2.',
        'The parameter "id" of the channel "/rooms/{id}" is "x": it must be integer, and is "x".',
        'The address "/x/2/rooms/4" is in no channel of "asyncapi.json". There is "/rooms/{id}", "/all".',
      ])
    })
  })

  describe('of version 3', () => {
    it('have all messages of a channel in an operation that names none', () => {
      const messages = { a: {}, b: { name: 'bee' } }
      const channel = { $ref: '#/channels/chat' }
      const contract = contractOf(
        chatDocument(messages, {
          all: { action: 'send', channel },
          none: { action: 'send', channel, messages: [] },
          ask: { action: 'receive', channel, messages: [{ $ref: '#/channels/chat/messages/a' }], reply: {} },
          ...{ 'ask reply': { action: 'receive', channel, messages: [] } },
        }),
      )
      expect(operationsOf(contract)).to.deep.equal([
        ...['all server a bee', 'none server', 'ask client a', 'ask reply server a bee', 'ask reply 2 client'],
      ])
    })

    it('have replies in channels of their own', () => {
      const contract = contractOf({
        ...{ asyncapi: '3.0.0' },
        channels: {
          ask: { address: '/ask', messages: { question: {} } },
          answers: { address: null, messages: { answer: {}, refusal: {} } },
        },
        operations: {
          ask: {
            ...{ action: 'send', channel: { $ref: '#/channels/ask' } },
            reply: {
              address: { location: '$message.header#/replyTo' },
              channel: { $ref: '#/channels/answers' },
              messages: [{ $ref: '#/channels/answers/messages/answer' }],
            },
          },
        },
      })
      expect(operationsOf(contract)).to.deep.equal(['ask server question', 'ask reply client answer'])
    })

    it('have traits that say less than what has them', () => {
      const message = { name: 'own', traits: [{ name: 'a', title: 'First' }, { title: 'Second' }] }
      const contract = contractOf(
        chatDocument({ message }, { hear: operation('send', ['message'], { traits: [{ title: 'Hears' }] }) }),
      )
      expect(operationsOf(contract)).to.deep.equal(['hear server own'])
      expect(contract.messageNamed('second').name).to.equal('own')
    })

    it('refer to messages and channels by whatever way', () => {
      const contract = contractOf({
        ...{ asyncapi: '3.0.0' },
        channels: {
          one: { $ref: '#/components/channels/c' },
          two: { $ref: '#/components/channels/c' },
          '/x{y}': { messages: { m: {} } },
        },
        operations: {
          a: { action: 'send', channel: { $ref: '#/channels/two' }, messages: [{ $ref: '#/components/messages/m' }] },
          b: {
            action: 'send',
            channel: { $ref: '#/components/channels/c' },
            messages: [{ $ref: '#/components/messages/other' }],
          },
          c: { action: 'send', channel: { $ref: '#/channels/~1x%7By%7D' }, messages: [{ name: 'inline' }, {}] },
        },
        components: {
          channels: { c: { address: '/c', messages: { first: { $ref: '#/components/messages/m' } } } },
          messages: { m: {}, other: { title: 'Other' } },
        },
      })
      expect(
        contract.model.channels.map(({ name, operations }) => [name, operations.map((one) => one.name)]),
      ).to.deep.equal([
        ['one', ['b']],
        ['two', ['a']],
        ['/x{y}', ['c']],
      ])
      expect(operationsOf(contract)).to.deep.equal(['b server other', 'a server first', 'c server inline c message'])
    })
  })

  describe('have payloads', () => {
    const chatWith = (message: object, others: object = {}) =>
      contractOf(chatDocument({ message }, { hear: operation('send', ['message']) }, others))
    const verdict = (contract: Contract, content: unknown) => contract.validate(exchanged(content)).verdict
    const verdictOf = (contract: Contract, content: Message) => contract.validate(exchanged('', { content })).verdict
    const complaint = (contract: Contract, content: unknown) =>
      contract.validate(exchanged(content)).complaint?.replace(/.* has it: /, '')

    it('of any kind, where none is said', () => {
      for (const message of [{}, { payload: true }, { payload: { $ref: '#/components/schemas/any' } }]) {
        const chat = chatWith(message, { components: { schemas: { any: true } } })
        expect([{ a: 1 }, 'text', Buffer.from([1, 255])].map((content) => verdict(chat, content))).to.deep.equal(
          Array(3).fill('valid'),
        )
      }
    })

    it('that are texts, as JSON and as they are', () => {
      const chat = chatWith({ payload: { type: 'string', maxLength: 3 } })
      expect(['abc', '"abc"', '12', 'abcd', '{}'].map((content) => verdict(chat, content))).to.deep.equal([
        ...['valid', 'valid', 'valid', 'wrong', 'wrong'],
      ])
      expect(complaint(chat, 'abcd')).to.equal('it must NOT have more than 3 characters, and is "abcd"')
    })

    it('that are texts of JSON alone, where their content type says so', () => {
      const payload = { type: 'string', maxLength: 3 }
      for (const chat of [
        chatWith({ contentType: 'Application/JSON; charset=utf-8', payload }),
        chatWith({ payload }, { defaultContentType: 'application/problem+json' }),
      ]) {
        expect(['"abc"', 'abc', '12', '"abcd"', '{}'].map((content) => verdict(chat, content))).to.deep.equal([
          ...['valid', 'wrong', 'wrong', 'wrong', 'wrong'],
        ])
        expect(complaint(chat, 'abc')).to.equal('it must be JSON, and is the text "abc"')
        // A protocol has read the quotes already.
        const decoded = (content: string, details = {}) =>
          verdictOf(chat, new Message(1, 0, content, '', '', details, 'decoded'))
        expect(['abc', '12', 'abcd'].map((text) => decoded(text))).to.deep.equal(['valid', 'wrong', 'wrong'])
        expect(decoded('12', { isText: true })).to.equal('valid')
      }
      const any = chatWith({ contentType: 'application/json', payload: { minLength: 4 } })
      expect(
        ['abcd', 'abc'].map((text) => verdictOf(any, new Message(1, 0, text, '', '', {}, 'decoded'))),
      ).to.deep.equal([...['valid', 'wrong']])
    })

    it('of JSON, whatever it is', () => {
      for (const message of [{}, { payload: true }]) {
        const chat = chatWith({ contentType: 'application/json', ...message })
        const contents = ['{}', '"abc"', 'abc', '', Buffer.of(1)]
        const verdicts = contents.map((content) => chat.validate(exchanged(content)).verdict)
        expect(verdicts).to.deep.equal(['valid', 'valid', 'wrong', 'wrong', 'wrong'])
        expect(complaint(chat, 'abc')).to.equal('it must be JSON, and is the text "abc"')
        expect(verdictOf(chat, new Message(1, 0, 'abc', '', '', {}, 'decoded'))).to.equal('valid')
      }
    })

    it('of any content type, as protocols and codecs tell texts from JSON', () => {
      for (const [contentType, payload, content, isText, verdicts] of [
        ['application/msgpack', { type: 'array' }, '[1]', true, ['wrong', 'wrong']],
        ['application/msgpack', { type: 'string' }, '5', true, ['wrong', 'valid']],
        ['application/msgpack', { type: 'string' }, '5', false, ['wrong', 'wrong']],
        ['application/msgpack', { type: 'object' }, 'abc', false, ['wrong', 'wrong']],
        ['application/vnd.q', { type: 'integer' }, '7', true, ['unvalidated', 'unvalidated']],
        ['application/vnd.q', { type: 'string' }, '7', true, ['unvalidated', 'valid']],
        ['application/xml', { type: 'integer' }, '7', true, ['unvalidated', 'unvalidated']],
        ['image/png', { type: 'integer' }, '7', true, ['wrong', 'wrong']],
        ['image/png', { type: 'integer' }, '7', false, ['wrong', 'valid']],
        ['application/xml', { type: 'integer' }, '7', false, ['valid', 'valid']],
        ['application/xml', { type: 'string' }, '<a/>', false, ['unvalidated', 'valid']],
        ['image/png', {}, '5', false, ['wrong', 'valid']],
        ['application/octet-stream', {}, '{"n":1}', false, ['wrong', 'valid']],
        ['application/json', { type: 'integer' }, '7', true, ['wrong', 'wrong']],
        ['application/json', { type: 'integer' }, '7', false, ['valid', 'valid']],
      ] as const) {
        const chat = chatWith({ contentType, payload })
        const verdictBy = (coding: Coding) =>
          verdictOf(chat, new Message(1, 0, content, '', '', isText ? { isText } : {}, coding))
        const name = `${contentType} ${JSON.stringify(payload)} ${content} ${isText}`
        expect([verdictBy('unquoted'), verdictBy('decoded')], name).to.deep.equal(verdicts)
      }
    })

    it('that may be null, in the words of OpenAPI', () => {
      const chat = chatWith({ contentType: 'application/json', payload: { type: 'integer', nullable: true } })
      expect(['1', 'null', '"1"'].map((content) => verdict(chat, content))).to.deep.equal(['valid', 'valid', 'wrong'])
    })

    it('that are texts in quotes, where a protocol leaves them', () => {
      const chat = chatWith({ contentType: 'application/json', payload: { type: 'string' } })
      for (const [content, expected] of [
        ...([
          ['"a"', 'valid'],
          ['a', 'wrong'],
          ['5', 'wrong'],
          ['{"a":1', 'wrong'],
        ] as const),
      ]) {
        const message = new Message(1, 0, content, '', '', { topic: 'a' }, 'verbatim')
        expect(verdictOf(chat, message), content).to.equal(expected)
      }
    })

    it('of other content types, validated as far as they can be read', () => {
      const bytes = Buffer.from([1, 255])
      for (const [contentType, verdicts] of [
        ['text/plain; charset=utf-8', ['wrong', 'wrong', 'valid']],
        ['application/xml', ['unvalidated', 'wrong', 'valid']],
        ['application/octet-stream', ['wrong', 'unvalidated', 'wrong']],
        ['image/png', ['wrong', 'unvalidated', 'wrong']],
        ['application/x-ndjson', ['unvalidated', 'unvalidated', 'valid']],
        ['application/cloudevents+json', ['wrong', 'wrong', 'valid']],
      ] as const) {
        const chat = chatWith({ contentType, payload: { type: 'object', required: ['a'] } })
        const all = ['x', bytes, '{"a":1}'].map((content) => verdict(chat, content))
        expect(all, contentType).to.deep.equal(verdicts)
        // What a codec has read is validated, whatever it was.
        const decoded = ['{"a":1}', '{"b":1}'].map((text) =>
          verdictOf(chat, new Message(1, 0, text, '', '', {}, 'decoded')),
        )
        expect(decoded, contentType).to.deep.equal(['valid', 'wrong'])
      }
      const packed = chatWith({ contentType: 'application/msgpack', payload: { type: 'object' } })
      expect([verdict(packed, '{}'), verdict(packed, bytes)]).to.deep.equal(['wrong', 'unvalidated'])
      expect(verdictOf(packed, new Message(1, 0, '{}', '', '', {}, 'decoded'))).to.equal('valid')
      expect(complaint(packed, {})).to.equal('it must be binary, and is the text "{}"')
      for (const [payload, expected] of [
        [{ type: 'string', format: 'binary', description: 'A picture' }, 'valid'],
        [{ format: 'binary' }, 'valid'],
        [{ type: 'string', maxLength: 1 }, 'unvalidated'],
      ] as const)
        expect(verdict(chatWith({ contentType: 'image/png', payload }), bytes)).to.equal(expected)
      for (const contentType of ['application/xml', 'application/octet-stream', 'application/msgpack'])
        expect(verdict(chatWith({ contentType }), contentType.endsWith('xml') ? '<a/>' : bytes)).to.equal('valid')
      expect(complaint(chatWith({ contentType: 'text/plain' }), bytes)).to.equal('it must be a text, and is binary')
      const binary = chatWith({}, { defaultContentType: 'application/octet-stream' })
      expect(complaint(binary, '[1]')).to.equal('it must be binary, and is the text "[1]"')
      const json = { text: undefined, json: [1], bytes: undefined }
      expect(binary.validate({ ...exchanged(''), content: json }).complaint).to.match(
        /it must be binary, and is the text \[1\]$/,
      )
    })

    it('that are texts, validated as such, or as the numbers that they stand for', () => {
      const text = (payload: object, others: object = {}) => chatWith({ contentType: 'text/plain', payload, ...others })
      const digits = text({ type: 'string', pattern: '^[0-9]+$' })
      expect(['12', 'abc', '"12"', '{"a":1}'].map((content) => verdict(digits, content))).to.deep.equal([
        ...['valid', 'wrong', 'wrong', 'wrong'],
      ])
      expect(complaint(digits, 'abc')).to.equal('it must match pattern "^[0-9]+$", and is "abc"')
      const number = text({ type: 'integer', minimum: 2 })
      expect(['2', '1', 'abc', '"2"'].map((content) => verdict(number, content))).to.deep.equal([
        ...['valid', 'wrong', 'wrong', 'wrong'],
      ])
      expect(verdict(text({ minLength: 3 }), '12')).to.equal('wrong')
      const listed = (payload: object) => ['1', '2', 'x'].map((content) => verdict(text(payload), content))
      expect(listed({ enum: [1, 2] })).to.deep.equal(['valid', 'valid', 'wrong'])
      expect(listed({ const: 2 })).to.deep.equal(['wrong', 'valid', 'wrong'])
      expect(listed({ enum: ['1', 2, 'x'] })).to.deep.equal(['valid', 'wrong', 'valid'])
      const mood = contractOf(
        chatDocument(
          { mood: { contentType: 'text/plain', payload: { enum: ['glad', 'sad'] } } },
          { hear: operation('send', ['mood']) },
        ),
      )
      expect(mood.validate(exchanged('sad')).parts).to.deep.equal(['$: "sad"'])
    })

    it('of which none is right', () => {
      const never = chatWith({ payload: false, examples: [{ payload: 1 }] })
      expect([verdict(never, {}), complaint(never, {})]).to.deep.equal([
        ...['wrong', 'its payload is false, so that none is right'],
      ])
      expect(never.messageNamed('message').example).to.equal(undefined)
    })

    it('of other schema formats, which are not validated', () => {
      const avro = 'application/vnd.apache.avro;version=1.9.0'
      const chat = chatWith({ payload: { schemaFormat: avro, schema: { type: 'record' } } })
      const bytes = Buffer.from([1, 255])
      expect(verdict(chat, bytes)).to.equal('unvalidated')
      expect(chat.messageNamed('message').matcher.accepts(exchanged(bytes).content)).to.equal(true)
      expect(complaint(chat, {})).to.equal(
        'it must be binary, and is the text "{}". If it is JSON, give the message the contentType application/json',
      )
      expect(verdictOf(chat, new Message(1, 0, 'x', '', '', {}, 'decoded'))).to.equal('unvalidated')
      const schema = { schemaFormat: avro, schema: {} }
      for (const [contentType, verdicts] of [
        ['application/json', ['unvalidated', 'wrong', 'wrong', 'unvalidated']],
        ['application/x-avro', ['wrong', 'wrong', 'unvalidated', 'unvalidated']],
        ['application/octet-stream', ['wrong', 'wrong', 'unvalidated', 'wrong']],
        ['text/plain', ['unvalidated', 'unvalidated', 'wrong', 'unvalidated']],
      ] as const) {
        const of = chatWith({ contentType, payload: schema })
        const decoded = verdictOf(of, new Message(1, 0, 'x', '', '', {}, 'decoded'))
        const all = [...['{}', 'x', bytes].map((content) => verdict(of, content)), decoded]
        expect(all, contentType).to.deep.equal(verdicts)
      }
      const raml = chatWith({ payload: { schemaFormat: 'application/raml+yaml;version=1.0', schema: {} } })
      expect([verdict(raml, {}), verdict(raml, 'x'), verdict(raml, bytes)]).to.deep.equal(Array(3).fill('unvalidated'))
      expect(chat.notes).to.deep.equal([
        'asyncapi.json:11:9 (#/channels/chat/messages/message): its schemaFormat "application/vnd.apache.avro;version=1.9.0" is ' +
          'not JSON Schema, so that it is not validated.',
      ])
      for (const other of [
        ...['application/vnd.apache.avro+json;version=1.8.2', 'application/vnd.oai.openapi;version=3.0.0'],
        ...['application/raml+yaml;version=1.0', 'application/vnd.google.protobuf;version=3'],
      ])
        expect(verdict(chatWith({ payload: { schemaFormat: other, schema: {} } }), bytes), other).to.equal(
          'unvalidated',
        )
      const two = contractOf({
        ...{ asyncapi: '2.0.0' },
        channels: { '/chat': { subscribe: { message: { schemaFormat: avro, payload: { $ref: 'not-there.avsc' } } } } },
      })
      expect(verdict(two, bytes)).to.equal('unvalidated')
      const both = contractOf(
        chatDocument(
          { a: { payload: schema }, b: { payload: { type: 'object', properties: { type: { const: 'b' } } } } },
          { hear: operation('send', ['a', 'b']) },
        ),
      )
      const all = [{ type: 'b' }, { type: 'nope' }, 'x', bytes].map((content) => verdict(both, content))
      expect(all).to.deep.equal(['valid', 'undocumented', 'wrong', 'unvalidated'])
    })

    it('of JSON Schema in all its formats', () => {
      const schema = { type: 'number' }
      for (const schemaFormat of [
        ...[
          'application/vnd.aai.asyncapi+yaml;version=3.0.0',
          'application/schema+json',
          'application/schema+yaml;version=draft-07',
          'application/schema+json; version="2020-12"',
          'Application/Schema+JSON;version=draft-2019-09',
          'application/vnd.aai.asyncapi;version=2.6.0',
          'application/vnd.aai.asyncapi+json',
        ],
      ]) {
        expect(verdict(chatWith({ payload: { schemaFormat, schema } }), '"x"'), schemaFormat).to.equal('wrong')
        expect(verdict(chatWith({ schemaFormat, payload: schema }), '"x"'), schemaFormat).to.equal('wrong')
      }
    })

    it('that newer drafts read beside their references', () => {
      const $schema = 'https://json-schema.org/draft/2020-12/schema'
      const schemas = { pet: { type: 'object', $schema } }
      const pet = (payload: object, draft?: string) =>
        contractOf(
          chatDocument({ message: { payload } }, { hear: operation('send', ['message']) }, { components: { schemas } }),
          {},
          draft === undefined ? {} : { draft },
        )
      const $ref = '#/components/schemas/pet'
      expect(verdict(pet({ $ref, required: ['name'] }, '2020-12'), {})).to.equal('wrong')
      expect(verdict(pet({ $ref }, '2020-12'), {})).to.equal('valid')
    })

    it('with examples', () => {
      const examples = [{ headers: { a: 1 } }, { payload: 'x' }, { payload: { n: 1 } }]
      const payload = { type: 'object', properties: { n: { type: 'number' } } }
      expect(chatWith({ payload, examples }).messageNamed('message').example).to.deep.equal({ n: 1 })
      expect(chatWith({ payload, examples: [1, { n: 5 }] }).messageNamed('message').example).to.deep.equal({ n: 5 })
      expect(chatWith({ payload: { ...payload, example: { n: 7 } } }).messageNamed('message').example).to.deep.equal({
        n: 7,
      })
      expect(chatWith({ examples: [{ payload: null }] }).messageNamed('message').example).to.equal(null)
    })

    it('that say what an answer repeats', () => {
      const of = (location: string) =>
        chatWith({ correlationId: { location } }).validate(exchanged({ id: 5 })).correlation
      expect(of('$message.payload#/meta/a~1b')).to.equal('/meta/a~1b')
      expect(of('$message.header#/id')).to.equal(undefined)
    })
  })

  describe('that are wrong, say where', () => {
    const three = (members: object) => ({ asyncapi: '3.0.0', channels: { a: { messages: { m: {} } } }, ...members })
    const send = (more: object) =>
      three({ operations: { o: { action: 'send', channel: { $ref: '#/channels/a' }, ...more } } })

    for (const [document, message] of [
      [
        {},
        "asyncapi.json:1:1 (#): it is not an AsyncAPI document: that begins with a version, such as asyncapi: '3.0.0'.",
      ],
      [
        { openapi: '3.0.0' },
        "asyncapi.json:1:1 (#): it is not an AsyncAPI document: that begins with a version, such as asyncapi: '3.0.0'. It has " +
          '"openapi" instead.',
      ],
      [
        { asyncapi: '1.2.0' },
        'asyncapi.json:1:1 (#): its "asyncapi" is "1.2.0"; only documents of 2.x and 3.x are read, such as asyncapi: \'3.0.0\'.',
      ],
      [
        { asyncapi: 3 },
        'asyncapi.json:1:1 (#): its "asyncapi" is 3; only documents of 2.x and 3.x are read, such as asyncapi: \'3.0.0\'.',
      ],
      [{ asyncapi: '3.0.0' }, 'asyncapi.json:1:1 (#): it has no channels, so that it promises nothing.'],
      [{ asyncapi: '3.0.0', channels: {} }, 'asyncapi.json:1:1 (#): it has no channels, so that it promises nothing.'],
      [
        { asyncapi: '3.0.0', chanels: {} },
        'asyncapi.json:1:1 (#): "chanels" is not a member of a document. Did you mean "channels"? One of your own begins with x-.',
      ],
      [
        send({ mesages: [] }),
        'asyncapi.json:11:5 (#/operations/o): "mesages" is not a member of an operation. Did you mean "messages"? One of your own ' +
          'begins with x-.',
      ],
      [
        { asyncapi: '3.0.0', channels: [1] },
        'asyncapi.json:3:3 (#/channels): the channels must be an object, and is [1].',
      ],
      [
        { asyncapi: '3.0.0', channels: { a: { address: 5 } } },
        'asyncapi.json:5:7 (#/channels/a/address): "address" must be a text, and is 5.',
      ],
      [
        { asyncapi: '3.0.0', channels: { a: { address: ' ' } } },
        'asyncapi.json:4:5 (#/channels/a): its address is empty: write "/" for the root, or null for one that is not known.',
      ],
      [
        { asyncapi: '3.0.0', channels: { a: { address: '/{a' } } },
        'asyncapi.json:4:5 (#/channels/a): its address "/{a" has a brace without the other one: a parameter is {name}.',
      ],
      [
        send({ action: 'recieve' }),
        'asyncapi.json:11:5 (#/operations/o): its "action" must be "send" or "receive", and is "recieve".',
      ],
      [
        three({ operations: { o: {} } }),
        'asyncapi.json:11:5 (#/operations/o): its "action" must be "send" or "receive", and is null.',
      ],
      [
        three({ operations: { o: { action: 'send' } } }),
        'asyncapi.json:11:5 (#/operations/o): it has no "channel": write $ref: "#/channels/…".',
      ],
      [
        send({ channel: { messages: {} } }),
        "asyncapi.json:13:7 (#/operations/o/channel): it must lead to one of the document's channels: write $ref: " +
          '"#/channels/…".',
      ],
      [
        send({ channel: { $ref: '#/channels/b' } }),
        'asyncapi.json:13:7 (#/operations/o/channel): the "$ref" "#/channels/b" leads to nothing. There is a.',
      ],
      [
        send({ messages: [{ $ref: '#/channels/a/messages/mm' }] }),
        'asyncapi.json:17:9 (#/operations/o/messages/0): the "$ref" "#/channels/a/messages/mm" leads to nothing. There is m.',
      ],
      [
        send({ messages: [{ $ref: '#/channels/a/address/x' }] }),
        'asyncapi.json:17:9 (#/operations/o/messages/0): the "$ref" "#/channels/a/address/x" leads to nothing. There is messages.',
      ],
      [
        send({ channel: { $ref: '#/chanels/a' } }),
        'asyncapi.json:13:7 (#/operations/o/channel): the "$ref" "#/chanels/a" leads to nothing. Did you mean "channels"?',
      ],
      [
        send({ channel: { $ref: '#/asyncapi/a' } }),
        'asyncapi.json:13:7 (#/operations/o/channel): the "$ref" "#/asyncapi/a" leads to nothing. There is nothing in it.',
      ],
      [send({ messages: {} }), 'asyncapi.json:16:7 (#/operations/o/messages): "messages" must be a list, and is {}.'],
      [
        send({ messages: [{ $ref: 'm' }] }),
        'asyncapi.json:17:9 (#/operations/o/messages/0): the "$ref" "m" cannot be followed. There is no file "m".',
      ],
      [
        send({ messages: [{ $ref: '#m' }] }),
        'asyncapi.json:17:9 (#/operations/o/messages/0): the "$ref" "#m" leads to nothing: a place in a document begins with #/.',
      ],
      [
        send({ messages: [{ $ref: 'https://example.org/x.json' }] }),
        'asyncapi.json:17:9 (#/operations/o/messages/0): the "$ref" "https://example.org/x.json" cannot be followed. The document ' +
          '"asyncapi.json" refers to https://example.org/x.json: only files beside it can be referred to.',
      ],
      [
        send({ messages: [{ $ref: 5 }] }),
        'asyncapi.json:17:9 (#/operations/o/messages/0): "$ref" must be a text, such as "#/components/messages/ping".',
      ],
      [
        send({ messages: [{ $ref: '#/operations/o/messages/0' }] }),
        'asyncapi.json:17:9 (#/operations/o/messages/0): its "$ref" leads back to itself.',
      ],
      [
        send({ messages: [{ payload: 5 }] }),
        'asyncapi.json:18:11 (#/operations/o/messages/0/payload): a payload must be a schema, and is 5.',
      ],
      [
        send({ messages: [{ contentType: 'application/json, text/x' }] }),
        'asyncapi.json:18:11 (#/operations/o/messages/0/contentType): its "contentType" "application/json, text/x" is not a media ' +
          'type: write one, such as application/json.',
      ],
      [
        three({ defaultContentType: 'json' }),
        'asyncapi.json:10:3 (#/defaultContentType): its "defaultContentType" "json" is not a media type: write one, such as ' +
          'application/json.',
      ],
      [
        { asyncapi: '2.6.0', channels: { '/a': { servers: ['b'] } } },
        'asyncapi.json:6:9 (#/channels/~1a/servers/0): there is no server "b" among the document\'s servers.',
      ],
      ['{"a":', 'asyncapi.json: The document "asyncapi.json" is not valid JSON: Unexpected end of JSON input.'],
      ['[]', 'asyncapi.json: The document "asyncapi.json" is not an object.'],
      [
        '{"a":1,"a":2}',
        'asyncapi.json: In the document "asyncapi.json": The JSON has the member "a" twice, and one of the values would be lost: ' +
          'write each member once.',
      ],
    ] as const) {
      it(message, async () => expect(await failureMessage(() => contractOf(document))).to.equal(message))
    }

    const own = 'One of your own begins with x-.'
    const two = (channel: object, others: object = {}) => ({
      asyncapi: '2.6.0',
      channels: { '/a': channel },
      ...others,
    })
    const hearing = (message: object) => two({ subscribe: { message } })
    const three3 = (channel: object) => three({ channels: { a: channel } })
    const saying = (message: object) => three3({ messages: { m: message } })
    const ws = (binding: object) => three3({ bindings: { ws: binding } })
    const inFormat = (schemaFormat: string) => saying({ payload: { schemaFormat, schema: {} } })

    for (const [document, message] of [
      ...['oneof', 'onOf', 'one_of', 'oneOff', 'anyOf'].map((name) => [
        hearing({ [name]: [{ payload: text }] }),
        `subscribe/message): "${name}" is not a member of a message. Did you mean "oneOf"? In AsyncAPI 2: only the message of an ` +
          'operation has it, and none within it.',
      ]),
      [
        hearing({ oneOf: [{ oneOf: [{}] }] }),
        'subscribe/message/oneOf/0): "oneOf" is not a member of a message in AsyncAPI 2: only the message of an operation has ' +
          'it, and none within it.',
      ],
      [
        hearing({ oneOf: [{}], payload: text }),
        'subscribe/message): "payload" is not a member of a choice of messages in AsyncAPI 2: write it in each message of the "oneOf".',
      ],
      [hearing({ schema: text }), 'message): "schema" is not a member of a message in AsyncAPI 2: write "payload".'],
      [
        hearing({ traits: [{ nmae: 'a' }] }),
        `traits/0): "nmae" is not a member of a trait of a message. Did you mean "name"? ${own}`,
      ],
      ...(['payload', 'traits'] as const).map((member): [object, string] => [
        hearing({ traits: [{ [member]: {} }] }),
        `traits/0): "${member}" is not a member of a trait of a message in AsyncAPI 2: write it in the message itself.`,
      ]),
      [
        hearing({ examples: [{ payload: 1, summry: 'a' }] }),
        `examples/0): "summry" is not a member of an example of a message. Did you mean "summary"? ${own}`,
      ],
      [
        hearing({ examples: [{ paylod: 1 }] }),
        'examples/0): "paylod" is not a member of an example of a message. Did you mean "payload"?',
      ],
      [
        two({ subscribe: { messages: [] } }),
        '"messages" is not a member of an operation in AsyncAPI 2: write "message", and several as its "oneOf".',
      ],
      [
        two({ address: '/a' }),
        '"address" is not a member of a channel in AsyncAPI 2: the key of the channel is its address.',
      ],
      [
        two({}, { operations: {} }),
        '(#): "operations" is not a member of a document in AsyncAPI 2: write "publish" and "subscribe" in its channels.',
      ],
      [
        two({}, { servers: { s: { host: 'a' } } }),
        '(#/servers/s): "host" is not a member of a server in AsyncAPI 2: write "url".',
      ],
      [
        two({}, { channels: { '/a/{b}': { parameters: { b: { enum: ['a'] } } } } }),
        'parameters/b): "enum" is not a member of a parameter in AsyncAPI 2: write it in its "schema".',
      ],
      [
        saying({ oneOf: [{}] }),
        '(#/channels/a/messages/m): "oneOf" is not a member of a message in AsyncAPI 3: write each as one of the "messages" of the channel.',
      ],
      [
        send({ message: { $ref: '#/channels/a/messages/m' } }),
        '(#/operations/o): "message" is not a member of an operation in AsyncAPI 3: write "messages", each with a $ref to one of its channel.',
      ],
      [
        three3({ subscribe: {} }),
        '"subscribe" is not a member of a channel in AsyncAPI 3: write it among the "operations" of the document, with action: send.',
      ],
      [three({ topics: {} }), '(#): "topics" is not a member of a document in AsyncAPI 3: write "channels".'],
      [
        three({ zzz: 1 }),
        '(#): "zzz" is not a member of a document. It may have "asyncapi", "id", "info", "servers", "defaultContentType", ' +
          `"channels", "operations", "components". ${own}`,
      ],
      [
        three({ info: { tittle: 'a' } }),
        `(#/info): "tittle" is not a member of the info. Did you mean "title"? ${own}`,
      ],
      [
        send({ reply: { address: { loc: '$message.header#/a' } } }),
        `reply/address): "loc" is not a member of an address of a reply. It may have "location". ${own}`,
      ],
      [
        send({ reply: { mesages: [] } }),
        `reply): "mesages" is not a member of a reply. Did you mean "messages"? ${own}`,
      ],
      [
        send({ traits: [{ bindings: { ws: { query: {} } } }] }),
        'bindings/ws): "query" is not a member of a ws binding that is not of a channel in AsyncAPI 3: write it in the bindings of the channel.',
      ],
      [
        three3({ address: '/{z}', parameters: { z: { enmu: ['a'] } } }),
        `parameters/z): "enmu" is not a member of a parameter. Did you mean "enum"? ${own}`,
      ],
      [
        three3({ address: '/{z}', parameters: { z: { schema: text } } }),
        '"schema" is not a member of a parameter in AsyncAPI 3: a parameter is a text, with "enum", "default" and "examples".',
      ],
      [
        three3({ address: '/{roomId}', parameters: { roomID: {} } }),
        '(#/channels/a): its address "/{roomId}" has {roomId}, which is not one of its "parameters". Did you mean "roomID"?',
      ],
      [
        two({}, { channels: { '/{a}': {} } }),
        '(#/channels/~1{a}): its address "/{a}" has {a}, which is not one of its "parameters". Write it there, if only as a: {}.',
      ],
      [
        three3({ address: '/b', parameters: { room: {} } }),
        '(#/channels/a/parameters/room): the address "/b" of its channel has no {room}.',
      ],
      [
        three3({ address: '/c?room={z}' }),
        '(#/channels/a): its address "/c?room={z}" has a query or a fragment: write the query in the "query" of its ws binding, ' +
          'and a character that is meant percent-encoded.',
      ],
      [ws({ qeury: {} }), `ws): "qeury" is not a member of the ws binding of a channel. Did you mean "query"? ${own}`],
      [
        ws({ header: {} }),
        `ws): "header" is not a member of the ws binding of a channel. Did you mean "headers"? ${own}`,
      ],
      [
        three3({ bindings: { WS: {} } }),
        `(#/channels/a/bindings): "WS" is not a member of the bindings. Did you mean "ws"? ${own}`,
      ],
      [
        saying({ correlationId: { location: 'payload.id' } }),
        'correlationId): its "location" must be such as "$message.payload#/id", and is "payload.id".',
      ],
      [
        saying({ correlationId: {} }),
        'correlationId): its "location" must be such as "$message.payload#/id", and is missing.',
      ],
      [
        saying({ payload: { schema: text } }),
        'payload): it has a "schema", but no "schemaFormat": write the schema itself as the payload.',
      ],
      [
        saying({ payload: { schemaFormat: 'application/schema+json' } }),
        'payload): it has a "schemaFormat", but no "schema".',
      ],
      [
        saying({ payload: { schemaFormat: 'application/schema+json', shema: text } }),
        `payload): "shema" is not a member of a payload with a schemaFormat. Did you mean "schema"? ${own}`,
      ],
      [
        inFormat('application/schema+json;version=draft-7'),
        'payload/schemaFormat): its "schemaFormat" "application/schema+json;version=draft-7" names no draft of JSON Schema that ' +
          'is read: there is 2020-12, 2019-09, draft-07, draft-06.',
      ],
      [
        inFormat('application/schema+jsn;version=draft-07'),
        'its "schemaFormat" "application/schema+jsn;version=draft-07" is not known. Did you mean "application/schema+json"?',
      ],
      [
        inFormat('application/schema+json;verison=draft-07'),
        'has something other than a version behind application/schema+json: write "application/schema+json;version=…".',
      ],
      [
        inFormat('application/vnd.aai.asyncap;version=3.0.0'),
        'is not known. Did you mean "application/vnd.aai.asyncapi"?',
      ],
      [
        inFormat('application/vnd.aai.asyncapi;version=latest'),
        'names no version of AsyncAPI that is read: write "application/vnd.aai.asyncapi;version=3.0.0".',
      ],
      [
        saying({ schemaFormat: 'application/json' }),
        '(#/channels/a/messages/m/schemaFormat): its "schemaFormat" "application/json" is not known: leave it out for ' +
          'JSON Schema, or name one of application/vnd.aai.asyncapi, application/vnd.aai.asyncapi+json, ' +
          'application/vnd.aai.asyncapi+yaml, application/schema+json, application/schema+yaml, application/vnd.apache.avro, ' +
          'application/vnd.apache.avro+json, application/vnd.apache.avro+yaml, application/vnd.oai.openapi, ' +
          'application/vnd.oai.openapi+json, application/vnd.oai.openapi+yaml, application/raml+yaml, application/vnd.google.protobuf.',
      ],
    ] as [object, string][]) {
      it(message, async () => {
        const told = await failureMessage(() => contractOf(document))
        expect(told.endsWith(message), told).to.equal(true)
      })
    }

    it('but for members of their writers', () => {
      const contract = contractOf(three3({ 'x-own': 1, address: '/{x-id}', parameters: { 'x-id': {} } }))
      expect(contract.model.channels).to.have.length(1)
    })

    it('by line and column where they do not parse', async () => {
      expect(await failureMessage(() => contractOf('{\n  "a" 5 }'))).to.match(
        /^asyncapi\.json:2:7: The document "asyncapi\.json" is not valid JSON: .* position 8/,
      )
      const yaml = (content: string) => readContract('a.yaml', readerOf({ 'a.yaml': content }))
      expect(await failureMessage(() => yaml('a:\n  b: [1\nc: 5'))).to.match(
        /^a\.yaml:3:1: In the document "a\.yaml": It is not valid YAML: /,
      )
      expect(await failureMessage(() => yaml('asyncapi: 3.0.0\nchannels:\n  a: &a\n    address: 5\n'))).to.equal(
        'a.yaml:4:5 (#/channels/a/address): "address" must be a text, and is 5.',
      )
    })

    it('where a document that they need is none', async () => {
      const document = chatDocument({ a: { $ref: 'parts.json' } })
      expect(await failureMessage(() => contractOf(document, { 'parts.json': '{' }))).to.match(
        /^asyncapi\.json:11:9 \(#\/channels\/chat\/messages\/a\): the "\$ref" "parts\.json" cannot be followed\. parts\.json(?::1:2)?: The document "parts\.json" is not valid JSON: /,
      )
      expect(
        await failureMessage(() =>
          contractOf(chatDocument({ a: { payload: { properties: { b: { $ref: '#/x' } } } } })),
        ),
      ).to.equal('The schema "asyncapi.json" has nothing at #/x. There is asyncapi, info, channels, operations.')
      expect(
        await failureMessage(() =>
          contractOf(chatDocument({ a: { payload: { properties: { b: { $ref: 'b.json' } } } } })),
        ),
      ).to.equal('There is no file "b.json".')
    })

    it('where a part of one is named', async () => {
      const read = readerOf({ 'a.json': {}, 'http://localhost/a.json': {} })
      expect(await failureMessage(() => readContract('http://localhost/a.json#/x', read))).to.equal(
        '"http://localhost/a.json#/x" names a part of a document: a contract is a whole one, without #.',
      )
      expect(await failureMessage(() => readContract('http://[', read))).to.equal(
        '"http://[" is not a valid address of an AsyncAPI document.',
      )
    })

    it('where there are too many', async () => {
      const names = Array.from({ length: 120 }, (_, at) => `m${at}`)
      const messages = Object.fromEntries(names.map((name) => [name, { $ref: `${name}.json` }]))
      const files = Object.fromEntries(names.map((name) => [`${name}.json`, { name }]))
      expect(await failureMessage(() => contractOf(chatDocument(messages), files))).to.match(
        /the "\$ref" "m\d+\.json" cannot be followed\. The document "m\d+\.json" has not been read: a contract has at most 100 of them/,
      )
    })
  })

  it('are read from addresses that differ in their query alone', () => {
    const at = (name: string) => `http://localhost/schemas?name=${name}`
    const contract = readContract(
      'http://localhost/api',
      readerOf({
        'http://localhost/api': JSON.stringify(chatDocument({ a: { payload: { $ref: 'schemas?name=order' } } })),
        [at('order')]: JSON.stringify({ properties: { items: { $ref: 'schemas?name=a/../items' } } }),
        [at('a/../items')]: JSON.stringify({ items: { $ref: '?name=item' } }),
        [at('item')]: JSON.stringify({ type: 'number' }),
      }),
    )
    const verdicts = [[1], ['1']].map((items) => contract.validate(exchanged({ items })).verdict)
    expect(verdicts).to.deep.equal(['valid', 'wrong'])
  })

  it('have a name for each message of a channel without operations', () => {
    const named = (member: string) => ({ name: 'Event', payload: { required: [member] } })
    const contract = contractOf(chatDocument({ opened: named('opened'), closed: named('closed') }))
    const messages = [{ opened: 1 }, { closed: 1 }].map((message) => contract.validate(exchanged(message)).message)
    expect(messages).to.deep.equal(['Event', 'closed'])
    expect(contract.model.channels[0]?.others?.map(({ name }) => name)).to.deep.equal(messages)
  })

  it('are read once, though they refer to one another and by "$id"', () => {
    const asked: string[] = []
    const files = readerOf({
      'a.json': { ...chatDocument({ a: { $ref: 'b.json#/m' } }, { hear: operation('send', ['a']) }) },
      'b.json': {
        m: { payload: { properties: { x: { $ref: 'parts/c.json' }, y: { $ref: 'b.json#/y' } } } },
        y: { $id: 'parts/y.json', properties: { z: { $ref: 'c.json' } } },
        text,
        other: { $id: 'http://[', $ref: 'http://[' },
      },
      'parts/c.json': { $ref: '../b.json#/text', definitions: {} },
    })
    const reading = beginContract('a.json')
    let step = continueContract(reading, 'a.json')
    while (!step.done) {
      const path = step.value
      asked.push(path)
      step = continueContract(reading, 'a.json', () => files(path))
    }
    expect(asked).to.deep.equal(['a.json', 'b.json', 'parts/c.json'])
  })

  // The places to which references without an address lead (JSON Schema 2020-12, Core, section 8.2.1).
  const number = { type: 'number' }
  const [$defs, definitions] = [{ D0: text, 'a/b~c': text }, { D0: text }]
  for (const [where, format, schema] of [
    ['beside the reference', '2020-12', { $id: 'http://x/a', $ref: '#/$defs/D0', $defs }],
    ['beside the reference, with a name to escape', '2020-12', { $id: 'http://x/a', $ref: '#/$defs/a~1b~0c', $defs }],
    [
      'by way of others',
      '2019-09',
      { $id: 'http://x/a', $ref: '#/$defs/D1', $defs: { ...$defs, D1: { $ref: '#/$defs/D0' } } },
    ],
    ['around the reference', 'draft-07', { $id: 'http://x/a', allOf: [{ $ref: '#/definitions/D0' }], definitions }],
    [
      'deeper',
      '2020-12',
      { $defs: { D0: number }, allOf: [{ $id: 'http://x/a', allOf: [{ $ref: '#/$defs/D0' }], $defs }] },
    ],
  ] as const) {
    it(`stand in the schema that has an "$id": ${where}`, () => {
      const payload = { schemaFormat: `application/schema+json;version=${format}`, schema }
      const contract = contractOf(chatDocument({ a: { payload } }, { hear: operation('send', ['a']) }))
      const verdicts = ['"x"', '{}'].map((content) => contract.validate(exchanged(content)).verdict)
      expect(verdicts).to.deep.equal(['valid', 'wrong'])
    })
  }

  it('stand in the document, where an "$id" stands beside a reference of an older draft, or is an anchor', () => {
    for (const $id of ['http://x/a', '#a']) {
      const payload = { $id, $ref: '#/components/schemas/text' }
      const contract = contractOf(chatDocument({ a: { payload } }, {}, { components: { schemas: { text } } }))
      const verdicts = ['"x"', '{}'].map((content) => contract.validate(exchanged(content)).verdict)
      expect(verdicts).to.deep.equal(['valid', 'wrong'])
    }
  })

  it('stand nowhere', async () => {
    const payload = { $id: 'http://x/a', $ref: '#/$defs/D1', $defs }
    const message = await failureMessage(() => contractOf(chatDocument({ a: { payload } })))
    expect(message).to.match(/the "\$ref" "#\/\$defs\/D1" leads to nothing\. Did you mean "D0"\?$/)
  })

  it('lie in outer folders', () => {
    const messages = { a: { payload: { $ref: 'parts.json#/text' } } }
    const files = { '../docs/a.json': chatDocument(messages), '../docs/parts.json': { text } }
    const contract = readContract('../docs/a.json', readerOf(files))
    expect(['"x"', '{}'].map((content) => contract.validate(exchanged(content)).verdict)).to.deep.equal([
      'valid',
      'wrong',
    ])
  })

  it('that take too long to be read are given up', async () => {
    const reading = beginContract('a.json')
    continueContract(reading, 'a.json')
    const endless = () => {
      for (;;);
    }
    expect(await failureMessage(() => continueContract(reading, 'a.json', endless as never))).to.equal(
      'The AsyncAPI document "a.json" takes too long to be read: divide it, or write it as JSON.',
    )
  }).timeout(20_000)
})
