import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { WebSocketServer } from 'ws'
import { failureMessage, failureOf } from '../test/support/failures'
import { ConnectionError, Conversation, containing, ExpectationError, inOrder, json, UsageError } from './index'
import { SharedSettings } from './websocket-conversation'

describe('Conversation without Cucumber', () => {
  const overriding = process.env.CUCUMBER_WEBSOCKET_URL
  let server: WebSocketServer
  let conversation: Conversation
  let url: string

  before(() => {
    delete process.env.CUCUMBER_WEBSOCKET_URL
  })

  after(() => {
    if (overriding !== undefined) process.env.CUCUMBER_WEBSOCKET_URL = overriding
  })

  beforeEach(async () => {
    server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    server.on('connection', (socket, request) => {
      const name = new URL(request.url ?? '', 'ws://server').searchParams.get('name')
      const say = (message: string) => {
        for (const each of server.clients) each.send(JSON.stringify({ message }))
      }
      say(`${name} has connected`)
      socket.on('message', (data) => say(`${name}: ${JSON.parse(data.toString()).message}`))
    })
    await once(server, 'listening')
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
    const phrases = { sent: { message: '${phrase}' }, received: { message: '${phrase}' } }
    conversation = new Conversation({ url: `${url}/?name=\${client}`, phrases, quiet: 10 })
  })

  afterEach(async () => {
    await conversation.end()
    for (const client of server.clients) client.terminate()
    await new Promise((closed) => server.close(closed))
  })

  it('sends and receives phrases', async () => {
    const [ann, bob] = [conversation.client('Ann'), conversation.client('Bob')]
    await ann.connect()
    await bob.connect()
    await ann.send('Hello')
    await bob.receives('Ann: Hello')
    await ann.receives(containing('Hello'))
    await bob.doesNotReceive('Ann: Bye')
  })

  it('sends and receives JSON and lists', async () => {
    const ann = conversation.client('Ann')
    await ann.connect()
    await ann.send({ message: 'one' })
    await ann.send(json('{"message": "two"}'))
    const received = await ann.expect(inOrder([ann.matcher('Ann: one'), ann.matcher({ message: 'Ann: two' })]))
    expect(received.map(({ json }) => json)).to.deep.equal([{ message: 'Ann: one' }, { message: 'Ann: two' }])
  })

  it('reacts to messages', async () => {
    const ann = conversation.client('Ann')
    ann.when('Bob has connected').send('Hello from ${client}!')
    await ann.connect()
    const bob = conversation.client('Bob')
    await bob.connect()
    await bob.receives('Ann: Hello from Ann!')
    await conversation.settle()
  })

  it('has a transcript', async () => {
    const ann = conversation.client('Ann')
    await ann.connect()
    await ann.receives('Ann has connected')
    await ann.disconnect()
    expect(conversation.transcript.entries.map(({ client, kind }) => `${client} ${kind}`)).to.deep.equal([
      'Ann connects',
      'Ann receives',
      'Ann disconnects',
    ])
  })

  it('fails with the same messages', async () => {
    const ann = conversation.client('Ann')
    expect(await failureOf(() => ann.send('Hello'))).to.be.an.instanceOf(UsageError)
    await ann.connect()
    await ann.receives('Ann has connected')
    const failure = await failureOf(() => ann.receives('Hello', { within: '20 ms' }))
    expect(failure).to.be.an.instanceOf(ExpectationError)
    expect(failure.message).to.equal(
      [
        'Ann did not receive "Hello" within 20 ms.',
        'No message is unread: Ann has read the only one that came.',
        `Ann is connected to ${url}/?name=Ann.`,
      ].join('\n'),
    )
    expect(await failureOf(() => conversation.client('Bob').connect({ to: 'ws://127.0.0.1:1' }))).to.be.an.instanceOf(
      ConnectionError,
    )
  })

  it("throws errors that point at the caller's line, not into this library", async () => {
    const ann = conversation.client('Ann')
    await ann.connect()
    const { stack } = await failureOf(() => ann.receives('Hello', { within: 1 }))
    expect(stack).not.to.match(/at .*(?:src.conversation.(?!.*\.test\.ts)|node:internal|node_modules)/)
  })

  it('needs no settings if the address is set later', async () => {
    const bare = new Conversation()
    const ann = bare.client('Ann')
    expect(await failureMessage(() => ann.connect())).to.match(/^The server has no address yet\. /)
    bare.setServerUrl(`${url}/?name=\${client}`)
    await ann.connect()
    await ann.receives({ message: 'Ann has connected' })
    await bare.end()
  })

  it('uses the address of the environment', async () => {
    process.env.CUCUMBER_WEBSOCKET_URL = `${url}/?name=Zoe`
    try {
      const moved = new Conversation({ url: 'ws://127.0.0.1:1' })
      const ann = moved.client('Ann')
      await ann.connect()
      await ann.receives({ message: 'Zoe has connected' })
      await moved.end()
    } finally {
      delete process.env.CUCUMBER_WEBSOCKET_URL
    }
  })

  it('shares settings and secrets with those that go on at the same time', async () => {
    const shared = new SharedSettings({ url, timeout: 123, redact: ['$.token'] }, { closeGrace: 1000 })
    const conversations = Array.from({ length: 1001 }, () => new Conversation(shared))
    const [first, second] = conversations
    const last = conversations.at(-1)
    expect(first?.settings).to.equal(last?.settings).and.to.include({ timeout: 123, closeGrace: 1000 })
    expect(first?.state.secrets).to.equal(second?.state.secrets).and.not.to.equal(last?.state.secrets)
    for (const each of conversations) await each.end()
  })

  it('refuses invalid settings', async () => {
    const failure = await failureOf(() => new Conversation({ timeout: 'soon' }))
    expect(failure).to.be.an.instanceOf(UsageError)
    expect(failure.message).to.contain('timeout')
  })
})
