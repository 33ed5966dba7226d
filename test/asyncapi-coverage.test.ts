/** The coverage of an AsyncAPI document as its users have it: of whole runs, of runs in parallel, and of shards that are merged. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import type { Browser } from 'playwright-core'
import { hasBrowser, openBrowser } from './support/browser'

const root = resolve(__dirname, '..')
const project = join(__dirname, 'asyncapi-coverage')
const SUMMARY =
  'AsyncAPI coverage of docs/chat.yaml (Chat of the house): 50 %, 3 of 6 messages seen and valid, 2 of 5 branches and enum values\n' +
  '  Wrong: 1\n    Closed, sent by the server in news (told): $.at is missing'

describe('The coverage of an AsyncAPI document', function () {
  this.timeout(60_000)

  let folder: string
  let whole: Run

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'asyncapi-coverage-'))
    whole = await runFeatures('whole')
  })

  after(() => rmSync(folder, { recursive: true }))

  it('is written and told at the end of a run, which it does not fail by itself', () => {
    expect(whole.code, whole.output).to.equal(0)
    expect(whole.output).to.contain(SUMMARY)
    const { documents, scenarios } = JSON.parse(report('whole'))
    expect(documents[0].figures).to.include({ coverage: 0.5, valid: 3, wrong: 1, unseen: 2, undocumented: 1 })
    expect(scenarios[0]).to.deep.equal({ at: 'features/talking.feature:3', name: 'Rob is heard' })
  })

  it('counts the last attempt of a scenario alone', () => {
    const { messages } = JSON.parse(report('whole')).documents[0]
    expect(messages.find(({ message }: { message: string }) => message === 'Opened')).to.include({ valid: 1 })
  })

  it('is the same of a run in parallel', async () => {
    const { code, output } = await runFeatures('parallel', ['--parallel', '2'])
    expect(code, output).to.equal(0)
    expect(report('parallel')).to.equal(report('whole'))
  })

  it('fails a run below the minimum, also one that Cucumber ends at once', async () => {
    const { code, output } = await runFeatures('below', ['--exit'], { MINIMUM: '0.9' })
    expect(code, output).to.equal(1)
    expect(output).to.contain('The coverage of docs/chat.yaml is 50 %, below the minimum of 90 %.')
    expect(report('below')).to.equal(report('whole'))
  })

  it('fails no run that reaches the minimum, and no dry run', async () => {
    expect((await runFeatures('enough', [], { MINIMUM: '0.5' })).code).to.equal(0)
    expect((await runFeatures('dry', ['--dry-run'], { MINIMUM: '0.9' })).code).to.equal(0)
  })

  it('fails a run with a minimum in which no document was validated', async () => {
    const { code, output } = await runFeatures('unvalidated', ['--tags', '@unvalidated'], { MINIMUM: '0.9' })
    expect(code, output).to.equal(1)
    expect(output).to.contain('no scenario was validated against a document: is the setting "asyncapi" there?')
    const none = await runFeatures('none', ['--tags', '@no-such-tag'], { MINIMUM: '0.9' })
    expect(none.code, none.output).to.equal(1)
    expect(none.output).to.contain('no scenario was run: do the paths, names and tags select one?')
  })

  it('is empty for a run whose features cannot be read, which a merge says', async () => {
    const broken = join(folder, 'broken.feature')
    writeFileSync(broken, 'Feature: Broken\n  Scenario: One\n    Given a\n  Nonsense')
    const { code, output } = await runFeatures('broken', [broken], { MINIMUM: '0.9' })
    expect(code, output).to.equal(1)
    expect(output).to.contain('Parse error').and.not.to.contain('AsyncAPI coverage')
    const merged = await runCommand('asyncapi', 'merge', join(folder, 'broken/coverage.json'))
    expect(merged.code).to.equal(2)
    expect(merged.output).to.contain('is empty: the run that should have written it was broken off.')
  })

  it('says what is wrong with its options', async () => {
    const { code, output } = await runFeatures('wrong', [], { MINIMUM: '90' })
    expect(code).not.to.equal(0)
    expect(output).to.contain('"minimum" should be a number from 0 to 1, such as 0.9, not 90.')
  })

  describe('of two shards, merged', () => {
    before(async () => {
      for (const shard of ['1/2', '2/2']) {
        const { code, output } = await runFeatures(`shard-${shard[0]}`, ['--shard', shard], { MINIMUM: '0.9' })
        expect(code, output).to.equal(0)
        expect(output).to.contain('The minimum is not applied to a shard.')
      }
    })

    it('is that of the whole run', async () => {
      const parts = [1, 2].map((shard) => join(folder, `shard-${shard}`, 'coverage.json'))
      const out = join(folder, 'merged.json')
      const { code, output } = await runCommand('asyncapi', 'merge', ...parts, '--out', out, '--minimum', '0.9')
      expect(code, output).to.equal(1)
      expect(output).to.contain(SUMMARY).and.to.contain('is 50 %, below the minimum of 90 %')
      expect(readFileSync(out, 'utf8')).to.equal(report('whole'))
    })
  })

  describe('in the living documentation', () => {
    let browser: Browser

    before(async function () {
      if (!hasBrowser) this.skip()
      browser = await openBrowser()
    })

    after(() => browser?.close())

    it('has the gaps first, and links to the scenarios that have seen a message', async () => {
      const page = await open()
      const rows = page.locator('.contract > .messages [scope="row"]')
      expect(
        (await rows.allTextContents()).map((text) => /^. [A-Z]\w+|^. unknown message/.exec(text)?.[0]),
      ).to.deep.equal(['✗ Closed', '? unknown message', '○ Refused', '○ Moved'])
      expect(await page.locator('.share').innerText()).to.equal('50 %')
      await page.locator('summary', { hasText: '3 seen and valid' }).click()
      await page.getByText('1 more').click()
      await page.getByRole('link', { name: 'Cleo is heard' }).first().click()
      expect(await page.locator(':target').innerText()).to.contain('Cleo')
      await page.context().close()
    })

    it('is told in its section alone: no step shows what it was made of', async () => {
      const page = await open()
      expect(await page.getByText('asyncapi-coverage.json').count()).to.equal(0)
      expect(await page.locator('.feature a[download]').count()).to.equal(0)
      await page.getByRole('link', { name: 'Contract: 50 %' }).click()
      expect(await page.locator(':target').innerText()).to.equal('What was seen of the contract')
      await page.context().close()
    })

    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1280, 390]) {
        it(`can be read by everybody, ${colorScheme}, ${width} px wide`, async () => {
          const page = await open({ colorScheme, viewport: { width, height: 900 } })
          await page.locator('.contract details').evaluateAll((all) => all.map((one) => one.setAttribute('open', '')))
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.equal(width)
          await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'))
          const violations = await page.evaluate(async () => {
            const { axe } = window as unknown as { axe: typeof import('axe-core') }
            return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`)
          })
          expect(violations).to.deep.equal([])
          await page.context().close()
        })
      }
    }

    async function open(options = {}) {
      const page = await (await browser.newContext(options)).newPage()
      await page.goto(pathToFileURL(join(folder, 'whole', 'page.html')).href)
      return page
    }
  })

  function report(name: string): string {
    return readFileSync(join(folder, name, 'coverage.json'), 'utf8')
  }

  function runFeatures(name: string, args: readonly string[] = [], env: Record<string, string> = {}): Promise<Run> {
    const cucumber = join(root, 'node_modules/.bin/cucumber-js')
    return run(cucumber, args, { REPORTS: join(folder, name), ...env })
  }
})

interface Run {
  readonly code: number
  readonly output: string
}

function runCommand(...args: string[]): Promise<Run> {
  return run(process.execPath, ['--require', 'ts-node/register', join(root, 'src/cli.ts'), ...args])
}

async function run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  const child = spawn(command, args, {
    cwd: project,
    env: { ...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.json'), TS_NODE_TRANSPILE_ONLY: 'true', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
  const [code] = await once(child, 'close')
  return { code, output }
}
