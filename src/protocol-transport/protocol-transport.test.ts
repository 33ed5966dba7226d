import { expect } from 'chai'
import { timers, turn } from '../../test/support/event-loop'
import { expectFailure, failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, FakeServer, resolvedSettings, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { ConnectionError, UsageError } from '../errors'
import { silence } from '../expectations/expect-silence'
import { anyMessage } from '../matching/matcher'
import { namedEvent, onTopic } from '../messages/addressed-message'
import { bytes } from '../messages/binary-message'
import { frame } from '../messages/frame-message'
import { parseMessage } from '../messages/parse-message'
import { containing, text } from '../messages/phrase-message'
import { Confirmations } from '../protocol/confirmations'
import { defineProtocol, ownProtocols, type Protocol, type ProtocolConnection } from '../protocol/protocol'
import { redact } from '../redaction'
import { speaking } from './protocol-transport'

const REPORT = { diagram: 'never', transcript: 'never', mermaid: 'never' } as const

describe('Protocols', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client
  let connection: ProtocolConnection

  /** A client whose protocol is this one, and which is called `test`. */
  function speak(protocol: Omit<Protocol, 'name' | 'open'> & Partial<Pick<Protocol, 'open'>>): void {
    const { open = () => ({ received: (frame) => [frame] }) } = protocol
    defineProtocol({
      ...protocol,
      name: 'test',
      open(own, options) {
        connection = own
        return open(own, options)
      },
    })
    ;({ conversation, server } = startConversation({ protocol: 'test' }))
    rob = conversation.client('Rob')
  }

  afterEach(async () => {
    ownProtocols.clear()
    await conversation.end()
  })

  const here = (): FakeConnection => server.to('Rob')

  describe('decode', () => {
    it('no message, one or several of a frame', async () => {
      speak({ open: () => ({ received: (frame) => String(frame).split('|').filter(Boolean) }) })
      await rob.connect()
      here().sends('', 'a', 'b|c')
      expect(rob.state.inbox.messages.map(({ detail }) => detail)).to.deep.equal(['a', 'b', 'c'])
    })

    it('what else a frame tells, which failures and transcripts show before the content', async () => {
      const received = (frame: string | Buffer) => {
        const [topic, event, content] = String(frame).split('|') as [string, string, string]
        return [{ content, topic, event }]
      }
      speak({ open: () => ({ received }) })
      await rob.connect()
      here().sends('news|chat|Hello')
      expect(rob.state.inbox.messages[0]?.details).to.deep.equal({ topic: 'news', event: 'chat' })
      expect(await failureMessage(() => rob.receives('Bye', { within: 1 }))).to.contain('1  +0 ms  chat on news: Hello')
    })

    it('answers and errors', async () => {
      speak({
        open: () => ({
          received: (frame) => [{ content: String(frame), answerTo: 7, isError: frame === 'no' }],
        }),
      })
      await rob.connect()
      here().sends('yes', 'no')
      const failure = await failureMessage(() => rob.receives('Bye', { within: 1 }))
      expect(failure).to.contain('answer to 7: yes').and.to.contain('error to 7: no')
    })

    for (const [kind, received, problem] of [
      [
        'throws',
        () => {
          throw new Error('no header')
        },
        'The function received of the protocol test failed: no header',
      ],
      ['returns something else', () => [{ text: 'Hello' }] as never, 'There is no option "text" of a message. '],
    ] as const) {
      it(`a frame that the protocol cannot read is the message, with the reason beside it: ${kind}`, async () => {
        speak({ open: () => ({ received }) })
        await rob.connect()
        here().sends('garbage')
        expect(await failureMessage(() => rob.receives('Bye', { within: 1 }))).to.contain(`(${problem}`)
        // Nothing that it says is looked for; as what it is, it is received.
        for (const message of [rob.matcher('garbage'), rob.matcher(text('garbage')), rob.matcher(containing('gar'))]) {
          await failureOf(() => rob.receives(message, { within: 1 }))
          await failureOf(() => rob.expect(silence(message)))
        }
        await rob.receives(bytes(Buffer.from('garbage').toString('hex')))
      })
    }

    for (const [details, problem] of [
      [{}, 'The argument content of a message should be a text or a Buffer, not undefined.'],
      [{ content: 'x', event: { toString: 1 } }, 'The option event of a message should be a text, not an object.'],
      [{ content: 'x', topic: 3 }, 'The option topic of a message should be a text, not 3.'],
      [{ content: 'x', answerTo: {} }, 'The option answerTo of a message should be a text or a number, not an object.'],
      [{ content: 'x', requestId: null }, 'The option requestId of a message should be a text or a number, not null.'],
      [{ content: 'x', isError: 'no' }, 'The option isError of a message should be true or false, not "no".'],
      [{ content: 'x', problem: [] }, 'The option problem of a message should be a text, not a list.'],
      [null, 'The argument options of a message should be an object, not null.'],
    ] as const) {
      it(`a frame is the message where the protocol makes a wrong one of it: ${JSON.stringify(details)}`, async () => {
        speak({ open: () => ({ received: () => [details as never] }) })
        await rob.connect()
        here().sends('frame')
        expect(rob.state.inbox.messages.map((message) => [message.detail, message.details])).to.deep.equal([
          ['frame', { problem }],
        ])
      })
    }

    for (const [known, details, has] of [
      [{ topics: false }, { topic: 'a' }, 'no topics'],
      [{ events: false }, { event: 'a' }, 'no events'],
      [{ events: ['b'] }, { event: 'a' }, 'no event of this name: it has b'],
    ] as const) {
      it(`a frame is the message where no sentence could expect what is made of it: ${has}`, async () => {
        speak({ ...known, open: () => ({ received: () => [{ content: 'x', ...details }] }) })
        await rob.connect()
        here().sends('frame')
        const problem = `a message has what its protocol says that none has: the protocol test has ${has}`
        expect(rob.state.inbox.messages.map((message) => message.details)).to.deep.equal([{ problem }])
      })
    }

    it('what stands before a fault in a frame, and then the frame', async () => {
      speak({
        open: () => ({
          *received() {
            yield 'first'
            throw new Error('no more')
          },
        }),
      })
      await rob.connect()
      here().sends('frame')
      expect(rob.state.inbox.messages.map(({ detail }) => detail)).to.deep.equal(['first', 'frame'])
    })

    it('so many messages of a frame, and no endless ones', async () => {
      speak({
        open: () => ({
          *received() {
            for (;;) yield ''
          },
        }),
      })
      ;({ conversation, server } = startConversation({ protocol: 'test', maxMessageBytes: 2 ** 20 }))
      rob = conversation.client('Rob')
      await rob.connect()
      here().sends('frame')
      const { detail, details } = rob.state.inbox.messages.at(-1) ?? {}
      expect([detail, details]).to.deep.equal([
        'frame',
        {
          problem: 'The function received of the protocol test failed: it says more than 10000 messages at once',
        },
      ])
    })

    it('no message of heartbeats, however many', async () => {
      speak({ open: () => ({ received: () => [] }) })
      await rob.connect()
      for (let count = 0; count < 2000; count++) here().sends('ping')
      expect([rob.state.connection.isOpen, connection.maxMessageBytes]).to.deep.equal([true, 1000])
    })

    it('what comes before the client counts as connected, as soon as it does', async () => {
      speak({
        open: ({ opened }) => ({
          start() {},
          *received(frame) {
            if (frame === 'READY') opened()
            else yield frame
          },
          send() {},
        }),
      })
      rob.whenever('early').send('Hello')
      const connected = rob.connect()
      await turn()
      here().sends('early', 'READY', 'late')
      await connected
      await conversation.settle()
      expect(conversation.transcript.entries.map(({ kind, detail }) => [kind, detail])).to.deep.equal([
        ['connects', 'ws://server/?name=Rob'],
        ['receives', 'early'],
        ['sends', 'Hello'],
        ['receives', 'late'],
      ])
      await failureOf(() => rob.expect(silence(anyMessage)))
    })

    it('what is left when the server has closed the connection', async () => {
      speak({ open: () => ({ received: () => [], ended: () => ['half a record'] }) })
      await rob.connect()
      here().closes(1000)
      await rob.receives('half a record')
    })

    describe('several messages of a frame one at a time, and', () => {
      let pieces: Iterator<unknown>
      const received = () => rob.state.inbox.messages.map(({ detail }) => detail)
      const handOnAll = () => {
        while (!pieces.next().done);
      }

      beforeEach(async () => {
        speak({ open: () => ({ received: (frame) => String(frame).split('|'), ended: () => ['rest'] }) })
        await rob.connect()
        here().doInPieces = (own) => {
          pieces = own
          pieces.next()
        }
        here().sends('a|b|c')
        expect(received()).to.deep.equal(['a'])
      })

      it('what comes after them later', () => {
        here().sends('d', 'e|f')
        expect(received()).to.deep.equal(['a'])
        handOnAll()
        expect(received()).to.deep.equal(['a', 'b', 'c', 'd', 'e', 'f'])
        here().sends('g')
        handOnAll()
        expect(received().at(-1)).to.equal('g')
      })

      it('the end of the connection after them', async () => {
        here().closes(4000)
        expect([received(), rob.state.connection.isOpen]).to.deep.equal([['a'], true])
        handOnAll()
        expect(received()).to.deep.equal(['a', 'b', 'c', 'rest'])
        await rob.expectDisconnected({ code: 4000 })
      })

      it('all of them, when the client disconnects meanwhile', async () => {
        const disconnected = rob.disconnect()
        handOnAll()
        await turn()
        handOnAll()
        await disconnected
        expect(received()).to.deep.equal(['a', 'b', 'c', 'rest'])
      })

      it('none of them any more when the connection is lost', () => {
        rob.terminate()
        handOnAll()
        expect(received()).to.deep.equal(['a'])
      })

      it('none of a former connection', async () => {
        rob.terminate()
        await rob.connect()
        handOnAll()
        here().sends('new')
        expect(received()).to.deep.equal(['a', 'new'])
      })
    })

    it('what comes before the server answers the closing', async () => {
      speak({})
      await rob.connect()
      here().answersClosing = false
      const disconnected = rob.disconnect()
      here().sends('late')
      here().closes()
      await disconnected
      await rob.receives('late')
    })

    it('no refusal when the client leaves', async () => {
      speak({
        open: ({ refused, opened }) => ({
          start: opened,
          received() {
            refused('not today')
            opened()
            return []
          },
        }),
      })
      await rob.connect()
      here().answersClosing = false
      const disconnected = rob.disconnect()
      here().sends('x')
      here().closes()
      await disconnected
      expect(rob.state.connection.state.kind).to.equal('disconnected')
    })

    describe('once what is left when', () => {
      let ends: number

      beforeEach(async () => {
        ends = 0
        speak({ open: () => ({ received: (frame) => [frame], ended: () => [`rest ${++ends}`] }) })
        await rob.connect()
      })

      for (const [what, act] of [
        ['the client disconnects', () => rob.disconnect()],
        [
          'the client disconnects, and the server does not answer',
          () => {
            here().answersClosing = false
            return rob.disconnect()
          },
        ],
        ['the client loses the connection', async () => rob.terminate()],
        ['the connection fails', async () => here().fails('broken')],
      ] as const) {
        it(what, async () => {
          await act()
          here().closes()
          expect(rob.state.inbox.messages.map(({ detail }) => detail)).to.deep.equal(['rest 1'])
          if (what.includes('fails')) rob.state.endIsReported()
        })
      }
    })

    it('nothing after the protocol has refused the client', async () => {
      speak({
        open: ({ refused }) => ({
          start() {},
          *received(frame) {
            refused('not today')
            refused('never')
            yield frame
          },
        }),
      })
      const failure = failureOf(() => rob.connect())
      await turn()
      here().sends('x')
      expect((await failure).message).to.equal('Rob was refused by ws://server/?name=Rob: "not today".')
      expect(rob.state.inbox.messages).to.have.length(0)
    })
  })

  describe('encode', () => {
    it('what is sent, into as many frames as they need', async () => {
      speak({
        open: ({ send }) => ({
          received: () => [],
          send(content) {
            send('next')
            send(content)
          },
        }),
      })
      await rob.connect()
      await rob.send('Hello')
      expect(here().sent).to.deep.equal(['next', 'Hello'])
    })

    it('no frames, which travel past them', async () => {
      speak({})
      await rob.connect()
      await rob.send(parseMessage('the frame "${client}|{"'))
      await rob.send(parseMessage('the frame {"a": 1}'))
      await rob.send(frame(bytes('c0 00')))
      expect(here().sent).to.deep.equal(['Rob|{', '{"a": 1}', Buffer.from([0xc0, 0])])
      expect(conversation.transcript.entries.slice(-3).map(({ kind }) => kind)).to.deep.equal(
        Array(3).fill('sends a frame'),
      )
    })

    for (const [action, problem] of [
      ['react', '«a message containing "y"» can be expected, not sent: write the message itself.'],
      [
        'expect',
        '«the frame "x"» can be sent, not expected: write what it says, or have the report show it by "report": { "frames": true }.',
      ],
      ['address', 'the frame "x" on "news" cannot be said: a frame has no topic or event beside it.'],
      ['hold', 'the frame "x" on "news" cannot be said: a frame has no topic or event beside it.'],
      ['call', 'Rob cannot call "add" with the frame "x": a method takes content, without a topic or an event.'],
    ] as const) {
      it(`no frames where they mean nothing: ${action}`, async () => {
        speak({})
        await rob.connect()
        const actions = {
          react: () => rob.when('x').send(frame(containing('y'))),
          expect: () => rob.receives(frame('x')),
          address: () => rob.send(onTopic('news', frame('x'))),
          hold: () => rob.send(frame(onTopic('news', 'x'))),
          call: () => rob.call('add', frame('x')),
        }
        await expectFailure(async () => actions[action](), problem)
      })
    }

    it('what the report shows if it is to show frames, the handshake and heartbeats, too', async () => {
      speak({
        open: ({ send, opened }) => ({
          start: () => send('hello'),
          received(received) {
            if (received === 'welcome') opened()
            if (received === 'ping') send('pong')
            return received === 'message' ? ['Hi'] : []
          },
          send,
        }),
      })
      ;({ conversation, server } = startConversation({ protocol: 'test', report: { ...REPORT, frames: true } }))
      rob = conversation.client('Rob')
      const connected = rob.connect()
      await turn()
      here().sends('welcome')
      await connected
      here().sends('ping', 'message')
      await rob.send('Bye')
      const entries = conversation.transcript.entries.map(({ kind, detail }) => `${kind} ${detail}`)
      expect(entries).to.deep.equal([
        'sends a frame hello',
        'receives a frame welcome',
        'connects ws://server/?name=Rob',
        'receives a frame ping',
        'sends a frame pong',
        'receives a frame message',
        'receives Hi',
        'sends a frame Bye',
        'sends Bye',
      ])
    })

    it('nothing where they have no messages that are just sent', async () => {
      speak({})
      await rob.connect()
      await expectFailure(
        () => rob.send('Hello'),
        'Rob cannot send: the protocol test has no messages without a name or a topic.',
      )
    })

    it('tell why something cannot be sent', async () => {
      speak({
        open: () => ({
          received: () => [],
          send() {
            throw new Error('it has no place for bytes')
          },
        }),
      })
      await rob.connect()
      expect(await failureMessage(() => rob.send('Hello'))).to.contain(
        'Rob cannot send: The function send of the protocol test failed: it has no place for bytes.',
      )
    })

    it('fail as the transport does', async () => {
      speak({ open: ({ send }) => ({ received: () => [], send }) })
      await rob.connect()
      here().sending = () => Promise.reject(new Error('the network is down'))
      expect(await failureMessage(() => rob.send('Hello'))).to.contain('Rob could not send: the network is down')
    })
  })

  describe('open', () => {
    it('at once where they have no handshake of their own', async () => {
      speak({ subprotocols: ['test.v1'] })
      await rob.connect()
      expect(here().target.subprotocols).to.deep.equal(['test.v1'])
      expect([connection.url, connection.subprotocol]).to.deep.equal(['ws://server/?name=Rob', ''])
    })

    it('with the subprotocols that a scenario names instead', async () => {
      speak({ subprotocols: ['test.v1'] })
      await rob.connect({ subprotocols: ['test.v2'] })
      expect(here().target.subprotocols).to.deep.equal(['test.v2'])
    })

    it('at an address that they complete, and that failures show as the scenario says it', async () => {
      speak({
        address(url, options) {
          url.pathname = '/test'
          url.search += `&room=${options.room}`
        },
      })
      conversation.setProtocol({ name: 'test', room: 'kitchen' })
      server.onConnection = (own) => own.refuses(401)
      expect(await failureMessage(() => rob.connect())).to.contain(
        'was refused by ws://server/?name=Rob with status 401',
      )
      expect(here().target.url).to.equal('ws://server/test?name=Rob&room=kitchen')
    })

    it('or not, if they cannot complete it', async () => {
      speak({
        address() {
          throw new Error('no room')
        },
      })
      const failure = await failureOf(() => rob.connect())
      expect(failure).to.be.instanceOf(UsageError)
      expect(failure.message).to.equal('The function address of the protocol test failed: no room')
    })

    for (const [kind, frame] of [
      ['messages', ''],
      ['contents', 'x'.repeat(1000)],
      ['topics', `${'x'.repeat(1000)}|`],
    ] as const) {
      it(`not, if the server says too much before: ${kind}`, async () => {
        const received = (text: string | Buffer) => {
          const [content = '', topic = ''] = String(text).split('|').reverse()
          return [{ content, topic }]
        }
        speak({ open: () => ({ start: () => {}, received }) })
        server.onConnection = (own) => {
          own.accepts()
          own.sends(...Array(Math.ceil(2 ** 20 / (200 + frame.length)) + 10).fill(frame))
        }
        expect(await failureMessage(() => rob.connect())).to.equal(
          'Rob could not connect to ws://server/?name=Rob: the server sent more than 1049576 bytes of messages before the client ' +
            'was connected by the protocol test, counting 200 more for each message; a larger "maxMessageBytes" in the settings allows more.',
        )
        expect(here().wasTerminated).to.equal(true)
      })
    }

    it('when their own handshake is done; what stands behind it in the same frame is not lost', async () => {
      speak({
        open: ({ send, opened }) => ({
          start: () => send('HELLO'),
          *received(frame) {
            opened()
            opened()
            yield String(frame).replace('WELCOME ', '')
          },
        }),
      })
      const connected = rob.connect()
      await turn()
      expect(here().sent).to.deep.equal(['HELLO'])
      here().sends('WELCOME first')
      await connected
      await rob.receives('first')
    })

    it('or not, if a session is opened that counts as open at once', async () => {
      speak({
        open: ({ opened }) => ({
          received: () => {
            opened()
            return []
          },
        }),
      })
      await rob.connect()
      here().sends('READY')
      expect(rob.state.inbox.messages[0]?.details.problem).to.equal(
        'a session of the protocol test called opened, but it has no function start, without which the client counts as connected at once: write start() {}, if it has nothing to say first',
      )
    })

    for (const [words, list] of [
      ['a promise', () => Promise.reject(new Error('no'))],
      ['a text', () => 'abc'],
      ['undefined', () => undefined],
    ] as const) {
      it(`or what is not a list: ${words}`, async () => {
        speak({ open: () => ({ received: list as never, ended: list as never }) })
        await rob.connect()
        here().sends('READY')
        here().closes()
        for (const [index, member] of ['received', 'ended'].entries())
          expect(rob.state.inbox.messages[index]?.details.problem).to.contain(
            `The function ${member} of the protocol test should say a list of messages, not `,
          )
      })
    }

    it('or not in time, and say what they cannot read', async () => {
      const begin = (received: () => string[]) => {
        speak({ open: () => ({ start() {}, received }) })
        ;({ conversation, server } = startConversation({ protocol: 'test', timeout: 1 }))
        rob = conversation.client('Rob')
        server.onConnection = (own) => {
          own.accepts()
          own.sends('WELCOME')
        }
      }
      begin(() => {
        throw new Error('it is no greeting')
      })
      expect(await failureMessage(() => rob.connect())).to.equal(
        'Rob could not connect to ws://server/?name=Rob: it did not answer the handshake within 1 ms, and what it sent cannot be ' +
          'read: The function received of the protocol test failed: it is no greeting.',
      )
      begin(() => ['Hello'])
      expect(await failureMessage(() => rob.connect())).to.equal(
        'Rob could not connect to ws://server/?name=Rob: it did not answer the handshake within 1 ms.',
      )
    })

    for (const [kind, start] of [
      [
        'at once',
        () => {
          throw new Error('no key')
        },
      ],
      ['by and by', () => Promise.reject(new Error('no key'))],
    ] as const) {
      it(`or not, if what they begin with fails ${kind}`, async () => {
        speak({ open: () => ({ start, received: () => [] }) })
        expect(await failureMessage(() => rob.connect())).to.contain(
          'Rob could not connect to ws://server/?name=Rob: The function start of the protocol test failed: no key',
        )
        expect(here().wasTerminated).to.equal(true)
      })
    }

    it('with the variables of their options filled in, for each connection anew', async () => {
      const seen: unknown[] = []
      speak({
        address: (url, { room }) => url.searchParams.set('room', String(room)),
        open: (_, options) => {
          seen.push(options)
          return { received: () => [] }
        },
      })
      conversation.setProtocol({ name: 'test', clientId: '${client}-1', room: '${room}' })
      conversation.variables.set('room', 'kitchen')
      await rob.connect()
      expect(here().target.url).to.equal('ws://server/?name=Rob&room=kitchen')
      conversation.variables.set('room', 'cellar')
      await rob.reconnect()
      expect(seen).to.deep.equal([
        { clientId: 'Rob-1', room: 'kitchen' },
        { clientId: 'Rob-1', room: 'cellar' },
      ])
      await rob.disconnect()
      conversation.setProtocol({ name: 'test', room: '${rom}' })
      expect(await failureMessage(() => rob.connect())).to.contain('rom')
    })

    it('or not, if the server closes before', async () => {
      speak({ open: () => ({ start() {}, received: () => [] }) })
      const failure = failureOf(() => rob.connect())
      await turn()
      here().closes(4403, 'Forbidden')
      expect(await failure).to.be.instanceOf(ConnectionError)
      expect((await failure).message).to.equal('Rob was refused by ws://server/?name=Rob: "4403 Forbidden".')
      rob.expectRefused()
      expect(await failureMessage(() => rob.expectRefused(401))).to.contain('Rob should be refused with status 401')
    })

    it('or not, if the handshake of the WebSocket is refused, or fails', async () => {
      speak({})
      server.onConnection = (own) => own.refuses(401)
      expect(await failureMessage(() => rob.connect())).to.contain(
        'was refused by ws://server/?name=Rob with status 401',
      )
      server.onConnection = (own) => own.fails('nobody listens')
      expect(await failureMessage(() => rob.connect())).to.contain('nobody listens')
    })

    for (const [kind, open, problem] of [
      [
        'throws',
        () => {
          throw new Error('no room')
        },
        'The function open of the protocol test failed: no room',
      ],
      [
        'returns no session',
        () => undefined as never,
        'The function open of the protocol test should say an object with a function `received`, not undefined.',
      ],
    ] as const) {
      it(`or not, if the protocol itself ${kind}`, async () => {
        speak({ open })
        expect(await failureMessage(() => rob.connect())).to.contain(
          `Rob could not connect to ws://server/?name=Rob: ${problem}`,
        )
        expect(here().wasTerminated).to.equal(true)
      })
    }
  })

  describe('refuse a subscription', () => {
    const subscribing: Protocol['open'] = () => ({
      received: () => [],
      async subscribe(topic) {
        if (topic === 'staff') throw new Error('staff only')
        await (topic === 'never' ? new Promise(() => {}) : undefined)
      },
    })

    beforeEach(async () => {
      speak({ open: subscribing })
      await rob.connect()
    })

    it('as a sentence expects it', () => rob.expectSubscriptionRefused('staff'))

    it('or not', async () => {
      expect(await failureMessage(() => rob.expectSubscriptionRefused('news'))).to.equal(
        'Rob should not be able to subscribe to "news", but the server has not refused it. Rob is connected to ws://server/?name=Rob.',
      )
    })

    it('or the connection ends before', async () => {
      const failure = failureMessage(() => rob.expectSubscriptionRefused('never'))
      await turn()
      here().closes(4000)
      expect(await failure).to.contain('4000')
    })
  })

  describe('answer', () => {
    /** Requests are `7|Name?`, answers `7|Rob`, errors `7!no`. */
    const asking: Protocol['open'] = ({ send }) => ({
      received(frame) {
        const [requestId = '', content = ''] = String(frame).split('|')
        return [{ content, ...(requestId && { requestId }) }]
      },
      answer: (id, content, isError) => send(`${id}${isError ? '!' : '|'}${content}`),
      send: (content) => send(content),
      emit: (event) => send(event),
    })

    beforeEach(async () => {
      speak({ open: asking })
      await rob.connect()
    })

    it('what was read last', async () => {
      here().sends('7|Name?', '8|Room?')
      await rob.receives('Name?')
      await rob.answer('Rob')
      await rob.receives('Room?')
      await rob.answer('none', { isError: true })
      expect(here().sent).to.deep.equal(['7|Rob', '8!none'])
      here().sends('9|Name?')
      const failure = await failureMessage(() => rob.receives('Bye', { within: 1 }))
      expect(failure).to.contain('as request 9: Name?')
    })

    it('in a reaction, by what is sent without an event, and by errors', async () => {
      rob.whenever('Name?').send('${client}')
      rob.whenever('Name?').send(namedEvent('typing'))
      rob.when('Room?').answerWithError('none')
      here().sends('7|Name?', '8|Room?', '|Name?')
      await conversation.settle()
      expect(here().sent).to.deep.equal(['7|Rob', 'typing', '8!none', 'Rob', 'typing'])
    })

    it('nothing that another connection has asked', async () => {
      here().sends('7|Name?')
      await rob.receives('Name?')
      await rob.reconnect()
      here().sends('7|Colour?')
      await expectFailure(
        () => rob.answer('Rob'),
        'Rob cannot answer number 1: it came over a connection that has ended.',
      )
    })

    it('nothing that asks for no answer', async () => {
      here().sends('|Hello', '7|Name?')
      await rob.receives('Hello')
      await expectFailure(
        () => rob.answer('Hi'),
        'Rob cannot answer number 1: the protocol says of no answer that it asks for. To send a message, write: Rob sends "…"',
      )
      await rob.receives('Name?')
      expect(await failureMessage(() => rob.answer(namedEvent('typing')))).to.equal(
        'Rob cannot answer the event "typing": an answer has neither an event nor a topic. Write the message alone.',
      )
    })

    it('nothing that can be expected alone', () => {
      expect(() => rob.when('Name?').answerWithError(containing('Rob'))).to.throw('can be expected, not sent')
    })

    it('not in a protocol that has no answers', async () => {
      speak({ open: () => ({ received: () => [{ content: 'Name?', requestId: 7 }] }) })
      await rob.connect()
      here().sends('?')
      await rob.receives('Name?')
      expect(await failureMessage(() => rob.answer('Rob'))).to.equal(
        'Rob cannot send: the protocol test has no requests that are answered.',
      )
    })

    it('as reactions that failures tell', async () => {
      rob.when('Room?').answerWithError('none')
      expect(await failureMessage(() => conversation.settle())).to.contain('never answered with the error "none"')
    })
  })

  describe('do by themselves', () => {
    it('what is to be done again and again, until the connection ends', async () => {
      await turn()
      let times = 0
      const timersBefore = timers()
      speak({
        open: ({ every }) => {
          every(1, () => times++)
          return { received: () => [] }
        },
      })
      await rob.connect()
      while (times < 3) await turn()
      await rob.disconnect()
      expect(timers()).to.equal(timersBefore)
    })

    describe('notice a server that has promised to show that it is alive, and', () => {
      const speakWithin = (ms: number) =>
        speak({
          open: ({ idleTimeout }) => {
            idleTimeout(ms)
            return { received: (frame) => [frame] }
          },
        })

      it('falls silent', async () => {
        await turn()
        const timersBefore = timers()
        speakWithin(4)
        await rob.connect()
        here().sends('Hello')
        while (!here().wasTerminated) await turn()
        await rob.receives('Hello')
        expect(await failureMessage(() => rob.receives('x'))).to.contain(
          'Rob lost the connection to ws://server/?name=Rob: ' +
            'the server has sent nothing for 4 ms, although it had promised to show that it is alive',
        )
        expect(timers()).to.equal(timersBefore)
      })

      it('falls silent before the client counts as connected', async () => {
        speak({
          open: ({ idleTimeout }) => ({ start: () => idleTimeout(1), received: () => [] }),
        })
        expect(await failureMessage(() => rob.connect())).to.contain('the server has sent nothing for 1 ms')
      })

      it('does, however often', async () => {
        await turn()
        const timersBefore = timers()
        let times = 0
        speak({
          open: ({ every, idleTimeout }) => {
            idleTimeout(1)
            // Timers of the same time have their turns in their order.
            every(1, () => {
              here().sends(`${++times}`)
            })
            idleTimeout(1)
            return { received: () => [] }
          },
        })
        await rob.connect()
        while (times < 20) await turn()
        expect(here().wasTerminated).to.equal(false)
        await rob.disconnect()
        expect(timers()).to.equal(timersBefore)
      })

      it('does by frames that are no messages, or cannot be read', async () => {
        let times = 0
        speak({
          open: ({ every, idleTimeout }) => {
            every(1, () => {
              here().sends(`${++times}`)
            })
            idleTimeout(1)
            return {
              received() {
                throw new Error('no')
              },
            }
          },
        })
        await rob.connect()
        while (times < 20) await turn()
        expect(here().wasTerminated).to.equal(false)
      })

      it('not in no time, or in a time that no timer knows', async () => {
        for (const ms of [0, Number.NaN, 2 ** 31, '1s' as never]) {
          speakWithin(ms)
          expect(await failureMessage(() => rob.connect())).to.contain(
            'The argument ms of idleTimeout should be a number of ms from 1 to 2147483647, not',
          )
        }
      })
    })

    it('what is said before the connection is closed', async () => {
      speak({ open: ({ send }) => ({ received: () => [], close: () => send('BYE') }) })
      await rob.connect()
      await rob.disconnect()
      expect(here().sent).to.deep.equal(['BYE'])
    })

    it('nothing in no time, or in a time that no timer knows', async () => {
      for (const ms of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '1s' as never]) {
        speak({
          open: ({ every }) => {
            every(ms, () => {})
            return { received: () => [] }
          },
        })
        expect(await failureMessage(() => rob.connect())).to.contain(
          'The argument ms of every should be a number of ms from 1 to 2147483647, not',
        )
      }
    })

    it('and fail the connection if they throw', async () => {
      speak({
        open: ({ every }) => {
          every(1, () => {
            throw new Error('no pulse')
          })
          return { received: () => [] }
        },
      })
      await rob.connect()
      while (!here().wasTerminated) await turn()
      expect(await failureMessage(() => rob.receives('x'))).to.contain(
        'Rob lost the connection to ws://server/?name=Rob: The function every of the protocol test failed: no pulse',
      )
    })

    it('answer heartbeats of a connection that is gone without an error', async () => {
      speak({ open: ({ send }) => ({ received: () => [], send }) })
      await rob.connect()
      here().sending = () => Promise.reject(new Error('gone'))
      connection.send('pong')
      await turn()
      here().sending = async () => {}
      await rob.send('Hello')
    })
  })

  it('have their options as they are where nobody fills them', async () => {
    speak({})
    const given: unknown[] = []
    const open: Protocol['open'] = (_, options) => {
      given.push(options)
      return { received: () => [] }
    }
    const ignore = () => {}
    const { openConnection } = speaking(
      { protocol: { name: 'test', open }, options: { room: '${room}' }, codec: undefined },
      new FakeServer().openConnection,
    )
    const target = { url: 'ws://server/?name=Ann', headers: {}, subprotocols: [] }
    openConnection(target, resolvedSettings(target.url), {
      ...{ responded: ignore, opened: ignore, received: ignore, ponged: ignore },
      ...{ closed: ignore, refused: ignore, failed: ignore },
    })
    await turn()
    expect(given).to.deep.equal([{ room: '${room}' }])
  })

  it('leave the headers of the handshake to the client, which learns their secrets', async () => {
    speak({})
    ;({ conversation, server } = startConversation({ protocol: 'test', redact: ['header:x-key'] }))
    rob = conversation.client('Rob')
    await rob.connect()
    here().responds({ 'x-key': 'hunter2hunter2' })
    expect(redact('It is hunter2hunter2.')).not.to.contain('hunter2')
  })

  it('leave pings and pongs to the WebSocket', async () => {
    speak({})
    await rob.connect()
    rob.ping()
    here().pongs()
    await rob.expectPong()
  })

  it('can be lost like any connection', async () => {
    speak({})
    await rob.connect()
    rob.terminate()
    expect(here().wasTerminated).to.equal(true)
  })

  it('end as the server closes them', async () => {
    speak({})
    await rob.connect()
    here().closes(4001, 'Kicked')
    await rob.expectDisconnected({ code: 4001, reason: 'Kicked' })
  })

  it('have ended as the client wanted it if the server hangs up at their goodbye', async () => {
    speak({ open: ({ send }) => ({ received: () => [], close: () => send('BYE') }) })
    await rob.connect()
    here().answersClosing = false
    const disconnected = rob.disconnect()
    here().closes(1006)
    await disconnected
    expect(rob.state.connection.isOpen).to.equal(false)
    await conversation.end()
  })

  it('have ended as the client wanted it if the server answers by the code that stands for none', async () => {
    speak({})
    await rob.connect()
    here().answersClosing = false
    const disconnected = rob.disconnect()
    await turn()
    here().fails('invalid status code 1005', 'WS_ERR_INVALID_CLOSE_CODE')
    await disconnected
    expect(rob.state.connection.state.kind).to.equal('disconnected')
  })

  it('end as the server says it in the words of the protocol', async () => {
    speak({
      open: ({ closed }) => ({
        *received(frame) {
          yield frame
          closed()
        },
      }),
    })
    await rob.connect()
    here().sends('Bye')
    await rob.expectDisconnected()
    await rob.receives('Bye')
    expect(here().closeFrame).to.deep.equal({})
  })

  describe('have a farewell of the server, after which', () => {
    const LATE = { problem: 'the server has ended the conversation before' }
    const messages = () => rob.state.inbox.messages.map(({ detail, details }) => [detail, details])

    /** Words, of which `bye` ends the conversation, with an error after a colon. */
    async function speakWithFarewell(): Promise<void> {
      speak({
        open: ({ closed, opened }) => ({
          start: opened,
          *received(frame) {
            for (const word of String(frame).split(' ')) {
              const [farewell, error] = word.split(':')
              const isError = error !== undefined
              if (farewell !== 'bye') yield { content: word, event: 'said', answerTo: 1 }
              else {
                if (isError) yield { content: error, isError }
                closed(error)
              }
            }
          },
          subscribe: () => new Promise(() => {}),
        }),
      })
      await rob.connect()
    }

    beforeEach(speakWithFarewell)

    it('nothing can be read, in the same frame and in others', async () => {
      here().sends('one bye two', 'three', 'bye')
      expect(messages()).to.deep.equal([
        ['one', { event: 'said', answerTo: 1 }],
        ['two', LATE],
        ['three', LATE],
      ])
      await rob.expectDisconnected()
    })

    it('nothing is confirmed', async () => {
      const failure = failureOf(() => rob.subscribe('news'))
      await turn()
      here().answersClosing = false
      here().sends('bye')
      expect((await failure).message).to.contain('the connection ended before the server had confirmed it')
      here().closes(1000)
      await rob.expectDisconnected()
    })

    it('the scenario fails if it was for an error, and no sentence has spoken of it', async () => {
      here().sends('bye:overload')
      await turn()
      expect(await failureMessage(() => conversation.settle())).to.contain(
        'Rob was disconnected by the server without a close code (1005): "overload".\nNo sentence says so. If it is right, write:',
      )
    })

    it('a sentence may say that the server has disconnected the client', async () => {
      here().sends('bye:overload')
      await rob.expectDisconnected()
      await conversation.settle()
    })

    it('silence is not what a client hears that has not read the error', async () => {
      here().sends('bye:overload')
      expect(await failureMessage(() => rob.expect(silence(rob.matcher('two'))))).to.contain(
        'and so could not receive anything',
      )
    })

    it('a sentence may have read the error', async () => {
      here().sends('bye:overload')
      await rob.receives('overload')
      await rob.expect(silence(anyMessage))
      await conversation.settle()
    })

    it('a client has not left whom it reaches while it is leaving', async () => {
      here().answersClosing = false
      const leaving = rob.disconnect()
      here().sends('bye:overload')
      here().closes()
      await leaving
      expect(rob.state.connection.state.kind).to.equal('closed by the server')
      await rob.expectDisconnected()
    })

    it('a failure says for which error', async () => {
      here().sends('bye:overload')
      expect(await failureMessage(() => rob.expectDisconnected({ code: 4000 }))).to.contain(
        'Rob should be disconnected with 4000, but was disconnected without a close code (1005): "overload".',
      )
    })

    it('a client counts as refused that was not connected yet, and is not connected any more', async () => {
      speak({
        open: ({ closed, opened }) => ({
          start() {},
          received(frame) {
            closed(String(frame))
            opened()
            return []
          },
        }),
      })
      const failure = failureMessage(() => rob.connect())
      await turn()
      here().sends('overload')
      expect(await failure).to.equal('Rob was refused by ws://server/?name=Rob: "overload".')
    })

    it('nothing else is said than a text', async () => {
      speak({
        open: ({ closed }) => ({
          received(frame) {
            closed({ frame } as never)
            return []
          },
        }),
      })
      await rob.connect()
      here().sends('bye')
      expect(here().wasTerminated).to.equal(true)
      expect(await failureMessage(() => rob.expectDisconnected())).to.contain(
        'The protocol test is wrong: The argument error of closed should be a text, not an object.',
      )
    })
  })

  describe('have confirmed before the farewell of the server in the same turn, through several promises', () => {
    /** Words: `yes` confirms what has been asked for first, `bye` is a farewell, for an error. */
    function speakWithConfirmations(): void {
      speak({
        open: ({ closed, opened, refused }) => {
          const confirmations = new Confirmations()
          let asked = 0
          let confirmed = 0
          const ask = async () => {
            const confirmation = confirmations.wait(++asked)
            await Promise.all([confirmation])
          }
          return {
            start: () => void ask().then(opened, ({ message }) => refused(message)),
            received(frame) {
              for (const word of String(frame).split(' ')) {
                if (word === 'bye') closed('overload')
                else confirmations.confirm(++confirmed)
              }
              return []
            },
            subscribe: ask,
          }
        },
      })
    }

    beforeEach(speakWithConfirmations)

    for (const frames of [['yes bye'], ['yes', 'bye']]) {
      it(`that a client is connected: ${frames.length} frames`, async () => {
        const connecting = rob.connect()
        await turn()
        here().sends(...frames)
        await connecting
        await rob.expectDisconnected()
      })

      it(`what it asked for: ${frames.length} frames`, async () => {
        const connecting = rob.connect()
        await turn()
        here().sends('yes')
        await connecting
        const subscribed = rob.subscribe('news')
        await turn()
        here().sends(...frames)
        await subscribed
        await rob.expectDisconnected()
      })
    }

    for (const frames of [['bye yes'], ['bye', 'yes']]) {
      it(`and nothing after it: ${frames.length} frames`, async () => {
        const failure = failureMessage(() => rob.connect())
        await turn()
        here().sends(...frames)
        expect(await failure).to.contain('Rob was refused by ws://server/?name=Rob: "overload".')
      })

      it(`and nothing after it that it asked for: ${frames.length} frames`, async () => {
        const connecting = rob.connect()
        await turn()
        here().sends('yes')
        await connecting
        const failure = failureMessage(() => rob.subscribe('news'))
        await turn()
        here().sends(...frames)
        expect(await failure).to.contain('Rob was disconnected by the server')
        expect(messageProblems()).to.deep.equal([
          'The function received of the protocol test failed: the server has ended the conversation before',
        ])
        await rob.expectDisconnected()
      })
    }

    const messageProblems = () => rob.state.inbox.messages.map(({ details }) => details.problem)
  })

  describe('are chosen', () => {
    beforeEach(() => speak({}))

    it('by name, and from then on', async () => {
      ;({ conversation, server } = startConversation())
      rob = conversation.client('Rob')
      conversation.setProtocol({ name: 'test' })
      await rob.connect()
      await failureOf(() => rob.send('Hello'))
      expect(here().sent).to.deep.equal([])
    })

    it('not anew by a client that reconnects, as it was', async () => {
      speak({ open: ({ send }) => ({ received: (frame) => [frame], send: (content) => send(`test ${content}`) }) })
      await rob.connect()
      conversation.setProtocol({ name: 'plain' })
      await rob.disconnect()
      await rob.reconnect()
      await rob.send('Hello')
      expect(here().sent).to.deep.equal(['test Hello'])
      await rob.disconnect()
      await rob.connect()
      await rob.send('Hello')
      expect(here().sent).to.deep.equal(['Hello'])
    })

    it('with options of theirs', async () => {
      const given: unknown[] = []
      speak({
        open(_connection, options) {
          given.push(options)
          return { received: () => [] }
        },
      })
      conversation.setProtocol({ name: 'test', room: 'kitchen' })
      await rob.connect()
      expect(given).to.deep.equal([{ room: 'kitchen' }])
    })

    it('unless nobody knows them', () => {
      expect(() => conversation.setProtocol('signalR')).to.throw(
        UsageError,
        '"signalR" is not a known protocol. Known: actioncable, graphql-ws, json-rpc, mqtt, phoenix, plain, signalr, socket.io, stomp, test. Did you mean signalr?',
      )
      expect(() => conversation.setProtocol('quux-over-wire')).to.throw(
        'Define others by defineProtocol, in a support file.',
      )
    })

    it('unless the conversation is over', async () => {
      await conversation.end()
      expect(() => conversation.setProtocol('test')).to.throw(UsageError, 'No protocol can be set any more')
    })
  })

  describe('are defined', () => {
    beforeEach(() => speak({}))

    for (const [kind, protocol, problem] of [
      [
        'without a name',
        { open: () => ({}) },
        'The argument name of defineProtocol should be a text with something in it',
      ],
      ['without a function open', { name: 'x' }, 'The argument open of defineProtocol should be a function'],
      ['with wrong events', { name: 'x', open: () => ({}), events: [1] }, 'should be true, false or a list of events'],
      ['with wrong subprotocols', { name: 'x', open: () => ({}), subprotocols: 'y' }, 'should be a list of texts'],
      [
        'with an address that is no function',
        { name: 'x', open: () => ({}), address: 'y' },
        'The argument address of defineProtocol should be a function',
      ],
      ['as nothing', undefined, 'The argument protocol of defineProtocol should be an object'],
    ] as const) {
      it(`unless they are wrong: ${kind}`, () => {
        expect(() => defineProtocol(protocol as never)).to.throw(UsageError, problem)
      })
    }
  })
})
