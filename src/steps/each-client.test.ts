import { mock } from 'node:test'
import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { messageWithout } from '../expectations/expect-one'
import { anyMessage } from '../matching/matcher'
import { inParallel } from './each-client'

const QUIET = 200

describe('inParallel, for five clients', () => {
  let conversation: Conversation
  let server: FakeServer
  let clients: Client[]

  beforeEach(async () => {
    ;({ conversation, server } = startConversation({ quiet: QUIET }))
    clients = ['Ann', 'Bob', 'Carol', 'Dave', 'Eve'].map((name) => conversation.client(name))
    for (const client of clients) await client.connect()
    mock.timers.enable({ apis: ['setTimeout'] })
  })

  afterEach(async () => {
    mock.timers.reset()
    await conversation.end()
  })

  it('waits for silence of all at once: twenty sentences take twenty quiet times, not a hundred', async () => {
    let passed = 0
    for (let sentence = 1; sentence <= 20; sentence++) {
      const silence = watched(inParallel(clients, (client) => client.doesNotReceive('Hello')))
      while (!silence.isOver) {
        await pass(QUIET - 1)
        expect(silence.isOver).to.equal(false)
        await pass(1)
        passed++
      }
    }
    expect(passed).to.equal(20)
  })

  it('waits for the message alone if nothing may come before it', async () => {
    const silence = watched(
      inParallel(clients, (client) => client.expect(messageWithout(client.matcher('Over'), anyMessage))),
    )
    for (const { name } of clients) server.to(name).sends('Over')
    await turn()
    expect(silence.isOver).to.equal(true)
  })

  async function pass(ms: number): Promise<void> {
    mock.timers.tick(ms)
    await turn()
    await turn()
  }
})

function watched(work: unknown): { isOver: boolean } {
  const outcome = { isOver: false }
  Promise.resolve(work).then(
    () => {
      outcome.isOver = true
    },
    () => {},
  )
  return outcome
}
