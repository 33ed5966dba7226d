/** What is reported of a handshake that a server refuses, or that fails. */

import { expect } from 'chai'
import { failureMessage, failureOf } from '../../test/support/failures'
import { acceptHandshake, ENDLESS_REFUSAL, httpResponse } from '../../test/support/handshake'
import { freePort } from '../../test/support/ports'
import { WebSocketServers } from '../../test/support/web-socket-servers'
import { ConnectionError, UsageError } from '../errors'

describe('WebSocket handshake', () => {
  let servers: WebSocketServers

  beforeEach(() => {
    servers = new WebSocketServers()
  })

  afterEach(() => servers.close())

  describe('refusal', () => {
    it('reports the status and the body', async () => {
      const { url, rob } = await servers.serveRaw((socket) =>
        socket.end(httpResponse('401 Unauthorized', 'Who are you?')),
      )
      const failure = await failureOf(() => rob.connect())
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.status).to.equal(401)
      expect(failure.message).to.equal(`Rob was refused by ${url}/ with status 401 Unauthorized: "Who are you?".`)
    })

    it('shows no secret of the answer', async () => {
      const answer = httpResponse('403 hunter2abc', '{"token":"hunter3abc","seen":"hunter2abc"}')
      const { rob } = await servers.serveRaw(
        (socket) => socket.end(answer.replace('\r\n', '\r\nSet-Cookie: s="hunter2abc"\r\n')),
        { redact: ['header:set-cookie', '$.token'] },
      )
      const message = await failureMessage(() => rob.connect())
      expect(message)
        .to.contain(' with status 403')
        .and.not.to.match(/hunter/)
    })

    it('shows no part of a secret that is longer than what is shown, or has blanks that are shown as one', async () => {
      for (const secret of ['hunter '.repeat(60), 'hunter  two\t three']) {
        const { rob } = await servers.serveRaw(
          (socket) => socket.end(httpResponse('403 Forbidden', JSON.stringify({ token: secret }))),
          { redact: ['$.token'] },
        )
        expect(await failureMessage(() => rob.connect())).to.contain('403 Forbidden: "{"token":"[redacted]"}"')
      }
    })

    it('reports a body of several lines as one line', async () => {
      const { rob } = await servers.serveRaw((socket) =>
        socket.end(httpResponse('403 Forbidden', '<html>\r\n  <h1>No</h1>\n</html>\n')),
      )
      expect(await failureMessage(() => rob.connect())).to.match(
        / with status 403 Forbidden: "<html> <h1>No<\/h1> <\/html>"\.$/,
      )
    })

    it('reports the beginning of a long body', async () => {
      const { rob } = await servers.serveRaw((socket) => socket.end(httpResponse('500 Oops', 'x'.repeat(100_000))))
      expect(await failureMessage(() => rob.connect())).to.match(
        / with status 500 Oops: "x{200}… \(65536 characters\)"\.$/,
      )
    })

    it('reports the status alone if there is no body', async () => {
      const { rob } = await servers.serveRaw((socket) => socket.end(httpResponse('503 Busy', '')))
      expect(await failureMessage(() => rob.connect())).to.match(/ with status 503 Busy\.$/)
    })

    it('reports what has come of a body that never ends', async () => {
      const { rob } = await servers.serveRaw((socket) => socket.write(`${ENDLESS_REFUSAL}Who are`))
      expect(await failureMessage(() => rob.connect())).to.match(/ with status 401 Unauthorized: "Who are"\.$/)
    })

    it('reports the status alone if the body never comes', async () => {
      const { rob } = await servers.serveRaw((socket) => socket.write(ENDLESS_REFUSAL))
      expect(await failureMessage(() => rob.connect())).to.match(/ with status 401 Unauthorized\.$/)
    })

    it('reports what has come of a body that is cut short', async () => {
      const { rob } = await servers.serveRaw((socket) => socket.end(`${ENDLESS_REFUSAL}Who are`))
      expect(await failureMessage(() => rob.connect())).to.match(/ with status 401 Unauthorized: "Who are"\.$/)
    })

    it('reports the status if the body is cut short by a reset', async () => {
      const { rob } = await servers.serveRaw((socket) =>
        socket.write(`${ENDLESS_REFUSAL}Who are`, () => socket.resetAndDestroy()),
      )
      expect((await failureOf(() => rob.connect())).status).to.equal(401)
    })

    it('reports the status of an ordinary page and of a redirection', async () => {
      const page = await servers.serveRaw((socket) => socket.end(httpResponse('200 OK', 'Welcome')))
      expect((await failureOf(() => page.rob.connect())).status).to.equal(200)
      const redirection = await servers.serveRaw((socket) =>
        socket.end('HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n'),
      )
      expect((await failureOf(() => redirection.rob.connect())).status).to.equal(302)
    })

    it('meets the expectation of a refusal', async () => {
      const { rob } = await servers.serveRaw((socket) => socket.end(httpResponse('401 Unauthorized', 'Who are you?')))
      await rob.tryToConnect()
      rob.expectRefused(401)
    })
  })

  describe('failure', () => {
    it('reports that nothing listens', async () => {
      const port = await freePort()
      for (const host of ['127.0.0.1', 'localhost']) {
        const { rob } = servers.converseWith(`ws://${host}:${port}`)
        const failure = await failureOf(() => rob.connect())
        expect(failure).to.be.an.instanceOf(ConnectionError)
        expect(failure.code).to.equal('ECONNREFUSED')
        expect(failure.message).to.equal(
          `Rob could not connect to ws://${host}:${port}/: nothing listens there (ECONNREFUSED).`,
        )
      }
    })

    it('reports a handshake that is never answered', async () => {
      const { url, rob } = await servers.serveRaw(() => {}, { timeout: 50 })
      expect(await failureMessage(() => rob.connect())).to.equal(
        `Rob could not connect to ${url}/: it did not answer the handshake within 50 ms.`,
      )
    })

    it('reports a connection that is closed instead of an answer', async () => {
      const { url, rob } = await servers.serveRaw((socket) => socket.end())
      const failure = await failureOf(() => rob.connect())
      expect(failure.code).to.equal('ECONNRESET')
      expect(failure.message).to.equal(
        `Rob could not connect to ${url}/: the connection was closed without an answer (ECONNRESET).`,
      )
    })

    it('reports a server that does not speak HTTP', async () => {
      const { url, rob } = await servers.serveRaw((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'))
      const message = await failureMessage(() => rob.connect())
      expect(message).to.contain(`Rob could not connect to ${url}/: `)
      expect(message).to.contain('HTTP')
    })

    it('reports a wrong accept key', async () => {
      const { url, rob } = await servers.serveRaw((socket) =>
        socket.write(acceptHandshake('Sec-WebSocket-Key: another')),
      )
      expect(await failureMessage(() => rob.connect())).to.equal(
        `Rob could not connect to ${url}/: Invalid Sec-WebSocket-Accept header.`,
      )
    })

    it('reports a subprotocol that was not offered', async () => {
      const { url, rob } = await servers.serveRaw((socket, request) =>
        socket.write(acceptHandshake(request, 'Sec-WebSocket-Protocol: chat.v9\r\n')),
      )
      expect(await failureMessage(() => rob.connect())).to.equal(
        `Rob could not connect to ${url}/: Server sent a subprotocol but none was requested.`,
      )
      expect(await failureMessage(() => rob.connect({ subprotocols: ['chat.v1'] }))).to.equal(
        `Rob could not connect to ${url}/: Server sent an invalid subprotocol.`,
      )
    })

    it('reports that none of the offered subprotocols was chosen', async () => {
      const { url, rob } = await servers.serveRaw((socket, request) => socket.write(acceptHandshake(request)))
      expect(await failureMessage(() => rob.connect({ subprotocols: ['chat.v1'] }))).to.equal(
        `Rob could not connect to ${url}/: Server sent no subprotocol.`,
      )
    })

    it('reports a server that does not speak TLS, in one line', async () => {
      const { url } = await servers.serve(() => {})
      const { rob } = servers.converseWith(url.replace('ws://', 'wss://'))
      const message = await failureMessage(() => rob.connect())
      expect(message).to.match(/^Rob could not connect to wss:.*(?:TLS|ws:\/\/)/)
      expect(message).not.to.match(/\n|openssl|ssl3_|routines/)
    })

    it('throws a UsageError for a header that HTTP does not allow', async () => {
      const { url, rob } = await servers.serveRaw(() => {})
      const failure = await failureOf(() => rob.connect({ headers: { 'X-Name': 'one\ntwo' } }))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(
        `${url}/ cannot be connected to: Invalid character in header content ["X-Name"].`,
      )
      expect(servers.sockets.size).to.equal(0)
    })

    it('throws a UsageError for a subprotocol that is not a token', async () => {
      const { url, rob } = await servers.serveRaw(() => {})
      const failure = await failureOf(() => rob.connect({ subprotocols: ['chat', 'chat v1'] }))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(
        `${url}/ cannot be connected to: An invalid or duplicated subprotocol was specified. ` +
          'The client offers: chat, chat v1',
      )
    })
  })
})
