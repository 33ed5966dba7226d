/** What the tutorial's server says of itself: an AsyncAPI document (https://www.asyncapi.com/docs/reference/specification/v3.0.0) and its page. */

const title = "The tutorial's WebSocket server"

const text = { type: 'string' }

/** An object of which these members are required, and others may be there. */
const object = (required: Readonly<Record<string, object>>, optional: Readonly<Record<string, object>> = {}) => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
})

/** A message that says by `action` what it is. */
const acting = (action: string, payload?: object, example?: object) => ({
  payload: object({ action: { const: action }, ...(payload && { payload }) }),
  ...(example && { examples: [{ payload: { action, payload: example } }] }),
})

const saying = { $ref: '#/components/schemas/Text' }
const topic = { enum: ['news', 'weather', 'music'] }

/** By their names. */
const messages = {
  ping: acting('ping'),
  pong: acting('pong'),
  userMessage: acting('user_message', saying, { message: 'Hello' }),
  systemEcho: { payload: { $ref: '#/components/schemas/SystemEcho' } },
  roomChat: acting('room_chat', saying, { message: 'Hello, everyone!' }),
  kick: acting('kick'),
  roomMessage: acting('room_message', object({ message: text }, { room_name: text })),
  job: acting('job', object({ type: { enum: ['translate'] }, content: text }), { type: 'translate', content: 'Hello' }),
  jobStatus: acting(
    'job_status',
    object({ status: { enum: ['connected', 'queuing', 'queued', 'result'] } }, { message: text, job: text }),
  ),
  subscribe: { payload: object({ action: { const: 'subscribe' }, topic: text }, { ref: {} }) },
  publish: { payload: object({ action: { const: 'publish' }, topic: text }, { ref: {}, payload: {} }) },
  published: { payload: { ...object({ topic, payload: {} }), not: { required: ['status'] } } },
  answer: {
    payload: {
      oneOf: [
        { title: 'Done', ...object({ status: { const: 'ok' }, topic }) },
        { title: 'Refused', ...object({ status: { const: 'error' }, reason: text }) },
      ],
    },
  },
  complete: acting('complete'),
  groupComplete: acting('group_complete'),
  eventComplete: acting('event_complete'),
  error: acting('error', saying),
}

export type MessageName = keyof typeof messages

/** Where one can talk: what the server listens to there, and what it says. */
const channels: Readonly<
  Record<string, { address: string; parameters?: object; hears: readonly MessageName[]; says: readonly MessageName[] }>
> = {
  system: {
    address: '/ws/system',
    hears: ['userMessage', 'ping'],
    says: ['systemEcho', 'pong', 'error', 'complete'],
  },
  room: {
    address: '/ws/room/{name}',
    parameters: { name: { description: 'What the room is called' } },
    hears: ['roomChat', 'kick', 'ping'],
    says: ['roomMessage', 'roomChat', 'groupComplete', 'pong', 'error', 'complete'],
  },
  backgroundJobs: {
    address: '/ws/background_jobs',
    hears: ['job', 'ping'],
    says: ['jobStatus', 'eventComplete', 'pong', 'error', 'complete'],
  },
  topics: { address: '/ws/topics', hears: ['subscribe', 'publish'], says: ['published', 'answer', 'error'] },
  private: {
    address: '/ws/private',
    hears: ['userMessage', 'ping'],
    says: ['systemEcho', 'pong', 'error', 'complete'],
  },
}

const references = (where: string, names: readonly string[]) => names.map((name) => ({ $ref: `${where}/${name}` }))

/**
 * The document.
 * @param changes messages that it has otherwise than the server; undefined for those that it lacks
 */
export function asyncApi(changes: Readonly<Partial<Record<MessageName, object | undefined>>> = {}): object {
  const isThere = (name: MessageName) => !(name in changes) || changes[name] !== undefined
  const heardAndSaid = Object.entries(channels).map(([name, { hears, says, ...channel }]) => {
    return { name, channel, hears: hears.filter(isThere), says: says.filter(isThere) }
  })
  return {
    asyncapi: '3.0.0',
    info: { title, version: '1.0.0' },
    channels: Object.fromEntries(
      heardAndSaid.map(({ name, channel, hears, says }) => {
        const named = [...new Set([...hears, ...says])].map((message) => [
          message,
          { $ref: `#/components/messages/${message}` },
        ])
        return [name, { ...channel, messages: Object.fromEntries(named) }]
      }),
    ),
    operations: Object.fromEntries(
      heardAndSaid.flatMap(({ name, hears, says }) => {
        const channel = { $ref: `#/channels/${name}` }
        const where = `#/channels/${name}/messages`
        return [
          [`${name}-hears`, { action: 'receive', channel, messages: references(where, hears) }],
          [`${name}-says`, { action: 'send', channel, messages: references(where, says) }],
        ]
      }),
    ),
    components: {
      messages: { ...messages, ...changes },
      schemas: {
        Pong: messages.pong.payload,
        Text: object({ message: text }),
        SystemEcho: acting('system_echo', saying).payload,
      },
    },
  }
}

/** The document as a page to read. */
export const asyncApiPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${title}</title>
    <script src="https://unpkg.com/@asyncapi/react-component/browser/standalone/index.js"></script>
  </head>
  <body>
    <div id="asyncapi"></div>
    <script>
      AsyncApiStandalone.render({ schema: { url: '/asyncapi.json' } }, document.getElementById('asyncapi'))
    </script>
  </body>
</html>
`
