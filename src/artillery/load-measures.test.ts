import { expect } from 'chai'
import { ToldFigures } from '../../test/support/load-project'
import type { EventKind } from '../transcript'
import { LoadMeasures } from './load-measures'

describe('LoadMeasures', () => {
  const { now } = performance
  let time: number
  let told: ToldFigures
  let measures: LoadMeasures

  beforeEach(() => {
    time = 0
    performance.now = () => time
    told = new ToldFigures()
    measures = new LoadMeasures(told)
  })

  afterEach(() => {
    performance.now = now
  })

  it('counts messages and bytes, and tells them now and then', () => {
    happens('receives', 'é')
    happens('sends', Buffer.from([1, 2, 3]))
    happens('sentence', 'Ann sends "x"')
    expect(told.counters).to.deep.equal({})
    time = 1001
    happens('calls', '')
    expect(told.counters).to.deep.equal({
      ...{ 'messages.sent': 2, 'messages.received': 1, 'bytes.sent': 3, 'bytes.received': 2 },
    })
    happens('receives', 'x')
    measures.ended('passed')
    expect(told.counters).to.include({
      'messages.received': 2,
      'bytes.received': 3,
      'scenarios.passed': 1,
      'scenarios.failed': 0,
    })
  })

  it('tells how scenarios have ended', () => {
    measures.ended('skipped')
    measures.ended('pending')
    measures.failed('Oh', 'Ann sends "x"')
    measures.failed('Oh', '(a hook)')
    expect(told.counters).to.deep.equal({
      ...{ 'scenarios.skipped': 1, 'scenarios.pending': 1, 'scenarios.failed': 2, 'errors.Oh': 2 },
      ...{ 'failed.Ann sends "x"': 1, 'failed.(a hook)': 1 },
    })
  })

  it('tells what takes time', () => {
    measures.sentencePassed('Ann sends "x"', 1)
    measures.connected(2)
    measures.answered(3)
    measures.reacted(4)
    measures.closed(1000)
    expect(Object.fromEntries(told.histograms)).to.deep.equal({
      'Ann sends "x"': [1],
      ...{ connect: [2], answer: [3], reaction: [4] },
    })
    expect(told.counters).to.deep.equal({ 'closes.1000': 1 })
  })

  function happens(kind: EventKind, detail: string | Buffer): void {
    measures.happened({ kind, detail, at: 0, client: 'Ann', isReaction: false, url: '' })
  }
})
