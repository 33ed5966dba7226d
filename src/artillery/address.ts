/** The address that users connect to: what is wrong with it is told before the first of them starts. */

import { connectionTarget } from '../connection/connection-target'
import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { Variables } from '../variables/variables'

/** What may give the variables of an address their values. */
export interface ValueSources {
  /** The variables of the script, and the columns of its CSV files. */
  readonly names: readonly string[]
  /** What the scenarios say, as JSON: a sentence may set a variable. */
  readonly sentences: readonly string[]
  /** Whether the project has hooks, steps or a World of its own, which may set any. */
  readonly hasOwnCode: boolean
}

const VARIABLE = /\$\{([^{}]*)\}/g
/** What Artillery fills in for other engines. */
const OF_ARTILLERY = /\{\{\s*(.*?)\s*\}\}/
/** A host, a port, a part of a path and a parameter can be that. */
const SAMPLE = '1'

/**
 * Judges an address.
 * @param warn is told of variables that only the project's own code can set
 * @throws UsageError if it is not valid, or has a variable that nothing sets
 */
export function requireUsableAddress(url: string, sources: ValueSources, warn: (text: string) => void): void {
  const [written, name] = OF_ARTILLERY.exec(url) ?? []
  if (written !== undefined) {
    throw new UsageError(`The address ${quoted(url)} has ${written}, which stays as it is: write \${${name}}.`)
  }
  const names = [...url.matchAll(VARIABLE)].map(([, each = '']) => each)
  const missing = names.filter((each) => !isGiven(each, sources))
  if (missing.length > 0) {
    const list = [...new Set(missing)].map((each) => `\${${each}}`).join(' and ')
    const problem = `The address ${quoted(url)} has ${list}, which neither the script nor the environment nor a sentence sets.`
    if (!sources.hasOwnCode) throw new UsageError(problem)
    warn(`${problem} If the project's own code does not, all users will fail.`)
  }
  // Where a variable begins it, it may be a whole address.
  if (url.startsWith('${')) return
  const sample = url.replace(VARIABLE, SAMPLE)
  connectionTarget({ url: sample, headers: {}, subprotocols: [] }, {}, new Variables())
}

function isGiven(name: string, { names, sentences }: ValueSources): boolean {
  if (['user', 'client', ...names].includes(name)) return true
  return (
    isBuiltIn(name) || sentences.some((sentence) => ['"', '\\"'].some((end) => sentence.includes(`"${name}${end}`)))
  )
}

function isBuiltIn(name: string): boolean {
  try {
    new Variables().get(name)
    return true
  } catch {
    return false
  }
}
