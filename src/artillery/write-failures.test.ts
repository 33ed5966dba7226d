import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { failureOf } from '../../test/support/failures'
import { UsageError } from '../errors'
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

  it('leaves what it has not written, whatever its name', async () => {
    const earlier = await begin('run-1')
    await earlier.write(failure({ kind: 'earlier' }), shown)
    const [json = ''] = (await files()).filter((file) => file.endsWith('.json'))
    const written = await readFile(join(folder, 'failures', json), 'utf8')
    const others = {
      ...{
        'x.json': '{',
        'expected.json': '{"kind":"Oh"}',
        'notes.txt': 'mine',
        '0123456789abcdef.json': '{"kind":"Oh"}',
      },
      ...{ '0123456789abcde0.json': 'null', '0123456789abcde1.json': '{', '0123456789abcde2.json': '{"kind":1}' },
      ...{ '0123456789abcdef.txt': 'mine', 'copy.json': written },
    }
    for (const [name, text] of Object.entries(others)) await writeFile(join(folder, 'failures', name), text)
    await mkdir(join(folder, 'failures/dir.json'))
    await mkdir(join(folder, 'failures/0123456789abcde3.json'))
    await symlink(join(folder, 'failures/copy.json'), join(folder, 'failures/0123456789abcde4.json'))
    await begin('run-2')
    expect(await files()).to.have.members([
      ...[...Object.keys(others), 'dir.json', '0123456789abcde3.json', '0123456789abcde4.json'],
    ])
  })

  it('takes away no other files than those of a failure', async () => {
    const earlier = await begin('run-1')
    await earlier.write(failure({ kind: 'earlier' }), shown)
    const [json = ''] = (await files()).filter((file) => file.endsWith('.json'))
    const content = JSON.parse(await readFile(join(folder, 'failures', json), 'utf8'))
    await writeFile(
      join(folder, 'failures', json),
      JSON.stringify({ ...content, picture: '../load.json', text: undefined }),
    )
    await begin('run-2')
    expect(await files()).to.have.members([content.picture, content.text])
  })

  for (const [what, text] of [
    ['is no JSON', '{'],
    ['has nothing in it', 'null'],
    ['is something else', '{"run":1}'],
    ['has no scenarios', '{"run":"x"}'],
  ] as const) {
    it(`refuses to replace a load.json that ${what}`, async () => {
      await writeFile(join(folder, 'load.json'), text)
      expect(await failureOf(() => begin('run-1'))).to.be.an.instanceOf(UsageError)
      expect(await readFile(join(folder, 'load.json'), 'utf8')).to.equal(text)
    })
  }

  it('says that there can be no such folder', async () => {
    await writeFile(join(folder, 'failures'), '')
    const failure = await failureOf(() => begin('run-1'))
    expect(failure).to.be.an.instanceOf(UsageError)
    expect(failure)
      .to.have.property('message')
      .that.matches(/^The reports cannot be written to ".*": EEXIST/)
  })

  it('refuses to replace a folder', async () => {
    await mkdir(join(folder, 'load.json'))
    expect(await failureOf(() => begin('run-1')))
      .to.have.property('message')
      .that.matches(
        /load.json" is there already, and does not tell what a load test has run: move it, or name another folder by /,
      )
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
