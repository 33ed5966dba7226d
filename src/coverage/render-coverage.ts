/** The coverage as a section of a page: gaps first, with links to the scenarios that have seen each message. */

import { html } from 'ghtml'
import { escapeInvisible } from '../text/lazy-visible'
import {
  type Coverage,
  type DocumentCoverage,
  type Finding,
  type MessageCoverage,
  OUTCOMES,
  type Outcome,
  outcomeOf,
} from './coverage'
import { type Figures, figuresOf, formatShare } from './figures'
import { formatHeadline, placesOf } from './summary'

/** Where a page tells a scenario, if it does. */
export type AnchorOf = (at: string) => string | undefined

/** The address of the section within the page. */
const ANCHOR = '_coverage'

/** More rows and links than these are folded away. */
const MAX_ROWS = 25
const MAX_LINKS = 3

/** A sign, the class that gives it its colour, and its words. */
type Sign = readonly [sign: string, colour: string, words: string]
const SIGNS: Readonly<Record<Outcome | 'undocumented', Sign>> = {
  wrong: ['✗', 'failed', 'wrong'],
  undocumented: ['?', 'undefined', 'undocumented'],
  unseen: ['○', 'skipped', 'never seen'],
  unvalidated: ['…', 'pending', 'seen, not validated'],
  valid: ['✓', 'passed', 'valid'],
}

/** Renders the section; nothing for a run without documents. */
export function renderCoverage({ documents, scenarios }: Coverage, anchorOf: AnchorOf): string {
  if (documents.length === 0) return ''
  const names = new Map(scenarios.map(({ at, name }) => [at, name]))
  const links: RenderLinks = (places) => renderLinks(places, names, anchorOf)
  return html`<section class="coverage" aria-labelledby="${ANCHOR}">
<h2 id="${ANCHOR}">What was seen of the contract</h2>
!${documents.map((one) => renderDocument(one, links))}
</section>`
}

/** Renders links to the section, for a list of contents. */
export function renderCoverageLinks({ documents }: Coverage): string {
  if (documents.length === 0) return ''
  const shares = documents.map((one) => figuresOf(one).coverage).filter((share) => share !== undefined)
  return html`<p class="to-coverage"><a href="#${ANCHOR}">Contract${shares.length > 0 ? `: ${shares.map(formatShare).join(', ')}` : ''}</a></p>`
}

type RenderLinks = (places: readonly string[]) => string

function renderDocument(coverage: DocumentCoverage, links: RenderLinks): string {
  const { document, title, asyncapi, messages, findings } = coverage
  const figures = figuresOf(coverage)
  const ofOutcome = (outcome: Outcome) => messages.filter((one) => outcomeOf(one) === outcome)
  const places = placesOf(coverage)
  const contradictions = (isOnPurpose: boolean) =>
    findings.filter((one) => one.isOnPurpose === isOnPurpose).map((one) => renderFinding(one, places(one), links))
  const gaps = [
    ...contradictions(false),
    ...[...ofOutcome('unseen'), ...ofOutcome('unvalidated')].map((one) => renderMessage(one, places(one), links)),
  ]
  const valid = ofOutcome('valid').sort((one, other) => Number(isWhole(one)) - Number(isWhole(other)))
  const onPurpose = contradictions(true)
  return html`<section class="contract">
<h3>${visible(title || document)}</h3>
<p class="file">!${title === '' ? '' : html`${visible(document)} · `}AsyncAPI ${visible(asyncapi)}</p>
<p>!${renderHeadline(figures)}</p>
!${renderBar(figures)}
!${gaps.length === 0 ? '' : renderTable('Gaps', gaps)}
!${renderFolded(
    `${valid.length} seen and valid`,
    valid.map((one) => renderMessage(one, places(one), links)),
  )}
!${renderFolded(`${onPurpose.length} contradicted on purpose`, onPurpose)}
</section>`
}

function renderHeadline(figures: Figures): string {
  const [share = '', ...rest] = formatHeadline(figures).split(', ')
  return html`<strong class="share">${share}</strong> ${rest.join(', ')}`
}

/** How many messages became what: as a bar, and in words. */
function renderBar(figures: Figures): string {
  const shown = [...OUTCOMES].reverse().filter((outcome) => figures[outcome] > 0)
  const parts = shown.map(
    (outcome) => html`<span class="${SIGNS[outcome][1]}" style="flex-grow:${figures[outcome]}"></span>`,
  )
  const words = [...shown, ...(figures.undocumented > 0 ? (['undocumented'] as const) : [])].map(
    (kind) => html`<li>!${renderSign(kind, { isHidden: true })} ${figures[kind]} ${SIGNS[kind][2]}</li>`,
  )
  return html`<div class="bar" aria-hidden="true">!${parts}</div><ul class="legend">!${words}</ul>`
}

function renderSign(kind: Outcome | 'undocumented', { isHidden = false, isOnPurpose = false } = {}): string {
  const [sign, ofKind, words] = SIGNS[kind]
  const colour = isOnPurpose ? 'skipped' : ofKind
  const role = isHidden ? 'aria-hidden="true"' : html`role="img" aria-label="${words}" title="${words}"`
  return html`<span class="mark ${colour}" !${role}>${sign}</span>`
}

function renderFolded(summary: string, rows: readonly string[]): string {
  if (rows.length === 0) return ''
  return html`<details><summary>${summary}</summary>!${renderRows(summary, rows)}</details>`
}

function renderTable(name: string, rows: readonly string[]): string {
  const more = rows.slice(MAX_ROWS)
  return html`!${renderRows(name, rows.slice(0, MAX_ROWS))}!${renderFolded(`${more.length} more`, more)}`
}

function renderRows(name: string, rows: readonly string[]): string {
  return html`<table class="messages"><caption class="hidden">${name}</caption><thead><tr><th scope="col">Message</th><th scope="col">Seen in</th></tr></thead><tbody>!${rows}</tbody></table>`
}

function renderFinding(finding: Finding, place: string, links: RenderLinks): string {
  const { verdict, isOnPurpose, message, complaint, count, scenarios } = finding
  const name = message === undefined ? html`<i>unknown message</i>` : breakable(message)
  const why = complaint === undefined ? '' : html`<span class="complaint">${visible(complaint)}</span>`
  const seen = links(scenarios)
  return renderRow({ name: html`!${renderSign(verdict, { isOnPurpose })} !${name}`, place, more: why, seen, count })
}

function renderMessage(message: MessageCoverage, place: string, links: RenderLinks): string {
  const { valid, unvalidated, parts, scenarios } = message
  const outcome = outcomeOf(message)
  const unseen = parts.filter(({ isSeen }) => !isSeen).map(({ part }) => html`<code>${visible(part)}</code>`)
  const missing =
    outcome === 'unseen' || unseen.length === 0
      ? ''
      : html`<span class="note">never !${unseen.slice(0, MAX_CODES).join(', ')}${unseen.length > MAX_CODES ? ` and ${unseen.length - MAX_CODES} more` : ''}</span>`
  const name = html`!${renderSign(outcome)} !${breakable(message.message)}`
  const seen = outcome === 'unseen' ? undefined : links(scenarios)
  return renderRow({ name, place, more: missing, seen, count: valid + unvalidated })
}

/** Of a message so many branches and values are told that were never seen. */
const MAX_CODES = 8

interface Row {
  /** HTML. */
  readonly name: string
  readonly place: string
  /** HTML. */
  readonly more: string
  /** HTML; undefined for what nobody has seen. */
  readonly seen: string | undefined
  readonly count: number
}

function renderRow({ name, place, more, seen, count }: Row): string {
  const times = count > 1 ? html` <span class="times">${count} times</span>` : ''
  const what = html`!${name}!${times} <span class="note">!${breakable(place)}</span>!${more}`
  if (seen === undefined) return html`<tr><th scope="row" class="unseen" colspan="2">!${what}</th></tr>`
  return html`<tr><th scope="row">!${what}</th><td>!${seen}</td></tr>`
}

/** A name that may be broken between its words, where there is little room. */
function breakable(name: string): string {
  const words = visible(name).split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[\p{L}\p{N}}][_/.])(?=[\p{L}{])/u)
  return words.map((word) => html`${word}`).join('<wbr>')
}

function isWhole({ parts }: MessageCoverage): boolean {
  return parts.every(({ isSeen }) => isSeen)
}

function renderLinks(places: readonly string[], names: ReadonlyMap<string, string>, anchorOf: AnchorOf): string {
  const items = places.map((at) => {
    const name = visible(names.get(at) ?? at)
    const anchor = anchorOf(at)
    return html`<li>!${anchor === undefined ? html`${name}` : html`<a href="#${anchor}" title="${at}">${name}</a>`}</li>`
  })
  const more = items.slice(MAX_LINKS)
  const folded =
    more.length === 0
      ? ''
      : html`<details><summary>${more.length} more</summary><ul class="seen">!${more}</ul></details>`
  return html`<ul class="seen">!${items.slice(0, MAX_LINKS)}</ul>!${folded}`
}

function visible(text: string): string {
  return escapeInvisible(text, '\n')
}
