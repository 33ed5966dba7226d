/** A server of JSON-RPC, which the manual starts as a program; its messages are written and read by the library json-rpc-2.0. */

const { createJSONRPCNotification, JSONRPCClient, JSONRPCServer, JSONRPCServerAndClient } = require('json-rpc-2.0')
const { WebSocketServer } = require('ws')

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) })
server.on('connection', (socket) => {
  const send = (value) => socket.send(JSON.stringify(value))
  const peer = new JSONRPCServerAndClient(new JSONRPCServer(), new JSONRPCClient(send))
  peer.addMethod('add', ([one, other]) => one + other)
  peer.addMethod('negate', ({ value }) => -value)
  peer.addMethod('fail', () => {
    throw new Error('out of order')
  })
  // Asks the client before it answers.
  peer.addMethod('introduce', async () => {
    const { message } = await peer.request('name')
    return { message: `Hello, ${message}` }
  })
  send(createJSONRPCNotification('welcome', { clients: server.clients.size }))
  socket.on('message', (data) => peer.receiveAndSend(JSON.parse(data.toString())))
})
