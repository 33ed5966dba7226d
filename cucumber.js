const report = 'reports/index.html'

/** How a waiter speaks to a broker. */
const waiter = {
  mqtt: {
    username: 'waiter',
    password: 'abc',
    will: { topic: 'house/kitchen', content: '{"message": "I have lost the way"}' },
    subscribe: ['house/kitchen'],
    send: 'house/kitchen',
  },
  stomp: { login: 'waiter', passcode: 'abc', subscribe: ['/topic/kitchen'], send: '/topic/kitchen' },
}

/** A server that is started on the scenario's port. */
const listening = (command) => ({ command, env: { PORT: '${port}' }, ready: { port: '${port}' } })

module.exports = {
  default: {
    // No `paths`: Cucumber adds them to those on the command line, and would always run every feature.
    requireModule: ['ts-node/register'],
    require: ['features/support/**/!(*.test).ts'],
    format: [
      process.stdout.isTTY ? 'progress-bar' : 'progress',
      ['html', 'reports/cucumber.html'],
      ['./features/support/living-docs.js', report],
    ],
    formatOptions: {
      printAttachments: false,
      livingDocs: { title: 'Conversations with cucumber-websocket', introduction: 'features/introduction.md' },
    },
    plugin: ['./features/support/report-path.js'],
    pluginOptions: { report },
    worldParameters: {
      websocket: {
        phrases: { sent: { message: '${phrase}' }, received: { message: '${phrase}' } },
        token: { headers: { Authorization: 'Bearer ${token}' } },
        correlation: 'id',
        protocols: {
          hub: { name: 'signalr', method: 'Say', streams: ['Count'] },
          'patient hub': { name: 'signalr', keepAlive: '100ms' },
          devtools: { name: 'json-rpc', jsonrpc: false },
          chat: { name: 'socket.io', event: 'say' },
          staff: { name: 'socket.io', namespace: '/staff', auth: { token: 'abc' }, acknowledged: true },
          house: {
            name: 'graphql-ws',
            payload: { token: 'abc' },
            subscribe: ['subscription { said { message } }'],
            send: 'mutation ($message: String!) { say(message: $message) }',
            operations: {
              seat: 'query Seat($guest: String!) { seat(guest: $guest) }',
              say: 'mutation ($message: String!) { say(message: $message) }',
              said: 'subscription { said { message } }',
            },
          },
          rooms: { name: 'phoenix', subscribe: ['room:lobby'], event: 'say', keepAlive: '500ms' },
          'staff news': { name: 'phoenix', subscribe: ['room:lobby', 'staff:news'], params: { token: 'abc' } },
          'news for strangers': { name: 'phoenix', subscribe: ['room:lobby', 'staff:news'] },
          cable: {
            name: 'actioncable',
            channels: {
              lobby: { channel: 'ChatChannel', room: 'lobby' },
              kitchen: { channel: 'ChatChannel', room: 'kitchen' },
            },
            subscribe: ['lobby'],
          },
          'cable for staff': { name: 'actioncable', subscribe: ['StaffChannel'] },
          'Socket.IO': { name: 'socket.io', event: 'tell' },
          GraphQL: {
            name: 'graphql-ws',
            payload: { token: 'abc' },
            subscribe: ['subscription { told { message } }'],
            send: 'mutation ($message: String!) { tell(message: $message) }',
          },
          strangers: { name: 'socket.io', namespace: '/staff' },
          'house by MQTT': { name: 'mqtt', ...waiter.mqtt },
          'house by MQTT 5': { name: 'mqtt', version: 5, ...waiter.mqtt },
          'house by MQTT, twice sure': { name: 'mqtt', ...waiter.mqtt, qos: 2, retain: true },
          'house by MQTT, with heartbeats': { name: 'mqtt', ...waiter.mqtt, keepAlive: '500ms' },
          'house by MQTT 5, with heartbeats': { name: 'mqtt', version: 5, ...waiter.mqtt, keepAlive: '1s' },
          'house by MQTT, for strangers': { name: 'mqtt', subscribe: ['house/kitchen'] },
          'cellar by MQTT': { name: 'mqtt', ...waiter.mqtt, subscribe: ['cellar'] },
          'house by MQTT 5, for strangers': { name: 'mqtt', version: 5, username: 'Eve', password: 'abc' },
          'house by STOMP': { name: 'stomp', ...waiter.stomp, heartbeat: 50 },
          'house by STOMP, with receipts': { name: 'stomp', ...waiter.stomp, receipts: true },
          'house by STOMP, for strangers': { name: 'stomp', login: 'Eve', passcode: 'abc' },
          'house by RabbitMQ': { name: 'stomp', ...waiter.stomp, login: 'guest', passcode: 'guest', host: '/' },
          'msgpack chat': { codec: 'msgpack' },
          'cbor chat': { codec: 'cbor' },
          'protobuf chat': {
            codec: { name: 'protobuf', file: 'chat.proto', received: 'chat.Said', sent: 'chat.Said' },
          },
          'ndjson chat': { codec: 'ndjson' },
          'packed Socket.IO': { name: 'socket.io', codec: 'msgpack' },
        },
        programs: {
          hub: listening('node features/support/hub.js'),
          browser: { ...listening('node features/support/browser.js'), timeout: '30s' },
          calculator: listening('node features/support/calculator.js'),
          'Socket.IO': listening('node features/support/socket-io-server.js'),
          GraphQL: listening('node features/support/graphql-server.js'),
          Phoenix: listening('node features/support/phoenix-server.js'),
          'Action Cable': { ...listening('ruby features/support/action-cable.rb'), timeout: '30s' },
          'MQTT broker': listening('node features/support/mqtt-broker.js'),
          Mosquitto: listening('node features/support/mosquitto.js'),
          'STOMP broker': listening('node features/support/stomp-broker.js'),
          RabbitMQ: { ...listening('node features/support/rabbitmq.js'), timeout: '60s', keep: true },
          'town square': listening('node features/support/town-square.js'),
          codecs: listening('node features/support/codec-server.js'),
          echo: listening('node features/support/echo.js'),
        },
        commands: {
          'translate worker': 'node features/support/tutorial-worker.js ${tutorial}',
          announcement: 'node features/support/tutorial-announce.js ${tutorial} "The house closes at ten"',
          announce: { command: 'node features/support/tutorial-announce.js ${tutorial}', timeout: '20s' },
        },
      },
    },
  },
}
