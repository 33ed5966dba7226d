/** What README.md and the guides claim that a test can tell: all settings, and links that lead somewhere. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'chai'

const root = dirname(__dirname)
const read = (path: string) => readFileSync(join(root, path), 'utf8')

describe('README.md', () => {
  it('names each setting once', () => {
    const settings = /export interface Settings \{(.*?)^\}/ms.exec(read('src/settings/settings.ts'))?.[1] ?? ''
    const known = [...settings.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name]) => name)
    const table = /^## Settings\n(.*?)^## /ms.exec(read('README.md'))?.[1] ?? ''
    const rows = [...table.matchAll(/^\| (`\w+`(?:, `\w+`)*) \|/gm)].map(([, names]) => names as string)
    const named = rows.flatMap((names) => names.replaceAll('`', '').split(', '))
    expect(known).to.include('url')
    expect(named).to.have.members(known)
  })
})

describe('The guides', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)]

  for (const page of pages.filter((path) => path.endsWith('.md'))) {
    it(`each link in ${page} leads to a file or a heading`, () => {
      for (const [, path = '', anchor] of read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)) {
        const target = path === '' ? page : join(dirname(page), path)
        expect(existsSync(join(root, target)), target).to.equal(true)
        if (anchor) expect(anchorsOf(read(target)), target).to.include(anchor)
      }
    })
  }

  it('name files that there are', () => {
    const named = (page: string, pattern: RegExp) => [...read(page).matchAll(pattern)].map(([, path]) => path as string)
    const paths = [
      ...named('CONTRIBUTING.md', /`(src\/[\w./-]+)`/g),
      ...named('docs/architecture.md', /`([a-z-]+\/[\w/-]+\.ts)`/g).map((path) =>
        path.startsWith('test/') ? path : `src/${path}`,
      ),
    ]
    expect(paths.length).to.be.greaterThan(20)
    for (const path of paths) expect(existsSync(join(root, path)), path).to.equal(true)
  })
})

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
}
