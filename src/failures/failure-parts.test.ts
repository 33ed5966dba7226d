import { expect } from 'chai'
import { expectFailure, failureMessage } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import type { ResolvedSettings } from '../conversation-state/resolved-settings'
import { messageCount } from '../expectations/expect-several'

const CONNECTED = 'Rob is connected to ws://server/?name=Rob.'

describe('Failure parts', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin())

  describe('formatMessages', () => {
    it('shows ten of many messages', async () => {
      here().sends(...Array.from({ length: 13 }, (_, index) => `message ${index + 1}`))
      await expectFailure(
        () => rob.receives('Hello'),
        'Rob did not receive "Hello" within 20 ms.',
        'The closest of 13 unread messages is',
        '  1  +0 ms  message 1',
        'Also unread',
        ...Array.from({ length: 10 }, (_, index) => `  ${index + 2}  +0 ms  message ${index + 2}`),
        '  … and 2 more',
        CONNECTED,
      )
    })

    it('shows all of ten messages', async () => {
      here().sends(...Array.from({ length: 10 }, (_, index) => `message ${index + 1}`))
      expect(await failureMessage(() => rob.expect(messageCount(11)))).to.contain(
        `  10  +0 ms  message 10\n${CONNECTED}`,
      )
    })

    it('names empty messages', async () => {
      here().sends('', Buffer.alloc(0))
      await expectFailure(
        () => rob.expect(messageCount(3)),
        'Rob did not receive 3 messages within 20 ms.',
        '  received 2 of 3',
        'Unread',
        '  1  +0 ms  (an empty message)',
        '  2  +0 ms  (an empty binary message)',
        CONNECTED,
      )
    })

    it('shows bytes in hexadecimal digits', async () => {
      here().sends(Buffer.from([0xde, 0xad]))
      expect(await failureMessage(() => rob.receives('Hello'))).to.contain('\n  1  +0 ms  bytes dead\n')
    })

    it('escapes line ends and control characters', async () => {
      here().sends('one\ntwo\u001b[31m')
      expect(await failureMessage(() => rob.receives('Hello'))).to.contain('\n  1  +0 ms  one\\ntwo\\u001b[31m\n')
    })

    it('cuts long messages', async () => {
      here().sends('x'.repeat(1_000_000))
      const words = await failureMessage(() => rob.receives('Hello'))
      expect(words).to.contain(`\n  1  +0 ms  ${'x'.repeat(300)}… (1000000 characters)\n`)
      expect(words.length).to.be.lessThan(1000)
    })

    it('takes little time for a hundred thousand messages', async () => {
      for (let count = 0; count < 100_000; count++) here().sends(`message ${count}`)
      expect(await failureMessage(() => rob.receives('Hello'))).to.contain(
        'The closest of the last 100 of 100000 unread messages is',
      )
    })
  })

  describe('stillWaiting', () => {
    it('names ten of many reactions', async () => {
      for (let count = 0; count < 10; count++) rob.when('Hi').send(`${count}`)
      expect(await failureMessage(() => rob.receives('Hello'))).to.match(/ Rob sends "9"$/)
      for (let count = 10; count < 12; count++) rob.when('Hi').send(`${count}`)
      const lines = (await failureMessage(() => rob.receives('Hello'))).split('\n')
      expect(lines.filter((line) => / when Rob receives "Hi" Rob sends /.test(line))).to.have.length(10)
      expect(lines.at(-1)).to.equal('               … and 2 more')
    })
  })

  async function begin(changes: Partial<ResolvedSettings> = {}): Promise<void> {
    ;({ conversation, server } = startConversation({ timeout: 20, ...changes }))
    rob = conversation.client('Rob')
    await rob.connect()
  }

  function here(): FakeConnection {
    return server.to('Rob')
  }
})
