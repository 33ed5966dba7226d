import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { ConnectionError, UsageError } from '../errors'
import { defineProtocol, ownProtocols } from '../protocol/protocol'

/** Longer than any test. */
const NEVER = '20 days'

describe('Repeated sending', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(async () => {
    ;({ conversation, server } = startConversation())
    rob = conversation.client('Rob')
    await rob.connect()
  })

  afterEach(() => conversation.end().catch(() => {}))

  describe('sendEvery', () => {
    it('sends at once, and after each interval, with the variables as they are then', async () => {
      const sent = times(3)
      await rob.sendEvery('${uuid}', 1)
      expect(here().sent).to.have.length(1)
      await sent
      expect(new Set(here().sent).size).to.equal(here().sent.length)
    })

    it('sends several messages side by side', async () => {
      await rob.sendEvery('tick', NEVER)
      await rob.sendEvery('tock', NEVER)
      expect(here().sent).to.deep.equal(['tick', 'tock'])
    })

    for (const [interval, problem] of [
      [0, 'A message cannot be sent every 0 ms: write 1 ms or more.'],
      ['0 seconds', 'A message cannot be sent every 0 ms: write 1 ms or more.'],
      [0.4, 'A message cannot be sent every 0 ms: write 1 ms or more.'],
      [-1, '-1 is not a valid duration. Write it like "2 seconds", "1.5s" or "200ms".'],
      ['25 days', '25 days is too long: the longest duration is 24 days.'],
      ['often', '"often" is not a valid duration. Write it like "2 seconds", "1.5s" or "200ms".'],
    ] as const) {
      it(`refuses to send every ${interval}`, async () => {
        const failure = await failureOf(() => rob.sendEvery('tick', interval))
        expect(failure).to.be.an.instanceOf(UsageError)
        expect(failure.message).to.equal(problem)
        expect(here().sent).to.deep.equal([])
      })
    }

    it('fails if the first message cannot be sent, and does not send it again', async () => {
      here().sending = () => Promise.reject(new Error('the connection is broken (EPIPE)'))
      const failure = await failureOf(() => rob.sendEvery('tick', 1))
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.message).to.match(/^Rob could not send: the connection is broken \(EPIPE\)\. /)
      expect(rob.state.repeatedSendings).to.be.empty
    })

    it('refuses what can only be expected', async () => {
      expect(await failureOf(() => rob.sendEvery(rob.matcher('tick'), 1))).to.be.an.instanceOf(UsageError)
      expect(rob.state.repeatedSendings).to.be.empty
    })

    it('throws a UsageError for a client that never connected', async () => {
      expect(await failureMessage(() => conversation.client('Ann').sendEvery('tick', 1))).to.match(
        /^There is no client Ann in this scenario yet\. /,
      )
    })

    it('ends with the connection, and leaves its end to be told where it is told of every client', async () => {
      await rob.sendEvery('tick', NEVER)
      here().closes(4001, 'Kicked')
      expect(rob.state.repeatedSendings).to.be.empty
      await rob.expectDisconnected()
      await conversation.settle()
    })

    it('ends if the connection ends while a message is on its way', async () => {
      const sent = times(2, async () => {
        here().closes(1011, 'Out of memory')
        throw new Error('the connection is closing')
      })
      await rob.sendEvery('tick', 1)
      await sent
      await rob.expectDisconnected({ code: 1011 })
      await conversation.settle()
    })

    it('does not hide that the connection has ended as none should', async () => {
      const sent = times(2, async () => {
        here().closes(1011, 'Out of memory')
        throw new Error('the connection is closing')
      })
      await rob.sendEvery('tick', 1)
      await sent
      await turn()
      expect(await failureMessage(() => conversation.settle())).to.match(
        /^Rob was disconnected by the server with 1011 "Out of memory"\./,
      )
    })

    it('sends nothing while the client disconnects', async () => {
      const sent = times(2)
      await rob.sendEvery('tick', 1)
      await sent
      // So long as the server does not answer, the connection is closing.
      here().answersClosing = false
      const leaving = rob.disconnect()
      const { length } = here().sent
      await leaving
      expect(here().sent).to.have.length(length)
      expect(rob.state.repeatedSendings).to.be.empty
      await conversation.settle()
    })

    it('tells once that a message could not be sent, and stops', async () => {
      const sent = times(2, () => Promise.reject(new Error('the connection is broken (EPIPE)')))
      await rob.sendEvery('tick', 1)
      await sent
      // The connection may still tell its end.
      await rob.state.connection.ended(conversation.settings.closeGrace * 2)
      expect(rob.state.repeatedSendings).to.be.empty
      expect(await failureMessage(() => conversation.settle())).to.match(
        /^Rob could not send: the connection is broken \(EPIPE\)\. Rob is connected to /,
      )
    })

    it('tells what is wrong with the message itself', async () => {
      let calls = 0
      const failing = {
        describe: () => 'a countdown',
        toSend: () => {
          if (++calls > 1) throw new UsageError('The countdown is over.')
          return '1'
        },
        toMatcher: () => rob.matcher('1'),
      }
      await rob.sendEvery(failing, 1)
      while (rob.state.repeatedSendings.size > 0) await turn()
      expect(await failureMessage(() => conversation.settle())).to.equal('The countdown is over.')
    })

    describe('where the server confirms', () => {
      let answer: { confirm(): void; refuse(error: Error): void }
      let count: number

      /** Has the first message confirmed at once, and the second when the test says so. */
      async function sendTwo(settings: Parameters<typeof startConversation>[0]): Promise<void> {
        await conversation.end()
        count = 0
        defineProtocol({
          name: 'test',
          open: () => ({
            received: (frame) => [frame],
            send: () => {
              if (++count !== 2) return undefined
              return new Promise<void>((confirm, refuse) => {
                answer = { confirm, refuse }
              })
            },
          }),
        })
        ;({ conversation, server } = startConversation({ protocol: 'test', ...settings }))
        rob = conversation.client('Rob')
        await rob.connect()
        await rob.sendEvery('tick', 1)
        while (count < 2) await turn()
      }

      afterEach(() => ownProtocols.clear())

      const UNCONFIRMED =
        'Rob could not send: the server has not taken it within 20 ms. Rob is connected to ws://server/?name=Rob.'

      for (const isStopped of [false, true]) {
        it(`tells at the end what is not confirmed${isStopped ? ', also when it is not sent any more' : ''}`, async () => {
          await sendTwo({ timeout: 20 })
          if (isStopped) rob.stopSending('tick')
          expect(await failureMessage(() => conversation.settle())).to.equal(UNCONFIRMED)
        })
      }

      it('tells it in the next sentence', async () => {
        await sendTwo({ timeout: 20 })
        rob.stopSending('tick')
        while (conversation.client('Rob').state.repeatedSent.size > 0) await turn()
        const sentence = () => conversation.beginSentence({ text: 'Rob connects', location: '' })
        expect(await failureMessage(sentence)).to.equal(UNCONFIRMED)
      })

      it('waits at the end for what is confirmed', async () => {
        await sendTwo({})
        rob.stopSending('tick')
        let isSettled = false
        const settled = conversation.settle().then(() => (isSettled = true))
        await turn()
        expect(isSettled).to.equal(false)
        answer.confirm()
        await settled
        expect(rob.state.repeatedSent).to.be.empty
      })

      it('waits for what is sent after the scenario has settled', async () => {
        await sendTwo({ timeout: 20 })
        const { repeatedSent } = rob.state
        const [underWay] = repeatedSent
        repeatedSent.clear()
        await conversation.settle()
        repeatedSent.add(underWay as Promise<void>)
        expect(await failureMessage(() => conversation.end())).to.equal(UNCONFIRMED)
      })

      it('waits no longer than the scenario may take', async () => {
        await sendTwo({})
        const settled = failureMessage(() => conversation.settle())
        conversation.setTimeLimit(20)
        expect(await settled).to.equal(
          'The scenario has taken longer than 20 ms: what is sent again and again was still on its way.',
        )
      })

      for (const isStopped of [false, true]) {
        it(`tells at once that the server refuses one${isStopped ? ', also when it is not sent any more' : ''}`, async () => {
          await sendTwo({ closeGrace: 60_000 })
          if (isStopped) rob.stopSending('tick')
          answer.refuse(new Error('Not authorized'))
          await turn()
          expect(rob.state.repeatedSendings).to.be.empty
          expect(await failureMessage(() => conversation.settle())).to.match(/^Rob could not send: Not authorized\. /)
        })
      }

      it('needs no confirmation of what is on its way when the client disconnects, even if it connects again', async () => {
        await sendTwo({})
        await rob.reconnect()
        await conversation.settle()
      })
    })

    it('is no reason for a scenario to take longer, and none that it tells', async () => {
      await rob.sendEvery('tick', NEVER)
      conversation.setTimeLimit(20)
      expect(await failureMessage(() => rob.receives('tock'))).to.match(
        /^The scenario has taken longer than 20 ms: Rob was still waiting to receive "tock"\./,
      )
      await conversation.settle()
    })

    it('ends with the conversation', async () => {
      await rob.sendEvery('tick', NEVER)
      await conversation.end()
      expect(rob.state.repeatedSendings).to.be.empty
      expect(await failureMessage(() => rob.sendEvery('tick', 1))).to.equal(
        'Rob cannot send any more: the conversation has ended.',
      )
    })
  })

  describe('stopSending', () => {
    it('stops the message, and no other', async () => {
      await rob.sendEvery('tick', NEVER)
      await rob.sendEvery('tock', NEVER)
      rob.stopSending('tick')
      expect([...rob.state.repeatedSendings].map(({ description }) => description)).to.deep.equal(['"tock"'])
    })

    it('stops while a message is on its way', async () => {
      const sent = times(2, async () => rob.stopSending('tick'))
      await rob.sendEvery('tick', 1)
      await sent
      await conversation.settle()
      expect(rob.state.repeatedSendings).to.be.empty
    })

    it('does not hide that the last message could not be sent', async () => {
      const sent = times(2, () => {
        rob.stopSending('tick')
        return Promise.reject(new Error('it is broken'))
      })
      await rob.sendEvery('tick', 1)
      await sent
      expect(await failureMessage(() => conversation.settle())).to.match(/^Rob could not send: it is broken\. /)
    })

    it('throws a UsageError for what is not sent again and again', async () => {
      await rob.send('tick')
      expect(await failureMessage(() => rob.stopSending('tick'))).to.equal(
        'Rob does not send "tick" again and again. Write before this: Rob sends "tick" every 2 seconds',
      )
      await rob.sendEvery('tock', NEVER)
      await rob.sendEvery({ type: 'ping' }, NEVER)
      expect(await failureMessage(() => rob.stopSending('tick'))).to.equal(
        'Rob does not send "tick" again and again, but "tock", {"type":"ping"}. ' +
          'Write before this: Rob sends "tick" every 2 seconds',
      )
      rob.stopSending('tock')
      expect(await failureOf(() => rob.stopSending('tock'))).to.be.an.instanceOf(UsageError)
    })

    it('says that the end of the connection has stopped it', async () => {
      await rob.sendEvery('tick', NEVER)
      here().closes(4001, 'Kicked')
      expect(await failureMessage(() => rob.stopSending('tick'))).to.equal(
        'Rob does not send "tick" again and again: Rob was disconnected by the server with 4001 "Kicked". ' +
          'That ends whatever is sent again and again.',
      )
    })

    it('throws a UsageError for a client that never connected', async () => {
      expect(await failureMessage(() => conversation.client('Ann').stopSending('tick'))).to.match(
        /^There is no client Ann in this scenario yet\. /,
      )
    })
  })

  /** Resolves when so many messages have been sent, with what becomes of the last of them. */
  function times(count: number, last: () => Promise<void> = async () => {}): Promise<void> {
    return new Promise((resolve) => {
      here().sending = () => {
        if (here().sent.length !== count) return Promise.resolve()
        resolve()
        return last()
      }
    })
  }

  function here(): FakeConnection {
    return server.to('Rob')
  }
})
