import fs from 'node:fs'
import { expect } from 'chai'
import { chatDocument, contractOf, operation } from '../../test/support/contracts'
import { renewBudget } from '../evaluation-limit'
import { writeFeatures } from './write-features'

const text = { type: 'string' }

describe('writeFeatures', () => {
  beforeEach(renewBudget)

  const written = (document: object) => writeFeatures(contractOf(document))

  /** The text of the only feature, without what all of them have. */
  const scenarios = (messages: object, operations: object = {}, others: object = {}) => {
    const { features, problems } = written(chatDocument(messages as never, operations as never, others))
    expect(problems).to.deep.equal([])
    expect(features.map(({ name }) => name)).to.deep.equal(['chat.feature'])
    return features[0]?.text.replace(/^.*?\n\n {2}(?=Scenario)/s, '').replace(/^ {2}(?! )/gm, '')
  }

  const acting = (action: string, payload?: object) => ({
    payload: {
      type: 'object',
      required: ['action', ...(payload ? ['payload'] : [])],
      properties: { action: { const: action }, ...(payload && { payload }) },
    },
  })

  it('has no variables that the examples of the document seem to have', () => {
    const said = {
      ...acting('say', { type: 'object', required: ['a', 'b'], properties: { a: text, b: {} } }),
      examples: [{ payload: { action: 'say', payload: { a: '${env.HOME}', b: ['${b}'] } } }],
    }
    expect(scenarios({ said }, { say: operation('receive', ['said']) })?.split('\n')).to.include.members([
      '      | payload.a | "\\\\u0024{env.HOME}" |',
      '      | payload.b | ["\\\\u0024{b}"]      |',
    ])
  })

  it('has a scenario for each operation', () => {
    const said = {
      type: 'object',
      required: ['message', 'mood'],
      properties: { message: text, mood: { enum: ['glad', 'sad'] } },
    }
    const messages = { ping: acting('ping'), say: acting('say', said), user: acting('user'), event: acting('event') }
    const operations = {
      clientSays: operation('receive', ['say', 'ping', 'user']),
      'server-tells': operation('send', ['event', 'user']),
      hasPing: operation('send', ['event']),
    }
    expect(written(chatDocument(messages, operations)).features[0]?.text).to.equal(
      [
        'Feature: Chat',
        '  The channel "chat" of asyncapi.json.',
        '',
        '  Background:',
        '    Given the server is described by "asyncapi.json"',
        '    And Rob is connected to "/chat"',
        '',
        '  Scenario: Client says',
        '    When Rob sends a "say" with:',
        '      | payload.message | message |',
        '      | payload.mood    | glad    |',
        '    And he sends a "ping"',
        '    And he sends a "user"',
        '',
        '  Scenario Outline: Server tells: <message>',
        '    Then Rob receives a "<message>"',
        '',
        '    Examples:',
        '      | message |',
        '      | event   |',
        '      | user    |',
        '',
        '  Scenario: Has ping',
        '    Then Rob receives an "event"',
        '',
      ].join('\n'),
    )
  })

  it('writes names with quotes so that sentences find them', () => {
    const messages = { 'a "b"': acting('a'), c: acting('c') }
    const text = scenarios(messages, { say: operation('send', ['a "b"', 'c']), a: operation('send', ['a "b"']) })
    expect(text).to.contain('| a \\\\"b\\\\" |').and.contain('Then Rob receives an "a \\"b\\""')
  })

  it('expects replies right after what they reply to', () => {
    const reply = { messages: ['pong', 'error'].map((name) => ({ $ref: `#/channels/chat/messages/${name}` })) }
    const messages = { ping: acting('ping'), pong: acting('pong'), error: acting('error') }
    expect(scenarios(messages, { ping: operation('receive', ['ping'], { reply }) })).to.equal(
      [
        'Scenario: Ping',
        '    When Rob sends a "ping"',
        '    # Or an "error".',
        '    Then he receives a "pong"',
        '',
      ].join('\n'),
    )
  })

  it('expects the only reply', () => {
    const reply = { messages: [{ $ref: '#/channels/chat/messages/pong' }] }
    const messages = { ping: acting('ping'), pong: acting('pong') }
    expect(scenarios(messages, { ping: operation('receive', ['ping'], { reply }) })).to.equal(
      'Scenario: Ping\n    When Rob sends a "ping"\n    Then he receives a "pong"\n',
    )
  })

  it('looks for members in parts of parts, up to a depth', () => {
    const inner = { properties: { a: { required: ['b'], properties: { b: text } } }, required: ['a'] }
    const nested = (depth: number) =>
      Array.from({ length: depth }).reduce<object>((schema) => ({ allOf: [schema] }), inner)
    const row = (depth: number) =>
      scenarios({ m: { payload: nested(depth) } }, { say: operation('receive', ['m']) })?.match(/\| (.*) \|/)?.[1]
    expect([row(2), row(9)]).to.deep.equal(['a.b | b', 'a | {"b":"b"}'])
  })

  it('expects what is in no operation where there are none, and leaves out what has no messages', () => {
    expect(scenarios({ pong: acting('pong') })).to.equal(
      'Scenario: What no operation has\n    Then Rob receives a "pong"\n',
    )
    expect(written(chatDocument({ pong: acting('pong') }, { nothing: operation('send', []) })).features).to.deep.equal(
      [],
    )
    expect(written(chatDocument({}, { nothing: operation('send', []) }))).to.deep.equal({
      features: [],
      problems: ['The channel "chat" has no messages: no feature is written for it.'],
    })
  })

  it('writes the members of an example of the document, deep ones, lists, and what could be read otherwise', () => {
    const nested = { type: 'object', required: ['first-name', 'list', 'empty'], properties: { 'first-name': text } }
    const payload = {
      allOf: [
        {
          type: 'object',
          required: ['a', 'number', 'digits', 'blank', 'bar', 'free', 'left'],
          properties: { a: nested },
        },
        { oneOf: [{ properties: { free: {} } }] },
      ],
    }
    const example = {
      a: { 'first-name': 'Rob', list: [1, 'x'], empty: {} },
      ...{ number: 1.5, digits: '42', blank: '', bar: 'a|b\\', free: { x: null }, left: '\u0007', other: 1 },
    }
    expect(
      scenarios({ m: { payload, examples: [{ payload: example }] } }, { say: operation('receive', ['m']) }),
    ).to.equal(
      [
        'Scenario: Say',
        '    When Rob sends a "m" with:',
        '      | /a/first-name | Rob        |',
        '      | a.list        | [1,"x"]    |',
        '      | a.empty       | {}         |',
        '      | number        | 1.5        |',
        '      | digits        | "42"       |',
        '      | blank         | ""         |',
        '      | bar           | a\\|b\\\\     |',
        '      | free          | {"x":null} |',
        '      | left          | "\\\\u0007"  |',
        '',
      ].join('\n'),
    )
  })

  it('fills in no parameter that would be taken out of the address', () => {
    for (const [example, address] of [
      ['..', '/a/b'],
      ['.', '/a/b'],
      ['...', '/a/...'],
    ]) {
      const channels = { a: { address: '/a/{b}', parameters: { b: { examples: [example] } }, messages: { c: {} } } }
      expect(written({ asyncapi: '3.0.0', channels }).features[0]?.text).to.contain(`connected to "${address}"`)
    }
  })

  it('connects with what the handshake requires, and fills in parameters', () => {
    const ws = {
      query: {
        type: 'object',
        required: ['heartbeat', 'name', 'home'],
        properties: { heartbeat: { type: 'boolean' }, name: text, home: { const: '${env.HOME}' } },
      },
      headers: { type: 'object', required: ['X-Token'], properties: { 'X-Token': { const: 'abc' } } },
    }
    const channel = (more: object) => ({ messages: { pong: { $ref: '#/components/messages/pong' } }, ...more })
    const parameters = {
      room: { examples: ['kitchen', 'hall'] },
      floor: { enum: ['1', '2'] },
      house: { default: 'my house', enum: ['my house'] },
      seat: {},
    }
    const { features, problems } = written({
      ...chatDocument({}, {}, { components: { messages: { pong: acting('pong') } } }),
      channels: {
        withAll: channel({ address: '{house}/{floor}/{room}/{seat}', parameters, bindings: { ws } }),
        WITHALL: channel({ address: null, bindings: { ws: { headers: ws.headers } } }),
        '+': channel({ address: null, bindings: { ws: { query: { type: 'object' } } } }),
      },
    })
    expect(problems).to.deep.equal([])
    expect(features.map(({ name }) => name)).to.deep.equal(['with-all.feature', 'withall.feature', 'channel.feature'])
    const connecting = features.map((feature) => /^ {4}And[\s\S]*?(?=\n\n)/m.exec(feature.text)?.[0])
    expect(connecting[0]?.replace(/true |false/, 'true ')?.replace(/ +/g, ' ')).to.equal(
      ' And Rob connects to "/my%20house/1/kitchen/seat" with:\n | parameter | heartbeat | true |\n' +
        ' | parameter | name | name |\n | parameter | home | value |\n | header | X-Token | abc |',
    )
    expect(connecting.slice(1)).to.deep.equal([
      '    And Rob connects with:\n      | header | X-Token | abc |',
      '    And Rob is connected',
    ])
    expect(features[2]?.text).to.match(/^Feature: \+\n/)
  })

  it('makes values of parameters which are more than texts', () => {
    const schemas = {
      a: { type: 'string', description: 'Any' },
      b: { type: 'string', format: 'uuid' },
      c: { type: 'integer', minimum: 7, maximum: 7 },
      d: { type: 'object' },
    }
    const address = Object.keys(schemas).map((name) => `/{${name}}`)
    const parameters = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, { schema }]))
    const { features } = written({
      asyncapi: '2.6.0',
      channels: {
        [`${address.join('')}/{x-e}`]: {
          parameters: { ...parameters, 'x-e': {} },
          publish: { message: { name: 'say' } },
        },
      },
    })
    expect(features[0]?.text).to.match(/connected to "\/a\/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\/7\/d\/x-e"/)
  })

  it('reads documents of version 2, whose channels are called as their addresses', () => {
    const message = { payload: text, name: 'say' }
    const parameters = { a: { schema: { type: 'string', enum: ['x', 'y'] } } }
    const { features } = written({
      asyncapi: '2.6.0',
      info: { title: 'Chat', version: '1' },
      channels: { '/a/{a}': { parameters, publish: { message } }, '/A/{a}': { parameters, publish: { message } } },
    })
    expect(features.map(({ name }) => name)).to.deep.equal(['a-a.feature', 'a-a-2.feature'])
    expect(features[0]?.text).to.contain('Feature: /a/{a}\n').and.contain('Rob is connected to "/a/x"')
  })

  it('breaks the line of a long name, and cuts that of the file', () => {
    const name = `a ${'b'.repeat(200)} c`
    const { features } = written({
      ...chatDocument({}),
      channels: { [name]: { address: '/', messages: { pong: acting('pong') } } },
    })
    expect(features[0]?.name).to.equal(`a-${'b'.repeat(98)}.feature`)
    expect(features[0]?.text).to.contain(`  The channel "a\n  ${'b'.repeat(200)}\n  c" of asyncapi.json.\n`)
  })

  it('sends as JSON what no sentence finds by its name, and tells it', () => {
    const { features, problems } = written({
      ...chatDocument({}),
      channels: {
        one: { address: '/one', messages: { m: { payload: { const: 1 } } } },
        other: { address: '/other', messages: { m: { payload: { const: 2 } } } },
      },
      operations: { send: { action: 'receive', channel: { $ref: '#/channels/one' } } },
    })
    expect(features[0]?.text).to.contain('When Rob sends the JSON 1\n')
    expect(features[1]?.text).to.contain('Then Rob receives a "m"\n')
    expect(problems.join()).to.contain('There are several messages "m"')
    expect(problems).to.have.lengthOf(1)
  })

  it('tells what has no example', () => {
    const messages = { never: { payload: { type: 'string', not: {} } }, free: { payload: true } }
    const { features, problems } = written(chatDocument(messages, { say: operation('receive', ['never', 'free']) }))
    expect(features[0]?.text).to.contain('When Rob sends a "never"\n    And he sends a "free"\n')
    expect(problems).to.deep.equal(
      ['"never"', '"free"'].map((name) => `The document has no valid example of ${name}, and none can be made.`),
    )
  })

  it('writes what it can without the package that makes examples', () => {
    const { existsSync } = fs
    fs.existsSync = () => false
    try {
      const properties = { mood: { allOf: [{ enum: ['glad', 'sad'] }] } }
      const ws = { query: { type: 'object', required: ['name', 'mood'], properties } }
      const channels = { chat: { address: '/', messages: { say: acting('say') }, bindings: { ws } } }
      const { features, problems } = written(chatDocument({}, { say: operation('receive', ['say']) }, { channels }))
      expect(features[0]?.text).to.contain('| parameter | name | name |').and.contain('| parameter | mood | glad |')
      expect(features[0]?.text).to.contain('When Rob sends a "say"\n')
      expect(problems.join()).to.contain('npm install --save-dev json-schema-faker').and.not.contain('none can be made')
    } finally {
      fs.existsSync = existsSync
    }
  })

  it('hides no error that nobody has foreseen', () => {
    const contract = contractOf(chatDocument({ pong: acting('pong') }))
    contract.messageNamed = () => {
      throw new TypeError('Broken')
    }
    expect(() => writeFeatures(contract)).to.throw(TypeError, 'Broken')
  })
})
