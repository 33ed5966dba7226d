/** The living documentation of shards, merged on a command line. */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { expect } from 'chai'
import { asNdjson, messagesOf, type PretendedRun } from '../../test/support/cucumber-messages'
import { commands } from './commands'
import { runCommand } from './run-command'

describe('merge', () => {
  let folder: string
  let printed: string[]
  let complained: string[]

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'merge-'))
    printed = []
    complained = []
    write('shard-1.ndjson', { ids: 'a', outcomes: { One: ['passed'], Three: ['failed'] } })
    write('shard-2.ndjson', { ids: 'b', began: 20, outcomes: { Two: ['passed'] } })
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  const at = (name: string) => join(folder, name)
  const write = (name: string, run: PretendedRun) => writeFileSync(at(name), asNdjson(messagesOf(run)))
  const merge = (...args: string[]) =>
    runCommand(['merge', ...args], commands, {
      print: (text) => printed.push(text),
      complain: (text) => complained.push(text),
    })
  const page = (name = 'index.html') => readFileSync(at(name), 'utf8')

  it("makes one page, with the title and the introduction of Cucumber's configuration", async () => {
    expect(await merge(at('shard-*.ndjson'), '--out', at('index.html'))).to.equal(0)
    expect(printed).to.deep.equal([`${at('index.html')}: 3 scenarios of 2 runs, 2 passed, 1 failed.`])
    expect(page()).to.contain('<title>Conversations with cucumber-websocket</title>')
    expect(page().match(/id="[ab]--\w+"/g)).to.deep.equal(['id="a--one"', 'id="a--two"', 'id="b--three"'])
    expect(page().match(/<pre tabindex="0">\w+</g)).to.have.length(3)
  })

  it('takes the title and the introduction of the command line', async () => {
    const given = ['--title', 'Our <chat>', '--introduction', 'Hello *you*']
    expect(await merge(at('shard-*.ndjson'), '--out', at('new/folder/index.html'), ...given)).to.equal(0)
    expect(page('new/folder/index.html')).to.contain('<h1>Our &#60;chat&#62;</h1>').and.contain('<em>you</em>')
    expect(await merge(at('shard-*.ndjson'), '--out', at('index.html'), '--title', 'Chat')).to.equal(0)
    expect(page()).to.contain('<h1>Chat</h1>').and.contain('introduction')
  })

  it('says what went wrong outside of scenarios', async () => {
    write('shard-1.ndjson', { ids: 'a', outcomes: { One: ['passed'] }, message: 'The <house> burns' })
    expect(await merge(at('shard-1.ndjson'), '--out', at('index.html'))).to.equal(0)
    expect(printed.join()).to.contain('1 scenario of 1 run, 1 passed, 1 error outside of scenarios.')
    expect(page()).to.contain('The &#60;house&#62; burns')
  })

  it('writes over an earlier page, and over nothing else', async () => {
    for (let time = 1; time <= 2; time++) expect(await merge(at('*'), '--out', at('index.html'))).to.equal(0)
    const messages = readFileSync(at('shard-1.ndjson'), 'utf8')
    expect(await merge(at('shard-2.ndjson'), '--out', at('shard-1.ndjson'))).to.equal(2)
    expect(readFileSync(at('shard-1.ndjson'), 'utf8')).to.equal(messages)
    expect(complained.join()).to.contain('shard-1.ndjson" is there already, and is not a page of this command')
  })

  it('says how many shards are missing, or too many', async () => {
    const files = `"${at('shard-1.ndjson')}", "${at('shard-2.ndjson')}"`
    expect(await merge(at('shard-*.ndjson'), '--out', at('index.html'), '--shards', '2')).to.equal(0)
    rmSync(at('index.html'))
    expect(await merge(at('shard-*.ndjson'), '--out', at('index.html'), '--shards', '4')).to.equal(2)
    expect(await merge(at('shard-1.ndjson'), '--out', at('index.html'), '--shards', '2')).to.equal(2)
    expect(await merge(at('shard-*.ndjson'), '--out', at('index.html'), '--shards', '1')).to.equal(2)
    expect(complained).to.deep.equal([
      `There are messages of 2 shards, not of 4: ${files}. Run the ones that are missing, or change --shards.`,
      `There are messages of 1 shard, not of 2: "${at('shard-1.ndjson')}". Run the ones that are missing, or change --shards.`,
      `There are messages of 2 shards, not of 1: ${files}. Name the files of one run alone, or change --shards.`,
    ])
    expect(existsSync(at('index.html'))).to.equal(false)
  })

  it('names the file whose messages are not those of a run', async () => {
    const envelopes = messagesOf({ ids: 'c', began: 30, outcomes: { One: ['passed'] } })
    const cut = envelopes.map((one) => (one.testStepFinished ? { testStepFinished: {} } : one)) as Envelope[]
    writeFileSync(at('shard-3.ndjson'), asNdjson(cut))
    expect(await merge(at('shard-*.ndjson'), '--out', at('index.html'))).to.equal(2)
    expect(complained.join()).to.match(/^The messages in "[^"]*shard-3.ndjson" are not those of a run: /)
  })

  it("says when Cucumber's configuration cannot be read", async () => {
    const before = process.cwd()
    writeFileSync(at('cucumber.json'), 'nonsense')
    process.chdir(folder)
    try {
      expect(await merge('shard-*.ndjson', '--out', 'index.html')).to.equal(2)
      expect(complained.join()).to.contain(
        'which may have the title, cannot be read. Give --title and --introduction: ',
      )
      expect(await merge('shard-*.ndjson', '--out', 'index.html', '--title', 'A', '--introduction', 'Hello')).to.equal(
        0,
      )
    } finally {
      process.chdir(before)
    }
  })

  for (const [args, words] of [
    [[], 'Where is the page to go? Write --out reports/index.html.'],
    [['--out', 'index.html'], 'There is nothing to merge: name the reports, as in reports/*.ndjson.'],
    [['none-*.ndjson', '--out', 'index.html'], 'There is no file "'],
    [['*/shard-*.ndjson', '--out', 'index.html'], 'There is no file "'],
    [['shard-1.ndjson', '--out', 'folder'], 'folder" cannot be written: EISDIR'],
    [['shard-1.ndjson', '--out', 'shard-2.ndjson/index.html'], 'index.html" cannot be written: '],
    [
      ['shard-1.ndjson', '--out', 'index.html', '--shards', 'four'],
      '--shards should be how many shards there are, such as 4, not "four".',
    ],
    [
      ['shard-1.ndjson', '--out', 'index.html', '--introduction', 'none.md'],
      'The introduction "none.md" cannot be read',
    ],
  ] as const) {
    it(`exits with 2: ${words}`, async () => {
      mkdirSync(at('folder'))
      const isPath = (arg: string) => /^\S+\.(ndjson|html)$|^folder$/.test(arg)
      expect(await merge(...args.map((arg) => (isPath(arg) ? at(arg) : arg)))).to.equal(2)
      expect(complained.join()).to.contain(words)
    })
  }
})
