/** First features of a document, written on a command line. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { chatDocument, operation } from '../../test/support/contracts'
import { commands } from './commands'
import { runCommand } from './run-command'

describe('asyncapi', () => {
  const project = process.cwd()
  let folder: string
  let printed: string[]
  let complained: string[]

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'features-'))
    process.chdir(folder)
    printed = []
    complained = []
    mkdirSync('docs')
    const ping = { payload: { $ref: '../schemas/ping.json' } }
    const channels = {
      chat: { address: '/chat', messages: { ping } },
      news: { address: '/news', messages: { told: ping } },
    }
    writeFileSync(
      'docs/chat.json',
      JSON.stringify(chatDocument({}, { say: operation('receive', ['ping']) }, { channels })),
    )
    mkdirSync('schemas')
    writeFileSync('schemas/ping.json', '{"properties": {"type": {"const": "ping"}}}')
  })

  afterEach(() => {
    process.chdir(project)
    rmSync(folder, { recursive: true })
  })

  const run = (...args: string[]) =>
    runCommand(['asyncapi', ...args], commands, {
      print: (text) => printed.push(text),
      complain: (text) => complained.push(text),
    })

  it('writes a feature for each channel, and names the document as the settings do', async () => {
    expect(await run(join(folder, 'docs/chat.json'))).to.equal(0)
    expect(printed).to.deep.equal(
      [join('features', 'chat.feature'), join('features', 'news.feature')].map((file) => `${file} is written.`),
    )
    const text = readFileSync('features/chat.feature', 'utf8')
    expect(text).to.contain('Given the server is described by "docs/chat.json"')
    expect(text).to.contain('When Rob sends a "ping"')
    expect(complained).to.deep.equal([])
  })

  it('writes over no file, and exits with 1 if one is there', async () => {
    mkdirSync('new/folder', { recursive: true })
    writeFileSync('new/folder/news.feature', 'Feature: Mine')
    expect(await run('docs/chat.json', '--out', 'new/folder')).to.equal(1)
    expect(readFileSync('new/folder/news.feature', 'utf8')).to.equal('Feature: Mine')
    expect(printed).to.deep.equal([`${join('new/folder', 'chat.feature')} is written.`])
    expect(complained.at(-1)).to.equal(`${join('new/folder', 'news.feature')} is there already, and is left as it is.`)
  })

  it('tells what is not validated', async () => {
    const message = { payload: 'x', schemaFormat: 'application/vnd.apache.avro' }
    writeFileSync('avro.json', JSON.stringify({ asyncapi: '2.6.0', channels: { '/a': { publish: { message } } } }))
    expect(await run('avro.json')).to.equal(0)
    expect(complained.join('\n')).to.contain('"application/vnd.apache.avro" is not JSON Schema')
  })

  it('exits with 2 if a file cannot be written', async () => {
    writeFileSync('taken', '')
    expect(await run('docs/chat.json', '--out', 'taken')).to.equal(2)
    expect(complained.join()).to.match(/"taken.+chat\.feature" cannot be written: EEXIST/)
  })

  for (const [args, words] of [
    [[], 'One document is read at a time: cucumber-websocket asyncapi docs/asyncapi.yaml'],
    [['docs/chat.json', 'docs/other.json'], 'One document is read at a time'],
    [['docs/none.json'], 'There is no file "docs/none.json".'],
    [['https://example.org/a.json'], '"https://example.org/a.json" is an address: save the document to a file'],
    [['../a.json'], '"../a.json" lies outside of the folder '],
    [['schemas/ping.json'], 'schemas/ping.json:1:1 (#): it is not an AsyncAPI document'],
    [['wrong.json'], 'the "$ref" "#/components/a" leads to nothing.'],
  ] as const) {
    it(`exits with 2: ${words}`, async () => {
      const channels = { a: { address: '/', messages: { a: { $ref: '#/components/a' } } } }
      writeFileSync('wrong.json', JSON.stringify({ asyncapi: '3.0.0', channels }))
      expect(await run(...args)).to.equal(2)
      expect(complained.join()).to.contain(words)
      expect(printed).to.deep.equal([])
    })
  }

  it('has help', async () => {
    expect(await run('--help')).to.equal(0)
    expect(printed.join()).to.contain('Usage: cucumber-websocket asyncapi <document> [--out <folder>]')
  })
})
