/** What failed: by the first line, the most frequent first, with the conversation of one user each. */

import { html } from 'ghtml'
import { escapeInvisible } from '../text/lazy-visible'
import type { FailureKind } from './figures'
import type { ShownFailure } from './read-load-run'
import { formatCount, formatMoment } from './text-of-figures'

/** More kinds than these are folded away. */
const SHOWN = 10

/** A text is cut here, in characters; the file has all of it. */
const MAX_TEXT = 30_000

/** What is needed to tell when and where. */
export interface FailureContext {
  readonly began: Date | undefined
  /** Where the files are, seen from the page. */
  readonly folder: string
}

/** Renders the failures; nothing if there were none. */
export function renderFailures(failures: readonly FailureKind[], context: FailureContext): string {
  if (failures.length === 0) return ''
  const items = failures.map((failure) => renderKind(failure, context))
  const more = items.slice(SHOWN)
  const folded =
    more.length === 0
      ? ''
      : html`<details class="more"><summary>${more.length} more</summary><ol start="${SHOWN + 1}">!${more}</ol></details>`
  return html`<section class="failures" aria-labelledby="_failures">
<h2 id="_failures">What failed</h2>
<ol>!${items.slice(0, SHOWN)}</ol>
!${folded}
</section>`
}

function renderKind({ kind, count, first }: FailureKind, context: FailureContext): string {
  const times = html`<b class="times">${formatCount(count)} ×</b>`
  if (!first) return html`<li><p class="kind">!${times} <span>${visible(kind)}</span></p></li>`
  return html`<li><details><summary class="kind">!${times} <span>${visible(kind)}</span></summary>!${renderFirst(first, context)}</details></li>`
}

function renderFirst(failure: ShownFailure, { began, folder }: FailureContext): string {
  const { message, scenario, location, sentence, user, at, leftOut, drawn, written, picture, text } = failure
  const when = began ? ` ${formatMoment(new Date(at), began)}` : ''
  const files = [
    drawn === undefined ? '' : renderLink('Picture', folder, failure, picture),
    written === undefined ? '' : renderLink('Text', folder, failure, text),
  ].filter((link) => link !== '')
  return html`<div class="failure">
<p>!${sentence === '' ? 'Outside of the sentences' : html`In <b>${sentence}</b>`} of <cite>${scenario}</cite> (${location}), as ${user}${when}</p>
<pre tabindex="0">${visible(message)}</pre>
!${leftOut > 0 ? html`<p class="note">${formatCount(leftOut)} earlier entr${leftOut === 1 ? 'y of this conversation is' : 'ies of this conversation are'} left out: a user keeps the latest alone.</p>` : ''}
!${drawn === undefined ? '' : html`<div class="picture" tabindex="0" role="group" aria-label="The conversation of ${user}"><img loading="lazy" alt="The conversation of ${user}, up to the failure" src="data:image/svg+xml;base64,${Buffer.from(drawn).toString('base64')}"></div>`}
!${written === undefined ? '' : html`<details class="text"><summary>The conversation as text</summary><pre tabindex="0">${cut(visible(written))}</pre></details>`}
!${files.length === 0 ? '' : html`<p class="files">!${files.join(' · ')}</p>`}
</div>`
}

function renderLink(title: string, folder: string, { folder: within }: ShownFailure, name: string | undefined): string {
  const path = [folder, within, name].filter((part) => part).join('/')
  return html`<a href="${encodePath(path)}">${title}</a>`
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}\n… (${text.length} characters)`
}

function visible(text: string): string {
  return escapeInvisible(text, '\n\t')
}
