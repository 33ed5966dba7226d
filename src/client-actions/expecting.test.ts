import { expect } from 'chai'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import type { ResolvedSettings } from '../conversation-state/resolved-settings'
import { UsageError } from '../errors'
import { silence } from '../expectations/expect-silence'
import { anyMessage } from '../matching/matcher'

describe('What a client expects', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin())

  it('refuses a message where an expectation is needed', async () => {
    await rob.connect()
    for (const given of ['Hello', undefined]) {
      const failure = await failureOf(() => rob.expect(given as never))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.match(/for a message write `receives`\.$/)
    }
  })

  it('waits as long as `within` says, a number of ms or a text', async () => {
    await rob.connect()
    expect(await failureMessage(() => rob.receives('Hello', { within: 20 }))).to.match(/ within 20 ms\.\n/)
    expect(await failureMessage(() => rob.receives('Hello', { within: '20 ms' }))).to.match(/ within 20 ms\.\n/)
    expect(await failureOf(() => rob.receives('Hello', { within: 'soon' }))).to.be.an.instanceOf(UsageError)
  })

  it("waits as long as the settings' timeout by default", async () => {
    begin({ timeout: 20 })
    await rob.connect()
    expect(await failureMessage(() => rob.receives('Hello'))).to.match(/ within 20 ms\.\n/)
  })

  it("watches for silence as long as the settings' quiet time", async () => {
    begin({ quiet: 1 })
    await rob.connect()
    await rob.doesNotReceive('Hello')
    await rob.doesNotReceive('Hello', { within: '1 ms' })
  })

  it('refuses to watch for no time', async () => {
    begin({ quiet: 0 })
    await rob.connect()
    await rob.doesNotReceive('Hello')
    for (const watch of [
      () => rob.doesNotReceive('Hello', { within: 0 }),
      () => rob.expectConnected({ within: '0 ms' }),
    ]) {
      expect(await failureMessage(watch)).to.equal('Nothing is seen in no time: write a longer one, such as "200 ms".')
    }
  })

  it('fails at once when the silence is broken', async () => {
    begin({ quiet: 5000 })
    await rob.connect()
    const words = failureMessage(() => rob.doesNotReceive('Hello'))
    here().sends('Hello')
    expect(await words).to.match(/^Rob should not receive "Hello", but number 1 came\.\n/)
  })

  describe('silence after a disconnection', () => {
    const quiet = { within: 10_000 }

    beforeEach(async () => {
      await rob.connect()
      here().sends('Hello')
      here().closes(4003, 'Go away')
    })

    it('is met at once if a sentence has reported the disconnection, and the transcript says so', async () => {
      await rob.receives('Hello')
      await rob.expectDisconnected()
      await rob.expect(silence(anyMessage), quiet)
      await rob.doesNotReceive('Bye', quiet)
      expect(conversation.transcript.entries.slice(-2).map(({ detail }) => detail)).to.deep.equal([
        'nothing else until the connection ended',
        'no "Bye" until the connection ended',
      ])
    })

    it('fails for what is unread', async () => {
      await rob.expectDisconnected()
      expect(await failureMessage(() => rob.expect(silence(anyMessage), quiet))).to.match(
        /^Rob should receive nothing else, but number 1 came\.\n/,
      )
    })

    it('fails if no sentence has reported the disconnection, also of a later connection', async () => {
      const UNREPORTED =
        /^Rob was disconnected by the server with 4003 "Go away", and so could not receive anything\.\n/
      rob.catchUp()
      expect(await failureMessage(() => rob.expect(silence(anyMessage), quiet))).to.match(UNREPORTED)
      await rob.expectDisconnected()
      await rob.reconnect()
      here().closes(4003, 'Go away')
      expect(await failureMessage(() => rob.expect(silence(anyMessage), quiet))).to.match(UNREPORTED)
    })
  })

  function begin(changes: Partial<ResolvedSettings> = {}): void {
    ;({ conversation, server } = startConversation(changes))
    rob = conversation.client('Rob')
  }

  function here(): FakeConnection {
    return server.to('Rob')
  }
})
