import { expect } from 'chai'
import fc from 'fast-check'
import { formatDuration, parseDuration } from './duration'

describe('parseDuration, of any duration', () => {
  it('returns the milliseconds of number and unit', () =>
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
          expect(() => parseDuration(`${blank}${count}${blank}`)).to.throw('has no unit')
        },
      ),
    ))

  it('reads what formatDuration wrote', () =>
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        (time) => void expect(parseDuration(formatDuration(time))).to.be.closeTo(time, 5.001),
      ),
    ))
})
