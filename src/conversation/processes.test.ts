import { expect } from 'chai'
import { failureOf } from '../../test/support/failures'
import { resolvedSettings } from '../../test/support/fake-server'
import { ExpectationError, UsageError } from '../errors'
import { Variables } from '../messages/variables'
import { Transcript } from '../transcript'
import { Processes } from './processes'
import type { Command, Programs } from './programs'

describe('Processes', () => {
  const chat = { command: 'node chat.js ${port}', ready: { output: 'ready' } }
  const translate = { command: 'node translate.js ${port}', cwd: 'server' }
  let printed: string
  /** What was asked of programs that run. */
  let watched: unknown[][]
  let calls: [string, string, Command, number, string][]
  let transcript: Transcript
  let processes: Processes

  beforeEach(() => {
    calls = []
    printed = 'one job\ndone'
    watched = []
    transcript = new Transcript()
    const programs: Programs = {
      start: async (name, program, timeout, fill) =>
        void calls.push(['start', name, program, timeout, fill(program.command)]),
      run: async (name, command, timeout, fill) => {
        calls.push(['run', name, command, timeout, fill(command.command)])
        return { output: printed }
      },
      stop: async () => {},
      takeCrashes: async (names) => {
        watched.push([...(names ?? [])])
        return []
      },
      untilIdle: async (names, timeout) => void watched.push([...names, timeout]),
    }
    const settings = resolvedSettings('ws://server/', {
      timeout: 500,
      programs: { chat },
      commands: { translate },
    })
    const variables = new Variables().with({ port: 8080 })
    const context = { settings, programs, variables, transcript, beginWork: () => () => {} }
    processes = new Processes({ ...context, isOver: () => false })
  })

  it('start a program of the settings, with values for the variables of its command', async () => {
    await processes.start('chat')
    expect(calls).to.deep.equal([['start', 'chat', chat, 500, 'node chat.js 8080']])
  })

  it('run a command of the settings, with values for its variables', async () => {
    await processes.run('translate')
    expect(calls).to.deep.equal([['run', 'translate', translate, 500, 'node translate.js 8080']])
  })

  it('record what is started in the transcript', async () => {
    await processes.start('chat')
    await processes.run('translate')
    expect(transcript.entries.map(({ kind, client }) => [kind, client])).to.deep.equal([
      ['starts', 'chat'],
      ['starts', 'translate'],
    ])
  })

  for (const [act, name, words] of [
    ['start', 'chats', 'There is no program "chats" in the settings. Did you mean "chat"?'],
    [
      'start',
      'database',
      'There is no program "database" in the settings. Write it to "programs" in worldParameters.websocket.',
    ],
    [
      'start',
      'constructor',
      'There is no program "constructor" in the settings. Write it to "programs" in worldParameters.websocket.',
    ],
    ['run', 'translat', 'There is no command "translat" in the settings. Did you mean "translate"?'],
  ] as const) {
    it(`refuse to ${act} what the settings do not name: ${name}`, async () => {
      const failure = await failureOf(() => processes[act](name))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(words)
      expect(calls).to.deep.equal([])
    })
  }

  it('expect a text in the output of the last command', async () => {
    await processes.run('translate')
    processes.expectOutput('job\ndone')
    const failure = await failureOf(() => processes.expectOutput('two jobs'))
    expect(failure).to.be.an.instanceOf(ExpectationError)
    expect(failure.message).to.match(/^The command "translate" should print "two jobs"\.\n/)
  })

  it('expect whole words and numbers', async () => {
    printed = 'Jobs done: 12'
    await processes.run('translate')
    processes.expectOutput('12')
    expect(await failureOf(() => processes.expectOutput('1'))).to.be.an.instanceOf(ExpectationError)
  })

  it('forget the output of a command when another one runs', async () => {
    await processes.run('translate')
    await failureOf(() => processes.run('unknown'))
    expect(await failureOf(() => processes.expectOutput('done'))).to.be.an.instanceOf(UsageError)
  })

  it('ask for the crashes of the programs of this conversation alone', async () => {
    await processes.takeCrashes()
    await processes.start('chat')
    await processes.takeCrashes()
    await processes.untilIdle(50)
    expect(watched).to.deep.equal([[], ['chat'], ['chat', 50]])
  })

  it('need a command before its output is expected', async () => {
    const failure = await failureOf(() => processes.expectOutput('done'))
    expect(failure).to.be.an.instanceOf(UsageError)
    expect(failure.message).to.equal('No command has run yet. Write before this: the "…" command runs')
  })
})
