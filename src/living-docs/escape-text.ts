/** Text between tags, where quotes are nothing special: they are many in JSON, and would take five characters each. */

import { html } from 'ghtml'

/** A text as it stands between two tags; never within one. */
export function escapeText(text: string): string {
  return html`${text}`.replaceAll('&#34;', '"').replaceAll('&#39;', "'")
}
