/** Whatever stands in a feature: it is read, or it is a mistake that is told; and how long it is does no harm. */

import { expect } from 'chai'
import fc from 'fast-check'
import { longTextsOf, orUsageError, textOf } from '../../test/support/arbitrary-text'
import type { Client } from '../client/client'
import { connectionTarget, httpUrl } from '../connection/connection-target'
import { ClientRegistry } from '../conversation/client-registry'
import { Message } from '../inbox/message'
import { Secrets } from '../secrets/secrets'
import { joinNames } from '../text/grammar'
import { formatDuration, parseDuration } from '../time/duration'
import type { MessageExpression } from './message-expression'
import { parseDocString, parseMessage } from './parse-message'
import { messageWith } from './table-message'
import { parseTemplate } from './templates'
import { Variables } from './variables'

const variables = new Variables()
variables.set('text', 'Rob & "Ann"\n')
variables.set('half', '\ud83d')
variables.set('list', [1, { a: null }])
variables.set('secret', '#string')
const files = { read: () => Buffer.from('{}'), message: () => ({ text: '{"a": [1]}', isJson: true }) }
const server = { url: 'ws://server/chat?a=b', headers: {}, subprotocols: [] }
const message = new Message(1, 0, '{"a": [1, "b"]}')

/** Sends and expects what was written. */
function use(wording: MessageExpression): void {
  for (const phrases of [{}, { sent: '<${phrase}>', received: { said: '${phrase}' } }]) {
    const speaker = { variables, phrases, files }
    orUsageError(() =>
      expect(wording.toSend(speaker)).to.satisfy((it: unknown) => typeof it === 'string' || Buffer.isBuffer(it)),
    )
    orUsageError(() => expect(wording.toMatcher(speaker).accepts(message)).to.be.a('boolean'))
  }
}

const client = (name: string) =>
  ({ name, state: { isIntroduced: true, isGone: false, inbox: { hasConnected: true } } }) as Client

const arrivals = (text: string) => [
  { to: text },
  { parameters: [[text, text]] as const },
  { headers: { a: text }, cookies: { a: text }, subprotocols: [text] },
]

/** All that reads a text of a feature. */
const READERS: Readonly<Record<string, (text: string) => void>> = {
  'a message in a sentence': (text) => use(parseMessage(`"${text}"`)),
  'JSON in a sentence': (text) => {
    use(parseMessage(`{${text}}`))
    use(parseMessage(`[${text}`))
  },
  'a cell': (text) => use(parseMessage(text)),
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
      for (const arrival of arrivals(to))
        orUsageError(() => expect(connectionTarget(server, arrival, variables).url).to.match(/^wss?:/))
      orUsageError(() => expect(httpUrl(server, to, variables)).to.match(/^https?:/))
      new Secrets(['parameter:a']).learnFromAddress(to)
    }
  },
  'a duration': (text) => expect(parseDuration(text)).to.be.within(0, 2 ** 31),
  'a name': (text) => {
    const roster = new ClientRegistry(client)
    for (const names of [text, `"${text}"`, `everyone but ${text}`, `the ${text}`, `every ${text}`])
      orUsageError(() => expect(roster.resolveAll(names)).to.be.an('array'))
    orUsageError(() => roster.createGroup(text, 1))
    expect(roster.unknownClient(text).message).to.contain('There is no client')
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

describe('whatever is written', () => {
  for (const [what, read] of Object.entries(READERS)) {
    it(`is read as ${what}, or is a mistake`, () =>
      fc.assert(
        fc.property(textOf(PIECES), (text) => void orUsageError(() => read(text))),
        { numRuns: 500 },
      ))

    it(`is read as ${what} before long`, () => {
      for (const text of longTextsOf(PIECES)) orUsageError(() => read(text))
    }).timeout(60_000)
  }
})

describe('any duration', () => {
  it('is the number of its unit', () =>
    fc.assert(
      fc.property(
        fc.nat(100),
        fc.constantFrom(
          ...Object.entries({ ms: 1, millisecond: 1, s: 1000, second: 1000, m: 6e4, minute: 6e4, h: 36e5, hour: 36e5 }),
        ),
        fc.constantFrom('', ' '),
        (count, [unit, length], blank) => {
          expect(parseDuration(`${count}${blank}${unit}`)).to.equal(count * length)
          if (unit.length > 2) expect(parseDuration(`${count}.5${blank}${unit}s`)).to.equal((count + 0.5) * length)
          expect(() => parseDuration(`-1${unit}`)).to.throw('is not a valid duration')
        },
      ),
    ))

  it('is read again from its words', () =>
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        (time) => void expect(parseDuration(formatDuration(time))).to.be.closeTo(time, 5.001),
      ),
    ))
})

describe('any names', () => {
  const name = fc.oneof(
    fc.stringMatching(/^[A-Z][a-z]*$/).map((bare) => [bare, bare]),
    fc
      .string({ unit: 'binary' })
      .filter((text) => !text.includes('"'))
      .map((text) => [text, `"${text}"`]),
    fc.stringMatching(/^[a-z]+$/).map((role) => [role, `the ${role}`]),
  )

  it('are found in the list of them, in its order and once each', () =>
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 10 }), (names) => {
        const written = joinNames(names.map(([, one]) => one as string))
        const found = new ClientRegistry(client).resolveAll(written).map((one) => one.name)
        expect(found).to.deep.equal([...new Set(names.map(([meant]) => meant))])
      }),
    ))
})

describe('any address', () => {
  it('has the parameters and cookies that are brought along, whatever is in them', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))), (parameters) => {
        const own = new Variables()
        const named = parameters.map(([name, value], index) => {
          own.set(`v${index}`, value)
          return [name, `\${v${index}}`] as const
        })
        const { url } = connectionTarget(server, { parameters: named }, own)
        expect([...new URL(url).searchParams]).to.deep.equal([['a', 'b'], ...parameters])
        const cookies = Object.fromEntries(named.map(([, value], index) => [`c${index}`, value]))
        const { Cookie = '' } = connectionTarget(server, { cookies }, own).headers
        const read = Cookie === '' ? [] : Cookie.split('; ').map((one) => one.slice(one.indexOf('=') + 1))
        expect(read.join('')).to.match(/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/)
        expect(read.length).to.equal(parameters.length)
      }),
    ))
})
