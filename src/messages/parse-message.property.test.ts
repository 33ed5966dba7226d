/** All that reads a text of a feature, given any text: it is read or refused with a UsageError, and quickly if it is long. */

import { expect } from 'chai'
import fc from 'fast-check'
import { longTextsOf, orUsageError, textOf } from '../../test/support/arbitrary-text'
import type { Client } from '../client/client'
import { connectionTarget, httpTarget } from '../connection/connection-target'
import { ClientRegistry } from '../conversation-state/client-registry'
import { Message } from '../inbox/message'
import { Secrets } from '../secrets/secrets'
import { parseDuration } from '../time/duration'
import { Variables } from '../variables/variables'
import type { MessageExpression } from './message-expression'
import { parseCell, parseDocString, parseMessage } from './parse-message'
import { messageWith } from './table-message'
import { parseTemplate } from './templates'

const variables = new Variables()
variables.set('text', 'Rob & "Ann"\n')
variables.set('half', '\ud83d')
variables.set('list', [1, { a: null }])
variables.set('secret', '#string')
const files = { read: () => Buffer.from('{}'), message: () => ({ text: '{"a": [1]}', isJson: true }) }
const server = { url: 'ws://server/chat?a=b', headers: {}, subprotocols: [] }
const message = new Message(1, 0, '{"a": [1, "b"]}')

/** Sends and expects the message. */
function use(expression: MessageExpression): void {
  for (const phrases of [{}, { sent: '<${phrase}>', received: { said: '${phrase}' } }]) {
    const context = { variables, phrases, files }
    orUsageError(() =>
      expect(expression.toSend(context)).to.satisfy((it: unknown) => typeof it === 'string' || Buffer.isBuffer(it)),
    )
    orUsageError(() => expect(expression.toMatcher(context).accepts(message)).to.be.a('boolean'))
  }
}

const client = (name: string) =>
  ({ name, state: { isIntroduced: true, isGone: false, inbox: { hasConnected: true } } }) as Client

const connectOptions = (text: string) => [
  { to: text },
  { parameters: [[text, text]] as const },
  { headers: { a: text }, cookies: { a: text }, subprotocols: [text] },
]

/** Everything that reads a text of a feature. */
const READERS: Readonly<Record<string, (text: string) => void>> = {
  'a message in a sentence': (text) => use(parseMessage(`"${text}"`)),
  'JSON in a sentence': (text) => {
    use(parseMessage(`{${text}}`))
    use(parseMessage(`[${text}`))
  },
  'a cell': (text) => use(parseCell(text)),
  'a doc string': (text) => use(parseDocString(text, { mediaType: text.startsWith('"') ? 'json' : '', exactly: true })),
  'a path and a value': (text) => {
    use(
      messageWith([
        ['a', text],
        [text, '1'],
      ]),
    )
    use(messageWith([[text]]))
  },
  'a template': (text) => void parseTemplate(text, { isExpected: true }),
  'an address': (text) => {
    for (const to of [text, `//${text}`, `ws://${text}`, `?${text}`]) {
      for (const options of connectOptions(to))
        orUsageError(() => expect(connectionTarget(server, options, variables).url).to.match(/^wss?:/))
      orUsageError(() => expect(httpTarget(server, { to }, variables).url).to.match(/^https?:/))
      new Secrets(['parameter:a']).learnFromAddress(to)
    }
  },
  'a duration': (text) => expect(parseDuration(text)).to.be.within(0, 2 ** 31),
  'a name': (text) => {
    const clients = new ClientRegistry(client)
    for (const names of [text, `"${text}"`, `everyone but ${text}`, `the ${text}`, `every ${text}`])
      orUsageError(() => expect(clients.resolveAll(names)).to.be.an('array'))
    orUsageError(() => clients.createGroup(text, 1))
    expect(clients.unknownClient(text).message).to.contain('There is no client')
  },
}

const PIECES = [
  '"',
  "'",
  '\\',
  '\\"',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  ' ',
  '/',
  '?',
  '&',
  '=',
  '@',
  '%',
  '#',
  '.',
  '$',
  '*',
]
PIECES.push(
  '${text}',
  '${half}',
  '${list}',
  '${secret}',
  '${',
  '${unknown}',
  '${phrase}',
  'a',
  '1',
  '-',
  '"a":',
  '["',
  '{"a":',
)
PIECES.push(
  '#string',
  '#[',
  '#regex (',
  'the ',
  'every ',
  ' and ',
  'he',
  'everyone',
  'ws://',
  ' ms',
  'the bytes "',
  'any message',
)

describe('Texts of features, whatever they are', () => {
  for (const [what, read] of Object.entries(READERS)) {
    it(`are read as ${what}, or refused with a UsageError`, () =>
      fc.assert(
        fc.property(textOf(PIECES), (text) => void orUsageError(() => read(text))),
        { numRuns: 500 },
      ))

    it(`are read quickly as ${what}`, () => {
      for (const text of longTextsOf(PIECES)) orUsageError(() => read(text))
    }).timeout(60_000)
  }
})
