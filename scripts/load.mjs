/**
 * Runs features/chat as a load test by Artillery, against a chat room in a process of its own: `npm run load`. Arguments are
 * passed on to Artillery; its figures, the first failure of each kind, and a page of both are in reports/load.
 */

import { fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

const load = resolve('load')
const artillery = join(load, 'node_modules/artillery/bin/run')
const reports = 'reports/load'
const results = join(reports, 'report.json')

if (!existsSync(artillery)) {
  console.log('Artillery is installed into load/node_modules, once.')
  const shell = process.platform === 'win32'
  const { status } = spawnSync('npm', ['run', '--silent', 'load:install'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell,
  })
  if (status !== 0) throw new Error('Artillery could not be installed.')
}

mkdirSync(reports, { recursive: true })
// What an earlier run has left would be taken for this one's.
rmSync(results, { force: true })
const room = fork(join(load, 'chat-room.ts'), { execArgv: ['-r', 'ts-node/register/transpile-only'] })
const [url] = await once(room, 'message')
const target = `${url}/?name=\${client}`
const output = ['--target', target, '--output', results]
const run = spawn(process.execPath, [artillery, 'run', ...output, ...process.argv.slice(2), join(load, 'chat.yml')], {
  stdio: 'inherit',
  // The features open no room of their own then.
  env: { ARTILLERY_DISABLE_TELEMETRY: 'true', ...process.env, CUCUMBER_WEBSOCKET_URL: target },
})
const [code] = await once(run, 'exit')
room.disconnect()
const command = ['-r', 'ts-node/register/transpile-only', 'src/cli.ts', 'load-report', reports, '--title', 'The chat']
const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' })
process.exitCode = code || status
