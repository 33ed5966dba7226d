/** Renders features, scenarios and steps as HTML. */

import type { Examples, PickleStepArgument, Step } from '@cucumber/messages'
import { html } from 'ghtml'
import type {
  DocumentedBackground,
  DocumentedFeature,
  DocumentedRule,
  DocumentedScenario,
  Named,
} from './documentation'
import { escapeText } from './escape-text'
import { renderMarkdown } from './markdown'
import { type Pictures, renderAttachments } from './render-attachments'
import { type ScenarioRun, STATUSES, type Status, type StepRun } from './scenario-runs'

const STATUS_SYMBOLS: Readonly<Record<Status, string>> = {
  passed: '✓',
  failed: '✗',
  skipped: '–',
  pending: '…',
  undefined: '?',
  ambiguous: '≠',
  unknown: '○',
}

/** The words for what became of something. */
export const STATUS_NAMES: Readonly<Record<Status, string>> = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  pending: 'pending',
  undefined: 'undefined',
  ambiguous: 'ambiguous',
  unknown: 'without steps',
}

/** The sign of a status, with its word for those who do not see it. */
export function renderStatus(status: Status): string {
  return html`<span class="mark ${status}" role="img" aria-label="${STATUS_NAMES[status]}" title="${STATUS_NAMES[status]}">${STATUS_SYMBOLS[status]}</span>`
}

/** The worst of several. */
export function worstStatus(statuses: readonly Status[]): Status {
  return STATUSES[Math.max(0, ...statuses.map((status) => STATUSES.indexOf(status)))] as Status
}

/** All scenarios of a feature or rule. */
export function scenariosIn({ parts }: Pick<DocumentedFeature, 'parts'>): DocumentedScenario[] {
  return parts.flatMap((part) => (part.is === 'rule' ? scenariosIn(part) : part.is === 'scenario' ? [part] : []))
}

/** All their runs. */
export function runsIn(part: Pick<DocumentedFeature, 'parts'>): ScenarioRun[] {
  return scenariosIn(part).flatMap(({ runs }) => runs)
}

/** Tells a feature. */
export function renderFeature(feature: DocumentedFeature, pictures: Pictures): string {
  const { anchor, uri, language } = feature
  return html`<article class="feature"!${languageAttributes(language)} id="${anchor}">
<h2>!${renderHeading(feature, anchor)}</h2>
<p class="file">${uri}</p>
!${renderTags(feature.tags)}!${renderDescription(feature.description, 2)}
!${feature.parts.map((part) => (part.is === 'rule' ? renderRule(part, pictures) : renderPart(part, pictures, 3)))}
</article>`
}

/** The language of the words, where it is one: Gherkin also has `em`, for emoji. */
function languageAttributes(language: string): string {
  const [bare = 'en'] = language.split('-')
  const isOne = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(bare) !== undefined
  const direction = ['ar', 'fa', 'he', 'ur'].includes(bare) ? ' dir="rtl"' : ''
  return isOne ? html` lang="${bare}"!${direction}` : ''
}

function renderRule(rule: DocumentedRule, pictures: Pictures): string {
  return html`<section class="rule">
<h3><span class="keyword">${rule.keyword}</span> ${rule.name}</h3>
!${renderTags(rule.tags)}!${renderDescription(rule.description, 3)}
!${rule.parts.map((part) => renderPart(part, pictures, 4))}
</section>`
}

function renderPart(part: DocumentedBackground | DocumentedScenario, pictures: Pictures, level: number): string {
  return part.is === 'background' ? renderBackground(part, level) : renderScenario(part, pictures, level)
}

function renderBackground({ keyword, name, description, steps }: DocumentedBackground, level: number): string {
  return html`<section class="background">
<h${level}><span class="keyword">${keyword}</span> ${name}</h${level}>
!${renderDescription(description, level)}!${renderSteps(steps)}
</section>`
}

function renderScenario(scenario: DocumentedScenario, pictures: Pictures, level: number): string {
  const { anchor, runs, examples } = scenario
  const status = worstStatus(runs.map((run) => run.status))
  const [only] = runs
  const content =
    examples.length === 0 && only
      ? renderRun(only, pictures)
      : html`!${renderSteps(scenario.steps)}!${examples.map((table) => renderExamples(table, runs))}
!${runs.filter(hasDetails).map((run) => renderRow(run, pictures, level + 1))}`
  return html`<section class="scenario" id="${anchor}" style="contain-intrinsic-block-size:auto ${estimateHeight(content)}px" data-runs="${JSON.stringify(runs.map(({ status: ended, tags, anchor: at }) => [ended, tags, at]))}">
<h${level}>!${renderStatus(status)} !${renderHeading(scenario, anchor)}</h${level}>
!${renderTags(scenario.tags)}!${renderDescription(scenario.description, level)}
!${content}
</section>`
}

/** About how high something will be, in px: what is out of view is laid out late, and should not move much then. */
function estimateHeight(content: string): number {
  const heights = [...content.matchAll(/<svg width="\d+" height="(\d+)"|<(li|tr|details|pre|section)\b/g)].map(
    ([, picture, part]) => (picture ? Number(picture) + 40 : part === 'pre' ? 100 : 28),
  )
  return heights.reduce((sum, height) => sum + height, 60)
}

function renderHeading({ keyword, name }: Named, anchor: string): string {
  return html`<span class="keyword">${keyword}</span> ${name} <a class="link" href="#${anchor}" aria-label="Link to ${name}">#</a>`
}

function renderTags(names: readonly string[]): string {
  if (names.length === 0) return ''
  return html`<p class="tags">!${names.map((name) => html`<button type="button" class="tag" data-tag="${name}">${name}</button> `)}</p>`
}

function renderDescription(description: string, below: number): string {
  return description.trim() === '' ? '' : html`<div class="prose">!${renderMarkdown(description, below)}</div>`
}

/** Steps as they are written, of a background or an outline. */
function renderSteps(steps: readonly Step[]): string {
  const items = steps.map(
    ({ keyword, text, docString, dataTable }) =>
      html`<li><p><b>${keyword.trim()}</b> !${renderPlaceholders(text)}</p>!${docString ? renderDocString(docString.content) : ''}!${dataTable ? renderTable(dataTable.rows) : ''}</li>`,
  )
  return html`<ol class="steps written">!${items}</ol>`
}

function renderPlaceholders(text: string): string {
  return text
    .split(/(<[^<>]+>)/)
    .map((piece, index) => (index % 2 === 1 ? html`<var>${piece}</var>` : html`${piece}`))
    .join('')
}

/** One run of a scenario; steps of a background are rendered once, except those that are notable. */
function renderRun(run: ScenarioRun, pictures: Pictures): string {
  const steps = run.steps.filter((step) => step.is !== 'background' || isNotable(step))
  return html`!${renderAttempts(run)}<ol class="steps">!${steps.map((step) => renderStep(step, pictures))}</ol>`
}

/** A row of an outline: only its notable steps are rendered. */
function renderRow(run: ScenarioRun, pictures: Pictures, level: number): string {
  const values = [...run.values].map(([name, value]) => `${name}: ${value}`).join(', ')
  const steps = run.steps.filter(isNotable)
  return html`<section class="run" id="${run.anchor}" data-row="${run.anchor}">
<h${level}>!${renderStatus(run.status)} ${values} <a class="link" href="#${run.anchor}" aria-label="Link to ${values}">#</a></h${level}>
!${renderAttempts(run)}<ol class="steps">!${steps.map((step) => renderStep(step, pictures))}</ol>
</section>`
}

/** Whether the table of examples does not tell all of a row. */
function hasDetails({ attempts: count, steps }: ScenarioRun): boolean {
  return count > 1 || steps.some(isNotable)
}

function isNotable({ status, attachments }: StepRun): boolean {
  return (status !== 'passed' && status !== 'skipped') || attachments.length > 0
}

function renderAttempts({ attempts: count, earlier }: ScenarioRun): string {
  if (count === 1) return ''
  const failures = earlier.map((message) => html`<pre class="failure" tabindex="0">!${escapeText(message)}</pre>`)
  return html`<details class="attempts"><summary>Tried ${count} times: this is the last</summary>!${failures}</details>`
}

function renderStep(step: StepRun, pictures: Pictures): string {
  const { status, keyword, message, argument, attachments } = step
  // A hook does not stand in the feature: of one that passed, only what it attached is rendered.
  if (step.is === 'hook' && status === 'passed') return html`<li>!${renderAttachments(attachments, pictures)}</li>`
  const failure = message === '' ? '' : html`<pre class="failure" tabindex="0">!${escapeText(message)}</pre>`
  return html`<li class="${step.is} ${status}"><p>!${renderStatus(status)} <b>${keyword}</b> !${renderStepText(step)}</p>!${argument ? renderArgument(argument) : ''}!${failure}!${renderAttachments(attachments, pictures)}</li>`
}

/** The text of a step, with its parameters marked. */
function renderStepText({ text: whole, parameters }: StepRun): string {
  let end = 0
  const pieces = parameters
    .filter(([from, to]) => to > from)
    .map(([from, to]) => {
      const piece = html`!${escapeText(whole.slice(end, from))}<var>!${escapeText(whole.slice(from, to))}</var>`
      end = to
      return piece
    })
  return pieces.join('') + escapeText(whole.slice(end))
}

function renderArgument({ docString, dataTable }: PickleStepArgument): string {
  return `${docString ? renderDocString(docString.content) : ''}${dataTable ? renderTable(dataTable.rows) : ''}`
}

function renderDocString(content: string): string {
  return html`<pre class="doc-string" tabindex="0">!${escapeText(content)}</pre>`
}

interface Cells {
  readonly cells: readonly { readonly value: string }[]
}

function renderTable(rows: readonly Cells[]): string {
  return html`<div class="grid" tabindex="0" role="group" aria-label="Table"><table><tbody>!${rows.map(({ cells }) => html`<tr>!${cells.map(({ value }) => html`<td>!${renderPlaceholders(value)}</td>`)}</tr>`)}</tbody></table></div>`
}

/** A table of examples, each row with what became of it. */
function renderExamples(
  { keyword, name, description, tableHeader, tableBody }: Examples,
  runs: readonly ScenarioRun[],
): string {
  if (!tableHeader) return ''
  const rows = tableBody.map(({ id, cells }) => {
    const run = runs.find((one) => one.row === id)
    const values = cells.map(({ value }) => html`<td>${value}</td>`)
    if (!run) return html`<tr><td class="faint">not run</td>!${values}</tr>`
    if (!hasDetails(run)) {
      return html`<tr id="${run.anchor}" data-row="${run.anchor}"><td>!${renderStatus(run.status)}</td>!${values}</tr>`
    }
    return html`<tr data-row="${run.anchor}"><td><a href="#${run.anchor}">!${renderStatus(run.status)}</a></td>!${values}</tr>`
  })
  return html`<div class="examples"><p><b>${keyword}</b> ${name}</p>!${renderDescription(description, 5)}
<div class="grid" tabindex="0" role="group" aria-label="${keyword} ${name}"><table><thead><tr><th><span class="hidden">Result</span></th>!${tableHeader.cells.map(({ value }) => html`<th>${value}</th>`)}</tr></thead><tbody>!${rows}</tbody></table></div></div>`
}
