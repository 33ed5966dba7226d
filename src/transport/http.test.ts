/** What HTTP requests send and return, and how they fail. */

import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { expect } from 'chai'
import { failureOf } from '../../test/support/failures'
import { portOf } from '../../test/support/ports'
import { ConnectionError, UsageError } from '../errors'
import { httpClient } from './http'

const request = httpClient({})

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
    const response = await request({ method: 'POST', url, headers: { 'X-By': 'Rob' }, body: '{"a":1}' }, 5000)
    expect([response.status, response.headers['x-order'], response.text]).to.deep.equal([201, '12', 'POST Rob {"a":1}'])
  })

  it('returns all cookies that are set', async () => {
    answer = (_, response) => response.writeHead(200, { 'Set-Cookie': ['a=1', 'b=2; Path=/'] }).end()
    const { headers } = await request({ method: 'GET', url, headers: {} }, 5000)
    expect(headers['set-cookie']).to.equal('a=1\nb=2; Path=/')
  })

  it('does not follow a redirection, but returns it', async () => {
    answer = (_, response) => response.writeHead(302, { Location: '/elsewhere' }).end()
    expect((await request({ method: 'GET', url, headers: {} }, 5000)).status).to.equal(302)
  })

  it('reports that there was no answer in time', async () => {
    answer = () => {}
    const failure = await failureOf(() => request({ method: 'GET', url, headers: {} }, 20))
    expect(failure).to.be.an.instanceOf(ConnectionError)
    expect(failure.message).to.equal(`GET ${url} was not answered within 20 ms.`)
  })

  it('reports that nothing listens', async () => {
    const failure = await failureOf(() => request({ method: 'GET', url: 'http://127.0.0.1:8/', headers: {} }, 5000))
    expect(failure.message).to.equal('GET http://127.0.0.1:8/ was not answered: nothing listens there (ECONNREFUSED).')
  })

  it('reports an answer that is cut short', async () => {
    answer = (_, response) =>
      response.writeHead(200, { 'Content-Length': '10' }).write('half', () => response.destroy())
    const failure = await failureOf(() => request({ method: 'GET', url, headers: {} }, 5000))
    expect(failure.message).to.match(/^GET http:.* was not answered: .+\.$/)
  })

  it('reports a server that does not speak HTTP', async () => {
    answer = (incoming) => incoming.socket.end('SSH-2.0-OpenSSH\r\n')
    const failure = await failureOf(() => request({ method: 'GET', url, headers: {} }, 5000))
    expect(failure.message).to.match(/what answers there does not speak HTTP.*; if it is TLS, the address begins with/)
  })

  it('reports a connection that is closed instead of an answer', async () => {
    answer = (incoming) => incoming.socket.end()
    const failure = await failureOf(() => request({ method: 'GET', url, headers: {} }, 5000))
    expect(failure.message).to.contain(
      'was not answered: the connection was closed without an answer (UND_ERR_SOCKET).',
    )
  })

  it('throws a UsageError for a request that cannot be sent', async () => {
    for (const options of [
      { method: 'GET', body: 'x' },
      { method: 'GET', headers: { 'a b': 'c' } },
      { method: 'TRACE' },
    ]) {
      const failure = await failureOf(() => request({ url, headers: {}, ...options }, 5000))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.match(/ cannot be requested: .+\.$/)
    }
  })
})
