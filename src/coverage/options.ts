/** The options of the coverage: `formatOptions: { asyncapiCoverage: { … } }`. */

import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'
import { isShare } from './threshold'

/**
 * How much of each document is to be seen.
 * @example const options: AsyncapiCoverageOptions = { minimum: 0.9 }
 */
export interface AsyncapiCoverageOptions {
  /** The share of its messages that are seen and valid, from 0 to 1; below it the run fails. Without it no run does. */
  readonly minimum?: number | undefined
}

/**
 * Checks the options.
 * @throws UsageError for an unknown option, or a minimum that is not a share
 */
export function readOptions(given: unknown = {}): AsyncapiCoverageOptions {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw invalidOptions('They should be an object, such as { minimum: 0.9 }.')
  }
  for (const key of Object.keys(given)) {
    if (key === 'minimum') continue
    const hint = nearest(key, ['minimum']) ? 'Did you mean "minimum"?' : 'There is "minimum".'
    throw invalidOptions(`${quoted(key)} is not a known option. ${hint}`)
  }
  const { minimum } = given as { minimum?: unknown }
  if (minimum !== undefined && !isShare(minimum)) {
    throw invalidOptions(`"minimum" should be a number from 0 to 1, such as 0.9, not ${JSON.stringify(minimum)}.`)
  }
  return { minimum }
}

function invalidOptions(problem: string): UsageError {
  return new UsageError(`The options "asyncapiCoverage" in formatOptions are wrong. ${problem}`)
}
