/** Runs every check, or the npm scripts named, on to the last even if one fails; then counts tests and scenarios. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

const all = [
  'format:check',
  'lint',
  'types',
  'structure',
  'vocabulary:check',
  'patterns:check',
  'test:unit',
  'test:features',
  'coverage:report',
  'api:check',
  'test:package',
]
const measured = ['test:unit', 'test:features']
const tests = 'reports/unit-tests'
const messages = 'reports/messages.ndjson'

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
const stages = process.argv.length > 2 ? process.argv.slice(2) : all
// What an earlier run left would be counted again.
for (const leftover of ['coverage', tests, messages]) rmSync(leftover, { recursive: true, force: true })

const failed = []
for (const stage of stages) {
  console.log(`\n> ${stage}`)
  if (!(await passes(stage))) failed.push(stage)
}

const counts = { passed: 0, failed: 0, skipped: 0 }
countTests()
countScenarios()
if (failed.length) console.log(`\nFailed: ${failed.join(', ')}`)
console.log(`\n${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`)
process.exitCode = failed.length ? 1 : 0

/** Runs an npm script without npm, whose own coverage would be measured with ours. */
async function passes(stage) {
  const env = { ...process.env, PATH: resolve('node_modules/.bin') + delimiter + process.env.PATH }
  if (measured.includes(stage)) env.NODE_V8_COVERAGE = resolve('coverage/tmp')
  const command = stage === 'test:features' ? `${scripts[stage]} --format message:${messages}` : scripts[stage]
  const [code] = await once(spawn(command, { shell: true, stdio: 'inherit', env }), 'exit')
  return code === 0
}

function countTests() {
  if (!existsSync(tests)) return
  for (const file of readdirSync(tests)) {
    const { passes, failures, pending, failed } = JSON.parse(readFileSync(join(tests, file), 'utf8'))
    // Told once more where a log is read first: at its end.
    for (const failure of failed) console.log(`\nFailed: ${failure}`)
    counts.passed += passes
    counts.failed += failures
    counts.skipped += pending
  }
}

function countScenarios() {
  if (!existsSync(messages)) return
  const results = new Map()
  for (const line of readFileSync(messages, 'utf8').split('\n').filter(Boolean)) {
    const { testCaseStarted, testStepFinished, testCaseFinished } = JSON.parse(line)
    if (testCaseStarted) results.set(testCaseStarted.id, new Set())
    if (testStepFinished) results.get(testStepFinished.testCaseStartedId).add(testStepFinished.testStepResult.status)
    if (testCaseFinished && !testCaseFinished.willBeRetried) {
      counts[verdict(results.get(testCaseFinished.testCaseStartedId))]++
    }
  }
}

function verdict(statuses) {
  if ([...statuses].some((status) => status !== 'PASSED' && status !== 'SKIPPED')) return 'failed'
  return statuses.has('SKIPPED') ? 'skipped' : 'passed'
}
