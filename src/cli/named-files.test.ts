/** Files as a command line names them, also where no shell has found them. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { namedFiles } from './named-files'

describe('namedFiles', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'named-'))
    for (const name of ['shard-1', 'shard-2', '.hidden']) {
      mkdirSync(join(folder, name))
      for (const file of ['b.json', 'a.json', '.json', 'a.jsonx']) writeFileSync(join(folder, name, file), '')
    }
    writeFileSync(join(folder, 'a.json'), '')
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  const found = (...named: string[]) =>
    namedFiles(
      named.map((one) => `${folder}/${one}`),
      undefined,
      'x',
    ).map((file) => file.slice(folder.length + 1).replaceAll('\\', '/'))

  it('finds stars in names and in folders, in order', () => {
    expect(found('shard-*/*.json')).to.deep.equal([
      'shard-1/a.json',
      'shard-1/b.json',
      'shard-2/a.json',
      'shard-2/b.json',
    ])
    expect(found('*/a.json')).to.deep.equal(['shard-1/a.json', 'shard-2/a.json'])
    expect(found('.h*/b*')).to.deep.equal(['.hidden/b.json'])
  })

  it('finds them in the working directory', () => {
    expect(namedFiles(['pack*.json'], 'package.json', 'x')).to.deep.equal(['package-lock.json'])
  })

  it('has each file once', () => {
    expect(found('a.json', '*.json', './a.json')).to.deep.equal(['./a.json'])
  })

  it('takes a name with a star that is there', function () {
    if (process.platform === 'win32') this.skip()
    writeFileSync(join(folder, 'a*.json'), '')
    expect(found('a*.json')).to.deep.equal(['a*.json'])
  })
})
