import { expect } from 'chai'
import fc from 'fast-check'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import { anyMessage, type Matcher } from '../matching/matcher'
import { RowAssignment } from './row-assignment'

/** A row that these messages fit, by their numbers. */
const fitting = (numbers: readonly number[]): Matcher => ({
  describe: () => `one of ${numbers}`,
  accepts: (message) => numbers.includes((message as Message).number),
})

const message = (number: number) => new Message(number, 0, 'Hello')

describe('RowAssignment', () => {
  it('meets as many rows as any choice of messages could', () =>
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 6 })), { minLength: 1, maxLength: 6 }), (fits) => {
        const rows = new RowAssignment(fits.map(fitting))
        for (let number = 1; number <= 6; number++) rows.assign(message(number))
        expect(rows.messages).to.have.length(largestMatching(fits))
        expect([...fits.keys()].filter((row) => rows.isMet(row))).to.have.length(rows.messages.length)
      }),
    ))

  it('takes little time for thousands of rows that every message fits', () => {
    const rows = new RowAssignment(Array(5000).fill(anyMessage))
    for (let number = 1; number < 5000; number++) expect(rows.assign(message(number))).to.equal(false)
    const last = message(5000)
    expect([rows.has(last), rows.assign(last), rows.has(last)]).to.deep.equal([false, true, true])
  })

  it('asks little for messages that help no row', () => {
    let asked = 0
    const counting = (accepts: boolean): Matcher => ({
      describe: () => 'one',
      accepts: () => {
        asked++
        return accepts
      },
    })
    const rows = new RowAssignment([counting(false), ...Array.from({ length: 99 }, () => counting(true))])
    for (let number = 1; number <= 1000; number++) rows.assign(message(number))
    // All rows for those that are assigned and for the first that is not, and then the row that is free.
    expect(asked).to.be.lessThan(100 * 100 + 2 * 1000)
  })

  it('is stopped if it takes too long', () => {
    const endlessButForTheFirst: Matcher = {
      describe: () => 'endless',
      accepts: (message) => {
        while ((message as Message).number > 1);
        return true
      },
    }
    const rows = new RowAssignment([endlessButForTheFirst, ...Array(100).fill(fitting([]))])
    rows.assign(message(1))
    expect(() => rows.assign(message(2))).to.throw(
      UsageError,
      'To find the messages for 101 rows in any order takes too long: write less of them in one table',
    )
  })
})

/** How many rows can be met, found by trying all choices. */
function largestMatching(fits: readonly (readonly number[])[], used: readonly number[] = []): number {
  const [first, ...others] = fits
  if (first === undefined) return 0
  const met = first
    .filter((number) => !used.includes(number))
    .map((number) => 1 + largestMatching(others, [...used, number]))
  return Math.max(largestMatching(others, used), ...met)
}
