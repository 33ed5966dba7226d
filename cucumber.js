const report = 'reports/index.html'

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
          hub: { name: 'signalr', method: 'Say' },
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
          strangers: { name: 'socket.io', namespace: '/staff' },
          'msgpack chat': { codec: 'msgpack' },
          'cbor chat': { codec: 'cbor' },
          'protobuf chat': {
            codec: { name: 'protobuf', file: 'chat.proto', received: 'chat.Said', sent: 'chat.Said' },
          },
          'ndjson chat': { codec: 'ndjson' },
          'packed Socket.IO': { name: 'socket.io', codec: 'msgpack' },
        },
        programs: {
          hub: { command: 'node features/support/hub.js', env: { PORT: '${port}' }, ready: { port: '${port}' } },
          calculator: {
            command: 'node features/support/calculator.js',
            env: { PORT: '${port}' },
            ready: { port: '${port}' },
          },
          'Socket.IO': {
            command: 'node features/support/socket-io-server.js',
            env: { PORT: '${port}' },
            ready: { port: '${port}' },
          },
          GraphQL: {
            command: 'node features/support/graphql-server.js',
            env: { PORT: '${port}' },
            ready: { port: '${port}' },
          },
          codecs: {
            command: 'node features/support/codec-server.js',
            env: { PORT: '${port}' },
            ready: { port: '${port}' },
          },
          echo: { command: 'node features/support/echo.js', env: { PORT: '${port}' }, ready: { port: '${port}' } },
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
