/** The circumstances of a run, in a line. */

import { execFileSync } from 'node:child_process'
import { type Meta, TimeConversion } from '@cucumber/messages'
import type { Query } from '@cucumber/query'
import { formatDuration } from '../time/duration'

/** What a reader may want to know of a run, the most important first. */
export function runFacts(query: Query): string[] {
  const { began, took } = runTimes(query)
  const { implementation, runtime, os, ci } = query.findMeta() as Meta
  return [
    began && `${began.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    took !== undefined && formatDuration(Math.round(took)),
    implementation && `${implementation.name} ${implementation.version}`,
    runtime && `${runtime.name} ${runtime.version}`,
    os?.name,
    describeCommit(
      ci?.git?.branch ?? git('rev-parse', '--abbrev-ref', 'HEAD'),
      ci?.git?.revision ?? git('rev-parse', 'HEAD'),
    ),
    ci && [ci.name, ci.buildNumber].join(' ').trim(),
  ].filter((fact) => typeof fact === 'string')
}

/** When the run began, and how long it took, in ms. */
function runTimes(query: Query): { readonly began: Date | undefined; readonly took: number | undefined } {
  const started = query.findTestRunStarted()
  const duration = query.findTestRunDuration()
  return {
    began: started && new Date(TimeConversion.timestampToMillisecondsSinceEpoch(started.timestamp)),
    took: duration && TimeConversion.durationToMilliseconds(duration),
  }
}

function describeCommit(branch: string | undefined, revision: string | undefined): string | undefined {
  return revision && `${branch && branch !== 'HEAD' ? `${branch}, ` : ''}commit ${revision.slice(0, 8)}`
}

/** What git says of the project; nothing where there is no git, or no repository. */
function git(...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 2000 }).trim()
  } catch {
    return undefined
  }
}
