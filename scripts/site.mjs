/** Builds the project's site: the living documentation of a run, the guides, and the pages of the API. */

import { spawnSync } from 'node:child_process'
import { copyFileSync, rmSync } from 'node:fs'

rmSync('site', { recursive: true, force: true })
run('cucumber-js', '--parallel', '2')
run('typedoc')
copyFileSync('reports/index.html', 'site/living-documentation.html')
console.log('The site is site/index.html')

function run(command, ...args) {
  const { status } = spawnSync(`node_modules/.bin/${command}`, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
