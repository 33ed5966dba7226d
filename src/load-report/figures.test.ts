/** What Artillery and the engine have told, put together. */

import { expect } from 'chai'
import { FAILED, PLAN, RESULTS, times } from '../../test/support/load-results'
import { figuresOf, type LoadFigures } from './figures'
import { parseArtilleryReport } from './shapes'

const failure = { ...FAILED, folder: 'failures', drawn: undefined, written: undefined }

function figures(results: unknown = RESULTS, plan: typeof PLAN | undefined = PLAN, failures = [failure]): LoadFigures {
  const report = parseArtilleryReport(JSON.stringify(results))
  if (!report) throw new Error('No results')
  return figuresOf({ report, plan, failures })
}

describe('Figures', () => {
  it('are users and traffic', () => {
    const { users, traffic, seconds, began } = figures()
    expect(users).to.deep.equal({ started: 1000, passed: 990, failed: 10 })
    expect(traffic).to.deep.equal({ sent: 2000, received: 8000, bytesSent: 64_000, bytesReceived: 1_234_567 })
    expect(seconds).to.equal(25)
    expect(began?.toISOString()).to.equal('2026-01-31T12:00:03.000Z')
  })

  it('are timings of sentences with their scenarios, and of what else was measured, the slowest first', () => {
    const told = figures().timings.map(({ name, is, failed, scenarios }) => [name, is, failed, scenarios.length])
    expect(told).to.deep.equal([
      ['vusers.session_length', 'measure', 0, 0],
      ['Ann receives "Hi"', 'sentence', 9, 1],
      ['connect', 'measure', 0, 0],
      ['Ann sends "Hi"', 'sentence', 0, 2],
      ['my.own', 'measure', 0, 0],
      ['Rob waits', 'sentence', 1, 1],
    ])
  })

  describe('of a histogram that Artillery has lost', () => {
    const name = 'Ann receives "Hi"'
    const lost = { ...times(1.5), count: null, mean: null }
    const told = (whole: object, ...parts: object[]) => {
      const intermediate = parts.map((part, index) => ({ period: index, summaries: { [name]: part } }))
      const { timings, periods } = figures({ aggregate: { summaries: { [name]: whole } }, intermediate })
      return [timings.find((timing) => timing.name === name)?.summary, periods.at(-1)?.summaries.get(name)]
    }

    it('are its limits, and the counts of its periods', () => {
      const [whole] = told(lost, times(1, 5), times(2, 7))
      expect(whole).to.deep.equal({ min: 0.75, max: 15, count: 12 })
    })

    it('have no percentiles above its longest time', () => {
      const [whole] = told({ ...times(1, 5), p50: 2, max: 1 }, times(1, 5))
      expect(whole).to.deep.equal({ min: 0.5, max: 1, count: 5 })
      const { p50, p95, p99, min, max, count } = { ...times(1, 5), p50: 1.1, max: 1 }
      expect(told({ ...times(1, 5), p50, max })[0]).to.deep.equal({ p50, p95, p99, min, max, count })
    })

    it('are its limits alone, if a period is lost as well, or none is told', () => {
      expect(told(lost, times(1, 5), lost)).to.deep.equal([
        { min: 0.75, max: 15 },
        { min: 0.75, max: 15 },
      ])
      expect(told(lost)[0]).to.deep.equal({ min: 0.75, max: 15 })
    })
  })

  it('take all for sentences if nothing tells what was run', () => {
    const { timings } = figuresOf({
      report: parseArtilleryReport(JSON.stringify(RESULTS)) as never,
      plan: undefined,
      failures: [],
    })
    expect(timings.filter(({ is }) => is === 'measure').map(({ name }) => name)).to.deep.equal([
      ...['vusers.session_length', 'connect'],
    ])
  })

  it('are failures by their first line, with the first of each, the most frequent first', () => {
    const uncounted = { ...failure, kind: 'Broken' }
    const told = figures(RESULTS, PLAN, [failure, uncounted]).failures
    expect(told).to.deep.equal([
      { kind: FAILED.kind, count: 9, first: failure },
      { kind: 'ECONNREFUSED', count: 1, first: undefined },
      { kind: 'Broken', count: 1, first: uncounted },
    ])
  })

  it('are closes by code, and what is told nowhere else', () => {
    const { closes, others } = figures()
    expect(closes).to.deep.equal([...[['1000', 990]], ['1006', 9], ['4321', 1]])
    expect(others).to.deep.equal([...[['vusers.created_by_name.talk', 1000]], ['scenarios.passed', 990]])
  })

  it('are periods in order, with rates of the seconds that were measured', () => {
    const { periods } = figures()
    expect(periods.map(({ at }) => at)).to.deep.equal([0, 7, 17])
    expect(periods.map(({ started }) => Math.round(started))).to.deep.equal([43, 30, 38])
    expect(periods.map(({ users }) => users)).to.deep.equal([8, 17, 24])
    expect(periods.map(({ summaries }) => summaries.get('Ann receives "Hi"')?.p50)).to.deep.equal([undefined, 10, 20])
  })

  it('are noughts where nothing was measured', () => {
    const nothing = figures({ aggregate: {}, intermediate: [] })
    expect(nothing).to.deep.include({ began: undefined, seconds: 0, timings: [], periods: [] })
    const [period] = figures({ aggregate: {}, intermediate: [{ period: 5000, summaries: { x: times(1) } }] }).periods
    expect(period).to.deep.include({ at: 0, started: 0, received: 0, users: 0 })
  })

  it('have no fewer users than none', () => {
    const report = { aggregate: {}, intermediate: [{ period: 5000, counters: { 'vusers.failed': 3 } }] }
    expect(figures(report).periods[0]?.users).to.equal(0)
  })
})
