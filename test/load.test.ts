/** Features as virtual users of a real Artillery, which `npm run load` installs: without it these tests are skipped. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect } from 'chai'
import { type ChatRoom, startChatRoom } from '../features/support/chat-room'
import { LoadProject } from './support/load-project'

const artillery = resolve(__dirname, '../load/node_modules/artillery/bin/run')

const feature = `
Feature: Talking
  Scenario: A user is heard
    Given when Ann receives "Ann has connected" she sends "This is \${user}"
    When Ann connects
    Then she receives "Ann: This is \${user}"

  @failing
  Scenario: Nobody answers
    Given Ann is connected
    When she sends "Is anybody there?"
    Then she receives "Yes"
`

const script = {
  config: {
    engines: { 'cucumber-websocket': {} },
    plugins: { ensure: {} },
    ensure: {
      thresholds: [{ 'she receives "Ann: This is ${user}".p99': 5000 }],
      conditions: [{ expression: 'scenarios.failed == 0' }],
    },
    phases: [{ duration: 2, arrivalRate: 10 }],
  },
  scenarios: [
    { engine: 'cucumber-websocket', features: 'features/talking.feature', tags: 'not @failing', weight: 3 },
    { engine: 'cucumber-websocket', features: 'features/talking.feature', tags: '@failing', weight: 2 },
  ],
}

describe('Artillery', function () {
  this.timeout(120_000)

  let room: ChatRoom
  let project: LoadProject

  before(async function () {
    if (!existsSync(artillery)) this.skip()
    room = await startChatRoom()
    const phrases = { sent: { message: '${phrase}' }, received: { message: '${phrase}' } }
    const headers = { Room: '${user}' }
    const websocket = { phrases, headers, timeout: '1s' }
    project = await LoadProject.create({ 'talking.feature': feature }, { profile: { worldParameters: { websocket } } })
  })

  after(async () => {
    await room?.close()
    await project?.remove()
  })

  it('runs scenarios as users, tells their figures, and judges them', async () => {
    const { output, code } = await run(script)
    const { counters, summaries } = JSON.parse(await project.read('figures.json')).aggregate
    const [passed, failed] = [counters['scenarios.passed'], counters['scenarios.failed']]
    expect(passed + failed, output)
      .to.equal(counters['vusers.created'])
      .and.to.equal(20)
    expect([passed, failed]).to.deep.equal([counters['vusers.completed'], counters['vusers.failed']])
    expect(counters).to.include({
      'errors.Ann did not receive "Yes" within 1 s.': failed,
      'failed.she receives "Yes"': failed,
      'messages.sent': 20,
    })
    for (const name of ['connect', 'Ann connects', 'she receives "Ann: This is ${user}"', 'reaction']) {
      expect(summaries[name].count, name).to.be.at.least(passed)
    }
    expect(output)
      .to.contain('ok: she receives "Ann: This is ${user}".p99 < 5000')
      .and.to.contain('fail: scenarios.failed == 0')
    expect(code).to.equal(1)
    expect(readdirSync(join(project.folder, 'reports/load/failures'))).to.have.length(3)
  })

  it('ends before the first user if something is wrong', async () => {
    const { output, code } = await run({ ...script, scenarios: [{ engine: 'cucumber-websocket' }] })
    expect(output).to.contain('scenarios[0] has no features.').and.not.to.contain('Phase started')
    expect(code).not.to.equal(0)
  })

  it('makes a page by the commands of docs/scaling.md, in a project without any folder for it', async () => {
    await rm(join(project.folder, 'reports'), { recursive: true })
    await project.write('load.yml', JSON.stringify({ ...script, config: { ...script.config, target: target() } }))
    const guide = await readFile(resolve(__dirname, '../docs/scaling.md'), 'utf8')
    const [, commands = ''] = /### The page\n+```sh\n([^`]*)```/.exec(guide) ?? []
    const [load = '', page = ''] = commands.trim().split('\n')
    const [ofArtillery, ofPage] = [load.split(' '), page.split(' ')]
    expect([ofArtillery.splice(0, 2), ofPage.splice(0, 2)]).to.deep.equal([
      ['npx', 'artillery'],
      ['npx', 'cucumber-websocket'],
    ])
    const { output } = await start([artillery, ...ofArtillery])
    const cli = resolve(__dirname, '../src/cli.ts')
    const shown = await start(['--require', require.resolve('ts-node/register'), cli, ...ofPage])
    expect(shown.code, output + shown.output).to.equal(0)
    expect(shown.output).to.match(/^reports[\\/]load[\\/]index.html: 20 users, /)
    expect(await project.read('reports/load/index.html')).to.contain('<title>Load test')
  })

  const target = () => `${room.url}/?name=\${client}`

  async function run(content: object): Promise<{ output: string; code: number }> {
    await project.write('load.json', JSON.stringify(content))
    return start([artillery, 'run', '--target', target(), '--output', 'figures.json', 'load.json'])
  }

  async function start(command: readonly string[]): Promise<{ output: string; code: number }> {
    const child = spawn(process.execPath, command, {
      cwd: project.folder,
      env: {
        ...process.env,
        ...{ ARTILLERY_DISABLE_TELEMETRY: 'true', TS_NODE_PROJECT: resolve(__dirname, '../tsconfig.json') },
        CUCUMBER_WEBSOCKET_URL: undefined,
      },
    })
    const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
    return { output: output + errors, code }
  }
})
