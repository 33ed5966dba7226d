/** Features that are written for a measurement, and run by Cucumber in a process of its own. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runChild } from './child-process.mjs'

const bench = import.meta.dirname
const folder = join(bench, 'reports')

/** Writes a feature of so many scenarios; `steps` gives the lines of each. */
export function writeFeature(name, scenarios, steps) {
  const path = join(folder, `${name}.feature`)
  const lines = Array.from({ length: scenarios }, (_, number) => [
    `  Scenario: Number ${number + 1}`,
    ...steps(number).map((step) => `    ${step}`),
  ])
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, [`Feature: ${name}`, ...lines.flat(), ''].join('\n'))
  return path
}

/** Runs a feature with one of the files in `support`; resolves to what the run took, in ms, without loading. */
export async function runFeature(path, support, serverUrl, options) {
  return runChild('run-cucumber.mjs', [JSON.stringify(configure(path, support, options))], environmentOf(serverUrl))
}

/** Runs a feature with each of some files in `support`, in turns; resolves to what the runs took, in ms, by file. */
export async function runInTurns(path, supports, serverUrl, rounds, options) {
  const configurations = Object.fromEntries(supports.map((support) => [support, configure(path, support, options)]))
  return runChild('take-turns.mjs', [JSON.stringify(configurations), `${rounds}`], environmentOf(serverUrl))
}

/** Runs a feature with each of some settings, in turns; resolves to what the runs took, in ms, by the names of the settings. */
export async function runSettingsInTurns(path, settings, serverUrl, rounds) {
  const configurations = Object.fromEntries(
    Object.entries(settings).map(([name, each]) => [name, configure(path, 'ours', { settings: each })]),
  )
  return runChild('take-turns.mjs', [JSON.stringify(configurations), `${rounds}`], environmentOf(serverUrl))
}

function configure(path, support, { format = [], settings = {} } = {}) {
  return {
    paths: [path],
    require: [join(bench, 'support', `${support}.cjs`)],
    format,
    worldParameters: { websocket: settings },
  }
}

function environmentOf(serverUrl) {
  return { env: { ...process.env, CUCUMBER_WEBSOCKET_URL: serverUrl } }
}
