/** A broker of MQTT, which the manual starts as a program: that of Aedes, over WebSockets. */

const { WebSocketServer, createWebSocketStream } = require('ws')

async function start() {
  const { Aedes } = await import('aedes')
  const broker = await Aedes.createBroker({
    authenticate: (_client, username, password, done) => {
      if (username === 'waiter' && String(password) === 'abc') return done(null, true)
      done(Object.assign(new Error('Who are you?'), { returnCode: 4 }), null)
    },
    authorizeSubscribe: (_client, subscription, done) =>
      done(null, subscription.topic.startsWith('house/') ? subscription : null),
  })
  broker.on('ping', (_packet, client) => {
    client.publish({ topic: 'house/kitchen', payload: '{"message":"You are still there"}', qos: 0 }, () => {})
  })
  const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) })
  server.on('connection', (socket, request) => broker.handle(createWebSocketStream(socket), request))
}

void start()
