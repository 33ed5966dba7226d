/** The page of a load test, made on a command line. */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { writeLoadResults } from '../../test/support/load-results'
import { commands } from './commands'
import { runCommand } from './run-command'

describe('load-report', () => {
  let folder: string
  let printed: string[]
  let complained: string[]

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'load-'))
    writeLoadResults(folder)
    printed = []
    complained = []
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  const at = (name: string) => join(folder, name)
  const report = (...args: string[]) =>
    runCommand(['load-report', ...args], commands, {
      print: (text) => printed.push(text),
      complain: (text) => complained.push(text),
    })

  it('writes the page beside the results, over an earlier one', async () => {
    for (let time = 1; time <= 2; time++) expect(await report(folder)).to.equal(0)
    expect(printed[1]).to.equal(`${at('index.html')}: 1000 users, 990 passed, 10 failed.`)
    expect(readFileSync(at('index.html'), 'utf8'))
      .to.contain('<title>Load test</title>')
      .and.contain('"failures/ab12.svg"')
  })

  it('writes it elsewhere, with links to where the failures are', async () => {
    expect(
      await report(folder, '--out', at('pages/load.html'), '--title', 'The rush', '--results', at('report.json')),
    ).to.equal(0)
    const page = readFileSync(at('pages/load.html'), 'utf8')
    expect(page).to.contain('<title>The rush</title>').and.contain('href="../failures/ab12.svg"')
  })

  it('writes over no other file', async () => {
    writeFileSync(at('index.html'), '<meta name="generator" content="cucumber-websocket">')
    expect(await report(folder)).to.equal(2)
    expect(complained.join()).to.contain('is there already, and is not a page of this command')
  })

  it('wants one folder', async () => {
    for (const args of [[], [folder, folder]]) expect(await report(...args)).to.equal(2)
    expect(complained[0]).to.equal('One folder is read at a time: cucumber-websocket load-report reports/load')
  })

  it('says what is missing', async () => {
    expect(await report(at('none'))).to.equal(2)
    expect(complained.join()).to.contain("There are no results of Artillery's in")
    expect(existsSync(at('none'))).to.equal(false)
  })
})
