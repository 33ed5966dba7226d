/** Numbers keep their value, in whatever way a message comes and is compared. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { noFiles } from '../../test/support/fake-server'
import { Message } from '../inbox/message'
import { projectFiles } from '../transport/project-files'
import { Variables } from '../variables/variables'
import { json, jsonValue } from './json-message'
import type { MessageContext, MessageExpression } from './message-expression'
import { parseDocString, parseMessage } from './parse-message'
import { phrase } from './phrase-message'
import { rememberedValue } from './remembered-value'
import { messageWith, namedMessage } from './table-message'
import { parseTemplate } from './templates'

const digits = fc.stringMatching(/^(0|[1-9]\d{0,24})$/)
const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    digits,
    fc.stringMatching(/^(\.\d{1,22})?$/),
    fc.stringMatching(/^([eE][-+]?\d{1,3})?$/),
  )
  .map((parts) => parts.join(''))
const hostile = fc.oneof(
  number,
  fc.constantFrom('9007199254740991', '9007199254740992', '9007199254740993', '-9007199254740993', '1e400', '1e-400'),
  fc.constantFrom('0.1000000000000000055', '0.1', '1.0', '-0', '-0.0', '0', '1e22', '1e23', '5e-324', '2e-324'),
)

interface Evaluation {
  readonly expression: MessageExpression
  readonly context: MessageContext
}

/** A message `{"n": …}` whose number comes this way, in its spelling or another. */
type Way = (source: string) => Evaluation

const plain = (expression: MessageExpression, variables = new Variables()): Evaluation => ({
  expression,
  context: { variables, phrases: {}, files: noFiles },
})

/** The variables after `Rob remembers "…" as "x"`, and those of a reaction to the message. */
const remembering = (source: string, path: string) => {
  const variables = new Variables()
  variables.set('x', rememberedValue(new Message(1, 0, `{"a":{"n":${source}}}`), path, 'The message'))
  return variables
}
const reacting = (source: string) => new Variables().with({ received: new Message(1, 0, `{"n":${source}}`).json })

let folder: string
const named = (file: string, text: string, rows?: string[][]): Evaluation => {
  writeFileSync(join(folder, file), text)
  const context = { variables: new Variables(), phrases: {}, files: projectFiles('.', folder) }
  return { expression: namedMessage(file.replace(/\..*/, ''), rows), context }
}

/** Ways that keep how the number was written. */
const AS_WRITTEN: Readonly<Record<string, Way>> = {
  'JSON in a sentence': (source) => plain(parseMessage(`{"n":${source}}`)),
  'a doc string': (source) => plain(parseDocString(`{"n":${source}}`, {})),
  'exact JSON': (source) => plain(json(`{"n":${source}}`, { exactly: true })),
  'a table': (source) => plain(messageWith([['n', source]])),
  'a table with JSON': (source) => plain(messageWith([['$', `{"n":${source}}`]])),
  'a named message': (source) => named('json.json', `{"n":${source}}\n`),
  'a named message with a table': (source) => named('more.json', `{"n":${source}}`, [['m', source]]),
  'a named message, overridden': (source) => named('over.json', '{"n":0}', [['n', source]]),
  'a named message of YAML': (source) => named('yaml.yaml', `n: ${source}\n`),
  'a template': (source) => {
    const template = parseTemplate(`{"n":${source},"m":"\${phrase}"}`, { isExpected: true })
    const context = { variables: new Variables(), phrases: { sent: template, received: template }, files: noFiles }
    return { expression: phrase('Hi'), context }
  },
  'a template with variables': (source) => {
    const template = parseTemplate(`{"n":${source},"m":"\${phrase}","x":"\${x}"}`, { isExpected: true })
    const variables = new Variables().with({ x: 'x' })
    return {
      expression: phrase('Hi'),
      context: { variables, phrases: { sent: template, received: template }, files: noFiles },
    }
  },
}

/** Ways that keep its value. */
const BY_VALUE: Readonly<Record<string, Way>> = {
  'a variable': (source) => plain(json('{"n":${x}}'), remembering(source, 'a.n')),
  'a variable in quotes': (source) => plain(json('{"n":"${x}"}'), remembering(source, 'a.n')),
  'an object in a variable': (source) => plain(json('${x}'), remembering(source, 'a')),
  'a variable in a table': (source) => plain(messageWith([['n', '${x}']]), remembering(source, 'a.n')),
  'an object in a table': (source) => plain(messageWith([['$', '${x}']]), remembering(source, 'a')),
  'what a reaction received': (source) => plain(json('${received}'), reacting(source)),
  'a part of it': (source) => plain(json('{"n":${received.n}}'), reacting(source)),
  'a part of it in a value': (source) => plain(jsonValue({ n: '${received.n}' }), reacting(source)),
  'a value that was received': (source) => plain(jsonValue(new Message(1, 0, `{"n":${source}}`).json)),
}

/** The same number in one spelling: without a double, since it would round. */
function canonical(source: string): string {
  const [, sign, whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e(.+))?$/i.exec(source) ?? []
  const significant = (whole + fraction).replace(/^0+/, '')
  const short = significant.replace(/0+$/, '')
  if (short === '') return '0'
  return `${sign}${short}e${Number(exponent) - fraction.length + significant.length - short.length}`
}

/** The number of a message, as it is written there. */
function numberIn(message: string | Buffer): string {
  return /"n":\s*([^,}\s]+)/.exec(String(message))?.[1] as string
}

/** The numbers beside another one: they differ in the last place, which a double may not have. */
function neighbours(source: string): string[] {
  const [, mantissa = '', exponent = ''] = /^([^e]*)(.*)$/i.exec(source) ?? []
  const more = mantissa.includes('.') ? `${mantissa}1` : `${mantissa}.${'0'.repeat(20)}1`
  const last = Number(mantissa.at(-1))
  return [`${more}${exponent}`, `${mantissa.slice(0, -1)}${last === 9 ? 8 : last + 1}${exponent}`]
}

describe('Numbers', () => {
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'numbers-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  for (const [name, way] of Object.entries({ ...AS_WRITTEN, ...BY_VALUE })) {
    it(`keep their value when they are sent by ${name}`, () =>
      fc.assert(
        fc.property(hostile, (source) => {
          const { expression, context } = way(source)
          const sent = numberIn(expression.toSend(context))
          expect(canonical(sent), sent).to.equal(canonical(source))
          if (Object.hasOwn(AS_WRITTEN, name)) expect(sent).to.equal(source)
        }),
      ))

    it(`are the only ones that are accepted by ${name}`, () =>
      fc.assert(
        fc.property(hostile, (source) => {
          const { expression, context } = way(source)
          const matcher = expression.toMatcher(context)
          const sent = String(expression.toSend(context))
          const accepts = (other: string) =>
            matcher.accepts(new Message(1, 0, sent.replace(/("n":\s*)[^,}\s]+/, `$1${other}`)))
          expect(accepts(source), source).to.equal(true)
          expect(neighbours(source).filter(accepts)).to.deep.equal([])
        }),
      ))
  }
})
