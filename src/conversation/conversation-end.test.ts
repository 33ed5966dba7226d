/** How a conversation settles and ends: what went wrong unnoticed is thrown, and nothing is left behind. */

import { expect } from 'chai'
import { timers, turn } from '../../test/support/event-loop'
import { failureMessage, failureOf, unhandledRejectionsDuring } from '../../test/support/failures'
import { type FakeServer, resolvedSettings, startConversation, transportsOf } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import { ConnectionError, ExpectationError, UsageError } from '../errors'
import { messageCount } from '../expectations/expect-several'
import { redact } from '../redaction'
import { Conversation } from './conversation'

describe('Conversation end', () => {
  let conversation: Conversation
  let server: FakeServer

  beforeEach(() => {
    ;({ conversation, server } = startConversation())
  })

  describe('settle', () => {
    it('resolves at once if nothing must happen any more', () => conversation.settle())

    it('throws for a broken connection that no sentence has reported', async () => {
      await conversation.client('Ann').connect()
      server.to('Ann').fails('the server broke the WebSocket protocol: invalid opcode 3', 'WS_ERR_INVALID_OPCODE')
      const failure = await failureOf(() => conversation.settle())
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.code).to.equal('WS_ERR_INVALID_OPCODE')
      expect(failure.message).to.equal(
        'Ann lost the connection to ws://server/?name=Ann: the server broke the WebSocket protocol: invalid opcode 3.',
      )
    })

    for (const [sentence, speak] of Object.entries({
      receives: (client: Client) => client.receives('Hello'),
      sends: (client: Client) => client.send('Hello'),
      'is disconnected': (client: Client) => client.expectDisconnected(),
      'is still connected': (client: Client) => client.expectConnected(),
      'receives a pong': (client: Client) => client.expectPong(),
      'is connected': (client: Client) => client.ensureConnected(),
      reconnects: (client: Client) => client.reconnect(),
    })) {
      it(`does not throw for a broken connection that a sentence has reported: ${sentence}`, async () => {
        const ann = conversation.client('Ann')
        await ann.connect()
        server.to('Ann').fails('the server broke the WebSocket protocol: invalid opcode 3', 'WS_ERR_INVALID_OPCODE')
        const words = await failureMessage(() => speak(ann))
        expect(words).to.contain(
          'lost the connection to ws://server/?name=Ann: the server broke the WebSocket protocol',
        )
        await conversation.settle()
      })
    }

    it('throws for a program that has ended by itself', async () => {
      const transports = transportsOf(server.openConnection)
      const programs = { ...transports.programs, takeCrashes: async () => ['The program "chat" ended by itself.'] }
      conversation = new Conversation(resolvedSettings('ws://server/'), { ...transports, programs })
      const failure = await failureOf(() => conversation.settle())
      expect(failure).to.be.an.instanceOf(ExpectationError)
      expect(failure.message).to.equal('The program "chat" ended by itself.')
    })

    it('throws for a wait that is still pending', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      const forgotten = failureOf(() => ann.receives('Hello'))
      const failure = await failureOf(() => conversation.settle())
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(
        'Ann was still waiting to receive "Hello" when the scenario ended: is an await missing?',
      )
      await conversation.end()
      await forgotten
    })

    it('ends a request that has not been sent', async () => {
      const ann = conversation.client('Ann')
      const failure = failureOf(() => ann.request('/orders', { after: '1 minute' }))
      await conversation.end()
      expect((await failure).message).to.equal('Nothing is requested any more: the conversation has ended.')
    })

    for (const [goal, act] of Object.entries({
      'be disconnected': (client: Client) => client.expectDisconnected(),
      'stay connected': (client: Client) => client.expectConnected({ within: '1 minute' }),
      'receive a pong': (client: Client) => client.expectPong(),
      send: (client: Client) => client.send('Hello', { after: '1 minute' }),
      'receive a response': (client: Client) => client.request('/orders'),
      reconnect: (client: Client) => client.reconnect(),
      disconnect: (client: Client) => client.disconnect(),
    })) {
      it(`throws for what is still to be awaited, and then ends without an unhandled rejection: ${goal}`, async () => {
        const transports = transportsOf(server.openConnection)
        conversation = new Conversation(resolvedSettings('ws://server/?name=${client}'), {
          ...transports,
          sendRequest: () => new Promise(() => {}),
        })
        const ann = conversation.client('Ann')
        await ann.connect()
        server.to('Ann').answersClosing = false
        const rejections = await unhandledRejectionsDuring(async () => {
          void act(ann)
          const failure = await failureOf(() => conversation.settle())
          expect(failure).to.be.an.instanceOf(UsageError)
          expect(failure.message).to.equal(
            `Ann was still waiting to ${goal} when the scenario ended: is an await missing?`,
          )
          await conversation.end()
        })
        expect(rejections).to.deep.equal([])
      })
    }

    describe('if a call of the conversation is not awaited', () => {
      let fail: (error: Error) => void
      const UNDER_WAY = 'when the scenario ended: is an await missing?'
      const calls: Record<string, (one: Conversation) => Promise<unknown>> = {
        'The group of 2 listeners was still connecting': (one) => one.connectGroup('listeners', 2),
        'A pause of 60 s was not over': (one) => one.pause(60_000),
        'The schema "http://host/a.json" was still being read': (one) => one.readSchema('http://host/a.json'),
        'The program "chat" was not ready': (one) => one.processes.start('chat'),
        'The call stop("chat") was not over': (one) => one.processes.stop('chat'),
        'The call restart("chat") was not over': (one) => one.processes.restart('chat'),
        'The call crash("chat") was not over': (one) => one.processes.crash('chat'),
        'The program "chat" was still watched': (one) => one.processes.expectRunning('chat'),
        'The program "chat" had not printed "never"': (one) => one.processes.expectProgramOutput('chat', 'never'),
        'A free port was still looked for': (one) => one.processes.freePort(),
        'The command "seed" was still running': (one) => one.processes.run('seed'),
      }

      beforeEach(() => {
        const pending = () => new Promise<never>((_, reject) => (fail = reject))
        const { programs, ...transports } = transportsOf(server.openConnection)
        server.onConnection = () => {}
        fail = () => {}
        conversation = new Conversation(
          resolvedSettings('ws://server/?name=${client}', {
            programs: { chat: { command: 'chat' } },
            commands: { seed: { command: 'seed' } },
          }),
          {
            ...transports,
            sendRequest: pending,
            programs: {
              ...programs,
              ...{ start: pending, run: pending, end: pending, restart: pending, requireRunning: pending },
              ...{ requirePrinted: pending, freePort: pending },
            },
          },
        )
      })

      for (const [words, act] of Object.entries(calls)) {
        it(`throws, and then ends without an unhandled rejection: ${words}`, async () => {
          const rejections = await unhandledRejectionsDuring(async () => {
            void act(conversation)
            const failure = await failureOf(() => conversation.settle())
            expect(failure).to.be.an.instanceOf(words.includes('group') ? ExpectationError : UsageError)
            expect(failure.message.split('\n')[0]).to.equal(`${words} ${UNDER_WAY}`)
            fail(new Error('It failed.'))
            await turn()
            await conversation.end()
          })
          expect(rejections).to.deep.equal([])
        })

        it(`ends without an unhandled rejection, also if it is called afterwards: ${words}`, async () => {
          const rejections = await unhandledRejectionsDuring(async () => {
            void act(conversation)
            await conversation.end()
            fail(new Error('It failed.'))
            await turn()
            void act(conversation)
          })
          expect(rejections).to.deep.equal([])
          const { message } = await failureOf(() => act(conversation))
          expect(message).to.match(/ any more: the conversation has ended\.$/)
        })
      }

      it('does not throw for what has been awaited, or for what a reaction waits for', async () => {
        server.onConnection = (connection) => connection.accepts()
        await conversation.pause(1)
        await conversation.connectGroup('listeners', 2)
        conversation.client('listener-1').whenever('Hello').send('Hi', { after: '50 ms' })
        server.to('listener-1').sends('Hello')
        await failureOf(() => conversation.processes.run('unknown'))
        await conversation.settle()
        await conversation.end()
      })
    })

    it('throws for a message that a server has not read, and then ends without an unhandled rejection', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      const rejections = await unhandledRejectionsDuring(async () => {
        server.to('Ann').hasUnsent = true
        server.to('Ann').sending = () => new Promise(() => {})
        void ann.send('Hello')
        const failure = await failureOf(() => conversation.settle())
        expect(failure.message).to.equal('Ann was still waiting to send when the scenario ended: is an await missing?')
        await conversation.end()
      })
      expect(rejections).to.deep.equal([])
    })

    it('does not throw for what has been awaited', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      await ann.send('Hello')
      await failureOf(() => ann.expectPong({ within: 1 }))
      await conversation.settle()
    })

    it('throws for a reaction without an action', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      ann.when('Hello')
      ann.whenever('Hi')
      ann.when('Bye').send('Bye')
      server.to('Ann').sends('Bye')
      const failure = await failureOf(() => conversation.settle())
      expect(failure.message).to.equal(
        'Nothing is to happen when Ann receives "Hello": write .send(…), .disconnect(), .request(…) or .do(…).\n\n' +
          'Nothing is to happen whenever Ann receives "Hi": write .send(…), .disconnect(), .request(…) or .do(…).',
      )
    })

    for (const thrown of [undefined, null, '', 0]) {
      it(`throws for a reaction that has failed with ${JSON.stringify(thrown)}`, async () => {
        const ann = conversation.client('Ann')
        await ann.connect()
        ann.when('Hello').do('fail', () => Promise.reject(thrown))
        server.to('Ann').sends('Hello')
        await turn()
        const failure = await failureOf(() => conversation.settle())
        expect(failure).to.be.an.instanceOf(ExpectationError)
        expect(failure.message).to.equal(`A reaction failed: when Ann receives "Hello" Ann is to fail\n${thrown}`)
      })
    }

    it('does not throw for connections that were closed or terminated', async () => {
      const [ann, bob, carol] = ['Ann', 'Bob', 'Carol'].map((name) => conversation.client(name))
      for (const client of [ann, bob, carol]) await client?.connect()
      await ann?.disconnect()
      bob?.terminate()
      server.to('Carol').closes(4001)
      await conversation.settle()
    })

    it('throws for an end without a closing handshake that no sentence has reported', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      server.to('Ann').closes(1006)
      expect((await failureOf(() => conversation.settle())).message).to.equal(
        'Ann was disconnected by the server without a closing handshake (1006).\n' +
          'No sentence says so. If it is right, write: Ann is disconnected',
      )
      await ann.expectDisconnected()
      await conversation.settle()
    })

    it('throws for a refusal that no sentence has reported', async () => {
      const ann = conversation.client('Ann')
      server.onConnection = (connection) => connection.refuses(503)
      await ann.tryToConnect()
      const failure = (await failureOf(() => conversation.settle())) as ConnectionError
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.status).to.equal(503)
      expect(failure.message).to.match(
        /^Ann was refused by ws:.* with status 503.*\nNo sentence says so\. .*: Ann is refused$/,
      )
      await ann.tryToConnect()
      ann.expectRefused()
      await conversation.settle()
    })

    it('reports the end of a connection also if another one has been made', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      server.to('Ann').fails('the server broke the WebSocket protocol: invalid opcode 3', 'WS_ERR_INVALID_OPCODE')
      await ann.connect()
      expect((await failureOf(() => conversation.settle())).message).to.match(
        /^Ann lost the connection to .*: the server broke the WebSocket protocol: invalid opcode 3\.$/,
      )
    })

    it('throws for a client of a rule that never connected, unless the rule itself is missed', async () => {
      await conversation.client('Rob').connect()
      conversation.client('Rbo').whenever('Hello').send('Hi')
      conversation.client('Ann').when('Hello').send('Hi')
      const { message } = await failureOf(() => conversation.settle())
      expect(message).to.contain('Rbo never connected, so that no rule about Rbo could do anything. Did you mean Rob?')
      expect(message).to.contain('Ann never received "Hello", so Ann never sent "Hi".')
      expect(message).not.to.contain('Ann never connected')
    })

    it('says nothing of rules for a client that has none, and could not connect', async () => {
      const options = { to: '/${nothing}' }
      expect((await failureOf(() => conversation.client('Ann').connect(options))).message).to.contain('${nothing}')
      await failureOf(() => conversation.connectGroup('listeners', 2, options))
      await conversation.settle()
      conversation.client('Ann').ignore('Hello')
      expect((await failureOf(() => conversation.settle())).message).to.match(/^Ann never connected, so that no rule/)
    })
  })

  describe('secrets', () => {
    const SECRET = 'hunter2-secret'
    const broken = (name: string) =>
      `${name} lost the connection to ws://server/?name=${name}&token=[redacted]: the server broke the protocol.`
    let requested: (problem: Error) => void

    beforeEach(async () => {
      const settings = resolvedSettings(`ws://server/?name=\${client}&token=${SECRET}`, { redact: ['parameter:token'] })
      conversation = new Conversation(settings, {
        ...transportsOf(server.openConnection),
        sendRequest: () => new Promise((_, reject) => (requested = reject)),
      })
      await conversation.client('Ann').connect()
    })

    /** The connection breaks only when it is closed. */
    function breakAtEnd(name: string): void {
      const connection = server.to(name)
      connection.close = () => queueMicrotask(() => connection.fails('the server broke the protocol'))
    }

    it('are not shown of a connection that breaks during the end', async () => {
      breakAtEnd('Ann')
      await conversation.settle()
      expect((await failureOf(() => conversation.end())).message).to.equal(broken('Ann'))
    })

    it('are not shown of several, and not by a settling after the end', async () => {
      await conversation.client('Bob').connect()
      breakAtEnd('Ann')
      breakAtEnd('Bob')
      await conversation.end()
      expect((await failureOf(() => conversation.settle())).message).to.equal(`${broken('Ann')}\n\n${broken('Bob')}`)
      await conversation.settle()
    })

    it('are not shown if the end itself fails', async () => {
      const transports = transportsOf(server.openConnection)
      const programs = { ...transports.programs, stop: () => Promise.reject(new Error('No.')) }
      await conversation.end()
      conversation = new Conversation(resolvedSettings('ws://server/', { redact: ['$.token'] }), {
        ...transports,
        programs,
      })
      conversation.state.secrets.learn({ token: SECRET })
      expect(redact(SECRET)).to.equal('[redacted]')
      expect((await failureOf(() => conversation.end())).message).to.equal('No.')
      expect(redact(SECRET)).to.equal(SECRET)
    })

    it('are not shown of what was under way when it ended', async () => {
      server.onConnection = () => {}
      const bob = conversation.client('Bob')
      const connecting = failureMessage(() => bob.connect())
      const waiting = failureMessage(() => conversation.client('Ann').expectDisconnected())
      const path = `/?token=${SECRET}`
      const requesting = failureMessage(() => conversation.client('Ann').request(path))
      await turn()
      await conversation.end()
      expect(await connecting).to.equal(
        'Bob stopped connecting to ws://server/?name=Bob&token=[redacted] before it had answered.',
      )
      expect(await waiting).to.equal('Ann was not disconnected by the server: Ann has disconnected.')
      requested(new ExpectationError(`GET ${path} was not answered.`))
      expect(await requesting).to.equal('GET /?token=[redacted] was not answered.')
      await turn()
      expect(redact(SECRET)).to.equal(SECRET)
    })
  })

  describe('end', () => {
    it('closes every connection by a closing handshake', async () => {
      await conversation.connectGroup('listeners', 3)
      await conversation.end()
      expect(server.connections.map(({ closeFrame, wasTerminated }) => ({ closeFrame, wasTerminated }))).to.deep.equal(
        Array(3).fill({ closeFrame: {}, wasTerminated: false }),
      )
    })

    it('waits the pause between scenarios after the clients have left, and leaves no timer', async () => {
      const pauseBetweenScenarios = 30
      ;({ conversation, server } = startConversation({ pauseBetweenScenarios }))
      await conversation.client('Ann').connect()
      await turn()
      const before = timers()
      const start = performance.now()
      await conversation.end()
      expect(performance.now() - start).to.be.at.least(pauseBetweenScenarios - 2)
      expect(timers()).to.equal(before)
    })

    it('does not wait the pause if nobody was connected', async () => {
      ;({ conversation, server } = startConversation({ pauseBetweenScenarios: 3_600_000 }))
      conversation.client('Ann').ignore('tick')
      await conversation.end()
    })

    it('cuts connections that do not answer it soon', async () => {
      await conversation.client('Ann').connect()
      server.to('Ann').answersClosing = false
      await conversation.end()
      expect(server.to('Ann').wasTerminated).to.equal(true)
    })

    it('cuts connections that are still opening', async () => {
      server.onConnection = () => {}
      const connected = failureOf(() => conversation.client('Ann').connect())
      await turn()
      await conversation.end()
      const failure = await connected
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.message).to.equal('Ann stopped connecting to ws://server/?name=Ann before it had answered.')
      expect(server.connections[0]?.wasTerminated).to.equal(true)
    })

    it('cuts broken connections, as the transport may still hold them', async () => {
      await conversation.client('Ann').connect()
      server.to('Ann').fails('the server broke the WebSocket protocol: invalid opcode 3', 'WS_ERR_INVALID_OPCODE')
      await conversation.end()
      expect(server.to('Ann').wasTerminated).to.equal(true)
    })

    it('ends a connection over which servers send more than can be kept', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      // A message takes its place, however short it is.
      const large = 'x'.repeat(2 ** 26 - 200)
      server.to('Ann').sends(large, large, large, large)
      ann.catchUp()
      server.to('Ann').sends('')
      expect((await failureOf(() => conversation.settle())).message).to.match(
        /^Ann lost the connection to .*: the servers have sent more than 268435456 bytes in this scenario, counting 200 more for each message; a larger "maxMessageBytes" in the settings allows more\.$/,
      )
    })

    for (const detail of ['event', 'topic', 'answerTo', 'problem'] as const) {
      it(`ends it also for what a protocol tells of messages beside their content: ${detail}`, async () => {
        const ann = conversation.client('Ann')
        await ann.connect()
        const large = 'x'.repeat(2 ** 26 - 200)
        for (const _ of Array(4)) ann.state.received('', { [detail]: large })
        ann.catchUp()
        expect(ann.state.connection.isOpen).to.equal(true)
        ann.state.received('')
        expect(await failureMessage(() => conversation.settle())).to.contain(
          'the servers have sent more than 268435456 bytes',
        )
      })
    }

    it('throws for what only the end brings to light, after a scenario that has settled', async () => {
      const [ann, bob] = ['Ann', 'Bob'].map((name) => conversation.client(name))
      await ann?.connect()
      await bob?.connect()
      server.to('Ann').closesInstead = { code: 1011, reason: 'Out of memory' }
      await conversation.settle()
      const failure = await failureOf(() => conversation.end())
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.message).to.match(/^Ann was disconnected by the server with 1011 "Out of memory"\.\nNo sentence/)
      await conversation.end()
    })

    for (const [what, begin, words] of [
      [
        'a wait',
        (ann) => void ann.receives('never'),
        'Ann was still waiting to receive "never" when the scenario ended',
      ],
      ['a rule', (ann) => ann.when('never').send('x'), 'Ann never sent "x"'],
      ['a rule without an action', (ann) => ann.when('never'), 'Nothing is to happen when Ann receives "never"'],
      ['a pause', () => void conversation.pause(60_000), 'A pause of 60 s was not over when the scenario ended'],
    ] as [string, (ann: Client) => void, string][]) {
      it(`throws for what has been begun since the scenario has settled: ${what}`, async () => {
        ;({ conversation, server } = startConversation({ timeout: 20 }))
        const ann = conversation.client('Ann')
        await ann.connect()
        await conversation.settle()
        begin(ann)
        expect(await failureMessage(() => conversation.end())).to.contain(words)
      })
    }

    it('hides nothing from a settling after it: rules that have not happened, and calls that nobody has awaited', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      ann.when('never').send('x')
      void ann.receives('never')
      await conversation.end()
      const words = await failureMessage(() => conversation.settle())
      expect(words).to.contain('so Ann never sent "x"').and.to.contain('Ann was still waiting to receive "never"')
      await conversation.settle()
    })

    it('does not throw for that if the scenario has failed before', async () => {
      await conversation.client('Ann').connect()
      server.to('Ann').closesInstead = { code: 1011, reason: 'Out of memory' }
      await conversation.end()
    })

    it('throws for a program that has crashed when its clients left', async () => {
      const transports = transportsOf(server.openConnection)
      const events: string[] = []
      const programs = {
        ...transports.programs,
        takeCrashes: async () => [`after ${events.join(', ')}`],
        untilIdle: async () => void events.push('idle'),
        stop: async () => void events.push('stop'),
      }
      conversation = new Conversation(resolvedSettings('ws://server/'), { ...transports, programs })
      await conversation.client('Ann').connect()
      expect((await failureOf(() => conversation.end())).message).to.equal('after idle')
      expect(events).to.deep.equal(['idle', 'stop'])
    })

    it('leaves no timer behind', async () => {
      await turn()
      const before = timers()
      await conversation.connectGroup('listeners', 3)
      const ann = conversation.client('listener-1')
      ann.when('Hello').send('Hi', { after: 5000 })
      server.to('listener-1').sends('Hello')
      const waits = [ann.expectPong(), ann.expectDisconnected()].map((wait) => failureOf(() => wait))
      void ann.receives('Bye')
      await conversation.end()
      await Promise.all(waits)
      expect(timers()).to.equal(before)
    })

    for (const act of [
      (client: Client) => client.receives('Hello'),
      (client: Client) => client.expect(messageCount(1)),
      (client: Client) => client.send('Hello'),
    ]) {
      it(`causes no unhandled rejection if it has come and nobody awaits: ${act}`, async () => {
        const ann = conversation.client('Ann')
        await ann.connect()
        await conversation.end()
        expect(await unhandledRejectionsDuring(async () => void act(ann))).to.deep.equal([])
      })
    }

    it('settles no pending wait where nobody can await it', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      const before = timers()
      let isSettled = false
      const settled = () => {
        isSettled = true
      }
      const wrapped = async (call: () => Promise<unknown>) => void (await call().finally(settled))
      const rejections = await unhandledRejectionsDuring(async () => {
        void wrapped(() => ann.receives('never'))
        void wrapped(() => ann.expectDisconnected())
        void wrapped(() => conversation.connectGroup('listener', 2))
        conversation.state.lifecycle.abandonsWaits = true
        await conversation.end()
        await turn()
      })
      expect([rejections, isSettled]).to.deep.equal([[], false])
      expect(timers()).to.equal(before)
      expect(await failureMessage(() => ann.expectDisconnected())).to.contain('the conversation has ended')
      expect(await failureMessage(() => conversation.pause(1))).to.contain('the conversation has ended')
    })

    it('rejects pending waits', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      const wait = failureMessage(() => ann.receives('Hello'))
      await conversation.end()
      expect(await Promise.race([wait, turn().then(turn)])).to.match(/^Ann did not receive "Hello": /)
    })

    for (const [sentence, start] of Object.entries({
      receives: (client: Client) => client.receives('Hello'),
      'does not receive': (client: Client) => client.doesNotReceive('Hello', { within: 5000 }),
      'is disconnected': (client: Client) => client.expectDisconnected(),
      'receives a pong': (client: Client) => client.expectPong(),
      'sends later': (client: Client) => client.send('Hello', { after: 5000 }),
    })) {
      it(`causes no unhandled rejection if nobody awaits: ${sentence}`, async () => {
        const ann = conversation.client('Ann')
        await ann.connect()
        const unhandled = await unhandledRejectionsDuring(async () => {
          void start(ann)
          await conversation.end()
        })
        expect(unhandled).to.deep.equal([])
      })
    }

    it('stops the programs except those that are kept for the next conversation', async () => {
      const stops: object[] = []
      const transports = transportsOf(server.openConnection)
      const programs = { ...transports.programs, stop: async (options: object) => void stops.push(options) }
      await new Conversation(resolvedSettings('ws://server/'), { ...transports, programs }).end()
      expect(stops).to.deep.equal([{ includeKept: false }])
    })

    it('may be called twice, and before anything has happened', async () => {
      await conversation.end()
      await conversation.end()
    })

    it('refuses connections after it', async () => {
      await conversation.end()
      const failure = await failureOf(() => conversation.client('Ann').connect())
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal('Ann cannot connect any more: the conversation has ended.')
    })
  })

  describe('that has come', () => {
    for (const [what, act] of Object.entries({
      'Ann cannot send': (client: Client) => client.send('Hello'),
      'Ann cannot connect': (client: Client) => client.connect(),
      'Ann cannot request anything': (client: Client) => client.request('/orders'),
      'Ann cannot react': (client: Client) => client.when('Hello').send('Hi'),
      'Ann cannot ping': (client: Client) => client.ping(),
      'Ann cannot reconnect': (client: Client) => client.reconnect(),
      'Ann cannot disconnect': (client: Client) => client.disconnect(),
      'Ann cannot lose the connection': (client: Client) => client.terminate(),
      'Ann cannot receive anything': (client: Client) => client.receives('Hello'),
      'Ann cannot be refused': (client: Client) => client.expectRefused(),
      'Ann cannot stay connected': (client: Client) => client.expectConnected(),
      'Ann cannot speak a subprotocol': (client: Client) => client.expectSubprotocol('chat'),
      'Ann cannot be disconnected': (client: Client) => client.expectDisconnected(),
      'Ann cannot receive a pong': (client: Client) => client.expectPong(),
      'Ann cannot ignore anything': (client: Client) => client.ignore('Hello'),
      'Ann cannot catch up': (client: Client) => client.catchUp(),
      'Ann cannot remember anything': (client: Client) => client.remember('a', 'b'),
      'Ann cannot stop sending': (client: Client) => client.stopSending('Hello'),
      'Ann cannot ask': (client: Client) => client.ask({ id: 1 }, { id: 1 }),
      'Ann cannot compare anything': (client: Client) => client.matcherOfRead(),
      'Ann cannot expect anything': (client: Client) => client.matcher('Hello'),
      'No program can be used': () => conversation.processes.run('seed'),
      'Nothing can be waited for': () => conversation.pause(1),
      'No schema can be read': () => conversation.readSchema('http://host/a.json'),
      'No group can connect': () => conversation.connectGroup('listeners', 2),
      'No sentence can begin': () => conversation.beginSentence({ text: 'Rob connects', location: '' }),
      'No server can be set': () => conversation.setServerUrl('ws://other/'),
    })) {
      it(`lets nothing more out: ${what}`, async () => {
        const transports = transportsOf(server.openConnection)
        const requested: string[] = []
        const settings = resolvedSettings('ws://server/?name=${client}', { commands: { seed: { command: 'seed' } } })
        conversation = new Conversation(settings, {
          ...transports,
          sendRequest: async ({ url }) => {
            requested.push(url)
            return { status: 200, headers: {}, text: '' }
          },
        })
        const ann = conversation.client('Ann')
        await ann.connect()
        const connection = server.to('Ann')
        await conversation.end()
        const failure = await failureOf(async () => act(ann))
        expect(failure).to.be.an.instanceOf(UsageError)
        expect(failure.message).to.equal(`${what} any more: the conversation has ended.`)
        expect([connection.sent, connection.pings, requested]).to.deep.equal([[], 0, []])
      })
    }
  })
})
