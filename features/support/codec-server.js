/**
 * A chat whose rooms speak different formats, each by its path: `/msgpack`, `/cbor`, `/protobuf`, `/ndjson`. The libraries
 * are others than those of the codecs.
 */

const { BinaryReader, BinaryWriter, WireType } = require('@bufbuild/protobuf/wire')
const { pack, unpack } = require('msgpackr/index-no-eval')
const { WebSocketServer } = require('ws')

/** The message `chat.Said` of features/messages/chat.proto. */
const said = {
  write({ message = '', id = 0n, picture = new Uint8Array(), mood = 0 }) {
    return new BinaryWriter()
      .tag(1, WireType.LengthDelimited)
      .string(message)
      .tag(2, WireType.Varint)
      .int64(id)
      .tag(3, WireType.LengthDelimited)
      .bytes(picture)
      .tag(4, WireType.Varint)
      .int32(mood)
      .finish()
  },
  read(data) {
    const reader = new BinaryReader(data)
    const read = {}
    while (reader.pos < reader.len) {
      const [field, type] = reader.tag()
      if (field === 1) read.message = reader.string()
      else if (field === 2) read.id = reader.int64()
      else if (field === 3) read.picture = reader.bytes()
      else reader.skip(type, field)
    }
    return read
  },
}

/** What begins without an end, as an attacker would send it. */
const DEEP = 100_000

const formats = import('cborg').then(({ decode, encode }) => ({
  msgpack: {
    write: pack,
    read: unpack,
    garbage: [0xc1],
    deep: Buffer.alloc(DEEP, 0x91),
    long: [0xdd, 255, 255, 255, 255],
  },
  cbor: {
    write: encode,
    read: decode,
    garbage: [0xff],
    deep: Buffer.alloc(DEEP, 0x81),
    long: [0x9a, 255, 255, 255, 255],
  },
  protobuf: { ...said, garbage: [0x0f], deep: Buffer.alloc(DEEP, 0x0b), long: [0x0a, 255, 255, 255, 127] },
  ndjson: { write: (value) => `${JSON.stringify(value)}\n`, read: (data) => JSON.parse(data.toString()) },
}))

/** What a room says to a message: to everybody, or undefined. */
function answer({ message, id, picture }) {
  if (picture?.length > 0) return { message: `A picture of ${picture.length} bytes` }
  if (id) return { message: `The number is ${id}` }
  return message === 'Which number?' ? { id: 9007199254740993n } : undefined
}

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) })
server.on('connection', async (socket, request) => {
  const url = new URL(request.url, 'ws://localhost')
  socket.path = url.pathname
  socket.on('message', async (data) => {
    const format = (await formats)[url.pathname.slice(1)]
    const read = format.read(data)
    const { message } = read
    if (message === 'Garbage') return socket.send(Buffer.from(format.garbage))
    if (message === 'Attack') {
      for (const frame of [format.deep, format.long]) socket.send(Buffer.from(frame))
      return
    }
    if (message === 'A picture?') return socket.send(format.write({ picture: Buffer.from([1, 2, 255]), mood: 1 }))
    if (message === 'Two at once') return socket.send(`${format.write({ n: 1 })}${format.write({ n: 2 })}{"n"`)
    if (message === 'And the rest') return socket.send(':3}\n')
    const reply = format.write(answer(read) ?? { message: `${url.searchParams.get('name')}: ${message}` })
    for (const other of server.clients) if (other.path === socket.path) other.send(reply)
  })
})
