import { mock } from 'node:test'
import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage } from '../../test/support/failures'
import { type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { disconnectAll, expectNotConnected } from './connections'

const GRACE = 20
const NAMES = ['Ann', 'Bob', 'Carol', 'Dave', 'Eve']

describe('disconnectAll, for five clients', () => {
  let conversation: Conversation
  let server: FakeServer
  let clients: Client[]

  beforeEach(async () => {
    ;({ conversation, server } = startConversation({ closeGrace: GRACE }))
    clients = NAMES.map((name) => conversation.client(name))
    for (const client of clients) await client.connect()
    mock.timers.enable({ apis: ['setTimeout'] })
  })

  afterEach(async () => {
    mock.timers.reset()
    await conversation.end()
  })

  it('closes the one when the server has answered the other', async () => {
    for (const { name } of clients) server.to(name).answersClosing = false
    const disconnected = disconnectAll(clients, {})
    for (const [index, name] of NAMES.entries()) {
      await turn()
      expect(NAMES.filter((one) => server.to(one).closeFrame)).to.deep.equal(NAMES.slice(0, index + 1))
      server.to(name).closes()
    }
    await disconnected
    expect(clients.some(({ state }) => state.isGone === false)).to.equal(false)
  })

  it('waits for a server that answers nothing no longer than for three clients', async () => {
    for (const { name } of clients) server.to(name).answersClosing = false
    const disconnected = disconnectAll(clients, { code: 4000, reason: undefined })
    for (const closing of [1, 2, 5]) {
      await turn()
      expect(NAMES.filter((name) => server.to(name).closeFrame)).to.have.length(closing)
      mock.timers.tick(GRACE)
      await turn()
    }
    await disconnected
    expect(NAMES.every((name) => server.to(name).wasTerminated)).to.equal(true)
  })

  it('fails for the first that cannot', async () => {
    await clients[2]?.disconnect()
    expect(await failureMessage(async () => disconnectAll(clients, {}))).to.contain('Carol')
    expect(server.to('Dave').closeFrame).to.equal(undefined)
  })
})

describe('expectNotConnected', () => {
  it('accepts that a reaction of the client ends its connection meanwhile', async () => {
    const { conversation, server } = startConversation()
    const rob = conversation.client('Rob')
    await rob.connect()
    rob.when('Bye').disconnect()
    const expected = expectNotConnected(rob)
    server.to('Rob').sends('Bye')
    await expected
    await conversation.end()
  })

  it('fails for one that stays', async () => {
    const { conversation } = startConversation({ timeout: 1 })
    const rob = conversation.client('Rob')
    await rob.connect()
    expect(await failureMessage(() => expectNotConnected(rob))).to.contain('Rob was not disconnected by the server')
    await conversation.end()
  })
})
