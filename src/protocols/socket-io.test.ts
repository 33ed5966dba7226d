import { expect } from 'chai'
import fc from 'fast-check'
import { turn } from '../../test/support/event-loop'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { anyMessage } from '../matching/matcher'
import { namedEvent } from '../messages/addressed-message'
import { bytes } from '../messages/binary-message'

const OPEN = '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}'

describe('Socket.IO', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin({}))
  afterEach(() => conversation.end())

  function begin(options: object): void {
    ;({ conversation, server } = startConversation({ protocol: { name: 'socket.io', ...options } }))
    rob = conversation.client('Rob')
  }

  const here = (): FakeConnection => server.to('Rob')
  const contents = () => rob.state.inbox.messages.map(({ detail, details }) => [detail, details])
  const problems = () => rob.state.inbox.messages.map(({ details }) => details.problem)

  async function connect(connected = '40{"sid":"b"}'): Promise<void> {
    const connecting = rob.connect()
    await turn()
    here().sends(OPEN, connected)
    await connecting
  }

  describe('asks for', () => {
    for (const [address, asked] of [
      ['ws://server/?name=Rob', 'ws://server/socket.io/?name=Rob&EIO=4&transport=websocket'],
      ['ws://server/chat/?name=Rob', 'ws://server/chat/?name=Rob&EIO=4&transport=websocket'],
      ['ws://server/?name=Rob&EIO=4', 'ws://server/socket.io/?name=Rob&EIO=4&transport=websocket'],
    ] as const) {
      it(`${asked} where the scenario says ${address}`, async () => {
        const connecting = rob.connect({ to: address })
        await turn()
        expect(here().target.url).to.equal(asked)
        here().sends(OPEN, '40{"sid":"b"}')
        await connecting
      })
    }

    it('the path of Socket.IO where an address has nothing, which failures do not show', async () => {
      server.onConnection = (connection) => connection.refuses(400)
      expect(await failureMessage(() => rob.connect({ to: 'ws://server' }))).to.contain(
        'Rob was refused by ws://server/ with status 400',
      )
      expect(server.connections[0]?.target.url).to.equal('ws://server/socket.io/?EIO=4&transport=websocket')
    })
  })

  describe('connects', () => {
    it('to the main namespace', async () => {
      await connect()
      expect(here().sent).to.deep.equal(['40'])
    })

    it('to another one, with what a client says of itself', async () => {
      begin({ namespace: '/admin', auth: { token: 'abc' } })
      await connect('40/admin,{"sid":"b"}')
      await rob.send('Hello')
      here().sends('42/admin,["said","Hi"]')
      expect(here().sent).to.deep.equal(['40/admin,{"token":"abc"}', '42/admin,["message","Hello"]'])
      await rob.receives('Hi')
    })

    for (const open of [
      '0',
      '0[]',
      '0{"sid":"a"}',
      '0{"pingInterval":25000,"pingTimeout":20000}',
      '0{"sid":"a","pingInterval":"25000","pingTimeout":20000}',
      '0{"sid":"a","pingInterval":0,"pingTimeout":0}',
      '0{"sid":"a","pingInterval":-5,"pingTimeout":20}',
      '0{"sid":"a","pingInterval":25000,"pingTimeout":1e400}',
      '0{"sid":"a","pingInterval":2147483000,"pingTimeout":1000}',
    ]) {
      it(`to no server that does not say how long it is silent: ${open}`, async () => {
        begin({})
        const failure = failureMessage(() => rob.connect())
        await turn()
        here().sends(open)
        expect(here().sent).to.deep.equal([])
        here().closes(1000)
        expect(await failure).to.contain('Rob was refused')
      })
    }

    it('to no server that connects it to a namespace without having opened the connection', async () => {
      begin({})
      const failure = failureMessage(() => rob.connect())
      await turn()
      here().sends('40{"sid":"b"}')
      here().closes(1000)
      expect(await failure).to.contain('Rob was refused')
    })

    it('and loses a server that falls silent', async () => {
      const connecting = rob.connect()
      await turn()
      here().sends('0{"sid":"a","pingInterval":1.0,"pingTimeout":3e0}', '40{"sid":"b"}')
      await connecting
      while (!here().wasTerminated) await turn()
      expect(await failureMessage(() => rob.receives('x'))).to.contain('the server has sent nothing for 4 ms')
    })

    for (const [packet, words] of [
      ['44{"message":"not on the list","data":{"code":7}}', 'not on the list'],
      ['44"not today"', 'not today'],
    ]) {
      it(`unless the server refuses it: ${packet}`, async () => {
        const failure = failureMessage(() => rob.connect())
        await turn()
        here().sends(OPEN, packet as string)
        expect(await failure).to.equal(`Rob was refused by ws://server/?name=Rob: "${words}".`)
      })
    }

    for (const [packet, problem] of [
      ['40', 'it has no sid: the server may be one of Socket.IO 2, and the protocol is that of Socket.IO 3 and 4'],
      ['40{}', 'it has no sid'],
      ['40{"sid":null}', 'it has no sid'],
      ['44{}', 'its message is not a text'],
      ['44{"message":7}', 'its message is not a text'],
    ]) {
      it(`only by what says so as Socket.IO does: ${packet}`, async () => {
        const connecting = rob.connect()
        await turn()
        here().sends(OPEN, packet as string, '40{"sid":"b"}')
        await connecting
        expect(problems()).to.have.length(1)
        expect(problems()[0]).to.contain(problem)
      })
    }

    it('unless the options are wrong', async () => {
      for (const namespace of ['admin', '/\ud83d']) {
        begin({ namespace })
        expect((await failureOf(() => rob.connect())).message).to.contain(
          'The option namespace of the protocol socket.io should be a namespace such as "/admin", not "',
        )
      }
    })
  })

  describe('receives', () => {
    beforeEach(() => connect())

    it('events: one value as it is, several as a list, none as nothing', () => {
      here().sends('42["said","Hello"]', '42["moved",{"x":1}]', '42["drawn",1,"red"]', '42["cleared"]')
      expect(contents()).to.deep.equal([
        ['Hello', { event: 'said' }],
        ['{"x":1}', { event: 'moved' }],
        ['[1,"red"]', { event: 'drawn' }],
        ['', { event: 'cleared' }],
      ])
    })

    it('events that want to be acknowledged, and acknowledgements', async () => {
      await rob.call('count')
      here().sends('427["asked","Yes?"]', '430[{"n":2}]', '430[{"n":3}]')
      expect(contents().slice(0, 2)).to.deep.equal([
        ['Yes?', { event: 'asked', requestId: 7 }],
        ['{"n":2}', { answerTo: 0 }],
      ])
      expect(problems()[2]).to.contain('it acknowledges nothing that the client has sent')
      await rob.receives('Yes?')
      await rob.answer('No')
      expect(here().sent.at(-1)).to.equal('437["No"]')
    })

    it('bytes, and heartbeats between the frames of a packet', async () => {
      here().sends('451-["file",{"_placeholder":true,"num":0}]', '2', Buffer.from([1, 2]))
      await rob.receives(bytes('01 02'))
      expect(rob.state.inbox.messages[0]?.details).to.deep.equal({ event: 'file' })
    })

    it('an event whose bytes have not all come when the connection ends', async () => {
      const event = '52-["file",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]'
      here().sends(`4${event}`, Buffer.from([1]))
      here().closes()
      expect(rob.state.inbox.messages.map(({ detail, details }) => [detail, details])).to.deep.equal([
        [event, { problem: 'it is of a packet whose attachments have not all come' }],
        [Buffer.from([1]), { problem: 'it is of a packet whose attachments have not all come' }],
      ])
    })

    it('nothing that is whole once more when the connection ends', async () => {
      here().sends('451-["file",{"_placeholder":true,"num":0}]', Buffer.from([1]), '42["said","Hello"]')
      here().closes()
      expect(rob.state.inbox.messages).to.have.length(2)
    })

    it('bytes among other things as JSON of Node', () => {
      here().sends(
        '452-["file",{"_placeholder":true,"num":0},{"name":"a","data":{"_placeholder":true,"num":1}}]',
        Buffer.from([1]),
        Buffer.from([2]),
      )
      expect(rob.state.inbox.messages[0]?.text).to.equal(
        '[{"type":"Buffer","data":[1]},{"name":"a","data":{"type":"Buffer","data":[2]}}]',
      )
    })

    it('numbers as the server writes them', () => {
      here().sends('42["said",{"id":9007199254740993,"rate":1.50,"n":-0}]')
      here().sends('451-["file",1e400,{"_placeholder":true,"num":0}]', Buffer.from([1]))
      expect(rob.state.inbox.messages.map(({ detail }) => detail)).to.deep.equal([
        '{"id":9007199254740993,"rate":1.50,"n":-0}',
        '[1e400,{"type":"Buffer","data":[1]}]',
      ])
    })

    it('the end of the conversation', async () => {
      here().sends('41')
      await rob.expectDisconnected()
      expect(rob.state.inbox.messages).to.have.length(0)
    })

    for (const [farewell, shown] of [
      ['41', 0],
      ['1', 0],
      ['44{"message":"No"}', 1],
    ] as const) {
      it(`nothing after the end of the conversation: ${farewell}`, async () => {
        await rob.call('add')
        here().sends(farewell, '2', '42["said","Hello"]', '430[3]')
        const late = 'the server has ended the conversation before'
        expect(problems().slice(shown)).to.deep.equal([late, late])
        expect(here().sent.at(-1)).to.equal('3')
        await rob.expectDisconnected()
      })
    }

    it('packets of Engine.IO that say nothing, without a word', () => {
      here().sends('6')
      expect(rob.state.inbox.messages).to.have.length(0)
    })
  })

  describe('sends', () => {
    it('texts, JSON and bytes', async () => {
      await connect()
      await rob.send('Hello')
      await rob.send({ x: 1 })
      await rob.send('{"id": 9007199254740993, "rate": 1.50}')
      await rob.send(bytes('01 02'))
      expect(here().sent.slice(1)).to.deep.equal([
        '42["message","Hello"]',
        '42["message",{"x":1}]',
        '42["message",{"id":9007199254740993,"rate":1.50}]',
        '451-["message",{"_placeholder":true,"num":0}]',
        Buffer.from([1, 2]),
      ])
    })

    it('the event of the settings, and asks to have it acknowledged', async () => {
      begin({ event: 'say', acknowledged: true })
      await connect()
      await rob.send('Hello')
      await rob.send('Bye')
      expect(here().sent.slice(1)).to.deep.equal(['420["say","Hello"]', '421["say","Bye"]'])
    })

    it('answers to heartbeats, from the first on', async () => {
      await connect()
      here().sends('2', '2')
      expect(here().sent.slice(1)).to.deep.equal(['3', '3'])
    })

    it('goodbye', async () => {
      await connect()
      await rob.disconnect()
      expect(here().sent.slice(1)).to.deep.equal(['41', '1'])
    })
  })

  it('emits events, and calls those that are to be acknowledged', async () => {
    await connect()
    await rob.send(namedEvent('wave'))
    await rob.send(namedEvent('say', 'Hello'))
    await rob.call('seat', 'Ann')
    await rob.call('leave')
    expect(here().sent.slice(1)).to.deep.equal(['42["wave"]', '42["say","Hello"]', '420["seat","Ann"]', '421["leave"]'])
    here().sends('431["Bye"]')
    await rob.expectAnswer('Bye')
  })

  it('asks, and is answered by the acknowledgement of that event alone', async () => {
    begin({ acknowledged: true })
    await connect()
    await rob.send({ id: 9 })
    here().sending = async () => here().sends('430["id 9"]', '431["id 0"]')
    expect((await rob.ask({ id: 0 }, anyMessage)).text).to.equal('id 0')
  })

  describe('shows with the reason', () => {
    beforeEach(() => connect())

    for (const [frame, reason] of [
      ['Hello', 'it is not a packet of Engine.IO'],
      ['4', 'it is not a packet of Socket.IO'],
      ['4Hello', 'it is not a packet of Socket.IO'],
      ['48', 'unknown packet type 8'],
      ['42["a"', 'JSON'],
      ['42{"a":1}', 'invalid payload'],
      ['42["a",{"b":1,"b":2}]', 'the member "b" of /1 twice'],
      ['40{"sid":"c"}', 'the server has connected the client to the namespace before'],
      ['44{"message":"no"}', 'the server has connected the client to the namespace before'],
      [OPEN, 'the server has opened the connection before'],
      ['42/other,["a"]', 'it is of the namespace /other, where the client is not'],
      [Buffer.from([1]), 'got binary data when not reconstructing a packet'],
      ['43 ["R"]', 'it has neither a list nor an object nor a text behind its head'],
      ['42 ["a","Q"]', 'it has neither a list nor an object nor a text behind its head'],
      ['461-\t["R"]', 'it has neither a list nor an object nor a text behind its head'],
      ['429007199254740993["a"]', 'its number is too large'],
      ['2["a","b"]', 'it has content, and packets of this type have none'],
      ['2probe', 'it has content, and packets of this type have none'],
      ['1["a"]', 'it has content, and packets of this type have none'],
      ['3', 'servers do not send a packet pong over a WebSocket'],
      ['5', 'servers do not send a packet upgrade over a WebSocket'],
      ['6["a"]', 'it has content, and packets of this type have none'],
    ] as const) {
      it(`${typeof frame === 'string' ? frame : 'bytes'}: ${reason}`, () => {
        here().sends(frame)
        expect(problems()).to.have.length(1)
        expect(problems()[0]).to.contain(reason)
      })
    }

    it('an event whose head is not as the protocol has it', () => {
      const heads = fc.string({ unit: fc.constantFrom(...'0123456/,- \t'), maxLength: 6 })
      fc.assert(
        fc.property(heads, (head) => {
          const { length } = rob.state.inbox.messages
          here().sends(`42${head}["a",1]`)
          expect(problems().slice(length), head).to.have.length(1)
          // The namespace of the client, and the number of the event.
          expect(problems()[length] === undefined, head).to.equal(/^(?:\/,)?\d*$/.test(head))
        }),
      )
    })

    for (const [event, reason] of [
      ['"b"', 'it has attachments to which it does not refer'],
      ['{"_placeholder":true,"num":1}', 'it refers to an attachment that it does not have'],
      ['{"_placeholder":true,"num":0.5}', 'it refers to an attachment that it does not have'],
      ['{"_placeholder":true,"num":-1}', 'it refers to an attachment that it does not have'],
      ['{"_placeholder":true}', 'it refers to an attachment that it does not have'],
      ['{"_placeholder":true,"num":0,"a":1}', 'it refers to an attachment that it does not have'],
    ] as const) {
      it(`attachments that are not those of ${event}`, () => {
        here().sends(`451-["a",${event}]`, Buffer.from([1]))
        const { messages } = rob.state.inbox
        expect(messages.map(({ detail }) => detail)).to.deep.equal([`451-["a",${event}]`, Buffer.from([1])])
        expect(problems()[0]).to.contain(reason)
        expect(problems()[1]).to.contain('got binary data when not reconstructing a packet')
      })
    }

    describe('an attachment in base64, as servers send it to ?b64=1', () => {
      const head = '451-["a",{"_placeholder":true,"num":0}]'

      for (const [frame, content] of [
        ['bAQID', [1, 2, 3]],
        ['bAQI=', [1, 2]],
        ['bAQ==', [1]],
        ['b+/8=', [251, 255]],
        ['b', []],
      ] as const) {
        it(`as its bytes: ${frame}`, () => {
          here().sends(head, frame)
          expect(contents()).to.deep.equal([[Buffer.from(content), { event: 'a' }]])
        })
      }

      for (const frame of [
        'bA',
        'bAQ',
        'bAQ=',
        'bAR==',
        'bAQ!!ID',
        'bAQI=alpha',
        'b-_8=',
        'bAQID\n',
        'balpha is here',
      ]) {
        it(`not as bytes, if it is none: ${JSON.stringify(frame)}`, () => {
          here().sends(head, frame, Buffer.from([1]), '42["said","Hello"]')
          expect(rob.state.inbox.messages.map(({ detail }) => detail)).to.deep.equal([
            ...[head.slice(1), frame, Buffer.from([1]), 'Hello'],
          ])
          const [begun, broken, late, said] = problems()
          expect(begun).to.equal('it is of a packet whose attachments have not all come')
          expect(broken).to.contain('its bytes are not in base64')
          expect(late).to.contain('got binary data when not reconstructing a packet')
          expect(said).to.equal(undefined)
        })
      }
    })

    it('attachments that would be too many bytes, each as often as it is referred to', () => {
      const attached = '{"_placeholder":true,"num":0}'
      const bytesOf = (count: number) => Buffer.alloc(count)
      here().sends(`451-["file",[${attached},${attached}],1]`, bytesOf(501))
      here().sends(`451-["file",[${attached},${attached}]]`, bytesOf(2))
      expect(problems()).to.deep.equal([
        'The function received of the protocol socket.io failed: it has more than 1000 bytes',
        undefined,
      ])
    })

    it('attachments that are too many bytes before all have come, and goes on', () => {
      const attached = [0, 1, 2].map((num) => `{"_placeholder":true,"num":${num}}`)
      here().sends(`453-["file",${attached}]`, Buffer.alloc(600), Buffer.alloc(401), '42["said","Hello"]')
      expect(problems()).to.deep.equal([
        'The function received of the protocol socket.io failed: it has more than 1000 bytes',
        undefined,
      ])
    })

    it('as many attachments as a frame may have messages, and no more', () => {
      const head = (count: number) => {
        const placeholders = Array.from({ length: count }, (_, num) => `{"_placeholder":true,"num":${num}}`)
        return `45${count}-["file",[${placeholders}]]`
      }
      here().sends(head(200), ...Array.from({ length: 200 }, () => Buffer.of(7)))
      expect(rob.state.inbox.messages[0]?.json).to.deep.equal(Array(200).fill({ type: 'Buffer', data: [7] }))
      here().sends(head(10_001))
      expect(problems()).to.deep.equal([
        undefined,
        'The function received of the protocol socket.io failed: too many attachments',
      ])
    })

    it('all frames of a packet that another one interrupts, and goes on', () => {
      const head = '52-["file",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]'
      here().sends(`4${head}`, Buffer.from([1]), '42["said","Hello"]', '4?')
      expect(rob.state.inbox.messages.map(({ detail }) => detail)).to.deep.equal([
        head,
        Buffer.from([1]),
        'Hello',
        '4?',
      ])
      const problem = 'it is of a packet whose attachments have not all come'
      expect(problems().slice(0, 3)).to.deep.equal([problem, problem, undefined])
    })
  })
})
