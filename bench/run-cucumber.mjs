/** Runs Cucumber in a process of its own, twice: the first run warms up, the second is timed. */

import { Writable } from 'node:stream'
import { loadConfiguration, runCucumber } from '@cucumber/cucumber/api'

const [configuration] = process.argv.slice(2).map((text) => JSON.parse(text))
const printed = []
const stream = () => new Writable({ write: (chunk, _encoding, written) => written(void printed.push(chunk)) })
const environment = { cwd: import.meta.dirname, stdout: stream(), stderr: stream() }
const { runConfiguration } = await loadConfiguration({ file: false, provided: configuration }, environment)
let support = runConfiguration.support
let took
for (let run = 0; run < 2; run++) {
  const began = performance.now()
  const result = await runCucumber({ ...runConfiguration, support }, environment)
  took = performance.now() - began
  if (!result.success) throw new Error(Buffer.concat(printed).toString().slice(0, 2000))
  support = result.support
}
process.send(took, () => process.exit())
