/** What a script may say of the engine, and of the scenarios that it runs. */

import { type Kind, NAME, OBJECT, requireOptions, TEXT, TEXTS } from '../arguments'
import { UsageError } from '../errors'
import { ENGINE, type ScenarioSpec, type Script } from './artillery'

/**
 * What a script may say below `engines: { cucumber-websocket: … }`.
 * @example const options: EngineOptions = { profile: 'load', reports: 'reports/load' }
 */
export interface EngineOptions {
  /** The file of Cucumber's configuration. Default: the one that Cucumber finds. */
  readonly config?: string
  /** The profile of it, or several. Default `default`. */
  readonly profile?: string | readonly string[]
  /** Added to the worldParameters of the profile. */
  readonly worldParameters?: object
  /** The folder for failures. Default `reports/load`. */
  readonly reports?: string
}

/**
 * What an entry of `scenarios` may say beside what Artillery knows.
 * @example const options: ScenarioOptions = { features: 'features/chat/*.feature', tags: '@load', order: 'random' }
 */
export interface ScenarioOptions {
  /** Where the features are: paths, patterns, and places such as `features/chat.feature:12`. */
  readonly features: string | readonly string[]
  /** Which scenarios, as Cucumber's tag expression. Default: all of them. */
  readonly tags?: string
  /** Whether users take the scenarios, and the rows of outlines, in turn or at random. Default `sequence`. */
  readonly order?: 'sequence' | 'random'
}

const TEXT_OR_TEXTS: Kind = {
  words: 'a text or a list of texts',
  accepts: (value) => NAME.accepts(value) || (TEXTS.accepts(value) && (value as []).length > 0),
}
const ORDER: Kind = {
  words: 'sequence or random',
  accepts: (value) => ['sequence', 'random'].includes(value as string),
}

const ENGINE_OPTIONS = { config: NAME, profile: TEXT_OR_TEXTS, worldParameters: OBJECT, reports: NAME }
/** Artillery rounds it down, and calculates with variables that it may have. */
const WEIGHT: Kind = {
  words: 'a whole number from 1',
  accepts: (value) =>
    typeof value === 'number' ? Number.isInteger(value) && value > 0 : /^[1-9]\d*$|\{\{.*\}\}/.test(String(value)),
}
const ANYTHING: Kind = { words: 'anything', accepts: () => true }
const OF_ARTILLERY = { name: TEXT, engine: TEXT, weight: WEIGHT, flow: ANYTHING }
const SCENARIO_OPTIONS = { features: TEXT_OR_TEXTS, tags: TEXT, order: ORDER, ...OF_ARTILLERY }

/** Functions that other engines call; Artillery's plugins add theirs to all scenarios. */
const CALLED_BY_OTHERS = ['beforeScenario', 'afterScenario', 'beforeRequest', 'afterResponse', 'onError']
const OF_PLUGINS = /^(?:metricsByEndpoint|apdex|expectationsPlugin|fakeData)/

/** @throws UsageError for an unknown option, and for one of the wrong kind */
export function readEngineOptions({ config }: Script): EngineOptions {
  const given = config.engines?.[ENGINE] ?? {}
  requireOptions(`config.engines.${ENGINE}`, given, ENGINE_OPTIONS)
  return given as EngineOptions
}

/**
 * @param title of the entry: `scenarios[0]`
 * @throws UsageError for an option of the wrong kind, for one that nothing heeds, and without features
 */
export function readScenarioOptions(spec: ScenarioSpec, title: string): ScenarioOptions {
  const { flow } = spec
  // Artillery itself gives a scenario without a flow an empty one.
  if (flow !== undefined && ![flow].flat().every((step) => step === undefined)) {
    throw new UsageError(
      `${title} has a flow, which the engine ${ENGINE} does not run: what users do is said by features.`,
    )
  }
  const own = Object.entries(spec).filter(([name]) => !CALLED_BY_OTHERS.includes(name))
  requireOptions(title, Object.fromEntries(own), SCENARIO_OPTIONS)
  if (spec.features !== undefined) return spec as unknown as ScenarioOptions
  throw new UsageError(`${title} has no features. Write where they are: features: 'features/*.feature'`)
}

/** What a scenario has that nothing heeds, though a plugin may have added it; a text for each. */
export function unheededFunctions(spec: ScenarioSpec, title: string): string[] {
  return CALLED_BY_OTHERS.flatMap((option) => {
    const names = [spec[option] ?? []].flat().filter((name) => !OF_PLUGINS.test(String(name)))
    return names.map(
      (name) =>
        `${title} has ${option}: ${name}, which the engine ${ENGINE} does not call. Write a hook of Cucumber's.`,
    )
  })
}
