/** A hub of SignalR, which the manual starts as a program; its records are written and read by Microsoft's own library. */

const { JsonHubProtocol, MessageType, NullLogger } = require('@microsoft/signalr')
const { WebSocketServer } = require('ws')

const records = new JsonHubProtocol()
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) })

const written = (target, ...values) =>
  records.writeMessage({ type: MessageType.Invocation, target, arguments: values, headers: {} })

/** What clients may call. */
const methods = {
  Say(_socket, name, { message }) {
    for (const client of server.clients) client.send(written('said', { message: `${name}: ${message}` }))
  },
}

server.on('connection', (socket, request) => {
  const name = new URL(request.url, 'ws://hub').searchParams.get('name')
  socket.once('message', () => {
    if (name === 'Eve') return socket.send('{"error":"Eve is not on the list"}\x1e')
    socket.on('message', (data) => {
      for (const { type, target, arguments: values } of records.parseMessages(String(data), NullLogger.instance)) {
        if (type === MessageType.Invocation) methods[target](socket, name, ...values)
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
