/** Round trips in a protocol, beside its own client library: a message is sent to all, and expected back. */

import { spawn, spawnSync } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr'
import { adapters, createConsumer } from '@rails/actioncable'
import { Client as StompClient } from '@stomp/stompjs'
import { createClient } from 'graphql-ws'
import { JSONRPCClient } from 'json-rpc-2.0'
import mqtt from 'mqtt'
import { Socket as PhoenixSocket } from 'phoenix'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { closeBare, connectBare, startConversation, timed } from '../contestants.mjs'

const TRIPS = 1000
const SAY = 'mutation ($message: String!) { tell(message: $message) }'
const TOLD = 'subscription { told { message } }'
const LOGIN = { username: 'waiter', password: 'abc' }

// It was written for browsers.
Object.assign(globalThis, { addEventListener() {}, removeEventListener() {} })
adapters.WebSocket = WebSocket

/**
 * The servers are those of the manual. `library` resolves to how a message is sent, how the next one is received, and how the
 * client leaves; `trip` is how this library does both, where it is otherwise; `prefix` is what a server writes before what
 * is said, `greeting` what it says first.
 */
const PROTOCOLS = {
  'Socket.IO': {
    server: 'socket-io-server.js',
    protocol: { name: 'socket.io', event: 'tell' },
    greeting: { message: 'Welcome, undefined!' },
    async library(url, received) {
      const socket = io(url, { transports: ['websocket'], forceNew: true })
      await new Promise((resolve) => socket.on('connect', resolve))
      socket.on('told', received)
      return { send: (message) => socket.emit('tell', message), close: () => socket.close() }
    },
  },
  'GraphQL over WebSocket': {
    server: 'graphql-server.js',
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
    protocol: { name: 'mqtt', ...LOGIN, subscribe: ['house/kitchen'], send: 'house/kitchen' },
    async library(url, received) {
      const client = await mqtt.connectAsync(url, { ...LOGIN, protocolVersion: 4 })
      await client.subscribeAsync('house/kitchen')
      client.on('message', (_topic, payload) => received(JSON.parse(payload)))
      return { send: (message) => client.publish('house/kitchen', JSON.stringify(message)), close: () => client.end() }
    },
  },
  STOMP: {
    server: 'stomp-broker.js',
    protocol: {
      ...{ name: 'stomp', login: LOGIN.username, passcode: LOGIN.password },
      ...{ subscribe: ['/topic/kitchen'], send: '/topic/kitchen' },
    },
    async library(url, received) {
      const client = new StompClient({
        webSocketFactory: () => new WebSocket(url, ['v12.stomp']),
        connectHeaders: { login: LOGIN.username, passcode: LOGIN.password },
      })
      const connected = new Promise((resolve) => Object.assign(client, { onConnect: resolve }))
      client.activate()
      await connected
      client.subscribe('/topic/kitchen', ({ body }) => received(JSON.parse(body)))
      return {
        send: (message) => client.publish({ destination: '/topic/kitchen', body: JSON.stringify(message) }),
        close: () => client.deactivate(),
      }
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
  SignalR: {
    server: 'hub.js',
    prefix: 'null: ',
    protocol: { name: 'signalr', method: 'Say' },
    async library(url, received) {
      const hub = new HubConnectionBuilder()
        .withUrl(url.replace('ws:', 'http:'), { transport: HttpTransportType.WebSockets, skipNegotiation: true })
        .configureLogging(LogLevel.None)
        .build()
      hub.on('said', received)
      await hub.start()
      return { send: (message) => hub.send('Say', message), close: () => hub.stop() }
    },
  },
  'JSON-RPC': {
    server: 'calculator.js',
    protocol: { name: 'json-rpc' },
    greeting: { clients: '#number' },
    async library(url, received) {
      const socket = await connectBare(url)
      const client = new JSONRPCClient((request) => socket.send(JSON.stringify(request)))
      socket.on('message', (data) => client.receive(JSON.parse(data)))
      return {
        send: ({ message }) => client.request('add', ['', message]).then((sum) => received({ message: sum })),
        close: () => closeBare(socket),
      }
    },
    async trip(ann, text) {
      await ann.call('add', ['', text])
      await ann.expectAnswer(text)
    },
  },
  'Action Cable': {
    server: 'action-cable.rb',
    command: 'ruby',
    isInstalled: () => spawnSync('ruby', ['-e', 'gem "actioncable"; gem "puma"']).status === 0,
    prefix: ': ',
    protocol: { name: 'actioncable', subscribe: ['ChatChannel'] },
    async library(url, received) {
      const consumer = createConsumer(url)
      const channel = await new Promise((resolve) => {
        const subscription = consumer.subscriptions.create('ChatChannel', {
          connected: () => resolve(subscription),
          received,
        })
      })
      return { send: (message) => channel.send(message), close: () => consumer.disconnect() }
    },
  },
}

export default async function protocols({ compare }) {
  const texts = Array.from({ length: TRIPS }, (_, number) => `Hello ${number}`)
  for (const [name, setup] of Object.entries(PROTOCOLS)) {
    const { server, command, isInstalled = () => true, library, trip = say, prefix = '' } = setup
    if (!isInstalled()) {
      console.log(`${name} is left out: its server is not installed.`)
      continue
    }
    const { url, stop } = await start(server, command)
    await compare({
      name: `a round trip, ${name}`,
      unit: 'µs',
      per: TRIPS / 1000,
      contestants: {
        'its client library': () => libraryTrips(library, url, texts, prefix),
        core: () => coreTrips(setup, url, texts, (ann, text) => trip(ann, text, prefix)),
      },
      targets: { core: 1.3 },
    })
    stop()
  }
}

/** Starts a server of the manual, on a free port. */
async function start(file, command = process.execPath) {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  const server = spawn(command, [join(import.meta.dirname, '../../features/support', file)], {
    env: { ...process.env, PORT: port },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  while (!(await listens(port))) {
    if (server.exitCode !== null) throw new Error(`The server ${file} has ended.`)
    await pause(20)
  }
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

/** Each message is awaited as those of bare ws are in `round-trip.mjs`. */
async function libraryTrips(library, url, texts, prefix) {
  const received = new EventEmitter()
  const { send, close } = await library(url, (message) => received.emit('message', message))
  const took = await timed(async () => {
    for (const text of texts) {
      const answer = once(received, 'message')
      send({ message: text })
      const [{ message }] = await answer
      if (message !== prefix + text) throw new Error(`The server sent ${message}.`)
    }
  })
  await close()
  return took
}

async function coreTrips({ protocol, greeting }, url, texts, trip) {
  const conversation = startConversation(url, { protocol })
  const ann = conversation.client('Ann')
  await ann.connect()
  if (greeting) await ann.receives(greeting)
  const took = await timed(async () => {
    for (const text of texts) await trip(ann, text)
  })
  await conversation.end()
  return took
}

async function say(ann, text, prefix) {
  await ann.send({ message: text })
  await ann.receives({ message: prefix + text })
}
