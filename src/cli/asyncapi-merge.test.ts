/** The coverage of shards, added on a command line. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { modelOf, observation, observedOf, said } from '../../test/support/contract-documents'
import type { Observation } from '../asyncapi/contract-model'
import { addObservations, unseenDocument } from '../coverage/coverage'
import { formatReport } from '../coverage/report'
import { commands } from './commands'
import { runCommand } from './run-command'

const model = modelOf('chat.yaml')

describe('asyncapi merge', () => {
  let folder: string
  let printed: string[]
  let complained: string[]

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'merge-'))
    printed = []
    complained = []
    write('part-1.json', observation())
    write('part-2.json', said('$.mood: "glad"', '$.mood: "sad"'))
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  function write(name: string, ...observations: Observation[]): void {
    const document = unseenDocument(model)
    addObservations(document, observedOf(model, ...observations), `${name}.feature:3`)
    writeFileSync(join(folder, name), formatReport({ documents: [document], scenarios: [] }))
  }

  const at = (name: string) => join(folder, name)
  const merge = (...args: string[]) =>
    runCommand(['asyncapi', 'merge', ...args], commands, {
      print: (text) => printed.push(text),
      complain: (text) => complained.push(text),
    })

  it('prints a summary', async () => {
    expect(await merge(at('part-1.json'), at('part-2.json'))).to.equal(0)
    expect(printed.join()).to.contain('AsyncAPI coverage of chat.yaml (Chat): 66.6 %, 2 of 3 messages seen and valid')
  })

  it('writes the sum, which a next time is not among the parts', async () => {
    for (let time = 1; time <= 2; time++) {
      expect(await merge(at('*.json'), at('part-1.json'), '--out', at('all.json'))).to.equal(0)
      const { messages } = JSON.parse(readFileSync(at('all.json'), 'utf8')).documents[0]
      expect(messages.map(({ valid }: { valid: number }) => valid)).to.deep.equal([1, 1, 0])
    }
    expect(await merge(at('part-*.json'), '--out', at('new/folder/all.json'))).to.equal(0)
  })

  it('exits with 1 below the minimum', async () => {
    expect(await merge(at('part-?.json'.replace('?', '*')), '--minimum', '0.9')).to.equal(1)
    expect(complained).to.deep.equal(['The coverage of chat.yaml is 66.6 %, below the minimum of 90 %.'])
    expect(await merge(at('part-*.json'), '--minimum', '0.66')).to.equal(0)
  })

  it('exits with 1 if there is a minimum, and no document', async () => {
    writeFileSync(at('none.json'), formatReport({ documents: [], scenarios: [] }))
    expect(await merge(at('none.json'))).to.equal(0)
    expect(printed).to.deep.equal([])
    expect(await merge(at('none.json'), '--minimum', '0')).to.equal(1)
    expect(complained.join()).to.contain('no scenario was validated against a document')
  })

  it('wants nothing of a document without messages', async () => {
    const documents = [unseenDocument(modelOf('empty.yaml', { channels: [] }))]
    writeFileSync(at('empty.json'), formatReport({ documents, scenarios: [] }))
    expect(await merge(at('empty.json'), '--minimum', '1')).to.equal(0)
  })

  for (const [args, words] of [
    [[], 'There is nothing to merge: name the reports, as in reports/part-*.json.'],
    [['--minimum', '90', 'part-1.json'], '--minimum should be a number from 0 to 1, such as 0.9, not "90".'],
    [['--minimum', ' ', 'part-1.json'], '--minimum should be a number from 0 to 1'],
    [['shard-*.json'], 'There is no file "'],
    [['none/part-*.json'], 'There is no file "'],
    [['none.json'], 'none.json" cannot be read: ENOENT'],
    [['part-1.json', '--out', 'part-1.json'], 'but the one to write.'],
    [['part-1.json', '--out', 'folder'], 'folder" cannot be written: EISDIR'],
    [['wrong.json'], 'wrong.json" is not a report of this version'],
  ] as const) {
    it(`exits with 2: ${words}`, async () => {
      mkdirSync(at('folder'))
      writeFileSync(at('wrong.json'), '{}')
      const isPath = (arg: string) => /^\w.*\.json$|^folder$/.test(arg)
      expect(await merge(...args.map((arg) => (isPath(arg) ? at(arg) : arg)))).to.equal(2)
      expect(complained.join()).to.contain(words)
    })
  }
})
