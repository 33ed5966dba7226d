import { expect } from 'chai'
import fc from 'fast-check'
import { generate, type Packet, parser } from 'mqtt-packet'
import { turn } from '../../test/support/event-loop'
import { failureMessage } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { UsageError } from '../errors'
import { namedEvent, onTopic } from '../messages/addressed-message'
import { bytes } from '../messages/binary-message'

const CONNACK: Packet = { cmd: 'connack', returnCode: 0, sessionPresent: false }

describe('MQTT', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client
  let protocolVersion: 4 | 5
  const begun: Conversation[] = []

  beforeEach(() => begin({}))
  afterEach(async () => {
    for (const each of begun.splice(0)) await each.end()
  })

  function begin(options: Readonly<Record<string, unknown>>, maxMessageBytes = 1000): void {
    protocolVersion = options.version === 5 ? 5 : 4
    const protocol = { name: 'mqtt', ...options }
    ;({ conversation, server } = startConversation({ protocol, maxMessageBytes, timeout: 1000 }))
    begun.push(conversation)
    rob = conversation.client('Rob')
  }

  const here = (): FakeConnection => server.to('Rob')
  const packet = (content: object): Buffer => generate(content as Packet, { protocolVersion })
  const says = (...packets: object[]): void => here().sends(Buffer.concat(packets.map(packet)))
  const publishes = (topic: string, payload: string | Buffer, others = {}): object => ({
    ...{ cmd: 'publish', topic, payload, qos: 0, dup: false, retain: false },
    ...others,
  })
  const contents = () => rob.state.inbox.messages.map(({ detail, details }) => [detail, details])
  const problems = () => rob.state.inbox.messages.map(({ details }) => details.problem)

  /** What the client has sent: some members of each packet. */
  function sent(...members: string[]): unknown[] {
    const packets: unknown[] = []
    parser({ protocolVersion })
      .on('packet', (read) => packets.push(read))
      .parse(Buffer.concat(here().sent as Buffer[]))
    return packets.map((read) =>
      Object.fromEntries(['cmd', ...members].map((name) => [name, (read as Record<string, unknown>)[name]])),
    )
  }

  async function connect(connack: object = protocolVersion === 5 ? { ...CONNACK, reasonCode: 0 } : CONNACK) {
    const connecting = rob.connect()
    await turn()
    says(connack)
    await connecting
  }

  describe('connects', () => {
    it('when the server has acknowledged it, with an id of its own', async () => {
      await connect()
      expect(here().target.subprotocols).to.deep.equal(['mqtt'])
      expect(sent('protocolVersion', 'clean', 'keepalive', 'username', 'will')).to.deep.equal([
        {
          ...{ cmd: 'connect', protocolVersion: 4, clean: true, keepalive: 60 },
          ...{ username: undefined, will: undefined },
        },
      ])
      expect((sent('clientId')[0] as { clientId: string }).clientId).to.match(/^[a-z0-9]{23}$/)
    })

    it('with what the settings say of it', async () => {
      const will = { topic: 'house', content: 'Rob has gone' }
      begin({ clientId: 'rob', username: 'Rob', password: 'abc', keepAlive: '1.5s', clean: false, will })
      await connect()
      expect(sent('clientId', 'username', 'password', 'keepalive', 'clean', 'will')).to.deep.equal([
        {
          ...{ cmd: 'connect', clientId: 'rob', username: 'Rob', password: Buffer.from('abc'), keepalive: 2 },
          ...{ clean: false, will: { topic: 'house', payload: Buffer.from('Rob has gone'), qos: 0, retain: false } },
        },
      ])
    })

    it('in version 5, and with a will of its own quality', async () => {
      begin({ version: 5, will: { topic: 'house', content: '', qos: 1, retain: true } })
      await connect()
      const [{ will, protocolVersion: version }] = sent('protocolVersion', 'will') as [
        { will: { qos: number; retain: boolean }; protocolVersion: number },
      ]
      expect([version, will.qos, will.retain]).to.deep.equal([5, 1, true])
    })

    for (const [version, connack, reason] of [
      ['3.1.1', { returnCode: 4 }, 'Bad user name or password'],
      ['3.1.1', { returnCode: 9 }, 'Reason code 9'],
      [5, { reasonCode: 1 }, 'Unacceptable protocol version'],
      [5, { reasonCode: 0x86 }, 'Bad User Name or Password'],
      [5, { reasonCode: 0x97, properties: { reasonString: 'Come tomorrow' } }, 'Quota exceeded: Come tomorrow'],
    ] as const) {
      it(`unless the server refuses it: ${reason}`, async () => {
        begin({ version })
        const failure = failureMessage(() => rob.connect())
        await turn()
        says({ ...CONNACK, ...connack })
        expect(await failure).to.equal(`Rob was refused by ws://server/?name=Rob: "${reason}".`)
      })
    }

    it('when the server has confirmed the subscriptions of the settings', async () => {
      begin({ subscribe: ['house/#', 'garden'], qos: 1 })
      const connecting = rob.connect()
      await turn()
      says(CONNACK)
      expect(sent('subscriptions')[1]).to.deep.equal({
        cmd: 'subscribe',
        subscriptions: [
          { topic: 'house/#', qos: 1 },
          { topic: 'garden', qos: 1 },
        ],
      })
      says({ cmd: 'suback', messageId: 1, granted: [1, 0] }, publishes('garden', 'Hello'))
      await connecting
      expect(contents()).to.deep.equal([['Hello', { topic: 'garden' }]])
    })

    it('before the server disconnects it in the same turn', async () => {
      begin({ version: 5, subscribe: ['a'] })
      const connecting = rob.connect()
      await turn()
      says({ ...CONNACK, reasonCode: 0 })
      says({ cmd: 'suback', messageId: 1, granted: [0] }, { cmd: 'disconnect', reasonCode: 0x8b })
      await connecting
      await rob.receives('Server shutting down')
      await rob.expectDisconnected()
    })

    it('or not, for the reason that the server gives before it disconnects it in the same turn', async () => {
      begin({ version: 5, subscribe: ['a'] })
      const failure = failureMessage(() => rob.connect())
      await turn()
      says({ ...CONNACK, reasonCode: 0 })
      says({ cmd: 'suback', messageId: 1, granted: [0x87] }, { cmd: 'disconnect', reasonCode: 0x8b })
      expect(await failure).to.contain('"Not authorized"')
    })

    it('unless the server refuses one of them', async () => {
      begin({ subscribe: ['house/#', 'cellar'] })
      const failure = failureMessage(() => rob.connect())
      await turn()
      says(CONNACK, { cmd: 'suback', messageId: 1, granted: [0, 128] })
      expect(await failure).to.equal('Rob was refused by ws://server/?name=Rob: "Unspecified error".')
    })

    it('unless the server closes before', async () => {
      const failure = failureMessage(() => rob.connect())
      await turn()
      here().closes(1002)
      expect(await failure).to.contain('Rob was refused by ws://server/?name=Rob: "1002"')
    })

    it('and takes nothing before', async () => {
      const connecting = rob.connect()
      await turn()
      says(publishes('house', 'Hello'), CONNACK)
      await connecting
      expect(problems()).to.deep.equal(['the server has not acknowledged the connection'])
    })

    it('unless the server has kept a session that the client has not asked for', async () => {
      begin({ clean: false })
      await connect({ ...CONNACK, sessionPresent: true })
      begin({})
      const connecting = rob.connect()
      await turn()
      says({ ...CONNACK, sessionPresent: true }, CONNACK)
      await connecting
      expect(problems()).to.deep.equal(['the server has kept a session, and the client has asked for none'])
    })

    it('once', async () => {
      await connect()
      says(CONNACK)
      expect(problems()).to.deep.equal(['the server has acknowledged the connection before'])
    })
  })

  describe('receives', () => {
    beforeEach(() => connect())

    it('texts, JSON and bytes, several in a frame', () => {
      says(publishes('a', 'Grüße'), publishes('a/b', '{"n":1.50}'), publishes('c', Buffer.from([1, 0xff])))
      expect(rob.state.inbox.messages.map(({ detail, details }) => [detail, details.topic])).to.deep.equal([
        ['Grüße', 'a'],
        ['{"n":1.50}', 'a/b'],
        [Buffer.from([1, 0xff]), 'c'],
      ])
    })

    it('U+FEFF as what it is, however long the text is', () => {
      const marked = `\ufeff${'x'.repeat(300)}`
      says(publishes(marked, marked))
      expect(contents()).to.deep.equal([[marked, { topic: marked }]])
    })

    it('bytes for a codec that reads bytes, also such as are a text', async () => {
      begin({ codec: 'msgpack' })
      await connect()
      says(publishes('a', Buffer.from([7])), publishes('a', ''))
      expect(contents()).to.deep.equal([
        ['7', { topic: 'a' }],
        [Buffer.alloc(0), { topic: 'a' }],
      ])
    })

    it('packets that are cut anywhere', () => {
      const whole = Buffer.concat([
        packet(publishes('a', 'x'.repeat(200))),
        packet(publishes('b', 'y')),
        packet({ cmd: 'pingresp' }),
        packet(publishes('c', 'z')),
      ])
      const cuts = fc.uniqueArray(fc.integer({ min: 1, max: whole.length - 1 }))
      fc.assert(
        fc.property(cuts, (places) => {
          const before = rob.state.inbox.messages.length
          const ends = [...places.sort((a, b) => a - b), whole.length]
          for (const [index, end] of ends.entries()) here().sends(whole.subarray(ends[index - 1] ?? 0, end))
          expect(contents().slice(before)).to.deep.equal([
            ['x'.repeat(200), { topic: 'a' }],
            ['y', { topic: 'b' }],
            ['z', { topic: 'c' }],
          ])
        }),
        { numRuns: 20 },
      )
    })

    it('packets of any length, bounded by the largest message', async () => {
      begin({}, 2 ** 22)
      await connect()
      for (const length of [2 ** 15, 2 ** 21]) {
        const large = packet(publishes('a', 'x'.repeat(length)))
        here().sends(large.subarray(0, 9), Buffer.concat([large.subarray(9), packet(publishes('b', ''))]))
      }
      expect(rob.state.inbox.messages.map(({ text }) => text?.length)).to.deep.equal([2 ** 15, 0, 2 ** 21, 0])
      expect(problems()).to.deep.equal([undefined, undefined, undefined, undefined])
    })

    it('no packet that is larger than a message may be', () => {
      const large = packet(publishes('a', 'x'.repeat(2000)))
      here().sends(large.subarray(0, 900), large.subarray(900, 1100))
      expect(problems()[0]).to.contain('a packet has more than 1000 bytes')
      says(publishes('a', 'Hello'))
      expect(rob.state.inbox.messages[1]?.text).to.equal('Hello')
    })

    it('what has to be acknowledged, and does so', () => {
      says(publishes('a', 'once', { qos: 1, messageId: 7 }))
      says(publishes('a', 'once', { qos: 1, messageId: 7, dup: true }))
      expect(contents()).to.have.length(2)
      expect(sent('messageId').slice(1)).to.deep.equal([
        { cmd: 'puback', messageId: 7 },
        { cmd: 'puback', messageId: 7 },
      ])
    })

    it('whose session is kept in version 5, as in version 3.1.1', async () => {
      begin({ version: 5, clean: false })
      await connect()
      expect(sent('properties')[0]).to.deep.include({ properties: { sessionExpiryInterval: 0xffffffff } })
    })

    it('once what is sent twice, until its id is released', () => {
      const message = publishes('a', 'exactly once', { qos: 2, messageId: 7 })
      says(message, { ...message, dup: true }, { cmd: 'pubrel', messageId: 7 }, message)
      expect(contents()).to.have.length(2)
      expect(sent('messageId').slice(1)).to.deep.equal([
        { cmd: 'pubrec', messageId: 7 },
        { cmd: 'pubrec', messageId: 7 },
        { cmd: 'pubcomp', messageId: 7 },
        { cmd: 'pubrec', messageId: 7 },
      ])
    })

    for (const other of [{ payload: 'another one' }, { topic: 'b' }]) {
      it(`no other message as one that is sent twice: ${JSON.stringify(other)}`, () => {
        const message = publishes('a', 'exactly once', { qos: 2, messageId: 7 })
        says(message, { ...message, ...other, dup: true })
        expect(contents()).to.have.length(2)
        expect(problems()[1]).to.contain('its id is that of a message that the client has not completed')
      })
    }

    it('no other message by an id that it has not completed', () => {
      const message = publishes('a', 'exactly once', { qos: 2, messageId: 7 })
      says(message, { ...message, payload: 'another one' })
      expect(problems()[1]).to.contain('its id is that of a message that the client has not completed')
    })

    for (const [frame, reason] of [
      ['Hello', 'it is a text, and the protocol has bytes alone'],
      [Buffer.from([0x36, 0]), 'its QoS is 3'],
      [Buffer.from('Hello'), 'it begins as no packet of MQTT'],
      [Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff]), 'a length has more than four bytes'],
      [Buffer.from([0x40, 2, 0, 9]), 'it confirms nothing that the client has sent'],
      [Buffer.from([0x90, 3, 0, 9, 0x80]), 'it confirms nothing that the client has sent'],
      [Buffer.from([0xc0, 0]), 'servers do not send PINGREQ'],
      [Buffer.from([0x30, 2, 0, 0]), 'its topic is empty, or has wildcards'],
      [Buffer.from([0x30, 3, 0, 1, 0x23]), 'its topic is empty, or has wildcards'],
      [Buffer.from([0x32, 5, 0, 1, 0x61, 0, 0]), 'it has no id'],
    ] as const) {
      it(`with the reason, ${typeof frame === 'string' ? frame : frame.toString('hex')}: ${reason}`, () => {
        here().sends(frame)
        expect(problems()).to.have.length(1)
        expect(problems()[0]).to.contain(reason)
        says(publishes('a', 'Hello'))
        expect(rob.state.inbox.messages[1]?.text).to.equal('Hello')
      })
    }

    it('what a library makes of garbage, without a stray error', () => {
      fc.assert(
        fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (garbage) => here().sends(Buffer.from(garbage))),
        { numRuns: 500 },
      )
    })

    it('so many packets of a frame, and no more', () => {
      here().sends(Buffer.alloc(2 * 10_002, packet({ cmd: 'pingresp' })), packet(publishes('a', 'Hello')))
      expect(contents().map(([, details]) => details)).to.deep.equal([
        { problem: 'The function received of the protocol mqtt failed: it says more than 10000 messages at once' },
        { topic: 'a' },
      ])
    })

    it('what is left when the server closes', () => {
      here().sends(packet(publishes('a', 'Hello')).subarray(0, 5))
      here().closes(1000)
      expect(problems()).to.deep.equal(['the packet has not ended'])
      return rob.expectDisconnected()
    })

    it('no rest of a packet when there is none', () => {
      says(publishes('a', 'Hello'))
      here().closes(1000)
      expect(problems()).to.deep.equal([undefined])
      return rob.expectDisconnected()
    })

    it('the end of the conversation in version 5, and nothing after it', async () => {
      begin({ version: 5 })
      await connect()
      const failure = failureMessage(() => rob.subscribe('a'))
      await turn()
      const suback = packet({ cmd: 'suback', messageId: 1, granted: [0] })
      here().sends(
        Buffer.concat([packet({ cmd: 'disconnect', reasonCode: 0 }), packet(publishes('a', 'Hello')), suback]),
      )
      expect(await failure).to.contain('Rob was disconnected by the server')
      await rob.expectDisconnected()
      expect(contents()).to.deep.equal([
        ['Normal disconnection', { event: 'DISCONNECT' }],
        ['Hello', { problem: 'the server has ended the conversation before' }],
        [suback, { problem: 'the server has ended the conversation before' }],
      ])
    })

    it('no payload that is not the text that it says', async () => {
      begin({ version: 5 })
      await connect()
      for (const payload of ['Hi', Buffer.of(0xff)])
        says({ ...publishes('a', payload as string), properties: { payloadFormatIndicator: true } })
      expect(problems()).to.deep.equal([undefined, 'its payload is not the UTF-8 that its payloadFormatIndicator says'])
    })

    it('no topic of a response to which nothing can be published', async () => {
      begin({ version: 5 })
      await connect()
      for (const responseTopic of ['b', 'b/#', '+', ''])
        says({ ...publishes('a', 'Hello'), properties: { responseTopic } })
      const problem = 'its responseTopic is empty, or has wildcards'
      expect(problems()).to.deep.equal([undefined, problem, problem, problem])
    })

    it('no end of the conversation that only clients have', async () => {
      says({ cmd: 'disconnect' })
      begin({ version: 5 })
      await connect()
      says({ cmd: 'disconnect', reasonCode: 4 })
      expect(problems()).to.deep.equal(['servers do not send this DISCONNECT'])
      expect(here().closeFrame).to.equal(undefined)
    })

    it('the packets beside one that is malformed, which is shown alone', () => {
      here().sends(Buffer.concat([packet(publishes('a', 'one')), Buffer.of(0x30, 1, 0), packet(publishes('a', 'two'))]))
      expect(contents()).to.deep.equal([
        ['one', { topic: 'a' }],
        [Buffer.of(0x30, 1, 0), { problem: 'it ends before what its lengths say' }],
        ['two', { topic: 'a' }],
      ])
    })

    it('no packet that is larger than a message may be, although it is complete', () => {
      const large = packet(publishes('a', 'x'.repeat(1100)))
      here().sends(large.subarray(0, 900), large.subarray(900))
      expect(problems()).to.have.length(1)
      expect(problems()[0]).to.contain('a packet has more than 1000 bytes')
    })
  })

  describe('sends', () => {
    it('to the topic of the settings', async () => {
      begin({ send: 'house', retain: true })
      await connect()
      await rob.send('Hello')
      await rob.send(bytes('01 ff'))
      const message = { cmd: 'publish', topic: 'house', qos: 0, retain: true }
      expect(sent('topic', 'payload', 'qos', 'retain').slice(1)).to.deep.equal([
        { ...message, payload: Buffer.from('Hello') },
        { ...message, payload: Buffer.from([1, 0xff]) },
      ])
    })

    it('nothing without it, and says what is missing', async () => {
      await connect()
      expect(await failureMessage(() => rob.send('Hello'))).to.contain(
        "write protocol: { name: 'mqtt', send: 'house/kitchen' }, or name the topic",
      )
    })

    it('nothing to what cannot be a topic', async () => {
      await connect()
      conversation.variables.set('nothing', '')
      for (const topic of ['a'.repeat(65_536), 'a\0', '${nothing}']) {
        for (const act of [
          () => rob.send(onTopic(topic, 'Hello')),
          () => rob.subscribe(topic),
          () => rob.unsubscribe(topic),
        ])
          expect(await failureMessage(act)).to.contain('a topic has 1 to 65535 bytes, and no NUL')
      }
    })

    it('no half of a surrogate pair, which would become another character', async () => {
      await connect()
      for (const act of [
        () => rob.send(onTopic('house', 'a\ud83d')),
        () => rob.send(onTopic('a\ud83d', 'Hello')),
        () => rob.subscribe('\ude00/#'),
        () => rob.unsubscribe('\ude00'),
      ])
        expect(await failureMessage(act)).to.contain('it has half of a surrogate pair, which UTF-8 does not have')
      expect(here().sent).to.have.length(1)
    })

    it('nothing to several topics', async () => {
      await connect()
      expect(await failureMessage(() => rob.send(onTopic('house/#', 'Hello')))).to.contain(
        'a message is published to one topic, without the wildcards # and +',
      )
    })

    it('until the server has it', async () => {
      begin({ send: 'house', qos: 1 })
      await connect()
      const sending = rob.send('Hello')
      await turn()
      expect(sent('messageId', 'qos')[1]).to.deep.equal({ cmd: 'publish', messageId: 1, qos: 1 })
      says({ cmd: 'puback', messageId: 1 })
      await sending
    })

    it('until the server has it exactly once', async () => {
      begin({ send: 'house', qos: 2 })
      await connect()
      const sending = rob.send('Hello')
      await turn()
      says({ cmd: 'pubrec', messageId: 1 })
      await turn()
      expect(sent('messageId').slice(1)).to.deep.equal([
        { cmd: 'publish', messageId: 1 },
        { cmd: 'pubrel', messageId: 1 },
      ])
      says({ cmd: 'pubcomp', messageId: 1 })
      await sending
    })

    it('what the server refuses', async () => {
      begin({ version: 5, send: 'house', qos: 1 })
      await connect()
      const failure = failureMessage(() => rob.send('Hello'))
      await turn()
      says({ cmd: 'puback', messageId: 1, reasonCode: 0x97 })
      expect(await failure).to.contain('Quota exceeded')
    })

    it('heartbeats, and hears the same without a word', async () => {
      begin({ keepAlive: 1 })
      await connect()
      here().sending = async () => says({ cmd: 'pingresp' })
      while (here().sent.length < 20) await turn()
      expect(sent()[1]).to.deep.equal({ cmd: 'pingreq' })
      expect(contents()).to.deep.equal([])
      expect(here().wasTerminated).to.equal(false)
    })

    it('heartbeats, and loses a server that does not answer them', async () => {
      begin({ keepAlive: 2 })
      await connect()
      while (!here().wasTerminated) await turn()
      expect(await failureMessage(() => rob.receives('x'))).to.contain(
        'the server has sent nothing for 4 ms, although it had promised to show that it is alive',
      )
    })

    it('none where the settings or the server want none', async () => {
      begin({ keepAlive: 0 })
      await connect()
      expect(sent('keepalive')).to.deep.equal([{ cmd: 'connect', keepalive: 0 }])
      begin({ version: 5, keepAlive: 1 })
      await connect({ ...CONNACK, reasonCode: 0, properties: { serverKeepAlive: 0 } })
      for (let turns = 0; turns < 5; turns++) await turn()
      expect(sent()).to.deep.equal([{ cmd: 'connect' }])
    })

    it('goodbye', async () => {
      await connect()
      await rob.disconnect()
      expect(sent()[1]).to.deep.equal({ cmd: 'disconnect' })
    })
  })

  describe('subscribes', () => {
    it('when the server has confirmed it, and ends it in the same way', async () => {
      await connect()
      const subscribing = rob.subscribe('a/+')
      await turn()
      expect(sent('messageId', 'subscriptions')[1]).to.deep.equal({
        cmd: 'subscribe',
        messageId: 1,
        subscriptions: [{ topic: 'a/+', qos: 0 }],
      })
      says({ cmd: 'suback', messageId: 1, granted: [0] })
      await subscribing
      const ending = rob.unsubscribe('a/+')
      await turn()
      expect(sent('messageId', 'unsubscriptions')[2]).to.deep.equal({
        cmd: 'unsubscribe',
        messageId: 2,
        unsubscriptions: ['a/+'],
      })
      says({ cmd: 'unsuback', messageId: 2 })
      await ending
    })

    it('to topics that messages are on', async () => {
      await connect()
      says({ cmd: 'publish', topic: 'a/b', payload: 'Hello', qos: 0 })
      await rob.receives(onTopic('a/b', 'Hello'))
    })

    for (const filter of ['a/#', '+/b', '$share/guests/a']) {
      it(`to what no message is on: ${filter}`, () => {
        expect(() => rob.matcher(onTopic(filter, 'Hello'))).to.throw(
          UsageError,
          `"Hello" on "${filter}" cannot be received: "${filter}" is a filter of topics, and a message is on one of them: write its topic.`,
        )
      })
    }

    it('unless the server refuses it', async () => {
      begin({ version: 5 })
      await connect()
      const failure = failureMessage(() => rob.subscribe('cellar'))
      await turn()
      says({ cmd: 'suback', messageId: 1, granted: [0x87], properties: { reasonString: 'Staff only' } })
      expect(await failure).to.contain('Rob could not subscribe to "cellar": Not authorized: Staff only.')
      const other = failureMessage(() => rob.unsubscribe('cellar'))
      await turn()
      says({ cmd: 'unsuback', messageId: 2, granted: [0x80] })
      expect(await other).to.contain('Rob could not unsubscribe from "cellar": Unspecified error.')
    })

    for (const [version, qos, granted] of [
      ['3.1.1', 0, 1],
      [5, 0, 2],
      [5, 1, 2],
    ] as const) {
      it(`unless the server grants a higher quality, in version ${version}: ${granted} instead of ${qos}`, async () => {
        begin({ version, qos })
        await connect()
        const subscribing = rob.subscribe('house')
        await turn()
        says({ cmd: 'suback', messageId: 1, granted: [granted] })
        expect(problems()).to.deep.equal([`it grants QoS ${granted}, and the client has asked for ${qos} at most`])
        says({ cmd: 'suback', messageId: 1, granted: [0] })
        await subscribing
      })
    }

    it('unless the server confirms another number of topics, also of several subscriptions at once', async () => {
      begin({ version: 5, subscribe: ['a', 'b'] })
      const connecting = rob.connect()
      await turn()
      says({ ...CONNACK, reasonCode: 0 }, { cmd: 'suback', messageId: 1, granted: [0] })
      expect(rob.state.connection.isOpen).to.equal(false)
      says({ cmd: 'suback', messageId: 1, granted: [0, 0] })
      await connecting
      const subscribing = Promise.all([rob.subscribe('c'), rob.subscribe('d')])
      await turn()
      says({ cmd: 'suback', messageId: 3, granted: [0, 0x87] }, { cmd: 'suback', messageId: 3, granted: [0] })
      says({ cmd: 'suback', messageId: 2, granted: [0] })
      await subscribing
      const ending = rob.unsubscribe('c')
      await turn()
      says({ cmd: 'unsuback', messageId: 4, granted: [0, 0] }, { cmd: 'unsuback', messageId: 4, granted: [0] })
      await ending
      says({ cmd: 'suback', messageId: 3, granted: [0] })
      expect(problems()).to.deep.equal([
        'the number of its codes is 1, not 2',
        'the number of its codes is 2, not 1',
        'the number of its codes is 2, not 1',
        'it confirms nothing that the client has sent',
      ])
    })

    it('unless the server does not confirm it, or goes', async () => {
      await connect()
      const failure = failureMessage(() => rob.subscribe('a'))
      await turn()
      here().closes(1001)
      expect(await failure).to.contain('Rob')
      await rob.expectDisconnected()
    })
  })

  it('is told by the server why it is disconnected', async () => {
    begin({ version: 5 })
    await connect()
    says({ cmd: 'disconnect', reasonCode: 0x8e, properties: { reasonString: 'Bob is Rob' } })
    await rob.expectDisconnected()
    expect(contents()).to.deep.equal([['Session taken over: Bob is Rob', { event: 'DISCONNECT', isError: true }]])
  })

  it('has no events that clients send', async () => {
    await connect()
    expect(await failureMessage(() => rob.send(namedEvent('moved', 'Hello')))).to.contain(
      'the protocol mqtt has no events',
    )
  })

  for (const [options, problem] of [
    [{ version: 4 }, 'The option version of the protocol mqtt should be "3.1.1" or 5, not 4.'],
    [{ version: '5' }, 'The option version of the protocol mqtt should be "3.1.1" or 5, not "5".'],
    [{ will: 'gone' }, 'should be an object with `topic` and `content`, and perhaps `qos` and `retain`'],
    [{ will: { topic: 'a/#', content: '' } }, 'should be an object with `topic` and `content`'],
    [{ will: { topic: 'a', content: 1 } }, 'should be an object with `topic` and `content`'],
    [{ will: { topic: 'a', content: '', qos: 3 } }, 'should be an object with `topic` and `content`'],
    [{ will: { topic: 'a', content: '', retain: 1 } }, 'should be an object with `topic` and `content`'],
    [{ will: { topic: 'a', content: '', delay: 1 } }, 'should be an object with `topic` and `content`'],
    [{ will: { topic: 'a', content: 'é'.repeat(32_768) } }, 'each text of at most 65535 bytes in UTF-8, not an object'],
    [{ will: { topic: 'a', content: '\ud83d' } }, 'each text of at most 65535 bytes in UTF-8, not an object'],
    [{ will: { topic: '\ud83d', content: '' } }, 'each text of at most 65535 bytes in UTF-8, not an object'],
    ...['a\0', '\ud83d', 'a'.repeat(65_536)].flatMap((text) => [
      [
        { clientId: text },
        'clientId of the protocol mqtt should be a text of at most 65535 bytes in UTF-8, without NUL',
      ],
      [
        { username: text },
        'username of the protocol mqtt should be a text of at most 65535 bytes in UTF-8, without NUL',
      ],
      [{ subscribe: ['b', text] }, 'each of at most 65535 bytes in UTF-8, without NUL, not a list.'],
      [{ send: text }, 'of at most 65535 bytes in UTF-8, without NUL, not'],
    ]),
    [{ username: 'a', password: '\ud83d' }, 'password of the protocol mqtt should be a text of at most 65535 bytes in'],
    [{ username: 'a', password: 'a'.repeat(65_536) }, 'should be a text of at most 65535 bytes in UTF-8, not "aaa'],
    [{ subscribe: 'a' }, 'should be a list of topics, such as ["house/#"], each of at most 65535 bytes'],
    [{ subscribe: [''] }, 'should be a list of topics'],
    [{ send: 'a/#' }, 'should be a topic without the wildcards # and +, of at most 65535 bytes'],
    [{ qos: 3 }, 'should be 0, 1 or 2, not 3.'],
    [{ keepAlive: '2 days' }, 'The option keepAlive of the protocol mqtt should be a duration such as "2 seconds"'],
    [{ keepAlive: 0.4 }, 'or a number of ms, from 1 ms to 65535 seconds, or 0 for none, not 0.4.'],
    [{ keepalive: 1 }, 'Did you mean keepAlive?'],
  ] as [options: object, problem: string][]) {
    it(`has no such options: ${JSON.stringify(options).slice(0, 80)}`, async () => {
      begin({ ...options })
      expect(await failureMessage(() => rob.connect()))
        .to.contain(problem)
        .and.not.to.match(/\.\.$/)
    })
  }
})
