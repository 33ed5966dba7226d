/** A server of GraphQL over WebSocket, which the manual starts as a program; it pings its clients again and again. */

const { EventEmitter, on } = require('node:events')
const { buildSchema } = require('graphql')
const { useServer } = require('graphql-ws/use/ws')
const { WebSocketServer } = require('ws')

const schema = buildSchema(`
  type Said { message: String! }
  type Query { guests: [String!]! seat(guest: String!): Int }
  type Mutation { say(message: String!): Boolean tell(message: String!): Boolean }
  type Subscription { said: Said! told: Said! alive: Said! }
`)
const house = new EventEmitter()
const guests = new Set()

const nameOf = ({ extra }) => new URL(extra.request.url, 'ws://house').searchParams.get('name')

const roots = {
  query: {
    guests: () => [...guests],
    seat({ guest }) {
      if (!guests.has(guest)) throw new Error(`${guest} is not here`)
      return [...guests].indexOf(guest) + 1
    },
  },
  mutation: {
    say({ message }, name) {
      house.emit('said', { message: `${name}: ${message}` })
      return true
    },
    tell(said) {
      house.emit('told', said)
      return true
    },
  },
}

const { said, told, alive } = schema.getSubscriptionType().getFields()
said.subscribe = () => on(house, 'said')
told.subscribe = () => on(house, 'told')
alive.subscribe = (_root, _variables, name) => on(house, `alive ${name}`)
// An event is the list of its values.
for (const field of [said, told, alive]) field.resolve = ([value]) => value

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) })
useServer(
  {
    schema,
    roots,
    context: nameOf,
    onConnect(connection) {
      const { connectionParams, extra } = connection
      if (nameOf(connection) === 'Eve' || connectionParams?.token !== 'abc') return false
      guests.add(nameOf(connection))
      extra.pings = setInterval(() => extra.socket.send('{"type":"ping"}'), 100)
    },
    onPong: (connection) => house.emit(`alive ${nameOf(connection)}`, { message: 'You are still there' }),
    onDisconnect(connection) {
      clearInterval(connection.extra.pings)
      guests.delete(nameOf(connection))
    },
  },
  server,
)
