import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { namedEvent } from '../messages/addressed-message'
import { bytes } from '../messages/binary-message'

const END = '\x1e'

describe('SignalR', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin({ method: 'Say' }))
  afterEach(() => conversation.end())

  function begin(options: object): void {
    ;({ conversation, server } = startConversation({ protocol: { name: 'signalr', ...options } }))
    rob = conversation.client('Rob')
  }

  const here = (): FakeConnection => server.to('Rob')
  const says = (record: object): void => here().sends(JSON.stringify(record) + END)

  async function connect(): Promise<void> {
    const connected = rob.connect()
    await turn()
    here().sends(`{}${END}`)
    await connected
  }

  it('shakes hands before a client counts as connected', async () => {
    await connect()
    expect(here().sent).to.deep.equal([`{"protocol":"json","version":1}${END}`])
  })

  it('is refused in the words of the hub', async () => {
    const failure = failureMessage(() => rob.connect())
    await turn()
    here().sends(`{"error":"Requested protocol 'json' is not available."}${END}`)
    expect(await failure).to.equal(
      `Rob was refused by ws://server/?name=Rob: "Requested protocol 'json' is not available.".`,
    )
  })

  for (const answer of ['{"error":null}', '{"error":""}']) {
    it(`is not refused by ${answer}`, async () => {
      const connected = rob.connect()
      await turn()
      here().sends(answer + END)
      await connected
    })
  }

  it('has no error where the hub writes null', async () => {
    await connect()
    await rob.call('Find')
    says({ type: 3, invocationId: '1', result: 1, error: null })
    says({ type: 7, error: null })
    expect(rob.state.inbox.messages.map(({ detail, details }) => [detail, details])).to.deep.equal([
      ['1', { answerTo: '1' }],
    ])
  })

  it('receives what the hub calls: one argument as it is, several as a list, none as nothing', async () => {
    await connect()
    says({ type: 1, target: 'said', arguments: ['Hello'] })
    says({ type: 1, target: 'moved', arguments: [{ x: 1 }] })
    says({ type: 1, target: 'drawn', arguments: [1, 'red'] })
    says({ type: 1, target: 'cleared', arguments: [] })
    await rob.receives('Hello')
    await rob.receives({ x: 1 })
    await rob.receives([1, 'red'])
    expect(rob.state.inbox.messages.map(({ details }) => details.event)).to.deep.equal([
      'said',
      'moved',
      'drawn',
      'cleared',
    ])
    expect(rob.state.inbox.unread.map(({ text }) => text)).to.deep.equal([''])
  })

  it('reads several records of a frame, and one that is cut in two', async () => {
    await connect()
    const record = (text: string) => `{"type":1,"target":"said","arguments":["${text}"]}${END}`
    here().sends(record('a') + record('b') + record('c').slice(0, 20))
    here().sends(record('c').slice(20, 25), record('c').slice(25))
    expect(rob.state.inbox.messages.map(({ detail }) => detail)).to.deep.equal(['a', 'b', 'c'])
  })

  it('answers what the hub calls and waits for', async () => {
    await connect()
    says({ type: 1, invocationId: 'a', target: 'ask', arguments: ['Name?'] })
    await rob.receives('Name?')
    await rob.answer('Rob')
    says({ type: 1, invocationId: 'b', target: 'ask', arguments: ['Number?'] })
    await rob.receives('Number?')
    await rob.answer('Nobody', { isError: true })
    expect(here().sent.slice(1)).to.deep.equal([
      `{"type":3,"invocationId":"a","result":"Rob"}${END}`,
      `{"type":3,"invocationId":"b","error":"Nobody"}${END}`,
    ])
  })

  it('reads answers and errors', async () => {
    await connect()
    for (const method of ['Count', 'Find', 'Clear']) await rob.call(method)
    says({ type: 3, invocationId: '1', result: { n: 2 } })
    says({ type: 3, invocationId: '2', error: 'No such room' })
    says({ type: 3, invocationId: '3' })
    says({ type: 3, invocationId: '3', result: 'again' })
    says({ type: 7, error: 'The hub is closing' })
    expect(here().closeFrame).to.deep.equal({})
    expect(rob.state.inbox.messages.map(({ detail, details }) => [detail, details])).to.deep.equal([
      ['{"n":2}', { answerTo: '1' }],
      ['No such room', { answerTo: '2', isError: true }],
      ['', { answerTo: '3' }],
      ['{"type":3,"invocationId":"3","result":"again"}', { problem: 'it answers no call of the client' }],
      ['The hub is closing', { event: 'close', isError: true }],
    ])
  })

  it('reads the items of a stream as events of its method, and its end as the answer', async () => {
    begin({ streams: ['Count'] })
    await connect()
    await rob.call('Count', [2])
    await rob.call('Find')
    await rob.send(namedEvent('Count', [1]))
    expect(here().sent.slice(1)).to.deep.equal([
      `{"type":4,"invocationId":"1","target":"Count","arguments":[2]}${END}`,
      `{"type":1,"invocationId":"2","target":"Find","arguments":[]}${END}`,
      `{"type":1,"target":"Count","arguments":[1]}${END}`,
    ])
    says({ type: 2, invocationId: '1', item: 1 })
    says({ type: 2, invocationId: '1', item: { n: 2 } })
    says({ type: 2, invocationId: '2', item: 'a' })
    says({ type: 3, invocationId: '1' })
    says({ type: 2, invocationId: '1', item: 3 })
    expect(rob.state.inbox.messages.map(({ detail, details }) => [detail, details])).to.deep.equal([
      ['1', { event: 'Count' }],
      ['{"n":2}', { event: 'Count' }],
      [
        '{"type":2,"invocationId":"2","item":"a"}',
        { problem: 'it is an item of a stream, and the setting "streams" does not have "Find"' },
      ],
      ['', { answerTo: '1' }],
      ['{"type":2,"invocationId":"1","item":3}', { problem: 'it answers no call of the client' }],
    ])
  })

  it('keeps numbers as the hub writes them', async () => {
    await connect()
    here().sends(`{"type":1,"target":"said","arguments":[{"id":9007199254740993,"rate":1.50}]}${END}`)
    expect(rob.state.inbox.messages[0]?.text).to.equal('{"id":9007199254740993,"rate":1.50}')
  })

  it('calls the method of the settings with what is sent', async () => {
    await connect()
    await rob.send('Hello')
    await rob.send({ x: 1 })
    expect(here().sent.slice(1)).to.deep.equal([
      `{"type":1,"target":"Say","arguments":["Hello"]}${END}`,
      `{"type":1,"target":"Say","arguments":[{"x":1}]}${END}`,
    ])
  })

  it('says what is missing if no setting names one', async () => {
    begin({})
    await connect()
    expect(await failureMessage(() => rob.send('Hello'))).to.contain(
      "no setting says which method of the hub it calls: write protocol: { name: 'signalr', method: 'Send' }",
    )
  })

  it('has no place for bytes', async () => {
    await connect()
    expect(await failureMessage(() => rob.send(bytes('01')))).to.contain('it has no place for bytes')
  })

  it('answers for itself that it is alive, and hears the same of the hub without a word', async () => {
    begin({ keepAlive: 1 })
    await connect()
    while (here().sent.length < 3) await turn()
    expect(here().sent[1]).to.equal(`{"type":6}${END}`)
    for (const type of [5, 6, 8, 9]) says({ type })
    expect(rob.state.inbox.messages).to.have.length(0)
  })

  it('says goodbye', async () => {
    await connect()
    await rob.disconnect()
    expect(here().sent.at(-1)).to.equal(`{"type":7}${END}`)
  })

  it('shows what is not a record of it, and why', async () => {
    await connect()
    await rob.call('Find')
    here().sends(
      `[]${END}`,
      `{"a":1,"a":2}${END}`,
      `Hello${END}`,
      `{"type":99}${END}`,
      `{"type":1,"target":"said","arguments":"a"}${END}`,
      `{"type":1,"target":1,"arguments":[]}${END}`,
      `{"type":1,"invocationId":1,"target":"said","arguments":[]}${END}`,
      `{"type":3,"invocationId":1,"result":1}${END}`,
      `{"type":3,"invocationId":"1","result":1,"error":"a"}${END}`,
      `{"type":3,"invocationId":"1","error":5}${END}`,
      `{"type":2,"invocationId":"1","item":1}${END}`,
      `{"type":2,"invocationId":"1"}${END}`,
      `{"type":7,"error":5}${END}`,
      Buffer.from(`{"type":6}${END}`),
    )
    const problems = rob.state.inbox.messages.map(({ details }) => details.problem)
    for (const [at, problem] of [
      'it is not a JSON object',
      'the member "a" twice',
      'Unexpected token',
      'its type is not known',
      'its arguments are not a list',
      'its target is not a text',
      'its invocationId is not a text',
      'it answers no call of the client',
      'it has both a result and an error',
      'its error is not a text',
      'it is an item of a stream, and the setting "streams" does not have "Find"',
      'it has no item',
      'its error is not a text',
      'it is binary, and the protocol has texts alone',
    ].entries())
      expect(problems[at]).to.contain(problem)
  })

  it('shows the records beside one that it cannot read, and what had not ended when the hub closed the connection', async () => {
    await connect()
    here().sends(`{"type":1,"target":"said","arguments":["a"]}${END}garbage${END}{"type":1,"target":"said"`)
    here().closes(1000)
    expect(rob.state.inbox.messages.map(({ detail }) => detail)).to.deep.equal([
      'a',
      'garbage',
      '{"type":1,"target":"said"',
    ])
    expect(rob.state.inbox.messages.at(-1)?.details).to.deep.equal({ problem: 'the record has not ended' })
  })

  it('takes no other record for the answer of the handshake, and shows it once the client is connected', async () => {
    const connected = rob.connect()
    await turn()
    says({ type: 1, target: 'said', arguments: ['a'] })
    expect(rob.state.connection.isOpen).to.equal(false)
    says({})
    await connected
    expect(rob.state.inbox.messages.map(({ details }) => details.problem)).to.deep.equal([
      'it does not answer the handshake',
    ])
    here().closes(1000)
    expect(rob.state.inbox.messages).to.have.length(1)
  })

  it('puts no record together that is larger than a message may be, and goes on after it', async () => {
    await connect()
    for (let count = 0; count < 11; count++) here().sends('x'.repeat(100))
    expect(rob.state.inbox.messages[0]?.details.problem).to.contain('a record has more than 1000 bytes')
    says({ type: 1, target: 'said', arguments: ['a'] })
    await rob.receives('a')
  })

  it('calls methods of the hub, with an answer and without', async () => {
    await connect()
    await rob.call('Add', [1, 2])
    await rob.call('Count')
    await rob.send(namedEvent('Wave'))
    await rob.send(namedEvent('Say', 'Hello'))
    expect(
      here()
        .sent.slice(1)
        .map((frame) => JSON.parse(String(frame).replace(END, ''))),
    ).to.deep.equal([
      { type: 1, invocationId: '1', target: 'Add', arguments: [1, 2] },
      { type: 1, invocationId: '2', target: 'Count', arguments: [] },
      { type: 1, target: 'Wave', arguments: [] },
      { type: 1, target: 'Say', arguments: ['Hello'] },
    ])
    says({ type: 3, invocationId: '2', result: 7 })
    await rob.expectAnswer('7')
  })

  for (const error of ['The hub is closing', null, undefined]) {
    it(`reads nothing after the end of the conversation: ${error}`, async () => {
      await connect()
      await rob.call('Add')
      const end = JSON.stringify({ type: 7, error }) + END
      here().sends(`${end}{"type":1,"target":"said","arguments":["Hello"]}${END}`)
      says({ type: 3, invocationId: '1', result: 3 })
      const problem = 'the server has ended the conversation before'
      expect(
        rob.state.inbox.messages.slice(error ? 1 : 0).map(({ detail, details }) => [detail, details]),
      ).to.deep.equal([
        ['Hello', { problem }],
        ['3', { problem }],
      ])
      if (error) await rob.receives(namedEvent('close'))
    })
  }

  it('reads no result that ends a stream', async () => {
    begin({ streams: ['Count'] })
    await connect()
    await rob.call('Count')
    says({ type: 2, invocationId: '1', item: 1 })
    says({ type: 3, invocationId: '1', result: 2 })
    says({ type: 3, invocationId: '1', result: null })
    expect(rob.state.inbox.messages.map(({ details }) => details)).to.deep.equal([
      { event: 'Count' },
      { problem: 'it ends a stream, and has a result' },
      { answerTo: '1' },
    ])
  })

  it('reads so many records of a frame, and no more', async () => {
    await connect()
    const said = `{"type":1,"target":"said","arguments":["a"]}${END}`
    here().sends(`{"type":6}${END}`.repeat(10_005) + said.slice(0, 9), said.slice(9))
    expect(rob.state.inbox.messages.map(({ details }) => details)).to.deep.equal([
      { problem: 'The function received of the protocol signalr failed: it says more than 10000 messages at once' },
      { event: 'said' },
    ])
  })

  it('has no other options', async () => {
    for (const keepAlive of [0, '0.4ms', 'often']) {
      begin({ keepAlive })
      expect((await failureOf(() => rob.connect())).message).to.contain(
        'The option keepAlive of the protocol signalr should be a duration such as "2 seconds", or a number of ms, from 1 ms to 24 days, not',
      )
    }
    begin({ methods: 'Say' })
    expect((await failureOf(() => rob.connect())).message).to.contain(
      'There is no option "methods" of the protocol signalr. Did you mean method?',
    )
  })
})
