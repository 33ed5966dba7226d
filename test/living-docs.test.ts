/** The living documentation as its readers have it: a file, opened from disk in a browser. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { expect } from 'chai'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { SaxesParser } from 'saxes'
import { hasBrowser, openBrowser } from './support/browser'

const root = resolve(__dirname, '..')
const project = join(__dirname, 'living-docs')

describe('The living documentation', function () {
  this.timeout(60_000)

  let folder: string
  let browser: Browser
  let printed: string
  let page: Page
  /** What a page has done that it should not. */
  let troubles: string[]

  before('features run, and a browser starts', async function () {
    if (!hasBrowser) this.skip()
    folder = await mkdtemp(join(tmpdir(), 'living-docs-'))
    printed = await runFeatures(folder, 1)
    browser = await openBrowser()
  })

  after(async () => {
    await browser?.close()
    if (folder) await rm(folder, { recursive: true })
  })

  afterEach(() => page?.context().close())

  describe('is a page that', () => {
    beforeEach(() => open())

    afterEach(() => {
      expect(troubles).to.deep.equal([])
    })

    it('has a title, an introduction, and the facts of the run', async () => {
      expect(await page.title()).to.equal('Orders & <b>more</b>')
      expect(await page.locator('h1').textContent()).to.equal('Orders & <b>more</b>')
      expect(await page.locator('.introduction h2').textContent()).to.equal('What this is')
      expect(
        await page.locator('.introduction a').evaluateAll((links) => links.map((link) => link.textContent)),
      ).to.deep.equal(['a link', 'no picture'])
      expect(await page.locator('.facts').textContent()).to.match(
        /^\d{4}-\d\d-\d\d \d\d:\d\d UTC · [\d.]+ m?s · cucumber-js \d+\.\d+\.\d+ · node\.js \d+\.\d+\.\d+ · \w+ · .*commit [\da-f]{8}/,
      )
    })

    it('has the features by folder and name, each with its outcome', async () => {
      expect(await page.locator('nav').innerText()).to.equal(
        '✗\nOhne unsere Sätze\n✗\nHow it can end\n✓\nSearch\norders\n✓\nMessages like </svg><script>alert(8)</script>\n✓\nPlacing orders',
      )
    })

    it('says first what did not pass, and leads there', async () => {
      const items = await page.locator('.failures li').allInnerTexts()
      expect(items.map((item) => item.split('\n')[0])).to.deep.equal([
        '✗ Ohne unsere Sätze: Etwas anderes',
        '✗ How it can end: It fails',
        '✗ How it can end: A secret is told',
        '✗ How it can end: The door is closed',
        '? How it can end: It is undefined',
        '✗ How it can end: It is nearly a sentence',
        '… How it can end: It is pending',
        '≠ How it can end: It is ambiguous',
      ])
      expect(items[1]).to.contain('Rob did not receive "Hullo" within 300 ms.')
      await page.getByRole('link', { name: 'How it can end: It fails' }).click()
      await isInView('#outcomes--it-fails')
    })

    it('shows the conversation without a click', async () => {
      await page.locator('#orders-placing--nobody-is-told').scrollIntoViewIfNeeded()
      const picture = page.locator('#orders-placing--nobody-is-told .picture svg')
      await picture.getByText('I saw cake').first().waitFor({ state: 'visible' })
      expect((await picture.boundingBox())?.height).to.be.greaterThan(200)
    })

    it('tells narratives in Markdown, backgrounds once, and outlines as tables', async () => {
      const feature = page.locator('#orders-placing')
      expect(await feature.locator('.prose strong').first().textContent()).to.equal('buyer')
      expect(await feature.locator('.prose li').allTextContents()).to.deep.equal([
        'at once, and',
        'without a word too many.',
      ])
      expect(await feature.getByText('Good morning, exchange').locator('visible=true').count()).to.equal(1)
      const outline = page.locator('#orders-placing--order-number-of-item')
      expect(await outline.locator('.written li').allTextContents()).to.deep.equal([
        'When Ann sends "<item> as number <number>"',
        'Then Rob receives "<item> as number <number>"',
      ])
      const rows = await outline
        .locator('.examples tr')
        .evaluateAll((all) => all.map((row) => [...row.children].map(({ textContent }) => textContent)))
      expect(rows).to.deep.equal([
        ['Result', 'number', 'item'],
        ['✓', '1', 'coffee'],
        ['✓', '2', 'milk'],
        ['Result', 'number', 'item'],
        ['✓', '1000', 'rice'],
      ])
      expect(await outline.locator('.run h5').count()).to.equal(3)
      expect(await outline.locator('.run .picture').count()).to.equal(3)
    })

    it('shows tables, doc strings and parameters as what they are', async () => {
      const scenario = page.locator('#orders-placing--an-order-is-confirmed')
      expect(await scenario.locator('.grid').first().locator('td').allTextContents()).to.deep.equal([
        'order.id',
        '12',
        'order.item',
        'tea',
      ])
      expect(await scenario.locator('li var').first().textContent()).to.equal('Rob')
      expect(await page.locator('#orders-placing .background pre').first().textContent()).to.contain('"greeting"')
    })

    it('tells every outcome by a sign and a word', async () => {
      const outcome = async (name: string) =>
        page.locator(`#outcomes--${name} > :is(h3, h4) .mark`).getAttribute('aria-label')
      expect(await outcome('it-fails')).to.equal('failed')
      expect(await outcome('the-door-is-closed')).to.equal('failed')
      expect(await outcome('it-passes-in-the-end')).to.equal('passed')
      expect(await outcome('it-is-undefined')).to.equal('undefined')
      expect(await outcome('it-is-pending')).to.equal('pending')
      expect(await outcome('it-is-ambiguous')).to.equal('ambiguous')
      expect(
        await page.locator('#outcomes--it-fails .steps > li').last().locator('.mark').getAttribute('title'),
      ).to.equal('skipped')
    })

    it('tells of earlier attempts', async () => {
      const scenario = page.locator('#outcomes--it-passes-in-the-end')
      await scenario.getByText('Tried 2 times').click()
      await scenario.getByText('Error: This was the first time.').waitFor({ state: 'visible' })
    })

    it('tells a writer what a sentence may have meant', async () => {
      expect(await page.locator('#outcomes--it-is-nearly-a-sentence').textContent()).to.contain(
        'Did you mean: Rob receives "x"',
      )
    })

    it('finds what was said on the wire, and marks it', async () => {
      await page.getByRole('searchbox').fill('saw cake')
      await page.getByText('1 of 21 scenarios').waitFor()
      expect(await shownScenarios()).to.deep.equal(['orders-placing--nobody-is-told'])
      expect(await page.locator('nav li[data-feature]:visible').count()).to.equal(1)
      expect(
        await page.evaluate(
          () => (CSS as unknown as { highlights: Map<string, Set<unknown>> }).highlights.get('found')?.size,
        ),
      ).to.be.greaterThan(0)
      await page.getByRole('searchbox').fill('never given twice')
      await page.getByText('3 of 21 scenarios').waitFor()
      await page.getByRole('searchbox').fill('nobody ever said this')
      await page.getByText('No scenario is like this.').waitFor()
      await page.getByRole('button', { name: 'Show all' }).click()
      await page.getByText('21 scenarios', { exact: true }).waitFor()
    })

    it('is filtered by outcome and by tag', async () => {
      await page.getByRole('button', { name: '5 failed' }).click()
      expect(await shownScenarios()).to.deep.equal([
        'ohne-uns--etwas-anderes',
        'outcomes--it-fails',
        'outcomes--a-secret-is-told',
        'outcomes--the-door-is-closed',
        'outcomes--it-is-nearly-a-sentence',
      ])
      await page.getByRole('button', { name: '5 failed' }).click()
      await page.locator('.filters').getByRole('button', { name: '@fast' }).click()
      expect(await shownScenarios()).to.deep.equal(['orders-placing--an-order-is-confirmed'])
      await page.locator('article').getByRole('button', { name: '@orders' }).click()
      expect(await shownScenarios()).to.have.length(3)
      await page.locator('.filters').getByRole('button', { name: '@orders' }).click()
      await page.locator('.filters').getByRole('button', { name: '@large' }).click()
      expect(await shownScenarios()).to.deep.equal(['orders-placing--order-number-of-item'])
      expect(await page.locator('.run:visible, tr[data-row]:visible').allTextContents()).to.have.length(2)
      await page.getByText('1 of 21 scenarios').waitFor()
    })

    it('is read with the keyboard', async () => {
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.textContent)).to.equal('Skip to the features')
      await page.keyboard.press('/')
      await page.keyboard.type('cake')
      await page.getByText('1 of 21 scenarios').waitFor()
      await page.keyboard.press('Escape')
      await page.getByText('21 scenarios', { exact: true }).waitFor()
    })

    it('is printed with all its pictures', async () => {
      await page.locator('.picture text').first().waitFor()
      await page.pdf()
      expect(await page.locator('[data-picture]:not([data-drawn])').count()).to.equal(0)
    })

    it('has no place wider than its window, however narrow', async () => {
      await page.setViewportSize({ width: 390, height: 800 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.equal(390)
    })

    it('shows what others attach, and runs nothing of it', async () => {
      const scenario = page.locator('#orders-hostile--markup-and-quotes-svg')
      await scenario.scrollIntoViewIfNeeded()
      await scenario.locator('.picture text').first().waitFor()
      expect(
        await scenario.locator('img').evaluateAll((all) => all.map((one) => one.getAttribute('alt'))),
      ).to.deep.equal(['A "<drawing>', 'A pixel'])
      expect(
        await scenario
          .locator('img')
          .first()
          .evaluate((image) => (image as HTMLImageElement).naturalWidth),
      ).to.equal(100)
      expect(await scenario.getByRole('link', { name: 'order.zip' }).getAttribute('download')).to.equal('order.zip')
      expect(
        await scenario
          .locator('a')
          .evaluateAll((links) =>
            links.map((link) => (link as HTMLAnchorElement).protocol).filter((one) => one.includes('script')),
          ),
      ).to.deep.equal([])
      const texts = await scenario.locator('pre').allTextContents()
      for (const text of ['<b>bold</b><script>alert(6)</script>', '{"order": 12}', '<i>logged</i>'])
        expect(texts).to.include(text)
    })

    it('draws what others call a conversation, and loads nothing for it', async () => {
      const picture = page.locator('.picture[aria-label="Conversation: of others"]')
      await picture.scrollIntoViewIfNeeded()
      await picture.locator('text').first().waitFor()
      // What is asked for is among the troubles of the page.
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
      expect(await picture.innerHTML())
        .to.match(/<rect/)
        .and.not.match(/example\.org|url|<(image|use|style|filter|animate)/i)
    })

    it('shows hostile messages as text', async () => {
      for (const text of [
        '<script>alert(\'x\')</script> ]]> </svg> & \\"quoted\\"',
        '</svg><script>alert(3)</script>',
        '東京タワー',
      ]) {
        await page.getByRole('searchbox').fill(text)
        await page.getByText(/^[12] of 21 scenarios$/).waitFor()
        await page.locator('.scenario:visible .picture svg', { hasText: text }).first().scrollIntoViewIfNeeded()
      }
      expect(await page.locator('script').count()).to.equal(2)
      expect(
        await page.evaluate(
          () =>
            [...document.querySelectorAll('*')].filter((element) =>
              element.getAttributeNames().some((name) => name.startsWith('on')),
            ).length,
        ),
      ).to.equal(0)
    })
  })

  it('opens at the scenario that a link names, whatever is filtered', async () => {
    await open({}, '#orders-placing--order-number-of-item-3')
    await isInView('#orders-placing--order-number-of-item-3')
    await page.getByRole('searchbox').fill('moon')
    await page.getByText('1 of 21 scenarios').waitFor()
    await page.evaluate(() => {
      location.hash = '#orders-placing--nobody-is-told'
    })
    await isInView('#orders-placing--nobody-is-told')
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      it(`is accessible: ${colorScheme}, ${width} px`, async () => {
        await open({ colorScheme, viewport: { width, height: 900 } })
        await page.pdf()
        // Not by a script element, which the page does not let in.
        await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'))
        const { violations } = await page.evaluate(() =>
          (
            window as unknown as {
              axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
            }
          ).axe.run(),
        )
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).to.deep.equal(
          [],
        )
      })
    }
  }

  it('has the conversations as text for a reader without JavaScript', async () => {
    await open({ javaScriptEnabled: false })
    await page.locator('noscript p').waitFor({ state: 'visible' })
    await page.getByText('Conversation: 2 messages, as text').first().click()
    await page.locator('.text[open] pre').waitFor({ state: 'visible' })
  })

  it('has the conversation of a scenario that broke off at an undefined sentence', async () => {
    await open({}, '#outcomes--it-is-undefined')
    await page.locator('#outcomes--it-is-undefined .picture').getByText('FAILED').waitFor()
    expect(await page.locator('.failures li').nth(4).innerText()).to.contain('Then the moon is high and bright')
  })

  it('has the same addresses whatever is run', async () => {
    const other = await mkdtemp(join(tmpdir(), 'living-docs-'))
    try {
      await runFeatures(other, 0, '--tags', '@large')
      expect(await anchorsIn(other)).to.deep.equal([
        'orders-placing',
        'orders-placing--order-number-of-item',
        'orders-placing--order-number-of-item-3',
      ])
    } finally {
      await rm(other, { recursive: true })
    }
  })

  it('is there, and says why, if a run breaks off', async () => {
    const other = await mkdtemp(join(tmpdir(), 'living-docs-'))
    try {
      await writeFile(join(other, 'broken.feature'), 'Feature: Broken\n  Scenario: One\n    Given a\n  Nonsense')
      await runFeatures(other, 1, join(other, 'broken.feature'))
      expect(await readFile(join(other, 'page.html'), 'utf8')).to.match(/broken\.feature cannot be read: \(4:3\)/)
    } finally {
      await rm(other, { recursive: true })
    }
  })

  it('has pictures that are well-formed, whatever was said', async () => {
    const messages = (await readFile(join(folder, 'messages.ndjson'), 'utf8')).split('\n').filter(Boolean)
    const pictures = messages
      .map((line) => JSON.parse(line).attachment)
      .filter(
        (attachment) => attachment?.mediaType === 'image/svg+xml' && attachment.fileName.startsWith('Conversation'),
      )
      .map(({ body }) => Buffer.from(body, 'base64').toString())
    expect(pictures.length).to.be.greaterThan(10)
    for (const picture of pictures) new SaxesParser({ xmlns: true }).write(picture).close()
  })

  it('has no secret, nor have the other reports, the messages and the console', async () => {
    const reports = await Promise.all(
      ['page.html', 'cucumber.html', 'messages.ndjson'].map((name) => readFile(join(folder, name), 'utf8')),
    )
    const pictures = /id="_pictures">([^<]*)/.exec(reports[0] as string)?.[1] as string
    const attached = [...(reports[2] as string).matchAll(/"body":"([\w+/=]*)","contentEncoding":"BASE64"/g)]
    const all = [
      printed,
      ...reports,
      gunzipSync(Buffer.from(pictures, 'base64')).toString(),
      ...attached.map(([, body = '']) => Buffer.from(body, 'base64').toString()),
    ]
    expect(all.filter((text) => text.includes('This is [redacted]')).length).to.be.greaterThan(4)
    expect(all.filter((text) => text.includes('hunter2'))).to.deep.equal([])
  })

  it('is the same of a run in parallel', async () => {
    const other = await mkdtemp(join(tmpdir(), 'living-docs-'))
    try {
      await runFeatures(other, 1, '--parallel', '2')
      expect(await anchorsIn(other)).to.deep.equal(await anchorsIn(folder))
    } finally {
      await rm(other, { recursive: true })
    }
  })

  async function anchorsIn(place: string): Promise<string[]> {
    const html = await readFile(join(place, 'page.html'), 'utf8')
    return [...html.matchAll(/<(?:article|section) [^>]*id="([^"]*)"[^>]*/g)].map(([, id = '']) => id)
  }

  async function open(options: BrowserContextOptions = {}, hash = ''): Promise<void> {
    troubles = []
    page = await (await browser.newContext(options)).newPage()
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
    page.on('pageerror', (error) => troubles.push(error.message))
    page.on('dialog', (dialog) => troubles.push(dialog.message()))
    page.on('request', (request) => /^(file|data):/.test(request.url()) || troubles.push(request.url()))
    await page.goto(pathToFileURL(join(folder, 'page.html')).href + hash)
  }

  async function isInView(selector: string): Promise<void> {
    await page.waitForFunction((wanted) => {
      const { top } = (document.querySelector(wanted) as Element).getBoundingClientRect()
      return top >= -5 && top < innerHeight / 2
    }, selector)
  }

  function shownScenarios(): Promise<string[]> {
    return page.locator('.scenario:not([hidden])').evaluateAll((all) => all.map(({ id }) => id))
  }
})

/** Runs the features beside this test, which fail and pass as they should; gives what is printed. */
async function runFeatures(reports: string, ends: number, ...args: string[]): Promise<string> {
  const env = {
    ...process.env,
    REPORTS: reports,
    CUCUMBER_WEBSOCKET_URL: undefined,
    TS_NODE_PROJECT: join(root, 'tsconfig.json'),
    TS_NODE_TRANSPILE_ONLY: 'true',
  }
  const cucumber = join(root, 'node_modules/.bin/cucumber-js')
  const child = spawn(cucumber, args, { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
  const [code] = await once(child, 'close')
  expect(code, output).to.equal(ends)
  return output
}
