import { expect } from 'chai'
import { failureOf } from '../../test/support/failures'
import { resolvedSettings } from '../../test/support/fake-server'
import { ExpectationError, UsageError } from '../errors'
import { Transcript } from '../transcript'
import { Variables } from '../variables/variables'
import { Processes } from './processes'
import type { Command, Programs } from './programs'

describe('Processes', () => {
  const chat = { command: 'node chat.js ${port}', ready: { output: 'ready' } }
  const translate = { command: 'node translate.js ${port}', cwd: 'server' }
  let printed: string
  /** What was asked of programs that run. */
  let watched: unknown[][]
  /** What was asked of programs by name. */
  let asked: unknown[][]
  let isOver: boolean
  let calls: [string, string, Command, number, string][]
  let transcript: Transcript
  let processes: Processes

  beforeEach(() => {
    calls = []
    printed = 'one job\ndone'
    watched = []
    asked = []
    isOver = false
    transcript = new Transcript()
    const programs: Programs = {
      start: async (name, program, timeout, values) => {
        calls.push(['start', name, program, timeout, values.fill(program.command)])
        return false
      },
      run: async (name, command, timeout, values, more = '') => {
        calls.push(['run', name, command, timeout, values.fill(command.command) + more])
        return { output: printed }
      },
      end: async (...end) => void asked.push(['end', ...end]),
      startAgain: async (...program) => void asked.push(['startAgain', ...program]),
      requireRunning: async (...program) => void asked.push(['requireRunning', ...program]),
      requirePrinted: async (...program) => void asked.push(['requirePrinted', ...program]),
      serves: (name, url) => url === `ws://${name}/`,
      isListening: async (...address) => {
        asked.push(['isListening', ...address])
        return true
      },
      freePort: async () => 20_001,
      stop: async () => {},
      takeCrashes: async (names) => {
        watched.push([...(names ?? [])])
        return []
      },
      untilIdle: async (names, timeout) => void watched.push([...names, timeout]),
    }
    const settings = resolvedSettings('ws://server/', {
      timeout: 500,
      programs: { chat, patient: { command: 'node patient.js', timeout: '20s' } },
      commands: { translate, report: { command: 'node report.js', timeout: 1500 } },
    })
    const variables = new Variables().with({ port: 8080 })
    processes = new Processes({
      ...{ settings, programs, variables, transcript },
      isOver: () => isOver,
      attend: (_, act) => act(),
      announceEnds: async ({ isTo, act, isListening }) => {
        asked.push(['announce', isTo('ws://chat/'), isTo('ws://other/')])
        if (await act()) await isListening('ws://other/')
      },
    })
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

  it('stop, restart and crash a program, which ends the connections to it', async () => {
    await processes.stop('chat')
    await processes.restart('patient')
    await processes.crash('chat')
    expect(asked).to.deep.equal([
      ['announce', true, false],
      ['end', 'chat', 'stopped', 500],
      ['isListening', 'ws://other/', 500],
      ['announce', false, false],
      ['end', 'patient', 'stopped', 20_000],
      ['isListening', 'ws://other/', 500],
      ['startAgain', 'patient', 20_000],
      ['announce', true, false],
      ['end', 'chat', 'killed', 500],
      ['isListening', 'ws://other/', 500],
    ])
  })

  it('expect that a program is running, and what it has printed', async () => {
    await processes.expectRunning('chat')
    await processes.expectProgramOutput('chat', 'ready')
    await processes.expectProgramOutput('chat', 'ready', { within: '2 seconds' })
    expect(asked).to.deep.equal([
      ['requireRunning', 'chat', { timeout: 500, quiet: 10 }],
      ['requirePrinted', 'chat', 'ready', 500],
      ['requirePrinted', 'chat', 'ready', 2000],
    ])
    expect(await failureOf(() => processes.expectProgramOutput('chat', ''))).to.be.an.instanceOf(UsageError)
  })

  it('give a program and a command the time that their settings or the sentence allow', async () => {
    await processes.start('patient')
    await processes.run('report')
    await processes.run('report', { within: '3 seconds', arguments: "'a b'" })
    expect(calls.map(([, name, , timeout, line]) => [name, timeout, line])).to.deep.equal([
      ['patient', 20_000, 'node patient.js'],
      ['report', 1500, 'node report.js'],
      ['report', 3000, "node report.js'a b'"],
    ])
  })

  it('give a free port', async () => {
    expect(await processes.freePort()).to.equal(20_001)
  })

  for (const act of ['start', 'stop', 'restart', 'crash', 'expectRunning', 'run'] as const) {
    it(`refuse to ${act} what the settings do not name, and when the conversation is over`, async () => {
      const failure = await failureOf(() => processes[act]('database'))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.match(/^There is no \w+ "database" in the settings\./)
      isOver = true
      const late = await failureOf(() => processes[act](act === 'run' ? 'translate' : 'chat'))
      expect(late).to.be.an.instanceOf(UsageError)
      expect(late.message).to.equal('No program can be used any more: the conversation has ended.')
      expect([...calls, ...asked]).to.deep.equal([])
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
