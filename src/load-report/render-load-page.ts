/** The page of a load test: how it went, what took long, and what failed with its conversation. */

import { readFileSync } from 'node:fs'
import { html } from 'ghtml'
import { compressData, generatorMark, readAsset, withoutSourceMap, writeHtmlPage } from '../page/html-page'
import { formatDuration } from '../time/duration'
import type { LoadFigures } from './figures'
import { renderFailures } from './render-failures'
import { renderTimings } from './render-timings'
import { formatBytes, formatCount, formatShare } from './text-of-figures'

/** What stands above it. */
export interface LoadPageOptions {
  readonly title: string
  /** Where the failures' files are, seen from the page; it shows them itself. */
  readonly folder: string
}

const GENERATOR = 'cucumber-websocket load-report'

/** What all such pages have in their first lines, and no other. */
export const PAGE_MARK = generatorMark(GENERATOR)

/** Writes the page of a load test. */
export function renderLoadPage(figures: LoadFigures, { title, folder }: LoadPageOptions): string {
  const { began, seconds, timings, periods } = figures
  const [slowest] = timings.filter(({ summary, name }) => summary && name !== 'vusers.session_length')
  const facts = [
    began && `${began.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    formatDuration(seconds * 1000),
    'times in ms',
  ]
  const body = html`<a class="skip" href="#_main">Skip to the figures</a>
<header>
<h1>${title}</h1>
<p class="facts">${facts.filter((fact) => fact !== undefined).join(' · ')}</p>
!${renderTotals(figures)}
</header>
<main id="_main" tabindex="-1">
<noscript><p>The charts need JavaScript. All tables and conversations are here without it.</p></noscript>
!${periods.length === 0 || !slowest ? '' : renderCharts(figures, slowest.name)}
!${renderFailures(figures.failures, { began, folder })}
!${renderTimings(timings)}
!${renderCounters(figures)}
</main>
<script type="text/plain" id="_data">!${compressData(chartData(figures))}</script>`
  const script = `${withoutSourceMap(readText(require.resolve('uplot/dist/uPlot.iife.min.js')))}\n${readAsset('load-report', 'load-page.js')}`
  const style = `${readText(require.resolve('uplot/dist/uPlot.min.css'))}\n${readAsset('load-report', 'load-page.css')}`
  return writeHtmlPage({ title, generator: GENERATOR, style, body, script })
}

function renderTotals({ users, traffic, seconds, failures }: LoadFigures): string {
  const { started, passed, failed } = users
  const ended = passed + failed
  const perSecond = (count: number) => (seconds > 0 ? `${formatCount(count / seconds)} a second` : '')
  const totals = [
    ['users', formatCount(started), perSecond(started), ''],
    ['passed', formatCount(passed), ended > 0 ? formatShare(passed, ended) : '', passed > 0 ? 'good' : ''],
    ['failed', formatCount(failed), ended > 0 ? formatShare(failed, ended) : '', failed > 0 ? 'bad' : ''],
    ['messages sent', formatCount(traffic.sent), formatBytes(traffic.bytesSent), ''],
    ['messages received', formatCount(traffic.received), formatBytes(traffic.bytesReceived), ''],
  ] as const
  const items = totals.map(
    ([name, value, more, colour]) =>
      html`<div class="${colour}"><dt>${name}</dt><dd><b>${value}</b> <span>${more}</span></dd></div>`,
  )
  const unsaid = failed > 0 && failures.length === 0
  return html`<dl class="totals">!${items}</dl>!${unsaid ? html`<p class="note">Artillery has told no reason of a failure.</p>` : ''}`
}

function renderCharts({ timings }: LoadFigures, slowest: string): string {
  const measured = timings.filter(({ summary }) => summary)
  const option = (name: string) => html`<option value="${name}"!${name === slowest ? ' selected' : ''}>${name}</option>`
  const group = (label: string, is: 'sentence' | 'measure') => {
    const names = measured.filter((one) => one.is === is).map(({ name }) => name)
    return names.length === 0 ? '' : html`<optgroup label="${label}">!${names.map(option)}</optgroup>`
  }
  return html`<section class="charts" aria-labelledby="_over-time">
<h2 id="_over-time">Over time</h2>
<div class="chart wide">
<h3><label for="_timing">How long it took</label></h3>
<select id="_timing">!${group('Sentences', 'sentence')}!${group('Measures', 'measure')}</select>
<div class="plot" data-chart="timing" role="img" aria-label="The percentiles over time; the table below has those of the whole run"></div>
</div>
<div class="chart"><h3>Users at once</h3><div class="plot" data-chart="users" role="img" aria-label="Users at once over time"></div></div>
<div class="chart"><h3>Users a second</h3><div class="plot" data-chart="rates" role="img" aria-label="Users that started, passed and failed a second, over time"></div></div>
<div class="chart"><h3>Messages a second</h3><div class="plot" data-chart="messages" role="img" aria-label="Messages sent and received a second, over time"></div></div>
</section>`
}

function renderCounters({ closes, others }: LoadFigures): string {
  const rows = [
    ...closes.map(([code, count]) => [`closed with ${code}${closeName(code)}`, count] as const),
    ...others,
  ].map(([name, count]) => html`<tr><th scope="row">${name}</th><td>${formatCount(count)}</td></tr>`)
  if (rows.length === 0) return ''
  return html`<section aria-labelledby="_counters"><h2 id="_counters">Counters</h2><table class="counters"><tbody>!${rows}</tbody></table></section>`
}

function closeName(code: string): string {
  const name = CLOSE_CODES[code]
  return name === undefined ? '' : `, ${name}`
}

/** RFC 6455, section 7.4.1, in short. */
const CLOSE_CODES: Readonly<Record<string, string>> = {
  1000: 'in order',
  1001: 'going away',
  1002: 'a protocol error',
  1003: 'unsupported data',
  1005: 'no code',
  1006: 'without a closing handshake',
  1007: 'invalid data',
  1008: 'a policy violation',
  1009: 'a message too big',
  1011: 'an error of the server',
  1012: 'a restart',
  1013: 'try again later',
}

/** What the charts show: columns of numbers, one a period; null where nothing was measured. */
function chartData({ periods, timings }: LoadFigures) {
  const column = (name: 'at' | 'users' | 'started' | 'passed' | 'failed' | 'sent' | 'received') =>
    periods.map((period) => rounded(period[name]))
  const percentiles = (name: string) =>
    (['p50', 'p95', 'p99', 'max'] as const).map((which) =>
      periods.map(({ summaries }) => rounded(summaries.get(name)?.[which]) ?? null),
    )
  return {
    at: column('at'),
    users: [column('users')],
    rates: [column('started'), column('passed'), column('failed')],
    messages: [column('sent'), column('received')],
    timings: timings.filter(({ summary }) => summary).map(({ name }) => [name, percentiles(name)]),
  }
}

function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value * 100) / 100
}

function readText(file: string): string {
  return readFileSync(file, 'utf8')
}
