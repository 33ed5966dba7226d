/** A server of JSON-RPC, which the manual starts as a program; its messages are written and read by the library json-rpc-2.0. */

const { createJSONRPCNotification, JSONRPCClient, JSONRPCServer, JSONRPCServerAndClient } = require('json-rpc-2.0')
const { WebSocketServer } = require('ws')

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) })
server.on('connection', (socket) => {
  const send = (value) => socket.send(JSON.stringify(value))
  const methods = new JSONRPCServer()
  const peer = new JSONRPCServerAndClient(methods, new JSONRPCClient(send))
  peer.addMethod('add', ([one, other]) => one + other)
  peer.addMethod('negate', ({ value }) => -value)
  peer.addMethod('announce', (params) => send(createJSONRPCNotification('announced', params)))
  peer.addMethod('stop', () => socket.close(1001))
  peer.addMethod('fail', () => {
    throw new Error('out of order')
  })
  // Asks the client before it answers.
  peer.addMethod('introduce', async () => {
    const { message } = await peer.request('name')
    return { message: `Hello, ${message}` }
  })
  send(createJSONRPCNotification('welcome', { clients: server.clients.size }))
  socket.on('message', async (data) => {
    const text = data.toString()
    // The library takes what is not JSON for a request alone, and answers it so.
    if (isJson(text)) await peer.receiveAndSend(JSON.parse(text))
    else send(await methods.receiveJSON(text))
  })
})

function isJson(text) {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
