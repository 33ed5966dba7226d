import { expect } from 'chai'
import { UsageError } from '../errors'
import { formatDuration, parseDuration, parseTimes, parseWrittenDuration } from './duration'

describe('parseDuration', () => {
  for (const [written, ms] of [
    ['2 seconds', 2000],
    ['1 second', 1000],
    ['1.5s', 1500],
    ['200 ms', 200],
    ['200ms', 200],
    ['0.5 minutes', 30_000],
    ['1 h', 3_600_000],
    ['24 days', 2_073_600_000],
    [200, 200],
    [0, 0],
    [0.5, 0.5],
    [2 ** 31 - 1, 2 ** 31 - 1],
  ] as const) {
    it(`reads ${JSON.stringify(written)} as ${ms} ms`, () => {
      expect(parseDuration(written)).to.equal(ms)
    })
  }

  for (const [written, shown] of [
    ['soon', '"soon"'],
    ['', '""'],
    ['2 fortnights', '"2 fortnights"'],
    ['-5s', '"-5s"'],
    [`1${' '.repeat(200)}s`, `"1${' '.repeat(200)}s"`],
    [-1, '-1'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [null, 'null'],
    [undefined, 'undefined'],
    [true, 'true'],
  ] as [never, string][]) {
    it(`refuses ${shown.replace(/ +/, ' ')}`, () => {
      const words = `${shown} is not a valid duration. Write it like "2 seconds", "1.5s" or "200ms".`
      expect(() => parseDuration(written)).to.throw(UsageError, words)
    })
  }

  for (const written of ['5', '0', ' 200 ', '1.5', '.5', '5.', '-5', '+5']) {
    it(`refuses "${written}", which has no unit`, () => {
      const words = `"${written}" has no unit. Write it like "2 seconds", "1.5s" or "200ms".`
      expect(() => parseDuration(written)).to.throw(UsageError, words)
    })
  }

  it('refuses what is longer than a timer can wait', () => {
    expect(() => parseDuration('25 days')).to.throw(UsageError, '25 days is too long: the longest duration is 24 days.')
    expect(() => parseDuration(2 ** 31)).to.throw(
      UsageError,
      '2147483648 is too long: the longest duration is 24 days.',
    )
  })
})

describe('parseWrittenDuration', () => {
  for (const [written, ms] of [
    ['2 seconds', 2000],
    ['1.5s', 1500],
    ['200ms', 200],
    ['a second', 1000],
    ['an hour', 3_600_000],
    ['half a second', 500],
    ['half an hour', 1_800_000],
    ['three minutes', 180_000],
    ['second', 1000],
    ['minute', 60_000],
    ['0 seconds', 0],
  ] as const) {
    it(`reads ${written} as ${ms} ms`, () => {
      expect(parseWrittenDuration(written)).to.equal(ms)
    })
  }

  for (const written of ['', '!', 'soon', 'seven seconds', '2 fortnights', '1.2.3 s']) {
    it(`refuses ${JSON.stringify(written)}`, () => {
      expect(() => parseWrittenDuration(written)).to.throw(UsageError, 'is not a valid duration')
    })
  }
})

describe('parseTimes', () => {
  it('reads how often', () => {
    expect(['once', 'twice', '3 times', 'three times', 'ten times', '0 times'].map(parseTimes)).to.deep.equal([
      ...[1, 2, 3, 3, 10, 0],
    ])
  })
})

describe('formatDuration', () => {
  for (const [ms, words] of [
    [0, '0 ms'],
    [34.4, '34 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [1000, '1 s'],
    [1500, '1.5 s'],
    [1234, '1.23 s'],
    [65_000, '65 s'],
  ] as const) {
    it(`writes ${ms} ms as ${words}`, () => {
      expect(formatDuration(ms)).to.equal(words)
    })
  }
})
