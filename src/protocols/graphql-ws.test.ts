import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { anyMessage } from '../matching/matcher'
import { onTopic } from '../messages/addressed-message'
import { bytes } from '../messages/binary-message'

const SAY = 'mutation ($text: String!) { say(text: $text) }'

describe('GraphQL over WebSocket', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin({}))
  afterEach(() => conversation.end())

  function begin(options: object): void {
    ;({ conversation, server } = startConversation({ protocol: { name: 'graphql-ws', ...options } }))
    rob = conversation.client('Rob')
  }

  const here = (): FakeConnection => server.to('Rob')
  const says = (message: object): void => here().sends(JSON.stringify(message))
  const sent = () => here().sent.map((frame) => JSON.parse(String(frame)))
  const contents = () => rob.state.inbox.messages.map(({ detail, details }) => [detail, details])
  const problems = () => rob.state.inbox.messages.map(({ details }) => details.problem)

  async function connect(): Promise<void> {
    const connecting = rob.connect()
    await turn()
    says({ type: 'connection_ack' })
    await connecting
  }

  describe('connects', () => {
    it('when the server has acknowledged it', async () => {
      await connect()
      expect(here().sent).to.deep.equal(['{"type":"connection_init"}'])
      expect(here().target.subprotocols).to.deep.equal(['graphql-transport-ws'])
    })

    it('with what a client says of itself', async () => {
      begin({ payload: { token: 'abc' } })
      await connect()
      expect(sent()).to.deep.equal([{ type: 'connection_init', payload: { token: 'abc' } }])
    })

    it('unless the server closes before', async () => {
      const failure = failureMessage(() => rob.connect())
      await turn()
      here().closes(4403, 'Forbidden')
      expect(await failure).to.contain('Rob was refused by ws://server/?name=Rob: "4403 Forbidden"')
    })

    it('and subscribes at once, with ids of its own', async () => {
      begin({ subscribe: ['subscription { said }', { query: 'subscription { moved }', variables: { n: 1 } }] })
      await connect()
      expect(sent().slice(1)).to.deep.equal([
        { type: 'subscribe', id: '1', payload: { query: 'subscription { said }' } },
        { type: 'subscribe', id: '2', payload: { query: 'subscription { moved }', variables: { n: 1 } } },
      ])
    })

    it('and receives their results on the names that they have', async () => {
      begin({
        operations: {
          said: 'subscription { said }',
          moved: { query: 'subscription A { a } subscription B { b }', operationName: 'B' },
          guests: 'query subscription { guests }',
          other: { query: 'query C { c } subscription D { d }', operationName: 'C' },
        },
        subscribe: ['subscription { said }', 'moved', 'guests', 'other', 'subscription { more }'],
      })
      await connect()
      await rob.call('said')
      await rob.call('guests')
      await rob.call('subscription { said }')
      for (const id of '12345678') says({ type: 'next', id, payload: { data: { x: id } } })
      expect(contents().map(([, details]) => (details as { topic?: string }).topic)).to.deep.equal([
        'said',
        'moved',
        ...[undefined, undefined, undefined],
        'said',
        undefined,
        'said',
      ])
      await rob.receives(onTopic('subscription { said }', '1'))
      expect(await failureMessage(() => rob.receives(onTopic('sung', '1')))).to.contain(
        '"1" on "sung" cannot be received: ',
      )
    })

    it('once', async () => {
      begin({ subscribe: ['subscription { said }'] })
      await connect()
      says({ type: 'connection_ack' })
      expect(problems()[0]).to.contain('the server has acknowledged the connection before')
      expect(here().sent).to.have.length(2)
    })
  })

  describe('receives', () => {
    beforeEach(async () => {
      begin({
        subscribe: [
          'subscription { said }',
          '# What is said\n subscription Talk { said }',
          { query: 'query A { a } query B { b }', operationName: 'B' },
        ],
      })
      await connect()
    })

    it('the value of a field: a text as it is, everything else as its JSON', () => {
      says({ type: 'next', id: '1', payload: { data: { said: 'Hello' } } })
      says({ type: 'next', id: '1', payload: { data: { said: { text: 'Hello' } }, errors: [] } })
      says({ type: 'next', id: '1', payload: { data: { said: null }, errors: null } })
      const details = { event: 'said', answerTo: '1' }
      expect(contents()).to.deep.equal([
        ['Hello', details],
        ['{"text":"Hello"}', details],
        ['null', details],
      ])
    })

    it('all data if they have several fields, or none', () => {
      says({ type: 'next', id: '1', payload: { data: { said: 'Hello', n: 1 } } })
      says({ type: 'next', id: '1', payload: { data: null } })
      expect(contents()).to.deep.equal([
        ['{"said":"Hello","n":1}', { answerTo: '1' }],
        ['null', { answerTo: '1' }],
      ])
    })

    it('the name of an operation as the event', () => {
      says({ type: 'next', id: '2', payload: { data: { said: 'Hello' } } })
      says({ type: 'next', id: '3', payload: { data: { b: 1 } } })
      expect(contents()).to.deep.equal([
        ['Hello', { event: 'Talk', answerTo: '2' }],
        ['1', { event: 'B', answerTo: '3' }],
      ])
    })

    it('errors, whether or not they end the operation', () => {
      const errors = [{ message: 'No such room' }]
      says({ type: 'next', id: '1', payload: { data: { said: null }, errors } })
      says({ type: 'next', id: '1', payload: { errors } })
      says({ type: 'error', id: '1', payload: errors })
      says({ type: 'error', id: '2', payload: errors })
      const content = '[{"message":"No such room"}]'
      expect(contents()).to.deep.equal([
        [content, { event: 'said', answerTo: '1', isError: true }],
        [content, { answerTo: '1', isError: true }],
        [content, { answerTo: '1', isError: true }],
        [content, { event: 'Talk', answerTo: '2', isError: true }],
      ])
    })

    it('errors, and the data that there are nevertheless', () => {
      says({ type: 'next', id: '1', payload: { data: { a: 1, b: null }, errors: [{ message: 'No b' }] } })
      expect(contents()).to.deep.equal([
        ['[{"message":"No b"}]', { answerTo: '1', isError: true }],
        ['{"a":1,"b":null}', { answerTo: '1' }],
      ])
    })

    it('numbers as the server writes them', () => {
      here().sends('{"type":"next","id":"1","payload":{"data":{"said":{"id":9007199254740993,"rate":1.50}}}}')
      expect(rob.state.inbox.messages[0]?.text).to.equal('{"id":9007199254740993,"rate":1.50}')
    })

    it('no binary frames', () => {
      here().sends(Buffer.from('{"type":"next","id":"1","payload":{"data":{"said":"Hello"}}}'))
      expect(problems()[0]).to.contain('it is binary, and the protocol has texts alone')
    })

    it('pings, which it answers, and pongs, without a word', () => {
      says({ type: 'ping' })
      says({ type: 'ping', payload: { at: 1 } })
      says({ type: 'pong' })
      expect(sent().slice(-2)).to.deep.equal([{ type: 'pong' }, { type: 'pong', payload: { at: 1 } }])
      expect(contents()).to.deep.equal([])
    })

    for (const [frame, problem] of [
      ['Hello', 'Unexpected token'],
      ['[]', 'Message is expected to be an object, but got array'],
      ['{"type":"next","id":"1"}', "expects the 'payload' property to be an object"],
      ['{"type":"next","id":"1","payload":1.0}', 'it is not a JSON object'],
      ['{"type":"next","id":"1","payload":{}}', 'it has neither data nor errors'],
      ['{"type":"error","id":"1","payload":[]}', 'to be an array of GraphQL errors'],
      ['{"type":"complete","id":"1","id":"2"}', 'the member "id" twice'],
      ['{"type":"data"}', `Invalid message 'type' property "data"`],
      ['{"type":"connection_init"}', 'only clients send connection_init'],
    ] as const) {
      it(`what is none of its messages, and why: ${frame}`, () => {
        here().sends(frame)
        expect(rob.state.inbox.messages[0]?.detail).to.equal(frame)
        expect(problems()[0]).to.contain(problem)
      })
    }
  })

  describe('sends', () => {
    it('JSON with a query as an operation of its own', async () => {
      begin({ send: SAY })
      await connect()
      await rob.send({ query: '{ guests }' })
      await rob.send({ query: 'query ($n: Int) { seat(n: $n) }', variables: { n: 1 }, extensions: {} })
      expect(sent().slice(1)).to.deep.equal([
        { type: 'subscribe', id: '1', payload: { query: '{ guests }' } },
        {
          type: 'subscribe',
          id: '2',
          payload: { query: 'query ($n: Int) { seat(n: $n) }', variables: { n: 1 }, extensions: {} },
        },
      ])
    })

    it('the operation of the settings: a text is a variable, the members of an object are some', async () => {
      begin({ send: SAY })
      await connect()
      await rob.send('Hello')
      await rob.send({ text: 'Hello', n: 1 })
      await rob.send([1])
      // What an operation does not have is a variable like others.
      await rob.send({ query: '{ a }', text: 'b' })
      expect(sent().map(({ payload }) => payload?.variables)).to.deep.equal([
        undefined,
        { text: 'Hello' },
        { text: 'Hello', n: 1 },
        { text: [1] },
        { query: '{ a }', text: 'b' },
      ])
      expect(sent().map(({ payload }) => payload?.query)).to.deep.equal([undefined, SAY, SAY, SAY, SAY])
    })

    it('the content as the variable that the settings name, beside others', async () => {
      begin({ send: { query: SAY, variables: { room: 'kitchen' } }, variable: 'input' })
      await connect()
      await rob.send('Hello')
      await rob.send({ x: 1 })
      expect(sent().map(({ payload }) => payload?.variables)).to.deep.equal([
        undefined,
        { room: 'kitchen', input: 'Hello' },
        { room: 'kitchen', input: { x: 1 } },
      ])
    })

    it('numbers as they are written', async () => {
      begin({ send: SAY })
      await connect()
      await rob.send('{"n": 1.50}')
      expect(here().sent[1]).to.contain('"variables":{"n":1.50}')
    })

    it('nothing else, and says what is missing', async () => {
      await connect()
      for (const content of ['Hello', { query: 1 }, { query: '{ a }', variables: 1 }, { query: '{ a }', other: 1 }]) {
        expect(await failureMessage(() => rob.send(content))).to.contain(
          "write protocol: { name: 'graphql-ws', send: 'mutation ($text: String!) { say(text: $text) }' }",
        )
      }
      expect(await failureMessage(() => rob.send(bytes('01')))).to.contain('it has no place for bytes')
    })
  })

  describe('carries out by their names', () => {
    const SEAT = { query: 'query Seat($guest: String!) { seat(guest: $guest) }' }

    beforeEach(async () => {
      begin({ operations: { say: SAY, seat: SEAT, said: 'subscription { said }' } })
      await connect()
    })

    it('operations that are called, or written', async () => {
      await rob.call('seat', { guest: 'Ann' })
      await rob.call('query { guests }')
      expect(sent().slice(1)).to.deep.equal([
        { type: 'subscribe', id: '1', payload: { ...SEAT, variables: { guest: 'Ann' } } },
        { type: 'subscribe', id: '2', payload: { query: 'query { guests }' } },
      ])
      says({ type: 'next', id: '2', payload: { data: { guests: ['Ann'] } } })
      await rob.expectAnswer(['Ann'])
    })

    it('operations that are published to', async () => {
      await rob.send(onTopic('say', 'Hello'))
      expect(sent()[1].payload).to.deep.equal({ query: SAY, variables: { text: 'Hello' } })
    })

    it('subscriptions, whose messages have them as their topic', async () => {
      const subscribing = rob.subscribe('said')
      await turn()
      expect(sent()[2]).to.deep.equal({ type: 'ping' })
      says({ type: 'pong' })
      says({ type: 'pong' })
      await subscribing
      says({ type: 'next', id: '1', payload: { data: { said: 'Hello' } } })
      await rob.receives(onTopic('said', 'Hello'))
      const ending = rob.unsubscribe('said')
      await turn()
      expect(sent().slice(4)).to.deep.equal([{ type: 'complete', id: '1' }, { type: 'ping' }])
      const bye = () => says({ type: 'next', id: '1', payload: { data: { said: 'Bye' } } })
      // What has been on its way is not for the client any more.
      bye()
      bye()
      says({ type: 'pong' })
      says({ type: 'pong' })
      // At one more the server may have been already: the client receives it.
      bye()
      bye()
      await ending
      await rob.receives(onTopic('said', 'Bye'))
      expect(problems()).to.have.length(3)
      expect(problems()[2]).to.contain('no operation of the client has the id 1')
    })

    it('subscriptions, whether they are written or named', async () => {
      const subscribing = rob.subscribe('subscription { said }')
      await turn()
      for (let pings = 0; pings < 2; pings++) says({ type: 'pong' })
      await subscribing
      says({ type: 'next', id: '1', payload: { data: { said: 'Hello' } } })
      says({ type: 'next', id: '1', payload: { data: { said: 'Hello' } } })
      await rob.receives(onTopic('said', 'Hello'))
      await rob.receives(onTopic('subscription { said }', 'Hello'))
      expect(() => rob.matcher(onTopic('subscription { other }', 'Hello'))).not.to.throw()
      const ending = rob.unsubscribe('said')
      await turn()
      for (let pings = 0; pings < 2; pings++) says({ type: 'pong' })
      await ending
    })

    it('subscriptions of which an error comes late', async () => {
      const subscribing = rob.subscribe('said')
      await turn()
      const answerPings = () => {
        for (let pings = 0; pings < 2; pings++) says({ type: 'pong' })
      }
      answerPings()
      await subscribing
      const ending = rob.unsubscribe('said')
      await turn()
      answerPings()
      await ending
      says({ type: 'error', id: '1', payload: [{ message: 'x' }] })
      expect(rob.state.inbox.messages).to.have.length(1)
      says({ type: 'error', id: '1', payload: [{ message: 'x' }] })
      expect(problems()[1]).to.contain('no operation of the client has the id 1')
    })

    it('subscriptions that the server has completed, and no others, may be ended', async () => {
      const subscribing = rob.subscribe('said')
      await turn()
      says({ type: 'pong' })
      says({ type: 'pong' })
      await subscribing
      says({ type: 'complete', id: '1' })
      const ending = rob.unsubscribe('said')
      await turn()
      says({ type: 'pong' })
      says({ type: 'pong' })
      await ending
      expect(await failureMessage(() => rob.unsubscribe('seat'))).to.contain('it has not subscribed to it')
    })

    for (const [begun, message] of [
      ['goes on', { type: 'pong' }],
      ['the server has completed', { type: 'complete', id: '1' }],
      ['has failed', { type: 'error', id: '1', payload: [{ message: 'x' }] }],
    ] as const) {
      it(`a subscription once, if it ${begun}`, async () => {
        const answersPings = async () => {
          await turn()
          for (let pings = 0; pings < 2; pings++) says({ type: 'pong' })
        }
        const subscribing = rob.subscribe('said')
        await answersPings()
        await subscribing
        says(message)
        const ending = rob.unsubscribe('said')
        await answersPings()
        await ending
        expect(await failureMessage(() => rob.unsubscribe('said'))).to.contain('it has not subscribed to it')
      })
    }

    for (const [type, payload] of [
      ['error', [{ message: 'no' }]],
      ['next', { errors: [{ message: 'no' }] }],
    ] as const) {
      it(`no subscription that the server has refused: ${type}`, async () => {
        const subscribing = failureMessage(() => rob.subscribe('said'))
        await turn()
        says({ type, id: '1', payload })
        expect(await subscribing).to.contain('no')
        expect(await failureMessage(() => rob.unsubscribe('said'))).to.contain('it has not subscribed to it')
      })
    }

    it('a subscription of the settings', async () => {
      begin({ operations: { said: 'subscription { said }' }, subscribe: ['said'] })
      await connect()
      const ending = rob.unsubscribe('said')
      await turn()
      expect(sent()[2]).to.deep.equal({ type: 'complete', id: '1' })
      for (let pings = 0; pings < 2; pings++) says({ type: 'pong' })
      await ending
    })

    it('no subscriptions that the server refuses', async () => {
      const subscribing = failureMessage(() => rob.subscribe('said'))
      await turn()
      says({ type: 'pong' })
      says({ type: 'error', id: '1', payload: [{ message: 'no' }] })
      expect(await subscribing).to.contain('[{"message":"no"}]')
      expect(rob.state.inbox.messages).to.have.length(0)
    })

    for (const errors of [[{ message: 'no' }], [{ message: 'no' }, { message: 'never' }]]) {
      it(`none that the server cannot begin: ${errors.length} errors, and no data`, async () => {
        const subscribing = failureMessage(() => rob.subscribe('said'))
        await turn()
        says({ type: 'next', id: '1', payload: { errors } })
        says({ type: 'complete', id: '1' })
        expect(await subscribing).to.contain(JSON.stringify(errors))
        expect(contents()).to.deep.equal([])
        says({ type: 'next', id: '1', payload: { data: { said: 'Hello' } } })
        expect(problems()[0]).to.contain('no operation of the client has the id 1')
      })
    }

    it('those whose first result has errors and data', async () => {
      const subscribing = rob.subscribe('said')
      await turn()
      says({ type: 'next', id: '1', payload: { data: null, errors: [{ message: 'no' }] } })
      await subscribing
      expect(contents()).to.have.length(1)
    })

    for (const [begun, message] of [
      ['a result', { type: 'next', id: '1', payload: { data: { said: 'Hello' } } }],
      ['its end', { type: 'complete', id: '1' }],
    ] as const) {
      it(`those that have begun, whatever comes then: ${begun}`, async () => {
        const subscribing = rob.subscribe('said')
        await turn()
        says(message)
        await subscribing
        says({ type: 'error', id: '1', payload: [{ message: 'no' }] })
        const { details } = rob.state.inbox.messages.at(-1) as { details: object }
        expect(details).to.have.property(message.type === 'next' ? 'isError' : 'problem')
        for (let pings = 0; pings < 2; pings++) says({ type: 'pong' })
      })
    }

    it('none that has another name', async () => {
      expect(await failureMessage(() => rob.call('guests'))).to.contain(
        'Rob cannot call "guests": ' + 'the setting "operations" has none of this name: it has say, seat, said.',
      )
      begin({})
      await connect()
      expect(await failureMessage(() => rob.subscribe('said'))).to.contain('of this name: it has none.')
      expect(await failureMessage(() => rob.receives(onTopic('said', '1')))).to.contain('of this name: it has none.')
    })
  })

  it('asks, and is answered by the result of that operation alone', async () => {
    begin({ send: 'query Order($id: Int!) { order(id: $id) }' })
    await connect()
    await rob.send({ id: 7 })
    here().sending = async () => {
      says({ type: 'next', id: '1', payload: { data: { order: { state: 'order 7 is open' } } } })
      says({ type: 'next', id: '2', payload: { data: { order: { state: 'order 1 is open' } } } })
    }
    expect((await rob.ask({ id: 1 }, anyMessage)).json).to.deep.equal({ state: 'order 1 is open' })
    expect(await failureMessage(() => rob.ask({ id: 1 }, { state: 'x' }, { within: 1 }))).to.contain(
      'Rob did not receive {"state":"x"} to "3" within 1 ms.',
    )
  })

  it('does not read what no operation of the client asked for', async () => {
    await connect()
    says({ type: 'next', id: '99', payload: { data: { said: 'Hello' } } })
    says({ type: 'error', id: '98', payload: [{ message: 'x' }] })
    says({ type: 'complete', id: '97' })
    const problem = 'The function received of the protocol graphql-ws failed: no operation of the client has the id '
    expect(problems()).to.deep.equal([`${problem}99`, `${problem}98`, `${problem}97`])
  })

  it('reads one end of an operation, also of one that the client has ended', async () => {
    begin({ operations: { said: 'subscription { said }' } })
    await connect()
    const answersPings = async () => {
      for (let pings = 0; pings < 2; pings++) says({ type: 'pong' })
    }
    const subscribing = rob.subscribe('said')
    await turn()
    await answersPings()
    await subscribing
    const ending = rob.unsubscribe('said')
    await turn()
    says({ type: 'complete', id: '1' })
    says({ type: 'complete', id: '1' })
    await answersPings()
    await ending
    expect(problems()).to.have.length(1)
    expect(problems()[0]).to.contain('no operation of the client has the id 1')
  })

  for (const [payload, problem] of [
    [{}, 'it has neither data nor errors'],
    [{ errors: [] }, 'it has neither data nor errors'],
    [{ errors: null }, 'it has neither data nor errors'],
    [{ data: 'Hello' }, 'its data are not an object'],
    [{ data: [1] }, 'its data are not an object'],
    [{ data: {}, errors: 'No' }, 'its errors are not a list of objects with a text "message"'],
    [{ errors: { message: 'No' } }, 'its errors are not a list of objects with a text "message"'],
    [{ errors: ['No'] }, 'its errors are not a list of objects with a text "message"'],
    [{ errors: [{ message: 7 }] }, 'its errors are not a list of objects with a text "message"'],
  ] as const) {
    it(`does not read what is no result: ${JSON.stringify(payload)}`, async () => {
      begin({ subscribe: ['subscription { said }'] })
      await connect()
      says({ type: 'next', id: '1', payload })
      expect(problems()).to.have.length(1)
      expect(problems()[0]).to.contain(problem)
    })
  }

  for (const payload of [[{ message: 7 }], ['No'], [{}], [], undefined]) {
    it(`does not read what are no errors: ${JSON.stringify(payload)}`, async () => {
      begin({ subscribe: ['subscription { said }'] })
      await connect()
      says({ type: 'error', id: '1', payload })
      expect(problems()).to.have.length(1)
      expect(problems()[0]).not.to.equal(undefined)
    })
  }

  it('completes the operations that the server has not', async () => {
    begin({ subscribe: ['subscription { a }', 'subscription { b }', 'subscription { c }'] })
    await connect()
    says({ type: 'complete', id: '1' })
    says({ type: 'error', id: '3', payload: [{ message: 'No c' }] })
    await rob.disconnect()
    expect(sent().slice(4)).to.deep.equal([{ type: 'complete', id: '2' }])
  })

  for (const [options, problem] of [
    [{ payload: 'abc' }, 'The option payload of the protocol graphql-ws should be an object, not "abc".'],
    [{ subscribe: 'subscription { a }' }, 'should be a list of operations: texts of GraphQL, names, or objects with'],
    [{ subscribe: [{ query: '' }] }, 'should be a list of operations'],
    [{ send: { query: SAY, operationName: 1 } }, 'should be an operation: a text of GraphQL, or an object with'],
    [{ send: { query: SAY, extensions: [] } }, 'should be an operation'],
    [{ send: 'say', operations: { say: SAY } }, 'should be an operation'],
    [{ operations: { say: 'say' } }, 'should be an object of operations by their names'],
    [
      { subscribe: ['sed'], operations: { said: SAY } },
      'The option subscribe of the protocol graphql-ws has "sed": the setting "operations" has none of this name: it has said.',
    ],
    [{ operations: { say: '' } }, 'should be an object of operations by their names'],
    [{ variable: '' }, 'The option variable of the protocol graphql-ws should be a text with something in it'],
    [{ variables: 'a' }, 'Did you mean variable?'],
  ] as const) {
    it(`has no such options: ${JSON.stringify(options)}`, async () => {
      begin(options)
      expect(await failureMessage(() => rob.connect())).to.contain(problem)
    })
  }
})
