import { expect } from 'chai'
import { chatDocument, contractOf, exchanged, operation, readerOf } from '../../test/support/contracts'
import { failureMessage } from '../../test/support/failures'
import { renewBudget } from '../evaluation-limit'
import { Message } from '../inbox/message'
import { beginContract, type Contract, continueContract, readContract } from './contract'
import type { ExchangedMessage } from './message-validator'

/** A message whose `type` says which it is. */
const typed = (type: string, properties: object = {}, required: readonly string[] = []) => ({
  payload: { type: 'object', required: ['type', ...required], properties: { type: { const: type }, ...properties } },
})

const text = { type: 'string' }
const MESSAGES = {
  say: typed('say', { text, volume: { type: 'integer' } }, ['text']),
  said: typed('said', { text, by: text }, ['text', 'by']),
  left: typed('left', { by: text }),
}
const CHAT = chatDocument(MESSAGES, {
  speak: operation('receive', ['say']),
  hear: operation('send', ['said', 'left']),
})

const DRAFT = 'https://json-schema.org/draft/2020-12/schema'

describe('Contracts', () => {
  beforeEach(renewBudget)

  it('validate once what is said again, by whom and how else decide', () => {
    const contract = contractOf(CHAT)
    const say = exchanged({ type: 'say', text: 'Hi' }, { sender: 'client' })
    const first = contract.validate(say)
    expect(contract.validate(say)).to.equal(first)
    expect(contract.validate({ ...say, sender: 'server' }).verdict).to.equal('wrong')
    expect(contract.validate({ ...say, details: { event: 'left' } })).not.to.equal(first)
    expect(contract.validate({ ...say, details: { problem: 'torn' } }).complaint).to.contain('torn')
    const wrong = exchanged({ type: 'say' }, { sender: 'client' })
    expect(contract.validate(wrong)).not.to.equal(contract.validate(wrong))
    const long = exchanged({ type: 'say', text: 'Hi'.repeat(500) }, { sender: 'client' })
    expect(contract.validate(long)).not.to.equal(contract.validate(long))
    for (let number = 0; number < 1000; number++)
      contract.validate(exchanged({ type: 'say', text: `${number}` }, { sender: 'client' }))
    expect(contract.validate(say)).not.to.equal(first)
  })

  it('find the message among many that only a member of a member tells apart', () => {
    const kinds = Array.from({ length: 300 }, (_, at) => `kind${at}`)
    const messages = kinds.map((kind) => {
      const head = { type: 'object', required: ['kind'], properties: { kind: { const: kind } } }
      return [kind, { payload: { type: 'object', required: ['head'], properties: { head } } }] as const
    })
    const contract = contractOf(chatDocument(Object.fromEntries(messages), { hear: operation('send', kinds) }))
    const result = (kind: string) => contract.validate(exchanged({ head: { kind } }))
    expect([result('kind1').message, result('kind299').message]).to.deep.equal(['kind1', 'kind299'])
    expect(result('kind300').verdict).to.equal('wrong')
  })

  it('read the schemas of a document in the draft that it names, and no other one within it', async () => {
    const C = { $anchor: 'c', const: 'a' }
    const bundle = { $schema: DRAFT, $defs: { A: { $ref: '#/$defs/B', minLength: 3 }, B: { type: 'string' }, C } }
    const documents = (payload: object) =>
      contractOf(chatDocument({ a: { payload } }, { hear: operation('send', ['a']) }), { 'b.json': bundle })
    const verdicts = (contract: Contract) =>
      ['"abc"', '"a"'].map((content) => contract.validate(exchanged(content)).verdict)
    expect(verdicts(documents({ $ref: 'b.json#/$defs/A' }))).to.deep.equal(['valid', 'wrong'])
    expect(verdicts(documents({ $ref: 'b.json#c' }))).to.deep.equal(['wrong', 'valid'])
    expect(
      verdicts(documents({ $ref: '#a', definitions: { a: { $id: '#a', type: 'string', minLength: 2 } } })),
    ).to.deep.equal([...['valid', 'wrong']])
    expect(await failureMessage(() => verdicts(documents({ items: { $schema: DRAFT } })))).to.contain(
      `a schema of draft-07 cannot have one of "${DRAFT}" in it. Write that one into a file of its own`,
    )
  })

  const validate = (contract: Contract, content: unknown, more: Partial<ExchangedMessage> = {}) => {
    const { verdict, message, complaint } = contract.validate(exchanged(content, more))
    return [verdict, message, complaint]
  }

  describe('catch lies of a server', () => {
    const chat = contractOf(CHAT)

    for (const [lie, content, verdict, message, complaint] of [
      ['none', { type: 'said', text: 'Hi', by: 'Ann' }, 'valid', 'said', undefined],
      [
        'a member that it drops',
        { type: 'said', text: 'Hi' },
        'wrong',
        'said',
        'it is not a valid "said" as the channel "chat" of "asyncapi.json" has it: /by is missing',
      ],
      [
        'a type that it changes',
        { type: 'said', text: 5, by: 'Ann' },
        'wrong',
        'said',
        'it is not a valid "said" as the channel "chat" of "asyncapi.json" has it: /text must be string, and is 5',
      ],
      [
        'an event that is unknown',
        { type: 'sayd', text: 'Hi' },
        'undocumented',
        undefined,
        'no message that the server sends has the "type" "sayd" in the channel "chat" of "asyncapi.json". Did you mean "said"?',
      ],
      [
        'an event that is a list',
        { type: ['said'] },
        'undocumented',
        undefined,
        'no message that the server sends has the "type" a list or an object in the channel "chat" of "asyncapi.json". There ' +
          'is "said", "left".',
      ],
      [
        'the other direction',
        { type: 'say', text: 'Hi' },
        'wrong',
        'say',
        '"say" goes the other way in the channel "chat" of "asyncapi.json": clients send it, not the server. If the document ' +
          "is written for the client, say so in the settings: asyncapi: { document: …, view: 'client' }",
      ],
      [
        'the other direction, and a wrong type',
        { type: 'say', text: 5 },
        'wrong',
        'say',
        '"say" goes the other way in the channel "chat" of "asyncapi.json": clients send it, not the server. If the document ' +
          "is written for the client, say so in the settings: asyncapi: { document: …, view: 'client' }",
      ],
      [
        'a text in the place of JSON',
        'Hi',
        'wrong',
        'said',
        'it is not a valid "said" as the channel "chat" of "asyncapi.json" has it: it must be JSON, and is the text "Hi"',
      ],
      [
        'a list in the place of an object',
        [1],
        'wrong',
        'said',
        'it is not a valid "said" as the channel "chat" of "asyncapi.json" has it: it must be object, and is [1]',
      ],
      [
        'bytes in the place of JSON',
        Buffer.from([255]),
        'wrong',
        'said',
        'it is not a valid "said" as the channel "chat" of "asyncapi.json" has it: it must be JSON, and is binary',
      ],
      [
        'nothing that tells which message it is',
        { by: 'Ann', text: 'Hi' },
        'wrong',
        'said',
        'it is not a valid "said" as the channel "chat" of "asyncapi.json" has it: /type is missing',
      ],
    ] as const) {
      it(lie, () => expect(validate(chat, content)).to.deep.equal([verdict, message, complaint]))
    }

    it('a member twice', () => {
      const [verdict, , complaint] = validate(chat, '{"type":"said","text":"a","text":"b","by":"c"}')
      expect([verdict, complaint]).to.deep.equal([
        'wrong',
        'The message {"type":"said","text":"a","text":"b","by":"c"} has the member "text" twice, and which of them counts is ' +
          'not defined (RFC 8259, section 4): the server should send it once. To expect it as it is, expect its text: a ' +
          'message containing "…"',
      ])
    })

    it('a frame that the protocol cannot read', () => {
      expect(validate(chat, 'x', { details: { problem: 'no JSON' } })).to.deep.equal([
        ...['wrong', undefined, 'its frame cannot be read: no JSON'],
      ])
    })

    it('an address that is in no channel', () => {
      expect(chat.validate(exchanged({}, { url: 'ws://localhost/caht' }))).to.deep.equal({
        ...{ verdict: 'undocumented', channel: undefined, operation: undefined, message: undefined, others: [] },
        ...{ parts: [], correlation: undefined },
        complaint: 'The address "/caht" is in no channel of "asyncapi.json". Did you mean "/chat"?',
      })
    })

    it('and what clients send wrongly', () => {
      expect(validate(chat, { type: 'say', text: 'Hi', volume: 1.5 }, { sender: 'client' })).to.deep.equal([
        ...['wrong', 'say'],
        'it is not a valid "say" as the channel "chat" of "asyncapi.json" has it: /volume must be integer, and is 1.5',
      ])
      expect(validate(chat, { type: 'left' }, { sender: 'client' })[2]).to.match(
        /^"left" goes the other way in the channel "chat" of "asyncapi.json": the server sends it, not clients\./,
      )
    })
  })

  it('are of the client where the settings say so', () => {
    const chat = contractOf(CHAT, {}, { view: 'client' })
    expect(validate(chat, { type: 'say', text: 'Hi' })).to.deep.equal(['valid', 'say', undefined])
  })

  it('have nothing where nothing is documented for a sender', () => {
    const chat = contractOf(chatDocument(MESSAGES, { speak: operation('receive', ['say', 'said', 'left']) }))
    expect(validate(chat, { text: 'Hi' })).to.deep.equal([
      ...['undocumented', undefined, 'nothing that the server sends is in the channel "chat" of "asyncapi.json"'],
    ])
    const silent = contractOf(chatDocument({}, { hear: operation('send', []) }))
    expect(validate(silent, {})[2]).to.equal(
      'nothing that the server sends is in the channel "chat" of "asyncapi.json"',
    )
  })

  it('accept from both what a channel without operations has', () => {
    const chat = contractOf(chatDocument(MESSAGES))
    const {
      verdict,
      operation: none,
      message,
      channel,
    } = chat.validate(exchanged({ type: 'left' }, { sender: 'client' }))
    expect([verdict, none, message, channel]).to.deep.equal(['valid', undefined, 'left', 'chat'])
  })

  it('accept from nobody what none of the operations has', () => {
    const chat = contractOf(chatDocument(MESSAGES, { speak: operation('receive', ['say']) }))
    for (const sender of ['client', 'server'] as const) {
      expect(validate(chat, { type: 'left', by: 'Ann' }, { sender })).to.deep.equal([
        ...['undocumented', undefined],
        '"left" is in no operation of the channel "chat" of "asyncapi.json", so that nobody sends it',
      ])
    }
    expect(chat.messageNamed('left').problem).to.equal(
      '"left" is in no operation, as "asyncapi.json" has it, so that nobody receives it. The server sends nothing.',
    )
  })

  describe('of messages that nothing tells apart', () => {
    const number = { payload: { type: 'object', properties: { n: { type: 'number' } } } }
    const name = { payload: { type: 'object', properties: { name: text, size: { type: 'number' } } } }
    const chat = contractOf(chatDocument({ number, name }, { hear: operation('send', ['number', 'name']) }))

    it('accept one that fits any of them', () => {
      expect(validate(chat, { n: 1 })).to.deep.equal(['valid', 'number', undefined])
      expect(validate(chat, { name: 'Ann' })).to.deep.equal(['valid', 'name', undefined])
    })

    it('name the one that is the nearest', () => {
      expect(validate(chat, { name: 1, size: 2 })).to.deep.equal(['valid', 'number', undefined])
      const strict = { payload: { ...number.payload, additionalProperties: false } }
      const both = contractOf(chatDocument({ strict, name }, { hear: operation('send', ['strict', 'name']) }))
      expect(validate(both, { name: 1, size: 2 })).to.deep.equal([
        ...['wrong', 'name'],
        'it is not a valid "name" as the channel "chat" of "asyncapi.json" has it: /name must be string, and is 1',
      ])
      expect(validate(both, { size: 'x', other: 1 })[1]).to.equal('name')
    })
  })

  it('count a message that has no constant as one that it fits, the first of those that are as like it', () => {
    const loose = (type: string, required: string) => ({
      payload: { type: 'object', required: [required], properties: { type: { const: type }, [required]: text } },
    })
    const messages = { a: loose('a', 'x'), b: loose('b', 'y'), c: loose('c', 'y') }
    const chat = contractOf(chatDocument(messages, { hear: operation('send', ['a', 'b', 'c']) }))
    for (const [json, message] of [
      [{ x: '' }, 'a'],
      [{ y: '' }, 'b'],
      [{ y: '', type: 'c' }, 'c'],
    ] as const)
      expect(chat.validate(exchanged(json))).to.include({ verdict: 'valid', message, operation: 'hear' })
  })

  it('validate the parameters of a topic that is an address', () => {
    const said = { payload: { required: ['text'] } }
    const parameters = { id: { enum: ['lobby', 'attic'] } }
    const channels = { chat: { address: 'rooms/{id}', parameters, messages: { said } } }
    const rooms = contractOf(chatDocument({}, { hear: operation('send', ['said']) }, { channels }))
    for (const [topic, verdict, isTaken] of [
      ['rooms/lobby', 'valid', true],
      ['rooms/cellar', 'undocumented', false],
    ] as const) {
      const content = new Message(1, 0, '{"text":"Hello"}', 'Rob', 'ws://server/', { topic })
      const { verdict: actual, complaint } = rooms.validate(exchanged('', { content }))
      expect(actual).to.equal(verdict)
      expect(complaint).to.equal(
        isTaken
          ? undefined
          : 'The parameter "id" of the channel "chat" is "cellar": it must be one of "lobby", "attic".',
      )
      expect(rooms.messageNamed('said').matcher.accepts(content)).to.equal(isTaken)
    }
  })

  it('count what is wrong, as what is right, in each operation that has the message', () => {
    const said = { payload: { required: ['text'], properties: { text } } }
    const operations = { hear: operation('send', ['said']), echo: operation('send', ['said']) }
    const chat = contractOf(chatDocument({ said }, operations))
    for (const json of [{ text: 'Hello' }, { text: 1 }])
      expect(chat.validate(exchanged(json)), JSON.stringify(json)).to.deep.include({
        operation: 'hear',
        others: [{ channel: 'chat', operation: 'echo', message: 'said' }],
      })
    expect(chat.validate({ ...exchanged({ text: 'Hello' }), sender: 'client' }).others).to.deep.equal([
      { channel: 'chat', operation: 'echo', message: 'said' },
    ])
  })

  it('take a value that one message lists among others for that message, too', () => {
    const listed = (rule: object) => ({ payload: { required: ['t'], properties: { t: rule, a: { type: 'null' } } } })
    const one = { payload: { required: ['t'], properties: { t: { const: 'x' }, a: text } } }
    for (const rule of [{ enum: ['x', 'x2'] }, { allOf: [{ type: 'string' }, { enum: ['x', 'x2'] }] }]) {
      const chat = contractOf(chatDocument({ one, both: listed(rule) }, { hear: operation('send', ['one', 'both']) }))
      const of = (t: unknown, a: unknown) => validate(chat, { t, a }).slice(0, 2)
      expect([of('x', 'A'), of('x', null), of('x2', null)]).to.deep.equal([
        ['valid', 'one'],
        ['valid', 'both'],
        ['valid', 'both'],
      ])
      expect([of('x', 5)[0], of('x2', 'A'), of('y', null)]).to.deep.equal([
        'wrong',
        ['wrong', 'both'],
        ['undocumented', undefined],
      ])
    }
    const branches = { payload: { oneOf: [listed({ const: 'x' }).payload, listed({ enum: ['x3', {}] }).payload] } }
    const base = { allOf: [listed({ enum: ['x', 'y'] }).payload, { properties: { t: { const: 'y' } } }] }
    const chat = contractOf(
      chatDocument(
        { one, branches, base: { payload: base } },
        { hear: operation('send', ['one', 'branches', 'base']) },
      ),
    )
    expect([validate(chat, { t: 'x', a: null })[1], validate(chat, { t: 'x3', a: null })[1]]).to.deep.equal([
      ...['branches', 'branches'],
    ])
    expect([validate(chat, { t: {}, a: null })[1], validate(chat, { t: 'y', a: null })[1]]).to.deep.equal([
      'branches',
      'base',
    ])
  })

  it('take a text without quotes as it is, and one in quotes as what JSON has in them', () => {
    const of = (schema: object, content: string) =>
      validate(contractOf(chatDocument({ m: { payload: schema } }, { hear: operation('send', ['m']) })), content)[0]
    const long = { type: 'string', minLength: 3 }
    expect(['abc', '"abc"', '"a"', '123', ' "a" '].map((content) => of(long, content))).to.deep.equal([
      ...['valid', 'valid', 'wrong', 'valid', 'wrong'],
    ])
    expect(of({ type: 'string', pattern: '^"' }, '"a"')).to.equal('wrong')
  })

  it('compare numbers exactly, and tell messages apart by others alone', () => {
    const number = (n: string) => `{"payload":{"type":"object","required":["n"],"properties":{"n":{"const":${n}}}}}`
    const document = JSON.stringify(chatDocument({ a: 'A', b: 'B' }, { hear: operation('send', ['a', 'b']) }))
    const chat = contractOf(document.replace('"A"', number('1e400')).replace('"B"', number('1')))
    const of = (content: string) => chat.validate(exchanged(content)).message
    expect([of('{"n":1e400}'), of('{"n":1.0}'), of('{"n":1.00000000000000000000}')]).to.deep.equal(['a', 'b', 'b'])
    expect(chat.validate(exchanged('{"n":1e400}')).verdict).to.equal('valid')
    expect(chat.validate(exchanged('{"n":1e401}')).verdict).to.equal('undocumented')
  })

  it('validate large numbers exactly', () => {
    const id = { type: 'integer' }
    const chat = contractOf(
      chatDocument(
        { one: typed('one', { id }), many: typed('many', { ids: { uniqueItems: true, items: id } }) },
        { hear: operation('send', ['one', 'many']) },
      ),
    )
    const of = (content: string) => chat.validate(exchanged(content)).verdict
    expect([of('{"type":"one","id":9007199254740993}'), of('{"type":"many","ids":[9007199254740993]}')]).to.deep.equal([
      ...['valid', 'valid'],
    ])
    expect(
      validate(chat, '{"type":"many","ids":[9007199254740993,9007199254740992,9007199254740993.0]}')[2],
    ).to.contain('/ids must NOT have duplicate items, and is [9007199254740993,9007199254740992,9007199254740993.0]')
    const big = contractOf(
      chatDocument(
        { one: typed('one', { id: text }), two: typed('two', { id: { const: 2 ** 53 } }) },
        { hear: operation('send', ['one', 'two']) },
      ),
    )
    expect(validate(big, '{"type":"one","id":9007199254740993}')).to.deep.equal([
      ...['wrong', 'one'],
      'it is not a valid "one" as the channel "chat" of "asyncapi.json" has it: /id must be string, and is 9007199254740993',
    ])
    expect(validate(big, '{"type":"two","id":9007199254740993}')[2]).to.match(
      /\/id must be 9007199254740992, and is 9007199254740993$/,
    )
    expect(validate(big, '{"type":"two","id":9007199254740992}')[0]).to.equal('valid')
    expect(validate(big, '{"type":"none","id":9007199254740993}')[0]).to.equal('undocumented')
  })

  it('validate numbers that are too large or too small for JavaScript', () => {
    const chat = contractOf(
      chatDocument(
        { one: typed('one', { id: { type: 'integer' }, sevens: { multipleOf: 7 } }) },
        { hear: operation('send', ['one']) },
      ),
    )
    const of = (member: string) => chat.validate(exchanged(`{"type":"one",${member}}`)).verdict
    for (const number of ['1e-330', '2e-324', '1.5e-400', '-1e-999999999'])
      expect(of(`"id":${number}`), number).to.equal('wrong')
    expect([of('"sevens":1e5000'), of('"sevens":1e999999999'), of('"sevens":7e999999999')]).to.deep.equal([
      ...['wrong', 'wrong', 'valid'],
    ])
  })

  it('compare numbers that the document has, and JavaScript cannot hold', () => {
    const limited = `{"payload":{"type":"object","properties":{"t":{"type":"string"},"n":{"oneOf":[{"maximum":9223372036854775807},{"type":"string"}]}}}}`
    const document = JSON.stringify(chatDocument({ a: 'A' }, { hear: operation('send', ['a']) })).replace(
      '"A"',
      limited,
    )
    const chat = contractOf(document)
    expect(validate(chat, '{"n":9223372036854775808}')[0]).to.equal('wrong')
    expect(validate(chat, '{"n":9223372036854775807}')[0]).to.equal('valid')
    expect(validate(chat, '{"t":1,"n":9223372036854775808}')[0]).to.equal('wrong')
    const parts = '{"payload":{"anyOf":[{"title":"A","maximum":9223372036854775807},{"title":"B","type":"number"}]}}'
    const anyOf = contractOf(document.replace(limited, parts))
    expect(anyOf.validate(exchanged('9223372036854775808'))).to.deep.include({ verdict: 'valid', parts: ['$: B'] })
    const { matcher } = chat.messageNamed('a')
    expect(matcher.compare(exchanged('{"n":9223372036854775808}').content).expected).to.equal(
      'an "a": /n must match exactly one schema in oneOf, and is 9223372036854775808',
    )
  })

  for (const [constant, other] of [
    ['9007199254740993', '9007199254740993.0'],
    ['0.12345678901234567890123', '0.123456789012345678901230'],
    ['1e400', '10e399'],
  ] as const) {
    it(`tell messages apart by a constant that JavaScript cannot hold: ${constant}`, () => {
      const told = `{"payload":{"type":"object","required":["kind","price"],"properties":{"kind":{"const":${constant}},"price":{"type":"number"}}}}`
      const open = { payload: { type: 'object', properties: { kind: { type: 'number' } } } }
      const document = JSON.stringify(chatDocument({ T: 'T', G: open }, { hear: operation('send', ['T', 'G']) }))
      const chat = contractOf(document.replace('"T":"T"', `"T":${told}`))
      for (const spelling of [constant, other]) {
        expect(validate(chat, `{"kind":${spelling},"price":1}`).slice(0, 2)).to.deep.equal(['valid', 'T'])
        expect(validate(chat, `{"kind":${spelling},"price":"x"}`).slice(0, 2)).to.deep.equal(['wrong', 'T'])
      }
      expect(validate(chat, '{"kind":9007199254740994}').slice(0, 2)).to.deep.equal(['valid', 'G'])
    })
  }

  it('tell the message that is meant where one of its constants is wrong', () => {
    const of = (members: object, more: object = {}) => ({
      payload: { type: 'object', required: Object.keys(members), properties: members, ...more },
    })
    const [A, B] = [
      of({ type: { const: 'a' } }, { additionalProperties: false }),
      of({ v: { const: 1 }, type: { const: 'b' } }),
    ]
    const open = { payload: { type: 'object', properties: { n: {}, v: {} } } }
    const chat = (messages: Record<string, object>, open?: object) =>
      contractOf(
        chatDocument(
          { ...messages, ...(open && { open }) },
          { hear: operation('send', Object.keys(messages)), ...(open && { speak: operation('receive', ['open']) }) },
        ),
      )
    const wrong = '{"type":"b","v":2}'
    for (const one of [chat({ A, B }), chat({ A, B }, open)])
      expect(validate(one, wrong)).to.deep.equal([
        ...['wrong', 'B'],
        'it is not a valid "B" as the channel "chat" of "asyncapi.json" has it: /v must be 1, and is 2',
      ])
    expect(validate(chat({ A, B }, open), '{"type":"a","n":1}')[2]).to.match(/it must not have "n"$/)
    const versioned = chat({
      A: of({ version: { const: 1 }, type: { const: 'a' } }),
      B: of({ version: { const: 1 }, type: { const: 'b' } }),
    })
    expect(validate(versioned, '{"version":1,"type":"x"}')[2]).to.contain('has the "type" "x"')
    expect(validate(versioned, '{"version":2,"type":"b"}')[2]).to.match(/\/version must be 1, and is 2$/)
  })

  it('tell a message of the other side where nothing else tells it', () => {
    const one = { payload: { type: 'object', required: ['a'], properties: { a: text } } }
    const other = { payload: { type: 'object', required: ['b'], properties: { b: text } } }
    const chat = contractOf(
      chatDocument({ one, other }, { speak: operation('receive', ['one']), hear: operation('send', ['other']) }),
    )
    expect(validate(chat, { a: 'x' })[2]).to.match(/^"one" goes the other way/)
    expect(validate(chat, { a: 1 })[1]).to.equal('other')
  })

  it('prefer the own side where both have an event of a name', () => {
    const chat = contractOf(
      chatDocument(
        { asked: typed('time', { zone: text }, ['zone']), told: typed('time', { at: text }, ['at']) },
        { speak: operation('receive', ['asked']), hear: operation('send', ['told']) },
      ),
    )
    expect(validate(chat, { type: 'time', at: 1 })[1]).to.equal('told')
    expect(validate(chat, { type: 'time', zone: 'UTC' })[2]).to.match(/^"asked" goes the other way/)
  })

  describe('under a protocol', () => {
    const chat = contractOf({
      ...chatDocument(
        { said: { payload: { type: 'object', properties: { text } } }, Tidings: typed('news') },
        { hear: operation('send', ['said', 'Tidings']) },
      ),
    })
    const validateEvent = (content: unknown, event: string) => validate(chat, content, { details: { event } })

    it('find messages by their events', () => {
      expect(validateEvent({ text: 'Hi' }, 'said')).to.deep.equal(['valid', 'said', undefined])
      expect(validateEvent({ text: 1 }, 'SAID')[0]).to.equal('wrong')
      expect(validateEvent({ type: 'news' }, 'news')).to.deep.equal(['valid', 'Tidings', undefined])
    })

    it('find by their content those of an event that says nothing', () => {
      expect(validateEvent({ type: 'news' }, 'message')).to.deep.equal(['valid', 'Tidings', undefined])
    })

    it('know no other event', () => {
      expect(validateEvent({ text: 'Hi' }, 'siad')).to.deep.equal([
        ...['undocumented', undefined],
        'no message that the server sends is named "siad" in the channel "chat" of "asyncapi.json". Did you mean "said"?',
      ])
    })

    it('take the details of a message itself', () => {
      const content = new Message(1, 0, '{"text":"Hi"}', '', '', { event: 'said' })
      expect(chat.validate({ sender: 'server', url: 'ws://localhost/chat', content }).message).to.equal('said')
      const bare = { text: '{}', json: {}, bytes: undefined }
      expect(chat.validate({ sender: 'server', url: 'ws://localhost/chat', content: bare }).verdict).to.equal('valid')
      expect(chat.validate({ sender: 'server', url: 'ws://localhost/other', content: bare }).verdict).to.equal(
        'undocumented',
      )
    })
  })

  describe('have channels by their addresses', () => {
    const channel = (address: string | null | undefined, name: string, more: object = {}) => ({
      ...{ address, messages: { [name]: typed(name) } },
      parameters: Object.fromEntries([...(address ?? '').matchAll(/\{([^}]+)\}/g)].map(([, one]) => [one, {}])),
      ...more,
    })
    const contractWith = (channels: object, more: object = {}) => {
      const names = Object.entries(channels).map(([name, { messages }]) => [name, Object.keys(messages)[0]] as const)
      const operations = names.map(([name, message]) => [
        ...[`hear ${name}`],
        {
          ...{ action: 'send', channel: { $ref: `#/channels/${name}` } },
          messages: [{ $ref: `#/channels/${name}/messages/${message}` }],
        },
      ])
      return contractOf({ asyncapi: '3.1.0', channels, operations: Object.fromEntries(operations), ...more })
    }
    const channelAt = (contract: Contract, url: string, details = {}) =>
      contract.validate(exchanged({ type: url.split('?')[1] ?? 'a' }, { url: `ws://localhost${url}`, details })).channel

    it('with parameters, of which a literal text is nearer', () => {
      const contract = contractWith({
        room: channel('/rooms/{room}', 'a'),
        lobby: channel('/rooms/lobby', 'a'),
        private: channel('/rooms/private-{a}-{b}.x', 'a'),
      })
      expect(
        [
          ...['/rooms/green', '/rooms/lobby', '/rooms/lobby/', '/rooms/l%6Fbby?x=1', '/rooms/private-1-2.x'],
          ...['/rooms/private--2.x', '/rooms/private-1-.x', '/rooms/private-12.x', '/rooms/private-x', '/rooms'],
        ].map((url) => channelAt(contract, url)),
      ).to.deep.equal([
        ...['room', 'lobby', 'lobby', 'lobby', 'private'],
        ...['room', 'room', 'room', 'room', undefined],
      ])
    })

    it('several at one, whose messages are all theirs', () => {
      const contract = contractWith({ one: channel('/', 'a'), two: channel('/', 'b') })
      expect(['/?a', '/?b', ''].map((url) => channelAt(contract, url))).to.deep.equal(['one', 'two', 'one'])
    })

    it('that are not known', () => {
      const contract = contractWith({
        one: channel('/one', 'a'),
        two: channel(null, 'b'),
        three: channel(undefined, 'c'),
      })
      expect(['/one?a', '/one?b', '/x?c'].map((url) => channelAt(contract, url))).to.deep.equal(['one', 'two', 'three'])
      expect(contract.connecting({ url: 'ws://localhost/x', headers: {} })).to.deep.equal([])
    })

    it('on servers that have a way of their own', () => {
      const contract = contractWith(
        { one: channel('/one', 'a', { servers: [{ $ref: '#/servers/b' }] }), two: channel('/two', 'a') },
        { servers: { a: { host: 'example.org', pathname: '/{version}/ws' }, b: { host: 'example.org/b' }, c: {} } },
      )
      expect(
        ['/b/one', '/one', '/v1/ws/one', '/v1/ws/two', '/b/two', '/c/two'].map((url) => channelAt(contract, url)),
      ).to.deep.equal(['one', 'one', undefined, 'two', 'two', undefined])
    })

    it('as topics', () => {
      const contract = contractWith({ room: channel('room:{id}', 'a'), ws: channel('/ws', 'a') })
      const at = (topic: string) => channelAt(contract, '/ws', { topic })
      expect([at('room:7'), at('news')]).to.deep.equal(['room', 'ws'])
      const handshake = { url: 'ws://localhost/socket', headers: {} }
      expect(contract.connecting({ ...handshake, hasTopics: true })).to.deep.equal([])
      expect(contract.connecting(handshake)).to.deep.equal([
        'The address "/socket" is in no channel of "asyncapi.json". There is "room:{id}", "/ws".',
      ])
    })

    it('of which a few sets are kept in mind', () => {
      const channels = Object.fromEntries(Array.from({ length: 1002 }, (_, at) => [`c${at}`, channel(`/c${at}`, 'a')]))
      const contract = contractWith(channels)
      for (const name of Object.keys(channels)) {
        // As each sentence does.
        renewBudget()
        expect(channelAt(contract, `/${name}`)).to.equal(name)
      }
    }).timeout(60_000)
  })

  it('are told before anything is validated where an expression in them is none', async () => {
    const payloads = [
      { pattern: '(' },
      { properties: { a: { items: { pattern: '[a-' } } } },
      { patternProperties: { '(': true } },
    ]
    for (const payload of payloads) {
      const chat = contractOf(chatDocument({ a: { payload } }, { hear: operation('send', ['a']) }))
      expect(await failureMessage(() => chat.prepare())).to.match(
        /^The schema "asyncapi.json" has an error at #\/channels\/chat\/messages\/a\/payload.*: ".*" is not a valid regular expression: .*\.$/,
      )
    }
    const right = { pattern: '^a$', patternProperties: { '^b': true } }
    contractOf(chatDocument({ a: { payload: right } }, { hear: operation('send', ['a']) })).prepare()
  })

  it('name the first of many channels at an address', () => {
    const of = (make: (name: string) => object) =>
      Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, make(name)]))
    const contract = contractOf({
      asyncapi: '3.0.0',
      channels: of(() => ({ address: '/chat', messages: {} })),
      operations: of((name) => ({ action: 'receive', channel: { $ref: `#/channels/${name}` } })),
    })
    expect(contract.validate(exchanged(2)).complaint).to.equal(
      'nothing that the server sends is in the channels "a", "b", "c", 3 more of "asyncapi.json"',
    )
  })

  it('leave errors to the protocol, unless they have them', () => {
    const result = { payload: { type: 'object', required: ['sum'] } }
    const failed = { payload: { type: 'object', required: ['code'] } }
    const of = (messages: object, json: object, isError: boolean) => {
      const chat = contractOf(chatDocument(messages as never, { hear: operation('send', Object.keys(messages)) }))
      const { verdict, message } = chat.validate(exchanged(json, { details: { answerTo: 1, isError } }))
      return [verdict, message]
    }
    expect(of({ result }, { code: 5 }, true)).to.deep.equal(['unvalidated', undefined])
    expect(of({ result }, { code: 5 }, false)).to.deep.equal(['wrong', 'result'])
    expect(of({ result, failed }, { code: 5 }, true)).to.deep.equal(['valid', 'failed'])
    const told = { payload: { required: ['data'], properties: { code: { const: 5 }, data: { type: 'string' } } } }
    expect(of({ result, told }, { code: 5 }, true)).to.deep.equal(['wrong', 'told'])
    expect(of({ result, told }, { code: 6 }, true)).to.deep.equal(['unvalidated', undefined])
  })

  it('tell what either side may send', () => {
    const open = contractOf(chatDocument({ rung: { payload: { enum: ['once', 'twice'] } } }, {}))
    const [channel] = open.model.channels
    expect(channel?.others).to.deep.equal([{ name: 'rung', parts: ['$: "once"', '$: "twice"'] }])
  })

  it('are read once, and told by their model', () => {
    const chat = contractOf(CHAT)
    expect(chat.model).to.equal(chat.model)
    expect(chat.model.hash).to.match(/^[\da-f]{64}$/)
    expect(contractOf({ ...CHAT, id: 'x' }).model.hash).not.to.equal(chat.model.hash)
    expect(contractOf(CHAT, {}, { view: 'client' }).model.hash).not.to.equal(chat.model.hash)
    expect({ ...chat.model, hash: '' }).to.deep.equal({
      ...{ document: 'asyncapi.json', hash: '', title: 'Chat', asyncapi: '3.0.0' },
      channels: [
        {
          ...{ name: 'chat', address: '/chat' },
          operations: [
            { name: 'speak', sender: 'client', isReply: false, messages: [{ name: 'say', parts: [] }] },
            {
              ...{ name: 'hear', sender: 'server', isReply: false },
              messages: [
                { name: 'said', parts: [] },
                { name: 'left', parts: [] },
              ],
            },
          ],
        },
      ],
    })
    expect(chat.notes).to.deep.equal([])
  })

  describe('validate handshakes', () => {
    const binding = {
      method: 'GET',
      query: {
        type: 'object',
        required: ['token'],
        properties: {
          ...{
            token: text,
            n: { type: ['integer', 'null'] },
            on: { $ref: '#/components/schemas/flag' },
            tag: { type: 'array' },
          },
        },
        additionalProperties: false,
      },
      headers: {
        type: 'object',
        required: ['X-Client', 'X-Team'],
        properties: { 'X-Client': { type: 'string', minLength: 3 }, 'X-Size': { type: 'number' } },
      },
    }
    const contractWith = (ws: object, parameters: object = { room: {} }) =>
      contractOf({
        asyncapi: '3.0.0',
        channels: { chat: { address: '/chat/{room}', parameters, messages: {}, bindings: { ws } } },
        components: { schemas: { flag: { type: 'boolean' } } },
      })
    const chat = contractWith(binding)
    const headers = { 'x-client': 'test', 'x-team': 'a', Host: 'localhost' }
    const connecting = (query: string, others: object = headers) =>
      chat.connecting({ url: `ws://localhost/chat/green${query}`, headers: others as Record<string, string> })

    it('with a query whose texts mean what their schemas say', () => {
      expect(connecting('?token=5&n=4&on=true&tag=a')).to.deep.equal([])
      expect(connecting('?token=5&n=-4.0e2&on=false&tag=a&tag=b')).to.deep.equal([])
      expect(connecting('?n=four&on=1&tga=x')).to.deep.equal([
        'The query is not as the channel "chat" has it: /token is missing; it must not have "tga"; /n must be integer,null, ' +
          'and is "four"; /on must be boolean, and is "1".',
      ])
    })

    it('with a query of lists, each of whose values means what their schema says', () => {
      const list = (items: unknown) =>
        contractWith({ query: { type: 'object', properties: { a: { type: 'array', items } } } })
      const complaints = (items: unknown, query: string) =>
        list(items).connecting({ url: `ws://localhost/chat/green${query}`, headers: {} })
      expect(complaints({ type: 'integer' }, '?a=1&a=2')).to.deep.equal([])
      expect(complaints({ type: 'integer' }, '?a=1')).to.deep.equal([])
      expect(complaints({ type: 'integer' }, '?a=1&a=x')[0]).to.contain('/a/1 must be integer, and is "x"')
      expect(complaints({ type: 'string' }, '?a=1')).to.deep.equal([])
      expect(complaints(true, '?a=1')).to.deep.equal([])
    })

    it('with a query and headers whose schemas are described in parts', () => {
      const $schema = DRAFT
      const $defs = { any: { $anchor: 'any' } }
      const parts = [
        { properties: { n: { minimum: 2 } } },
        { $ref: '#/components/schemas/any' },
        { $ref: '#/components/schemas/any' },
        { required: ['n'], properties: { n: { type: 'integer' } } },
      ]
      const components = {
        schemas: {
          size: { $ref: '#/components/schemas/least', type: 'integer' },
          any: {},
          least: { minimum: 2 },
          parts: { allOf: parts },
          sized: { properties: { n: { $ref: '#/components/schemas/size' }, m: { $ref: '#any' } }, $defs },
          both: { $ref: '#/components/schemas/sized', required: ['n'] },
        },
      }
      for (const [name, schema] of [
        ['allOf', { $ref: '#/components/schemas/parts' }],
        ['$ref', { $schema, $ref: '#/components/schemas/both' }],
      ] as const) {
        const channel = { address: '/chat', bindings: { ws: { query: schema, headers: schema } } }
        const parted = contractOf({ asyncapi: '3.0.0', channels: { chat: channel }, components })
        const complaints = (query: string, headers: Record<string, string>) =>
          parted.connecting({ url: `ws://localhost/chat${query}`, headers }).map((text) => text.split('it: ').at(-1))
        expect(complaints('?n=2', { N: '2' }), name).to.deep.equal([])
        expect(complaints('?n=1', { N: '2' }), name).to.deep.equal(['/n must be >= 2, and is 1.'])
        expect(complaints('', { N: '1' }), name).to.deep.equal([
          '/n is missing.',
          'The headers are not as the channel "chat" has them: /n must be >= 2.',
        ])
      }
    })

    for (const [name, schema, valid, wrong] of [
      ['a number or a word', { anyOf: [{ type: 'integer' }, { enum: ['all'] }] }, ['5', 'all'], ['some', '1.5']],
      ['a number or a UUID', { oneOf: [{ type: 'integer' }, { type: 'string', format: 'uuid' }] }, ['5'], ['five']],
      ['a word or a number', { anyOf: [{ type: 'string', minLength: 3 }, { type: 'number' }] }, ['abc', '5'], ['ab']],
      ['a list of both', { type: 'array', items: { type: ['integer', 'string'], minimum: 3 } }, ['5', 'a', '2'], []],
      ['a truth value or a word', { anyOf: [{ type: 'boolean' }, { const: 'maybe' }] }, ['true', 'maybe'], ['no']],
      ['texts and numbers at once', { allOf: [{ type: ['integer', 'string'] }, { type: 'integer' }] }, ['5'], ['a']],
    ] as const) {
      it(`with what may be a text or not: ${name}`, () => {
        const open = contractWith({ query: { properties: { n: schema } }, headers: { properties: { N: schema } } })
        const complaints = (n: string) =>
          ['query', 'headers'].map((where) => {
            const url = `ws://localhost/chat/green${where === 'query' ? `?n=${n}` : ''}`
            return open.connecting({ url, headers: where === 'query' ? {} : { N: n } }).length
          })
        for (const value of valid) expect(complaints(value), value).to.deep.equal([0, 0])
        for (const value of wrong) expect(complaints(value), value).to.deep.equal([1, 1])
      })
    }

    it('with variables of servers and parameters that stand twice, which have one value', () => {
      const document = {
        asyncapi: '3.0.0',
        servers: {
          main: { host: 'localhost', protocol: 'ws', pathname: '/{v}', variables: { v: { enum: ['v1', 2] }, w: {} } },
        },
        channels: { chat: { address: '/{room}/{room}', parameters: { room: {} } } },
      }
      const found = (path: string) =>
        contractOf(document).connecting({ url: `ws://localhost${path}`, headers: {} }).length === 0
      expect(['/v1/a/a', '/2/b/b', '/a/a', '/v3/a/a', '/v1/a/b', '/a/b'].map(found)).to.deep.equal([
        ...[true, true, true, false, false, false],
      ])
    })

    it('at the channel whose parameters may have the values, of several that are alike', () => {
      const room = (name: string, value: string, type: string) => ({
        ...{ address: `/{${name}}`, parameters: { [name]: { enum: [value] } } },
        messages: { [value]: { payload: { type } } },
      })
      const channels = { red: room('x', 'red', 'number'), blue: room('y', 'blue', 'boolean') }
      const contract = contractOf({ asyncapi: '3.0.0', channels })
      const at = (path: string) => contract.connecting({ url: `ws://localhost${path}`, headers: {} }).length
      expect(['/red', '/blue', '/green'].map(at)).to.deep.equal([0, 0, 2])
      const message = (path: string) => contract.validate(exchanged(1, { url: `ws://localhost${path}` })).verdict
      expect(['/red', '/blue'].map(message)).to.deep.equal(['valid', 'wrong'])
    })

    it('with names that begin as members of the writer do', () => {
      const document = {
        asyncapi: '3.0.0',
        servers: {
          'x-s': { host: 'localhost', protocol: 'ws', pathname: '/{x-v}', variables: { 'x-v': { enum: ['v1'] } } },
          'x-note': 'not a server',
        },
        channels: {
          'x-rooms': {
            address: '/{x-room}',
            parameters: { 'x-room': { enum: ['a'] } },
            messages: { 'x-bye': { payload: { const: 'bye' } } },
          },
        },
        operations: { 'x-tell': { action: 'send', channel: { $ref: '#/channels/x-rooms' } } },
      }
      const contract = contractOf(document)
      const at = (path: string) => contract.connecting({ url: `ws://localhost${path}`, headers: {} })
      expect([at('/v1/a').length, at('/v2/a').length, at('/v1/b').length]).to.deep.equal([0, 1, 1])
      const said = exchanged('"bye"', { url: 'ws://localhost/v1/a' })
      const verdicts = [said, { ...said, sender: 'client' as const }].map((message) => contract.validate(message))
      expect(verdicts.map(({ verdict, message }) => [verdict, message])).to.deep.equal([
        ['valid', 'x-bye'],
        ['undocumented', undefined],
      ])
    })

    it('with numbers of a query, by all their digits', () => {
      const limited = contractWith({ query: { properties: { n: { type: 'integer', maximum: 2 ** 53 } } } })
      const url = (n: string) => ({ url: `ws://localhost/chat/green?n=${n}`, headers: {} })
      expect(['9007199254740992', '-9007199254740993', '007'].flatMap((n) => limited.connecting(url(n)))).to.deep.equal(
        [],
      )
      expect(limited.connecting(url('009007199254740993'))).to.deep.equal([
        'The query is not as the channel "chat" has it: /n must be <= 9007199254740992, and is 9007199254740993.',
      ])
    })

    it('with headers, whose values are not told', () => {
      expect(connecting('?token=1', { 'X-CLIENT': 'te', 'x-size': '5' })).to.deep.equal([
        'The headers are not as the channel "chat" has them: /X-Team is missing; /X-Client must NOT have fewer than 3 characters.',
      ])
    })

    it('with headers of which none has to be there', () => {
      const ws = { headers: { properties: { 'X-Size': { type: 'number' } } } }
      const at = (size: string) =>
        contractWith(ws).connecting({ url: 'ws://localhost/chat/a', headers: { 'X-Size': size } })
      expect([at('5'), at('five')]).to.deep.equal([
        [],
        ['The headers are not as the channel "chat" has them: /X-Size must be number.'],
      ])
    })

    it('with headers that any keyword describes, in whatever case', () => {
      const at = (schema: object, headers: Record<string, string>, more: object = {}) =>
        contractWith({ headers: { type: 'object', ...schema } }).connecting({
          ...{ url: 'ws://localhost:80/chat/a', headers, ...more },
        }).length === 0
      const one = { enum: ['1'] }
      for (const [schema, right, wrong] of [
        [{ patternProperties: { '^X-': one } }, { 'x-b': '1', Y: '2' }, { 'x-b': '2' }],
        [{ patternProperties: { '^x-': { type: 'integer' } } }, { 'X-B': '1' }, { 'X-B': 'b' }],
        [{ additionalProperties: one }, { 'X-B': '1' }, { 'X-B': '2' }],
        [{ properties: { 'X-A': {} }, additionalProperties: false }, { 'x-a': '1' }, { 'x-b': '1' }],
        [{ propertyNames: { maxLength: 3 } }, { 'X-B': '1' }, { 'X-BB': '1' }],
        [{ propertyNames: { pattern: '^x-' } }, { 'X-B': '1' }, { Y: '1' }],
        [{ propertyNames: { enum: ['X-B', 'X-C'] } }, { 'x-b': '1' }, { 'x-a': '1' }],
        [{ propertyNames: { not: { const: 'Y-B' } } }, { 'x-b': '1' }, { 'y-b': '1' }],
        [
          { anyOf: [{ properties: { 'X-A': { type: 'integer' } } }, { required: ['X-B'] }] },
          { 'X-A': 'a', 'x-b': '' },
          { 'X-A': 'a' },
        ],
        [{ maxProperties: 1 }, { 'X-B': '1' }, { 'X-A': '1', 'X-B': '1' }],
        [{ not: { required: ['X-B'] } }, { 'x-a': '1' }, { 'x-b': '1' }],
        [{ dependencies: { 'x-a': ['x-b'] } }, { 'X-A': '1', 'X-B': '1' }, { 'X-A': '1' }],
        [{ dependencies: { 'x-a': { required: ['x-b'] } } }, { 'X-A': '1', 'X-B': '1' }, { 'X-A': '1' }],
        [{ oneOf: [{ required: ['x-a'] }, { required: ['X-B'] }] }, { 'X-A': '1' }, { 'X-A': '1', 'x-b': '1' }],
        [
          // biome-ignore lint/suspicious/noThenProperty: it is a keyword
          { if: { properties: { 'X-A': { const: 1 } }, required: ['X-A'] }, then: { required: ['X-B'] } },
          { 'x-a': '2' },
          { 'x-a': '1' },
        ],
        [{ $schema: DRAFT, dependentRequired: { 'x-a': ['x-b'] } }, { 'X-A': '1', 'x-b': '' }, { 'X-A': '1' }],
        [
          { $schema: DRAFT, dependentSchemas: { 'x-a': { required: ['x-b'] } } },
          { 'X-A': '1', 'x-b': '' },
          { 'X-A': '1' },
        ],
        [
          { $schema: DRAFT, properties: { 'X-A': {} }, unevaluatedProperties: { type: 'integer' } },
          { 'x-a': 'a', 'x-b': '1' },
          { 'x-b': 'b' },
        ],
      ] as const) {
        expect([at(schema, right), at(schema, wrong as never)], JSON.stringify(schema)).to.deep.equal([true, false])
      }
      const required = ['Host', 'Upgrade', 'Connection', 'Sec-WebSocket-Version', 'Sec-WebSocket-Key']
      expect(at({ required, properties: { Host: { const: 'localhost' } } }, {})).to.equal(true)
      expect(at({ properties: { host: { const: 'a' } } }, {})).to.equal(false)
      expect(at({ properties: { host: { const: 'a' } } }, { Host: 'a' })).to.equal(true)
      const offered = { required: ['Sec-WebSocket-Protocol'] }
      expect(at(offered, {})).to.equal(false)
      expect(at(offered, {}, { subprotocols: ['chat'] })).to.equal(true)
    })

    it('with a query that any keyword describes', () => {
      const at = (schema: object, query: string) =>
        contractWith({ query: schema }).connecting({ url: `ws://localhost/chat/a?${query}`, headers: {} }).length === 0
      const whole = { type: 'integer' }
      for (const [schema, right, wrong] of [
        [{ patternProperties: { '^x': whole } }, 'x1=1', 'x1=a'],
        [{ properties: { a: {} }, additionalProperties: whole }, 'a=a&b=1', 'b=b'],
        [{ $schema: DRAFT, unevaluatedProperties: whole }, 'b=1', 'b=b'],
        [{ properties: { a: { enum: [1, 2] } } }, 'a=2', 'a=3'],
        [{ properties: { a: { const: true } } }, 'a=true', 'a=false'],
        [{ properties: { a: { anyOf: [whole, { type: 'boolean' }] } } }, 'a=1', 'a=b'],
        [{ oneOf: [{ properties: { a: whole } }, { required: ['b'] }] }, 'a=1', 'a=a'],
        [{ anyOf: [{ properties: { a: whole } }, { required: ['a', 'b'] }] }, 'a=a&b=b', 'a=a'],
        [{ properties: { a: { type: 'array', items: [whole, {}] } } }, 'a=1&a=a', 'a=a&a=1'],
        [{ $schema: DRAFT, properties: { a: { prefixItems: [whole] } } }, 'a=1&a=a', 'a=a&a=1'],
        [{ properties: { a: { type: 'array', contains: whole } } }, 'a=1&a=2', 'a=a'],
      ] as const) {
        expect([at(schema, right), at(schema, wrong)], JSON.stringify(schema)).to.deep.equal([true, false])
      }
    })

    it('with the parameters of their addresses', () => {
      const rooms = contractWith({}, { room: { enum: ['green', 'blue'] } })
      const at = (room: string) => rooms.connecting({ url: `ws://localhost/chat/${room}`, headers: {} })
      expect([at('green'), at('red')]).to.deep.equal([
        [],
        ['The parameter "room" of the channel "chat" is "red": it must be one of "green", "blue".'],
      ])
    })

    it('by an address that is none', () => {
      expect(chat.connecting({ url: 'x', headers: {} })).to.deep.equal([
        'The address "/" is in no channel of "asyncapi.json". There is "/chat/{room}".',
      ])
      const root = contractOf({
        ...{ asyncapi: '3.0.0' },
        channels: { root: { address: '/', bindings: { ws: { query: { required: ['a'] } } } } },
      })
      expect(root.connecting({ url: 'x', headers: {} })).to.deep.equal([
        'The query is not as the channel "root" has it: /a is missing.',
      ])
    })

    it('but for a method that opens no WebSocket', () => {
      expect(contractWith({ method: 'POST' }).notes).to.deep.equal([
        'asyncapi.json:11:9 (#/channels/chat/bindings/ws): a WebSocket is opened by GET: its method POST is not validated.',
      ])
    })
  })

  describe('have messages that sentences name', () => {
    const messages = {
      pong_message: { payload: { $ref: '#/components/schemas/Pong' }, title: 'The answer' },
      event: { name: 'order.made', title: 'News', payload: true, examples: [{ payload: 'x' }] },
      other: { title: 'News', contentType: 'text/plain' },
    }
    const Pong = {
      title: 'PONG',
      type: 'object',
      properties: { type: { const: 'pong' } },
      examples: [{ type: 'ping' }, { type: 'pong' }],
    }
    const chat = contractOf(
      chatDocument(
        messages,
        { hear: operation('send', ['pong_message']), both: operation('receive', ['event', 'other']) },
        { components: { schemas: { Pong } } },
      ),
    )

    it('by their keys, names, titles, and those of their payloads', () => {
      const names = [
        'pong_message',
        'PongMessage',
        'pong message',
        'the-answer',
        'PONG',
        'order.made',
        'Event',
        'ORDER.MADE',
      ]
      expect(names.map((name) => chat.messageNamed(name).name)).to.deep.equal([
        ...Array(5).fill('pong_message'),
        ...Array(3).fill('order.made'),
      ])
    })

    it('who may send them, and examples that are valid', () => {
      expect(chat.messageNamed('pong')).to.deep.include({ senders: ['server'], example: { type: 'pong' } })
      expect(chat.messageNamed('event')).to.deep.include({ senders: ['client'], example: 'x' })
      expect(
        contractOf(chatDocument(messages, {}, { components: { schemas: { Pong } } })).messageNamed('event'),
      ).to.deep.include({
        ...{ senders: ['client', 'server'], problem: undefined },
      })
      expect(chat.messageNamed('event').problem).to.equal(
        '"event" is what clients send, and the server does not, as "asyncapi.json" has it, so that nobody receives it. There is ' +
          '"pong_message".',
      )
      expect(chat.messageNamed('other').example).to.equal(undefined)
    })

    it('unless there is none', async () => {
      expect(await failureMessage(() => chat.messageNamed('pnog'))).to.equal(
        'There is no message "pnog" in "asyncapi.json". Did you mean "PONG"?',
      )
      expect(await failureMessage(() => chat.messageNamed('something else'))).to.equal(
        'There is no message "something else" in "asyncapi.json". There is "pong_message", "order.made", "other", "The answer", ' +
          '"PONG", "Pong", "event", "News".',
      )
    })

    it('of which an error lists some', async () => {
      const names = Array.from({ length: 12 }, (_, at) => [`m${at}`, {}])
      expect(
        await failureMessage(() => contractOf(chatDocument(Object.fromEntries(names))).messageNamed('none of them')),
      ).to.match(/There is "m0", .*, "m9" and 2 more\.$/)
    })

    it('unless there are several', async () => {
      expect(await failureMessage(() => chat.messageNamed('news'))).to.equal(
        'There are several messages "news" in "asyncapi.json": "asyncapi.json#/channels/chat/messages/event", ' +
          '"asyncapi.json#/channels/chat/messages/other". Give each a "name" of its own there, and write that.',
      )
    })

    it('by matchers', () => {
      const { matcher } = chat.messageNamed('pong')
      expect(matcher.describe()).to.equal('a "pong"')
      expect(chat.messageNamed('Event').matcher.describe()).to.equal('an "Event"')
      const pong = exchanged({ type: 'pong' }).content
      expect(
        [pong, exchanged({}).content, exchanged('x').content].map((content) => matcher.accepts(content)),
      ).to.deep.equal([...[true, false, false]])
      expect(chat.messageNamed('event').matcher.compare(exchanged('x').content).distance).to.equal(0)
      expect(chat.messageNamed('other').matcher.compare(exchanged('x').content).expected).to.equal(
        'an "other": it is counted as "order.made"',
      )
      expect(matcher.compare(pong)).to.deep.equal({ distance: 0, expected: 'a "pong": ', actual: { type: 'pong' } })
      expect(matcher.compare(exchanged({}).content)).to.deep.equal({
        ...{ distance: 1, expected: 'a "pong": it is counted as "order.made"', actual: {} },
      })
      expect(matcher.compare(exchanged({ type: 'ping' }).content)).to.deep.equal({
        ...{ distance: 0.5, expected: 'a "pong": /type must be "pong", and is "ping"', actual: { type: 'ping' } },
      })
    })

    it('by whatever the contract counts as them', () => {
      const kicked = { payload: { allOf: [typed('kicked').payload, { properties: { final: { const: true } } }] } }
      const left = { payload: { properties: { type: { const: 'left' }, final: { const: false } } } }
      const room = contractOf(chatDocument({ kicked, left }, { hear: operation('send', ['kicked', 'left']) }))
      const accepted = (json: object, url = 'ws://localhost/chat') => {
        const message = new Message(1, 0, JSON.stringify(json), '', url)
        return ['kicked', 'left'].filter((name) => room.messageNamed(name).matcher.accepts(message))
      }
      for (const [json, names] of [
        [{ type: 'kicked' }, ['kicked']],
        [{ type: 'kicked', final: true }, ['kicked']],
        [{ type: 'kicked', final: false }, []],
        [{ type: 'left' }, ['left']],
        [{ final: false }, ['left']],
        [{}, ['left']],
      ] as const) {
        expect(accepted(json), JSON.stringify(json)).to.deep.equal(names)
        const { verdict, message } = room.validate(exchanged(json))
        expect(verdict === 'valid' && message !== undefined ? [message] : []).to.deep.equal(names)
      }
      expect(accepted({ type: 'kicked' }, 'ws://localhost/elsewhere')).to.deep.equal(['kicked'])
      expect(accepted({ type: 'kicked', final: false }, 'ws://localhost/elsewhere')).to.deep.equal([])
      const cut = new Message(1, 0, '{}', '', 'ws://localhost/chat', { problem: 'it is cut' })
      expect(room.messageNamed('left').matcher.compare(cut).expected).to.equal('a "left": its frame cannot be read')
      const channels = {
        chat: { address: '/chat', messages: { left } },
        hall: { address: '/hall', messages: { kicked } },
      }
      const both = contractOf(chatDocument({}, {}, { channels }))
      const inHall = new Message(1, 0, '{"final":false}', '', 'ws://localhost/hall')
      expect(both.messageNamed('left').matcher.compare(inHall).expected).to.equal(
        'a "left": no channel at its address has such a message',
      )
      const bare = { text: '{}', json: {}, bytes: undefined, url: 'ws://localhost/chat' }
      expect(room.messageNamed('left').matcher.accepts(bare)).to.equal(true)
      const fromNobody = { text: '{}', json: {}, bytes: undefined }
      expect(room.messageNamed('left').matcher.accepts(fromNobody)).to.equal(true)
      const alone = contractOf(chatDocument({ left }, { hear: operation('send', ['left']) }))
      expect(alone.messageNamed('left').matcher.accepts(new Message(1, 0, '{}', '', 'ws://localhost/chat'))).to.equal(
        true,
      )
    })

    it('by no message that is counted as another one', () => {
      const open = { payload: { type: 'object', properties: { n: text } } }
      const avro = {
        contentType: 'application/json',
        payload: { schemaFormat: 'application/vnd.apache.avro', schema: {} },
      }
      const room = contractOf(
        chatDocument(
          { left: typed('left'), open, like: open, avro, asked: typed('asked'), kept: typed('kept') },
          { hear: operation('send', ['left', 'open', 'like', 'avro']), speak: operation('receive', ['asked']) },
        ),
      )
      for (const [json, counted] of [
        [{ type: 'left' }, 'left'],
        [{ n: 'x' }, 'open'],
        [{ n: 1 }, 'avro'],
      ] as const) {
        const content = new Message(1, 0, JSON.stringify(json), '', 'ws://localhost/chat')
        const accepting = ['left', 'open', 'like', 'avro', 'asked', 'kept'].filter((name) =>
          room.messageNamed(name).matcher.accepts(content),
        )
        expect(accepting).to.deep.equal([counted])
        expect(room.validate(exchanged('', { content })).message).to.equal(counted)
      }
    })

    it('though they go the other way, or are in no operation', () => {
      const room = contractOf(
        chatDocument(
          { left: typed('left'), asked: typed('asked'), kept: typed('kept') },
          { hear: operation('send', ['left']), speak: operation('receive', ['asked']) },
        ),
      )
      for (const type of ['asked', 'kept']) {
        const of = (details?: object) => new Message(1, 0, JSON.stringify({ type }), '', 'ws://localhost/chat', details)
        const { matcher } = room.messageNamed(type)
        expect([of(), of({ problem: 'torn' })].map((content) => matcher.accepts(content))).to.deep.equal([true, false])
      }
    })

    it('by their events under a protocol', () => {
      const of = (event: string, content = '{}') => new Message(1, 0, content, '', '', { event })
      const { matcher } = chat.messageNamed('pong')
      expect(
        [of('pong_message'), of('pong'), of('order.made')].map((message) => matcher.accepts(message)),
      ).to.deep.equal([...[true, true, false]])
      expect([of('any'), of('any', '{"type":"pong"}')].map((message) => matcher.accepts(message))).to.deep.equal([
        false,
        true,
      ])
    })
  })

  it('are read from several documents, one after another', () => {
    const files = readerOf({
      'docs/api.json': {
        asyncapi: '3.0.0',
        channels: { chat: { $ref: 'parts/channels.yaml#/chat' } },
        operations: { hear: { action: 'send', channel: { $ref: '#/channels/chat' } } },
      },
      'docs/parts/channels.yaml': 'chat: { address: /chat, messages: { said: { payload: { $ref: ../said.json } } } }',
      'docs/said.json': { type: 'object', properties: { text: { $ref: '#/$defs/text' } }, $defs: { text } },
    })
    const reading = beginContract('docs/api.json')
    const asked: string[] = []
    let step = continueContract(reading, 'docs/api.json')
    while (!step.done) {
      const path = step.value
      asked.push(path)
      step = continueContract(reading, 'docs/api.json', () => files(path))
    }
    expect(asked).to.deep.equal(['docs/api.json', 'docs/parts/channels.yaml', 'docs/said.json'])
    expect(validate(step.value, { text: 5 })[2]).to.match(/: \/text must be string, and is 5$/)
    expect(readContract('docs/api.json', files).model).to.deep.equal(step.value.model)
  })

  it('are read from an address', () => {
    const read = readerOf({
      'https://example.org/docs/api.json': { ...CHAT, channels: { chat: { $ref: '/parts/chat.json' } } },
      'https://example.org/parts/chat.json': { address: '/chat', messages: MESSAGES },
    })
    const contract = readContract('https://example.org/docs/api.json', read)
    expect(validate(contract, { type: 'left' })).to.deep.equal(['valid', 'left', undefined])
  })

  it('take the draft of a payload from it, or from its format', async () => {
    const tuple = { type: 'object', properties: { at: { prefixItems: [{ type: 'integer' }] } } }
    const $schema = DRAFT
    const schemaFormat = 'application/schema+json;version=2020-12'
    for (const payload of [
      { ...tuple, $schema },
      { schemaFormat, schema: tuple },
    ]) {
      const chat = contractOf(chatDocument({ a: { payload } }, { hear: operation('send', ['a']) }))
      expect(validate(chat, { at: ['x'] })[2]).to.match(/: \/at\/0 must be integer, and is "x"$/)
    }
    const newer = chatDocument({ a: { payload: tuple } }, { hear: operation('send', ['a']) })
    expect(validate(contractOf(newer, {}, { draft: '2020-12' }), { at: ['x'] })[0]).to.equal('wrong')
    const message = await failureMessage(() => contractOf(newer).prepare())
    expect(message).to.equal(
      'The schema "asyncapi.json" has an error at #/channels/chat/messages/a/payload/properties/at: "prefixItems" is not a ' +
        'keyword of draft-07. If it is written for another draft, say so in "$schema".',
    )
    expect(await failureMessage(() => contractOf(newer).validate(exchanged({ at: [] })))).to.equal(message)
  })
})
