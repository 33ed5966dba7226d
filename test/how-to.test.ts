/** The snippets of docs/how-to.md, each run as its reader would run it. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { expect } from 'chai'
import { parse } from 'yaml'
import { endRuns, runFeature } from '../features/support/inner-run'
import { type GuideServer, startGuideServer } from './support/guide-server'

const guide = readFileSync(join(__dirname, '../docs/how-to.md'), 'utf8')
const sections = guide.split(/^## /m).slice(1)

/** The files that the guide speaks of. */
const files = {
  'server.js': `require(${JSON.stringify(join(__dirname, '../features/support/echo.js'))})`,
  'features/messages/place order.json': readFileSync(join(__dirname, '../features/messages/place order.json'), 'utf8'),
  'asyncapi.yaml': readFileSync(join(__dirname, '../features/schemas/asyncapi.yaml'), 'utf8'),
}

describe('docs/how-to.md', function () {
  this.timeout(60_000)

  let server: GuideServer

  before(async () => {
    server = await startGuideServer()
  })

  after(async () => {
    await endRuns()
    await server.close()
  })

  for (const section of sections) {
    const title = section.slice(0, section.indexOf('\n'))
    const snippets = snippetsOf(section)
    if (snippets.length === 0) continue

    it(`${title}: each scenario passes`, async () => {
      const steps = blocksOf(section, 'ts').map(asInRepository)
      const own = Object.fromEntries(steps.map((step, index) => [`features/support/step-${index}.ts`, step]))
      // What has been loaded stays, and takes no more steps.
      if (steps.length > 0) await endRuns()
      for (const { scenario, settings } of snippets) {
        const { failures, output, success, passed } = await runFeature(
          /^# language/.test(scenario) ? scenario : `Feature: ${title}\n${scenario}`,
          {
            settings: runInNewContext(`({ ${settings} })`, { process }).websocket,
            url: server.url,
            files: { ...files, ...own },
            support: Object.keys(own),
          },
        )
        expect(failures.join('\n'), scenario).to.equal('')
        expect(success, output).to.equal(true)
        expect(passed).to.equal(1)
      }
    })
  }

  it('has snippets of at most 10 lines', () => {
    for (const snippet of blocksOf(guide, 'gherkin')) {
      expect(snippet.trimEnd().split('\n'), snippet).to.have.lengthOf.at.most(10)
    }
  })

  it('has settings for CI that are YAML', () => {
    for (const block of blocksOf(guide, 'yaml')) expect(parse(block)).to.have.any.keys('jobs', 'features')
  })
})

/** A file of steps, with the packages that it finds in a project. */
function asInRepository(step: string): string {
  return step.replace(/(?<=from )'(.+)'/g, (_, name: string) => {
    return JSON.stringify(name === 'cucumber-websocket' ? join(__dirname, '../src') : require.resolve(name))
  })
}

interface Block {
  readonly language: string
  readonly content: string
}

function blocksIn(text: string): Block[] {
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', content = '']) => ({
    language,
    content,
  }))
}

function blocksOf(text: string, wanted: string): string[] {
  return blocksIn(text).flatMap(({ language, content }) => (language === wanted ? [content] : []))
}

/** Scenarios, each with the settings that stand right before it. */
function snippetsOf(section: string): { readonly scenario: string; readonly settings: string }[] {
  const blocks = blocksIn(section).filter(({ language }) => language === 'js' || language === 'gherkin')
  return blocks.flatMap(({ language, content: scenario }, index) => {
    const before = blocks[index - 1]
    const settings = before?.language === 'js' ? before.content : 'websocket: {}'
    return language === 'gherkin' ? [{ scenario, settings }] : []
  })
}
