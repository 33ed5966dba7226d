import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { failureMessage } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { namedEvent, onTopic } from '../messages/addressed-message'
import { bytes } from '../messages/binary-message'
import { json } from '../messages/json-message'

const { Serializer } = require('phoenix')

describe('Phoenix Channels', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin({}))
  afterEach(() => conversation.end())

  function begin(options: object, url?: string): void {
    ;({ conversation, server } = startConversation({ protocol: { name: 'phoenix', ...options } }))
    if (url) conversation.setServerUrl(url)
    rob = conversation.client('Rob')
  }

  const here = (): FakeConnection => server.to('Rob')
  const says = (...frame: unknown[]): void => here().sends(JSON.stringify(frame))
  const answers = (ref: string, topic: string, response: unknown = {}, status = 'ok'): void =>
    says('1', ref, topic, 'phx_reply', { status, response })
  const sent = () => here().sent.map((frame) => JSON.parse(String(frame)))
  const contents = () => rob.state.inbox.messages.map(({ detail, details }) => [detail, details])
  const problems = () => rob.state.inbox.messages.map(({ details }) => details.problem)

  /** Joins a topic, as the join of this number. */
  async function join(topic: string, ref = '1'): Promise<void> {
    const joined = rob.subscribe(topic)
    says(ref, ref, topic, 'phx_reply', { status: 'ok', response: {} })
    await joined
  }

  describe('connects', () => {
    const addressOf = async (url: string): Promise<string> => {
      begin({}, url)
      await rob.connect()
      const { url: address } = here().target
      await conversation.end()
      return address
    }

    it('at the path of its WebSockets, in version 2, whatever of that the address says', async () => {
      for (const [said, meant] of [
        ['ws://server?name=Rob', 'ws://server/socket/websocket?name=Rob&vsn=2.0.0'],
        ['ws://server/live/?name=Rob', 'ws://server/live/websocket?name=Rob&vsn=2.0.0'],
        ['ws://server/live/websocket?vsn=2.1.0&name=Rob', 'ws://server/live/websocket?vsn=2.1.0&name=Rob'],
      ] as const)
        expect(await addressOf(said)).to.equal(meant)
    })

    it('at an address without parameters', async () => {
      begin({}, 'ws://server/socket')
      await rob.connect()
      expect(server.connections[0]?.target.url).to.equal('ws://server/socket/websocket?vsn=2.0.0')
    })

    it('without a word, unless there are topics to join', async () => {
      await rob.connect()
      expect(here().sent).to.deep.equal([])
    })

    it('once all topics of the settings are joined', async () => {
      begin({ subscribe: ['room:a', 'room:b', 'room:a'], params: { token: 'abc' } })
      const connecting = rob.connect()
      await turn()
      expect(sent()).to.deep.equal([
        ['1', '1', 'room:a', 'phx_join', { token: 'abc' }],
        ['2', '2', 'room:b', 'phx_join', { token: 'abc' }],
      ])
      says('2', '2', 'room:b', 'phx_reply', { status: 'ok', response: { unread: 2 } })
      expect(rob.state.connection.isOpen).to.equal(false)
      answers('1', 'room:a')
      await connecting
      expect(contents()).to.deep.equal([['{"unread":2}', { topic: 'room:b', answerTo: '2' }]])
    })

    it('not if it may not join one of them', async () => {
      begin({ subscribe: ['room:a'] })
      const failure = failureMessage(() => rob.connect())
      await turn()
      answers('1', 'room:a', { reason: 'for staff only' }, 'error')
      expect(await failure).to.contain(
        'Rob was refused by ws://server/?name=Rob: "room:a: the server answers error: {"reason":"for staff only"}".',
      )
    })
  })

  describe('joins a topic', () => {
    beforeEach(() => rob.connect())

    it('with no more to say than the settings have', async () => {
      await join('room:a')
      expect(sent()).to.deep.equal([['1', '1', 'room:a', 'phx_join', {}]])
      expect(contents()).to.deep.equal([])
    })

    it('or may not', async () => {
      const failure = failureMessage(() => rob.subscribe('room:a'))
      answers('1', 'room:a', { reason: 'for staff only' }, 'error')
      expect(await failure).to.contain('Rob could not subscribe to "room:a": the server answers error: ')
      expect(await failure).to.contain('{"reason":"for staff only"}')
      expect(await failureMessage(() => rob.unsubscribe('room:a'))).to.contain('it has not joined it')
    })

    it('or hears that the channel has failed meanwhile', async () => {
      const failure = failureMessage(() => rob.subscribe('room:a'))
      says('1', '1', 'room:a', 'phx_error', {})
      expect(await failure).to.contain('Rob could not subscribe to "room:a": the server answers phx_error: {}')
      expect(contents()).to.deep.equal([])
    })

    it('again, and hears nothing of the channel that the server closes for that', async () => {
      await join('room:a')
      const joined = rob.subscribe('room:a')
      says('1', '1', 'room:a', 'phx_close', {})
      says('2', '2', 'room:a', 'phx_reply', { status: 'ok' })
      await joined
      await rob.send(namedEvent('say'))
      expect(sent().at(-1)).to.deep.equal(['2', '3', 'room:a', 'say', {}])
      expect(contents()).to.deep.equal([])
    })

    it('and is not in it any more when a later try is refused', async () => {
      await join('room:a')
      const again = failureMessage(() => rob.subscribe('room:a'))
      says('2', '2', 'room:a', 'phx_reply', { status: 'error', response: {} })
      await again
      expect(await failureMessage(() => rob.send(namedEvent('say')))).to.contain('no topic is joined')
    })

    it('and leaves it', async () => {
      await join('room:a')
      const left = rob.unsubscribe('room:a')
      answers('2', 'room:a')
      says('1', '1', 'room:a', 'phx_close', {})
      await left
      expect(sent().at(-1)).to.deep.equal(['1', '2', 'room:a', 'phx_leave', {}])
      expect(contents()).to.deep.equal([])
    })

    it('and hears it if leaving is refused', async () => {
      await join('room:a')
      const failure = failureMessage(() => rob.unsubscribe('room:a'))
      answers('2', 'room:a', 'no', 'error')
      expect(await failure).to.contain('Rob could not unsubscribe from "room:a": the server answers error: no')
    })
  })

  describe('receives', () => {
    beforeEach(async () => {
      await rob.connect()
      await join('room:a')
    })

    it('what is pushed and broadcast: a text as it is, everything else as its JSON', () => {
      says('1', null, 'room:a', 'said', { text: 'Hello' })
      says(null, null, 'room:a', 'said', 'Hello')
      says(null, null, 'room:a', 'cleared', null)
      expect(contents()).to.deep.equal([
        ['{"text":"Hello"}', { event: 'said', topic: 'room:a' }],
        ['Hello', { event: 'said', topic: 'room:a' }],
        ['null', { event: 'cleared', topic: 'room:a' }],
      ])
    })

    it('numbers as the server writes them', () => {
      here().sends('[null,null,"room:a","said",{"id":9007199254740993,"rate":1.50}]')
      expect(contents()[0]?.[0]).to.equal('{"id":9007199254740993,"rate":1.50}')
    })

    it('answers, and errors', async () => {
      for (let times = 0; times < 4; times++) await rob.call('seat')
      answers('2', 'room:a', { seat: 3 })
      answers('3', 'room:a', { reason: 'no' }, 'error')
      here().sends('["1","4","room:a","phx_reply",{"status":"ok"}]')
      says(null, '5', 'room:a', 'phx_reply', { status: 'ok', response: 'Hello' })
      expect(contents()).to.deep.equal([
        ['{"seat":3}', { topic: 'room:a', answerTo: '2' }],
        ['{"reason":"no"}', { topic: 'room:a', answerTo: '3', isError: true }],
        ['', { topic: 'room:a', answerTo: '4' }],
        ['Hello', { topic: 'room:a', answerTo: '5' }],
      ])
    })

    it('answers to a channel that it has left meanwhile', async () => {
      await rob.call('seat')
      const left = rob.unsubscribe('room:a')
      answers('2', 'room:a', { seat: 3 })
      answers('3', 'room:a')
      await left
      expect(contents()).to.deep.equal([['{"seat":3}', { topic: 'room:a', answerTo: '2' }]])
    })

    for (const [what, ...reply] of [
      ['without a question', '1', '7', 'room:a'],
      ['to no question', '1', null, 'room:a'],
      ['on another topic', '1', '2', 'room:b'],
      ['of another join', '2', '2', 'room:a'],
      ['to no heartbeat', null, '0', 'phoenix'],
    ] as const) {
      it(`an answer ${what} as one that cannot be read`, async () => {
        await rob.call('seat')
        says(...reply, 'phx_reply', { status: 'ok', response: {} })
        expect(problems()).to.deep.equal([
          'The function received of the protocol phoenix failed: it answers nothing that the client has sent to this topic',
        ])
      })
    }

    it('one answer to a question', async () => {
      await rob.call('seat')
      answers('2', 'room:a')
      answers('2', 'room:a')
      expect(problems().map((problem) => problem !== undefined)).to.deep.equal([false, true])
    })

    it('that a channel has ended, or has failed', async () => {
      says('1', '1', 'room:a', 'phx_close', {})
      await join('room:b', '2')
      says(null, null, 'room:b', 'phx_error', {})
      expect(contents()).to.deep.equal([
        ['{}', { event: 'phx_close', topic: 'room:a' }],
        ['{}', { event: 'phx_error', topic: 'room:b', isError: true }],
      ])
      expect(await failureMessage(() => rob.send(namedEvent('say')))).to.contain('no topic is joined')
    })

    it('nothing that only clients send', () => {
      for (const event of ['phx_join', 'phx_leave']) says('1', null, 'room:a', event, {})
      expect(problems()).to.have.length(2)
      expect(problems()[0]).to.contain('servers do not send phx_join')
      expect(problems()[1]).to.contain('servers do not send phx_leave')
    })

    const NO_CHANNEL =
      'The function received of the protocol phoenix failed: it is of a channel that the client has not joined, or has left'

    for (const event of ['said', 'phx_close', 'phx_error']) {
      it(`${event} of a channel that it has not joined, as what cannot be read`, () => {
        says(null, null, 'room:c', event, {})
        says('1', null, 'room:c', event, {})
        says('9', null, 'room:a', event, {})
        expect(problems()).to.deep.equal([NO_CHANNEL, NO_CHANNEL, NO_CHANNEL])
      })
    }

    it('what is pushed until the server has confirmed that it leaves, and no more', async () => {
      const left = rob.unsubscribe('room:a')
      says(null, null, 'room:a', 'said', 'one')
      says('1', null, 'room:a', 'said', 'two')
      answers('2', 'room:a')
      says(null, null, 'room:a', 'said', 'three')
      says('1', null, 'room:a', 'said', 'four')
      says('1', '1', 'room:a', 'phx_close', {})
      says(null, null, 'room:a', 'said', 'five')
      await left
      expect(problems()).to.deep.equal([undefined, undefined, NO_CHANNEL, NO_CHANNEL, NO_CHANNEL])
    })

    it('nothing of a channel that it has left, which the server closes without a word of the join', async () => {
      const left = rob.unsubscribe('room:a')
      answers('2', 'room:a')
      await left
      says(null, null, 'room:a', 'phx_close', {})
      expect(contents()).to.deep.equal([])
    })

    it('that a channel has failed which it is leaving', async () => {
      const left = rob.unsubscribe('room:a')
      says('1', '1', 'room:a', 'phx_error', {})
      answers('2', 'room:a')
      await left
      expect(contents()).to.deep.equal([['{}', { event: 'phx_error', topic: 'room:a', isError: true }]])
    })

    it('what the server says when it closes a channel that the client has left', async () => {
      const left = rob.unsubscribe('room:a')
      answers('2', 'room:a')
      await left
      says('1', '1', 'room:a', 'phx_close', { text: 'Bye' })
      expect(contents()).to.deep.equal([['{"text":"Bye"}', { event: 'phx_close', topic: 'room:a' }]])
    })

    for (const end of ['phx_close', 'phx_error']) {
      it(`nothing more of a channel that has ended: ${end}`, async () => {
        await rob.call('seat')
        says('1', '1', 'room:a', end, {})
        says(null, null, 'room:a', 'said', 'Hello')
        answers('2', 'room:a', { seat: 3 })
        expect(problems().slice(0, 2)).to.deep.equal([undefined, NO_CHANNEL])
        expect(problems()[2]).to.contain('it answers nothing that the client has sent to this topic')
      })
    }

    it('no answer of a channel that it has left', async () => {
      await rob.call('seat')
      const left = rob.unsubscribe('room:a')
      answers('3', 'room:a')
      await left
      answers('2', 'room:a', { seat: 3 })
      expect(problems()[0]).to.contain('it answers nothing that the client has sent to this topic')
    })

    it('what is pushed before the server has confirmed that it joins, and nothing of a former join', async () => {
      const joined = rob.subscribe('room:a')
      says(null, null, 'room:a', 'said', 'one')
      says('2', null, 'room:a', 'said', 'two')
      says('1', null, 'room:a', 'said', 'three')
      says('2', '2', 'room:a', 'phx_reply', { status: 'ok' })
      await joined
      expect(problems()).to.deep.equal([undefined, undefined, NO_CHANNEL])
    })

    it('bytes: pushed, as an answer, and broadcast', async () => {
      await join('zoë', '2')
      await rob.call('seat')
      await rob.call('seat')
      const payload = Buffer.from([0, 255])
      const frame = (kind: number, ...names: string[]) =>
        Buffer.concat([
          Buffer.from([kind, ...names.map((name) => Buffer.byteLength(name))]),
          Buffer.from(names.join('')),
          payload,
        ])
      here().sends(
        frame(0, '2', 'zoë', 'photo'),
        frame(1, '2', '3', 'zoë', 'ok'),
        frame(1, '', '4', 'zoë', 'error'),
        frame(2, 'zoë', 'photo'),
      )
      for (const message of rob.state.inbox.messages) expect(message.bytes).to.deep.equal(payload)
      expect(rob.state.inbox.messages.map(({ details }) => details)).to.deep.equal([
        { event: 'photo', topic: 'zoë' },
        { topic: 'zoë', answerTo: '3' },
        { topic: 'zoë', answerTo: '4', isError: true },
        { event: 'photo', topic: 'zoë' },
      ])
    })

    it('U+FEFF as what it is, in the names of bytes, too', async () => {
      const marked = `\ufeff${'x'.repeat(200)}`
      await join(marked, '2')
      const lengths = [1, Buffer.byteLength(marked), Buffer.byteLength(marked)]
      here().sends(Buffer.concat([Buffer.from([0, ...lengths]), Buffer.from(`2${marked}${marked}`), Buffer.from([1])]))
      says('2', null, marked, marked, marked)
      const details = { event: marked, topic: marked }
      expect(contents()).to.deep.equal([
        [Buffer.from([1]), details],
        [marked, details],
      ])
    })

    it('what it cannot read, and why', async () => {
      await rob.call('seat')
      await rob.call('seat')
      here().sends(
        'Hello',
        '{"topic":"room:a","event":"said","payload":{},"ref":null}',
        '["1","1","room:a","said"]',
        '["1","1","room:a","said",{},null]',
        '["1",1,"room:a","said",{}]',
        '[1,"1","room:a","said",{}]',
        '["1","1",1,"said",{}]',
        '["1","1","room:a",1,{}]',
        '["1","1","room:a","said",{"a":1,"a":2}]',
        '["1","2","room:a","phx_reply",1]',
        '["9",null,"room:a","said",{}]',
        '["1","3","room:a","phx_reply",{"status":5}]',
        Buffer.from([]),
        Buffer.from([3, 1, 1]),
        Buffer.from([2, 1]),
        Buffer.from([2, 1, 5, 97, 98]),
        Buffer.from([2, 1, 1, 0xff, 98]),
      )
      const noList = 'it is not a list of a join_ref, a ref, a topic, an event and a payload'
      for (const [at, problem] of [
        'Unexpected token',
        ...[noList, noList, noList],
        ...['its join_ref or its ref is not a text', 'its join_ref or its ref is not a text', noList, noList],
        'the member "a" of /4 twice',
        'it is not a JSON object',
        'it is of a channel that the client has not joined, or has left',
        'it has no status',
        ...['it is neither a push, a reply nor a broadcast', 'it is neither a push, a reply nor a broadcast'],
        ...['it ends before its payload', 'it ends before its payload'],
        'its topic, or another text, is not UTF-8',
      ].entries())
        expect(problems()[at]).to.contain(problem)
    })
  })

  describe('pushes', () => {
    it('an event to the topic that was joined last, or to the one that is named', async () => {
      begin({ event: 'say' })
      await rob.connect()
      await join('room:a')
      await join('room:b', '2')
      const waiting = failureMessage(() => rob.subscribe('room:c'))
      await rob.send('Hello')
      await rob.send(onTopic('room:a', json('{"id": 9007199254740993}')))
      await rob.send(namedEvent('wave'))
      await rob.send(onTopic('room:d', namedEvent('wave', 'Hi')))
      expect(here().sent.slice(3)).to.deep.equal([
        '["2","4","room:b","say","Hello"]',
        '["1","5","room:a","say",{"id":9007199254740993}]',
        '["2","6","room:b","wave",{}]',
        '[null,"7","room:d","wave","Hi"]',
      ])
      here().closes(1000)
      expect(await waiting).to.contain('Rob cannot subscribe to "room:c"')
    })

    it('a call, and is answered', async () => {
      await rob.connect()
      await join('room:a')
      await rob.call('seat', { guest: 'Ann' })
      answers('2', 'room:a', { seat: 3 })
      expect(sent().at(-1)).to.deep.equal(['1', '2', 'room:a', 'seat', { guest: 'Ann' }])
      await rob.expectAnswer({ seat: 3 })
    })

    it("bytes, as Phoenix's own client does", async () => {
      await rob.connect()
      await join('room:zoë')
      await rob.send(namedEvent('photo', bytes('00 ff')))
      await rob.send(onTopic('room:b', namedEvent('photo', bytes('00 ff'))))
      const payload = Uint8Array.from([0, 255]).buffer
      for (const [at, [joinRef, ref, topic]] of [
        ['1', '2', 'room:zoë'],
        ['', '3', 'room:b'],
      ].entries()) {
        const expected = Serializer.binaryEncode({ join_ref: joinRef, ref, topic, event: 'photo', payload })
        expect(here().sent[at + 1]).to.deep.equal(Buffer.from(expected))
      }
    })

    it('no bytes with names that are too long for them', async () => {
      await rob.connect()
      await join('room:a')
      expect(await failureMessage(() => rob.send(namedEvent('x'.repeat(256), bytes('00'))))).to.contain(
        'a binary push has no place for 256 bytes of a topic or an event: at most 255',
      )
    })

    it('no bytes with names that UTF-8 does not have', async () => {
      await rob.connect()
      await join('room:a')
      for (const message of [namedEvent('\ud83d', bytes('00')), onTopic('\ude00', namedEvent('a', bytes('00')))])
        expect(await failureMessage(() => rob.send(message))).to.contain('it has half of a surrogate pair')
      expect(here().sent).to.have.length(1)
    })

    it('nothing without a topic, or an event', async () => {
      await rob.connect()
      expect(await failureMessage(() => rob.send(namedEvent('say', 'Hello')))).to.contain(
        "no topic is joined: subscribe to one before, or write protocol: { name: 'phoenix', subscribe: ['room:lobby'] }",
      )
      expect(await failureMessage(() => rob.send(onTopic('room:a', 'Hello')))).to.contain(
        "no setting says which event it pushes: write protocol: { name: 'phoenix', event: 'new_msg' }",
      )
    })
  })

  /** Answers each heartbeat but so many of the first. */
  async function answerHeartbeats(unanswered: number): Promise<void> {
    begin({ keepAlive: 1 })
    await rob.connect()
    const connection = here()
    connection.sending = async () => {
      if (connection.sent.length > unanswered) alive()
    }
    while (connection.sent.length < 20) await turn()
  }
  const alive = (response: unknown = {}, status = 'ok'): void =>
    says(null, '0', 'phoenix', 'phx_reply', { status, response })

  it('sends heartbeats, and hears of them only what is no success, or more than that', async () => {
    await answerHeartbeats(3)
    expect(here().sent.slice(0, 2)).to.deep.equal(Array(2).fill('[null,"0","phoenix","heartbeat",{}]'))
    alive('late', 'error')
    alive({ text: 'alpha' })
    here().sends('[null,"0","phoenix","phx_reply",{"status":"ok"}]')
    expect(contents()).to.deep.equal([
      ['late', { topic: 'phoenix', answerTo: '0', isError: true }],
      ['{"text":"alpha"}', { topic: 'phoenix', answerTo: '0' }],
    ])
    expect(here().wasTerminated).to.equal(false)
  })

  for (const [response, status] of [
    [{}, 'ok'],
    [{ text: 'alpha' }, 'ok'],
    ['late', 'error'],
  ] as const) {
    it(`shows a second answer to a heartbeat: ${status} ${JSON.stringify(response)}`, async () => {
      await answerHeartbeats(0)
      alive(response, status)
      expect(problems()).to.deep.equal([
        'The function received of the protocol phoenix failed: it answers nothing that the client has sent to this topic',
      ])
    })
  }

  it('loses a server that does not answer its heartbeats', async () => {
    begin({ keepAlive: 2 })
    await rob.connect()
    while (!here().wasTerminated) await turn()
    expect(await failureMessage(() => rob.receives('x'))).to.contain(
      'the server has sent nothing for 4 ms, although it had promised to show that it is alive',
    )
  })

  it('has no other options', async () => {
    begin({ params: 'abc' })
    expect(await failureMessage(() => rob.connect())).to.contain('The option params of the protocol phoenix should be')
    for (const keepAlive of [0, '0.4ms', '20 days']) {
      begin({ keepAlive })
      expect(await failureMessage(() => rob.connect())).to.contain(
        'The option keepAlive of the protocol phoenix should be a duration such as "2 seconds", or a number of ms, from 1 ms to 12 days, not',
      )
    }
    begin({ topics: [] })
    expect(await failureMessage(() => rob.connect())).to.contain('There is no option "topics" of the protocol phoenix')
  })
})
