/** Round trips in a protocol, beside its own client library: a message is sent to all, and expected back. */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from 'graphql-ws'
import mqtt from 'mqtt'
import { Socket as PhoenixSocket } from 'phoenix'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { startConversation, timed } from '../contestants.mjs'

const TRIPS = 300
const SAY = 'mutation ($message: String!) { tell(message: $message) }'
const TOLD = 'subscription { told { message } }'
const LOGIN = { username: 'waiter', password: 'abc' }

/**
 * What is to be at most 1.3 is not yet so of Socket.IO and Phoenix. The servers are those of the manual. `library` resolves to how a message is sent, how the next one is received, and how the
 * client leaves; `prefix` is what a server writes before what is said.
 */
const PROTOCOLS = {
  'Socket.IO': {
    server: 'socket-io-server.js',
    protocol: { name: 'socket.io', event: 'tell' },
    async library(url, received) {
      const socket = io(url, { transports: ['websocket'], forceNew: true })
      await new Promise((resolve) => socket.on('connect', resolve))
      socket.on('told', received)
      return { send: (message) => socket.emit('tell', message), close: () => socket.close() }
    },
  },
  'GraphQL over WebSocket': {
    server: 'graphql-server.js',
    atMost: 1.3,
    protocol: { name: 'graphql-ws', payload: { token: 'abc' }, subscribe: [TOLD], send: SAY },
    async library(url, received) {
      const client = createClient({ url, webSocketImpl: WebSocket, lazy: false, connectionParams: { token: 'abc' } })
      await new Promise((resolve) => client.on('connected', resolve))
      const ignored = { next() {}, error() {}, complete() {} }
      client.subscribe({ query: TOLD }, { ...ignored, next: ({ data }) => received(data.told) })
      return {
        send: (variables) => client.subscribe({ query: SAY, variables }, ignored),
        close: () => client.dispose(),
      }
    },
  },
  MQTT: {
    server: 'mqtt-broker.js',
    atMost: 1.3,
    protocol: { name: 'mqtt', ...LOGIN, subscribe: ['house/kitchen'], send: 'house/kitchen' },
    async library(url, received) {
      const client = await mqtt.connectAsync(url, { ...LOGIN, protocolVersion: 4 })
      await client.subscribeAsync('house/kitchen')
      client.on('message', (_topic, payload) => received(JSON.parse(payload)))
      return { send: (message) => client.publish('house/kitchen', JSON.stringify(message)), close: () => client.end() }
    },
  },
  'Phoenix Channels': {
    server: 'phoenix-server.js',
    prefix: 'null: ',
    protocol: { name: 'phoenix', subscribe: ['room:lobby'], event: 'say' },
    async library(url, received) {
      const socket = new PhoenixSocket(`${url}/socket`, { transport: WebSocket })
      socket.connect()
      const channel = socket.channel('room:lobby', {})
      await new Promise((resolve) => channel.join().receive('ok', resolve))
      channel.on('said', received)
      return { send: (message) => channel.push('say', message), close: () => socket.disconnect() }
    },
  },
}

export default async function protocols({ compare }) {
  const texts = Array.from({ length: TRIPS }, (_, number) => `Hello ${number}`)
  for (const [name, { server, protocol, library, atMost, prefix = '' }] of Object.entries(PROTOCOLS)) {
    const { url, stop } = await start(server)
    await compare({
      name: `a round trip, ${name}`,
      unit: 'µs',
      per: TRIPS / 1000,
      contestants: {
        'its client library': () => libraryTrips(library, url, texts, prefix),
        core: () => coreTrips(protocol, url, texts, prefix),
      },
      targets: atMost === undefined ? {} : { core: atMost },
    })
    stop()
  }
}

/** Starts a server of the manual, on a free port. */
async function start(file) {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  const server = fork(join(import.meta.dirname, '../../features/support', file), {
    env: { ...process.env, PORT: port },
  })
  while (!(await listens(port))) await pause(20)
  return { url: `ws://127.0.0.1:${port}`, stop: () => server.kill() }
}

async function listens(port) {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

async function libraryTrips(library, url, texts, prefix) {
  let answer
  const { send, close } = await library(url, (message) => answer?.(message))
  const took = await timed(async () => {
    for (const text of texts) {
      const received = new Promise((resolve) => {
        answer = resolve
      })
      send({ message: text })
      const { message } = await received
      if (message !== prefix + text) throw new Error(`The server sent ${message}.`)
    }
  })
  await close()
  return took
}

async function coreTrips(protocol, url, texts, prefix) {
  const conversation = startConversation(url, { protocol })
  const ann = conversation.client('Ann')
  await ann.connect()
  const took = await timed(async () => {
    for (const text of texts) {
      await ann.send({ message: text })
      await ann.receives({ message: prefix + text })
    }
  })
  await conversation.end()
  return took
}
