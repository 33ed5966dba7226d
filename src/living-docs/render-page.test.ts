/** The page of a run in a project that has neither git nor the sentences of this library. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect } from 'chai'

const root = resolve(__dirname, '../..')
const tags = Array.from({ length: 21 }, (_, index) => `@t${index}`).join(' ')

const files = {
  'features/shop.feature': `
    Feature: A shop
      Scenario Outline: <number> cups
        Given there are <number> cups
        Examples: Some
          | number |
          | 1      |
          | 0      |
        Examples: None yet

      ${tags}
      Scenario: The sky has a colour, or none
        Given the sky is
        And the sky is blue

      @waiting
      Scenario: Before it opens
        Given there are 1 cups

      Rule: Later
        @later
        Scenario: Nobody asked for it
          Given there are 1 cups`,
  'features/hebrew.feature': '# language: he\nתכונה: חנות\n  תרחיש: כוס\n    בהינתן there are 1 cups',
  'features/emoji.feature': '# language: em\n📚: Cups\n  📕: One\n    😐there are 1 cups',
  'support.js': `
    const { AfterAll, Before, Given } = require(${JSON.stringify(require.resolve('@cucumber/cucumber'))})
    Before({ tags: '@waiting', name: 'The shop opens' }, () => 'pending')
    Given('there are {int} cups', (cups) => { if (cups === 0) throw 'No cup is left' })
    Given(/^the sky is ?(\\w+)?$/, () => {})
    AfterAll(() => { throw new Error('The shop does not close') })`,
}

describe('Living documentation page', function () {
  this.timeout(60_000)

  let page: string

  before(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'shop-'))
    try {
      await mkdir(join(folder, 'features'))
      for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
      await runIn(folder)
      page = await readFile(join(folder, 'page.html'), 'utf8')
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('shows the commit and the build, as the environment of the build names them', () => {
    expect(page).to.match(/<p class="facts">.* · commit 01234567 · Jenkins 7<\/p>/)
  })

  it('has no introduction if none was written', () => {
    expect(page).not.to.contain('class="introduction')
  })

  it('folds many tags away', () => {
    expect(page).to.contain('<details><summary>22 tags</summary><button type="button" class="filter tag"')
  })

  it('shows which row of an outline failed, and why', () => {
    expect(page).to.match(/A shop: &#60;number&#62; cups \(0\)<\/a><br><span class="why">.*No cup is left.*<\/span>/)
  })

  it('shows a hook that did not pass, by its name', () => {
    expect(page).to.match(/A shop: Before it opens<\/a><br><span class="why">Before scenario The shop opens<\/span>/)
    expect(page).to.contain('<b>Before scenario</b> The shop opens</p>')
  })

  it('shows what failed after all scenarios', () => {
    expect(page).to.match(/<li><pre class="failure" tabindex="0">[^<]*The shop does not close/)
  })

  it('marks the parameters of steps', () => {
    expect(page).to.match(/the sky is<\/p>.*the sky is <var>blue<\/var><\/p>/s)
  })

  it('leaves out examples without rows, and rules of which nothing was run', () => {
    expect(page).to.contain('</b> Some</p>').and.not.contain('None yet').and.not.contain('Later')
  })

  it('has the language of each feature, and its direction, if there is one', () => {
    expect(page).to.contain('<article class="feature" lang="he" dir="rtl" id="hebrew">')
    expect(page).to.contain('<article class="feature" id="emoji">')
  })
})

/** Runs Cucumber as on a build machine whose checkout has no branch. */
async function runIn(folder: string): Promise<void> {
  const { PATH, NODE_V8_COVERAGE } = process.env
  const env = {
    ...{ PATH, NODE_V8_COVERAGE, TS_NODE_PROJECT: join(root, 'tsconfig.json'), TS_NODE_TRANSPILE_ONLY: 'true' },
    ...{ BUILD_URL: 'https://example.org/7', BUILD_NUMBER: '7' },
    ...{ GIT_URL: 'https://example.org/shop.git', GIT_COMMIT: '0123456789abcdef' },
  }
  const format = `"${join(root, 'features/support/living-docs.js')}":"page.html"`
  const args = ['--require', 'support.js', '--format', format, '--tags', 'not @later']
  const cucumber = spawn(join(root, 'node_modules/.bin/cucumber-js'), args, { cwd: folder, env, stdio: 'ignore' })
  const [code] = await once(cucumber, 'close')
  expect(code).to.equal(1)
}
