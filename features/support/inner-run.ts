/** Runs a feature by a Cucumber of its own, in a folder and a process of its own, and tells what became of it. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** What became of a run. */
export interface Outcome {
  readonly exitCode: number
  /** What its failing steps and hooks say, without what changes from run to run. */
  readonly failures: readonly string[]
  /** How many of its scenarios passed. */
  readonly passed: number
  readonly console: string
}

/** How a run is set up. */
export interface Setup {
  readonly settings: object
  /** The server to talk to; without it the run has a chat room of its own. */
  readonly url?: string | undefined
  /** What lies in its folder, by name. */
  readonly files?: Readonly<Record<string, string>> | undefined
}

const project = resolve(__dirname, '../..')
const cucumber = join(dirname(require.resolve('@cucumber/cucumber/package.json')), 'bin/cucumber.js')

/** Runs one feature. */
export async function runFeature(feature: string, { settings, url, files = {} }: Setup): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'inner-run-'))
  try {
    await mkdir(join(folder, 'features'))
    await writeFile(join(folder, 'features/inner.feature'), feature)
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    const options = {
      requireModule: [require.resolve('ts-node/register/transpile-only')],
      require: [join(project, 'features/support/chat-room-hooks.ts')],
      format: ['progress', 'message:messages.ndjson'],
      worldParameters: { websocket: settings },
    }
    await writeFile(join(folder, 'cucumber.json'), JSON.stringify({ default: options }))
    const { CUCUMBER_WEBSOCKET_URL: _, ...environment } = process.env
    const run = spawn(process.execPath, [cucumber], {
      cwd: folder,
      env: {
        ...environment,
        TS_NODE_PROJECT: join(project, 'tsconfig.json'),
        ...(url && { CUCUMBER_WEBSOCKET_URL: url }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output: Buffer[] = []
    run.stdout.on('data', (chunk) => output.push(chunk))
    run.stderr.on('data', (chunk) => output.push(chunk))
    const [exitCode] = (await once(run, 'close')) as [number]
    const messages = await readFile(join(folder, 'messages.ndjson'), 'utf8')
    return { exitCode, ...outcomeOf(messages), console: Buffer.concat(output).toString() }
  } finally {
    await rm(folder, { recursive: true })
  }
}

function outcomeOf(messages: string): Pick<Outcome, 'failures' | 'passed'> {
  const failures: string[] = []
  const troubled = new Set<string>()
  let scenarios = 0
  for (const line of messages.split('\n').filter((written) => written !== '')) {
    const { testCaseStarted, testStepFinished } = JSON.parse(line)
    if (testCaseStarted) scenarios++
    const { status, message } = testStepFinished?.testStepResult ?? {}
    if (status === 'FAILED') failures.push(steady(message))
    if (status !== undefined && status !== 'PASSED') troubled.add(testStepFinished.testCaseStartedId)
  }
  return { failures, passed: scenarios - troubled.size }
}

/** Leaves out what is different in each run: times, and the ports of servers. */
function steady(failure: string): string {
  return failure
    .replace(/\+\d+(\.\d+)? m?s\b/g, '+1 ms')
    .replace(/ \(line \d+ column \d+\)/g, '')
    .replace(/127\.0\.0\.1:\d+/g, 'server')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
}
