/** The source tree: rooms of one theme, none too large to know. Who may import whom is checked by `npm run structure`. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'

/** In lines, without tests. */
const LARGEST_ROOM = 1300

const root = join(__dirname, '..', 'src')
const rooms = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory())

/** What writes markup, sentences and commands, which have quotes of their own. */
const WITHOUT_ERRORS =
  /^(?:living-docs|report|rephrasings|suggestions|command-values|page|coverage\/render-coverage|load-report\/render-\w+|scaffold\/gherkin)\b/
/** Examples, what is quoted for a parser, and what cannot have more than a line. */
const NOT_SHOWN = [
  ...['"${phrase}"', '"${PHRASE}"', '"${id}"', '"${port}"', '"${received.table}"'],
  ...['"${excerpt(text)}"', '"${excerptInOneLine(text, options)}"', '"${quoted}"', '"${escapes}"', '"${found}"'],
]

describe('Source tree', () => {
  for (const { name } of rooms) {
    it(`has at most ${LARGEST_ROOM} lines in src/${name}`, () => {
      expect(linesIn(join(root, name))).to.be.within(1, LARGEST_ROOM)
    })
  }

  it('puts what it shows in quotes by `quoted`, so that a text from outside begins no line', () => {
    const raw = sourcesIn(root)
      .filter((file) => !WITHOUT_ERRORS.test(file))
      .flatMap((file) => readFileSync(join(root, file), 'utf8').match(/"\$\{[^}]*\}"/g) ?? [])
    expect(raw.filter((found) => !NOT_SHOWN.includes(found))).to.deep.equal([])
  })

  it('parses URLs in one place, which says why', () => {
    const parsing = sourcesIn(root).filter((file) => /URL\.canParse\(/.test(readFileSync(join(root, file), 'utf8')))
    expect(parsing).to.deep.equal([])
  })
})

function sourcesIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
}

function linesIn(folder: string): number {
  return sourcesIn(folder).reduce(
    (sum, file) => sum + readFileSync(join(folder, file), 'utf8').split('\n').length - 1,
    0,
  )
}
