/** Features, scenarios and steps, told in HTML. */

import type { Examples, PickleStepArgument, Step } from '@cucumber/messages'
import { html } from 'ghtml'
import { attached, type Pictures } from './attachments'
import type {
  DocumentedBackground,
  DocumentedFeature,
  DocumentedRule,
  DocumentedScenario,
  Named,
} from './documentation'
import { letters } from './letters'
import { fromMarkdown } from './markdown'
import { type Run, type RunStep, STATUSES, type Status } from './runs'

const MARKS: Readonly<Record<Status, string>> = {
  passed: '✓',
  failed: '✗',
  skipped: '–',
  pending: '…',
  undefined: '?',
  ambiguous: '≠',
  unknown: '○',
}

/** The words for what became of something. */
export const WORDS: Readonly<Record<Status, string>> = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  pending: 'pending',
  undefined: 'undefined',
  ambiguous: 'ambiguous',
  unknown: 'without steps',
}

/** The sign of a status, with its word for those who do not see it. */
export function mark(status: Status): string {
  return html`<span class="mark ${status}" role="img" aria-label="${WORDS[status]}" title="${WORDS[status]}">${MARKS[status]}</span>`
}

/** The worst of several. */
export function worst(statuses: readonly Status[]): Status {
  return STATUSES[Math.max(0, ...statuses.map((status) => STATUSES.indexOf(status)))] as Status
}

/** All scenarios of a feature or rule. */
export function scenariosIn({ parts }: Pick<DocumentedFeature, 'parts'>): DocumentedScenario[] {
  return parts.flatMap((part) => (part.is === 'rule' ? scenariosIn(part) : part.is === 'scenario' ? [part] : []))
}

/** All their runs. */
export function runsIn(part: Pick<DocumentedFeature, 'parts'>): Run[] {
  return scenariosIn(part).flatMap(({ runs }) => runs)
}

/** Tells a feature. */
export function feature(told: DocumentedFeature, pictures: Pictures): string {
  const { anchor, uri, language } = told
  return html`<article class="feature"!${languageOf(language)} id="${anchor}">
<h2>!${heading(told, anchor)}</h2>
<p class="file">${uri}</p>
!${tags(told.tags)}!${prose(told.description, 2)}
!${told.parts.map((part) => (part.is === 'rule' ? rule(part, pictures) : partOf(part, pictures, 3)))}
</article>`
}

/** The language of the words, where it is one: Gherkin also has `em`, for emoji. */
function languageOf(language: string): string {
  const [bare = 'en'] = language.split('-')
  const isOne = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(bare) !== undefined
  const direction = ['ar', 'fa', 'he', 'ur'].includes(bare) ? ' dir="rtl"' : ''
  return isOne ? html` lang="${bare}"!${direction}` : ''
}

function rule(told: DocumentedRule, pictures: Pictures): string {
  return html`<section class="rule">
<h3><span class="keyword">${told.keyword}</span> ${told.name}</h3>
!${tags(told.tags)}!${prose(told.description, 3)}
!${told.parts.map((part) => partOf(part, pictures, 4))}
</section>`
}

function partOf(part: DocumentedBackground | DocumentedScenario, pictures: Pictures, level: number): string {
  return part.is === 'background' ? background(part, level) : scenario(part, pictures, level)
}

function background({ keyword, name, description, steps }: DocumentedBackground, level: number): string {
  return html`<section class="background">
<h${level}><span class="keyword">${keyword}</span> ${name}</h${level}>
!${prose(description, level)}!${written(steps)}
</section>`
}

function scenario(told: DocumentedScenario, pictures: Pictures, level: number): string {
  const { anchor, runs, examples } = told
  const status = worst(runs.map((run) => run.status))
  const [only] = runs
  const content =
    examples.length === 0 && only
      ? ran(only, pictures)
      : html`!${written(told.steps)}!${examples.map((table) => tableOf(table, runs))}
!${runs.filter(hasMoreToSay).map((run) => row(run, pictures, level + 1))}`
  return html`<section class="scenario" id="${anchor}" style="contain-intrinsic-block-size:auto ${roughHeight(content)}px" data-runs="${JSON.stringify(runs.map(({ status: ended, tags, anchor: at }) => [ended, tags, at]))}">
<h${level}>!${mark(status)} !${heading(told, anchor)}</h${level}>
!${tags(told.tags)}!${prose(told.description, level)}
!${content}
</section>`
}

/** About how high something will be, in px: what is out of view is laid out late, and should not move much then. */
function roughHeight(content: string): number {
  const heights = [...content.matchAll(/<svg width="\d+" height="(\d+)"|<(li|tr|details|pre|section)\b/g)].map(
    ([, picture, part]) => (picture ? Number(picture) + 40 : part === 'pre' ? 100 : 28),
  )
  return heights.reduce((sum, height) => sum + height, 60)
}

function heading({ keyword, name }: Named, anchor: string): string {
  return html`<span class="keyword">${keyword}</span> ${name} <a class="link" href="#${anchor}" aria-label="Link to ${name}">#</a>`
}

function tags(names: readonly string[]): string {
  if (names.length === 0) return ''
  return html`<p class="tags">!${names.map((name) => html`<button type="button" class="tag" data-tag="${name}">${name}</button> `)}</p>`
}

function prose(description: string, below: number): string {
  return description.trim() === '' ? '' : html`<div class="prose">!${fromMarkdown(description, below)}</div>`
}

/** Steps as they are written, of a background or an outline. */
function written(steps: readonly Step[]): string {
  const items = steps.map(
    ({ keyword, text, docString, dataTable }) =>
      html`<li><p><b>${keyword.trim()}</b> !${placeholders(text)}</p>!${docString ? block(docString.content) : ''}!${dataTable ? grid(dataTable.rows) : ''}</li>`,
  )
  return html`<ol class="steps written">!${items}</ol>`
}

function placeholders(text: string): string {
  return text
    .split(/(<[^<>]+>)/)
    .map((piece, index) => (index % 2 === 1 ? html`<var>${piece}</var>` : html`${piece}`))
    .join('')
}

/** One run of a scenario; steps of a background have been told, unless there is something to say of them. */
function ran(run: Run, pictures: Pictures): string {
  const steps = run.steps.filter((step) => step.is !== 'background' || isOfNote(step))
  return html`!${attempts(run)}<ol class="steps">!${steps.map((step) => stepOf(step, pictures))}</ol>`
}

/** A row of an outline: its steps have been told, unless there is something to say of them. */
function row(run: Run, pictures: Pictures, level: number): string {
  const values = [...run.values].map(([name, value]) => `${name}: ${value}`).join(', ')
  const steps = run.steps.filter(isOfNote)
  return html`<section class="run" id="${run.anchor}" data-row="${run.anchor}">
<h${level}>!${mark(run.status)} ${values} <a class="link" href="#${run.anchor}" aria-label="Link to ${values}">#</a></h${level}>
!${attempts(run)}<ol class="steps">!${steps.map((step) => stepOf(step, pictures))}</ol>
</section>`
}

/** Whether the table of examples does not tell all of a row. */
function hasMoreToSay({ attempts: count, steps }: Run): boolean {
  return count > 1 || steps.some(isOfNote)
}

function isOfNote({ status, attachments }: RunStep): boolean {
  return (status !== 'passed' && status !== 'skipped') || attachments.length > 0
}

function attempts({ attempts: count, earlier }: Run): string {
  if (count === 1) return ''
  const failures = earlier.map((message) => html`<pre class="failure" tabindex="0">!${letters(message)}</pre>`)
  return html`<details class="attempts"><summary>Tried ${count} times: this is the last</summary>!${failures}</details>`
}

function stepOf(step: RunStep, pictures: Pictures): string {
  const { status, keyword, message, argument, attachments } = step
  // Nobody wrote a hook into the feature: of one that passed, only what it attached is told.
  if (step.is === 'hook' && status === 'passed') return html`<li>!${attached(attachments, pictures)}</li>`
  const failure = message === '' ? '' : html`<pre class="failure" tabindex="0">!${letters(message)}</pre>`
  return html`<li class="${step.is} ${status}"><p>!${mark(status)} <b>${keyword}</b> !${text(step)}</p>!${argument ? argumentOf(argument) : ''}!${failure}!${attached(attachments, pictures)}</li>`
}

/** The text of a step, with its parameters marked. */
function text({ text: whole, parameters }: RunStep): string {
  let end = 0
  const pieces = parameters
    .filter(([from, to]) => to > from)
    .map(([from, to]) => {
      const piece = html`!${letters(whole.slice(end, from))}<var>!${letters(whole.slice(from, to))}</var>`
      end = to
      return piece
    })
  return pieces.join('') + letters(whole.slice(end))
}

function argumentOf({ docString, dataTable }: PickleStepArgument): string {
  return `${docString ? block(docString.content) : ''}${dataTable ? grid(dataTable.rows) : ''}`
}

function block(content: string): string {
  return html`<pre class="doc-string" tabindex="0">!${letters(content)}</pre>`
}

interface Cells {
  readonly cells: readonly { readonly value: string }[]
}

function grid(rows: readonly Cells[]): string {
  return html`<div class="grid" tabindex="0" role="group" aria-label="Table"><table><tbody>!${rows.map(({ cells }) => html`<tr>!${cells.map(({ value }) => html`<td>!${placeholders(value)}</td>`)}</tr>`)}</tbody></table></div>`
}

/** A table of examples, each row with what became of it. */
function tableOf({ keyword, name, description, tableHeader, tableBody }: Examples, runs: readonly Run[]): string {
  if (!tableHeader) return ''
  const rows = tableBody.map(({ id, cells }) => {
    const run = runs.find((one) => one.row === id)
    const values = cells.map(({ value }) => html`<td>${value}</td>`)
    if (!run) return html`<tr><td class="faint">not run</td>!${values}</tr>`
    if (!hasMoreToSay(run)) {
      return html`<tr id="${run.anchor}" data-row="${run.anchor}"><td>!${mark(run.status)}</td>!${values}</tr>`
    }
    return html`<tr data-row="${run.anchor}"><td><a href="#${run.anchor}">!${mark(run.status)}</a></td>!${values}</tr>`
  })
  return html`<div class="examples"><p><b>${keyword}</b> ${name}</p>!${prose(description, 5)}
<div class="grid" tabindex="0" role="group" aria-label="${keyword} ${name}"><table><thead><tr><th><span class="hidden">Result</span></th>!${tableHeader.cells.map(({ value }) => html`<th>${value}</th>`)}</tr></thead><tbody>!${rows}</tbody></table></div></div>`
}
