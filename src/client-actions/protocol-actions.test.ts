import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { expectFailure, failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { ConnectionError, UsageError } from '../errors'
import { namedEvent, onTopic } from '../messages/addressed-message'
import { defineProtocol, ownProtocols, type ProtocolSession } from '../protocol/protocol'

describe('Actions of a protocol', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client
  let confirm: () => void
  let refuse: (error: Error) => void

  /** A protocol whose server confirms subscriptions when the test says so; its messages are `ID|TEXT`, or `ID!|TEXT`. */
  async function speak(session: Partial<ProtocolSession> = {}): Promise<void> {
    defineProtocol({
      name: 'test',
      open({ send }) {
        const confirmed = (frame: string) => {
          send(frame)
          return new Promise<void>((resolve, reject) => {
            confirm = resolve
            refuse = reject
          })
        }
        let lastId = 0
        return {
          received(frame) {
            const [id = '', content = ''] = String(frame).split('|')
            return [{ answerTo: Number.parseInt(id, 10), isError: id.endsWith('!'), content }]
          },
          send: (content) => confirmed(`send ${content}`),
          subscribe: (topic) => confirmed(`subscribe ${topic}`),
          unsubscribe: (topic) => send(`unsubscribe ${topic}`),
          call(method, content) {
            send(`${++lastId} ${method} ${content}`)
            return lastId
          },
          ...session,
        }
      },
    })
    ;({ conversation, server } = startConversation({ protocol: 'test', quiet: 1, timeout: 20 }))
    rob = conversation.client('Rob')
    await rob.connect()
  }

  beforeEach(() => speak())

  afterEach(async () => {
    ownProtocols.clear()
    await conversation.end()
  })

  const here = (): FakeConnection => server.to('Rob')

  describe('subscribing', () => {
    it('waits until the server has confirmed it', async () => {
      let isDone = false
      const subscribing = rob.subscribe('news of ${client}').then(() => {
        isDone = true
      })
      await turn()
      expect([isDone, here().sent]).to.deep.equal([false, ['subscribe news of Rob']])
      confirm()
      await subscribing
    })

    it('fails if the server refuses it', async () => {
      const failure = failureOf(() => rob.subscribe('news'))
      await turn()
      refuse(new Error('not authorized'))
      expect(await failure).to.be.instanceOf(ConnectionError)
      expect((await failure).message).to.equal(
        'Rob could not subscribe to "news": not authorized. Rob is connected to ws://server/?name=Rob.',
      )
    })

    it('fails if the server does not confirm it in time', async () => {
      await expectFailure(
        () => rob.subscribe('news'),
        'Rob could not subscribe to "news": the server has not confirmed it within 20 ms. Rob is connected to ws://server/?name=Rob.',
      )
    })

    it('fails if the connection ends before', async () => {
      const failure = failureMessage(() => rob.subscribe('news'))
      await turn()
      here().closes(4001)
      expect(await failure).to.equal('Rob cannot subscribe to "news": Rob was disconnected by the server with 4001.')
    })

    it('does not wait where nothing is confirmed', async () => {
      await rob.unsubscribe('news')
      expect(here().sent).to.deep.equal(['unsubscribe news'])
    })

    it('is in the transcript', async () => {
      const subscribing = rob.subscribe('news')
      await turn()
      confirm()
      await subscribing
      await rob.unsubscribe('news')
      const entries = conversation.transcript.entries.map(({ kind, detail }) => [kind, detail])
      expect(entries.slice(1)).to.deep.equal([
        ['subscribes to', 'news'],
        ['unsubscribes from', 'news'],
      ])
    })

    it('is refused where the protocol has nothing like it', async () => {
      await conversation.end()
      await speak({ subscribe: undefined, unsubscribe: undefined, call: undefined } as object)
      for (const [act, words] of [
        [() => rob.subscribe('news'), 'Rob cannot subscribe to "news": the protocol test has nothing to subscribe to.'],
        [
          () => rob.unsubscribe('news'),
          'Rob cannot unsubscribe from "news": the protocol test has nothing to unsubscribe from.',
        ],
        [() => rob.call('add'), 'Rob cannot call "add": the protocol test has no methods to call.'],
      ] as const) {
        expect(await expectFailure(act, words)).to.be.instanceOf(UsageError)
      }
    })

    it('is refused without a protocol, and unless the client is connected', async () => {
      await conversation.end()
      ;({ conversation, server } = startConversation())
      rob = conversation.client('Rob')
      await rob.connect()
      await expectFailure(
        () => rob.subscribe('news'),
        'Rob cannot subscribe to "news" without a protocol: set "protocol" in worldParameters.websocket, or write before it connects: the server speaks "…"',
      )
      await rob.disconnect()
      expect(await failureMessage(() => rob.subscribe('news'))).to.contain('Rob cannot subscribe')
      expect(await failureMessage(() => rob.subscribe(''))).to.contain('The argument topic of subscribe should be')
    })
  })

  describe('what a protocol returns', () => {
    /** Is settled by what it is given, but no Promise of JavaScript's own. */
    const thenable = (settle: (resolve: (value?: unknown) => void, reject: (error: unknown) => void) => void) => ({
      // biome-ignore lint/suspicious/noThenProperty: that is what it is about
      then: settle,
    })
    const acts = {
      send: () => rob.send('Hello'),
      publish: () => rob.send(onTopic('news', 'Hello')),
      emit: () => rob.send(namedEvent('said', 'Hello')),
      subscribe: () => rob.subscribe('news'),
      unsubscribe: () => rob.unsubscribe('news'),
    }

    for (const [member, act] of Object.entries(acts)) {
      it(`is waited for, as long as the timeout is, whatever library has made the promise: ${member}`, async () => {
        await conversation.end()
        await speak({ [member]: () => thenable(() => {}) })
        expect(await failureMessage(act)).to.match(/the server has not (taken|confirmed) it within 20 ms\./)
        await conversation.end()
        await speak({ [member]: () => thenable((_, reject) => reject(new Error('no'))) })
        expect(await failureMessage(act)).to.contain('no. Rob is connected')
        await conversation.end()
        await speak({ [member]: () => thenable((resolve) => resolve()) })
        await act()
      })
    }

    it('tells how a connection has ended that is about to end, where that is why', async () => {
      const failure = failureMessage(() => rob.subscribe('news'))
      here().isBehind = true
      refuse(new Error('no'))
      await turn()
      here().closes(4001, 'Enough')
      expect(await failure).to.contain('Rob was disconnected by the server with 4001 "Enough"')
    })

    it('is waited for in answers', async () => {
      await conversation.end()
      await speak({
        received: (frame) => [{ content: String(frame), requestId: 1 }],
        answer: () => thenable(() => {}),
      })
      here().sends('name?')
      await rob.receives('name?')
      expect(await failureMessage(() => rob.answer('Rob'))).to.contain('the server has not taken it within 20 ms.')
    })

    it('fails the sentence if it throws when it is looked at', async () => {
      await conversation.end()
      await speak({
        subscribe: () => ({
          // biome-ignore lint/suspicious/noThenProperty: as above
          get then() {
            throw new Error('no')
          },
        }),
      })
      expect(await failureMessage(() => rob.subscribe('news'))).to.contain(
        'Rob could not subscribe to "news": no. Rob is',
      )
    })

    it('fails the connection if it begins or ends by what is rejected', async () => {
      await conversation.end()
      const failure = await failureMessage(() =>
        speak({ start: () => thenable((_, reject) => reject(new Error('no'))) }),
      )
      expect(failure).to.contain('The function start of the protocol test failed: no')
    })

    it('is told in a sentence with one full stop', async () => {
      await conversation.end()
      await speak({ call: () => ({}) as never, subscribe: () => Promise.reject(new Error('Not you.')) })
      await expectFailure(
        () => rob.call('add'),
        'Rob cannot call "add": The function call of the protocol test should say a text or a number, not an object.',
      )
      expect(await failureMessage(() => rob.subscribe('news'))).to.contain('"news": Not you. Rob is connected')
    })
  })

  describe('sending', () => {
    it('waits until the server has confirmed it', async () => {
      const sending = rob.send('Hello')
      expect(rob.state.connection.hasUnsent).to.equal(true)
      confirm()
      await sending
      expect(rob.state.connection.hasUnsent).to.equal(false)
    })

    it('fails if the server does not confirm it in time', async () => {
      expect(await failureMessage(() => rob.send('Hello'))).to.contain(
        'Rob could not send: the server has not taken it within 20 ms.',
      )
    })
  })

  describe('calling', () => {
    it('reads the answer to the last call', async () => {
      await rob.call('add', [1, 2])
      await rob.call('add ${client}')
      here().sends('1|3', '2|4')
      expect((await rob.expectAnswer({ describe: () => 'it', accepts: () => true })).text).to.equal('4')
      expect(here().sent).to.deep.equal(['1 add [1,2]', '2 add Rob undefined'])
    })

    it('tells how long the answer took, where that is measured', async () => {
      const told: number[] = []
      const nothing = () => {}
      const answered = (ms: number) => void told.push(ms)
      conversation.state.measures = { connected: nothing, closed: nothing, reacted: nothing, answered }
      await rob.call('add')
      here().sends('1|3')
      await rob.expectAnswer('3')
      expect(told).to.have.length(1)
      expect(told[0]).to.be.within(0, 5000)
    })

    it('reads an answer that is an error, where one is expected', async () => {
      await rob.call('add')
      here().sends('1!|too much')
      expect(await failureMessage(() => rob.expectAnswer('too much'))).to.contain(
        'Rob did not receive the answer "too much" to "add" within 20 ms.',
      )
      expect(await failureMessage(() => rob.expectAnswer('too little', { isError: true }))).to.contain(
        'Rob did not receive the error "too little" to "add" within 20 ms.',
      )
      await rob.expectAnswer('too much', { isError: true })
    })

    it('does not take what came before for an answer', async () => {
      here().sends('1|3')
      await rob.call('add')
      const failure = await failureMessage(() => rob.expectAnswer('3'))
      expect(failure).to.contain('Rob did not receive the answer "3" to "add"')
    })

    it('does not take the answer on a connection before', async () => {
      await rob.call('add')
      await rob.reconnect()
      await expectFailure(
        () => rob.expectAnswer('3'),
        'Rob has called nothing on this connection. Write before this: Rob calls "…"',
      )
    })

    it('is in the transcript, with what it was given', async () => {
      await rob.call('add', [1, 2])
      const { kind, detail, details } = conversation.transcript.entries.at(-1) ?? {}
      expect([kind, detail, details]).to.deep.equal(['calls', '[1,2]', { event: 'add' }])
    })

    it('needs a text or bytes', async () => {
      const wrong = { describe: () => 'it', toSend: () => 1 as never, toMatcher: () => undefined as never }
      expect(await failureMessage(() => rob.call('add', wrong))).to.contain('should be a text or a Buffer')
    })
  })
})
