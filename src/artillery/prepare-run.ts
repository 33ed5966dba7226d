/** Prepares what users run: all that can be wrong is told before the first of them starts. */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '../errors'
import type { Settings } from '../settings/settings'
import { quoted } from '../text/excerpt'
import { hasOwnMeaning, Variables } from '../variables/variables'
import { type CompiledScenario, compileScenarios } from '../virtual-users/compile-scenarios'
import { CucumberProject } from '../virtual-users/cucumber-project'
import { RunHooks } from '../virtual-users/run-hooks'
import { SharedSettings } from '../websocket-conversation'
import { requireUsableAddress } from './address'
import { ENGINE, type ScenarioSpec, type Script } from './artillery'
import { hasOwnCode, omissions, requireRunnable } from './limits'
import { readEngineOptions, readScenarioOptions, type ScenarioOptions, unheededFunctions } from './options'
import { featureVariables, Users } from './users'
import { FailureFolder } from './write-failures'

/** What is prepared. */
export interface PreparedRun {
  readonly users: Users
  readonly hooks: RunHooks
  /** By the entry of the script: what its users run. */
  readonly scenarios: ReadonlyMap<ScenarioSpec, PreparedScenarios>
}

/** What the users of one entry run. */
export interface PreparedScenarios {
  readonly options: ScenarioOptions
  readonly compiled: readonly CompiledScenario[]
}

/** Where it is prepared. */
export interface Surroundings {
  /** The project's. */
  readonly folder: string
  /** Artillery's id of the run. */
  readonly run: string
  readonly warn: (text: string) => void
}

/** How long a server has to answer a closing handshake, in ms: it, and this process, may be busy with thousands of others. */
const CLOSE_GRACE = 5000

/** @throws UsageError that says what is wrong in the script, in the features, or in the settings */
export async function prepareRun(script: Script, { folder, run, warn }: Surroundings): Promise<PreparedRun> {
  const options = readEngineOptions(script)
  const names = variablesOf(script)
  requireWritableVariables(names)
  const wanted = specsOf(script).map(([title, spec]) => ({ title, spec, options: readScenarioOptions(spec, title) }))
  for (const text of wanted.flatMap(({ title, spec }) => unheededFunctions(spec, title))) warn(text)
  const project = await CucumberProject.open(folder, options)
  const parameters = parametersFor(project.worldParameters, script.config.target)
  const settings = new SharedSettings(parameters.websocket, { closeGrace: CLOSE_GRACE })
  const support = await project.loadSupport(wanted.flatMap((each) => [each.options.features].flat()))
  const scenarios = new Map<ScenarioSpec, PreparedScenarios>()
  for (const { title, spec, options } of wanted) {
    const { features, tags = '' } = options
    const paths = [features].flat()
    const planned = await project.findPickles({ paths, tags }, (path) => readFileSync(path, 'utf8'))
    if (planned.length === 0) throw nothingFound(title, paths, tags)
    scenarios.set(spec, { options, compiled: compileScenarios(planned, support) })
  }
  const all = [...scenarios.values()].flatMap(({ compiled }) => compiled)
  requireRunnable(all)
  for (const omission of omissions(all)) warn(omission)
  const { url } = settings.resolved.server
  if (url !== undefined) {
    const sentences = all.flatMap(({ pickle }) => pickle.steps.map((step) => JSON.stringify(step)))
    requireUsableAddress(url, { names, sentences, hasOwnCode: hasOwnCode(support, project) }, warn)
  }
  const failures = new FailureFolder(resolve(folder, options.reports ?? 'reports/load'), run)
  await failures.begin(
    all.map(({ name, location, steps }) => ({ name, location, sentences: steps.map(({ text }) => text) })),
  )
  return {
    users: new Users({ project, support, parameters, settings, failures, warn }),
    hooks: new RunHooks(support, project.scopes, parameters),
    scenarios,
  }
}

/** The entries that are for this engine, with what they are called in the script. */
function specsOf({ config, scenarios = [], before, after }: Script): (readonly [title: string, spec: ScenarioSpec])[] {
  const named = scenarios.map((spec, index) => [`scenarios[${index}]`, spec] as const)
  const others = Object.entries({ before, after }).flatMap(([name, spec]) => (spec ? [[name, spec] as const] : []))
  return [...named, ...others].filter(([, { engine = config.engine }]) => engine === ENGINE)
}

/** The names of the script's variables, and of the columns of its CSV files. */
function variablesOf({ config }: Script): readonly string[] {
  const payloads = [config.payload ?? []].flat() as { readonly fields?: readonly string[]; readonly name?: string }[]
  const columns = payloads.flatMap(({ fields = [], name }) => [...fields, ...(name === undefined ? [] : [name])])
  const given = Object.fromEntries([...Object.keys(config.variables ?? {}), ...columns].map((name) => [name, '']))
  return Object.keys(featureVariables(given))
}

/** Variables of the script that sentences can write. */
function requireWritableVariables(names: readonly string[]): void {
  const variables = new Variables()
  for (const name of names) {
    if (name === 'user') {
      throw new UsageError('The script has a variable "user", but ${user} is the user: give it another name.')
    }
    if (hasOwnMeaning(name)) {
      throw new UsageError(
        `The script has a variable ${quoted(name)}, but \${${name}} has a meaning of its own: give it another name.`,
      )
    }
    variables.set(name, '')
  }
}

/** The worldParameters, with what holds for users: the target where no address is set, and no reports. */
function parametersFor(given: Readonly<Record<string, unknown>>, target: string | undefined) {
  const settings = given.websocket as Settings | undefined
  const websocket: Settings = {
    ...settings,
    ...(settings?.url === undefined && target !== undefined && { url: target }),
  }
  return { ...given, websocket }
}

function nothingFound(title: string, paths: readonly string[], tags: string): UsageError {
  const tagged = tags === '' ? '' : ` with the tags ${quoted(tags)}`
  return new UsageError(`${title} finds none${tagged} in ${paths.map(quoted).join(', ')}.`)
}
