/** The page of a load test as its readers have it: a file, opened from disk in a browser. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { commands } from '../src/cli/commands'
import { runCommand } from '../src/cli/run-command'
import { hasBrowser, openBrowser } from './support/browser'
import { RESULTS, times, writeLoadResults } from './support/load-results'

describe('The page of a load test', function () {
  this.timeout(60_000)

  let folder: string
  let browser: Browser
  let page: Page
  let troubles: string[]

  before(async function () {
    if (!hasBrowser) this.skip()
    folder = mkdtempSync(join(tmpdir(), 'load-page-'))
    const more = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`Rob says ${index}`, times(index + 60)]))
    const summaries = { ...RESULTS.aggregate.summaries, ...more }
    writeLoadResults(folder, { ...RESULTS, aggregate: { ...RESULTS.aggregate, summaries } })
    const output = { print: () => {}, complain: (text: string) => expect.fail(text) }
    expect(await runCommand(['load-report', folder], commands, output)).to.equal(0)
    browser = await openBrowser()
  })

  after(async () => {
    await browser?.close()
    if (folder) rmSync(folder, { recursive: true })
  })

  afterEach(async () => {
    await page?.context().close()
    expect(troubles).to.deep.equal([])
  })

  async function open(options: BrowserContextOptions = {}): Promise<void> {
    troubles = []
    page = await (await browser.newContext(options)).newPage()
    page.on('pageerror', (error) => troubles.push(error.message))
    page.on('console', (message) => troubles.push(message.text()))
    page.on('request', (request) => /^(file|data|blob):/.test(request.url()) || troubles.push(request.url()))
    await page.goto(pathToFileURL(join(folder, 'index.html')).href)
    if (options.javaScriptEnabled !== false) await page.locator('.plot canvas').nth(3).waitFor()
  }

  it('draws four charts, of which one follows the sentence that is chosen', async () => {
    await open()
    expect(await page.locator('#_timing').inputValue()).to.equal('Rob says 29')
    const before = await page.locator('.plot canvas').first().screenshot()
    await page.getByRole('searchbox').fill('receives hi')
    await page.getByRole('button', { name: 'Ann receives "Hi"' }).click()
    expect(await page.locator('#_timing').inputValue()).to.equal('Ann receives "Hi"')
    expect((await page.locator('.plot canvas').first().screenshot()).equals(before)).to.equal(false)
  })

  it('sorts by any figure, finds sentences, and has those that are folded away', async () => {
    await open()
    const shown = () => page.locator('tbody tr:visible .name').allTextContents()
    expect(await shown()).to.have.length(25)
    await page.getByRole('button', { name: 'p50' }).click()
    await page.getByRole('button', { name: 'p50' }).click()
    expect((await shown()).slice(0, 2)).to.deep.equal(['my.own', 'Ann sends "Hi"'])
    await page.getByRole('button', { name: 'Show all 36' }).click()
    expect(await page.locator('.timings tbody tr:visible').count()).to.equal(36)
    await page.getByRole('searchbox').fill('SAYS 1')
    expect(await shown()).to.have.length(12)
  })

  it('shows the conversation of a failure', async () => {
    await open()
    await page.getByText('Ann did not receive "Hi" within 2 s.').first().click()
    await page.locator('.picture img').waitFor({ state: 'visible' })
    await page.getByText('The conversation as text').click()
    await page.getByText('Ann sends {"message":"<Hi>"}').waitFor({ state: 'visible' })
    const link = page.getByRole('link', { name: 'Picture' })
    expect(await link.evaluate((one) => (one as HTMLAnchorElement).href)).to.match(/failures\/ab12\.svg$/)
  })

  it('has all tables and conversations for a reader without JavaScript', async () => {
    await open({ javaScriptEnabled: false })
    await page.locator('noscript p').waitFor({ state: 'visible' })
    expect(await page.locator('.timings tbody tr:visible').count()).to.equal(36)
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      it(`is accessible, and no wider than its window: ${colorScheme}, ${width} px`, async () => {
        await open({ colorScheme, viewport: { width, height: 900 } })
        await page.getByText('Ann did not receive "Hi" within 2 s.').first().click()
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.equal(width)
        // Not by a script element, which the page does not let in.
        await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'))
        const { violations } = await page.evaluate(() =>
          (
            window as unknown as {
              axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
            }
          ).axe.run(),
        )
        const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)
        expect(told).to.deep.equal([])
      })
    }
  }

  it('is drawn anew when the window or its colours change', async () => {
    await open({ colorScheme: 'light', viewport: { width: 1280, height: 900 } })
    const canvas = page.locator('.plot canvas').first()
    const before = await canvas.screenshot()
    await page.emulateMedia({ colorScheme: 'dark' })
    expect((await canvas.screenshot()).equals(before)).to.equal(false)
    await page.setViewportSize({ width: 390, height: 900 })
    await page.waitForFunction(() => (document.querySelector('.plot canvas')?.clientWidth ?? 999) <= 390)
  })
})
