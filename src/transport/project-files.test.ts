/** Which files a sentence may name, and where they are looked for. */

import { once } from 'node:events'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { UsageError } from '../errors'
import { evaluate } from '../evaluation-limit'
import type { ProjectFiles } from '../messages/project-files'
import { projectFiles } from './project-files'

describe('Project files', () => {
  let project: string
  let outside: string
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
      'features/messages/lost.yaml': 'role: admin\nrole: user\n',
      'features/messages/lost number.yml': '1: admin\n"1": user\n',
      'features/messages/twice.json': '{}',
      'features/messages/twice.txt': 'x',
    })) {
      writeFileSync(join(project, file), text)
    }
    symlinkSync(tmpdir(), join(project, 'outside'))
    outside = realpathSync(mkdtempSync(join(tmpdir(), 'outside-')))
    writeFileSync(join(outside, 'secret.txt'), 'a secret')
    writeFileSync(join(outside, 'secret.json'), '{"a": "secret"}')
    symlinkSync(join(outside, 'secret.txt'), join(project, 'features/messages/host.txt'))
    symlinkSync(join(outside, 'secret.json'), join(project, 'features/messages/host-2.yaml'))
    symlinkSync(outside, join(project, 'features/messages/linked'))
    symlinkSync(outside, join(project, 'linked'))
    symlinkSync(join(project, 'logo.png'), join(project, 'features/messages/inside.txt'))
    symlinkSync(join(project, 'features'), join(project, '..features'))
    mkdirSync(join(project, 'features/messages/folder.json'))
    files = projectFiles('features/messages', project)
  })

  after(() => [project, outside].forEach((folder) => void rmSync(folder, { recursive: true })))

  for (const [written, json] of [
    ['9007199254740993', '9007199254740993'],
    ['1.0', '1.0'],
    ['-0', '-0'],
    ['+1.50', '1.50'],
    ['-.5', '-0.5'],
    ['1.', '1'],
    ['1.e5', '1e5'],
    ['007', '7'],
    ['0x1F', '31'],
    ['0xFFFFFFFFFFFFFFFF', '18446744073709551615'],
    ['0.1000000000000000055', '0.1000000000000000055'],
    ['1e400', '1e400'],
    ['{1.0: a, 1: b}', '{"1":"b","1.0":"a"}'],
    ['1_000', '"1_000"'],
    ['%YAML 1.1\n---\n010', '8'],
    ['~', 'null'],
  ] as const) {
    it(`keep the numbers of YAML: ${JSON.stringify(written)}`, () => {
      writeFileSync(join(project, 'features/messages/number.yaml'), written)
      expect(files.message('number').text).to.equal(json)
    })
  }

  for (const [written, words] of [
    ['b: &x {q: 1}\nv:\n  <<: *x\n  r: 2', 'it has the merge key <<, which YAML 1.2 does not know: write the members'],
    ['v: !foo bar', 'its tags have to be those of JSON: Unresolved tag: !foo'],
    ['%YAML 3.0\n---\nv: 1', 'Unsupported YAML version 3.0'],
  ] as const) {
    it(`refuse what YAML would read otherwise than is meant: ${JSON.stringify(written)}`, () => {
      writeFileSync(join(project, 'features/messages/odd.yaml'), written)
      expect(() => files.message('odd')).to.throw(UsageError, `is not valid YAML: ${words}`)
    })
  }

  it('stop to read YAML that takes too long', () => {
    const forever = () => {
      for (;;);
    }
    writeFileSync(join(project, 'features/messages/long.yaml'), '- "b"\n'.repeat(50_000))
    // Until hardly anything is left of the time for reading.
    for (let time = 0; time < 4; time++)
      expect(() => evaluate(forever, { tooLong: () => 'It takes too long.', isReading: true })).to.throw(UsageError)
    expect(() => files.message('long')).to.throw(
      UsageError,
      'features/messages/long.yaml takes too long to be read as YAML: write it as JSON, or divide it.',
    )
  }).timeout(60_000)

  it('read what only looks like a merge key or a tag', () => {
    writeFileSync(join(project, 'features/messages/odd.yaml'), '"<<": {a: 1}\nb: <<\nc: "!foo"\nd: !!str 5')
    expect(files.message('odd').text).to.equal('{"<<":{"a":1},"b":"<<","c":"!foo","d":"5"}')
  })

  for (const written of ['.nan', '.inf', '-.inf']) {
    it(`refuse what JSON has no number for: ${written}`, () => {
      writeFileSync(join(project, 'features/messages/number.yaml'), `price: ${written}`)
      expect(() => files.message('number')).to.throw(
        UsageError,
        /^features\/messages\/number\.yaml is not valid YAML: JSON has no /,
      )
    })
  }

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

  it('are not read outside of the project as messages, whatever link leads there', () => {
    for (const name of ['host', 'host-2', 'linked/secret']) {
      expect(() => files.message(name)).to.throw(UsageError, /is not in the project|There (is no message|are several)/)
    }
    for (const folder of ['linked', '../..', outside]) {
      expect(() => projectFiles(folder, project).message('secret')).to.throw(
        UsageError,
        `The folder of messages, ${folder}, is not in the project: only files below its folder are read.`,
      )
    }
    expect(() => projectFiles(outside, project).read('secret.txt')).to.throw(UsageError, 'is not in the project')
  })

  it('are not listed outside of the project, whatever link leads there, and links in a circle are followed once', () => {
    symlinkSync(join(project, 'features'), join(project, 'features/messages/circle'))
    expect(() => files.message('no such name')).to.throw(UsageError, /^There is no message "no such name"(?!.*secret)/)
  })

  it('may be links to other files of the project', () => {
    expect(files.message('inside').text).to.equal('root')
    expect(`${files.read('..features/chat/logo.png')}`).to.equal('beside')
  })

  it('are those below the root, if that is the project', () => {
    expect(`${projectFiles('.', '/').read(join(outside, 'secret.txt'))}`).to.equal('a secret')
  })

  it('are not folders', () => {
    expect(() => files.read('features')).to.throw(UsageError, 'The file "features" is a folder, not a file.')
  })

  it('are not devices', async function () {
    // A socket on Windows is not in a folder.
    if (process.platform === 'win32') this.skip()
    const server = createServer().listen(join(project, 'socket'))
    await once(server, 'listening')
    expect(() => files.read('socket')).to.throw(UsageError, 'The file "socket" is a device, not a file.')
    server.close()
  })

  it('are not larger than 256 MiB', () => {
    writeFileSync(join(project, 'large.bin'), '')
    truncateSync(join(project, 'large.bin'), 2 ** 28 + 1)
    expect(() => files.read('large.bin')).to.throw(UsageError, 'The file "large.bin" is larger than 268435456 bytes.')
  })

  it('are not folders with the name of a message', () => {
    expect(() => files.message('folder')).to.throw(UsageError, 'The message "folder" is a folder, not a file.')
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
    ['lost', /lost\.yaml is not valid YAML: Map keys must be unique/],
    ['lost number', /lost number\.yml is not valid YAML: Map keys must be unique/],
    ['twice', /^There are several messages "twice" in features\/messages: /],
    ['broken', /^features\/messages\/broken\.yml is not valid YAML: /],
  ] as const) {
    it(`report a message that cannot be read: "${name}"`, () => {
      expect(() => files.message(name)).to.throw(UsageError, problem)
    })
  }

  it('leave out links that lead nowhere or to themselves, unless they are named', () => {
    const folder = join(project, 'features/messages')
    for (const name of ['loop', 'loop.json', 'orders/loop']) symlinkSync(join(folder, name), join(folder, name))
    symlinkSync(join(project, 'nothing'), join(folder, 'dangling.txt'))
    symlinkSync('nothing', join(folder, 'dangling'))
    expect(files.message('orders/cancel').isJson).to.equal(true)
    for (const name of ['loop', 'dangling']) {
      expect(() => files.message(name)).to.throw(
        UsageError,
        `The message "${name}" is a link that leads nowhere, or to itself.`,
      )
    }
    expect(() => files.read('loop.json')).to.throw(UsageError, 'There is no file "loop.json".')
    expect(() => files.message('orders/loop')).to.throw(UsageError, 'There is no message "orders/loop"')
  })

  it('report that there are no messages yet', () => {
    expect(() => projectFiles('messages', project).message('hello')).to.throw(
      UsageError,
      'There are none yet: write it to messages/hello.json',
    )
  })
})
