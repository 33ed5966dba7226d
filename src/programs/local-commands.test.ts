/** Commands that succeed, fail, or take too long. */

import { expect } from 'chai'
import { failureOf } from '../../test/support/failures'
import { child, failureAfterPrinting, LONG, nodeProgram } from '../../test/support/node-programs'
import { ProcessTracker } from '../../test/support/process-tracker'
import { ExpectationError, UsageError } from '../errors'
import { LocalPrograms } from './local-programs'

describe('Local commands', function () {
  this.timeout(60_000)

  let programs: LocalPrograms
  let tracker: ProcessTracker

  beforeEach(async () => {
    tracker = new ProcessTracker()
    await tracker.open()
    programs = new LocalPrograms()
  })

  afterEach(async () => {
    await programs.stop({ includeKept: true })
    await tracker.close()
  })

  it('resolves to the output of a command that succeeds', async () => {
    const { output } = await programs.run('greet', nodeProgram("console.log('Hello'); console.error('there')"), LONG)
    expect(output.split('\n').sort()).to.deep.equal(['', 'Hello', 'there'])
  })

  it('resolves to the last million characters of a long output', async () => {
    const code = "console.log(('x'.repeat(99) + '\\n').repeat(30_000)); console.log('the end')"
    const { output } = await programs.run('flood', nodeProgram(code), LONG)
    expect(output)
      .to.have.lengthOf.within(999_900, 1_000_000)
      .and.to.match(/the end\n$/)
  })

  it('fails with the exit code and the last output', async () => {
    const failure = await failureOf(() =>
      programs.run('translate worker', nodeProgram("console.log('3 jobs'); process.exitCode = 2"), LONG),
    )
    expect(failure).to.be.instanceOf(ExpectationError)
    expect(failure.message).to.equal(
      'The command "translate worker" ended with code 2.\nThe last that it printed was\n  3 jobs',
    )
  })

  it('stops a command that takes too long', async () => {
    const worker = nodeProgram(tracker.tracked('worker', "console.log('working')"))
    const failure = await failureAfterPrinting(/working/, (timeout) => programs.run('worker', worker, timeout))
    await tracker.untilAllEnded()
    expect(failure).to.be.instanceOf(ExpectationError)
    expect(failure.message.replace(/[\d.]+ m?s/, '1 s')).to.equal(
      'The command "worker" was still running after 1 s, and was stopped.\nThe last that it printed was\n  working',
    )
  })

  it('ends the children that a command leaves behind', async () => {
    const code = child(tracker.tracked('child', "console.log('here')")).replace(
      /\)$/,
      ", { stdio: ['ignore', 'pipe', 2] })",
    )
    await programs.run('starter', nodeProgram(`${code}.stdout.once('data', () => process.exit())`), LONG)
    await tracker.untilStarted('child')
    await tracker.untilEnded('child')
  })

  it('reports why a command cannot be started', async () => {
    const failure = await failureOf(() => programs.run('move', { command: 'cd /' }, LONG))
    expect(failure).to.be.instanceOf(UsageError)
    expect(failure.message).to.equal(
      'The command "move" could not be started: there is no cd on the PATH. ' +
        'That takes a shell: say "shell": true beside the command.',
    )
  })

  const lines: [line: string, words: string[]][] = [
    [`one 'two three' "four five"`, ['one', 'two three', 'four five']],
    // Without variables there is nothing to fill in.
    ['one ${two three}', ['one', '${two three}']],
    [' one \n\t two ', ['one', 'two']],
    [`C:\\chat\\a.exe a\\ b \\; "C:\\my \\"chat\\"" '\\"'`, ['C:\\chat\\a.exe', 'a b', ';', 'C:\\my "chat"', '\\"']],
    [`--name="Rob Anderson" '' "it's" 'say "hi"' "\\"q\\""`, ['--name=Rob Anderson', '', "it's", 'say "hi"', '"q"']],
    [
      `';' "\\$(echo x)" '\`y\`' '|' z '&&' a '>' /b '*' '$HOME' #c`,
      [';', '$(echo x)', '`y`', '|', 'z', '&&', 'a', '>', '/b', '*', '$HOME', '#c'],
    ],
  ]
  for (const [line, words] of lines) {
    it(`splits a command line into words without any other meaning: ${line}`, async () => {
      const { command } = nodeProgram('console.log(JSON.stringify(process.argv.slice(1)))')
      const { output } = await programs.run('show', { command: `${command} -- ${line}` }, LONG)
      expect(JSON.parse(output)).to.deep.equal(words)
    })
  }

  it('runs a command in a shell if the settings say so', async () => {
    const { output } = await programs.run('count', { command: 'A=1; echo "$A$(echo 2)"; echo 3', shell: true }, LONG)
    expect(output).to.equal('12\n3\n')
  })
})
