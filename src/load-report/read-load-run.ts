/** Reads what a load test has left in its folder: Artillery's results, and what the engine has written beside them. */

import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { LoadFailure, LoadPlan } from '../artillery/load-failures'
import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { type ArtilleryReport, parseArtilleryReport, parseFailure, parsePlan } from './shapes'

/** A load test. */
export interface LoadRun {
  readonly report: ArtilleryReport
  /** Missing if no user ran features. */
  readonly plan: LoadPlan | undefined
  readonly failures: readonly ShownFailure[]
}

/** A failure with its conversation. */
export interface ShownFailure extends LoadFailure {
  /** Where its files are, seen from the folder of the load test. */
  readonly folder: string
  /** SVG. */
  readonly drawn: string | undefined
  readonly written: string | undefined
}

const FAILURES = 'failures'

/**
 * Reads a load test.
 * @param folder where the engine has written to
 * @param results the file that Artillery has written
 * @throws UsageError for files that are missing, or are something else
 */
export function readLoadRun(folder: string, results = join(folder, 'report.json')): LoadRun {
  const report = readResults(results)
  const plan = readPlan(join(folder, 'load.json'))
  const { firstMetricAt = 0, lastMetricAt = Number.POSITIVE_INFINITY } = report.aggregate
  const failures = (plan ? readFailures(folder, plan.run) : []).filter(
    ({ at }) => Date.parse(at) > firstMetricAt - MARGIN,
  )
  const later = failures.find(({ at }) => Date.parse(at) > lastMetricAt + MARGIN)
  if (later) throw outdated(results, join(folder, FAILURES), later)
  return { report, plan, failures }
}

/** How much before the first figure and after the last one a failure may be written, in ms: clocks of several machines differ. */
const MARGIN = 60_000

function readResults(file: string): ArtilleryReport {
  const where = existsSync(dirname(file)) ? file : `report.json, and name them by --results report.json`
  const hint = `Have them written by: npx artillery run load.yml --output ${where}`
  if (!existsSync(file)) throw new UsageError(`There are no results of Artillery's in ${quoted(file)}. ${hint}`)
  const report = parseArtilleryReport(readText(file))
  if (report) return report
  throw new UsageError(`${quoted(file)} has no results of Artillery's, or was broken off. ${hint}`)
}

function readPlan(file: string): LoadPlan | undefined {
  if (!existsSync(file)) return undefined
  const plan = parsePlan(readText(file))
  if (plan) return plan
  throw new UsageError(`${quoted(file)} does not tell what was run: run the load test again, or remove the file.`)
}

/** The failures of this run, the earliest first: those of earlier ones are left out, and so is one that is still written. */
function readFailures(folder: string, run: string): ShownFailure[] {
  const within = join(folder, FAILURES)
  const entries = existsSync(within) ? readdirSync(within, { withFileTypes: true }) : []
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .flatMap(({ name }) => parseFailure(readText(join(within, name))) ?? [])
    .filter((failure) => failure.run === run)
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .map((failure) => ({
      ...failure,
      folder: FAILURES,
      drawn: readBeside(within, failure.picture),
      written: readBeside(within, failure.text),
    }))
}

function readBeside(folder: string, name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  const file = join(folder, name)
  // A link may lead anywhere, and the engine writes none.
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() ? readText(file) : undefined
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${quoted(file)} cannot be read: ${(error as Error).message}`)
  }
}

function outdated(results: string, folder: string, { kind }: LoadFailure): UsageError {
  return new UsageError(
    `${quoted(results)} is of an earlier run than what failed in ${quoted(folder)}, such as ${quoted(kind)}. Have both written by one: npx artillery run load.yml --output ${results}`,
  )
}
