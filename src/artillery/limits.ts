/** What scenarios do that users cannot: it is told before the first of them starts. */

import { resolve, sep } from 'node:path'
import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { type CompiledScenario, placeOf } from '../virtual-users/compile-scenarios'
import type { CucumberProject, SupportCode } from '../virtual-users/cucumber-project'

/** Where the sentences of programs and commands are defined. */
const PROGRAMS = /[\\/]system-vocabulary[\\/]programs\.[jt]s$/

const ATTACHES = /\b(?:this|world)\.(?:attach|link|log)\(/

/** @throws UsageError that names the sentences which start programs or run commands: each user would have its own */
export function requireRunnable(scenarios: readonly CompiledScenario[]): void {
  const steps = scenarios.flatMap((scenario) => scenario.steps)
  const places = steps
    .filter(({ definition }) => PROGRAMS.test(definition.uri))
    .map(({ location, text }) => `${location}: ${quoted(text)}`)
  if (places.length === 0) return
  throw new UsageError(
    [
      'Users cannot start programs or run commands, as there would be one for each user. Start them before Artillery, or in a ' +
        'hook BeforeAll, and leave these scenarios out by tags:',
      ...new Set(places),
    ].join('\n'),
  )
}

/** What is not done for users, though their scenarios go on without it; a text for each. */
export function omissions(scenarios: readonly CompiledScenario[]): string[] {
  const called = scenarios.flatMap(({ steps, before, after, beforeStep, afterStep }) =>
    [steps, before, after, beforeStep, afterStep].flat().map(({ definition }) => definition),
  )
  const attaching = [...new Set(called)].filter(({ code }) => ATTACHES.test(code.toString()))
  return attaching.map((definition) => `${placeOf(definition)} attaches something: nothing is attached for users.`)
}

/** Where the library's own support code is. */
const LIBRARY = resolve(__dirname, '..')

/** Whether the project has hooks, step definitions or a World of its own. */
export function hasOwnCode(support: SupportCode, { folder, defaultWorld }: CucumberProject): boolean {
  if (support.World !== defaultWorld) return true
  const definitions = Object.values(support).filter(Array.isArray).flat() as readonly { readonly uri?: string }[]
  return definitions.some(({ uri }) => uri !== undefined && !resolve(folder, uri).startsWith(LIBRARY + sep))
}
