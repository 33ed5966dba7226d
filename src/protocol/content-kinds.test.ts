/** What a sentence calls JSON, or a text, travels as that in each protocol, whatever it looks like. */

import { expect } from 'chai'
import { startConversation } from '../../test/support/fake-server'
import { parseJson } from '../json/json-text'
import type { ContentKind } from '../message-details'
import { namedEvent } from '../messages/addressed-message'
import { contrary } from '../messages/contract-message'
import { json } from '../messages/json-message'
import { text } from '../messages/phrase-message'
import { chooseProtocol } from './known-protocols'
import type { ProtocolSession } from './protocol'

/** What a sentence sends, and the value that the server is to read. */
const CONTENTS: readonly (readonly [content: string, kind: ContentKind | undefined, value: unknown])[] = [
  ['5', 'json', 5],
  ['null', 'json', null],
  ['"q"', 'json', 'q'],
  ['{"a":1}', 'json', { a: 1 }],
  ['5', 'text', '5'],
  ['{"a":1}', 'text', '{"a":1}'],
  ['{x', 'text', '{x'],
  ['5', undefined, '5'],
  ['{"a":1}', undefined, { a: 1 }],
]

interface Spoken {
  readonly options?: object
  /** What the server says before, after the client has begun. */
  readonly handshake?: readonly string[]
  readonly valueIn: (frame: string) => unknown
  readonly ways: Readonly<
    Record<string, (session: Required<ProtocolSession>, content: string, kind?: ContentKind) => unknown>
  >
}

const SPOKEN: Readonly<Record<string, Spoken>> = {
  'json-rpc': {
    valueIn(frame) {
      const { params = [], result } = JSON.parse(frame)
      return result === undefined ? (Array.isArray(params) ? params[0] : params) : result
    },
    ways: {
      emit: (session, content, kind) => session.emit('say', content, undefined, kind),
      call: (session, content, kind) => session.call('say', content, kind),
      answer(session, content, kind) {
        Array.from(session.received('{"jsonrpc":"2.0","method":"ask","id":1}'))
        session.answer(1, content, false, kind)
      },
    },
  },
  signalr: {
    options: { method: 'Say' },
    handshake: ['{}\u001e'],
    valueIn(frame) {
      const { arguments: values, result } = JSON.parse(frame.slice(0, -1))
      return values === undefined ? result : values[0]
    },
    ways: {
      send: (session, content, kind) => session.send(content, kind),
      emit: (session, content, kind) => session.emit('Say', content, undefined, kind),
      call: (session, content, kind) => session.call('Say', content, kind),
      answer: (session, content, kind) => session.answer('1', content, false, kind),
    },
  },
  'socket.io': {
    handshake: ['0{"sid":"a","pingInterval":25000,"pingTimeout":20000}', '40{"sid":"b"}'],
    valueIn: (frame) => JSON.parse(frame.slice(frame.indexOf('['))).at(-1),
    ways: {
      send: (session, content, kind) => session.send(content, kind),
      emit: (session, content, kind) => session.emit('say', content, undefined, kind),
      call: (session, content, kind) => session.call('say', content, kind),
      answer: (session, content, kind) => session.answer(1, content, false, kind),
    },
  },
  phoenix: {
    options: { subscribe: ['room'], event: 'said' },
    handshake: ['["1","1","room","phx_reply",{"status":"ok","response":{}}]'],
    valueIn: (frame) => JSON.parse(frame)[4],
    ways: {
      send: (session, content, kind) => session.send(content, kind),
      publish: (session, content, kind) => session.publish('room', content, kind),
      emit: (session, content, kind) => session.emit('said', content, undefined, kind),
      call: (session, content, kind) => session.call('said', content, kind),
    },
  },
  actioncable: {
    options: { subscribe: ['Chat'] },
    handshake: ['{"type":"welcome"}', '{"type":"confirm_subscription","identifier":"{\\"channel\\":\\"Chat\\"}"}'],
    valueIn: (frame) => JSON.parse(JSON.parse(frame).data),
    ways: {
      send: (session, content, kind) => session.send(content, kind),
      publish: (session, content, kind) => session.publish('Chat', content, kind),
    },
  },
  'graphql-ws': {
    options: { send: 'mutation { say }', operations: { say: 'mutation { say }' }, variable: 'v' },
    handshake: ['{"type":"connection_ack"}'],
    valueIn: (frame) => JSON.parse(frame).payload.variables.v,
    ways: {
      send: (session, content, kind) => session.send(content, kind),
      publish: (session, content, kind) => session.publish('say', content, kind),
      call: (session, content, kind) => session.call('say', content, kind),
    },
  },
}

describe('Content that a sentence calls JSON, or a text', () => {
  for (const [name, { options = {}, handshake = [], valueIn, ways }] of Object.entries(SPOKEN))
    for (const [way, act] of Object.entries(ways)) {
      it(`travels as that by ${name}: ${way}`, () => {
        const sent: string[] = []
        const nothing = () => {}
        const { protocol } = chooseProtocol(name, {}, () => Buffer.alloc(0))
        const session = protocol.open(
          {
            ...{ url: 'ws://server', subprotocol: '', maxMessageBytes: 2 ** 20, textOrBytes: String },
            send: (frame) => sent.push(String(frame)),
            ...{ opened: nothing, refused: nothing, closed: nothing, every: nothing, idleTimeout: nothing },
          },
          options as never,
        ) as Required<ProtocolSession>
        session.start?.()
        for (const frame of handshake) Array.from(session.received(frame))
        for (const [content, kind, value] of CONTENTS) {
          act(session, content, kind)
          expect(valueIn(sent.at(-1) as string), `${content} as ${kind}`).to.deep.equal(value)
        }
      })
    }

  it('travels as that from sentences, and through wrappers', async () => {
    const { conversation, server } = startConversation({ protocol: 'json-rpc' })
    const rob = conversation.client('Rob')
    await rob.connect()
    await rob.send(namedEvent('say', json('5')))
    await rob.send(namedEvent('say', text('{"a":1}')))
    await rob.call('say', json('null'))
    server.to('Rob').sends('{"jsonrpc":"2.0","method":"ask","id":1}')
    await rob.receives(namedEvent('ask'))
    await rob.answer(json('5'))
    expect(server.to('Rob').sent.map((frame) => parseJson(String(frame)))).to.deep.equal([
      { jsonrpc: '2.0', method: 'say', params: [5] },
      { jsonrpc: '2.0', method: 'say', params: ['{"a":1}'] },
      { jsonrpc: '2.0', method: 'say', params: [null], id: 1 },
      { jsonrpc: '2.0', id: 1, result: 5 },
    ])
    expect(contrary(json('5')).kind).to.equal('json')
    expect(conversation.transcript.entries.filter(({ details }) => details && 'kind' in details)).to.deep.equal([])
    await conversation.end()
  })

  for (const codec of ['msgpack', 'cbor'])
    it(`travels as that by ${codec}`, async () => {
      const { conversation, server } = startConversation({ protocol: { codec } })
      const rob = conversation.client('Rob')
      await rob.connect()
      await rob.send(json('5'))
      await rob.send(text('5'))
      expect(server.to('Rob').sent.map((frame) => (frame as Buffer).toString('hex'))).to.deep.equal([
        '05',
        codec === 'cbor' ? '6135' : 'a135',
      ])
      await conversation.end()
    })
})
