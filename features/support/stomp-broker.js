/** A broker of STOMP, which the manual starts as a program; its frames are read and written by the library Stompit. */

const { IncomingFrameStream, OutgoingFrameStream } = require('stompit')
const { WebSocketServer, createWebSocketStream } = require('ws')

/** Everyone's subscriptions: who gets them, and their destinations by their ids. */
const clients = new Set()
let lastId = 0

class Client {
  subscriptions = new Map()
  heartbeats = 0

  constructor(socket) {
    this.stream = createWebSocketStream(socket)
    this.stream.on('error', () => {})
    this.incoming = new IncomingFrameStream()
    this.outgoing = new OutgoingFrameStream(this.stream)
    for (const side of [this.incoming, this.outgoing]) side.setVersion('1.2')
    socket.on('message', (data) => String(data) === '\n' && this.hearsHeartbeat())
    socket.on('close', () => this.leaves())
    this.stream.pipe(this.incoming)
    this.incoming.on('data', async (frame) => this.reads(frame, Buffer.concat(await frame.toArray())))
  }

  reads({ command, headers }, body) {
    if (command !== 'CONNECT' && !clients.has(this)) return this.fails('Not connected')
    this[command]?.(headers, body)
    if (headers.receipt && clients.has(this)) this.says('RECEIPT', { 'receipt-id': headers.receipt })
  }

  CONNECT({ login, passcode }) {
    if (login !== 'waiter' || passcode !== 'abc') return this.fails('Access refused', `Who is ${login}?`)
    clients.add(this)
    this.says('CONNECTED', { version: '1.2', 'heart-beat': '1000,100' })
    // Sooner than promised, so that nothing depends on the speed of the machine.
    this.timer = setInterval(() => this.outgoing.heartbeat(), 100)
  }

  SUBSCRIBE({ id, destination }) {
    if (!destination.startsWith('/topic/')) return this.fails('There are only topics here', destination)
    this.subscriptions.set(id, destination)
  }

  UNSUBSCRIBE({ id }) {
    this.subscriptions.delete(id)
  }

  SEND({ destination, 'content-type': type }, body) {
    if (destination === '/topic/end') return this.fails('The house closes', 'Good night')
    for (const client of clients) client.delivers(destination, type, body)
  }

  DISCONNECT({ receipt }) {
    if (receipt) this.says('RECEIPT', { 'receipt-id': receipt })
    this.leaves()
  }

  delivers(destination, type, body) {
    for (const [subscription, subscribed] of this.subscriptions) {
      if (subscribed !== destination) continue
      const headers = { subscription, destination, 'message-id': ++lastId, 'content-type': type }
      this.says('MESSAGE', { ...headers, 'content-length': body.length }, body)
    }
  }

  hearsHeartbeat() {
    this.heartbeats++
    if (this.heartbeats === 3)
      this.delivers('/topic/alive', 'application/json', Buffer.from('{"message":"You are still there"}'))
  }

  fails(message, body = '') {
    this.leaves()
    this.says('ERROR', { message }, body, () => this.stream.end())
  }

  says(command, headers, body = '', done = () => {}) {
    const frame = this.outgoing.frame(command, headers)
    // Whoever has gone hears nothing.
    frame.on('error', () => {})
    frame.end(body, done)
  }

  leaves() {
    clearInterval(this.timer)
    clients.delete(this)
  }
}

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: Number(process.env.PORT),
  handleProtocols: (offered) => offered.has('v12.stomp') && 'v12.stomp',
})
server.on('connection', (socket) => new Client(socket))
