/** Runs a feature by a Cucumber of its own, in a folder of its own and another process, and collects what it reports. */

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { RunReport, RunRequest } from './inner-runner'

/** The result of a run. */
export interface RunResult {
  readonly success: boolean
  /** The messages of its failing steps and hooks, without what changes from run to run. */
  readonly failures: readonly string[]
  /** How many of its scenarios passed. */
  readonly passed: number
  /** The titles of what its report shows beside the sentences. */
  readonly attachments: readonly string[]
  /** All that its report and its console say, without the features themselves. */
  readonly output: string
  readonly console: string
}

/** How a run is set up. */
export interface RunSetup {
  readonly settings: object
  /** The server to talk to; without it the run has a chat room of its own. */
  readonly url?: string | undefined
  readonly environment?: Readonly<Record<string, string>> | undefined
  /** What lies in its folder, by name. */
  readonly files?: Readonly<Record<string, string>> | undefined
  /** How much of the AsyncAPI document its features must have seen; without it, that is not told. */
  readonly minimum?: number | undefined
  /** Those of its files that have steps; they stay for all runs until `endRuns`. */
  readonly support?: readonly string[] | undefined
}

const project = resolve(__dirname, '../..')

let runner: ChildProcess | undefined

/** Runs one feature. */
export async function runFeature(
  feature: string,
  { settings, url, environment = {}, files = {}, minimum, support = [] }: RunSetup,
): Promise<RunResult> {
  const folder = await mkdtemp(join(tmpdir(), 'inner-run-'))
  try {
    await mkdir(join(folder, 'features'))
    await writeFile(join(folder, 'features/inner.feature'), feature)
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), content)
    }
    const { success, messages, console } = await run({ folder, settings, url, environment, minimum, support })
    return { success, ...resultOf(messages), output: textsIn(messages) + console, console }
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function run(request: RunRequest): Promise<RunReport> {
  runner ??= fork(join(__dirname, 'inner-runner.ts'), {
    execArgv: ['-r', require.resolve('ts-node/register/transpile-only')],
    env: { ...process.env, TS_NODE_PROJECT: join(project, 'tsconfig.json') },
  })
  const over = new AbortController()
  const crashed = once(runner, 'exit', over).then(([code]) => {
    runner = undefined
    throw new Error(`The process of the inner runs has ended with ${code}.`)
  })
  runner.send(request)
  try {
    const [report] = (await Promise.race([once(runner, 'message', over), crashed])) as [RunReport]
    return report
  } finally {
    over.abort()
  }
}

/** Ends the process in which features ran. */
export async function endRuns(): Promise<void> {
  if (!runner) return
  runner.disconnect()
  await once(runner, 'exit')
  runner = undefined
}

interface Message {
  readonly attachment?: { readonly fileName?: string; readonly body: string; readonly contentEncoding: string }
  readonly testCaseStarted?: object
  readonly testStepFinished?: {
    readonly testCaseStartedId: string
    readonly testStepResult: { readonly status: string; readonly message?: string }
  }
}

function resultOf(messages: readonly Message[]): Omit<RunResult, 'success' | 'output' | 'console'> {
  const failures: string[] = []
  const notPassed = new Set<string>()
  const attachments: string[] = []
  let scenarios = 0
  for (const { testCaseStarted, testStepFinished, attachment } of messages) {
    if (attachment) attachments.push(attachment.fileName ?? '')
    if (testCaseStarted) scenarios++
    if (!testStepFinished) continue
    const { status, message = '' } = testStepFinished.testStepResult
    if (status === 'FAILED') failures.push(withoutVariation(message))
    if (status !== 'PASSED') notPassed.add(testStepFinished.testCaseStartedId)
  }
  return { failures, passed: scenarios - notPassed.size, attachments }
}

function textsIn(messages: readonly Message[]): string {
  return messages
    .map(({ attachment, testStepFinished }) => {
      if (testStepFinished) return testStepFinished.testStepResult.message ?? ''
      const { body = '', contentEncoding } = attachment ?? {}
      return contentEncoding === 'BASE64' ? Buffer.from(body, 'base64').toString() : body
    })
    .join('\n')
}

/** Leaves out what is different in each run: times, and the ports of servers. */
function withoutVariation(failure: string): string {
  return failure
    .replace(/\+\d+(\.\d+)? m?s\b/g, '+1 ms')
    .replace(/ \(line \d+ column \d+\)/g, '')
    .replace(/(?<=\bproxy http:\/\/)127\.0\.0\.1:\d+/g, 'proxy')
    .replace(/127\.0\.0\.1:\d+/g, 'server')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
}
