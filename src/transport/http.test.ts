/** What HTTP requests send and return, and how they fail. */

import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { HTTP_FAULTS } from '../../test/faults/http-catalog'
import { type Fault, startRawServer } from '../../test/faults/raw-server'
import { failureOf } from '../../test/support/failures'
import { portOf } from '../../test/support/ports'
import { ConnectionError, UsageError } from '../errors'
import { httpClient } from './http'

const request = httpClient({})
const LIMITS = { timeout: 5000, maxMessageBytes: 10_000 }

describe('HTTP client', () => {
  let server: Server
  let url: string
  let answer: RequestListener

  beforeEach(async () => {
    server = createServer((incoming, response) => answer(incoming, response)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${portOf(server)}/orders`
  })

  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  })

  it('sends a method, headers and a body, and returns a status, headers and a text', async () => {
    answer = (incoming, response) => {
      incoming.setEncoding('utf8').on('data', (body) => {
        response.writeHead(201, { 'X-Order': '12' }).end(`${incoming.method} ${incoming.headers['x-by']} ${body}`)
      })
    }
    const response = await request({ method: 'POST', url, headers: { 'X-By': 'Rob' }, body: '{"a":1}' }, LIMITS)
    expect([response.status, response.headers['x-order'], response.text]).to.deep.equal([201, '12', 'POST Rob {"a":1}'])
  })

  it('returns all cookies that are set', async () => {
    answer = (_, response) => response.writeHead(200, { 'Set-Cookie': ['a=1', 'b=2; Path=/'] }).end()
    const { headers } = await request({ method: 'GET', url, headers: {} }, LIMITS)
    expect(headers['set-cookie']).to.equal('a=1\nb=2; Path=/')
  })

  it('does not follow a redirection, but returns it', async () => {
    answer = (_, response) => response.writeHead(302, { Location: '/elsewhere' }).end()
    expect((await request({ method: 'GET', url, headers: {} }, LIMITS)).status).to.equal(302)
  })

  it('sends what is usual, unless a header says otherwise', async () => {
    answer = (incoming, response) => response.end(JSON.stringify(incoming.headers))
    const headers = { Accept: 'text/html', 'accept-encoding': 'identity', 'Content-Length': '6' }
    const response = await request({ method: 'DELETE', url, headers, body: 'zwölf' }, LIMITS)
    expect(JSON.parse(response.text)).to.include({
      accept: 'text/html',
      'accept-encoding': 'identity',
      'content-length': '6',
      'content-type': 'text/plain;charset=UTF-8',
    })
    const plain = await request({ method: 'GET', url, headers: {} }, LIMITS)
    expect(JSON.parse(plain.text)).to.include({ accept: '*/*', 'accept-encoding': 'gzip, deflate, br' })
  })

  for (const method of ['GET', 'HEAD', 'DELETE', 'OPTIONS']) {
    it(`sends a body by ${method}, and the header Host`, async () => {
      let received: unknown
      answer = (incoming, response) => {
        incoming.setEncoding('utf8').on('data', (body) => {
          received = [incoming.method, incoming.headers.host, body]
          response.end()
        })
      }
      const headers = { Host: 'elsewhere.example' }
      expect((await request({ method, url, headers, body: 'Hello' }, LIMITS)).status).to.equal(200)
      expect(received).to.deep.equal([method, 'elsewhere.example', 'Hello'])
    })
  }

  it('reaches a host by its name', async () => {
    answer = (incoming, response) => response.end(incoming.headers.host)
    const { port } = new URL(url)
    const local = url.replace('127.0.0.1', 'localhost')
    expect((await request({ method: 'GET', url: local, headers: {} }, LIMITS)).text).to.equal(`localhost:${port}`)
  })

  it('sends a body in chunks if a header says so', async () => {
    answer = (incoming, response) =>
      incoming.pipe(response.setHeader('X-Chunked', `${incoming.headers['content-length']}`))
    const headers = { 'Transfer-Encoding': 'chunked' }
    const { text, headers: answered } = await request({ method: 'POST', url, headers, body: 'Hello' }, LIMITS)
    expect([text, answered['x-chunked']]).to.deep.equal(['Hello', 'undefined'])
  })

  it('says that a header contradicts the body', async () => {
    const headers = { 'Content-Length': '1' }
    const failure = await failureOf(() => request({ method: 'POST', url, headers, body: 'zwölf' }, LIMITS))
    expect(failure.message).to.equal(
      `POST ${url} cannot be requested: its header Content-Length says 1, and its body has 6 bytes: leave that header out.`,
    )
  })

  it('sends the user and password of an address', async () => {
    answer = (incoming, response) => response.end(incoming.headers.authorization)
    const response = await request({ method: 'GET', url: url.replace('//', '//rob:a%40b@'), headers: {} }, LIMITS)
    expect(response.text).to.equal(`Basic ${Buffer.from('rob:a@b').toString('base64')}`)
  })

  it('returns all values of a header', async () => {
    answer = (_, response) => response.writeHead(200, { Vary: ['a', 'b'], Age: ['1', '2'] }).end()
    const { headers } = await request({ method: 'GET', url, headers: {} }, LIMITS)
    expect(headers).to.include({ vary: 'a, b', age: '1, 2' })
  })

  for (const [encoding, body] of [
    ['gzip', gzipSync('Hello')],
    ['X-GZIP', gzipSync('Hello')],
    ['deflate', deflateSync('Hello')],
    ['deflate', deflateRawSync('Hello')],
    ['br', brotliCompressSync('Hello')],
    ['deflate, , identity,gzip', gzipSync(deflateSync('Hello'))],
    ['', Buffer.from('\ufeffHello')],
  ] as const) {
    it(`decodes a body with the encoding «${encoding}»`, async () => {
      answer = (_, response) => response.writeHead(200, { 'Content-Encoding': encoding }).end(body)
      expect((await request({ method: 'GET', url, headers: {} }, LIMITS)).text).to.equal('Hello')
    })
  }

  for (const [type, body, charset] of [
    ['text/plain; charset=ISO-8859-1', Buffer.from('café', 'latin1'), undefined],
    ['text/plain; format=flowed;Charset="utf-16le"', Buffer.from('café', 'utf16le'), undefined],
    ['text/plain; charset=UTF-16', Buffer.from('\ufeffcafé', 'utf16le').swap16(), undefined],
    ['text/plain; charset=utf-16', Buffer.from('\ufeffcafé', 'utf16le'), undefined],
    ['text/plain; charset=utf8', Buffer.from('café'), undefined],
    ['application/json', Buffer.from('café'), undefined],
    ['text/plain; charset=x-mine', Buffer.from('café'), 'x-mine'],
    ['text/plain; charset=', Buffer.from('café'), undefined],
  ] as const) {
    it(`reads a body in the charset of its type: ${type}`, async () => {
      answer = (_, response) => response.writeHead(200, { 'Content-Type': type }).end(body)
      const { text, unknownCharset } = await request({ method: 'GET', url, headers: {} }, LIMITS)
      expect([text, unknownCharset]).to.deep.equal(['café', charset])
    })
  }

  it('reads a body of Windows, which has more than Latin-1', async () => {
    const type = 'text/plain; charset=windows-1252'
    answer = (_, response) => response.writeHead(200, { 'Content-Type': type }).end(Buffer.from([0x80, 0xe9]))
    expect((await request({ method: 'GET', url, headers: {} }, LIMITS)).text).to.equal('€é')
  })

  it('takes an encoding of no body for what it is', async () => {
    answer = (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': 10 ** 9 }).end()
    expect((await request({ method: 'HEAD', url, headers: {} }, LIMITS)).text).to.equal('')
  })

  for (const [what, headers, body] of [
    ['plain', {}, Buffer.alloc(LIMITS.maxMessageBytes + 1)],
    ['gzip', { 'Content-Encoding': 'gzip' }, gzipSync(Buffer.alloc(LIMITS.maxMessageBytes + 1))],
    ['gzip of 100 MB', { 'Content-Encoding': 'gzip' }, gzipSync(Buffer.alloc(10 ** 8))],
  ] as const) {
    it(`refuses a body that is larger than the limit: ${what}`, async () => {
      answer = (_, response) => response.writeHead(200, headers).end(body)
      const maxMessageBytes = what === 'gzip of 100 MB' ? 10 ** 6 : LIMITS.maxMessageBytes
      const failure = await failureOf(() =>
        request({ method: 'GET', url, headers: {} }, { ...LIMITS, maxMessageBytes }),
      )
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.message).to.equal(
        `GET ${url} was not answered: the server sent a body of more than ${maxMessageBytes} bytes; ` +
          '"maxMessageBytes" in the settings allows more.',
      )
    })
  }

  for (const [problem, words] of [
    ['http-switches', 'the server switched to another protocol'],
    ['http-many-continues', 'the server only sends interim responses'],
    ['http-many-encodings', 'its body is encoded 1000 times'],
    ['http-unknown-encoding', 'its body is encoded as "zstd", which was not asked for'],
    ['http-broken-gzip', 'its body is not valid gzip: incorrect header check'],
    ['http-no-utf8', undefined],
  ] as const) {
    it(`takes what a server sends that commits ${problem}`, async () => {
      const raw = await startRawServer({ [problem]: (HTTP_FAULTS[problem] as Fault).behaviour })
      const target = { method: 'GET', url: `http://127.0.0.1:${raw.port}/${problem}`, headers: {} }
      const found = await request(target, LIMITS).then(
        () => undefined,
        (error: Error) => error.message,
      )
      await raw.close()
      expect(found).to.equal(words && `GET ${target.url} was not answered: ${words}.`)
    })
  }

  it('takes in a body that is as large as the limit', async () => {
    const body = Buffer.alloc(LIMITS.maxMessageBytes, 'x')
    for (const [headers, sent] of [
      [{}, body],
      [{ 'Content-Encoding': 'gzip' }, gzipSync(body)],
    ] as const) {
      answer = (_, response) => response.writeHead(200, headers).end(sent)
      expect((await request({ method: 'GET', url, headers: {} }, LIMITS)).text).to.have.lengthOf(body.length)
    }
  })

  it('reports that there was no answer in time', async () => {
    answer = () => {}
    const failure = await failureOf(() => request({ method: 'GET', url, headers: {} }, { ...LIMITS, timeout: 20 }))
    expect(failure).to.be.an.instanceOf(ConnectionError)
    expect(failure.message).to.equal(`GET ${url} was not answered within 20 ms.`)
  })

  it('reports that nothing listens', async () => {
    const failure = await failureOf(() => request({ method: 'GET', url: 'http://127.0.0.1:8/', headers: {} }, LIMITS))
    expect(failure.message).to.equal('GET http://127.0.0.1:8/ was not answered: nothing listens there (ECONNREFUSED).')
  })

  it('reports an answer that is cut short', async () => {
    answer = (_, response) =>
      response.writeHead(200, { 'Content-Length': '10' }).write('half', () => response.destroy())
    const failure = await failureOf(() => request({ method: 'GET', url, headers: {} }, LIMITS))
    expect(failure.message).to.match(/^GET http:.* was not answered: its answer was cut short \(ECONNRESET\)\.$/)
  })

  it('reports a server that does not speak HTTP', async () => {
    answer = (incoming) => incoming.socket.end('SSH-2.0-OpenSSH\r\n')
    const failure = await failureOf(() => request({ method: 'GET', url, headers: {} }, LIMITS))
    expect(failure.message).to.match(/what answers there does not speak HTTP.*; if it is TLS, the address begins with/)
  })

  it('reports a connection that is closed instead of an answer', async () => {
    answer = (incoming) => incoming.socket.end()
    const failure = await failureOf(() => request({ method: 'GET', url, headers: {} }, LIMITS))
    expect(failure.message).to.contain('was not answered: the connection was closed without an answer (ECONNRESET).')
  })

  it('throws a UsageError for a request that cannot be sent', async () => {
    for (const options of [
      { method: 'GET', headers: { 'a b': 'c' } },
      { method: 'POST', headers: { 'Content-Length': '5' }, body: 'four' },
      { method: 'GET', headers: { 'content-length': '1' } },
      { method: 'TRACE' },
      { method: 'CONNECT' },
      { headers: { a: 'b\r\nc: d' }, method: 'GET' },
      { headers: { a: 'b\0' }, method: 'GET' },
    ]) {
      const failure = await failureOf(() => request({ url, headers: {}, ...options }, LIMITS))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.match(/ cannot be requested: .+\.$/)
    }
  })
})
