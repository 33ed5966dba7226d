import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureOf } from '../../test/support/failures'
import { type FakeServer, startConversation } from '../../test/support/fake-server'
import { ConnectionError, UsageError } from '../errors'
import type { Conversation } from './conversation'

describe('connectGroup', () => {
  let conversation: Conversation
  let server: FakeServer

  beforeEach(() => {
    ;({ conversation, server } = startConversation())
  })

  it('waits until every member is connected', async () => {
    await conversation.connectGroup('listeners', 3)
    expect(server.connections.map(({ target }) => target.url)).to.deep.equal([
      'ws://server/?name=listener-1',
      'ws://server/?name=listener-2',
      'ws://server/?name=listener-3',
    ])
    for (const listener of conversation.clients.introduced) await listener.expectConnected()
  })

  it('connects at most a hundred members at a time', async () => {
    server.onConnection = () => {}
    const connected = conversation.connectGroup('listeners', 150)
    await turn()
    expect(server.connections).to.have.length(100)
    server.connections[42]?.accepts()
    await turn()
    expect(server.connections).to.have.length(101)
    server.onConnection = (connection) => connection.accepts()
    for (const connection of [...server.connections]) connection.accepts()
    await connected
    expect(server.connections).to.have.length(150)
  })

  it('fails if one member is refused', async () => {
    server.onConnection = (connection) => {
      if (connection.target.url.endsWith('listener-2')) connection.refuses(503, 'Too many')
      else connection.accepts()
    }
    const failure = await failureOf(() => conversation.connectGroup('listeners', 3))
    expect(failure).to.be.an.instanceOf(ConnectionError)
    expect(failure.message).to.equal('listener-2 was refused by ws://server/?name=listener-2 with status 503 Too many.')
  })

  it('starts no more connections after a refusal', async () => {
    server.onConnection = (connection) => {
      if (connection.target.url.endsWith('listener-1')) connection.refuses(503)
    }
    const failed = failureOf(() => conversation.connectGroup('listeners', 150))
    await turn()
    for (const connection of server.connections.slice(1)) connection.accepts()
    await failed
    await turn()
    expect(server.connections).to.have.length(100)
  })

  it('starts no more connections after the end', async () => {
    server.onConnection = () => {}
    const connected = failureOf(() => conversation.connectGroup('listeners', 150))
    await turn()
    await conversation.end()
    await connected
    await turn()
    expect(server.connections).to.have.length(100)
    expect(server.connections.every(({ wasTerminated }) => wasTerminated)).to.equal(true)
  })

  it('connects a group of one', async () => {
    await conversation.connectGroup('listeners', 1)
    expect(server.connections).to.have.length(1)
  })

  for (const [count, advice] of [
    [0, '1 or more'],
    [-1, '1 or more'],
    [65_536, '65535 or less, as a machine has no more ports to connect from'],
    [300_000_000, '65535 or less, as a machine has no more ports to connect from'],
  ] as const) {
    it(`refuses a group of ${count}`, async () => {
      const failure = await failureOf(() => conversation.connectGroup('listeners', count))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(`A group cannot have ${count} listeners: write ${advice}.`)
    })
  }
})
