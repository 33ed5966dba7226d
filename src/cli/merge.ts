/** `merge`: the living documentation of several runs, such as the shards of one, as that of one. */

import { UsageError } from '../errors'
import type { Documentation } from '../living-docs/documentation'
import { type LivingDocsOptions, readOptions } from '../living-docs/options'
import { runsIn, STATUS_NAMES } from '../living-docs/render-feature'
import { PAGE_MARK } from '../living-docs/render-page'
import { RunPage } from '../living-docs/run-page'
import { STATUSES } from '../living-docs/scenario-runs'
import { mergeRuns } from '../shards/merge-runs'
import { type RunMessages, readRuns } from '../shards/read-runs'
import { quoted } from '../text/excerpt'
import { inWords } from './in-words'
import { namedFiles } from './named-files'
import type { Command, GivenArguments } from './run-command'
import { requireReplaceable, writeWhole } from './write-file'

export const merge: Command = {
  words: 'merge',
  operands: '<messages>...',
  summary:
    "Makes one page of living documentation from Cucumber's messages of several runs: the shards of one, and those that have run again what had failed.",
  options: {
    out: { value: '<file>', summary: 'Where the page is written to, over an earlier one.' },
    shards: {
      value: '<count>',
      summary: 'How many shards there should be: if one has left no messages, that is an error.',
    },
    title: { value: '<text>', summary: "Of the page. Default: as Cucumber's configuration has it for the formatter." },
    introduction: { value: '<file>', summary: 'Markdown that stands above the features. Default: likewise.' },
  },
  async run({ operands, options }, { print }) {
    const { out } = options
    if (out === undefined) throw new UsageError('Where is the page to go? Write --out reports/index.html.')
    const shards = options.shards === undefined ? undefined : readCount(options.shards)
    const files = namedFiles(operands, out, 'reports/*.ndjson')
    requireReplaceable(out, PAGE_MARK)
    const runs = files.flatMap(readRuns)
    const { page, documentation, found } = renderTogether(runs, await readPageOptions(options))
    if (shards !== undefined && found !== shards) throw wrongCount(shards, found, runs)
    writeWhole(out, page)
    print(`${out}: ${describe(documentation, runs.length)}.`)
    return 0
  },
}

function readCount(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new UsageError(`--shards should be how many shards there are, such as 4, not ${quoted(text)}.`)
}

function wrongCount(wanted: number, found: number, runs: readonly RunMessages[]): UsageError {
  const files = runs.map(({ file }) => quoted(file)).join(', ')
  const hint = found < wanted ? 'Run the ones that are missing' : 'Name the files of one run alone'
  return new UsageError(
    `There are messages of ${found} shard${found === 1 ? '' : 's'}, not of ${wanted}: ${files}. ${hint}, or change --shards.`,
  )
}

function renderTogether(runs: readonly RunMessages[], options: Required<LivingDocsOptions>): MergedRuns {
  try {
    const { envelopes, shards } = mergeRuns(runs)
    const page = new RunPage()
    for (const envelope of envelopes) page.update(envelope)
    const { documentation } = page
    return { page: page.render(options, documentation), documentation, found: shards }
  } catch (error) {
    // Which of them it is, they say alone.
    if (!(error instanceof UsageError) && runs.length > 1) for (const run of runs) renderTogether([run], options)
    throw inWords(error, `The messages in ${runs.map(({ file }) => quoted(file)).join(', ')} are not those of a run`)
  }
}

interface MergedRuns {
  /** HTML. */
  readonly page: string
  readonly documentation: Documentation
  /** How many shards there were. */
  readonly found: number
}

/** As the formatter has them, unless the command line has them. */
async function readPageOptions({
  title,
  introduction,
}: GivenArguments['options']): Promise<Required<LivingDocsOptions>> {
  const given = { ...(title === undefined ? {} : { title }), ...(introduction === undefined ? {} : { introduction }) }
  const configured = Object.keys(given).length === 2 ? {} : await readConfiguredOptions()
  return readOptions({ ...(configured as LivingDocsOptions), ...given })
}

async function readConfiguredOptions(): Promise<unknown> {
  try {
    // Other commands do without Cucumber.
    const { loadConfiguration } = require('@cucumber/cucumber/api') as typeof import('@cucumber/cucumber/api')
    const { useConfiguration } = await loadConfiguration()
    return useConfiguration.formatOptions.livingDocs
  } catch (error) {
    throw inWords(
      error,
      "Cucumber's configuration, which may have the title, cannot be read. Give --title and --introduction",
    )
  }
}

/** What became of the scenarios, the best first. */
function describe({ features, errors }: Documentation, runs: number): string {
  const statuses = features.flatMap(runsIn).map(({ status }) => status)
  const counts = STATUSES.map(
    (status) => [statuses.filter((one) => one === status).length, STATUS_NAMES[status]] as const,
  )
  const outcomes = counts.filter(([count]) => count > 0).map(([count, name]) => `${count} ${name}`)
  return [
    `${counted(statuses.length, 'scenario')} of ${counted(runs, 'run')}`,
    ...outcomes,
    ...(errors.length > 0 ? [`${counted(errors.length, 'error')} outside of scenarios`] : []),
  ].join(', ')
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
