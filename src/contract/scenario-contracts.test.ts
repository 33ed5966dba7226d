import { expect } from 'chai'
import { failureMessage, failureOf } from '../../test/support/failures'
import { FakeServer, noFiles, resolvedSettings, transportsOf } from '../../test/support/fake-server'
import { Conversation } from '../conversation/conversation'
import type { ResolvedSettings } from '../conversation-state/resolved-settings'
import { ConnectionError, ExpectationError, UsageError } from '../errors'
import { Message } from '../inbox/message'
import { anyMessage } from '../matching/matcher'
import { namedEvent } from '../messages/addressed-message'
import { contractMessage, contrary } from '../messages/contract-message'
import { frame } from '../messages/frame-message'
import { json } from '../messages/json-message'
import { defineProtocol } from '../protocol/protocol'
import type { ContractSetting } from './contract-setting'
import { forgetContracts } from './read-contract'

const acting = (action: string, payload?: object, others: object = {}) => ({
  payload: {
    type: 'object',
    required: ['action', ...(payload ? ['payload'] : [])],
    properties: { action: { const: action }, ...(payload && { payload }) },
  },
  ...others,
})

const described = (address: string, heard: object, said: object) => ({
  asyncapi: '3.0.0',
  info: { title: 'A room', version: '1.0.0' },
  channels: { room: { address, messages: { ...heard, ...said } } },
  operations: {
    hears: { action: 'receive', channel: { $ref: '#/channels/room' }, messages: messagesOf(heard) },
    says: { action: 'send', channel: { $ref: '#/channels/room' }, messages: messagesOf(said) },
  },
})

const messagesOf = (messages: object) =>
  Object.keys(messages).map((name) => ({ $ref: `#/channels/room/messages/${name}` }))

const heard = {
  ping: acting('ping'),
  chat: acting('chat', { type: 'string' }, { examples: [{ payload: { action: 'chat', payload: 'Hello' } }] }),
}
const said = { pong: acting('pong'), told: acting('told', { enum: ['a', 'b'] }) }
const room = described('/room', heard, said)
const DANCE =
  'Rob received a message that contradicts the contract: no message that the server sends has the "action" "dance" in the ' +
  'channel "room" of "room.json". There is "pong", "told".\n  {"action":"dance"}'

const AVRO = { schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: { type: 'long' } }

describe('The contract of a scenario', () => {
  let conversation: Conversation
  let server: FakeServer
  let files: Record<string, unknown>
  let pages: Record<string, unknown>
  let requested: string[]

  beforeEach(() => {
    forgetContracts()
    files = { 'room.json': room }
    pages = {}
    requested = []
  })

  afterEach(() => conversation.end().catch(() => {}))

  function begin(
    asyncapi: readonly ContractSetting[] = [{ document: 'room.json' }],
    changes: Partial<ResolvedSettings> = {},
  ) {
    server = new FakeServer()
    const read = (path: string) => {
      if (!Object.hasOwn(files, path)) throw new UsageError(`There is no file ${path}.`)
      return Buffer.from(JSON.stringify(files[path]))
    }
    const sendRequest = async ({ url }: { url: string }) => {
      requested.push(url)
      if (!Object.hasOwn(pages, url)) throw new ConnectionError(`GET ${url} was not answered: nothing listens there.`)
      return { status: 200, headers: {}, text: JSON.stringify(pages[url]) }
    }
    conversation = new Conversation(resolvedSettings('ws://server/room?name=${client}', { asyncapi, ...changes }), {
      ...transportsOf(server.openConnection),
      files: { ...noFiles, read },
      sendRequest,
    })
    return conversation.client('Rob')
  }

  const here = () => server.to('Rob')
  const says = (...messages: object[]) => here().sends(...messages.map((message) => JSON.stringify(message)))
  const observations = () =>
    conversation.state.contracts?.coverage.flatMap(({ observed }) => observed.observations) ?? []

  describe('received messages', () => {
    it('pass that are as the document has them', async () => {
      const rob = begin()
      await rob.connect()
      const received = rob.receives(contractMessage('pong'))
      says({ action: 'pong' })
      await received
      conversation.state.contracts?.requireAllFit()
      await conversation.settle()
    })

    it('are counted in each operation that has them', async () => {
      const { operations } = room
      files['room.json'] = { ...room, operations: { ...operations, echoes: operations.says } }
      const rob = begin()
      await rob.connect()
      says({ action: 'pong' })
      await conversation.settle()
      expect(observations().map((observation) => [observation.operation, observation.count])).to.deep.equal([
        ['says', 1],
        ['echoes', 1],
      ])
    })

    it('are not expected if clients alone send them', async () => {
      const rob = begin()
      await rob.connect()
      const problem =
        '"chat" is what clients send, and the server does not, as "room.json" has it, so that nobody receives it. There is ' +
        '"pong", "told".'
      expect(await failureMessage(() => rob.receives(contractMessage('chat')))).to.equal(problem)
      expect(await failureMessage(() => rob.doesNotReceive(contractMessage('chat')))).to.equal(problem)
      conversation.state.isContrary = true
      says({ action: 'chat', payload: 'Hi' })
      await rob.receives(contractMessage('chat'))
      const other = begin([{ document: 'room.json', strict: 'report' }])
      await other.connect()
      says({ action: 'chat', payload: 'Hi' })
      await other.receives(contractMessage('chat'))
    })

    it('fail whoever waits, and are in the inbox nevertheless', async () => {
      const rob = begin()
      await rob.connect()
      const failure = failureOf(() => rob.receives({ action: 'pong' }))
      says({ action: 'dance' })
      expect(await failure).to.be.an.instanceOf(ExpectationError)
      expect((await failure).message).to.equal(DANCE)
      expect((await failure).stack).to.equal('')
      expect(rob.state.inbox.unread.map(({ json }) => json)).to.deep.equal([{ action: 'dance' }])
    })

    it('fail the next sentence if nobody waits', async () => {
      const rob = begin()
      await rob.connect()
      says({ action: 'dance' })
      expect(await failureMessage(() => conversation.beginSentence({ text: 'x', location: '' }))).to.equal(DANCE)
    })

    it('fail the end if no sentence follows', async () => {
      const rob = begin()
      await rob.connect()
      says({ action: 'dance' })
      await rob.receives({ action: 'dance' })
      expect(await failureMessage(() => conversation.settle())).to.equal(DANCE)
    })

    it('are validated also if they are ignored', async () => {
      const rob = begin(undefined, { ignore: ['{"action": "dance"}'] })
      await rob.connect()
      says({ action: 'dance' })
      expect(await failureMessage(() => conversation.settle())).to.equal(DANCE)
    })

    it('are shown as bytes if they are binary', async () => {
      const rob = begin()
      await rob.connect()
      here().sends(Buffer.from([0xde, 0xad]))
      expect(await failureMessage(() => conversation.settle())).to.match(
        /it must be JSON, and is binary\n {2}bytes dead/,
      )
    })

    it('fail that cannot be validated, and are not lost', async () => {
      const slow = { type: 'object', properties: { text: { pattern: '^(a|a)*$' } } }
      files['room.json'] = described('/room', {}, { slow: { payload: slow } })
      const rob = begin()
      await rob.connect()
      says({ text: `${'a'.repeat(40)}!` })
      expect(await failureMessage(() => conversation.settle())).to.match(
        /^Rob received a message that cannot be validated against "room.json": /,
      )
      expect(rob.state.inbox.unread).to.have.length(1)
      expect(observations()).to.have.length(1)
      expect(observations()[0]).to.include({ verdict: 'unvalidated', message: undefined, count: 1 })
    })

    it('take no memory in a flood of wrong ones', async () => {
      const rob = begin(undefined, { maxMessageBytes: 1_000_000 })
      await rob.connect()
      for (let sent = 0; sent < 500; sent++) says({ action: `dance ${sent}` })
      const { message } = await failureOf(() => conversation.settle())
      expect(message.split('\n\n')).to.have.length(6)
      expect(observations().map(({ count }) => count)).to.deep.equal([1, 1, 498])
      const all = await failureMessage(() => conversation.state.contracts?.requireAllFit())
      expect(all.split('\n')).to.have.length(12)
      expect(all)
        .to.match(/^Not every message fits the contract\.\n/)
        .and.match(/\n… and 490 more$/)
    })

    it('are counted with each of their complaints', async () => {
      const rob = begin()
      await rob.connect()
      says({ action: 'told' }, { action: 'told', payload: 'c' }, { action: 'told' })
      await conversation.settle().catch(() => {})
      expect(observations().map(({ count, complaint }) => [count, complaint?.split(' it: ')[1]])).to.deep.equal([
        [2, '/payload is missing'],
        [1, '/payload must be one of "a", "b", and is "c"'],
      ])
    })

    it('throws what is no complaint', async () => {
      const rob = begin()
      await rob.connect()
      const broken = {
        get details() {
          throw new TypeError('broken')
        },
      }
      const message = Object.assign(Object.create(broken), { client: 'Rob', url: 'ws://server/room' })
      expect(() => conversation.state.contracts?.received(message)).to.throw(TypeError, 'broken')
    })

    it('are told without secrets', async () => {
      files['room.json'] = described(
        '/room',
        {},
        { told: acting('told', { properties: { token: { type: 'number' } } }) },
      )
      const rob = begin(undefined, { redact: ['$.payload.token'] as never })
      await rob.connect()
      says({ action: 'told', payload: { token: 'open sesame' } })
      expect(await failureMessage(() => conversation.settle()))
        .to.contain('/payload/token must be number')
        .and.not.contain('sesame')
      expect(JSON.stringify(observations())).not.to.contain('sesame')
    })
  })

  describe('answers', () => {
    const correlated = (location: string) => ({ correlationId: { location: `$message.payload#${location}` } })

    it('are found by what the document has them repeat', async () => {
      files['room.json'] = described(
        '/room',
        { ping: { ...acting('ping'), ...correlated('/meta/id') }, chat: acting('chat') },
        { pong: acting('pong') },
      )
      const rob = begin()
      await rob.connect()
      const answered = rob.ask({ action: 'ping', meta: { id: 7 } }, { action: 'pong' })
      says({ action: 'pong', meta: { id: 6 } }, { action: 'pong', meta: { id: 7 } })
      expect((await answered).json).to.deep.equal({ action: 'pong', meta: { id: 7 } })
      expect(rob.state.inbox.unread).to.have.length(1)
      expect(await failureMessage(() => rob.ask({ action: 'chat' }, anyMessage))).to.match(/correlation: 'id'$/)
    })

    it('are found where the document has them say what they answer', async () => {
      files['room.json'] = described(
        '/room',
        { ping: { ...acting('ping'), ...correlated('/id') } },
        { pong: { ...acting('pong'), ...correlated('/to') }, failed: acting('failed') },
      )
      const rob = begin()
      await rob.connect()
      const answered = rob.ask({ action: 'ping', id: 7 }, anyMessage)
      says({ action: 'pong', to: 6, id: 7 }, { action: 'pong', to: 7, id: 8 })
      expect((await answered).json).to.deep.equal({ action: 'pong', to: 7, id: 8 })
      const refused = rob.ask({ action: 'ping', id: 8 }, { action: 'pong' }).catch(({ message }: Error) => message)
      says({ action: 'failed', id: 8 })
      expect(await refused).to.contain('should be answered {"action":"pong"}, but number 3 is the answer')
    })

    it('are found by the setting first', async () => {
      files['room.json'] = described('/room', { ping: { ...acting('ping'), ...correlated('/meta/id') } }, { pong: {} })
      const rob = begin(undefined, { correlation: 'id' })
      await rob.connect()
      const answered = rob.ask({ action: 'ping', id: 7 }, anyMessage)
      says({ id: 7 })
      await answered
    })
  })

  describe('sent messages', () => {
    it('are not sent if they contradict it', async () => {
      const rob = begin()
      await rob.connect()
      const failure = await failureOf(() => rob.send({ action: 'chat', payload: 42 }))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(
        'Rob is about to send a message that contradicts the contract: it is not a valid "chat" as the channel "room" of "room.json" has it: ' +
          '/payload must be string, and is 42\n  {"action":"chat","payload":42}\n' +
          'If that is meant, write: the wrong …; for a whole scenario, the tag @contrary-to-the-contract.',
      )
      expect(here().sent).to.deep.equal([])
    })

    it('are sent if they contradict it on purpose', async () => {
      const rob = begin()
      await rob.connect()
      await rob.send(contrary({ action: 'dance' }))
      await rob.send(contrary(contractMessage('chat', [['payload', '42']])))
      expect(here().sent).to.deep.equal(['{"action":"dance"}', '{"action":"chat","payload":42}'])
      expect(observations().map(({ verdict, isOnPurpose }) => [verdict, isOnPurpose])).to.deep.equal([
        ['undocumented', true],
        ['wrong', true],
      ])
      expect(await failureMessage(() => conversation.state.contracts?.requireAllFit())).to.match(
        /^Not every message fits/,
      )
      await conversation.settle()
    })

    it('are not sent as the wrong ones if they are right', async () => {
      const rob = begin()
      await rob.connect()
      expect(await failureMessage(() => rob.send(contrary({ action: 'ping' })))).to.equal(
        'Rob is about to send the wrong message, and nothing is wrong with it: it fits "room.json". Write the sentence without ' +
          '«the wrong».\n  {"action":"ping"}',
      )
      expect(here().sent).to.deep.equal([])
      conversation.state.isContrary = true
      expect(await failureMessage(() => rob.send(contrary({ action: 'ping' })))).to.contain('nothing is wrong with it')
      const elsewhere = begin([{ document: 'room.json', address: '/elsewhere' }])
      await elsewhere.connect()
      expect(await failureMessage(() => elsewhere.send(contrary({ action: 'ping' })))).to.equal(
        'Rob is about to send the wrong message, but "room.json" says nothing of ws://server/room?name=Rob. Write the sentence ' +
          'without «the wrong».',
      )
      const undescribed = begin([])
      await undescribed.connect()
      expect(await failureMessage(() => undescribed.send(contrary({ action: 'ping' })))).to.equal(
        'Rob is about to send the wrong message, but no AsyncAPI document describes its server. Write the sentence without ' +
          '«the wrong», or before it: the server is described by "…"',
      )
    })

    it('are not sent by the name of another one', async () => {
      files['room.json'] = {
        ...room,
        channels: { ...room.channels, root: { address: '/', messages: { any: acting('any') } } },
      }
      const rob = begin()
      await rob.connect()
      const message = contractMessage('chat', [['action', 'ping']])
      for (const one of [message, contrary(message)]) {
        expect(await failureMessage(() => rob.send(one))).to.equal(
          'a "chat" with action ping is the message "ping": name that one.',
        )
      }
      await rob.send(contrary(contractMessage('chat', [['action', '"dance"']])))
      await rob.send(contractMessage('chat', [['payload', 'Hello']]))
      expect(here().sent).to.deep.equal(['{"action":"dance","payload":"Hello"}', '{"action":"chat","payload":"Hello"}'])
    })

    it('go to the topic of the protocol where they name none', async () => {
      const correlationId = { location: '$message.payload#/id' }
      files['room.json'] = described('talk', { ...heard, asked: acting('asked', {}, { correlationId }) }, {})
      const sent: unknown[] = []
      const open = (topic: unknown) => {
        const note = () => void sent.push(topic)
        return { received: () => [], send: note, publish: note, topic: topic as string }
      }
      for (const topic of ['talk', 'elsewhere', 7])
        defineProtocol({ name: `of ${topic}`, isVerbatim: true, open: () => open(topic) })
      const rob = begin(undefined, { protocol: 'of talk' })
      await rob.connect()
      await rob.send({ action: 'ping' })
      expect(await failureMessage(() => rob.send({ action: 'dance' }))).to.contain('no message that clients send has')
      const asked = '{"action":"asked","payload":1,"id":7}'
      expect(conversation.state.contracts?.correlationOf('Rob', 'ws://server/', asked, 'talk')).to.equal('/id')
      expect(await failureMessage(() => rob.ask(json(asked), 'Yes', { within: 1 }))).to.match(
        /^Rob did not receive .*7/,
      )
      const asking = { ...json(asked), toAddress: () => ({ topic: 'talk' }) }
      expect(await failureMessage(() => rob.ask(asking, 'Yes', { within: 1 }))).to.match(/^Rob did not receive .*7/)
      const other = begin(undefined, { protocol: 'of elsewhere' })
      await other.connect()
      expect(await failureMessage(() => other.send({ action: 'ping' }))).to.contain('"elsewhere" is in no channel')
      const wrong = begin(undefined, { protocol: 'of 7' })
      await wrong.connect()
      expect(await failureMessage(() => wrong.send({ action: 'ping' }))).to.contain(
        'The function topic of the protocol of 7 should say a text, or undefined, not 7.',
      )
      expect(sent).to.deep.equal(['talk', 'talk', 'talk'])
    })

    it('are not sent as the wrong ones if nobody can tell', async () => {
      files['room.json'] = described('/room', { said: { payload: AVRO, contentType: 'application/json' } }, {})
      const rob = begin()
      await rob.connect()
      expect(await failureMessage(() => rob.send(contrary({ a: 1 })))).to.equal(
        'Rob is about to send the wrong message, and whether it is cannot be told: what "room.json" says of it is not in JSON ' +
          'Schema, or no codec can read it. Write the sentence without «the wrong».\n  {"a":1}',
      )
      expect(here().sent).to.deep.equal([])
      await rob.send({ a: 1 })
    })

    it('contradict it on purpose also with an event', () => {
      expect(namedEvent('chat', contrary('Hello')).isContrary).to.equal(true)
    })

    it('are JSON or a text as the sentence says', async () => {
      files['room.json'] = described('/room', { count: { payload: { type: 'integer' } } }, {})
      await begin().connect()
      const send = (kind?: 'json' | 'text') =>
        conversation.state.contracts?.sent('Rob', 'ws://server/room', '5', { address: { kind }, coding: 'unquoted' })
      send('json')
      for (const kind of ['text', undefined] as const)
        expect(await failureMessage(() => send(kind))).to.contain('it must be integer, and is "5"')
    })

    it('are validated each time that they are sent', async () => {
      const rob = begin()
      await rob.connect()
      conversation.variables.set('action', 'ping')
      const failure = new Promise<Error>((resolve) => {
        conversation.state.deferError = resolve
      })
      await rob.sendEvery('{"action": "${action}"}', 1)
      conversation.variables.set('action', 'dance')
      expect((await failure).message).to.contain('Rob is about to send a message that contradicts the contract')
    })

    it('are validated of reactions', async () => {
      const rob = begin()
      await rob.connect()
      rob.when({ action: 'pong' }).send({ action: 'dance' })
      says({ action: 'pong' })
      expect(await failureMessage(() => conversation.settle())).to.contain('that contradicts the contract')
      expect(here().sent).to.deep.equal([])
    })

    it('are validated with what a method is called by', async () => {
      files['room.json'] = described('/room', { add: { payload: { type: 'array' } }, stop: {} }, {})
      const rob = begin(undefined, { protocol: 'json-rpc' })
      await rob.connect()
      const { contracts } = conversation.state
      contracts?.sent('Rob', 'ws://server/room', '[1]', { address: { event: 'add' } })
      await rob.call('stop').catch(() => {})
      expect(await failureMessage(() => rob.call('add', { a: 1 }))).to.contain('it is not a valid "add"')
      expect(await failureMessage(() => rob.call('ad', [1]))).to.contain('no message that clients send is named "ad"')
      const before = observations().length
      await rob.call('add', contrary({ a: 1 })).catch(() => {})
      expect(observations()).to.have.length(before + 1)
    })

    it('are texts without quotes where a protocol writes them', async () => {
      const payload = { contentType: 'application/json', payload: { type: 'string' } }
      files['room.json'] = described('/room', { say: payload }, {})
      const rob = begin(undefined, { protocol: 'socket.io' })
      await rob.connect().catch(() => {})
      const { contracts } = conversation.state
      contracts?.sent('Rob', 'ws://server/room', 'Hello', { coding: 'unquoted' })
      contracts?.sent('Rob', 'ws://server/room', '5', { address: { event: 'say' }, coding: 'unquoted' })
      // As JSON it is an object.
      const object = () => contracts?.sent('Rob', 'ws://server/room', '{"a": 5}', { coding: 'unquoted' })
      expect(await failureMessage(object)).to.contain('it must be string, and is {"a":5}')
      expect(await failureMessage(() => contracts?.sent('Rob', 'ws://server/room', 'Hello'))).to.contain(
        'it must be JSON, and is the text "Hello"',
      )
    })

    it('are not validated if they are frames', async () => {
      const rob = begin()
      await rob.connect()
      conversation.state.contracts?.sent('Rob', 'ws://server/room', 'anything', { address: { isFrame: true } })
      expect(frame('x').describe()).to.equal('the frame "x"')
      expect(observations()).to.deep.equal([])
    })
  })

  describe('connections', () => {
    it('are not opened at an address that the document does not have', async () => {
      const rob = begin()
      const failure = await failureOf(() => rob.connect({ to: '/rom' }))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(
        'The connection of Rob contradicts the contract: The address "/rom" is in no channel of "room.json". ' +
          'Did you mean "/room"?\nIf that is meant, write: tries to connect; for a whole scenario, the tag @contrary-to-the-contract.',
      )
      expect(server.connections).to.deep.equal([])
      expect(observations()).to.have.length(1)
      expect(observations()[0]).to.include({ verdict: 'undocumented', channel: undefined, isOnPurpose: false })
    })

    it('are not opened with another query, which is counted for their channel', async () => {
      const bindings = { ws: { query: { type: 'object', required: ['name'] } } }
      files['room.json'] = { ...room, channels: { room: { ...room.channels.room, bindings } } }
      const rob = begin()
      expect(await failureMessage(() => rob.connect({ to: '/room' }))).to.contain(
        'The query is not as the channel "room" has it: /name is missing.',
      )
      expect(observations()).to.have.length(1)
      expect(observations()[0]).to.include({ verdict: 'undocumented', channel: 'room', isOnPurpose: false })
    })

    it('are opened by whoever tries, and their messages are validated', async () => {
      const rob = begin()
      await rob.tryToConnect({ to: '/rom?name=Rob' })
      says({ action: 'pong' })
      expect(await failureMessage(() => conversation.settle())).to.contain('The address "/rom" is in no channel')
    })

    it('are opened if the scenario contradicts the document on purpose', async () => {
      const rob = begin()
      conversation.state.isContrary = true
      await rob.connect({ to: '/rom?name=Rob' })
      says({ action: 'pong' })
      await rob.send('anything')
      await conversation.settle()
      expect(observations().map(({ isOnPurpose }) => isOnPurpose)).to.deep.equal([true, true])
    })

    it('are validated without telling what is secret of them, whoever says it', async () => {
      files['room.json'] = {
        ...room,
        channels: {
          room: {
            ...room.channels.room,
            bindings: { ws: { query: { properties: { tk: { maxLength: 2 }, pin: { type: 'integer', maximum: 1 } } } } },
          },
        },
      }
      for (const parameters of [{ tk: 'open sesame' }, { tk: 'sesame%&=' }, { pin: '0047110.0' }]) {
        const rob = begin(undefined, { redact: ['parameter:tk', 'parameter:pin'] })
        const message = await failureMessage(() => rob.connect({ parameters }))
        expect(message).to.match(/The query is not as .* must .*, and is "?\[redacted\]/)
        expect(message + JSON.stringify(observations())).not.to.match(/sesame|47110/)
        await conversation.end()
      }
    })

    it('are those of the document at its address, however that is encoded', async () => {
      const rob = begin([{ document: 'room.json', address: '/room' }])
      await rob.connect({ to: '/r%6fom?name=Rob' })
      says({ action: 'dance' })
      expect(await failureMessage(() => conversation.settle())).to.contain('"dance"')
    })

    it('do not fit where none could be validated', async () => {
      files['room.json'] = described('/room', {}, { told: { payload: AVRO, contentType: 'application/json' } })
      await begin().connect()
      says({ a: 1 })
      expect(await failureMessage(() => conversation.state.contracts?.requireAllFit())).to.equal(
        'No message could be validated yet: what "room.json" says of them is not in JSON Schema, or no codec has read them.',
      )
    })

    it('are not those of the document where its servers are elsewhere', async () => {
      const rob = begin([{ document: 'room.json', address: '/elsewhere' }])
      await rob.connect({ to: '/rom?name=Rob' })
      says({ action: 'dance' })
      await conversation.settle()
      expect(await failureMessage(() => conversation.state.contracts?.requireAllFit())).to.equal(
        'No message was sent or received yet that "room.json" could be about.',
      )
    })
  })

  describe('with strict: report', () => {
    it('fails nothing, but tells it to whoever asks', async () => {
      const rob = begin([{ document: 'room.json', strict: 'report' }])
      await rob.connect({ to: '/rom?name=Rob' })
      says({ action: 'dance' })
      await rob.send('anything')
      await conversation.settle()
      expect((await failureMessage(() => conversation.state.contracts?.requireAllFit())).split('\n')).to.have.length(4)
    })
  })

  describe('several documents', () => {
    beforeEach(() => {
      files['kitchen.json'] = described(
        '/kitchen',
        { order: acting('order'), ping: acting('ping') },
        { served: acting('served') },
      )
    })

    const both = [
      { document: 'room.json', address: '/room' },
      { document: 'kitchen.json', address: '/kitchen' },
    ]

    it('describe each the servers at its address', async () => {
      const rob = begin(both)
      await rob.connect()
      const ann = conversation.client('Ann')
      await ann.connect({ to: '/kitchen?name=Ann' })
      says({ action: 'pong' })
      server.to('Ann').sends('{"action":"served"}')
      await conversation.settle()
      server.to('Ann').sends('{"action":"pong"}')
      expect(await failureMessage(() => conversation.settle()))
        .to.contain('Ann received')
        .and.contain('"kitchen.json"')
      expect(
        conversation.state.contracts?.coverage.map(({ observed }) => [observed.document, observed.observations.length]),
      ).to.deep.equal([
        ['room.json', 1],
        ['kitchen.json', 2],
      ])
    })

    it('have no messages of other servers', async () => {
      begin(both)
      const named = conversation.state.contracts?.messageNamed('served')
      const served = (url: string) => named?.matcher.accepts(new Message(1, 0, '{"action":"served"}', 'Rob', url))
      expect(['ws://server/kitchen', 'ws://server/cellar', ''].map(served)).to.deep.equal([true, false, true])
    })

    it('have each message by its name, if only one has it', async () => {
      begin(both)
      const { contracts } = conversation.state
      expect(contracts?.messageNamed('served').name).to.equal('served')
      expect(() => contracts?.messageNamed('ping')).to.throw(
        UsageError,
        '"room.json" and "kitchen.json" have a message "ping" each: give it different names there.',
      )
      expect(() => contracts?.messageNamed('sleep')).to.throw(
        UsageError,
        /^There is no message "sleep" in "room\.json"\. .*\nThere is no message "sleep" in "kitchen\.json"\. /,
      )
    })

    it('fail by the first that a message contradicts', async () => {
      const rob = begin([{ document: 'room.json' }, { document: 'kitchen.json' }])
      await rob.tryToConnect()
      says({ action: 'dance' })
      expect((await failureMessage(() => conversation.settle())).split('\n\n')).to.deep.equal([DANCE])
    })

    it('throws what is no UsageError', () => {
      begin()
      const [observed] = conversation.state.contracts?.coverage ?? []
      expect(observed?.model().title).to.equal('A room')
      expect(() => conversation.state.contracts?.messageNamed(undefined as never)).to.throw(TypeError)
    })
  })

  describe('documents at addresses', () => {
    const URL = 'http://server/asyncapi.json'

    it('are read when somebody connects, once in a run', async () => {
      pages[URL] = room
      await begin([{ document: URL }]).connect()
      await begin([{ document: URL }]).connect()
      expect(requested).to.deep.equal([URL])
      expect(conversation.state.contracts?.messageNamed('pong').name).to.equal('pong')
    })

    it('are read once for all who connect at once', async () => {
      pages[URL] = room
      begin([{ document: URL }, { document: URL }])
      await Promise.all(['Ann', 'Rob'].map((name) => conversation.client(name).connect()))
      expect(requested).to.deep.equal([URL])
    })

    it('fail whoever connects if they cannot be read, and are tried again', async () => {
      const rob = begin([{ document: URL }])
      expect(await failureMessage(() => rob.connect())).to.equal(`GET ${URL} was not answered: nothing listens there.`)
      expect(server.connections).to.deep.equal([])
      pages[URL] = room
      await rob.connect()
      expect(requested).to.deep.equal([URL, URL])
    })

    it('fail whoever tries to connect, unless the server is down', async () => {
      const rob = begin([{ document: URL }])
      server.onConnection = (connection) => connection.refuses(503)
      await rob.tryToConnect()
      server.onConnection = (connection) => connection.accepts()
      expect(await failureMessage(() => rob.tryToConnect())).to.contain(`GET ${URL} was not answered`)
    })

    const SECRET_NAME = 'the open-sesame'

    it('are told without the password in their addresses, also if they have been read before', async () => {
      for (const document of Array(2).fill('http://rob:open-sesame@server/asyncapi.json')) {
        const { room: channel } = room.channels
        const named = { [SECRET_NAME]: { ...acting('said'), name: SECRET_NAME } }
        const reached = { action: 'send', channel: { $ref: '#/channels/hall' } }
        pages[document] = {
          ...room,
          info: { title: `${SECRET_NAME}\n\u202e`, version: '1' },
          channels: { room: channel, hall: { address: `/${SECRET_NAME}`, messages: named }, [SECRET_NAME]: channel },
          operations: { ...room.operations, [SECRET_NAME]: reached },
        }
        const rob = begin([{ document }], { redact: ['header:authorization'] as never })
        await rob.connect()
        says({ action: 'dance' })
        expect(await failureMessage(() => conversation.settle())).not.to.contain('sesame')
        const attached = conversation.state.contracts?.coverage.map(({ observed, model }) => ({
          observed,
          model: model(),
        }))
        expect(JSON.stringify(attached)).not.to.contain('sesame')
        expect(attached?.[0]?.model.title).to.equal('the [redacted]\\n\\u202e')
        await conversation.end()
      }
      expect(requested).to.have.length(1)
    })

    it('say that they are not read yet', () => {
      begin([{ document: URL }])
      expect(() => conversation.state.contracts?.messageNamed('pong')).to.throw(
        UsageError,
        `"pong" is not known yet: "${URL}" will be read when somebody connects. Write before this: the server is described by "…"`,
      )
      expect(conversation.state.contracts?.coverage).to.deep.equal([])
    })

    it('are forgotten if there are too many, as of servers on free ports', async () => {
      const urls = Array.from({ length: 21 }, (_, index) => `http://server:${index + 1}/asyncapi.json`)
      for (const url of [...urls, urls[0] as string]) {
        pages[url] = room
        begin([])
        await conversation.setContract(url)
        await conversation.end()
      }
      expect(conversation.state.contracts?.messageNamed('pong').name).to.equal('pong')
    })

    it('are in the time of the scenario', async () => {
      begin([], { scenarioTimeout: 20 })
      const never = new Promise<never>(() => {})
      Object.assign((conversation.state as unknown as { transports: object }).transports, { sendRequest: () => never })
      expect(await failureMessage(() => conversation.setContract(URL))).to.contain(
        `the document "${URL}" was still being read`,
      )
    })
  })

  describe('setContract', () => {
    it('describes the server from now on, by the name that is written', async () => {
      const rob = begin([])
      expect(conversation.state.contracts).to.equal(undefined)
      await rob.connect()
      await rob.send('anything')
      conversation.variables.set('where', 'room')
      await conversation.setContract('${where}.json')
      expect(await failureMessage(() => rob.send('anything'))).to.contain('the channel "room" of "room.json"')
      const [{ observed, model } = {}] = conversation.state.contracts?.coverage ?? []
      expect([observed?.document, model?.().document]).to.deep.equal(['${where}.json', '${where}.json'])
    })

    it('keeps what has been seen of the one before', async () => {
      files['kitchen.json'] = described('/room', {}, { served: acting('served') })
      const rob = begin()
      await rob.connect()
      says({ action: 'pong' })
      await conversation.setContract({ document: 'kitchen.json', strict: 'report', view: 'server', draft: '2020-12' })
      says({ action: 'pong' })
      await conversation.settle()
      expect(observations().map(({ verdict }) => verdict)).to.deep.equal(['valid', 'undocumented'])
    })

    it('reads a file anew that may lie beside another feature', async () => {
      const rob = begin([])
      conversation.beginSentence({ text: 'x', location: 'features/one/a.feature:3' })
      await conversation.setContract('room.json')
      files['room.json'] = described('/room', {}, { served: acting('served') })
      conversation.beginSentence({ text: 'x', location: 'features/one/b.feature:3' })
      await conversation.setContract('room.json')
      expect(conversation.state.contracts?.messageNamed('pong').name).to.equal('pong')
      conversation.beginSentence({ text: 'x', location: 'features/two/a.feature:3' })
      await conversation.setContract('room.json')
      expect(await failureMessage(() => rob.state.context.contracts?.messageNamed('pong'))).to.equal(
        'There is no message "pong" in "room.json". There is "served".',
      )
    })

    it('leaves the one before if another cannot be read', async () => {
      begin()
      expect(await failureMessage(() => conversation.setContract('none.json'))).to.equal('There is no file none.json.')
      expect(conversation.state.contracts?.messageNamed('pong').name).to.equal('pong')
    })

    for (const wrong of [
      undefined,
      '',
      7,
      {},
      { document: '' },
      { document: 'room.json', strict: 'never' },
      { document: 'room.json', view: 'mine' },
      { document: 'room.json', draft: 7 },
      { document: 'room.json', draft: 'foo' },
      { document: 'room.json', address: 7 },
    ]) {
      it(`refuses ${JSON.stringify(wrong)}`, async () => {
        begin()
        expect(await failureMessage(() => conversation.setContract(wrong as never))).to.match(
          /^The argument document of setContract should be the path or address of an AsyncAPI document, or an object with its `document`, not /,
        )
      })
    }

    it('is refused after the end', async () => {
      begin()
      await conversation.end()
      expect(await failureMessage(() => conversation.setContract('room.json'))).to.equal(
        'No document can be set any more: the conversation has ended.',
      )
    })
  })
})
