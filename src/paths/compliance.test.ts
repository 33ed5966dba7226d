/** What the compliance tests of RFC 9535 expect; a package that is tested by them, too, has them. */

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { UsageError } from '../errors'
import { parsePath } from './path'

interface ComplianceTest {
  readonly name: string
  readonly selector: string
  readonly document?: unknown
  readonly result?: readonly unknown[]
  readonly results?: readonly (readonly unknown[])[]
  readonly invalid_selector?: true
}

const folder = dirname(require.resolve('jsonpath-rfc9535/package.json'))
const file = join(folder, 'src/__tests__/jsonpath-compliance-test-suite/cts.json')
const { tests } = JSON.parse(readFileSync(file, 'utf8')) as { readonly tests: readonly ComplianceTest[] }

describe('parsePath, by the compliance tests of RFC 9535', () => {
  for (const { name, selector, document, result, results, invalid_selector: isInvalid } of tests) {
    it(name, () => {
      if (isInvalid) expect(() => parsePath(selector)).to.throw(UsageError)
      else expect(results ?? [result]).to.deep.include(parsePath(selector).select(document))
    })
  }
})
