import { expect } from 'chai'
import { failureOf } from '../../test/support/failures'
import { noFiles } from '../../test/support/fake-server'
import { httpTarget } from '../connection/connection-target'
import { ConnectionError, UsageError } from '../errors'
import { json } from '../messages/json-message'
import { Secrets } from '../secrets/secrets'
import { Transcript } from '../transcript'
import { Variables } from '../variables/variables'
import { HttpRequests } from './http-requests'
import type { HttpRequest, RequestLimits } from './send-request'

const variables = new Variables().with({ client: 'Rob', token: 'abc' })
const limits = { timeout: 500, maxMessageBytes: 1000 }
const rob = { name: 'Rob', variables }

describe('HttpRequests', () => {
  let sent: { request: HttpRequest; limits: RequestLimits }[]
  let secrets: Secrets
  let transcript: Transcript
  let requests: HttpRequests
  let paused: number[]

  beforeEach(() => {
    sent = []
    paused = []
    secrets = new Secrets(['$.secret', 'header:x-key'])
    transcript = new Transcript()
    requests = new HttpRequests({
      secrets,
      transcript,
      limits,
      target: (options, own) => httpTarget({ url: 'http://server', headers: {}, subprotocols: [] }, options, own),
      messageContext: (own) => ({ variables: own, phrases: {}, files: noFiles }),
      pause: async (ms) => void paused.push(ms),
      sendRequest: async (request, given) => {
        sent.push({ request, limits: given })
        return { status: 201, headers: { 'x-key': 'key of the server' }, text: '{"secret":"word of the server"}' }
      },
    })
  })

  for (const [source, method, url] of [
    ['/orders', 'GET', 'http://server/orders'],
    ['POST /orders', 'POST', 'http://server/orders'],
    [' delete  /orders/${client} ', 'DELETE', 'http://server/orders/Rob'],
    ['', 'GET', 'http://server/'],
    ['orders', 'GET', 'http://server/orders'],
    ['GET /two words', 'GET', 'http://server/two%20words'],
  ]) {
    it(`sends «${source}» as ${method} ${url}`, async () => {
      await requests.send(source as string, rob)
      expect(sent).to.deep.equal([{ request: { method, url, headers: {}, body: undefined }, limits }])
    })
  }

  it('fills in the variables of headers, and sends the body as it is', async () => {
    await requests.send('POST /orders', rob, {
      headers: { Authorization: 'Bearer ${token}' },
      body: '{"by":"${client}"}',
    })
    expect(sent[0]?.request.headers).to.deep.equal({ Authorization: 'Bearer abc' })
    expect(sent[0]?.request.body).to.equal('{"by":"${client}"}')
  })

  it('sends query parameters, cookies and an expression, with their variables', async () => {
    await requests.send('POST /orders?a=1', rob, {
      parameters: [
        ['by', '${client} &'],
        ['by', 'x'],
      ],
      cookies: { session: '${token};' },
      body: json('{"by": "${client}"}'),
    })
    expect(sent[0]?.request).to.deep.equal({
      method: 'POST',
      url: 'http://server/orders?a=1&by=Rob%20%26&by=x',
      headers: { Cookie: 'session=abc%3B' },
      body: '{"by": "Rob"}',
    })
  })

  it('refuses a body of bytes', async () => {
    const body = { toSend: () => Buffer.from('a') }
    const failure = await failureOf(() => requests.send('POST /orders', rob, { body }))
    expect(failure).to.be.an.instanceOf(UsageError)
    expect(failure.message).to.equal('The argument body of request should be a text, not an object.')
  })

  it('waits before, and has a time limit of its own', async () => {
    await requests.send('/orders', rob, { after: '2 s', within: '3 s' })
    expect([paused, sent[0]?.limits]).to.deep.equal([[2000], { ...limits, timeout: 3000 }])
  })

  it('takes headers as pairs, too', async () => {
    await requests.send('/orders', rob, { headers: [['X-Token', '${token}']] })
    expect(sent[0]?.request.headers).to.deep.equal({ 'X-Token': 'abc' })
  })

  it('refuses more than a hundred requests that are not answered yet', async () => {
    let answer = () => {}
    const answered = new Promise<void>((resolve) => (answer = resolve))
    requests = new HttpRequests({
      ...{ secrets, transcript, limits, target: ({ to }) => ({ url: `http://server${to}`, headers: {} }) },
      ...{ messageContext: () => ({ variables, phrases: {}, files: noFiles }), pause: async () => {} },
      sendRequest: async () => {
        await answered
        return { status: 200, headers: {}, text: '' }
      },
    })
    const open = Array.from({ length: 100 }, () => requests.send('/slow', rob))
    const failure = await failureOf(() => requests.send('POST /slow', rob))
    expect(failure).to.be.an.instanceOf(ConnectionError)
    expect(failure.message).to.equal(
      'POST http://server/slow was not sent: 100 other requests wait for their responses, and more may not be open at once.',
    )
    answer()
    await Promise.all(open)
    await requests.send('/slow', rob)
  })

  it('refuses a header that stands twice', async () => {
    const failure = await failureOf(() => requests.send('/orders', rob, { headers: { 'X-A': '1', 'x-a': '2' } }))
    expect(failure).to.be.an.instanceOf(UsageError)
    expect(failure.message).to.match(/^The header "x-a" stands twice/)
  })

  it('keeps the last response', async () => {
    await requests.send('/orders', rob)
    await requests.send('PUT /orders/7', rob)
    expect([requests.last.label, requests.last.status]).to.deep.equal(['PUT http://server/orders/7', 201])
  })

  it('needs a request before a response is asked for', async () => {
    const failure = await failureOf(() => requests.last)
    expect(failure).to.be.an.instanceOf(UsageError)
    expect(failure.message).to.equal(
      'There is no response: no sentence has requested anything yet, and the responses to reactions are not kept. ' +
        'Write before this: Rob requests "GET /orders"',
    )
  })

  it('does not keep the responses to reactions', async () => {
    await requests.send('/orders', rob)
    await requests.send('/rooms', { ...rob, isReaction: true })
    expect(requests.last.label).to.equal('GET http://server/orders')
    expect(transcript.entries.map(({ isReaction }) => isReaction)).to.deep.equal([false, false, true, true])
  })

  it('does not keep the response to an earlier request if the next one fails', async () => {
    await requests.send('/orders', rob)
    await failureOf(() => requests.send('/${unknown}', rob))
    expect(await failureOf(() => requests.last)).to.be.an.instanceOf(UsageError)
  })

  for (const source of ['FOO BAR BAZ', 'GET two words', 'POST']) {
    it(`refuses what is not a request: «${source}»`, async () => {
      const failure = await failureOf(() => requests.send(source, rob))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(
        `"${source}" is not a valid request: write a method and an address, such as "POST /orders".`,
      )
      expect(sent).to.deep.equal([])
    })
  }

  it('records request and response in the transcript', async () => {
    await requests.send('/orders', rob)
    await requests.send('POST /orders', rob, { body: '{"amount":3}' })
    expect(transcript.entries.map(({ kind, client, detail, url }) => [kind, client, detail, url])).to.deep.equal([
      ['requests', 'Rob', 'GET http://server/orders', 'http://server/orders'],
      ['is answered', 'Rob', '201 {"secret":"word of the server"}', 'http://server/orders'],
      ['requests', 'Rob', 'POST http://server/orders {"amount":3}', 'http://server/orders'],
      ['is answered', 'Rob', '201 {"secret":"word of the server"}', 'http://server/orders'],
    ])
  })

  it('learns the secrets of request and response', async () => {
    await requests.send('POST /orders', rob, {
      headers: { 'X-Key': 'key of Rob' },
      body: '{"secret":"word of Rob"}',
    })
    for (const secret of ['key of Rob', 'word of Rob', 'key of the server', 'word of the server']) {
      expect(secrets.hide(`It is ${secret}!`)).to.equal('It is [redacted]!')
    }
  })
})
