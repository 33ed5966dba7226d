/**
 * Changes the core, or the files that are named, in every way that Stryker knows, and lists the changes that no unit test
 * notices: `npm run mutants -- src/matching/json-matcher.ts`. All of them take half an hour.
 */

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Stryker's runner does not know the newest mocha, so it gets its own. */
const INSTALLED = ['@stryker-mutator/core@9.6.1', '@stryker-mutator/mocha-runner@9.6.1', 'mocha@10.8.2']

const named = process.argv.slice(2)
const core =
  'src/{client,connection,conversation,conversation-state,failures,http,inbox,json,matching,messages,secrets,text,time,variables}'
const configuration = {
  testRunner: 'mocha',
  plugins: ['@stryker-mutator/mocha-runner'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  mutate: named.length > 0 ? named : [`${core}/*.ts`, '!src/**/*.test.ts'],
  mochaOptions: {
    'no-config': true,
    'no-package': true,
    require: ['ts-node/register/transpile-only'],
    spec: [`${core}/*.test.ts`],
  },
  reporters: ['clear-text', 'html'],
  htmlReporter: { fileName: 'mutants.html' },
  timeoutMS: 3000,
}

const folder = mkdtempSync(join(tmpdir(), 'mutants-'))
try {
  for (const part of ['src', 'test', 'package.json', 'tsconfig.json', 'node_modules']) {
    cpSync(part, join(folder, part), { recursive: true })
  }
  writeFileSync(join(folder, 'stryker.config.json'), JSON.stringify(configuration))
  run('npm', 'install', '--no-save', '--force', '--silent', '--no-audit', ...INSTALLED)
  run('npx', 'stryker', 'run')
  cpSync(join(folder, 'mutants.html'), 'reports/mutants.html')
} finally {
  rmSync(folder, { recursive: true })
}

function run(command, ...options) {
  const { status } = spawnSync(command, options, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) throw new Error(`${command} ${options[0]} failed.`)
}
