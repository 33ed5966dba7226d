/** Servers that speak a protocol as far as a client needs it, and then say what a trial wants. */

import { generate } from 'mqtt-packet'
import type { WebSocket } from 'ws'
import type { Settings } from '../../src/index'

/** Serves a client; `waits` is whether it asks, or unsubscribes, before it is told anything. */
type Serve = (client: WebSocket, says: string, waits: boolean) => void

/** Does something for each frame of a client, in letters of Latin-1. */
const forEach = (client: WebSocket, read: (frame: string, count: number) => void): void => {
  let count = 0
  client.on('message', (data) => read((data as Buffer).toString('latin1'), ++count))
}

/** Each line is a frame. */
function sendEach(client: WebSocket, says: string): void {
  for (const line of says.split('\n').filter(Boolean)) client.send(line)
}

const ENGINE_OPEN = '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}'

/** By the names of protocols in the settings. */
export const SERVERS = {
  'json-rpc': (client, says, waits) => {
    if (says === '') return
    // To watch is not what is waited for.
    if (waits) forEach(client, (frame) => void (frame.includes('"watch"') || client.send(says)))
    else client.send(says)
  },
  news: (client, says) =>
    forEach(client, (frame) => {
      const receipt = /^receipt:(.*)$/m.exec(frame)?.[1]
      if (frame.startsWith('CONNECT\n')) client.send('CONNECTED\nversion:1.2\n\n\0')
      if (receipt !== undefined) client.send(`RECEIPT\nreceipt-id:${receipt}\n\n\0`)
      if (frame.startsWith('SUBSCRIBE\n') && says !== '') client.send(says)
    }),
  gate: (client, says) =>
    forEach(client, (frame) => {
      if (frame.startsWith('CONNECT\n') && says !== '') client.send(says)
    }),
  talk: (client, says, waits) => {
    // After a subscription come two, and after its end two more.
    let pings = waits ? 4 : 1
    forEach(client, (frame) => {
      const { type } = JSON.parse(frame)
      if (type === 'connection_init') client.send('{"type":"connection_ack"}')
      if (type !== 'ping') return
      client.send('{"type":"pong"}')
      if (--pings === 0) sendEach(client, says)
    })
  },
  house: (client, says) =>
    forEach(client, (frame) => {
      if (frame.startsWith('\x10')) client.send(generate({ cmd: 'connack', returnCode: 0, sessionPresent: false }))
      if (frame.startsWith('\x82')) client.send(Buffer.from(says, 'latin1'))
    }),
  cellar: (client, says) => SERVERS.house(client, says),
  mansion: (client, says) =>
    forEach(client, (frame) => {
      const connack = generate({ cmd: 'connack', reasonCode: 0, sessionPresent: false }, { protocolVersion: 5 })
      if (frame.startsWith('\x10')) client.send(connack)
      if (frame.startsWith('\x82')) client.send(Buffer.from(says, 'latin1'))
    }),
  door: (client, says) =>
    forEach(client, (frame) => {
      if (frame.startsWith('\x10')) client.send(Buffer.from(says, 'latin1'))
    }),
  rooms: (client, says, waits) =>
    forEach(client, (frame) => {
      const [joinRef, ref, topic, event] = JSON.parse(frame)
      const isJoin = event === 'phx_join'
      if (isJoin) client.send(JSON.stringify([joinRef, ref, topic, 'phx_reply', { status: 'ok', response: {} }]))
      if (isJoin !== waits) sendEach(client, says)
    }),
  hub: (client, says) =>
    forEach(client, (_frame, count) => {
      if (count === 1) client.send('{}\x1e')
      if (count === 2 && says !== '') client.send(says)
    }),
  lobby: (client, says) => {
    client.send(ENGINE_OPEN)
    forEach(client, (frame) => {
      if (frame === '40') sendEach(client, says)
    })
  },
  chat: (client, says) => {
    client.send(ENGINE_OPEN)
    forEach(client, (frame) => {
      if (frame === '40') client.send('40{"sid":"b"}')
      if (frame.startsWith('42')) sendEach(client, says)
    })
  },
  cable: (client, says) => {
    client.send('{"type":"welcome"}')
    forEach(client, (frame) => {
      const { identifier } = JSON.parse(frame)
      client.send(JSON.stringify({ type: 'confirm_subscription', identifier }))
      sendEach(client, says)
    })
  },
} satisfies Record<string, Serve>

export type SpokenServer = keyof typeof SERVERS

/** How a client speaks with them. */
export const PROTOCOLS: NonNullable<Settings['protocols']> = {
  news: { name: 'stomp', subscribe: ['/topic/news'], heartbeat: 0 },
  gate: { name: 'stomp', heartbeat: 0 },
  talk: { name: 'graphql-ws', operations: { said: 'subscription { said }' } },
  house: { name: 'mqtt' },
  cellar: { name: 'mqtt', codec: 'msgpack' },
  mansion: { name: 'mqtt', version: 5 },
  door: { name: 'mqtt', version: 5 },
  lobby: { name: 'socket.io' },
  rooms: { name: 'phoenix', subscribe: ['room:lobby'] },
  hub: { name: 'signalr', streams: ['Count'] },
  chat: { name: 'socket.io' },
  cable: { name: 'actioncable', subscribe: ['ChatChannel'] },
}
