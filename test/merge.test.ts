/** Shards that Cucumber has run, merged into one page, beside the page of one run. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect } from 'chai'

const root = resolve(__dirname, '..')
const formatter = join(root, 'features/support/living-docs.js')

describe('The living documentation of shards', function () {
  this.timeout(600_000)

  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shards-'))
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  it('is that of one run: the chat, in four shards', async () => {
    const project = { cwd: root, paths: ['features/chat'] }
    requireSame(await merged(project, 4), await inOneRun(project, ['--parallel', '2']))
  })

  it('is that of one run, with retries, failures, attachments and workers in parallel', async () => {
    const project = { cwd: join(root, 'test/living-docs'), paths: [], environment: { REPORTS: folder } }
    const page = await merged(project, 2, ['--parallel', '2'])
    requireSame(page, await inOneRun(project))
    expect(page.page).to.contain('Tried 2 times')
  })

  it('is that of one run, with what was seen of a contract', async () => {
    const project = { cwd: join(root, 'test/asyncapi-coverage'), paths: [] }
    const page = await merged(project, 2)
    requireSame(page, await inOneRun(project))
    expect(page.page).to.contain('What was seen of the contract')
  })

  interface Project {
    readonly cwd: string
    readonly paths: readonly string[]
    readonly environment?: NodeJS.ProcessEnv
  }

  async function inOneRun({ cwd, paths, environment }: Project, args: readonly string[] = []) {
    await run(cucumber, [...paths, ...config(cwd, [[formatter, join(folder, 'one.html')]]), ...args], cwd, environment)
    return readPage(join(folder, 'one.html'))
  }

  async function merged({ cwd, paths, environment }: Project, shards: number, args: readonly string[] = []) {
    for (let number = 1; number <= shards; number++) {
      const format = [['message', join(folder, `shard-${number}.ndjson`)]]
      const given = [...paths, ...config(cwd, format, number), '--shard', `${number}/${shards}`, ...args]
      await run(cucumber, given, cwd, environment)
    }
    const merge = ['--require', 'ts-node/register', join(root, 'src/cli.ts'), 'merge', join(folder, 'shard-*.ndjson')]
    await run(merge, ['--shards', `${shards}`, '--out', join(folder, 'merged.html')], cwd)
    return readPage(join(folder, 'merged.html'))
  }

  /** The project's configuration, with no reports but these. */
  function config(cwd: string, format: readonly (readonly string[])[], number = 0): string[] {
    const file = join(folder, `cucumber-${number}.js`)
    const more = `format: ${JSON.stringify(['summary', ...format])}, plugin: []`
    const own = JSON.stringify(join(cwd, 'cucumber.js'))
    writeFileSync(file, `module.exports = { default: { ...require(${own}).default, ${more} } }`)
    // An absolute one is taken for one in the folder of the project.
    return ['--config', relative(cwd, file)]
  }
})

const cucumber = [join(root, 'node_modules/@cucumber/cucumber/bin/cucumber.js')]

/** Runs a program of Node's; scenarios may fail in it. */
async function run(program: readonly string[], args: readonly string[], cwd: string, environment = {}): Promise<void> {
  const env = {
    ...process.env,
    TS_NODE_PROJECT: join(root, 'tsconfig.json'),
    TS_NODE_TRANSPILE_ONLY: 'true',
    // What they cover is covered by other tests, and would take as long again.
    NODE_V8_COVERAGE: undefined,
    ...environment,
  }
  const child = spawn(process.execPath, [...program, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  const [code] = await once(child, 'close')
  expect(code, output).to.be.within(0, 1)
}

interface Page {
  readonly page: string
  readonly pictures: number
}

/** Mocha tells nothing of long texts that differ: the first line does. */
function requireSame(one: Page, other: Page): void {
  const [lines, others] = [one.page.split('\n'), other.page.split('\n')]
  const at = lines.findIndex((line, index) => line !== others[index])
  expect(lines[at]).to.equal(others[at])
  expect(lines).to.have.length(others.length)
  expect(one.pictures).to.equal(other.pictures)
}

/** A page, without what two runs tell differently: times, ports, ids, and in which order messages have crossed. */
function readPage(file: string): Page {
  const html = readFileSync(file, 'utf8')
  const [, compressed = ''] = /id="_pictures">([^<]*)/.exec(html) ?? []
  const page = html
    .replace(compressed, '')
    .replace(/<p class="facts">.*/, '')
    .replace(/<details class="text".*?<\/details>/gs, (text) => (/<summary>[^<]*<\/summary>/.exec(text) ?? [''])[0])
    .replace(/contain-intrinsic-block-size:auto \d+px|<svg [^>]*>|\d+(?:\.\d+)? m?s\b|[0-9a-f]{8}-[0-9a-f-]{27}/g, '')
    .replace(/(127\.0\.0\.1|localhost):\d+/g, '$1')
    // Times are aligned.
    .replace(/ +/g, ' ')
  return { page, pictures: JSON.parse(gunzipSync(Buffer.from(compressed, 'base64')).toString()).length }
}
