/**
 * Runs the packed library with each line of Cucumber on each Node, as CommonJS and as ES modules, in JavaScript and through
 * ts-node and tsx, serial and parallel, and writes docs/compatibility.md. With `--corners`, only the oldest and the newest.
 */

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** The lines of Cucumber, and the Nodes on which each is supported. */
const CUCUMBERS = { 12.9: ['20.19', '20', '22', '24', '26'], '13.x': ['22', '24', '26'] }
const CORNERS = { 12.9: ['20.19'], '13.x': ['26'] }

const supported = process.argv.includes('--corners') ? CORNERS : CUCUMBERS
const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'matrix-'))

const feature = `
Feature: Hello
  Scenario Outline: <name> receives what <name> sends
    Given whenever <name> receives "Hello" they send "Hi"
    When <name> connects
    And <name> sends "Hello"
    Then <name> receives "Hi"
    And <name> is greeted
    Examples:
      | name |
      | Ann  |
      | Bob  |
`

const steps = (typed) => `
const { WebSocketServer } = ws
let server${typed ? ': InstanceType<typeof WebSocketServer>' : ''}
BeforeAll(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', (client${typed ? ': import("ws").WebSocket' : ''}) => {
    client.send('Welcome')
    client.on('message', (data${typed ? ': unknown' : ''}) => client.send(String(data)))
  })
  await new Promise((listening) => server.on('listening', listening))
  process.env.CUCUMBER_WEBSOCKET_URL = 'ws://127.0.0.1:' + (server.address()${typed ? ' as { port: number }' : ''}).port
})
AfterAll(() => server.close())
Then('{client} is greeted', { timeout: -1 }, (client${typed ? ': Client' : ''}) => client.receives('Welcome'))
`

const required = `
const { AfterAll, BeforeAll, Then } = require('@cucumber/cucumber')
const ws = require('ws')
require('cucumber-websocket/register')
`
const imported = `
import { AfterAll, BeforeAll, Then } from '@cucumber/cucumber'
import * as ws from 'ws'
import 'cucumber-websocket/register'
`
const typed = `import type { Client } from 'cucumber-websocket'\n`

/** Each way in which a project may load its steps. */
const VARIANTS = {
  CommonJS: { files: { 'steps.cjs': required + steps(false) }, config: { require: ['steps.cjs'] } },
  'ES modules': { files: { 'steps.mjs': imported + steps(false) }, config: { import: ['steps.mjs'] } },
  'ts-node': {
    files: { 'steps.ts': typed + imported + steps(true) },
    config: { requireModule: ['ts-node/register'], require: ['steps.ts'] },
  },
  'tsx, CommonJS': {
    files: { 'steps.ts': typed + imported + steps(true) },
    config: { requireModule: ['tsx/cjs'], require: ['steps.ts'] },
  },
  'tsx, ES modules': {
    files: { 'steps.mts': typed + imported + steps(true) },
    config: { import: ['steps.mts'] },
    nodeOptions: ['--import', 'tsx'],
  },
}

const results = []
try {
  run('npm', ['pack', '--pack-destination', folder], root)
  const packed = join(
    folder,
    readdirSync(folder).find((file) => file.endsWith('.tgz')),
  )
  for (const [cucumber, nodes] of Object.entries(supported)) {
    const project = join(folder, `cucumber-${cucumber}`)
    write(join(project, 'package.json'), '{ "private": true }')
    write(
      join(project, 'tsconfig.json'),
      '{ "compilerOptions": { "module": "node20", "target": "es2022", "strict": true } }',
    )
    const tools = ['ts-node', 'typescript@5', '@types/node@20', '@types/ws', 'tsx', 'ws']
    install(project, packed, `@cucumber/cucumber@${cucumber}`, ...tools)
    for (const node of nodes) {
      const binary = installedNode(node)
      for (const [variant, setup] of Object.entries(VARIANTS)) {
        for (const options of [[], ['--parallel', '2']])
          results.push(cell(project, { cucumber, node, binary, variant, options, ...setup }))
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

const failed = results.filter(({ passed }) => !passed)
console.log(`\nMatrix: ${results.length - failed.length} of ${results.length} cells pass`)
for (const { title, output } of failed) console.log(`\n${title}\n${output}`)
if (supported === CUCUMBERS) writeFileSync(join(root, 'docs/compatibility.md'), page())
process.exitCode = failed.length > 0 ? 1 : 0

function cell(project, { cucumber, node, binary, variant, options, files, config, nodeOptions = [] }) {
  const directory = join(project, variant.replaceAll(/\W+/g, '-'))
  for (const [name, content] of Object.entries(files)) write(join(directory, name), content)
  write(join(directory, 'features/hello.feature'), feature)
  write(
    join(directory, 'cucumber.json'),
    JSON.stringify({ default: { ...config, format: ['progress', 'cucumber-websocket/living-docs:docs.html'] } }),
  )
  const cli = join(project, 'node_modules/@cucumber/cucumber/bin/cucumber.js')
  const { status, stdout, stderr } = spawnSync(binary, [...nodeOptions, cli, ...options], {
    cwd: directory,
    encoding: 'utf8',
    timeout: 120_000,
  })
  const passed = status === 0 && stdout.includes('2 scenarios (2 passed)')
  const title = `Cucumber ${cucumber}, Node ${node}, ${variant}${options.length > 0 ? ', parallel' : ''}`
  console.log(`${passed ? 'passed' : 'FAILED'}  ${title}`)
  return { cucumber, node, variant, title, passed, output: stdout + stderr }
}

/** The package `node` brings the binary of that version for this machine. */
function installedNode(version) {
  const directory = join(folder, `node-${version}`)
  write(join(directory, 'package.json'), '{ "private": true }')
  install(directory, `node@${version}`)
  return join(directory, 'node_modules/node/bin/node')
}

function install(directory, ...packages) {
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', ...packages], directory)
}

function run(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`)
}

function write(path, content) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

function page() {
  const nodes = CUCUMBERS['12.9']
  const cucumbers = Object.keys(CUCUMBERS)
  const passedCells = (node, cucumber) => {
    const cells = results.filter((result) => result.node === node && result.cucumber === cucumber)
    return cells.length === 0
      ? 'not supported by Cucumber'
      : `${cells.filter(({ passed }) => passed).length} of ${cells.length}`
  }
  return `# Compatibility

Written by \`npm run matrix\`: the packed library in a project of its own, loaded as ${Object.keys(VARIANTS).slice(0, -1).join('; ')};
and ${Object.keys(VARIANTS).at(-1)}, each serial and in two workers. Cells that pass:

| Node | ${cucumbers.map((cucumber) => `Cucumber ${cucumber}`).join(' | ')} |
| --- | ${cucumbers.map(() => '---').join(' | ')} |
${nodes.map((node) => `| ${node} | ${cucumbers.map((cucumber) => passedCells(node, cucumber)).join(' | ')} |`).join('\n')}

On Linux. Windows and macOS are written for, and have not been tried.
`
}
