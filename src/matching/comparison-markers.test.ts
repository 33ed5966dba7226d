import { expect } from 'chai'
import { UsageError } from '../errors'
import { ExactNumber } from '../json/exact-number'
import { ABSENT } from '../json/json-value'
import { COMPARISONS } from './comparison-markers'
import { markerFor } from './markers'

const large = new ExactNumber('9007199254740993')

describe('Comparison markers', () => {
  for (const [marker, accepted, rejected] of [
    ['#> 100', [101, 100.5, large], [100, 99, '101', null, ABSENT, [101]]],
    ['#>= 100', [100, 101], [99.9]],
    ['#< 1.5', [1, -3, 0], [1.5, 2, large]],
    ['#<= -2', [-2, -3], [-1]],
    ['#>0', [1], [0]],
    ['#number > 100', [101], [100, '101']],
    ['#number >= 1', [1], [0]],
    ['#> 9007199254740992', [large], [9007199254740991]],
    ['#< 9007199254740994', [large, 1], [new ExactNumber('9007199254740995')]],
    ['#< 1e400', [1, large], ['1']],
    ['#between 1 and 5', [1, 3, 5], [0, 5.1, '3', ABSENT]],
    ['#number between -1 and 0', [-1, -0.5, 0], [1]],
    ['#!= 100', [99, '100', null, [], 'x'], [100, ABSENT]],
    ['#!= 9007199254740993', [9007199254740992, 'x'], [large]],
    ['#!= 0', [1, '0'], [0, -0, new ExactNumber('-0.0')]],
    ['#!= -0', [1], [0, -0]],
    ['#!= [0, {"a": -0}]', [[0]], [[-0, { a: 0 }]]],
    ['#!= {"a": 1, "b": 2}', [{ a: 1 }, { a: 1, b: 3 }, []], [{ b: 2, a: 1 }]],
    ['#> 1e99999999999999999998', [new ExactNumber('1e99999999999999999999')], [1]],
    ['#!= open', ['closed', 1], ['open']],
    ['#!= null', ['x', 0], [null]],
    ['#contains lo', ['lo', 'Hello', ['lo', 'x']], ['Hel', 3, null, ABSENT, ['Hello']]],
    ['#contains 3', ['131', [1, 3], ['3']], [[1, 2], 3]],
    ['#contains "3"', ['131', ['3']], [[3], '1']],
    ['#startsWith "He"', ['Hello'], ['"He"']],
    ['#startsWith "He', ['"Hello'], ['Hello']],
    ['#startsWith He', ['Hello'], ['hello', ['He'], ABSENT]],
    ['#endsWith lo', ['Hello'], ['lot', 3]],
    ['#/^he/i', ['Hello', 'hey'], ['oh hey', 3]],
    ['#/a.c/s', ['a\nc'], ['ab']],
    ['#/a/b/', ['xa/by'], ['ab']],
    ['#regex (?i)^he', ['HELLO'], ['oh']],
  ] as const) {
    it(`${marker} stands for the right values`, () => {
      const matches = markerFor(marker)
      expect(accepted.map((value) => matches?.(value))).to.deep.equal(accepted.map(() => true))
      expect(rejected.map((value) => matches?.(value))).to.deep.equal(rejected.map(() => false))
    })
  }

  it('are all listed', () => {
    for (const source of COMPARISONS) expect(markerFor(source), source).to.be.a('function')
    expect(() => markerFor('#contians lo')).to.throw(UsageError, 'Did you mean #contains lo?')
    for (const source of COMPARISONS) expect(() => markerFor('#nothing')).to.throw(UsageError, source)
  })

  for (const [marker, words] of [
    ['#> abc', '"#> abc" compares with "abc", which is not a number: write it like "#> 100".'],
    ['#>', '"#>" compares with "", which is not a number'],
    ['#> 1.', '"#> 1." compares with "1.", which is not a number'],
    ['#number < "3"', 'compares with ""3"", which is not a number'],
    ['#between 1 and x', '"#between 1 and x" compares with "x", which is not a number'],
    ['#between 5 and 1', 'Nothing is between 5 and 1: write the smaller number first.'],
    ['#/(/', '"(" is not a valid regular expression'],
  ] as const) {
    it(`refuses ${marker}`, () => expect(() => markerFor(marker)).to.throw(UsageError, words))
  }

  it('compares numbers that are too long to be compared by their digits', () => {
    expect(markerFor(`#> 1e${'9'.repeat(20)}`)?.(1)).to.equal(false)
  })
})
