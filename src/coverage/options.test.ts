/** The options of the coverage, right and wrong. */

import { expect } from 'chai'
import { UsageError } from '../errors'
import { readOptions } from './options'

describe('readOptions of the coverage', () => {
  it('takes a minimum, or none', () => {
    for (const options of [{ minimum: 0.9 }, { minimum: 0 }, { minimum: 1 }]) {
      expect(readOptions(options)).to.deep.equal(options)
    }
    for (const options of [undefined, {}, { minimum: undefined }]) {
      expect(readOptions(options).minimum).to.equal(undefined)
    }
  })

  for (const [options, words] of [
    [0.9, 'They should be an object, such as { minimum: 0.9 }.'],
    [null, 'They should be an object'],
    [[0.9], 'They should be an object'],
    [{ minimun: 0.9 }, '"minimun" is not a known option. Did you mean "minimum"?'],
    [{ threshold: 0.9 }, '"threshold" is not a known option. There is "minimum".'],
    [{ minimum: '0.9' }, '"minimum" should be a number from 0 to 1, such as 0.9, not "0.9".'],
    [{ minimum: 90 }, '"minimum" should be a number from 0 to 1, such as 0.9, not 90.'],
    [{ minimum: -1 }, '"minimum" should be a number from 0 to 1, such as 0.9, not -1.'],
    [{ minimum: Number.NaN }, '"minimum" should be a number from 0 to 1, such as 0.9, not null.'],
  ] as const) {
    it(`refuses options: ${words}`, () => {
      expect(() => readOptions(options)).to.throw(
        UsageError,
        `The options "asyncapiCoverage" in formatOptions are wrong. ${words}`,
      )
    })
  }
})
