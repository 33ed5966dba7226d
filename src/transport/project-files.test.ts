/** Which files a sentence may name, and where they are looked for. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { UsageError } from '../errors'
import type { ProjectFiles } from '../messages/project-files'
import { projectFiles } from './project-files'

describe('Project files', () => {
  let project: string
  let files: ProjectFiles

  before(() => {
    project = realpathSync(mkdtempSync(join(tmpdir(), 'files-')))
    for (const folder of ['features/chat', 'features/messages/orders'])
      mkdirSync(join(project, folder), { recursive: true })
    for (const [file, text] of Object.entries({
      'logo.png': 'root',
      'features/chat/logo.png': 'beside',
      'features/messages/place order.json': '{"type": "order"}',
      'features/messages/orders/cancel.yaml': 'type: cancel\nid: ${id}\n',
      'features/messages/greeting.txt': 'Good morning\n',
      'features/messages/broken.yml': 'a: [1',
      'features/messages/twice.json': '{}',
      'features/messages/twice.txt': 'x',
    })) {
      writeFileSync(join(project, file), text)
    }
    symlinkSync(tmpdir(), join(project, 'outside'))
    files = projectFiles('features/messages', project)
  })

  after(() => rmSync(project, { recursive: true }))

  it('are found beside the feature, among the messages, or from the folder of the project', () => {
    expect(`${files.read('logo.png', 'features/chat/a.feature:3')}`).to.equal('beside')
    expect(`${files.read('greeting.txt', 'features/chat/a.feature:3')}`).to.equal('Good morning\n')
    expect(`${files.read('logo.png')}`).to.equal('root')
  })

  it('report where a missing file was looked for', () => {
    expect(() => files.read('lgo.png', 'features/chat/a.feature:3')).to.throw(
      UsageError,
      'There is no file "lgo.png". It was looked for in features/chat, features/messages, the project itself.',
    )
  })

  it('are not read outside of the project, whatever path or link leads there', () => {
    for (const path of ['../../..', tmpdir(), 'outside']) {
      expect(() => files.read(path)).to.throw(
        UsageError,
        'is not in the project: only files below its folder are read.',
      )
    }
  })

  it('are not folders', () => {
    expect(() => files.read('features')).to.throw(UsageError, '"features" is a folder, not a file.')
  })

  it('include messages with names', () => {
    expect(files.message('place order')).to.deep.equal({ text: '{"type": "order"}', isJson: true })
    expect(files.message('orders/cancel')).to.deep.equal({ text: '{"type":"cancel","id":"${id}"}', isJson: true })
    expect(files.message('greeting')).to.deep.equal({ text: 'Good morning', isJson: false })
  })

  for (const [name, problem] of [
    ['place odrer', /^There is no message "place odrer" in features\/messages\. Did you mean "place order"\?$/],
    [
      'something else',
      /^There is no message "something else" in features\/messages\. There are .*"greeting".*: write it to /,
    ],
    ['twice', /^There are several messages "twice" in features\/messages: /],
    ['broken', /^features\/messages\/broken\.yml is not valid YAML: /],
  ] as const) {
    it(`report a message that cannot be read: "${name}"`, () => {
      expect(() => files.message(name)).to.throw(UsageError, problem)
    })
  }

  it('report that there are no messages yet', () => {
    expect(() => projectFiles('messages', project).message('hello')).to.throw(
      UsageError,
      'There are none yet: write it to messages/hello.json',
    )
  })
})
