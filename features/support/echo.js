/** A server in a process of its own, which the manual starts as a program: it answers each message with the same. */

const { WebSocketServer } = require('ws')

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]) })
server.on('listening', () => console.log('The echo listens'))
server.on('connection', (socket) => socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })))
