/** A plugin of TypeDoc: every page of the site leads to the living documentation, where the features are told. */

import { readdirSync } from 'node:fs'
import { JSX } from 'typedoc'

const LIVING_DOCS = 'living-documentation.html'

/** What TypeDoc makes of links to folders. */
const PLACES = [
  ...readdirSync('features').map((folder) => [folder, LIVING_DOCS]),
  ['decisions', `documents/docs_decisions_${readdirSync('docs/decisions')[0].replace('.md', '.html')}`],
]

export function load(app) {
  app.renderer.hooks.on('pageSidebar.begin', ({ relativeURL }) =>
    JSX.createElement('p', null, JSX.createElement('a', { href: relativeURL(LIVING_DOCS) }, 'Living documentation')),
  )
  app.renderer.on('endPage', (page) => {
    const root = '../'.repeat(page.url.split('/').length - 1)
    for (const [folder, place] of PLACES) {
      page.contents = page.contents.replaceAll(`href="${root}media/${folder}"`, `href="${root}${place}"`)
    }
  })
}
