/** The page of a load test, as it is written. */

import { expect } from 'chai'
import { FAILED, PLAN, RESULTS, times } from '../../test/support/load-results'
import { figuresOf } from './figures'
import type { ShownFailure } from './read-load-run'
import { renderLoadPage } from './render-load-page'
import { parseArtilleryReport } from './shapes'

const failure: ShownFailure = { ...FAILED, folder: 'failures', drawn: '<svg/>', written: 'Ann sends "<Hi>"' }

function page(results: object = RESULTS, failures: readonly ShownFailure[] = [failure], folder = ''): string {
  const report = parseArtilleryReport(JSON.stringify(results))
  if (!report) throw new Error('No results')
  return renderLoadPage(figuresOf({ report, plan: PLAN, failures }), { title: 'The <rush>', folder })
}

function withAggregate(more: object): object {
  return { ...RESULTS, aggregate: { ...RESULTS.aggregate, ...more } }
}

describe('The page of a load test', () => {
  it('has a title, when it was, and the totals', () => {
    expect(page()).to.contain('<h1>The &#60;rush&#62;</h1>').and.contain('2026-01-31 12:00 UTC · 25 s · times in ms')
    expect(page()).to.contain('<b>1,000</b> <span>40 a second</span>').and.contain('<b>10</b> <span>1 %</span>')
    expect(page()).to.contain('<b>8,000</b> <span>1.2 MB</span>')
  })

  it('lets nothing in but its own script', () => {
    expect(page()).to.match(
      /content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-/,
    )
    expect(page().match(/<script/g)).to.have.length(2)
  })

  it('shows the chart of the slowest sentence first', () => {
    expect(page()).to.contain('<option value="Ann receives &#34;Hi&#34;" selected>')
    expect(page()).to.contain('<optgroup label="Measures"><option value="vusers.session_length">')
  })

  it('has sentences with their figures and places, and measures in words', () => {
    expect(page()).to.contain('data-timing="Ann sends &#34;Hi&#34;"')
    expect(page()).to.contain('features/chat.feature:3 and 1 more').and.contain('until a connection is open')
    expect(page())
      .to.contain('<td data-value="-1" data-title="p99">–</td>')
      .and.contain('data-title="Failed" class="bad">9<')
  })

  it('says why percentiles are missing', () => {
    const lost = page(withAggregate({ summaries: { connect: { ...times(3), count: null } } }))
    expect(lost).to.contain('was lost by Artillery').and.contain('<td data-value="-1" data-title="p99">–</td>')
    expect(page()).not.to.contain('was lost by Artillery')
  })

  it('folds many sentences away', () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`sentence ${index}`, times(index)]))
    expect(page()).not.to.contain('id="_more"')
    expect(page(withAggregate({ summaries: many }))).to.contain(
      '<button type="button" id="_more" hidden>Show all 32</button>',
    )
  })

  it('has the conversation of a failure, as picture and text, with links to both', () => {
    expect(page()).to.contain(`src="data:image/svg+xml;base64,${Buffer.from('<svg/>').toString('base64')}"`)
    expect(page()).to.contain('<pre tabindex="0">Ann sends &#34;&#60;Hi&#62;&#34;</pre>')
    expect(page()).to.contain('<a href="failures/ab12.svg">Picture</a> · <a href="failures/ab12.txt">Text</a>')
    expect(page(RESULTS, [failure], '../my load')).to.contain('href="../my%20load/failures/ab12.svg"')
    expect(page()).to.contain('as user-7 at 1:05').and.contain('12 earlier entries of this conversation are left out')
  })

  it('tells a failure without a conversation, one in a hook, and one nobody has written down', () => {
    const bare = { ...failure, drawn: undefined, written: undefined, sentence: '', leftOut: 0 }
    expect(page(RESULTS, [bare]))
      .to.contain('Outside of the sentences of')
      .and.not.contain('class="picture"')
    expect(page(RESULTS, [bare])).not.to.contain('class="files"')
    expect(page(RESULTS, [bare])).not.to.contain('left out')
    expect(page(RESULTS, [{ ...failure, leftOut: 1 }])).to.contain('1 earlier entry of this conversation is left out')
    expect(page()).to.contain('<li><p class="kind"><b class="times">1 ×</b> <span>ECONNREFUSED</span></p></li>')
  })

  it('folds many failures away, and cuts long texts', () => {
    const many = Array.from({ length: 12 }, (_, index) => ({
      ...failure,
      kind: `Kind ${index}`,
      written: 'x'.repeat(30_001),
    }))
    expect(page(RESULTS, many))
      .to.contain('<summary>4 more</summary><ol start="11">')
      .and.contain('x\n… (30001 characters)')
  })

  it('names what connections were closed with', () => {
    expect(page()).to.contain('closed with 1006, without a closing handshake').and.contain('closed with 4321</th>')
  })

  it('is short for a run in which nothing happened', () => {
    const nothing = page({ aggregate: {}, intermediate: [] }, [])
    for (const part of [
      'class="charts"',
      'class="failures"',
      'class="timings"',
      'class="counters"',
      'class="good"',
      ' UTC · ',
    ])
      expect(nothing).not.to.contain(part)
    const untimed = page({ aggregate: {}, intermediate: [{ period: 1 }] }, [failure])
    expect(untimed).not.to.contain('class="charts"')
    expect(untimed).to.contain('as user-7</p>')
    expect(page(withAggregate({ firstMetricAt: undefined, summaries: { x: times(0) } }))).to.contain(
      'style="width:0.0%"',
    )
  })

  it('says so if Artillery tells no reason of its failures', () => {
    const counters = { 'vusers.failed': 1 }
    expect(page(withAggregate({ counters }), [])).to.contain('Artillery has told no reason of a failure.')
  })

  it('has nothing of a feature, a server or a user that is not text', () => {
    const text = '</script><img src=x onerror=alert(1)>"\'&'
    const hostile = Object.fromEntries(
      Object.entries(failure).map(([key, value]) => [key, key === 'at' ? value : text]),
    )
    const counters = { [`errors.${text}`]: 3, [`closes.${text}`]: 1, [`failed.${text}`]: 1, [text]: 2 }
    const summaries = { [text]: times(1) }
    const written = renderLoadPage(
      figuresOf({
        report: parseArtilleryReport(JSON.stringify(withAggregate({ counters, summaries }))) as never,
        plan: { run: 'x', scenarios: [{ name: text, location: text, sentences: [text] }] },
        failures: [{ ...hostile, leftOut: 0, kind: text } as unknown as ShownFailure],
      }),
      { title: text, folder: text },
    )
    expect(written.match(/<img /g)).to.have.length(1)
    expect(written).not.to.contain('onerror=alert')
    expect(written.match(/<\/script>/g)).to.have.length(2)
  })
})
