/** Folders of load tests, and what may be wrong in them. */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { FAILED, PLAN, RESULTS, writeLoadResults } from '../../test/support/load-results'
import { UsageError } from '../errors'
import { readLoadRun } from './read-load-run'

describe('readLoadRun', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'load-'))
    writeLoadResults(folder)
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  const at = (name: string) => join(folder, name)
  const write = (name: string, content: unknown) =>
    writeFileSync(at(name), typeof content === 'string' ? content : JSON.stringify(content))

  it('reads the results, what was run, and what failed with its conversation', () => {
    const { report, plan, failures } = readLoadRun(folder)
    expect(report.aggregate.counters['vusers.created']).to.equal(1000)
    expect(plan).to.deep.equal(PLAN)
    expect(failures.map(({ kind, written }) => [kind, written])).to.deep.equal([
      [FAILED.kind, 'Ann sends {"message":"<Hi>"}'],
    ])
    expect(failures[0]?.drawn).to.match(/^<svg/)
  })

  it('reads results that are elsewhere', () => {
    write('other.json', { ...RESULTS, aggregate: {} })
    expect(readLoadRun(folder, at('other.json')).report.aggregate.counters).to.deep.equal({})
  })

  it('does without failures, their files, and what was run', () => {
    rmSync(at('failures/ab12.svg'))
    write('failures/none.json', { ...FAILED, picture: undefined, text: undefined, at: '2026-01-31T12:00:01.000Z' })
    expect(readLoadRun(folder).failures.map(({ drawn, written }) => [drawn, written?.length])).to.deep.equal([
      [undefined, undefined],
      [undefined, 28],
    ])
    rmSync(at('failures'), { recursive: true })
    expect(readLoadRun(folder).failures).to.deep.equal([])
    writeLoadResults(folder)
    rmSync(at('load.json'))
    expect(readLoadRun(folder)).to.deep.include({ plan: undefined, failures: [] })
  })

  it('leaves out failures of other runs, those that are half written, and files outside of the folder', () => {
    write('failures/old.json', { ...FAILED, run: 'run-1' })
    write('failures/early.json', { ...FAILED, at: '2026-01-30T12:00:00.000Z' })
    write('failures/half.json', '{"run"')
    write('failures/out.json', { ...FAILED, picture: '../../../etc/passwd' })
    expect(readLoadRun(folder).failures).to.have.length(1)
  })

  it('follows no links, and reads no folders, among the failures', () => {
    write('elsewhere.json', { ...FAILED, kind: 'elsewhere' })
    symlinkSync(at('elsewhere.json'), at('failures/linked.json'))
    mkdirSync(at('failures/dir.json'))
    rmSync(at('failures/ab12.svg'))
    rmSync(at('failures/ab12.txt'))
    symlinkSync(at('elsewhere.json'), at('failures/ab12.svg'))
    mkdirSync(at('failures/ab12.txt'))
    expect(readLoadRun(folder).failures.map(({ kind, drawn, written }) => [kind, drawn, written])).to.deep.equal([
      [FAILED.kind, undefined, undefined],
    ])
  })

  it('says how results are written where there is no folder', () => {
    expect(() => readLoadRun(at('nowhere'))).to.throw(
      UsageError,
      /Have them written by: npx artillery run load.yml --output report.json, and name them by --results report.json$/,
    )
  })

  for (const [what, change, words] of [
    [
      'results that are missing',
      () => rmSync(at('report.json')),
      /^There are no results of Artillery's in "[^"]*report.json". Have them written by: npx artillery run load.yml --output /,
    ],
    [
      'results that were broken off',
      () => write('report.json', '{"aggregate": {'),
      /report.json" has no results of Artillery's, or was broken off. Have them/,
    ],
    [
      'results of something else',
      () => write('report.json', { aggregate: { counters: { a: 'many' } }, intermediate: [] }),
      /has no results of Artillery's/,
    ],
    [
      'a folder for the results',
      () => {
        rmSync(at('report.json'))
        mkdirSync(at('report.json'))
      },
      /report.json" cannot be read: EISDIR/,
    ],
    [
      'another plan',
      () => write('load.json', '[]'),
      /load.json" does not tell what was run: run the load test again, or remove the file\.$/,
    ],
    [
      'results of an earlier run',
      () => write('failures/ab12.json', { ...FAILED, at: '2026-01-31T13:00:00.000Z' }),
      /report.json" is of an earlier run than what failed in "[^"]*failures", such as "Ann did not receive "Hi" within 2 s.". Have both written by one/,
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      change()
      expect(() => readLoadRun(folder)).to.throw(UsageError, words)
    })
  }
})
