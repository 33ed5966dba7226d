import { expect } from 'chai'
import { failureMessage, failureOf } from '../test/support/failures'
import { resolvedSettings, startConversation, transportsOf } from '../test/support/fake-server'
import { Conversation } from './conversation/conversation'
import { ConnectionError, UsageError } from './errors'
import type { HttpRequest, RequestLimits } from './http/send-request'
import { validAgainst } from './messages/json-message'

const URL = 'http://host/api.json'
const PONG = `${URL}#/components/schemas/Pong`

describe('Schemas at addresses', () => {
  let pages: Record<string, unknown>
  let requested: string[]
  let limits: RequestLimits | undefined
  /** How long each takes, in ms. */
  let slowness: number
  let schemaTexts: Map<string, string>
  let conversation: Conversation

  const sendRequest = async ({ method, url }: HttpRequest, given: RequestLimits) => {
    requested.push(`${method} ${url}`)
    limits = given
    await new Promise((resolve) => setTimeout(resolve, slowness))
    if (!Object.hasOwn(pages, url)) throw new ConnectionError(`GET ${url} was not answered: nothing listens there.`)
    const page = pages[url]
    if (typeof page === 'number') return { status: page, headers: {}, text: '' }
    return { status: 200, headers: {}, text: JSON.stringify(page) }
  }

  beforeEach(() => {
    requested = []
    slowness = 0
    schemaTexts = new Map()
    pages = { [URL]: { asyncapi: '3.0.0', components: { schemas: { Pong: { $ref: 'parts.json#/pong' } } } } }
    pages['http://host/parts.json'] = { pong: { properties: { action: { const: 'pong' } } } }
    conversation = begin()
  })

  const begin = (changes = {}) => {
    const transports = transportsOf(() => ({}) as never)
    return new Conversation(resolvedSettings('ws://server/', changes), { ...transports, sendRequest, schemaTexts })
  }
  const matcherFor = (address: string) => validAgainst(address).toMatcher(conversation.state.messageContext())

  it('are read with all that they refer to, once in a run', async () => {
    await conversation.readSchema(PONG)
    expect(matcherFor(PONG).describe()).to.equal(`a message valid against "${PONG}"`)
    conversation = begin()
    await conversation.readSchema(PONG)
    matcherFor(PONG)
    expect(requested).to.deep.equal([`GET ${URL}`, 'GET http://host/parts.json'])
    expect(limits).to.include({ maxMessageBytes: 1000 })
    expect(limits?.timeout).to.be.within(1, 5000)
  })

  it('are read for the sentences that name them', async () => {
    conversation.variables.set('host', 'host')
    conversation.variables.set('server', 'http://host')
    await conversation.readSchemasIn([
      'Rob receives a message valid against "http://${host}/api.json#/components/schemas/Pong"',
      "a message valid against '${server}/parts.json#/pong'",
      'Rob receives a message valid against "order.json"',
      'Rob receives a message valid against "${unknown}"',
      'Rob receives a message valid against "${host}.json"',
    ])
    matcherFor(PONG)
    expect(requested).to.deep.equal([`GET ${URL}`, 'GET http://host/parts.json'])
  })

  for (const [problem, page, words] of [
    ['is not found', 404, `GET ${URL} was answered with the status 404: a schema was expected.`],
    ['is elsewhere', 302, `GET ${URL} was answered with the status 302: a schema was expected.`],
    ['is no JSON', 'x', `The schema "${URL}" is not an object, true or false.`],
    ['lacks the part', {}, `The schema "${URL}" has nothing at #/components.`],
    ['is not answered', undefined, `GET ${URL} was not answered: nothing listens there.`],
    [
      'refers to what is missing',
      { components: { schemas: { Pong: { $ref: 'x.json' } } } },
      `The schema "${URL}" refers to "http://host/x.json": GET http://host/x.json was not answered: nothing listens there.`,
    ],
    [
      'refers to another host',
      { components: { schemas: { Pong: { $ref: 'http://other/' } } } },
      `The schema "${URL}" refers to http://other/: only what is on its host can be referred to.`,
    ],
  ] as const) {
    it(`are refused when they are used, if one ${problem}`, async () => {
      if (page === undefined) delete pages[URL]
      else pages[URL] = page
      await conversation.readSchema(PONG)
      const failure = await failureOf(() => matcherFor(PONG))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message.startsWith(words), failure.message).to.equal(true)
      expect(requested.filter((one) => one.includes('other'))).to.deep.equal([])
    })
  }

  it('are asked for again after a failure', async () => {
    const page = pages[URL]
    pages[URL] = 503
    await conversation.readSchema(PONG)
    expect(await failureMessage(() => matcherFor(PONG))).to.contain('the status 503')
    pages[URL] = page
    await conversation.readSchema(PONG)
    matcherFor(PONG)
  })

  it('may not refer to ever more documents', async () => {
    for (let at = 0; at < 200; at++) pages[`http://host/${at}.json`] = { $ref: `${at + 1}.json` }
    await conversation.readSchema('http://host/0.json')
    expect(requested).to.have.length(100)
    expect(await failureMessage(() => matcherFor('http://host/0.json'))).to.contain(
      'http://host/0.json needs more than 100 documents.',
    )
  })

  it('have the timeout in all', async () => {
    slowness = 30
    conversation = begin({ timeout: 50 })
    for (let at = 0; at < 5; at++) pages[`http://host/${at}.json`] = { $ref: `${at + 1}.json` }
    await conversation.readSchemasIn(['valid against "http://host/0.json"', `valid against "${PONG}"`])
    expect(requested[0]).to.equal('GET http://host/0.json')
    expect(limits?.timeout).to.be.within(1, 50)
    const page = `http://host/${requested.length}.json`
    expect(await failureMessage(() => matcherFor('http://host/0.json'))).to.contain(
      `"${page}": GET ${page} was not requested: those before it took the 50 ms that the schemas of a sentence may take in ` +
        'all. A longer "timeout" in the settings allows more.',
    )
    expect(requested.join()).not.to.contain(URL)
    slowness = 0
    await conversation.readSchema(URL)
    expect(requested.at(-1)).to.equal('GET http://host/parts.json')
  })

  it('have to be read before they are used', async () => {
    expect(await failureMessage(() => matcherFor(PONG))).to.equal(
      `${URL} has not been read: that is done for what a sentence names after «valid against», and by ` +
        '`await conversation.readSchema(…)`.',
    )
    expect(requested).to.deep.equal([])
  })

  it('are no files', async () => {
    const failure = await failureOf(() => startConversation().conversation.readSchema('api.json'))
    expect(failure).to.be.an.instanceOf(UsageError)
    expect(failure.message).to.equal(
      '"api.json" is not an address that begins with http:// or https://: files need not be read.',
    )
  })
})
