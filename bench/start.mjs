/**
 * Packs the library, installs it beside what it is measured against, and measures: `npm run bench`. Arguments are names of
 * cases; with `--check` a target that is missed fails, with `--write` the page and its chart are written.
 */

import { spawnSync } from 'node:child_process'
import { renameSync } from 'node:fs'
import { join } from 'node:path'

const bench = import.meta.dirname
const packed = join(bench, 'cucumber-websocket.tgz')

const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--silent', '--pack-destination', bench], '..'))
renameSync(join(bench, filename), packed)
const options = [
  '--silent',
  '--no-save',
  '--no-package-lock',
  '--no-audit',
  '--no-fund',
  '--ignore-scripts',
  '--install-links',
]
run('npm', ['install', ...options, packed], '.')
await import('./run.mjs')

function run(command, options, folder) {
  const { status, stdout } = spawnSync(command, options, {
    cwd: join(bench, folder),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`${command} ${options[0]} failed.`)
  return stdout
}
