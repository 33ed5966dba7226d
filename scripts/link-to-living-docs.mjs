/** A plugin of TypeDoc: every page of the site links to the living documentation, which shows the features. */

import { readdirSync } from 'node:fs'
import { JSX } from 'typedoc'

const LIVING_DOCS = 'living-documentation.html'

/** Folders, to which TypeDoc links as media, and the pages that show them. */
const PAGES = [
  ...readdirSync('features').map((folder) => [folder, LIVING_DOCS]),
  ['decisions', `documents/docs_decisions_${readdirSync('docs/decisions')[0].replace('.md', '.html')}`],
]

export function load(app) {
  app.renderer.hooks.on('pageSidebar.begin', ({ relativeURL }) =>
    JSX.createElement('p', null, JSX.createElement('a', { href: relativeURL(LIVING_DOCS) }, 'Living documentation')),
  )
  app.renderer.on('endPage', (page) => {
    const root = '../'.repeat(page.url.split('/').length - 1)
    for (const [folder, target] of PAGES) {
      page.contents = page.contents.replaceAll(`href="${root}media/${folder}"`, `href="${root}${target}"`)
    }
  })
}
