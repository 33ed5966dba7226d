/** `--dry-run` runs no step, and still explains those that nobody defines. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect } from 'chai'

const project = dirname(__dirname)
const cucumber = join(dirname(require.resolve('@cucumber/cucumber/package.json')), 'bin/cucumber.js')

const feature = `
Feature: A slip of the pen
  Scenario: One
    When Rob recieves "Hello"
`

const configuration = {
  default: {
    requireModule: [require.resolve('ts-node/register/transpile-only')],
    require: [join(project, 'src/register.ts')],
    paths: ['slip.feature'],
  },
}

describe('A dry run', function () {
  this.timeout(60_000)

  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dry-run-'))
    await writeFile(join(folder, 'cucumber.json'), JSON.stringify(configuration))
    await writeFile(join(folder, 'slip.feature'), feature)
  })

  after(() => rm(folder, { recursive: true }))

  for (const options of [['--dry-run'], []]) {
    it(`explains them above the snippet of Cucumber: ${options.join(' ') || 'in a run'}`, async () => {
      const run = spawn(process.execPath, [cucumber, ...options], {
        cwd: folder,
        env: { ...process.env, TS_NODE_PROJECT: join(project, 'tsconfig.json') },
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const [printed] = await Promise.all([text(run.stdout), once(run, 'exit')])
      expect(printed.replace(/^ +/gm, '')).to.contain(
        '// Did you mean: Rob receives "Hello"\n// Only if you mean something else:\n' +
          "When('Rob recieves {string}', function (string) {",
      )
    })
  }

  for (const option of ['--dry-run', '-d']) {
    it(`explains the steps that nobody defines: ${option}`, async () => {
      const run = spawn(process.execPath, [cucumber, option], {
        cwd: folder,
        env: { ...process.env, TS_NODE_PROJECT: join(project, 'tsconfig.json') },
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      const [printed] = await Promise.all([text(run.stderr), once(run, 'exit')])
      expect(printed).to.contain('No sentence says: Rob recieves "Hello"\nDid you mean: Rob receives "Hello"')
    })
  }
})
