import { expect } from 'chai'
import { expectFailure, failureMessage } from '../../test/support/failures'
import { type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { exactlyBefore } from '../expectations/expect-several'
import { silence } from '../expectations/expect-silence'
import { anyMessage } from '../matching/matcher'
import type { TranscriptEntry } from '../transcript'
import { mayComeFromScenarioBefore, scenarioEnded } from './scenario-before'

const url = 'ws://server/?name=Rob'
const HINT = 'Number 1 is perhaps from the scenario before: see docs/isolation.md of cucumber-websocket.'

describe('A message from the scenario before', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(async () => {
    await begin()
    await conversation.end()
    await begin()
  })

  afterEach(() => scenarioEnded([], Number.NEGATIVE_INFINITY))

  it('is supposed in the failure of a silence', async () => {
    server.to('Rob').sends('Ann has left')
    await expectFailure(
      () => rob.expect(silence(anyMessage)),
      'Rob should receive nothing else, but number 1 came.',
      'Unread',
      '  1  +0 ms  Ann has left',
      'Rob is connected to ws://server/?name=Rob.',
      HINT,
    )
  })

  it('is supposed in the failure of exactly these messages', async () => {
    for (const texts of [['Ann has left', 'done'], []]) {
      server.to('Rob').sends(...texts)
      const matchers = texts.length === 0 ? [] : [rob.matcher('Hello')]
      const words = await failureMessage(() => rob.expect(exactlyBefore(matchers, rob.matcher('done'))))
      expect(words.split('\n')).to.include(HINT)
    }
  })

  it('is not supposed where something is missing, or a message is read', async () => {
    server.to('Rob').sends('done')
    const missing = exactlyBefore([rob.matcher('Hello')], rob.matcher('done'))
    expect(await failureMessage(() => rob.expect(missing))).not.to.contain('scenario before')
    expect(await failureMessage(() => rob.receives('Hello'))).not.to.contain('scenario before')
  })

  it('is not supposed once somebody has sent something', async () => {
    await rob.send('Hello')
    server.to('Rob').sends('Hello')
    expect(await failureMessage(() => rob.expect(silence(anyMessage)))).not.to.contain('scenario before')
  })

  describe('mayComeFromScenarioBefore', () => {
    const connects = entry('connects', 0)
    const message = entry('receives', 100)

    beforeEach(() => scenarioEnded(['no address', url], 1000))

    it('holds for what comes at once, whatever has been received before', () => {
      const entries = [entry('sentence', 0), connects, entry('receives', 1), entry('hears', 2), message]
      expect(mayComeFromScenarioBefore(message, entries, 1010)).to.equal(true)
    })

    for (const [what, entries, start] of [
      ['who has not connected', [message], 1010],
      ['somebody else has connected', [{ ...connects, client: 'Ann' }, message], 1010],
      ['another one has connected, too', [connects, { ...connects, client: 'Ann' }, message], 1010],
      ['somebody has requested something', [connects, entry('requests', 1), message], 1010],
      ['a program has started', [entry('starts', 0), connects, message], 1010],
      ['it comes late', [entry('connects', -150), message], 1010],
      ['the scenario before ended long ago', [connects, message], 2000],
    ] as const) {
      it(`does not hold where ${what}`, () => {
        expect(mayComeFromScenarioBefore(message, entries, start)).to.equal(false)
      })
    }

    it('does not hold for what the server said to everybody in the scenario before', () => {
      const greeting = { ...message, detail: 'Welcome' }
      const holds = () => mayComeFromScenarioBefore(greeting, [connects, greeting], 1010)
      scenarioEnded([url], 1000, [entry('sentence', 0), connects, greeting])
      expect(holds()).to.equal(false)
      scenarioEnded([url], 1000, [connects, entry('sends', 0), greeting])
      expect(holds()).to.equal(true)
    })

    it('does not hold for another server', () => {
      for (const other of ['ws://other/', '']) {
        const elsewhere = { ...message, url: other }
        expect(mayComeFromScenarioBefore(elsewhere, [connects, elsewhere], 1010)).to.equal(false)
      }
    })
  })

  async function begin(): Promise<void> {
    ;({ conversation, server } = startConversation({ timeout: 20 }))
    rob = conversation.client('Rob')
    await rob.connect()
  }

  function entry(kind: TranscriptEntry['kind'], at: number): TranscriptEntry {
    return { at, kind, client: 'Rob', detail: '', isReaction: false, url }
  }
})
