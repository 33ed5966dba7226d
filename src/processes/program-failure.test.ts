/** What errors of programs and commands say, where no test of a real process meets it. */

import { expect } from 'chai'
import { outputFailure, startFailed } from './program-failure'

describe('Errors of programs and commands', () => {
  // Where the system takes such a file for a script, no real process fails in this way.
  it('explain what a file lacks that the system cannot execute', () => {
    const { message } = startFailed(
      { kind: 'command', name: 'work' },
      { file: './work', folder: '/', code: 'ENOEXEC', message: '' },
    )
    expect(message).to.equal(
      'The command "work" could not be started: ./work is not a program; ' +
        'a script needs its interpreter before it, or in a first line #!.',
    )
  })

  it('show the last 20 lines of the output that lacks a text', () => {
    const output = Array.from({ length: 25 }, (_, index) => `line ${index + 1}\n\n`).join('')
    const lines = outputFailure('count', 'Jobs done', output).message.split('\n')
    expect(lines.slice(0, 3)).to.deep.equal([
      'The command "count" should print "Jobs done".',
      'The last that it printed was',
      '  line 6',
    ])
    expect(lines).to.have.lengthOf(22)
    expect(lines.at(-1)).to.equal('  line 25')
  })
})
