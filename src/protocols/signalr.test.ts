import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
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

  it('reads several records of a frame, one that is cut in two, and one in a binary frame', async () => {
    await connect()
    const record = (text: string) => `{"type":1,"target":"said","arguments":["${text}"]}${END}`
    here().sends(record('a') + record('b') + record('c').slice(0, 20))
    here().sends(record('c').slice(20))
    here().sends(Buffer.from(record('d')))
    expect(rob.state.inbox.messages.map(({ text }) => text)).to.deep.equal(['a', 'b', 'c', 'd'])
  })

  it('reads answers, items of streams and errors', async () => {
    await connect()
    says({ type: 2, invocationId: '7', item: 1 })
    says({ type: 3, invocationId: '7', result: { n: 2 } })
    says({ type: 3, invocationId: '8', error: 'No such room' })
    says({ type: 3, invocationId: '9' })
    says({ type: 7, error: 'The hub is closing' })
    says({ type: 7 })
    expect(rob.state.inbox.messages.map(({ text, details }) => [text, details])).to.deep.equal([
      ['1', { answerTo: '7' }],
      ['{"n":2}', { answerTo: '7' }],
      ['No such room', { answerTo: '8', isError: true }],
      ['', { answerTo: '9' }],
      ['The hub is closing', { event: 'close', isError: true }],
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
    says({ type: 6 })
    expect(rob.state.inbox.messages).to.have.length(0)
  })

  it('says goodbye', async () => {
    await connect()
    await rob.disconnect()
    expect(here().sent.at(-1)).to.equal(`{"type":7}${END}`)
  })

  it('shows what is not a record of it, and why', async () => {
    await connect()
    here().sends(`[]${END}`, `{"a":1,"a":2}${END}`, `Hello${END}`)
    const problems = rob.state.inbox.messages.map(({ details }) => details.problem)
    expect(problems[0]).to.contain('it is not a JSON object')
    expect(problems[1]).to.contain('the member "a" twice')
    expect(problems[2]).to.contain('Unexpected token')
  })

  it('has no other options', async () => {
    begin({ methods: 'Say' })
    expect((await failureOf(() => rob.connect())).message).to.contain(
      'There is no option "methods" of the protocol signalr. Did you mean method?',
    )
  })
})
