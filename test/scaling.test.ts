/** The jobs of docs/scaling.md: valid, and with commands that do what they say. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect } from 'chai'
import { parse } from 'yaml'

const root = resolve(__dirname, '..')
const guide = readFileSync(join(root, 'docs/scaling.md'), 'utf8')

/** A job of GitHub's, in what is needed of it. */
interface GithubJob {
  readonly needs?: string
  readonly strategy?: { readonly matrix: { readonly shard: readonly number[] } }
  readonly steps: readonly { uses?: string; run?: string; with?: Record<string, unknown> }[]
}

/** A job of GitLab's. */
interface GitlabJob {
  readonly parallel?: number
  readonly needs?: readonly string[]
  readonly script: readonly string[]
  readonly artifacts: { readonly paths: readonly string[] }
}

const jobs = <Job>(title: string): Record<'features' | 'documentation', Job> => {
  const section = guide.slice(guide.indexOf(`### ${title}\n`))
  const content = parse(/```yaml\n(.*?)```/s.exec(section)?.[1] ?? '')
  return content.jobs ?? content
}

describe('docs/scaling.md', function () {
  this.timeout(120_000)

  let project: string

  before(() => {
    project = mkdtempSync(join(tmpdir(), 'scaling-'))
    mkdirSync(join(project, 'features'))
    const scenarios = ['One', 'Two', 'Three', 'Four', 'Five'].map((name) => `  Scenario: ${name}\n    Given it rains\n`)
    writeFileSync(join(project, 'features/weather.feature'), `Feature: Weather\n${scenarios.join('')}`)
    const cucumber = JSON.stringify(require.resolve('@cucumber/cucumber'))
    writeFileSync(join(project, 'steps.js'), `require(${cucumber}).Given('it rains', () => {})`)
    writeFileSync(join(project, 'cucumber.json'), '{ "default": { "require": ["steps.js"] } }')
  })

  after(() => rmSync(project, { recursive: true }))

  it('has jobs for GitHub, with actions by their major versions', async () => {
    const { features, documentation } = jobs<GithubJob>('GitHub Actions')
    const actions = [...features.steps, ...documentation.steps].flatMap(({ uses = [] }) => uses)
    expect([...new Set(actions)].sort()).to.deep.equal([
      ...['actions/checkout@v7', 'actions/download-artifact@v8', 'actions/setup-node@v7', 'actions/upload-artifact@v7'],
    ])
    expect(documentation.needs).to.equal('features')
    const shards = features.strategy?.matrix.shard ?? []
    expect(shards).to.deep.equal([1, 2, 3, 4])
    for (const shard of shards) {
      const values = { 'matrix.shard': shard, 'strategy.job-total': shards.length } as Record<string, unknown>
      const filled = (text: string) => text.replace(/\$\{\{ (\S+) \}\}/g, (_, name) => String(values[name]))
      const upload = features.steps.at(-1) as GithubJob['steps'][number]
      const { path, name } = upload.with as { path: string; name: string }
      expect([filled(path), filled(name)]).to.deep.equal([`reports/shard-${shard}.ndjson`, `messages-${shard}`])
      for (const { run = '' } of features.steps) await runHere(filled(run))
      readFileSync(join(project, filled(path)))
    }
    for (const { run = '' } of documentation.steps) await runHere(run)
    expectPage(documentation.steps.at(-1)?.with?.path as string)
  })

  it('has jobs for GitLab', async () => {
    const { features, documentation } = jobs<GitlabJob>('GitLab')
    expect(documentation.needs).to.deep.equal(['features'])
    expect(features).to.deep.include({ parallel: 4 })
    for (let shard = 1; shard <= 4; shard++) {
      const environment = { CI_NODE_INDEX: `${shard}`, CI_NODE_TOTAL: '4' }
      for (const command of features.script) await runHere(command, environment)
    }
    for (const command of documentation.script) await runHere(command)
    expectPage(documentation.artifacts.paths[0] as string)
  })

  it('has commands for a console, also for what has failed', async () => {
    const [shards = '', again = ''] = [...guide.matchAll(/```sh\n([^`]*merge[^`]*)```/g)].map(
      ([, commands]) => commands,
    )
    for (const command of shards.trim().split('\n')) await runHere(command)
    expectPage('reports/index.html')
    rmSync(join(project, 'reports'), { recursive: true })
    writeFileSync(join(project, 'steps.js'), readFileSync(join(project, 'steps.js'), 'utf8').replace('{}', 'broken'))
    const [first = '', rerun = '', merge = ''] = again.trim().split('\n')
    await runHere(first, {}, 1)
    writeFileSync(join(project, 'steps.js'), readFileSync(join(project, 'steps.js'), 'utf8').replace('broken', '{}'))
    await runHere(rerun)
    await runHere(merge)
    const page = readFileSync(join(project, 'reports/index.html'), 'utf8')
    expect(page.match(/Tried 2 times/g)).to.have.length(2)
  })

  /** Runs a command in a shell, as a job does; packages are installed already. */
  async function runHere(command: string, environment: NodeJS.ProcessEnv = {}, expected = 0): Promise<void> {
    if (command === '' || command === 'npm ci') return
    const node = JSON.stringify(process.execPath)
    const installed = command
      .replace(
        'npx cucumber-js',
        `${node} ${JSON.stringify(join(root, 'node_modules/@cucumber/cucumber/bin/cucumber.js'))}`,
      )
      .replace(
        'npx cucumber-websocket',
        `${node} --require ${JSON.stringify(require.resolve('ts-node/register'))} ${JSON.stringify(join(root, 'src/cli.ts'))}`,
      )
    expect(installed).not.to.contain('npx')
    const env = { ...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.json'), ...environment }
    const child = spawn(installed, { cwd: project, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    const [code] = await once(child, 'close')
    expect(code, `${command}\n${output}`).to.equal(expected)
  }

  function expectPage(path: string): void {
    const page = readFileSync(join(project, path), 'utf8')
    const anchors = [...page.matchAll(/<section class="scenario" id="weather--(\w+)"/g)].map(([, name]) => name)
    expect(anchors).to.deep.equal(['one', 'two', 'three', 'four', 'five'])
    rmSync(join(project, 'reports'), { recursive: true })
    mkdirSync(join(project, 'reports'))
  }
})
