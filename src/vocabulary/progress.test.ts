/** How often long work says how far it has come. */

import { expect } from 'chai'
import { progressOf } from './progress'

describe('the progress of long work', () => {
  it('is told once a second, and not at all if it takes less', () => {
    const told: string[] = []
    let time = 0
    const progress = progressOf(
      '1000 listeners connect',
      (line) => told.push(line),
      () => time,
    )
    for (const [at, done] of [
      [10, 1],
      [999, 90],
      [1000, 91],
      [1500, 130],
      [2100, 190],
    ] as const) {
      time = at
      progress(done)
    }
    expect(told).to.deep.equal(['1000 listeners connect: 91 so far', '1000 listeners connect: 190 so far'])
  })

  it('is told beside the report, not in it', () => {
    const { write } = process.stderr
    const told: string[] = []
    process.stderr.write = (line: string | Uint8Array) => told.push(`${line}`) > 0
    try {
      let time = 0
      const progress = progressOf('2 listeners connect', undefined, () => time)
      time = 1000
      progress(1)
    } finally {
      process.stderr.write = write
    }
    expect(told).to.deep.equal(['2 listeners connect: 1 so far\n'])
  })
})
