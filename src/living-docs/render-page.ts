/** The page: one HTML file that needs nothing else, and lets nothing else in. */

import { readFileSync } from 'node:fs'
import { html } from 'ghtml'
import type { Coverage } from '../coverage/coverage'
import { renderCoverage, renderCoverageLinks } from '../coverage/render-coverage'
import { compressData, generatorMark, readAsset, withoutSourceMap, writeHtmlPage } from '../page/html-page'
import { type Folder, featuresIn, groupByFolder } from './contents'
import type { Documentation, DocumentedFeature } from './documentation'
import { renderMarkdown } from './markdown'
import type { LivingDocsOptions } from './options'
import { Pictures } from './render-attachments'
import { renderFeature, renderStatus, runsIn, STATUS_NAMES, scenariosIn, worstStatus } from './render-feature'
import { type ScenarioRun, STATUSES, type Status, type StepRun } from './scenario-runs'

const GENERATOR = 'cucumber-websocket'

/** What all such pages have in their first lines, and no other. */
export const PAGE_MARK = generatorMark(GENERATOR)

/** Writes the page of a run. */
export function renderPage(
  { features, errors }: Documentation,
  coverage: Coverage,
  facts: readonly string[],
  { title, introduction }: Required<LivingDocsOptions>,
): string {
  const pictures = new Pictures()
  const contents = groupByFolder(features)
  const ordered = featuresIn(contents)
  const runs = ordered.flatMap(runsIn)
  const anchors = new Map(runs.map(({ at, anchor }) => [at, anchor]))
  const purify = readFileSync(require.resolve('dompurify/dist/purify.min.js'), 'utf8')
  const script = `${withoutSourceMap(purify)}\n${readAsset('living-docs', 'page.js')}`
  const rendered = ordered.map((one) => renderFeature(one, pictures))
  const body = html`<a class="skip" href="#_features">Skip to the features</a>
<header>
<h1>${title}</h1>
<p class="facts">${facts.join(' · ')}</p>
!${renderFilters(runs)}
</header>
<details class="contents" open><summary>Contents</summary><nav aria-label="Contents">!${renderCoverageLinks(coverage)}!${renderContents(contents)}</nav></details>
<main id="_features" tabindex="-1">
<noscript><p>The pictures, the search and the filters need JavaScript. Where a conversation was kept as text, too, it stands below its scenario.</p></noscript>
!${introduction.trim() === '' ? '' : html`<section class="introduction prose">!${renderMarkdown(introduction, 1)}</section>`}
!${renderFailures(ordered, errors)}
!${renderCoverage(coverage, (at) => anchors.get(at))}
<p class="none" hidden>No scenario is like this. <button type="button" class="reset">Show all</button></p>
!${rendered}
</main>
<script type="text/plain" id="_pictures">!${compressData(pictures.all)}</script>`
  return writeHtmlPage({ title, generator: GENERATOR, style: readAsset('living-docs', 'page.css'), body, script })
}

/** More tags than these are folded away. */
const MAX_SHOWN_TAGS = 20

function renderFilters(runs: readonly ScenarioRun[]): string {
  const statuses = [...STATUSES].reverse().filter((status) => runs.some((run) => run.status === status))
  const tags = [...new Set(runs.flatMap((run) => run.tags))].sort()
  const button = (status: Status) => {
    const count = runs.filter((run) => run.status === status).length
    return html`<button type="button" class="filter ${status}" data-status="${status}" aria-pressed="false">!${renderStatus(status)} ${count} ${STATUS_NAMES[status]}</button> `
  }
  const ofTags = tags
    .map(
      (tag) => html`<button type="button" class="filter tag" data-tag="${tag}" aria-pressed="false">${tag}</button> `,
    )
    .join('')
  return html`<div role="search">
<label for="_search" class="hidden">Search sentences and messages</label>
<input id="_search" type="search" placeholder="Search sentences and messages ( / )" autocomplete="off" spellcheck="false">
<div class="filters" role="group" aria-label="Filters">!${statuses.map(button)}!${tags.length > MAX_SHOWN_TAGS ? html`<details><summary>${tags.length} tags</summary>!${ofTags}</details>` : ofTags}</div>
<output id="_found" for="_search">${runs.length} scenario${runs.length === 1 ? '' : 's'}</output>
</div>`
}

function renderContents({ folders, features }: Folder): string {
  const links = features.map(
    (one) =>
      html`<li data-feature="${one.anchor}"><a href="#${one.anchor}">!${renderStatus(worstStatus(runsIn(one).map((run) => run.status)))} <span>${one.name}</span></a></li>`,
  )
  const inner = folders.map(
    (one) =>
      html`<li><details open><summary>${one.name.replaceAll(/[-_]/g, ' ')}</summary>!${renderContents(one)}</details></li>`,
  )
  return html`<ul>!${links}!${inner}</ul>`
}

/** What failed comes first. */
function renderFailures(features: readonly DocumentedFeature[], errors: readonly string[]): string {
  const items = features.flatMap((one) =>
    scenariosIn(one).flatMap(({ name, runs }) =>
      runs
        .filter(({ status }) => !['passed', 'skipped', 'unknown'].includes(status))
        .map(({ status, anchor, values, steps }) => {
          const message = steps.map((step) => step.message).find((text) => text !== '')
          const { keyword, text } = steps.find((step) => step.status === status) as StepRun
          const why = message?.split('\n', 1)[0] ?? `${keyword} ${text}`
          const row = values.size > 0 ? ` (${[...values.values()].join(', ')})` : ''
          return html`<li>!${renderStatus(status)} <a href="#${anchor}">${one.name}: ${name}${row}</a><br><span class="why">${why}</span></li>`
        }),
    ),
  )
  const general = errors.map((message) => html`<li><pre class="failure" tabindex="0">${message}</pre></li>`)
  if (items.length + general.length === 0) return ''
  return html`<section class="failures"><h2>What did not pass</h2><ol>!${general}!${items}</ol></section>`
}
