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

    for (const isStopped of [false, true]) {
      it(`tells at once that the server refuses one${isStopped ? ', also when it is not sent any more' : ''}`, async () => {
        await conversation.end()
        let count = 0
        let refuse = (_error: Error) => {}
        defineProtocol({
          name: 'test',
          open: () => ({
            received: (frame) => [frame],
            send: () => (++count === 1 ? undefined : new Promise((_resolve, reject) => (refuse = reject))),
          }),
        })
        ;({ conversation, server } = startConversation({ protocol: 'test', closeGrace: 60_000 }))
        rob = conversation.client('Rob')
        await rob.connect()
        await rob.sendEvery('tick', 1)
        while (count < 2) await turn()
        if (isStopped) rob.stopSending('tick')
        refuse(new Error('Not authorized'))
        await turn()
        ownProtocols.clear()
        expect(rob.state.repeatedSendings).to.be.empty
        expect(await failureMessage(() => conversation.settle())).to.match(/^Rob could not send: Not authorized\. /)
      })
    }

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

    it('stops while a message is on its way, also one that fails', async () => {
      for (const outcome of [async () => {}, () => Promise.reject(new Error('it is broken'))]) {
        const sent = times(2, () => {
          rob.stopSending('tick')
          return outcome()
        })
        await rob.sendEvery('tick', 1)
        await sent
        await conversation.settle()
        expect(rob.state.repeatedSendings).to.be.empty
        here().sent.length = 0
      }
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
