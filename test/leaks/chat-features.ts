/**
 * Runs the features of the chat by Cucumber, repeatedly in one process, and sends its parent a message after each run.
 * Its arguments are how often, and settings as JSON.
 */

import { join } from 'node:path'
import { Writable } from 'node:stream'
import { type IRunResult, loadConfiguration, runCucumber } from '@cucumber/cucumber/api'
import type { Settings } from '../../src'
import { measureUsage, type ProcessUsage } from './process-usage'

/** One run of the features. */
export interface ChatRun {
  readonly scenarios: number
  /** What Cucumber printed, if it did not pass. */
  readonly failure: string | undefined
  /** Only where the process can collect its garbage. */
  readonly usage: ProcessUsage | undefined
}

async function main(times: number, settings: Settings): Promise<void> {
  const project = join(__dirname, '../..')
  const { worldParameters } = require(join(project, 'cucumber.js')).default
  let printed: string[] = []
  const stream = new Writable({ write: (chunk, _, written) => written(void printed.push(String(chunk))) })
  const environment = { cwd: project, stdout: stream, stderr: stream }
  const provided = {
    paths: ['features/chat'],
    require: ['features/support/**/!(*.test).ts'],
    worldParameters: { websocket: { ...worldParameters.websocket, ...settings } },
  }
  const { runConfiguration } = await loadConfiguration({ file: false, provided }, environment)
  let support: IRunResult['support'] | undefined
  for (let time = 0; time < times && process.connected; time++) {
    printed = []
    let scenarios = 0
    const result = await runCucumber(
      { ...runConfiguration, support: support ?? runConfiguration.support },
      environment,
      ({ testCaseFinished }) => {
        if (testCaseFinished) scenarios++
      },
    )
    support = result.support
    const run: ChatRun = {
      scenarios,
      failure: result.success ? undefined : printed.join(''),
      usage: globalThis.gc && (await measureUsage()),
    }
    await new Promise((sent) => process.send?.(run, sent))
  }
  process.disconnect?.()
}

const [times, settings = '{}'] = process.argv.slice(2)
main(Number(times), JSON.parse(settings)).catch((failure) => {
  console.error(failure)
  process.exitCode = 1
})
