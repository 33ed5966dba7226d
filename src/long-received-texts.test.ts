/** However long a server's text is, and whatever it repeats, whoever reads it takes a time in proportion. */

import { PassThrough } from 'node:stream'
import { expect } from 'chai'
import { orUsageError } from '../test/support/arbitrary-text'
import { describeState } from './connection/connection-state'
import { renewBudget } from './evaluation-limit'
import { Message } from './inbox/message'
import { comparableValues } from './json/comparable-values'
import { parseJson } from './json/json-text'
import { jsonContaining } from './matching/json-matcher'
import type { Matcher } from './matching/matcher'
import { havingMembers } from './matching/members-matcher'
import { phraseContaining, phraseEqualTo, phraseMatching } from './matching/phrase-matcher'
import { readings } from './matching/readings'
import { parsePath } from './paths/path'
import { ProcessOutput } from './programs/output'
import { WordSearch } from './programs/text-search'
import { registerRedaction } from './redaction'
import { entryText, rawText } from './report/entry-text'
import { Secrets } from './secrets/secrets'
import { excerpt, hexExcerpt, messageExcerpt } from './text/excerpt'
import { unquote } from './text/unquote'
import { parseUrl } from './text/url'
import { escapeInvisible, lookAlike } from './text/visible'
import { includesWords } from './text/whole-words'
import { fillFilePath, fillPath, fillPattern } from './variables/fill-in-place'
import { Variables } from './variables/variables'

/** Lengths in characters: what takes the square of the time takes sixteen times as much for the longer one. */
const [SHORT, LONG] = [6000, 24_000]
/** What is quicker, in ms, is quick enough; and so much longer the longer one may take. */
const [QUICK, MAX_GROWTH] = [100, 10]

const CHARACTERS = [...'a1 \n"\\{:%&=.!', '\u001b', '\ud83d']
const PIECES = [
  '"token":',
  '{"token":',
  '\\u0073',
  '\\u005c',
  '%25',
  '&amp;',
  '\u001b]',
  'hunte',
  '🏴',
  '={"a":',
  '@',
  '-',
  ';',
  '$',
  '[',
  ',',
  'é',
  '\u009b',
]
const UNITS = [...CHARACTERS, ...CHARACTERS.flatMap((one) => CHARACTERS.map((other) => one + other)), ...PIECES]

const knowing = (): Secrets => {
  const secrets = new Secrets(['$.token', '$..pin', 'header:authorization', 'header:cookie', 'parameter:token'])
  secrets.learn({ token: 'hunter2', pin: '123' })
  return secrets
}

const matchedBy = (matcher: Matcher) => (text: string) => {
  const message = new Message(1, 0, text)
  return [matcher.accepts(message), matcher.compare?.(message)]
}

const remembering = (value: string): Variables => {
  const variables = new Variables()
  variables.set('x', value)
  return variables
}

/** What reads a text that a server or a program has sent. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'secrets learned from JSON': (text) => knowing().learnFromText(JSON.stringify({ token: text })),
  'secrets learned from a text': (text) => knowing().learnFromText(`{"token": ${text}a`),
  'secrets learned from an open text': (text) => knowing().learnFromText(`{"token": "${text}`),
  'secrets learned from a bare word': (text) => knowing().learnFromText(`{"token": x${text}a`),
  'secrets learned from an address': (text) => knowing().learnFromAddress(text),
  'secrets learned from an address with a password': (text) =>
    knowing().learnFromAddress(`ws://a:${text}@b?token=${text}`),
  'secrets learned from headers': (text) =>
    knowing().learnFromHeaders({ Authorization: `Digest ${text}`, Cookie: text, 'Set-Cookie': text, Location: text }),
  redaction: (text) => knowing().hide(text),
  'redaction of the beginning': (text) => knowing().hide(text, 300),
  excerpts: (text) => [excerpt(text), excerpt(text, { from: text.length / 2 }), messageExcerpt(`{"a":"${text}"`)],
  'excerpts of bytes': (text) => hexExcerpt(Buffer.from(text)),
  'lines of a report': (text) => [entryText(received(text)), rawText(received(text))],
  'phrases that are equal': matchedBy(phraseEqualTo('Hello')),
  'phrases that contain': matchedBy(phraseContaining('Hello', { message: '${phrase}' })),
  'phrases that match': matchedBy(phraseMatching('^Hello$')),
  'JSON that contains': matchedBy(jsonContaining({ a: 'b', c: 12 })),
  members: matchedBy(havingMembers([['a.b', 1]])),
  readings: (text) => [...readings(new Message(1, 0, JSON.stringify([text])), { withParts: true })],
  'readings of what may be JSON': (text) => [...readings(new Message(1, 0, `{"a":${text}`), { withParts: true })],
  comparisons: (text) => comparableValues([`${text}x`, text], [text, `x${text}`]),
  'refusals and reasons': (body) => [
    describeState({ kind: 'refused', status: 403, statusText: body, body }, 'ws://server'),
    describeState({ kind: 'closed by the server', code: 4000, reason: body }, 'ws://server'),
  ],
  values: (text) => [unquote(`"${text}"`), parseUrl(text), parseJson(text)],
  'what cannot be seen': (text) => [escapeInvisible(text), lookAlike(text, `${text}a`)],
  words: (text) => includesWords(text, 'a'),
  'remembered values in patterns': (text) => fillPattern('^${x}$', remembering(text)),
  'remembered values in paths': (text) => parsePath(fillPath('a[${x}].b', remembering(text))).select({ a: [] }),
  'remembered values in names of files': (text) => fillFilePath('a/${x}.json', remembering(text)),
  'remembered values in JSON': (text) => remembering(text).fill('{"a": "${x}"}'),
  'output of programs': (text) => {
    const output = new ProcessOutput()
    const pipe = new PassThrough()
    output.readFrom(pipe)
    output.search(
      () => new WordSearch('Hello'),
      () => {},
    )
    for (let at = 0; at < text.length; at += 5000) pipe.emit('data', text.slice(at, at + 5000))
    return output.text
  },
}

function received(detail: string) {
  return { kind: 'receives', detail } as const
}

describe('Long texts of a server', () => {
  for (const [what, read] of Object.entries(READERS)) {
    it(`take a time in proportion: ${what}`, () => {
      const stopRedacting = registerRedaction(knowing())
      try {
        const slow = UNITS.find((unit) => growsTooFast((text) => orUsageError(() => read(text)), unit))
        expect(slow).to.equal(undefined)
      } finally {
        stopRedacting()
      }
    }).timeout(120_000)
  }

  it('are shown by their beginning, which takes no longer if they are longer', () => {
    const timeFor = (text: string) => {
      const stopRedacting = registerRedaction(knowing())
      const start = performance.now()
      for (let time = 0; time < 20; time++) {
        messageExcerpt(text)
        hexExcerpt(Buffer.from(text))
      }
      stopRedacting()
      return performance.now() - start
    }
    for (const unit of ['\\', '\\u0073', '\\u005cu0073', '%2573', 'hunte', '{"a":', 'x']) {
      const [text, longText] = [unit.repeat(100_000 / unit.length), unit.repeat(2_000_000 / unit.length)]
      const isTooSlow = () => timeFor(longText) > Math.max(10 * QUICK, 5 * timeFor(text))
      expect(isTooSlow() && isTooSlow(), unit).to.equal(false)
    }
  }).timeout(120_000)

  it('would be noticed if they took the square of it', () => {
    expect(growsTooFast((text) => text.replace(/!+$/, ''), '!a')).to.equal(false)
    // Other processes may take their time from the shorter text as well.
    const isNoticed = () => growsTooFast((text) => `${text}a`.replace(/[^a]+$/, ''), '!')
    expect(Array.from({ length: 5 }).some(isNoticed)).to.equal(true)
  })
})

/** What reads JSON that a server has sent. */
const JSON_READERS: Readonly<Record<string, (text: string) => unknown>> = {
  readings: (text) => [...readings(new Message(1, 0, text), { withParts: true })],
  'secrets learned': (text) => new Secrets(['$.b']).learnFromText(text),
  'secrets learned at every depth': (text) => new Secrets(['$..b']).learnFromText(text),
  paths: (text) => ['$..b', '$..*', '$..[0]'].map((path) => parsePath(path).select(JSON.parse(text))),
  comparisons: (text) => comparableValues(JSON.parse(text), JSON.parse(text.replaceAll('x', 'y'))),
  'JSON that contains': (text) => matchedBy(jsonContaining(JSON.parse(text)))(text.replaceAll('x', 'y')),
  members: matchedBy(havingMembers([['$..c', 1]])),
}

/** Items with an escape each, below so many members. */
function nested(depth: number): string {
  const items = JSON.stringify(Array.from({ length: 60_000 }, (_, at) => `x\\${at}`))
  return `${'{"b":'.repeat(depth)}${items}${'}'.repeat(depth)}`
}

describe('Deeply nested JSON of a server', () => {
  for (const [what, read] of Object.entries(JSON_READERS)) {
    it(`takes as long as what is not nested: ${what}`, () => {
      const timeFor = (depth: number) => {
        renewBudget()
        const text = nested(depth)
        const start = performance.now()
        orUsageError(() => read(text))
        return performance.now() - start
      }
      const isTooSlow = () => timeFor(490) > Math.max(5 * QUICK, MAX_GROWTH * timeFor(1))
      expect(isTooSlow() && isTooSlow()).to.equal(false)
    })
  }
})

/** Whether what reads many repetitions takes far more than in proportion; twice, as other processes may be in the way. */
function growsTooFast(read: (text: string) => unknown, unit: string): boolean {
  const timeFor = (length: number) => {
    const text = unit.repeat(length / unit.length)
    const start = performance.now()
    read(text)
    return performance.now() - start
  }
  const isTooSlow = () => timeFor(LONG) > QUICK && timeFor(LONG) > Math.max(QUICK, MAX_GROWTH * timeFor(SHORT))
  return isTooSlow() && isTooSlow()
}
