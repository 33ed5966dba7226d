/** Whatever names a server gives to members: Cucumber can lay its message beside the expected one, and shows no secret of it. */

import { createRequire } from 'node:module'
import { expect } from 'chai'
import fc from 'fast-check'
import { ExpectationError } from '../errors'
import { comparableValues } from '../json/comparable-values'
import { parseJson, stringifyJson } from '../json/json-text'
import { registerRedaction } from '../redaction'
import { Secrets } from '../secrets/secrets'

const requireOfCucumber = createRequire(require.resolve('@cucumber/cucumber/package.json'))

/** Cucumber's own, by which it shows what is compared. */
const { format } = requireOfCucumber('assertion-error-formatter') as { format(error: Error): string }

const NUMBER = 987654321

describe('Values side by side', () => {
  const names = [
    ...Object.getOwnPropertyNames(Object.prototype),
    'toJSON',
    'length',
    'inspect',
    'then',
    'hunter22',
    'a',
  ]
  const sources = fc.constantFrom('1', 'null', '1e400', `${NUMBER}`, '"hunter22"', '"toJSON"', '0.0', '[]', '{}')
  const { value } = fc.letrec<{ value: string; object: string; list: string }>((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, sources, tie('object'), tie('list')),
    object: fc
      .uniqueArray(fc.tuple(fc.constantFrom(...names), tie('value')), { maxLength: 4, selector: ([name]) => name })
      .map((members) => `{${members.map(([name, member]) => `"${name}":${member}`)}}`),
    list: fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items}]`),
  }))

  it('are formatted, without their secrets', () => {
    fc.assert(
      fc.property(value, value, (expected, actual) => {
        const secrets = new Secrets(['$.token'])
        const stop = registerRedaction(secrets)
        try {
          secrets.learn({ token: ['hunter22', NUMBER] })
          const values = comparableValues(parseJson(expected), parseJson(actual))
          const error = new ExpectationError('They differ.', values)
          const shown = [format(error), stringifyJson(error.expected ?? null), stringifyJson(error.actual ?? null)]
          expect(shown.join('\n')).not.to.match(/hunter22|987654321/)
        } finally {
          stop()
        }
      }),
      { numRuns: 3000 },
    )
  })
})
