/** Runs of Cucumber in this process. */

import { Writable } from 'node:stream'
import { loadConfiguration, runCucumber } from '@cucumber/cucumber/api'

/** What support files have defined, by their names: they are loaded once. */
const supports = new Map()

/** Prepares runs of a feature, whose support files the first run loads; each resolves when it is over. */
export async function prepare(configuration) {
  const printed = []
  const stream = () => new Writable({ write: (chunk, _encoding, written) => written(void printed.push(chunk)) })
  const environment = { cwd: import.meta.dirname, stdout: stream(), stderr: stream() }
  const { runConfiguration } = await loadConfiguration({ file: false, provided: configuration }, environment)
  const required = `${configuration.require}`
  return async () => {
    printed.length = 0
    const result = await runCucumber(
      { ...runConfiguration, support: supports.get(required) ?? runConfiguration.support },
      environment,
    )
    if (!result.success) throw new Error(Buffer.concat(printed).toString().slice(0, 2000))
    supports.set(required, result.support)
  }
}
