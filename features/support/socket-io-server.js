/** A server of Socket.IO, which the manual starts as a program; its heartbeats are short. */

const { createServer } = require('node:http')
const { pack, unpack } = require('msgpackr/index-no-eval')
const { Server } = require('socket.io')

const http = createServer()
const io = new Server(http, { pingInterval: 100, pingTimeout: 10_000 })

io.on('connection', (socket) => {
  const { name } = socket.handshake.query
  socket.emit('welcome', { message: `Welcome, ${name}!` })
  socket.on('seat', (guest, acknowledge) => acknowledge({ seat: guest.length }))
  socket.on('wave', () => io.emit('waved', { message: name }))
  socket.on('tell', (said) => io.emit('told', said))
  socket.on('pack', (packed) => socket.emit('packed', pack({ id: unpack(packed).id + 1n })))
  socket.on('say', (said) => {
    if (Buffer.isBuffer(said)) return io.emit('file', Buffer.concat([said, Buffer.from([0xff])]))
    if (said.message === 'Bye') return socket.disconnect()
    if (said.message === 'Where am I?') return socket.emit('place', 'kitchen', { seats: 4 }, Buffer.from([1]))
    io.emit('said', { message: `${name}: ${said.message}` })
  })
  socket.conn.once('heartbeat', () => socket.emit('alive', { message: 'You are still there' }))
})

const staff = io.of('/staff')
staff.use((socket, next) => next(socket.handshake.auth.token === 'abc' ? undefined : new Error('For staff only')))
staff.on('connection', (socket) => {
  socket.on('message', ({ message }, acknowledge) => acknowledge({ message: `Noted: ${message}` }))
})

http.listen(Number(process.env.PORT), '127.0.0.1')
