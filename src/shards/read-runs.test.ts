/** Files of Cucumber's messages, and files that are none. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { asNdjson, messagesOf } from '../../test/support/cucumber-messages'
import { UsageError } from '../errors'
import { readRuns } from './read-runs'

describe('readRuns', () => {
  const run = messagesOf({ outcomes: { One: ['passed'] } })
  let folder: string
  let file: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'messages-'))
    file = join(folder, 'shard-1.ndjson')
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  const reading = (content: string | Buffer) => () => {
    writeFileSync(file, content)
    return readRuns(file)
  }
  const words = (text: string) => new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))

  it('reads a run, whatever ends its lines', () => {
    expect(reading(asNdjson(run))()).to.deep.equal([{ file, envelopes: run }])
    const mark = '\ufeff'
    expect(reading(`${mark}${asNdjson(run).replaceAll('\n', '\r\n')}\r\n`)()).to.deep.equal([{ file, envelopes: run }])
    expect(reading(asNdjson(run).trimEnd())()).to.deep.equal([{ file, envelopes: run }])
  })

  it('reads several runs that were written one behind the other', () => {
    expect(reading(asNdjson([...run, ...run]))().map(({ envelopes }) => envelopes.length)).to.deep.equal([
      run.length,
      run.length,
    ])
  })

  it('reads lines longer than what is read at once, and those with line breaks of Unicode in them', () => {
    const attachment = { body: `\u2028é${'é'.repeat(3_000_000)}`, mediaType: 'text/plain' }
    const [meta, ...rest] = run
    const longer = [meta, { attachment }, ...rest] as typeof run
    expect(reading(asNdjson(longer))()[0]?.envelopes[1]).to.deep.equal({ attachment })
  })

  it('refuses a run of which a scenario has not ended, although Cucumber calls it a success', () => {
    expect(reading(asNdjson(run.filter(({ testCaseFinished }) => !testCaseFinished)))).to.throw(
      UsageError,
      words(`"${file}" ends before one of its scenarios does: it was broken off`),
    )
  })

  it('takes a run for whole whose features cannot be read', () => {
    const lines = [...run.slice(0, 3), { parseError: { source: {}, message: 'Bad' } }]
    expect(reading(asNdjson(lines))()).to.have.length(1)
  })

  it('refuses a file that is not there, is a folder, or cannot be opened', () => {
    expect(() => readRuns(file)).to.throw(
      UsageError,
      words(`There is no file "${file}". Have it written by: npx cucumber-js`),
    )
    mkdirSync(file)
    expect(() => readRuns(file)).to.throw(
      UsageError,
      words(`"${file}" is a folder: name its files, as in ${file}/*.ndjson.`),
    )
    expect(() => readRuns('no\0name')).to.throw(UsageError, '" cannot be read: ')
  })

  it('refuses an empty file', () => {
    for (const content of ['', '\n \n']) {
      expect(reading(content)).to.throw(
        UsageError,
        words(`"${file}" is empty: the run that should have written it was broken off.`),
      )
    }
  })

  it('refuses what a run that was broken off has left', () => {
    const hint =
      'it was broken off, by a failing BeforeAll hook or from outside. Run that shard again, or leave the file out.'
    expect(reading(asNdjson(run).slice(0, -20))).to.throw(
      UsageError,
      words(`"${file}" ends in the middle of line ${run.length}: ${hint}`),
    )
    expect(reading(asNdjson(run.slice(0, -1)))).to.throw(
      UsageError,
      words(`"${file}" ends before the run does: ${hint}`),
    )
  })

  for (const [what, content, line] of [
    ['no JSON', 'Feature: A', 'line 1 is "Feature: A"'],
    ['a report in JSON', '[\n  {}\n]', 'line 1 is "["'],
    ['a page', '<!doctype html>\n<html>', 'line 1 is "<!doctype html>"'],
    ['other lines of JSON', '{"level":"info"}\n', 'line 1 is "{"level":"info"}"'],
    ['a list', '[1]\n', 'line 1 is "[1]"'],
    ['lines of a console between', `${asNdjson(run.slice(0, 2))}Server ready\n`, 'line 3 is "Server ready"'],
    ['another encoding', Buffer.from(asNdjson(run), 'utf16le'), 'line 1 is "{'],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(reading(content)).to.throw(UsageError, words(`"${file}" has no messages of Cucumber's: ${line}`))
    })
  }
})
