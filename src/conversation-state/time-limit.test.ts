/** How long a conversation may take in all. */

import { expect } from 'chai'
import { timers, turn } from '../../test/support/event-loop'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeServer, resolvedSettings, startConversation, transportsOf } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import { Conversation } from '../conversation/conversation'
import { ExpectationError, UsageError } from '../errors'
import { silence } from '../expectations/expect-silence'
import { anyMessage } from '../matching/matcher'
import type { ResolvedSettings } from './resolved-settings'

const TOO_LONG = 'The scenario has taken longer than 100 ms'
const CONNECTED = 'Rob is connected to ws://server/?name=Rob.'
const long = { within: 3_600_000 }

describe('The time limit of a conversation', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin())
  afterEach(() => conversation.end())

  it('ends the wait for a message, with what a failure says', async () => {
    await rob.connect()
    server.to('Rob').sends('Hullo')
    const failure = await failureOf(() => rob.receives('Hello', long))
    expect(failure).to.be.an.instanceOf(ExpectationError)
    expect(failure.message.split('\n')[0]).to.equal(`${TOO_LONG}: Rob was still waiting to receive "Hello".`)
    expect(failure.message).to.contain('The only unread message is').and.to.contain(CONNECTED)
    expect([failure.expected, failure.actual]).to.deep.equal(['Hello', 'Hullo'])
  })

  for (const [goal, wait] of Object.entries({
    'receive nothing else': (client: Client) => client.expect(silence(anyMessage), long),
    'be disconnected': (client: Client) => client.expectDisconnected(long),
    'stay connected': (client: Client) => client.expectConnected(long),
    'receive a pong': (client: Client) => client.expectPong(long),
    send: (client: Client) => client.send('Hello', { after: '1 hour' }),
  })) {
    it(`ends the wait to ${goal}`, async () => {
      await rob.connect()
      rob.when('Hello').send('Hi')
      const words = await failureMessage(() => wait(rob))
      expect(words.split('\n')[0]).to.equal(`${TOO_LONG}: Rob was still waiting to ${goal}.`)
      expect(words).to.contain(CONNECTED).and.to.contain('Still waiting: when Rob receives "Hello"')
    })
  }

  it('ends the wait for a connection', async () => {
    server.onConnection = () => {}
    expect(await failureMessage(() => rob.connect())).to.equal(
      `${TOO_LONG}: Rob was still waiting to connect.\nRob is still connecting to ws://server/?name=Rob.`,
    )
  })

  it('ends the wait for a server that does not read', async () => {
    await rob.connect()
    server.to('Rob').hasUnsent = true
    server.to('Rob').sending = () => new Promise(() => {})
    expect(await failureMessage(() => rob.send('Hello'))).to.match(/: Rob was still waiting to send\.\n/)
  })

  it('ends a pause', async () => {
    expect(await failureMessage(() => conversation.pause(60_000))).to.equal(
      `${TOO_LONG}: a pause of 60 s was not over.`,
    )
  })

  it('ends the reading of a schema, and a request of a client that never connected', async () => {
    const endless = { ...transportsOf(server.openConnection), sendRequest: never }
    conversation = new Conversation(resolvedSettings('ws://server/', { scenarioTimeout: 100 }), endless)
    const requested = failureMessage(() => conversation.client('Ann').request('/'))
    expect(await failureMessage(() => conversation.readSchema('http://host/a.json'))).to.equal(
      `${TOO_LONG}: schemas were still being read: "http://host/a.json".`,
    )
    expect(await requested).to.contain(`${TOO_LONG}: Ann was still waiting to receive a response.`)
  })

  it('ends the wait for programs and commands', async () => {
    const programs = { chat: { command: 'chat' } }
    for (const limited of [true, false]) {
      const endless = { ...transportsOf(server.openConnection).programs, start: never, run: never }
      conversation = new Conversation(
        resolvedSettings('ws://server', { programs, commands: programs, ...(limited && { scenarioTimeout: 100 }) }),
        { ...transportsOf(server.openConnection), programs: endless },
      )
      const failures = Promise.all([
        failureMessage(() => conversation.processes.start('chat')),
        failureMessage(() => conversation.processes.run('chat')),
      ])
      const outcome = await Promise.race([failures, limited ? never() : turn()])
      expect(outcome).to.deep.equal(
        limited
          ? [`${TOO_LONG}: the program "chat" was not ready.`, `${TOO_LONG}: the command "chat" was still running.`]
          : undefined,
      )
      await conversation.end()
    }
  })

  it('leaves programs and commands that are done in time', async () => {
    const commands = { work: { command: 'work' }, fail: { command: 'fail' } }
    const run = async (name: string) => (name === 'fail' ? Promise.reject(new Error('It failed.')) : { output: '12' })
    const transports = transportsOf(server.openConnection)
    conversation = new Conversation(resolvedSettings('ws://server', { commands, scenarioTimeout: 60_000 }), {
      ...transports,
      programs: { ...transports.programs, run },
    })
    await conversation.processes.run('work')
    conversation.processes.expectOutput('12')
    expect(await failureMessage(() => conversation.processes.run('fail'))).to.equal('It failed.')
  })

  it('lets a command that nobody has awaited go on beyond the end', async () => {
    const transports = transportsOf(server.openConnection)
    conversation = new Conversation(
      resolvedSettings('ws://server', { commands: { work: { command: 'work' } }, scenarioTimeout: 60_000 }),
      { ...transports, programs: { ...transports.programs, run: never } },
    )
    const running = conversation.processes.run('work')
    await conversation.end()
    expect(await Promise.race([running, turn()])).to.equal(undefined)
  })

  it('fails the next sentence, if nothing is waited for', async () => {
    await passes()
    expect(await failureMessage(() => conversation.beginSentence({ text: 'Rob connects', location: '' }))).to.equal(
      `${TOO_LONG}.`,
    )
  })

  it('ends the wait for reactions', async () => {
    await rob.connect()
    rob.when('Hello').send('Hi')
    rob.when('Bye').do('wait', () => never())
    server.to('Rob').sends('Bye')
    const words = await failureMessage(() => conversation.settle())
    expect(words).to.match(
      /^The scenario has taken longer than 100 ms\.\n\nRob never received "Hello", so Rob never sent "Hi"\./,
    )
    expect(words).to.contain('This was still under way').and.not.to.contain('5 s after the last sentence')
  })

  it('fails a reaction that pauses', async () => {
    await rob.connect()
    rob.when('Hello').send('Hi', { after: '1 hour' })
    server.to('Rob').sends('Hello')
    const words = await failureMessage(() => conversation.settle())
    expect(words).to.contain('A reaction failed: when Rob receives "Hello" Rob sends "Hi" after 3600 s')
    expect(words).to.contain(`${TOO_LONG}: a pause of 3600 s was not over.`)
  })

  it('leaves a conversation that ends in time as it is, without a timer', async () => {
    await conversation.end()
    await turn()
    const before = timers()
    begin({ scenarioTimeout: 3_600_000 })
    expect(timers()).to.equal(before + 1)
    await rob.connect()
    await rob.send('Hello')
    await conversation.settle()
    await conversation.end()
    expect(timers()).to.equal(before)
  })

  it('counts from the beginning, and the last one that is set counts', async () => {
    begin({ scenarioTimeout: undefined })
    conversation.setTimeLimit('1 hour')
    conversation.setTimeLimit(100)
    await passes()
    expect(await failureMessage(() => conversation.setTimeLimit('20 ms'))).to.equal(
      'The scenario has taken longer than 20 ms.',
    )
    expect(await failureMessage(() => conversation.settle())).to.equal(`${TOO_LONG}.`)
  })

  it('cannot be none, and cannot be set once the conversation has ended', async () => {
    const failures = [await failureOf(() => conversation.setTimeLimit('0 s'))]
    await conversation.end()
    failures.push(await failureOf(() => conversation.setTimeLimit('1 s')))
    for (const failure of failures) expect(failure).to.be.an.instanceOf(UsageError)
    expect(failures.map(({ message }) => message)).to.deep.equal([
      'Nothing can be done in no time: write a longer limit, such as "30 seconds".',
      'The conversation has ended: its time cannot be limited any more.',
    ])
  })

  function begin(changes: Partial<ResolvedSettings> = {}): void {
    ;({ conversation, server } = startConversation({ scenarioTimeout: 100, ...changes }))
    rob = conversation.client('Rob')
  }

  /** Resolves when the limit has passed, while nothing of the conversation was waited for. */
  async function passes(): Promise<void> {
    while (conversation.transcript.now() < 110) await turn()
    for (let more = 0; more < 3; more++) await turn()
  }

  function never(): Promise<never> {
    return new Promise(() => {})
  }
})
