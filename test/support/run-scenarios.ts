/** Runs scenarios by a Cucumber of their own, in a process that must end by itself, and collects the result of each. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Settings } from '../../src/index'

const project = resolve(__dirname, '../..')
const cucumber = join(dirname(require.resolve('@cucumber/cucumber/package.json')), 'bin/cucumber.js')

/** The result of a scenario. */
export interface ScenarioResult {
  readonly status: 'PASSED' | 'FAILED'
  /** What its first failing step says; empty if it passed. */
  readonly message: string
  readonly seconds: number
}

/** The result of a run. */
export interface RunResult {
  /** By the names of the scenarios. */
  readonly results: Map<string, ScenarioResult>
  readonly exitCode: number
}

/** For scenarios that wait most of their time. */
export const FOUR_WORKERS = ['--parallel', '4']

/**
 * Runs scenarios, in two workers unless the options say otherwise.
 * @param scenarios their sentences by their names
 * @param support a file of steps of their own
 */
export async function runScenarios(
  scenarios: Readonly<Record<string, readonly string[]>>,
  settings: Settings,
  support = '',
  options: readonly string[] = ['--parallel', '2'],
): Promise<RunResult> {
  const folder = await mkdtemp(join(tmpdir(), 'scenarios-'))
  const configuration = {
    requireModule: [require.resolve('ts-node/register/transpile-only')],
    require: [join(project, 'src/register.ts'), 'support.js'],
    format: ['message:messages.ndjson'],
    worldParameters: { websocket: settings },
  }
  const feature = Object.entries(scenarios).map(
    ([name, steps]) => `  Scenario: ${name}\n${steps.map((step) => `    ${step}\n`).join('')}`,
  )
  try {
    await mkdir(join(folder, 'features'))
    await writeFile(join(folder, 'features/scenarios.feature'), `Feature: Scenarios\n${feature.join('')}`)
    await writeFile(join(folder, 'support.js'), support)
    await writeFile(join(folder, 'cucumber.json'), JSON.stringify({ default: configuration }))
    const env = { ...process.env, TS_NODE_PROJECT: join(project, 'tsconfig.json'), CUCUMBER_WEBSOCKET_URL: undefined }
    const child = spawn(process.execPath, [cucumber, ...options], { cwd: folder, env, stdio: 'ignore' })
    const [exitCode] = await once(child, 'exit')
    return { results: resultsIn(await readFile(join(folder, 'messages.ndjson'), 'utf8')), exitCode }
  } finally {
    await rm(folder, { recursive: true })
  }
}

interface StartedScenario {
  readonly name: string
  readonly start: number
  status: ScenarioResult['status']
  message: string
}

function resultsIn(messages: string): Map<string, ScenarioResult> {
  const pickles = new Map<string, string>()
  const cases = new Map<string, string>()
  const running = new Map<string, StartedScenario>()
  const results = new Map<string, ScenarioResult>()
  const time = ({ seconds, nanos }: { seconds: number; nanos: number }) => seconds + nanos / 1e9
  for (const line of messages.split('\n').filter(Boolean)) {
    const { pickle, testCase, testCaseStarted, testStepFinished, testCaseFinished } = JSON.parse(line)
    if (pickle) pickles.set(pickle.id, pickle.name)
    if (testCase) cases.set(testCase.id, pickles.get(testCase.pickleId) as string)
    if (testCaseStarted) {
      const name = cases.get(testCaseStarted.testCaseId) as string
      running.set(testCaseStarted.id, { name, start: time(testCaseStarted.timestamp), status: 'PASSED', message: '' })
    }
    const scenario = running.get(testStepFinished?.testCaseStartedId ?? testCaseFinished?.testCaseStartedId)
    if (!scenario) continue
    const { status, message = '' } = testStepFinished?.testStepResult ?? {}
    if (status && status !== 'PASSED') scenario.status = 'FAILED'
    if (status === 'FAILED') scenario.message ||= message
    if (testCaseFinished)
      results.set(scenario.name, { ...scenario, seconds: time(testCaseFinished.timestamp) - scenario.start })
  }
  return results
}
