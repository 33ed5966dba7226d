/** Faults of servers, and the failure of a scenario that meets each. */

import { acceptHandshake } from '../support/handshake'
import { HTTP_FAULTS } from './http-catalog'
import {
  accept,
  type Behaviour,
  CLOSE,
  closeFrame,
  type Fault,
  frame,
  PING,
  TEXT,
  trickles,
  writeWithoutEnd,
} from './raw-server'

const expectsHello = (path: string) => [`Given Rob connects to "/${path}"`, 'Then Rob receives "Hello"']
const connects = (path: string) => [`Given Rob connects to "/${path}"`]

/** Accepts the handshake, then does something. */
const afterHandshake =
  (act: (socket: Parameters<Behaviour>[0]['socket']) => void): Behaviour =>
  (connection) => {
    accept(connection)
    act(connection.socket)
  }

const writes = (...chunks: (string | Buffer)[]) =>
  afterHandshake((socket) => chunks.forEach((chunk) => void socket.write(chunk)))

const repeats = (chunk: Buffer) => afterHandshake((socket) => void writeWithoutEnd(socket, chunk))

/** A text on which repetitions within repetitions have a number of ways that nobody can wait for. */
const BACKTRACKING = `${'a'.repeat(60)}!`

const STATUSES: readonly (readonly [number, string])[] = [
  [200, 'OK'],
  [301, 'Moved Permanently'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [429, 'Too Many Requests'],
  [500, 'Internal Server Error'],
  [503, 'Service Unavailable'],
]

const statuses = Object.fromEntries(
  STATUSES.map(([status, text]): [string, Fault] => [
    `status-${status}`,
    {
      name: `answers the handshake with ${status}`,
      behaviour: ({ socket }) =>
        socket.end(`HTTP/1.1 ${status} ${text}\r\nContent-Length: 5\r\nLocation: /elsewhere\r\n\r\nSorry`),
      steps: connects(`status-${status}`),
      message: `Rob was refused by ws://server/status-${status} with status ${status} ${text}: "Sorry".`,
    },
  ]),
)

const lost = (path: string, problem: string) =>
  `Rob did not receive "Hello": Rob lost the connection to ws://server/${path}: ${problem}.`

const broken = (path: string, problem: string) => lost(path, `the server broke the WebSocket protocol: ${problem}`)

/** All faults, by the path at which the server commits them. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'handshake-hangs': {
    name: 'takes the connection, and never answers the handshake',
    behaviour: () => {},
    steps: connects('handshake-hangs'),
    message: 'Rob could not connect to ws://server/handshake-hangs: it did not answer the handshake within 500 ms.',
  },
  'handshake-trickles': {
    name: 'answers the handshake at ten bytes a second',
    behaviour: (connection) => trickles(acceptHandshake(connection.request))(connection),
    steps: connects('handshake-trickles'),
    message: 'Rob could not connect to ws://server/handshake-trickles: it did not answer the handshake within 500 ms.',
  },
  'hangs-up': {
    name: 'hangs up instead of answering the handshake',
    behaviour: ({ socket }) => socket.end(),
    steps: connects('hangs-up'),
    message: /^Rob could not connect to ws:\/\/server\/hangs-up: /,
  },
  resets: {
    name: 'resets the connection instead of answering the handshake',
    behaviour: ({ socket }) => socket.resetAndDestroy(),
    steps: connects('resets'),
    message: 'Rob could not connect to ws://server/resets: the connection was reset (ECONNRESET).',
  },
  'no-http': {
    name: 'answers the handshake with something that is not HTTP',
    behaviour: ({ socket }) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'),
    steps: connects('no-http'),
    message: /^Rob could not connect to ws:\/\/server\/no-http: what answers there does not speak HTTP/,
  },
  'many-early-hints': {
    name: 'answers the handshake with nothing but early hints, without end',
    behaviour: ({ socket }) => writeWithoutEnd(socket, 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(10)),
    steps: connects('many-early-hints'),
    message: 'Rob could not connect to ws://server/many-early-hints: the server only sends interim responses.',
  },
  ...statuses,
  'wrong-proof': {
    name: 'accepts the handshake with a wrong key',
    behaviour: ({ socket, request }) =>
      socket.write(acceptHandshake(request.replace(/(?<=sec-websocket-key: )./i, 'x'))),
    steps: connects('wrong-proof'),
    message: 'Rob could not connect to ws://server/wrong-proof: Invalid Sec-WebSocket-Accept header.',
  },
  'no-upgrade': {
    name: 'accepts the handshake without the header Upgrade',
    behaviour: ({ socket, request }) =>
      socket.write(String(acceptHandshake(request)).replace(/^Upgrade: .*\r\n/im, '')),
    steps: connects('no-upgrade'),
    message:
      'Rob could not connect to ws://server/no-upgrade: it answered 101, which accepts, without the headers Upgrade and Connection (RFC 6455, section 4.1).',
  },
  'unasked-subprotocol': {
    name: 'chooses a subprotocol that nobody offered',
    behaviour: (connection) => accept(connection, 'Sec-WebSocket-Protocol: chat.v9'),
    steps: connects('unasked-subprotocol'),
    message:
      'Rob could not connect to ws://server/unasked-subprotocol: Server sent a subprotocol but none was requested.',
  },
  'unasked-extension': {
    name: 'uses an extension that nobody offered',
    behaviour: (connection) => accept(connection, 'Sec-WebSocket-Extensions: permessage-deflate'),
    steps: connects('unasked-extension'),
    message:
      /^Rob could not connect to ws:\/\/server\/unasked-extension: Server sent a Sec-WebSocket-Extensions header/,
  },
  'half-a-frame': {
    name: 'sends half a frame, and then nothing',
    behaviour: writes(frame(TEXT, 'Hel', { length: 5 })),
    steps: expectsHello('half-a-frame'),
    message: 'Rob did not receive "Hello" within 500 ms.',
  },
  'reset-in-a-message': {
    name: 'resets the connection in the middle of a message',
    behaviour: afterHandshake((socket) =>
      socket.write(frame(TEXT, 'Hel', { length: 5 }), () => socket.resetAndDestroy()),
    ),
    steps: expectsHello('reset-in-a-message'),
    message: /^Rob did not receive "Hello": Rob (lost the connection|was disconnected by the server without a closing)/,
  },
  'reserved-bits': {
    name: 'sets a reserved bit',
    behaviour: writes(frame(TEXT, 'Hello', { reserved: 4 })),
    steps: expectsHello('reserved-bits'),
    message: broken('reserved-bits', 'Invalid WebSocket frame: RSV1 must be clear'),
  },
  'reserved-opcode': {
    name: 'uses a reserved opcode',
    behaviour: writes(frame(3, 'Hello')),
    steps: expectsHello('reserved-opcode'),
    message: broken('reserved-opcode', 'Invalid WebSocket frame: invalid opcode 3'),
  },
  masked: {
    name: 'masks its frames, as only clients may',
    behaviour: writes(frame(TEXT, 'Hello', { isMasked: true })),
    steps: expectsHello('masked'),
    message: broken('masked', 'Invalid WebSocket frame: MASK must be clear'),
  },
  'no-utf8': {
    name: 'sends a text that is not UTF-8',
    behaviour: writes(frame(TEXT, Buffer.from([0x48, 0xff]))),
    steps: expectsHello('no-utf8'),
    message: broken('no-utf8', 'Invalid WebSocket frame: invalid UTF-8 sequence'),
  },
  'lone-continuation': {
    name: 'continues a message that it never began',
    behaviour: writes(frame(0, 'Hello')),
    steps: expectsHello('lone-continuation'),
    message: broken('lone-continuation', 'Invalid WebSocket frame: invalid opcode 0'),
  },
  'endless-message': {
    name: 'sends a message in pieces that never end',
    behaviour: afterHandshake((socket) => {
      socket.write(frame(TEXT, 'x', { isFinal: false }))
      writeWithoutEnd(socket, frame(0, 'x'.repeat(10_000), { isFinal: false }))
    }),
    steps: expectsHello('endless-message'),
    message:
      /^Rob did not receive "Hello": Rob lost the connection .*: the server sent a message of more than 1048576 bytes/,
  },
  'long-control-frame': {
    name: 'sends a control frame of 126 bytes',
    behaviour: writes(frame(PING, 'x'.repeat(126))),
    steps: expectsHello('long-control-frame'),
    message: broken('long-control-frame', 'Invalid WebSocket frame: invalid payload length 126'),
  },
  'close-without-code': {
    name: 'closes without a code',
    behaviour: writes(frame(CLOSE, '')),
    steps: [...connects('close-without-code'), 'Then Rob is disconnected'],
  },
  ...Object.fromEntries(
    [999, 1005, 1006, 5000].map((code): [string, Fault] => [
      `close-${code}`,
      {
        name: `closes with ${code}, which no peer may send`,
        behaviour: writes(closeFrame(code)),
        steps: expectsHello(`close-${code}`),
        message: broken(`close-${code}`, `Invalid WebSocket frame: invalid status code ${code}`),
      },
    ]),
  ),
  'long-reason': {
    name: 'closes with a reason of 124 bytes',
    behaviour: writes(closeFrame(1000, 'x'.repeat(124))),
    steps: expectsHello('long-reason'),
    message: broken('long-reason', 'Invalid WebSocket frame: invalid payload length 126'),
  },
  'speaks-after-closing': {
    name: 'speaks on after its close frame',
    behaviour: writes(closeFrame(4001, 'Enough'), frame(TEXT, 'Hello')),
    steps: expectsHello('speaks-after-closing'),
    message: 'Rob did not receive "Hello": Rob was disconnected by the server with 4001 "Enough".',
  },
  'close-unanswered': {
    name: 'never answers a close frame',
    behaviour: writes(frame(TEXT, 'Hello')),
    steps: [...expectsHello('close-unanswered'), 'When Rob disconnects'],
  },
  'broken-farewell': {
    name: 'answers a close frame with a frame that is invalid, when the scenario is over',
    behaviour: afterHandshake((socket) => void socket.once('data', () => socket.write(Buffer.from('f30141', 'hex')))),
    steps: connects('broken-farewell'),
    message:
      'Rob lost the connection to ws://server/broken-farewell: the server broke the WebSocket protocol: Invalid WebSocket frame: ' +
      'RSV2 and RSV3 must be clear.',
  },
  'ping-flood': {
    name: 'floods with pings',
    behaviour: afterHandshake((socket) => {
      for (let ping = 0; ping < 10_000; ping++) socket.write(frame(PING, String(ping)))
      socket.write(frame(TEXT, 'Hello'))
      socket.resume()
    }),
    steps: expectsHello('ping-flood'),
    message: lost('ping-flood', 'the server sent more pings at once than can be answered'),
  },
  pings: {
    name: 'sends fifty pings at once',
    behaviour: writes(...Array.from({ length: 50 }, () => frame(PING, 'x')), frame(TEXT, 'Hello')),
    steps: expectsHello('pings'),
  },
  'endless-pings': {
    name: 'sends nothing but pings, without end',
    behaviour: repeats(frame(PING, 'x')),
    steps: expectsHello('endless-pings'),
    message: lost('endless-pings', 'the server sent more pings at once than can be answered'),
  },
  burst: {
    name: 'sends 100,000 messages at once',
    behaviour: afterHandshake((socket) => {
      const all = Array.from({ length: 100_000 }, (_, number) => frame(TEXT, `Number ${number}`))
      socket.write(Buffer.concat([...all, frame(TEXT, 'Hello')]))
    }),
    steps: [connects('burst')[0] as string, 'Then Rob receives "Hello" within 20 seconds'],
  },
  'deep-json': {
    name: 'sends JSON nested 100,000 levels deep',
    behaviour: writes(frame(TEXT, '['.repeat(100_000) + ']'.repeat(100_000))),
    steps: ['Given Rob connects to "/deep-json"', 'Then Rob receives [[1]]'],
    message: 'Rob did not receive [[1]] within 500 ms.',
  },
  'less-deep-json': {
    name: 'sends JSON nested 500 levels deep',
    behaviour: writes(frame(TEXT, '['.repeat(500) + ']'.repeat(500))),
    steps: ['Given Rob connects to "/less-deep-json"', 'Then Rob receives [[1]]'],
    message: 'Rob did not receive [[1]] within 500 ms.',
  },
  'too-long-a-message': {
    name: 'announces a message of 100 MB',
    behaviour: writes(frame(TEXT, 'x'.repeat(1000), { length: 100_000_000 })),
    steps: expectsHello('too-long-a-message'),
    message:
      /^Rob did not receive "Hello": Rob lost the connection .*: the server sent a message of more than 1048576 bytes/,
  },
  'message-trickles': {
    name: 'sends a message at ten bytes a second',
    behaviour: (connection) => {
      accept(connection)
      trickles(frame(TEXT, 'Hello, this takes its time'))(connection)
    },
    steps: expectsHello('message-trickles'),
    message: 'Rob did not receive "Hello" within 500 ms.',
  },
  'never-reads': {
    name: 'never reads what is sent to it',
    behaviour: afterHandshake((socket) => socket.pause()),
    steps: [
      connects('never-reads')[0] as string,
      'And "story" stands for a long text',
      `When Rob sends "\${story}" 100 times`,
    ],
    message: /^Rob could not send: /,
  },
  dies: {
    name: 'dies without a word, and comes back',
    behaviour: (() => {
      let visits = 0
      return afterHandshake((socket) => {
        if (visits++ === 0) socket.resetAndDestroy()
        else socket.write(frame(TEXT, 'Hello'))
      })
    })(),
    steps: [
      connects('dies')[0] as string,
      'Then Rob is disconnected with code 1006',
      'When Rob reconnects',
      'Then Rob receives "Hello"',
    ],
  },
  backtracking: {
    name: 'sends texts that make an expression backtrack for ever',
    behaviour: writes(...Array(30).fill(frame(TEXT, BACKTRACKING))),
    steps: [...connects('backtracking'), 'Then Rob receives a message matching "^(a|a)*$"'],
    message: /^The regular expression "\^\(a\|a\)\*\$" takes too long on a text of 61 characters\./,
  },
  'backtracking-rule': {
    name: 'sends texts that make the expression of a rule backtrack for ever',
    behaviour: writes(...Array(30).fill(frame(TEXT, BACKTRACKING))),
    steps: [
      'Given whenever Rob receives a message matching "^(a+)+$" he sends "Hi"',
      ...expectsHello('backtracking-rule'),
    ],
    message: /^A reaction failed: whenever Rob receives a message matching "\^\(a\+\)\+\$" he sends "Hi"/,
  },
  'endless-path': {
    name: 'sends JSON that makes a path take for ever',
    behaviour: writes(frame(TEXT, `${'{"a":'.repeat(480)}1${'}'.repeat(480)}`)),
    steps: [...connects('endless-path'), 'Then Rob receives a message with:', '  | $..a..a..a | 5 |'],
    message: /^The path "\$\.\.a\.\.a\.\.a" takes too long on /,
  },
  'repeated-member': {
    name: 'sends JSON with a member twice',
    behaviour: writes(frame(TEXT, '{"role":"admin","role":"user"}')),
    steps: [...connects('repeated-member'), 'Then Rob receives {"role": "user"}'],
    message: /^The message \{"role":"admin","role":"user"\} has the member "role" twice/,
  },
  ...HTTP_FAULTS,
}
