/** Faults of servers in their responses to HTTP requests, and the failure of a scenario that meets each. */

import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { type Behaviour, type Fault, trickles, writeWithoutEnd } from './raw-server'

const head = (...headers: string[]) => ['HTTP/1.1 200 OK', ...headers, '', ''].join('\r\n')

/** Answers with these chunks, and keeps the connection open. */
const answers =
  (...chunks: (string | Buffer)[]): Behaviour =>
  ({ socket }) =>
    chunks.forEach((chunk) => void socket.write(chunk))

/** The same, and closes it. */
const answersAndCloses =
  (...chunks: (string | Buffer)[]): Behaviour =>
  ({ socket }) => {
    chunks.forEach((chunk) => void socket.write(chunk))
    socket.end()
  }

/** Answers with a beginning, and then a chunk again and again. */
const answersWithoutEnd =
  (begin: string, chunk: string | Buffer): Behaviour =>
  ({ socket }) => {
    socket.write(begin)
    writeWithoutEnd(socket, chunk)
  }

const encoded = (encoding: string, body: Buffer) =>
  answers(head(`Content-Encoding: ${encoding}`, `Content-Length: ${body.length}`), body)

/** Packed as quickly as can be, as the server does nothing else meanwhile. */
const bomb =
  (encoding: string, pack: (body: Buffer) => Buffer): Behaviour =>
  (connection) =>
    encoded(encoding, pack(Buffer.alloc(10_000_000)))(connection)

const FAST = { level: 1 }
const FAST_BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }

const TOO_LARGE = 'the server sent a body of more than 1048576 bytes; "maxMessageBytes" in the settings allows more'
const CHUNK = `2710\r\n${'x'.repeat(10_000)}\r\n`

const notAnswered = (path: string, problem: string) => `GET http://server/${path} was not answered: ${problem}.`
const tooLate = (path: string) => `GET http://server/${path} was not answered within 500 ms.`

/** A fault whose failure says this; without it, a response with the status 200 that may have a text. */
const fault = (
  name: string,
  behaviour: Behaviour,
  says?: ((path: string) => string) | string | RegExp,
  passes: readonly string[] = ['Then the response status is 200'],
) => ({ name, behaviour, says, passes })

const faults = {
  'http-hangs': fault('takes a request, and never answers it', () => {}, tooLate),
  'http-head-trickles': fault('answers a request at ten bytes a second', trickles(head('Content-Length: 0')), tooLate),
  'http-body-trickles': fault(
    'sends a body at ten bytes a second',
    (connection) => {
      answers(head('Content-Length: 100'))(connection)
      trickles('x'.repeat(100))(connection)
    },
    tooLate,
  ),
  'http-hangs-up': fault(
    'hangs up instead of answering a request',
    ({ socket }) => socket.end(),
    'the connection was closed without an answer (ECONNRESET)',
  ),
  'http-resets': fault(
    'resets the connection instead of answering a request',
    ({ socket }) => socket.resetAndDestroy(),
    'the connection was reset (ECONNRESET)',
  ),
  'http-no-http': fault(
    'answers a request with something that is not HTTP',
    answersAndCloses('SSH-2.0-OpenSSH_9.9\r\n'),
    'what answers there does not speak HTTP (HPE_INVALID_CONSTANT); if it is TLS, the address begins with wss:// or https://',
  ),
  'http-gzip-bomb': fault(
    'sends 44 kB of gzip that are 10 MB',
    bomb('gzip', (body) => gzipSync(body, FAST)),
    TOO_LARGE,
  ),
  'http-deflate-bomb': fault(
    'sends 44 kB of deflate that are 10 MB',
    bomb('deflate', (body) => deflateSync(body, FAST)),
    TOO_LARGE,
  ),
  'http-raw-deflate-bomb': fault(
    'sends 44 kB of deflate without its header that are 10 MB',
    bomb('deflate', (body) => deflateRawSync(body, FAST)),
    TOO_LARGE,
  ),
  'http-brotli-bomb': fault(
    'sends 2 kB of brotli that are 10 MB',
    bomb('br', (body) => brotliCompressSync(body, FAST_BROTLI)),
    TOO_LARGE,
  ),
  'http-nested-bomb': fault(
    'sends gzip in gzip in gzip that is 10 MB',
    bomb('gzip, gzip, gzip', (body) => gzipSync(gzipSync(gzipSync(body, FAST)))),
    TOO_LARGE,
  ),
  'http-many-encodings': fault(
    'says that a body was encoded 1,000 times',
    encoded(Array(1000).fill('gzip').join(), gzipSync('x')),
    'its body is encoded 1000 times',
  ),
  'http-unknown-encoding': fault(
    'encodes a body as nobody asked for',
    encoded('zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])),
    'its body is encoded as "zstd", which was not asked for',
  ),
  'http-broken-gzip': fault(
    'sends a body that is not the gzip that it says',
    encoded('gzip', Buffer.from('Hello')),
    'its body is not valid gzip: incorrect header check',
  ),
  'http-half-gzip': fault(
    'sends the first half of a gzip',
    encoded('gzip', gzipSync('Hello '.repeat(100)).subarray(0, 20)),
    'its body is not valid gzip: unexpected end of file',
  ),
  'http-endless-body': fault('sends a body without end', answersWithoutEnd(head(), 'x'.repeat(10_000)), TOO_LARGE),
  'http-endless-chunks': fault(
    'sends a body in chunks without end',
    answersWithoutEnd(head('Transfer-Encoding: chunked'), CHUNK),
    TOO_LARGE,
  ),
  'http-endless-gzip': fault(
    'sends gzip without end',
    answersWithoutEnd(head('Content-Encoding: gzip'), gzipSync('x'.repeat(10_000))),
    TOO_LARGE,
  ),
  'http-huge-length': fault(
    'announces a body of 100 GB, and sends half a kilobyte',
    answers(head('Content-Length: 100000000000'), 'x'.repeat(512)),
    tooLate,
  ),
  'http-endless-headers': fault(
    'sends headers without end',
    answersWithoutEnd('HTTP/1.1 200 OK\r\n', 'X-Header: x\r\n'.repeat(100)),
    'the headers of its answer are too long (HPE_HEADER_OVERFLOW)',
  ),
  'http-endless-header': fault(
    'sends one header without end',
    answersWithoutEnd('HTTP/1.1 200 OK\r\nX-Header: ', 'x'.repeat(10_000)),
    'the headers of its answer are too long (HPE_HEADER_OVERFLOW)',
  ),
  'http-endless-status-text': fault(
    'sends a status text without end',
    answersWithoutEnd('HTTP/1.1 200 ', 'x'.repeat(10_000)),
    'the headers of its answer are too long (HPE_HEADER_OVERFLOW)',
  ),
  'http-many-early-hints': fault(
    'sends nothing but early hints, without end',
    answersWithoutEnd('', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(10)),
    'the server only sends interim responses',
  ),
  'http-many-continues': fault(
    'says nothing but Continue, without end',
    answersWithoutEnd('', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(10)),
    'the server only sends interim responses',
  ),
  'http-endless-trailers': fault(
    'sends trailers without end',
    answersWithoutEnd(`${head('Transfer-Encoding: chunked')}0\r\n`, 'X-Trailer: x\r\n'.repeat(100)),
    'the headers of its answer are too long (HPE_HEADER_OVERFLOW)',
  ),
  'http-endless-extensions': fault(
    'sends an extension of a chunk without end',
    answersWithoutEnd(`${head('Transfer-Encoding: chunked')}1;a=`, 'x'.repeat(10_000)),
    /^GET .*http-endless-extensions was not answered: .*\(HPE_CHUNK_EXTENSIONS_OVERFLOW\)/,
  ),
  'http-switches': fault(
    'switches to another protocol, which nobody asked for',
    answers('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n'),
    'the server switched to another protocol',
  ),
  'http-half-a-body': fault(
    'sends half of a body, and closes',
    answersAndCloses(head('Content-Length: 100'), 'x'.repeat(50)),
    'its answer was cut short (ECONNRESET)',
  ),
  'http-half-a-chunk': fault(
    'sends half of a chunk, and closes',
    answersAndCloses(head('Transfer-Encoding: chunked'), 'ff\r\nxxx'),
    'its answer was cut short (ECONNRESET)',
  ),
  'http-reset-in-a-body': fault(
    'resets the connection in the middle of a body',
    ({ socket }) => void socket.write(`${head('Content-Length: 100')}xxx`, () => socket.resetAndDestroy()),
    /^GET .*http-reset-in-a-body was not answered: (its answer was cut short|the connection was reset) \(ECONNRESET\)\.$/,
  ),
  'http-wrong-chunk': fault(
    'sends a chunk whose size is not a number',
    answers(head('Transfer-Encoding: chunked'), 'size\r\nxxx'),
    'the server broke the HTTP protocol: Parse Error: Invalid character in chunk size (HPE_INVALID_CHUNK_SIZE)',
  ),
  'http-two-lengths': fault(
    'announces two lengths of one body',
    answers(head('Content-Length: 5', 'Content-Length: 6'), 'Hello!'),
    /^GET .*http-two-lengths was not answered: the server broke the HTTP protocol: Parse Error: .+\.$/,
  ),
  'http-length-and-chunks': fault(
    'announces a length, and sends chunks',
    answers(head('Content-Length: 5', 'Transfer-Encoding: chunked'), '5\r\nHello\r\n0\r\n\r\n'),
    /^GET .*http-length-and-chunks was not answered: the server broke the HTTP protocol: Parse Error: .+\.$/,
  ),
  'http-redirects': fault(
    'redirects each request to itself',
    answers('HTTP/1.1 302 Found\r\nLocation: /http-redirects\r\nContent-Length: 0\r\n\r\n'),
    undefined,
    ['Then the response status is 302'],
  ),
  'http-more-than-announced': fault(
    'sends more than it has announced',
    answers(head('Content-Length: 5'), 'Hello, and what nobody should read', Buffer.alloc(100_000)),
    undefined,
    ['Then the response status is 200', 'And the response contains "Hello"'],
  ),
  'http-two-responses': fault(
    'answers a request twice',
    answers(head('Content-Length: 5'), 'Hello', head('Content-Length: 3'), 'Bye'),
    undefined,
    ['Then the response status is 200', 'And the response contains "Hello"'],
  ),
  'http-no-utf8': fault(
    'sends a body that is not UTF-8',
    answers(head('Content-Length: 2'), Buffer.from([0xff, 0xfe])),
  ),
}

/** All faults, by the path at which the server commits them. */
export const HTTP_FAULTS: Readonly<Record<string, Fault>> = Object.fromEntries(
  Object.entries(faults).map(([path, { name, behaviour, says, passes }]) => {
    const message = typeof says === 'string' ? notAnswered(path, says) : typeof says === 'function' ? says(path) : says
    const steps = [`When Rob requests "/${path}"`, ...passes]
    return [path, { name, behaviour, steps, ...(message !== undefined && { message }) }]
  }),
)
