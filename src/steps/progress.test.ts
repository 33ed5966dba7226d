import { expect } from 'chai'
import { progressReporter } from './progress'

describe('progressReporter', () => {
  it('prints once a second, and nothing if the work takes less', () => {
    const printed: string[] = []
    let time = 0
    const print = (line: string) => printed.push(line)
    const progress = progressReporter('1000 listeners connect', { print, now: () => time })
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
    expect(printed).to.deep.equal(['1000 listeners connect: 91 so far', '1000 listeners connect: 190 so far'])
  })

  it('prints to the standard error stream by default', () => {
    const { write } = process.stderr
    const printed: string[] = []
    process.stderr.write = (line: string | Uint8Array) => printed.push(`${line}`) > 0
    try {
      let time = 0
      const progress = progressReporter('2 listeners connect', { now: () => time })
      time = 1000
      progress(1)
    } finally {
      process.stderr.write = write
    }
    expect(printed).to.deep.equal(['2 listeners connect: 1 so far\n'])
  })
})
