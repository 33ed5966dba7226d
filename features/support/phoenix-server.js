/**
 * Speaks as Phoenix does to its clients, which the manual starts as a program: written after "Writing a Channels Client"
 * and the V2 serializer of its documentation. It is not Phoenix, but Phoenix's own client is content with it.
 */

const { createServer } = require('node:http')
const { WebSocketServer } = require('ws')

/** A binary frame: its kind, the lengths of its names, the names, and the bytes. */
function binary(kind, names, bytes) {
  const texts = names.map((name) => Buffer.from(name))
  return Buffer.concat([Buffer.from([kind, ...texts.map(({ length }) => length)]), ...texts, bytes])
}

/** A push of bytes, as a client writes it. */
function readBinary(frame) {
  let at = 5
  const [joinRef, ref, topic, event] = [...frame.subarray(1, 5)].map((length) => {
    at += length
    return frame.toString('utf8', at - length, at)
  })
  return [joinRef, ref, topic, event, frame.subarray(at)]
}

/** What happens in a channel. */
const events = {
  say: ({ name, broadcast }, { message }) => broadcast('said', { message: `${name}: ${message}` }),
  seat: ({ ok }, { guest }) => ok({ seat: guest.length }),
  dance: ({ error }) => error({ reason: 'nobody dances here' }),
  photo({ broadcast, ok }, bytes) {
    broadcast('photo', Buffer.concat([bytes, Buffer.from([0xff])]))
    ok(Buffer.from([bytes.length]))
  },
  whisper: ({ push }) => push('whispered', Buffer.from('psst')),
  close: ({ end }) => end('phx_close'),
  crash: ({ end }) => end('phx_error'),
  bye: ({ socket }) => socket.close(1000, 'Bye'),
}

/** Who may join a topic, and what they are told. */
function joining(topic, { token }) {
  if (topic.startsWith('room:')) return ['ok', {}]
  if (topic === 'staff:news') return token === 'abc' ? ['ok', { unread: 2 }] : ['error', { reason: 'for staff only' }]
  return ['error', { reason: 'unmatched topic' }]
}

/** @returns a server at `/socket/websocket` */
function createPhoenixServer() {
  const http = createServer()
  const server = new WebSocketServer({ noServer: true })
  /** Who has joined which topic. */
  const joined = new Set()

  http.on('upgrade', (request, stream, head) => {
    const { pathname, searchParams } = new URL(request.url, 'ws://phoenix')
    const isKnown = pathname === '/socket/websocket' && searchParams.get('vsn') === '2.0.0'
    const status = isKnown ? searchParams.get('name') === 'Eve' && '403 Forbidden' : '404 Not Found'
    if (status) return stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`)
    server.handleUpgrade(request, stream, head, (socket) => serve(socket, searchParams.get('name')))
  })

  function serve(socket, name) {
    const channels = new Map()
    let heartbeats = 0
    const write = (...frame) => socket.send(JSON.stringify(frame))

    const push = ({ topic, joinRef }, event, payload) =>
      Buffer.isBuffer(payload)
        ? socket.send(binary(0, [joinRef, topic, event], payload))
        : write(joinRef, null, topic, event, payload)

    const reply = ([joinRef, ref, topic], status, response) =>
      Buffer.isBuffer(response)
        ? socket.send(binary(1, [joinRef, ref, topic, status], response))
        : write(joinRef, ref, topic, 'phx_reply', { status, response })

    function broadcast(topic, event, payload) {
      const isBinary = Buffer.isBuffer(payload)
      const frame = isBinary ? binary(2, [topic, event], payload) : JSON.stringify([null, null, topic, event, payload])
      for (const member of joined) if (member.topic === topic) member.socket.send(frame, { binary: isBinary })
    }

    function join(frame) {
      const [joinRef, , topic, , params] = frame
      if (channels.has(topic)) end(topic, 'phx_close')
      const [status, response] = joining(topic, params)
      if (status === 'ok') {
        const channel = { topic, joinRef, socket }
        channels.set(topic, channel)
        joined.add(channel)
      }
      reply(frame, status, response)
    }

    function end(topic, event) {
      const channel = channels.get(topic)
      channels.delete(topic)
      joined.delete(channel)
      write(channel.joinRef, channel.joinRef, topic, event, {})
    }

    function heartbeat(frame) {
      reply(frame, 'ok', {})
      heartbeats++
      if (heartbeats === 2)
        for (const channel of channels.values()) push(channel, 'alive', { message: 'You are still there' })
    }

    socket.on('message', (data, isBinary) => {
      const frame = isBinary ? readBinary(data) : JSON.parse(String(data))
      const [joinRef, , topic, event, payload] = frame
      if (topic === 'phoenix') return heartbeat(frame)
      if (event === 'phx_join') return join(frame)
      const channel = channels.get(topic)
      if (channel?.joinRef !== joinRef) return reply(frame, 'error', { reason: 'unmatched topic' })
      if (event === 'phx_leave') {
        reply(frame, 'ok', {})
        return end(topic, 'phx_close')
      }
      const context = {
        ...{ name, socket },
        ok: (response) => reply(frame, 'ok', response),
        error: (response) => reply(frame, 'error', response),
        broadcast: (...message) => broadcast(topic, ...message),
        push: (...message) => push(channel, ...message),
        end: (how) => end(topic, how),
      }
      events[event](context, payload)
    })
    socket.on('close', () => {
      for (const channel of channels.values()) joined.delete(channel)
    })
  }

  return http
}

module.exports = { createPhoenixServer }

if (require.main === module) createPhoenixServer().listen(Number(process.env.PORT), '127.0.0.1')
