/** Wrong arguments: whatever is called with them, in words, and never with a TypeError, or as if nothing were wrong. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { HttpExchange } from '../src/http/http-exchange'
import * as api from '../src/index'
import { failureOf } from './support/failures'
import { startConversation } from './support/fake-server'

type Values = Readonly<Record<string, unknown>>

const MATCHER = api.anyMessage
const OTHERS: Values = {
  null: null,
  true: true,
  'a symbol': Symbol('x'),
  'a function': () => {},
  'a list': [1],
  'an object': { a: 1 },
  'a big integer': 1n,
}
const NUMBERS: Values = { NaN: Number.NaN, 'minus one': -1, infinite: Number.POSITIVE_INFINITY, half: 1.5 }
const without = (values: Values, ...names: string[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))

/** What an argument may be: one that is right, and many that are wrong. */
interface Argument {
  readonly right: unknown
  readonly wrong: Values
}

const text = (right = 'x'): Argument => ({
  right,
  wrong: { ...OTHERS, 'an object without a prototype': Object.create(null), undefined: undefined, 3: 3 },
})
const requestId: Argument = { right: 1, wrong: { ...OTHERS, undefined: undefined } }
const name = (right = 'x'): Argument => ({ right, wrong: { ...text().wrong, 'an empty text': '' } })
const optional = ({ right, wrong }: Argument): Argument => ({ right, wrong: without(wrong, 'undefined') })
const count = (right = 1): Argument => ({
  right,
  wrong: { ...OTHERS, ...NUMBERS, undefined: undefined, 'a text': '3', zero: 0 },
})
const status: Argument = {
  right: 200,
  wrong: { ...OTHERS, NaN: Number.NaN, half: 1.5, undefined: undefined, 'a text': '200' },
}
const code: Argument = { right: 1000, wrong: { ...OTHERS, ...NUMBERS, 'a text': '1000' } }
const duration: Argument = {
  right: 1,
  wrong: { ...OTHERS, ...without(NUMBERS, 'half'), undefined: undefined, 'a text': 'soon' },
}
const callback: Argument = {
  right: () => {},
  wrong: { ...without(OTHERS, 'a function'), undefined: undefined, 'a text': 'x' },
}
const matcher: Argument = {
  right: MATCHER,
  wrong: { ...OTHERS, undefined: undefined, 'a text': 'x', 'no description': { accepts: () => true } },
}
const matchers: Argument = {
  right: [MATCHER],
  wrong: { ...OTHERS, undefined: undefined, 'a text': 'x', 'a matcher': MATCHER, 'a list of texts': ['x'] },
}
const rows: Argument = {
  right: [['a', '1']],
  wrong: { ...OTHERS, 'a text': 'x', texts: ['a', 'b'], numbers: [['a', 1]], 'three columns': [['a', 'b', 'c']] },
}
const message: Argument = {
  right: 'Hi',
  wrong: {
    ...without(OTHERS, 'null', 'true', 'a list', 'an object', 'a big integer'),
    ...without(NUMBERS, 'minus one', 'half'),
    ...{
      undefined: undefined,
      NaN: { price: Number.NaN },
      'a map': new Map(),
      'a gap': Array(1),
      'no date': new Date('x'),
    },
    'half an expression': { toSend: () => 'x' },
    'half a matcher': { accepts: () => true },
    'a matcher that fails': { accepts: () => true, describe: () => JSON.parse('') },
    'a matcher without words': { accepts: () => true, describe: () => 3 },
  },
}
const object: Argument = {
  right: {},
  wrong: { ...without(OTHERS, 'an object'), undefined: undefined, 3: 3, 'a text': 'x' },
}
/** Options: each may be left out, and none may be misspelt. */
const options = (right: Values, kinds: Record<string, Argument>): Argument => ({
  right,
  wrong: {
    ...{
      null: null,
      3: 3,
      'a text': 'x',
      'a list': ['x'],
      'a function': () => {},
      'an unknown one': { ...right, timeout: 50 },
    },
    ...Object.fromEntries(
      Object.entries(kinds).flatMap(([option, { wrong }]) =>
        Object.entries(without(wrong, 'undefined')).map(([which, value]) => [
          `${option}: ${which}`,
          { ...right, [option]: value },
        ]),
      ),
    ),
  },
})
const flag: Argument = { right: true, wrong: { ...without(OTHERS, 'true'), 3: 3, 'a text': 'true' } }
const texts: Argument = { right: ['x'], wrong: { ...OTHERS, 'a text': 'x', 3: 3 } }
const named: Argument = { right: { a: 'x' }, wrong: { ...OTHERS, 'a text': 'x', 3: 3, triples: [['a', 'b', 'c']] } }
const wait = options({}, { within: duration })
const connect = options({}, { to: text(), parameters: named, headers: named, cookies: named, subprotocols: texts })
const sending = options({}, { after: duration, times: count() })
const request = options(
  {},
  { headers: named, parameters: named, cookies: named, body: text(), after: duration, within: duration },
)
const messages: Argument = {
  right: ['Hi'],
  wrong: { ...without(OTHERS, 'a list'), undefined: undefined, 'a text': 'x', 'no message': [], 'a map': [new Map()] },
}
const source = options({}, { location: text(), pronoun: text() })

/** What each function takes: those of the API, and the methods of its classes. */
const FUNCTIONS: Readonly<Record<string, readonly Argument[]>> = {
  atMost: [matcher, { right: 1, wrong: without(count().wrong, 'zero') }],
  bytes: [text('de ad')],
  consecutively: [matchers],
  containing: [text()],
  contractMessage: [name(), optional(rows)],
  contrary: [message],
  conversationOf: [
    {
      right: new (class {})(),
      wrong: { ...without(OTHERS, 'a list', 'an object'), undefined: undefined, 3: 3, 'a text': 'x' },
    },
  ],
  defineCodec: [
    {
      right: { name: 'wrong-arguments', open: () => ({ decode: () => [], encode: String }) },
      wrong: {
        ...OTHERS,
        undefined: undefined,
        'no name': { open: () => {} },
        'no function': { name: 'x', open: 'x' },
        'wrong flag': { name: 'x', open: () => {}, isBinary: 'x' },
      },
    },
  ],
  defineMarker: [text('#wrong-arguments'), callback],
  defineProtocol: [
    {
      right: { name: 'wrong-arguments', open: () => ({ received: () => [] }) },
      wrong: {
        ...OTHERS,
        undefined: undefined,
        'no name': { open: () => {} },
        'no function': { name: 'x', open: 'x' },
        'wrong subprotocols': { name: 'x', open: () => {}, subprotocols: 'x' },
      },
    },
  ],
  eitherMessage: [matcher, matcher],
  everythingUpTo: [matcher],
  exactlyBefore: [matchers, matcher],
  file: [text()],
  inAnyOrder: [matchers],
  inOrder: [matchers],
  json: [text('{}'), options({}, { exactly: flag })],
  lastMessage: [matcher],
  matchingPattern: [text()],
  message: [matcher],
  messageAfter: [matcher, matcher],
  messageBefore: [matcher, matcher],
  messageCount: [count()],
  messageOfType: [text()],
  messageWhere: [text(), text('is 3')],
  messageWith: [rows],
  messageWithout: [matcher, matcher, options({}, { newOnly: flag })],
  namedEvent: [text(), optional(message)],
  frame: [message],
  namedMessage: [text(), rows],
  nextAfter: [matcher, matcher],
  nextMessage: [matcher],
  onTopic: [text(), message],
  phrase: [text(), options({}, { exactly: flag })],
  regularly: [matcher, duration],
  repeatedly: [matcher, count()],
  silence: [matcher, options({}, { newOnly: flag, metByDisconnection: flag })],
  text: [text()],
  translateSentences: [
    { right: {}, wrong: { ...without(OTHERS, 'an object'), undefined: undefined, 3: 3, 'a text': 'x' } },
  ],
  validAgainst: [text()],
  'BaseConversation.beginSentence': [{ ...object, right: { text: 'Rob connects' } }],
  'BaseConversation.client': [name('Ann')],
  'BaseConversation.connectGroup': [name('listeners'), count(), connect, optional(callback)],
  'BaseConversation.end': [],
  'BaseConversation.readSchema': [text('http://server/')],
  'BaseConversation.setTimeLimit': [duration],
  'BaseConversation.pause': [{ right: 1, wrong: { ...duration.wrong, 'a duration': '1s' } }],
  'BaseConversation.setContract': [
    {
      right: 'test/asyncapi/streetlights-mqtt-2.6.0.yml',
      wrong: { ...OTHERS, undefined: undefined, 3: 3, 'no document': { strict: 'fail' } },
    },
  ],
  'BaseConversation.setProtocol': [
    {
      right: 'json-rpc',
      wrong: { ...OTHERS, undefined: undefined, 3: 3, 'an unknown one': 'x', 'no name': { method: 'x' } },
    },
  ],
  'BaseConversation.setServerUrl': [text('ws://server')],
  'BaseConversation.settle': [],
  'Client.ask': [{ ...message, right: { id: 1 } }, message, wait],
  'Client.call': [text(), optional(message)],
  'Client.catchUp': [],
  'Client.connect': [connect],
  'Client.disconnect': [code, optional(text())],
  'Client.doesNotReceive': [message, wait],
  'Client.ensureConnected': [connect],
  'Client.expect': [{ ...matcher, right: api.messageCount(1) }, wait],
  'Client.expectAnswer': [message, options({}, { within: duration, isError: flag })],
  'Client.expectConnected': [wait],
  'Client.expectDisconnected': [options({}, { code, reason: text(), within: duration })],
  'Client.expectPong': [wait],
  'Client.expectRead': [message],
  'Client.expectRefused': [optional(status)],
  'Client.expectSubprotocol': [text()],
  'Client.ignore': [message],
  'Client.matcher': [message],
  'Client.matcherOfRead': [],
  'Client.ping': [],
  'Client.receives': [message, wait],
  'Client.receivesEvery': [message, duration],
  'Client.receivesLast': [message, wait],
  'Client.reconnect': [],
  'Client.remember': [text(), name()],
  'Client.request': [name('/'), request],
  'Client.send': [message, sending],
  'Client.sendEvery': [message, duration],
  'Client.stopSending': [message],
  'Client.answer': [message, options({}, { isError: flag })],
  'Client.expectSubscriptionRefused': [text('news')],
  'Client.subscribe': [text('news')],
  'Client.unsubscribe': [text('news')],
  'Client.terminate': [],
  'Client.tryToConnect': [connect],
  'Client.when': [message, source],
  'Client.whenever': [message, source],
  'ExactNumber.equals': [],
  'ExactNumber.toJSON': [],
  'ExactNumber.toString': [],
  'ExactNumber.valueOf': [],
  'HttpExchange.cookie': [name()],
  'HttpExchange.expectBody': [matcher],
  'HttpExchange.expectHeader': [name(), text()],
  'HttpExchange.expectStatus': [status],
  'HttpExchange.expectText': [text()],
  'Processes.expectOutput': [text()],
  'Processes.crash': [text('none')],
  'Processes.expectProgramOutput': [text('none'), text(), options({}, { within: duration })],
  'Processes.expectRunning': [text('none')],
  'Processes.freePort': [],
  'Processes.restart': [text('none')],
  'Processes.run': [text('none'), options({}, { within: duration, arguments: text() })],
  'Processes.start': [text('none')],
  'Processes.stop': [text('none')],
  'Confirmations.confirm': [requestId],
  'Confirmations.has': [requestId],
  'Confirmations.refuse': [requestId, text()],
  'Confirmations.wait': [requestId],
  'ReactionBuilder.answerWithError': [message],
  'ReactionBuilder.disconnect': [],
  'ReactionBuilder.do': [name(), callback],
  'ReactionBuilder.request': [name('/'), request],
  'ReactionBuilder.send': [message, sending],
  'ReactionBuilder.sendAll': [messages, sending],
  'Transcript.add': [
    text('sends'),
    text(),
    { right: 'x', wrong: without(OTHERS) },
    options({}, { url: text(), isReaction: flag }),
  ],
  'Transcript.now': [],
  'Variables.cell': [text()],
  'Variables.expectedCell': [text()],
  'Variables.expectedJson': [text('{}')],
  'Variables.fill': [text(), optional(callback)],
  'Variables.fillJson': [text()],
  'Variables.get': [text('client')],
  'Variables.set': [
    text(),
    { right: 1, wrong: { undefined: undefined, NaN: Number.NaN, 'a map': new Map(), 'a function': () => {} } },
  ],
  'Variables.with': [object],
}

type Receiver = Record<string, (...given: unknown[]) => unknown>

/** Something that has this method; a client is connected, unless it is to connect. */
async function receiverOf(
  type: string,
  method: string,
  { conversation: own, server }: ReturnType<typeof startConversation> = startConversation({ correlation: 'id' }),
): Promise<Receiver> {
  const rob = own.client('Rob')
  if (!/connect$/i.test(method) || method === 'disconnect') {
    const connected = rob.connect()
    server.connections.at(-1)?.accepts()
    await connected
  }
  const receivers: Record<string, () => object> = {
    '': () => api,
    BaseConversation: () => own,
    Client: () => rob,
    Confirmations: () => new api.Confirmations(),
    HttpExchange: () =>
      new HttpExchange(
        { method: 'GET', url: 'http://server/', headers: {} },
        { status: 200, headers: {}, text: '' },
        () => own.state.isOver,
      ),
    Processes: () => own.processes,
    ReactionBuilder: () => rob.when('x'),
    Transcript: () => own.transcript,
    Variables: () => rob.variables,
  }
  return receivers[type]?.() as never
}

/** The functions and methods of the API's report. */
function functionsOf(report: string): string[] {
  const functions = [...report.matchAll(/^export function (\w+)\(/gm)].map(([, found]) => found as string)
  const methods = [...report.matchAll(/^export (?:abstract )?class (\w+)[^\n]*\{\n(.*?)^\}/gms)].flatMap(
    ([, type, body = '']) =>
      [...body.matchAll(/^ {4}(?!constructor|get |readonly |static )(\w+)\(/gm)].map(
        ([, method]) => `${type}.${method}`,
      ),
  )
  return [...functions, ...methods]
}

/** Calls a function; what it throws, or rejects with, or undefined. */
async function outcomeOf(called: string, given: readonly unknown[]): Promise<unknown> {
  const [type, method] = called.includes('.') ? called.split('.') : ['', called]
  const receiver = await receiverOf(type as string, method as string)
  try {
    await receiver[method as string]?.(...given)
    return undefined
  } catch (error) {
    return error
  }
}

/** What shows nothing that came from a server, and may be called when the conversation has ended. */
const AFTER_THE_END =
  /^(?!BaseConversation\.(?!client|end|setTimeLimit|settle)|Client|HttpExchange|Processes|ReactionBuilder)/

describe('Calls after the end of the conversation', () => {
  for (const [called, parameters] of Object.entries(FUNCTIONS)) {
    if (AFTER_THE_END.test(called)) continue
    it(`say that it has ended: ${called}`, async () => {
      const started = startConversation()
      const [type = '', method = ''] = called.split('.')
      const receiver = await receiverOf(type, method, started)
      await started.conversation.end()
      const error = await failureOf(async () => receiver[method]?.(...parameters.map(({ right }) => right)))
      expect(error).to.be.instanceOf(api.UsageError)
      expect(error.message).to.match(/ any more: the conversation has ended\.$/)
    })
  }
})

describe('Wrong arguments', () => {
  const report = readFileSync(join(__dirname, '../api/cucumber-websocket.api.md'), 'utf8')

  it('are tried with every function and method of the API', () => {
    expect(Object.keys(FUNCTIONS).sort()).to.deep.equal(functionsOf(report).sort())
  })

  for (const [called, parameters] of Object.entries(FUNCTIONS)) {
    for (const [place, { wrong }] of parameters.entries()) {
      it(`are refused in words: argument ${place + 1} of ${called}`, async () => {
        for (const [which, value] of Object.entries(wrong)) {
          const given = parameters.map(({ right }, at) => (at === place ? value : right))
          const error = await outcomeOf(called, given)
          const label = `${called} with ${which}: ${error instanceof Error ? error.stack : String(error)}`
          expect(error, label).to.be.instanceOf(api.ConversationError)
          expect((error as Error).message, label).not.to.match(
            /has not connected yet|There is no client|is connected already|is not a function/,
          )
        }
      })
    }
  }
})
