/** A hub of SignalR, which the manual starts as a program; its records are written and read by Microsoft's own library. */

const { JsonHubProtocol, MessageType, NullLogger } = require('@microsoft/signalr')
const { WebSocketServer } = require('ws')

const records = new JsonHubProtocol()
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) })

const written = (target, ...values) =>
  records.writeMessage({ type: MessageType.Invocation, target, arguments: values, headers: {} })

/** What clients may call; what a method returns is its answer. */
const methods = {
  Say({ name }, { message }) {
    for (const client of server.clients) client.send(written('said', { message: `${name}: ${message}` }))
  },
  Add: (_client, one, other) => one + other,
  Count({ socket, invocationId }, end) {
    for (let item = 1; item <= end; item++) {
      socket.send(records.writeMessage({ type: MessageType.StreamItem, invocationId, item }))
    }
  },
  Stop: ({ socket }) => close(socket, 'The house is closed'),
}

function close(socket, error) {
  socket.send(records.writeMessage({ type: MessageType.Close, error }))
  socket.close()
}

function answer(client, target, values) {
  const { socket, invocationId } = client
  const method = methods[target]
  const outcome = method ? { result: method(client, ...values) } : { error: `The hub has no method ${target}` }
  if (invocationId) socket.send(records.writeMessage({ type: MessageType.Completion, invocationId, ...outcome }))
}

server.on('connection', (socket, request) => {
  const name = new URL(request.url, 'ws://hub').searchParams.get('name')
  socket.once('message', () => {
    if (name === 'Eve') return socket.send('{"error":"Eve is not on the list"}\x1e')
    socket.on('message', (data) => {
      try {
        // The library reads what hubs send, which is no StreamInvocation.
        const text = String(data).replaceAll('{"type":4,', '{"type":1,')
        for (const { type, ...record } of records.parseMessages(text, NullLogger.instance)) {
          if (type === MessageType.Invocation) {
            answer({ socket, name, invocationId: record.invocationId }, record.target, record.arguments)
          } else if (type === MessageType.Ping) socket.send(written('alive', { message: 'You are still there' }))
        }
      } catch ({ message }) {
        close(socket, message)
      }
    })
    // Microsoft's own client cannot read a record that two frames have: it has no name here, and is not welcomed.
    if (name === null) return socket.send('{}\x1e')
    // What is said first stands behind the handshake, and its end in a frame of its own.
    const welcome =
      written('said', { message: `Welcome, ${name}!` }) + written('counted', server.clients.size, 'clients')
    socket.send(`{}\x1e${welcome.slice(0, -5)}`)
    socket.send(welcome.slice(-5))
  })
})
