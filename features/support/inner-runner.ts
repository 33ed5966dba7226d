/** The process that the inner Cucumber runs in: it loads the vocabulary once, and runs one feature after the other. */

import { join } from 'node:path'
import { Writable } from 'node:stream'
import { type IRunResult, loadConfiguration, runCucumber } from '@cucumber/cucumber/api'

/** What is to be run. */
export interface RunRequest {
  readonly folder: string
  readonly settings: object
  readonly url: string | undefined
  /** Variables of its environment. */
  readonly environment: Readonly<Record<string, string>>
  readonly minimum: number | undefined
  readonly support: readonly string[]
}

/** The result: Cucumber's messages, and what it printed. */
export interface RunReport {
  readonly success: boolean
  readonly messages: readonly object[]
  readonly console: string
}

const coverage = join(__dirname, 'asyncapi-coverage.js')

let support: IRunResult['support'] | undefined

// Cucumber loads every file of this folder, also into workers that have a channel of their own.
if (require.main === module) {
  process.on('message', (request: RunRequest) => run(request).then((report) => process.send?.(report)))
}

async function run({
  folder,
  settings,
  url,
  environment: variables,
  minimum,
  support: own,
}: RunRequest): Promise<RunReport> {
  process.chdir(folder)
  if (url) process.env.CUCUMBER_WEBSOCKET_URL = url
  else delete process.env.CUCUMBER_WEBSOCKET_URL
  Object.assign(process.env, variables)
  const printed: string[] = []
  const stream = () => new Writable({ write: (chunk, _, written) => written(void printed.push(String(chunk))) })
  const environment = { cwd: folder, stdout: stream(), stderr: stream() }
  const provided = {
    require: [join(__dirname, 'chat-room-hooks.ts'), ...own],
    format: ['progress', ...(minimum === undefined ? [] : [`${coverage}:coverage.json`])],
    formatOptions: minimum === undefined ? {} : { asyncapiCoverage: { minimum } },
    worldParameters: { websocket: settings as Record<string, string> },
  }
  const { runConfiguration } = await loadConfiguration({ file: false, provided }, environment)
  const messages: object[] = []
  const { error } = console
  console.error = (text) => printed.push(`${text}\n`)
  const configuration = { ...runConfiguration, support: support ?? runConfiguration.support }
  const result = await runCucumber(configuration, environment, (message) => messages.push(message)).finally(() => {
    console.error = error
  })
  support = result.support
  for (const name of Object.keys(variables)) delete process.env[name]
  return { success: result.success, messages, console: printed.join('') }
}
