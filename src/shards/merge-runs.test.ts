/** Runs of which one is made, as their shards and repetitions have told them. */

import type { Envelope, Meta } from '@cucumber/messages'
import { Query } from '@cucumber/query'
import { expect } from 'chai'
import { messagesOf, type PretendedRun } from '../../test/support/cucumber-messages'
import { UsageError } from '../errors'
import { mergeRuns } from './merge-runs'

const whole = { One: ['passed'], Two: ['failed'], Three: ['failed', 'passed'] } as const
const first = { ids: 'a', began: 10, ended: 30, outcomes: { One: whole.One, Three: whole.Three } }
const second = { ids: 'b', began: 20, ended: 40, outcomes: { Two: whole.Two } }

describe('mergeRuns', () => {
  it('tells each feature and scenario once, with what became of it in any of them', () => {
    const told = tell(first, second)
    expect(told.outcomes).to.deep.equal(tell({ ids: 'c', outcomes: whole }).outcomes)
    expect(told.shards).to.equal(2)
    expect(told.kinds).to.include({ gherkinDocument: 2, source: 2, pickle: 3, testCase: 3, meta: 1, testRunStarted: 1 })
  })

  it('does not mind whether shards have the same ids, or in which order they are named', () => {
    for (const ids of ['a', 'b']) {
      expect(tell({ ...second, ids: 'b' }, { ...first, ids: `${ids}x` }).outcomes).to.deep.equal(
        tell(first, second).outcomes,
      )
    }
    const alike = [first, second].map((run) => ({ ...run, ids: '' }))
    expect(tell(...alike.map((run, index) => ({ ...run, runId: index }))).outcomes).to.deep.equal(
      tell(first, second).outcomes,
    )
  })

  it('began with the first and ended with the last, and succeeded if all have', () => {
    const { started, finished, meta } = tell(second, first)
    expect(started?.timestamp.seconds).to.equal(10)
    expect(finished).to.deep.include({ success: false, timestamp: { seconds: 40, nanos: 0 } })
    expect(meta?.os.name).to.equal('10')
    expect(tell(first).finished?.success).to.equal(true)
  })

  it('has what runs say of themselves, each once', () => {
    const { finished } = tell({ ...first, message: 'Bad' }, { ...second, message: 'Bad' })
    expect(finished?.message).to.equal('Bad')
    expect(tell(first).finished).not.to.have.property('message')
  })

  it('keeps the order of the run that has all features', () => {
    const features = { 'features/z.feature': ['Last'], 'features/a.feature': ['One', 'Two'] }
    const one = { ids: 'a', features: { 'features/a.feature': ['One', 'Two'] }, outcomes: { One: ['failed'] } } as const
    const all = { ids: 'b', began: 20, features, outcomes: { Last: ['passed'] } } as const
    expect(tell(one, all).scenarios).to.deep.equal(['Last', 'One', 'Two'])
  })

  it('orders by path if none has all features, whatever separates folders', () => {
    const one = { ids: 'a', features: { 'features/z.feature': ['Last'], 'features/b.feature': ['One'] } }
    const other = { ids: 'b', began: 20, features: { 'features\\z.feature': ['Last'], 'features\\c.feature': ['Two'] } }
    expect(tell(one, other).scenarios).to.deep.equal(['One', 'Two', 'Last'])
  })

  it('counts what failed and was run again as another attempt', () => {
    const again = { ids: 'c', began: 50, ended: 60, outcomes: { Two: ['failed', 'passed'] } } as const
    const { outcomes, shards, attempts } = tell(again, second, first)
    expect(outcomes).to.deep.equal({ One: 'PASSED', Two: 'PASSED', Three: 'PASSED' })
    expect(attempts).to.deep.equal({ One: [0], Two: [0, 1, 2], Three: [0, 1] })
    expect(shards).to.equal(2)
  })

  it('counts a shard that had nothing to run', () => {
    expect(tell(first, second, { ids: 'd', began: 60 }).shards).to.equal(3)
  })

  it('tells once what is wrong with a feature in all shards', () => {
    const parseError = { source: { uri: 'features/x.feature' }, message: 'Bad' }
    const broken = [messagesOf({ ids: 'a' })[0], { parseError }] as Envelope[]
    const { envelopes } = mergeRuns([named('one', broken), named('two', broken)])
    expect(envelopes.slice(1)).to.deep.equal([{ parseError }])
  })

  it('refuses a scenario that was run again although it had passed', () => {
    expect(() => tell(first, { ids: 'c', began: 50, outcomes: { One: ['passed'] } })).to.throw(
      UsageError,
      'The scenario "features/a.feature:3" passed in "1.ndjson", and was run again in "2.ndjson": they are of the same shard, or of different runs. Name one file for each shard of one run.',
    )
  })

  it('names a scenario without a place by its name', () => {
    const [one, other] = [first, { ...first, ids: 'c', began: 50 }].map((run) =>
      messagesOf(run).map((envelope) => (envelope.pickle ? { pickle: withoutLocation(envelope.pickle) } : envelope)),
    ) as [Envelope[], Envelope[]]
    expect(() => mergeRuns([named('1', one), named('2', other)])).to.throw(
      'The scenario "features/a.feature: One" passed',
    )
  })

  it('refuses the same run twice, in two files or in one', () => {
    expect(() => tell(first, first)).to.throw(
      UsageError,
      '"1.ndjson" and "2.ndjson" have both the messages of the same run: name one file for each shard, each once.',
    )
    const run = named('all', messagesOf(first))
    expect(() => mergeRuns([run, run])).to.throw('"all" has twice the messages of the same run')
  })

  it('refuses features that are not the same', () => {
    const features = { 'features/a.feature': ['One', 'Too'] }
    expect(() => tell(first, { ids: 'b', began: 20, features })).to.throw(
      UsageError,
      'The feature "features/a.feature" is not the same in "1.ndjson" and in "2.ndjson". Run all shards with the same features, and the same version of Cucumber.',
    )
  })

  it('refuses runs of different versions of Cucumber', () => {
    expect(() => tell(first, { ...second, version: '13.0.0' })).to.throw(
      UsageError,
      '"1.ndjson" was written by cucumber-js 12.9.0 with messages 32.0.0, and "2.ndjson" by cucumber-js 13.0.0 with messages 32.0.0. Run all shards with the same version of Cucumber.',
    )
    const [, ...untold] = messagesOf(second)
    for (const unknown of [untold, [{ meta: {} as Meta }, ...untold]]) {
      expect(() => mergeRuns([named('one', messagesOf(first)), named('other', unknown)])).to.throw(
        UsageError,
        'and "other" by an unknown program. Run all shards',
      )
    }
  })

  it('refuses messages of which some are missing', () => {
    const without = messagesOf(first).filter(({ testCase }) => !testCase)
    expect(() => mergeRuns([named('cut.ndjson', without)])).to.throw(
      UsageError,
      /^"cut.ndjson" refers to "a\d+", of which no line before tells: lines are missing. Run that shard again.$/,
    )
  })
})

function tell(...runs: (PretendedRun & { runId?: number })[]) {
  const merged = mergeRuns(runs.map((run, index) => named(`${index + 1}.ndjson`, withRunId(run))))
  const query = new Query()
  const kinds: Record<string, number> = {}
  const attempts: Record<string, number[]> = {}
  for (const envelope of merged.envelopes) {
    query.update(envelope)
    const [kind = ''] = Object.keys(envelope)
    kinds[kind] = (kinds[kind] ?? 0) + 1
    if (!envelope.testCaseStarted) continue
    const { name = '' } = query.findPickleBy(envelope.testCaseStarted) ?? {}
    attempts[name] = [...(attempts[name] ?? []), envelope.testCaseStarted.attempt]
  }
  const outcomes = query
    .findAllTestCaseStarted()
    .map((last) => [query.findPickleBy(last)?.name, query.findMostSevereTestStepResultBy(last)?.status])
  return {
    ...{ shards: merged.shards, kinds, attempts, outcomes: Object.fromEntries(outcomes) },
    scenarios: query.findAllPickles().map(({ name }) => name),
    started: query.findTestRunStarted(),
    finished: query.findTestRunFinished(),
    meta: query.findMeta(),
  }
}

/** Ids that count from nought in each run, but for the run's own. */
function withRunId({ runId, ...run }: PretendedRun & { runId?: number }): Envelope[] {
  const envelopes = messagesOf(run)
  if (runId === undefined) return envelopes
  const id = envelopes.find(({ testRunStarted }) => testRunStarted)?.testRunStarted?.id
  return JSON.parse(JSON.stringify(envelopes).replaceAll(`"${id}"`, `"run ${runId}"`))
}

function withoutLocation({ location: _, ...pickle }: NonNullable<Envelope['pickle']>) {
  return pickle
}

function named(file: string, envelopes: readonly Envelope[]) {
  return { file, envelopes }
}
