/** A server of JSON-RPC, which the manual starts as a program; its messages are written and read by the library json-rpc-2.0. */

const { createJSONRPCNotification, JSONRPCServer } = require('json-rpc-2.0')
const { WebSocketServer } = require('ws')

const methods = new JSONRPCServer()
methods.addMethod('add', ([one, other]) => one + other)
methods.addMethod('negate', ({ value }) => -value)
methods.addMethod('announce', (params, { send }) => send(createJSONRPCNotification('announced', params)))
methods.addMethod('stop', (_params, { socket }) => socket.close(1001))
methods.addMethod('fail', () => {
  throw new Error('out of order')
})

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) })
server.on('connection', (socket) => {
  const send = (value) => socket.send(JSON.stringify(value))
  send(createJSONRPCNotification('welcome', { clients: server.clients.size }))
  socket.on('message', async (data) => {
    const response = await methods.receiveJSON(data.toString(), { send, socket })
    if (response) send(response)
  })
})
