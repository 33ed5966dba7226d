import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { failureOf } from '../../test/support/failures'
import { FailureFolder, type NewFailure } from './write-failures'

describe('FailureFolder', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'failures-'))
  })

  afterEach(() => rm(folder, { recursive: true }))

  it('takes away what earlier runs have left, and nothing of its own', async () => {
    const earlier = await begin('run-1')
    await earlier.write(failure({ kind: 'earlier' }), shown)
    const one = await begin('run-2')
    expect(await files()).to.deep.equal([])
    await one.write(failure({}), shown)
    await begin('run-2')
    expect(await files()).to.have.length(3)
    expect(JSON.parse(await readFile(join(folder, 'load.json'), 'utf8'))).to.deep.equal({ run: 'run-2', scenarios: [] })
  })

  it('takes away what cannot be read', async () => {
    await begin('run-1')
    await writeFile(join(folder, 'failures/x.json'), '{')
    await begin('run-1')
    expect(await files()).to.deep.equal([])
  })

  it('wants the first of a kind, and one whose conversation lacks less', async () => {
    const written = await begin('run-1')
    expect(written.wants(failure({ leftOut: 5 }))).to.equal(true)
    await written.write(failure({ leftOut: 5 }), shown)
    expect(written.wants(failure({ leftOut: 5 }))).to.equal(false)
    expect(written.wants(failure({ leftOut: 0 }))).to.equal(true)
    await written.write(failure({ leftOut: 0, user: 'user-2' }), undefined)
    expect(written.wants(failure({ leftOut: 0 }))).to.equal(false)
    const [json] = (await files()).filter((file) => file.endsWith('.json'))
    expect(JSON.parse(await readFile(join(folder, 'failures', String(json)), 'utf8'))).to.include({ user: 'user-2' })
  })

  it('leaves a kind to the worker that has written it first', async () => {
    const [one, other] = [await begin('run-1'), await begin('run-1')]
    await one.write(failure({ user: 'one' }), shown)
    await other.write(failure({ user: 'other', leftOut: 5 }), shown)
    expect(other.wants(failure({}))).to.equal(false)
    const [json] = (await files()).filter((file) => file.endsWith('.json'))
    expect(JSON.parse(await readFile(join(folder, 'failures', String(json)), 'utf8'))).to.include({ user: 'one' })
  })

  it('says that the folder is gone', async () => {
    const written = new FailureFolder(join(folder, 'nowhere'), 'run-1')
    expect(await failureOf(() => written.write(failure({}), shown))).to.have.property('code', 'ENOENT')
  })

  async function begin(run: string): Promise<FailureFolder> {
    const begun = new FailureFolder(folder, run)
    await begun.begin([])
    return begun
  }

  function files(): Promise<string[]> {
    return readdir(join(folder, 'failures'))
  }
})

const shown = { title: 'Conversation', picture: () => '<svg/>', text: () => 'text', mermaid: () => '' }

function failure(changes: Partial<NewFailure>): NewFailure {
  return {
    ...{ kind: 'Oh', message: 'Oh\nNo', scenario: 'Hello', location: 'a.feature:3', sentence: 'Ann sends "x"' },
    ...{ user: 'user-1', leftOut: 0, ...changes },
  }
}
