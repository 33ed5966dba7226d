/** Which deviations of a server each sentence about connections and requests must detect. */

import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'

/** How a server treats a client. */
export interface ServerBehaviour {
  /** Responds to a request, or to a handshake without accepting it. */
  readonly respond?: (socket: Socket) => void
  /** What it does with an accepted client, before it sends `Welcome`. */
  readonly onConnection?: (client: WebSocket) => void
  readonly subprotocol?: string
}

/** What an honest server does, and the lies about it. */
interface Theme {
  readonly honest: ServerBehaviour
  readonly lies: Readonly<Record<string, ServerBehaviour>>
}

/** A scenario that passes with an honest server, and the lies with which it must fail. */
export interface ConnectionClaim {
  readonly sentence: string
  readonly about: keyof typeof THEMES
  /** Its steps, with a server at this path. */
  readonly steps: (path: string) => readonly string[]
  readonly detects: readonly string[]
  /** Whether the server behaves so only at the first visit, and accepts later ones. */
  readonly comesBack?: boolean
}

/** Later than every timeout, in ms. */
const LATE = 60_000

function late(client: WebSocket, act: () => void): void {
  const timer = setTimeout(act, LATE)
  client.on('close', () => clearTimeout(timer))
}

const silent: ServerBehaviour = { respond: () => {} }
const resetting: ServerBehaviour = { respond: (socket) => void socket.resetAndDestroy() }

const answering = (status: number, body: string, header: string, length = body.length): ServerBehaviour => ({
  respond: (socket) => {
    const lines = [`${status} ${STATUS_CODES[status]}`, 'Connection: close', `Content-Length: ${length}`, header]
    socket.end(`HTTP/1.1 ${lines.filter(Boolean).join('\r\n')}\r\n\r\n${body}`)
  },
})

/** Acts once it has received a message, so that the client has read the handshake by then. */
const onFirstMessage = (act: (client: WebSocket) => void): ServerBehaviour => ({
  onConnection: (client) => client.once('message', () => act(client)),
})

const closing = (code?: number, reason?: string) => onFirstMessage((client) => client.close(code, reason))

const reset = (client: WebSocket & { readonly _socket?: Socket }) => client._socket?.resetAndDestroy()

/** A frame with a reserved opcode (RFC 6455, section 5.2). */
const writeGarbage = (client: WebSocket & { readonly _socket?: Socket }) =>
  client._socket?.write(Buffer.from([0x83, 0x01, 0x00]))

/** Sends a close frame, and reads nothing more, so that the connection of TCP stays (RFC 6455, section 7.1.1). */
const closingHalf = (code: number) =>
  onFirstMessage((client: WebSocket & { readonly _socket?: Socket }) => {
    client._socket?.pause()
    client._socket?.write(Buffer.from([0x88, 2, code >> 8, code & 0xff]))
  })

const onPing = (act: (client: WebSocket, payload: Buffer) => void): ServerBehaviour => ({
  onConnection: (client) => client.on('ping', (payload) => act(client, payload)),
})

/** Acts on a closing frame before it is answered. */
const onClosingFrame = (act: (socket: Socket) => void): ServerBehaviour => ({
  onConnection: (client: WebSocket & { readonly _socket?: Socket }) => {
    const { _socket: socket } = client
    socket?.prependListener('data', (frame: Buffer) => {
      if (frame[0] === 0x88) act(socket)
    })
  },
})

const saysText = (text: string) => (socket: Socket) =>
  void socket.write(Buffer.concat([Buffer.from([0x81, text.length]), Buffer.from(text)]))

const BASIC = 'WWW-Authenticate: Basic'
const JSON_TYPE = 'Content-Type: application/json'
const BODY = '{"name":"Bob","words":"Hello, Bob!"}'

/** The honest behaviour and the lies, by theme. */
export const THEMES = {
  closing: {
    honest: closing(4001, 'Enough'),
    lies: {
      'closes with another code': closing(4002, 'Enough'),
      'closes with another reason': closing(4001, 'Welcome'),
      'closes without a reason': closing(4001),
      'closes without a code': closing(),
      'does not close': {},
      'closes too late': onFirstMessage((client) => late(client, () => client.close(4001, 'Enough'))),
      'resets instead': onFirstMessage(reset),
    },
  },
  staying: {
    honest: {},
    lies: {
      'closes normally': closing(1000),
      'goes away': closing(1001),
      'closes with a code of its own': closing(4001, 'Enough'),
      'closes with a code of its own, and hangs on': closingHalf(4001),
      'closes with an error': closing(1011, 'Out of memory'),
      'closes with an error, and hangs on': closingHalf(1011),
      'closes for the message': closing(1008, 'Nonsense'),
      'breaks the protocol': onFirstMessage(writeGarbage),
      'resets instead': onFirstMessage(reset),
      'resets right behind a message': onFirstMessage((client) => {
        client.send('Bye')
        reset(client)
      }),
    },
  },
  admission: {
    honest: {},
    lies: {
      'refuses with 401': answering(401, 'Who?', BASIC),
      'refuses with 500': answering(500, 'Sorry', ''),
      'sends elsewhere': answering(302, '', 'Location: /elsewhere'),
      'does not answer': silent,
      'resets instead': resetting,
    },
  },
  refusal: {
    honest: answering(401, 'Who?', BASIC),
    lies: {
      'refuses with another status': answering(403, 'Who?', BASIC),
      'sends elsewhere': answering(302, 'Who?', 'Location: /elsewhere'),
      'refuses with another body': answering(401, 'Sorry', BASIC),
      'leaves out a header': answering(401, 'Who?', ''),
      'cuts its refusal short': answering(401, 'W', BASIC, 4),
      'lets in': {},
      'does not answer': silent,
      'resets instead': resetting,
    },
  },
  subprotocol: {
    honest: { subprotocol: 'chat.v2' },
    lies: {
      'chooses the other one': { subprotocol: 'chat.v1' },
      'chooses what nobody offered': { subprotocol: 'chat.v3' },
      'chooses none': {},
      refuses: answering(400, '', ''),
    },
  },
  response: {
    honest: answering(200, BODY, JSON_TYPE),
    lies: {
      'responds with another status': answering(201, BODY, JSON_TYPE),
      'alters a member': answering(200, BODY.replace('Bob', 'Rob'), JSON_TYPE),
      'alters another member': answering(200, BODY.replace('Hello', 'Farewell'), JSON_TYPE),
      'leaves out a member': answering(200, '{"words":"Hello, Bob!"}', JSON_TYPE),
      'adds a member': answering(200, BODY.replace('{', '{"more":1,'), JSON_TYPE),
      'responds with a text': answering(200, 'Hello, Bob!', 'Content-Type: text/plain'),
      'responds with nothing': answering(200, '', JSON_TYPE),
      'leaves out a header': answering(200, BODY, ''),
      'cuts its response short': answering(200, BODY, JSON_TYPE, BODY.length + 1),
      'does not respond': silent,
      'resets instead': resetting,
    },
  },
  answers: {
    honest: onFirstMessage((client) => client.send('{"id":7,"ok":true}')),
    lies: {
      'does not answer': {},
      'answers another request': onFirstMessage((client) => client.send('{"id":8,"ok":true}')),
      'answers none in particular': onFirstMessage((client) => client.send('{"ok":true}')),
      'answers something else': onFirstMessage((client) => client.send('{"id":7,"ok":false}')),
      'answers before it is asked': { onConnection: (client) => client.send('{"id":7,"ok":true}') },
      'answers too late': onFirstMessage((client) => late(client, () => client.send('{"id":7,"ok":true}'))),
      'answers twice': onFirstMessage((client) => {
        client.send('{"id":7,"ok":true}')
        client.send('{"id":7,"ok":true}')
      }),
      'answers others first': onFirstMessage((client) => {
        client.send('{"id":8,"ok":false}')
        client.send('{"id":7,"ok":true}')
      }),
      'closes instead': closing(4001, 'Enough'),
      'resets instead': onFirstMessage(reset),
    },
  },
  leaving: {
    honest: onClosingFrame(saysText('Goodbye')),
    lies: {
      'says nothing': {},
      'says something else': onClosingFrame(saysText('Good evening')),
      'says more': onClosingFrame((socket) => {
        saysText('Goodbye')(socket)
        saysText('Hello')(socket)
      }),
      'breaks the protocol': onClosingFrame((socket) => void socket.write(Buffer.from([0x83, 0x01, 0x00]))),
      'resets instead': onClosingFrame((socket) => void socket.resetAndDestroy()),
      'resets right behind a message': onClosingFrame((socket) => {
        saysText('Goodbye')(socket)
        socket.resetAndDestroy()
      }),
    },
  },
  pongs: {
    honest: onPing((client, payload) => client.pong(payload)),
    lies: {
      'sends no pong': {},
      'sends a pong with another payload': onPing((client, payload) => client.pong(`${payload}0`)),
      'sends an empty pong': onPing((client) => client.pong()),
      'sends a pong too late': onPing((client, payload) => late(client, () => client.pong(payload))),
      'sends a pong before the ping alone': { onConnection: (client) => client.pong('1') },
      'sends two pongs': onPing((client, payload) => {
        client.pong(payload)
        client.pong(payload)
      }),
      'sends both pongs to the first ping': {
        onConnection: (client) =>
          client.once('ping', (payload) => {
            client.pong(payload)
            client.pong(payload)
          }),
      },
      'closes instead': onPing((client) => client.close(4001)),
      'resets instead': onPing(reset),
    },
  },
} satisfies Record<string, Theme>

const NO_CLOSING = ['does not close', 'closes too late']
const NO_4001 = [...NO_CLOSING, 'closes with another code', 'closes without a code', 'resets instead']
const NO_STAYING = ['closes with an error', 'closes with an error, and hangs on', 'closes for the message']
NO_STAYING.push('breaks the protocol', 'resets instead', 'resets right behind a message')
/** What ends a connection as a server may. */
const GENTLE_ENDS = ['closes normally', 'goes away', 'closes with a code of its own']
GENTLE_ENDS.push('closes with a code of its own, and hangs on')
const NO_REFUSAL = ['lets in', 'does not answer', 'resets instead']
const NO_RESPONSE = ['cuts its response short', 'does not respond', 'resets instead']
const NO_NAME = [...NO_RESPONSE, 'alters a member', 'leaves out a member', 'responds with a text']
const NO_SUBPROTOCOL = ['chooses what nobody offered', 'chooses none', 'refuses']
const NO_PONG = ['sends no pong', 'sends a pong with another payload', 'sends an empty pong', 'sends a pong too late']
NO_PONG.push('sends a pong before the ping alone', 'closes instead', 'resets instead')

const whenDisconnected = (step: string) => (path: string) => [
  `Given Rob connects to "${path}"`,
  'When Rob sends "Hi"',
  step,
]
const whenRefused = (step: string) => (path: string) => [`When Rob tries to connect to "${path}"`, step]
const whenRequested =
  (...steps: string[]) =>
  (path: string) => [`When Rob requests "${path}"`, ...steps]

const connectsWithSubprotocols = (path: string) => [
  `Given Rob connects to "${path}" with:`,
  '  | subprotocol | chat.v1 |',
  '  | subprotocol | chat.v2 |',
]

// A client that has read this has read what the server sent before.
const connects = (path: string) => [`Given Rob connects to "${path}"`, 'And Rob receives "Welcome"']
const pings = ['When Rob pings the server', 'Then Rob receives a pong']

/** All sentences about connections and requests. */
export const CONNECTION_CLAIMS: readonly ConnectionClaim[] = [
  {
    sentence: 'is disconnected',
    about: 'closing',
    steps: whenDisconnected('Then Rob is disconnected'),
    detects: NO_CLOSING,
  },
  {
    sentence: 'is disconnected within a time',
    about: 'closing',
    steps: whenDisconnected('Then Rob is disconnected within 2 seconds'),
    detects: NO_CLOSING,
  },
  {
    sentence: 'is disconnected with a code',
    about: 'closing',
    steps: whenDisconnected('Then Rob is disconnected with code 4001'),
    detects: NO_4001,
  },
  {
    sentence: 'is disconnected with a code and a reason',
    about: 'closing',
    steps: whenDisconnected('Then Rob is disconnected with code 4001 and reason "Enough"'),
    detects: [...NO_4001, 'closes with another reason', 'closes without a reason'],
  },
  {
    sentence: 'is still connected',
    about: 'staying',
    steps: whenDisconnected('Then Rob is still connected'),
    detects: [...NO_STAYING, ...GENTLE_ENDS],
  },
  {
    sentence: 'sends a message, and it was the last sentence',
    about: 'staying',
    steps: (path) => [`Given Rob connects to "${path}"`, 'When Rob sends "Hi"'],
    detects: NO_STAYING,
  },
  {
    sentence: 'sends a message, and disconnects',
    about: 'staying',
    steps: whenDisconnected('And Rob disconnects'),
    detects: NO_STAYING,
  },
  {
    sentence: 'sends a message, and reconnects',
    about: 'staying',
    comesBack: true,
    steps: whenDisconnected('And Rob reconnects'),
    detects: NO_STAYING,
  },
  {
    sentence: 'sends a message, waits, and reconnects',
    about: 'staying',
    comesBack: true,
    steps: (path) => [...whenDisconnected('And Rob does not receive "Hello"')(path), 'And Rob reconnects'],
    detects: [...NO_STAYING, ...GENTLE_ENDS],
  },
  ...['is restarted', 'is stopped', 'crashes'].map((ends) => ({
    sentence: `sends a message while another program ${ends}`,
    about: 'staying' as const,
    steps: (path: string) => [
      'Given the "worker" program is running',
      ...whenDisconnected(`And the "worker" program ${ends}`)(path),
    ],
    detects: NO_STAYING,
  })),
  {
    sentence: 'is disconnected, and reconnects',
    about: 'closing',
    comesBack: true,
    steps: (path) => [...whenDisconnected('Then Rob is disconnected')(path), 'And Rob reconnects'],
    detects: NO_CLOSING,
  },
  {
    sentence: 'tries to connect, and reconnects',
    about: 'admission',
    comesBack: true,
    steps: (path) => [`When Rob tries to connect to "${path}"`, 'And Rob reconnects'],
    detects: ['refuses with 401', 'refuses with 500', 'sends elsewhere', 'does not answer', 'resets instead'],
  },
  {
    sentence: 'is refused, and reconnects',
    about: 'refusal',
    comesBack: true,
    steps: (path) => [...whenRefused('Then Rob is refused')(path), 'And Rob reconnects'],
    detects: NO_REFUSAL,
  },
  {
    sentence: 'tries to connect, and it was the last sentence',
    about: 'admission',
    steps: (path) => [`When Rob tries to connect to "${path}"`],
    detects: ['refuses with 401', 'refuses with 500', 'sends elsewhere', 'does not answer', 'resets instead'],
  },
  {
    sentence: 'is refused',
    about: 'refusal',
    steps: whenRefused('Then Rob is refused'),
    detects: NO_REFUSAL,
  },
  {
    sentence: 'is refused with a status',
    about: 'refusal',
    steps: whenRefused('Then Rob is refused with status 401'),
    detects: [...NO_REFUSAL, 'refuses with another status', 'sends elsewhere'],
  },
  {
    sentence: 'connects with subprotocols',
    about: 'subprotocol',
    steps: connectsWithSubprotocols,
    detects: NO_SUBPROTOCOL,
  },
  {
    sentence: 'speaks a subprotocol',
    about: 'subprotocol',
    steps: (path) => [...connectsWithSubprotocols(path), 'Then Rob speaks the subprotocol "chat.v2"'],
    detects: [...NO_SUBPROTOCOL, 'chooses the other one'],
  },
  {
    sentence: 'requests',
    about: 'response',
    steps: whenRequested(),
    detects: NO_RESPONSE,
  },
  {
    sentence: 'the response status is',
    about: 'response',
    steps: whenRequested('Then the response status is 200'),
    detects: [...NO_RESPONSE, 'responds with another status'],
  },
  {
    sentence: 'the response has members',
    about: 'response',
    steps: whenRequested('Then the response has:', '  | name | Bob |'),
    detects: [...NO_NAME, 'responds with nothing'],
  },
  {
    sentence: 'the response contains a text',
    about: 'response',
    steps: whenRequested('Then the response contains "Hello, Bob!"'),
    detects: [...NO_RESPONSE, 'alters another member', 'responds with nothing'],
  },
  {
    sentence: 'remembers a part of the response',
    about: 'response',
    steps: whenRequested(
      `And Rob remembers the response's "name" as "who"`,
      'Then the response contains "Hello, ${who}!"',
    ),
    detects: [...NO_NAME, 'alters another member', 'responds with nothing'],
  },
  {
    sentence: 'asks, and is answered',
    about: 'answers',
    steps: (path) => [...connects(path), 'When Rob asks {"id": 7} and is answered {"ok": true}'],
    detects: [
      ...['does not answer', 'answers another request', 'answers none in particular', 'answers something else'],
      ...['answers before it is asked', 'answers too late', 'closes instead', 'resets instead'],
    ],
  },
  {
    sentence: 'disconnects, and receives',
    about: 'leaving',
    steps: (path) => [...connects(path), 'When Rob disconnects', 'Then Rob receives "Goodbye"'],
    detects: [
      ...['says nothing', 'says something else', 'breaks the protocol', 'resets instead'],
      'resets right behind a message',
    ],
  },
  {
    sentence: 'disconnects, and receives so many',
    about: 'leaving',
    steps: (path) => [...connects(path), 'When Rob disconnects', 'Then Rob receives exactly 1 message'],
    detects: ['says nothing', 'says more', 'breaks the protocol', 'resets instead', 'resets right behind a message'],
  },
  {
    sentence: 'disconnects, and nobody receives',
    about: 'leaving',
    steps: (path) => [...connects(path), 'When Rob disconnects', 'Then nobody receives "Hello"'],
    detects: ['says more', 'breaks the protocol', 'resets instead', 'resets right behind a message'],
  },
  {
    sentence: 'sends a message every so often, and stays connected',
    about: 'staying',
    steps: (path) => [...connects(path), 'When Rob sends "Hi" every 10 ms', 'Then Rob is still connected'],
    detects: [...NO_STAYING, ...GENTLE_ENDS],
  },
  {
    sentence: 'sends a message every so often, and it was the last sentence',
    about: 'staying',
    steps: (path) => [...connects(path), 'When Rob sends "Hi" every 10 ms'],
    detects: NO_STAYING,
  },
  {
    sentence: 'receives a pong',
    about: 'pongs',
    steps: (path) => [...connects(path), ...pings],
    detects: NO_PONG,
  },
  {
    sentence: 'receives a pong to each ping',
    about: 'pongs',
    steps: (path) => [...connects(path), ...pings, ...pings],
    detects: [...NO_PONG, 'sends both pongs to the first ping'],
  },
]
