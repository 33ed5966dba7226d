/** Documents that others have published are read as the AsyncAPI Initiative's own parser reads them. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Contract, readContract } from '../src/asyncapi/contract'
import { renewBudget } from '../src/evaluation-limit'
import { exchanged } from './support/contracts'

const read = (name: string): Contract =>
  readContract(`${name}.yml`, (path) => readFileSync(join(__dirname, 'asyncapi', path), 'utf8'))

/** What a document has, counted by `@asyncapi/parser` 3.6.6: its messages are those of operations that are not replies. */
interface Counts {
  readonly channels: number
  readonly clientSends: number
  readonly serverSends: number
  readonly replies: number
  readonly messages: number
}

const COUNTED: Readonly<Record<string, Counts>> = {
  'websocket-gemini-2.6.0': { channels: 1, clientSends: 0, serverSends: 1, replies: 0, messages: 1 },
  'websocket-gemini-3.0.0': { channels: 1, clientSends: 0, serverSends: 1, replies: 0, messages: 1 },
  'slack-rtm-2.6.0': { channels: 1, clientSends: 1, serverSends: 1, replies: 0, messages: 47 },
  'slack-rtm-3.0.0': { channels: 1, clientSends: 1, serverSends: 1, replies: 0, messages: 47 },
  'kraken-websocket-request-reply-message-filter-in-reply-3.0.0': {
    ...{ channels: 1, clientSends: 3, serverSends: 2, replies: 3, messages: 5 },
  },
  'kraken-websocket-request-reply-multiple-channels-3.0.0': {
    ...{ channels: 7, clientSends: 3, serverSends: 2, replies: 3, messages: 5 },
  },
  'streetlights-mqtt-2.6.0': { channels: 4, clientSends: 1, serverSends: 3, replies: 0, messages: 4 },
  'streetlights-mqtt-3.0.0': { channels: 4, clientSends: 1, serverSends: 3, replies: 0, messages: 4 },
  'chanx-facts-3.0.0': { channels: 11, clientSends: 20, serverSends: 13, replies: 18, messages: 33 },
}

describe('Published AsyncAPI documents', () => {
  beforeEach(renewBudget)

  for (const [name, expected] of Object.entries(COUNTED)) {
    it(`have what the parser of AsyncAPI counts: ${name}`, () => {
      const { channels, asyncapi } = read(name).model
      expect(name.endsWith(asyncapi)).to.equal(true)
      const operations = channels.flatMap((channel) => channel.operations)
      const main = operations.filter(({ isReply }) => !isReply)
      expect({
        channels: channels.length,
        clientSends: main.filter(({ sender }) => sender === 'client').length,
        serverSends: main.filter(({ sender }) => sender === 'server').length,
        replies: operations.length - main.length,
        messages: main.flatMap(({ messages }) => messages).length,
      }).to.deep.equal(expected)
    })

    it(`have schemas that are read: ${name}`, () => read(name).prepare())
  }

  const atKraken = { url: 'wss://127.0.0.1:1234/' }

  it('catch a server that sends what Kraken does not', () => {
    const kraken = read('kraken-websocket-request-reply-multiple-channels-3.0.0')
    const of = (content: object) => {
      const { verdict, message, complaint } = kraken.validate(exchanged(content, atKraken))
      return [verdict, message, complaint]
    }
    const document = 'of "kraken-websocket-request-reply-multiple-channels-3.0.0.yml"'
    expect(of({ event: 'pong', reqid: 42 })).to.deep.equal(['valid', 'pong', undefined])
    expect(of({ event: 'pong', reqid: '42' })).to.deep.equal([
      ...['wrong', 'pong'],
      `it is not a valid "pong" as the channel "pong" ${document} has it: /reqid must be integer, and is "42"`,
    ])
    expect(of({ event: 'pogn' })).to.deep.equal([
      ...['undocumented', undefined],
      'no message that the server sends has the "event" "pogn" in the channels "ping", "pong", "heartbeat", 4 more ' +
        `${document}. Did you mean "pong"?`,
    ])
    expect(of({ event: 'ping' })).to.deep.equal([
      ...['wrong', 'ping'],
      `"ping" goes the other way in the channel "ping" ${document}: clients send it, not the server. If the document is ` +
        "written for the client, say so in the settings: asyncapi: { document: …, view: 'client' }",
    ])
    expect(of({ event: 'subscriptionStatus', channelID: 1, status: 'online' })).to.deep.equal([
      ...['wrong', 'subscriptionStatus'],
      `it is not a valid "subscriptionStatus" as the channel "currencyInfo" ${document} has it: /channelName is missing`,
    ])
  })

  it('say what an answer repeats, and which parts of a message were seen', () => {
    const kraken = read('kraken-websocket-request-reply-message-filter-in-reply-3.0.0')
    const status = { event: 'subscriptionStatus', channelID: 1, channelName: 'a', status: 'online', reqid: 7 }
    const { parts, operation, others } = kraken.validate(exchanged(status, atKraken))
    expect({ parts, operation, others }).to.deep.equal({
      parts: ['$.status: "online"', '$: subscriptionStatusSuccess'],
      operation: 'receiveSubscribeRequest reply',
      others: [
        { channel: 'currencyExchange', operation: 'receiveUnsubscribeRequest reply', message: 'subscriptionStatus' },
      ],
    })
    expect(kraken.validate(exchanged({ event: 'pong', reqid: 7 }, atKraken)).correlation).to.equal('/reqid')
  })

  it('hold the handshake of Gemini against its ws binding', () => {
    const gemini = read('websocket-gemini-2.6.0')
    const connecting = (way: string) =>
      gemini.connecting({ url: `ws://127.0.0.1:1234/v1/marketdata/${way}`, headers: {} })
    expect(connecting('btcusd?heartbeat=true&bids=false')).to.deep.equal([])
    expect(connecting('btcusd?heartbeat=yes')).to.deep.equal([
      'The query is not as the channel "/v1/marketdata/{symbol}" has it: /heartbeat must be boolean, and is "yes".',
    ])
    expect(connecting('doge').join()).to.match(
      /^The parameter "symbol" of the channel "\/v1\/marketdata\/\{symbol\}" is "doge": it must be one of "btcusd", .*, and is "doge"\.$/,
    )
    expect(gemini.messageNamed('market data').example).to.include({ type: 'update', eventId: 36902233362 })
    expect(
      gemini.validate(
        exchanged({ type: 'heartbeat', socket_sequence: 1 }, { url: 'ws://localhost/v1/marketdata/btcusd' }),
      ).parts,
    ).to.deep.equal(['$: heartbeat'])
  })

  it('find messages of Chanx by the titles of their payloads', () => {
    const chanx = read('chanx-facts-3.0.0')
    const { name, senders, matcher } = chanx.messageNamed('PongMessage')
    expect([name, senders, matcher.describe()]).to.deep.equal(['pong_message', ['server'], 'a "PongMessage"'])
    const accepts = [{ action: 'pong' }, { action: 'ping' }, {}].map((content) =>
      matcher.accepts(exchanged(content).content),
    )
    expect(accepts).to.deep.equal([true, false, false])
  })

  it('know what goes over topics', () => {
    const lights = read('streetlights-mqtt-2.6.0')
    const topic = 'smartylighting/streetlights/1/0/event/7/lighting/measured'
    const validate = (content: object, on: string) =>
      lights.validate(exchanged(content, { sender: 'client', url: 'ws://localhost/mqtt', details: { topic: on } }))
    expect(validate({ lumens: 4 }, topic)).to.include({ verdict: 'valid', message: 'lightMeasured' })
    expect(validate({ lumens: -4 }, topic).complaint).to.match(/: \/lumens must be >= 0, and is -4$/)
    expect(validate({ lumens: 4 }, `${topic}x`)).to.include({ verdict: 'undocumented', channel: undefined })
  })
})
