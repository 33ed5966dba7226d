/** How long sentences took, and what else was measured: a table, the slowest first. */

import { html } from 'ghtml'
import { MEASURES, slowness, type Timing } from './figures'
import { formatCount, formatTime } from './text-of-figures'

/** More rows than these are folded away, until somebody looks for one. */
const SHOWN = 25

const COLUMNS = [
  ['count', 'Times'],
  ['p50', 'p50'],
  ['p95', 'p95'],
  ['p99', 'p99'],
  ['max', 'Longest'],
] as const

const LOST =
  ' What is missing was lost by Artillery when it put the figures together: the chart has those of each period.'

/** Renders the table; nothing if nothing was measured. */
export function renderTimings(timings: readonly Timing[]): string {
  if (timings.length === 0) return ''
  const longest = Math.max(...timings.map(slowness))
  const areLost = timings.some(({ summary }) => summary && summary.p50 === undefined)
  const heads = [...COLUMNS.map(([, title]) => title), 'Failed'].map(
    (title) =>
      html`<th scope="col"!${title === 'p99' ? ' aria-sort="descending"' : ''}><button type="button">${title}</button></th>`,
  )
  const more = timings.length - SHOWN
  return html`<section class="timings" aria-labelledby="_timings">
<h2 id="_timings">What took longest</h2>
<p class="note">In ms, from the beginning of a sentence to its end. Half of the times were below p50, 95 of 100 below p95, 99 of 100 below p99. A sentence shows its chart.!${areLost ? LOST : ''}</p>
<p class="search"><label for="_find" class="hidden">Find a sentence</label><input id="_find" type="search" placeholder="Find a sentence" autocomplete="off" spellcheck="false"></p>
<table id="_table" data-shown="${SHOWN}"><thead><tr><th scope="col">Sentence</th>!${heads}</tr></thead>
<tbody>!${timings.map((one) => renderTiming(one, longest))}</tbody></table>
!${more > 0 ? html`<p><button type="button" id="_more" hidden>Show all ${timings.length}</button></p>` : ''}
</section>`
}

function renderTiming(timing: Timing, longest: number): string {
  const { name, summary, failed, scenarios } = timing
  const cells = COLUMNS.map(([figure, title]) => {
    const value = summary?.[figure]
    const shown = value === undefined ? '–' : figure === 'count' ? formatCount(value) : formatTime(value)
    return html`<td data-value="${value ?? -1}" data-title="${title}">${shown}</td>`
  })
  const width = longest > 0 ? (slowness(timing) / longest) * 100 : 0
  const [place, ...others] = scenarios
  const note =
    MEASURES.get(name) ??
    (place === undefined ? '' : `${place}${others.length > 0 ? ` and ${others.length} more` : ''}`)
  const shownName = summary
    ? html`<button type="button" class="name" data-timing="${name}">${name}</button>`
    : html`${name}`
  return html`<tr><th scope="row">!${shownName}<span class="bar" style="width:${width.toFixed(1)}%"></span><span class="place" title="${scenarios.join('\n')}">${note}</span></th>!${cells}<td data-value="${failed}" data-title="Failed" class="!${failed > 0 ? 'bad' : 'none'}">${formatCount(failed)}</td></tr>`
}
