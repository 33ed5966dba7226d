/** A server in a process of its own, which the manual starts as a program: it answers each message with the same. */

const { WebSocketServer } = require('ws')

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) })
server.on('connection', (socket) => {
  console.log(`Clients: ${server.clients.size}`)
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
})

process.on('SIGTERM', () => {
  for (const socket of server.clients) socket.close(1001, 'The echo stops')
  server.close()
})
