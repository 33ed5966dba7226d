/** The server, in a process of its own. The path of a connection says what it is for. */

import { WebSocketServer } from 'ws'

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, backlog: 10_000 })
server.on('listening', () => process.send(server.address().port))
server.on('connection', (client, { url, socket }) => {
  client.on('error', () => {})
  const { pathname, searchParams } = new URL(url, 'ws://127.0.0.1')
  PURPOSES[pathname.slice(1)](client, socket, Object.fromEntries(searchParams))
})
process.on('disconnect', () => process.exit())

const PURPOSES = {
  /** Sends every message back. */
  echo(client) {
    client.on('message', (data) => client.send(data.toString()))
  },

  /** Sends every message back, after 10 to 30 ms. */
  slow(client) {
    client.on('message', (data) => setTimeout(() => client.send(data.toString()), 10 + Math.random() * 20))
  },

  /** Asks so often, each time after the answer, and then sends how many ms that took. */
  ask(client, _socket, { times }) {
    client.once('message', () => {
      let left = Number(times)
      const began = performance.now()
      client.on('message', () => {
        if (--left > 0) client.send('Question')
        else client.send(JSON.stringify({ took: performance.now() - began }))
      })
      client.send('Question')
    })
  },

  /** At a message sends so many messages of this size, numbered, as fast as the client reads. */
  burst(client, socket, { count, size }) {
    client.on('message', () => sendFrames(socket, Number(count), Number(size)))
  },

  /** Sends every message to all clients. */
  room(client) {
    client.on('message', (data) => {
      for (const each of server.clients) each.send(data.toString())
    })
  },
}

/** Frames made by hand, so that the server is not what is measured. */
async function sendFrames(socket, count, size) {
  const PER_WRITE = Math.ceil(262_144 / size)
  for (let sent = 0; sent < count; ) {
    const frames = []
    for (let i = 0; i < PER_WRITE && sent < count; i++) frames.push(frame(messageOf(++sent, size)))
    if (!socket.write(Buffer.concat(frames))) await new Promise((drained) => socket.once('drain', drained))
  }
}

/** JSON with a number in its id, padded to its size. */
function messageOf(number, size) {
  const start = `{"id":"m-${number}","user":"Rob","text":"`
  return `${start}${'x'.repeat(size - start.length - 2)}"}`
}

function frame(text) {
  const payload = Buffer.from(text, 'latin1')
  const header = payload.length < 126 ? Buffer.from([0x81, payload.length]) : Buffer.from([0x81, 126, 0, 0])
  if (header.length === 4) header.writeUInt16BE(payload.length, 2)
  return Buffer.concat([header, payload])
}
