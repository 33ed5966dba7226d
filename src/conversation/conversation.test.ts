import { expect } from 'chai'
import { timers, turn } from '../../test/support/event-loop'
import { failureMessage, failureOf, unhandledRejectionsDuring } from '../../test/support/failures'
import { type FakeServer, resolvedSettings, startConversation, transportsOf } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import { ConnectionError, ExpectationError, UsageError } from '../errors'
import { Conversation } from './conversation'
import type { ResolvedSettings } from './settings'

describe('a conversation', () => {
  let conversation: Conversation
  let server: FakeServer

  beforeEach(() => begin())

  describe('beginning a sentence', () => {
    it('keeps it, and records it', () => {
      const sentence = { text: 'Ann connects', location: 'features/chat.feature:3', mediaType: 'json' }
      conversation.beginSentence(sentence)
      expect(conversation.sentence).to.equal(sentence)
      expect(conversation.transcript.entries.map(({ kind, client, detail }) => [kind, client, detail])).to.deep.equal([
        ['sentence', '', 'Ann connects'],
      ])
    })

    it('lets pronouns mean whom the last one named', () => {
      conversation.beginSentence({ text: 'Ann connects', location: '' })
      conversation.clients.resolveAll('Ann')
      conversation.beginSentence({ text: 'she sends "Hello"', location: '' })
      expect(conversation.clients.resolve('she').name).to.equal('Ann')
    })
  })

  describe('the server', () => {
    it('is where the settings say', async () => {
      await conversation.client('Ann').connect()
      expect(server.connections[0]?.target.url).to.equal('ws://server/?name=Ann')
    })

    it('may be moved, for those who connect from then on', async () => {
      await conversation.client('Ann').connect()
      conversation.setServerUrl('ws://other/${client}')
      await conversation.client('Bob').connect()
      expect(server.connections.map(({ target }) => target.url)).to.deep.equal([
        'ws://server/?name=Ann',
        'ws://other/Bob',
      ])
    })
  })

  describe('phrases', () => {
    it('travel as the settings say, until a sentence says otherwise for this conversation alone', () => {
      const settings = { sent: 'a ${phrase}', received: 'b ${phrase}' }
      begin({ phrases: settings })
      conversation.phrases.sent = 'c ${phrase}'
      expect(settings.sent).to.equal('a ${phrase}')
      expect(conversation.phrases).to.deep.equal({ sent: 'c ${phrase}', received: 'b ${phrase}' })
    })
  })

  describe('connecting a group', () => {
    it('waits until every member is connected', async () => {
      await conversation.connectGroup('listeners', 3)
      expect(server.connections.map(({ target }) => target.url)).to.deep.equal([
        'ws://server/?name=listener-1',
        'ws://server/?name=listener-2',
        'ws://server/?name=listener-3',
      ])
      for (const listener of conversation.clients.introduced) listener.expectConnected()
    })

    it('has at most a hundred connecting at a time', async () => {
      server.onConnection = () => {}
      const connected = conversation.connectGroup('listeners', 150)
      await turn()
      expect(server.connections).to.have.length(100)
      server.connections[42]?.accepts()
      await turn()
      expect(server.connections).to.have.length(101)
      server.onConnection = (connection) => connection.accepts()
      for (const connection of [...server.connections]) connection.accepts()
      await connected
      expect(server.connections).to.have.length(150)
    })

    it('fails if one of them is refused', async () => {
      server.onConnection = (connection) => {
        if (connection.target.url.endsWith('listener-2')) connection.refuses(503, 'Too many')
        else connection.accepts()
      }
      const failure = await failureOf(() => conversation.connectGroup('listeners', 3))
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.message).to.equal(
        'listener-2 was refused by ws://server/?name=listener-2 with status 503 Too many.',
      )
    })

    it('goes no further once one of them was refused', async () => {
      server.onConnection = (connection) => {
        if (connection.target.url.endsWith('listener-1')) connection.refuses(503)
      }
      const failed = failureOf(() => conversation.connectGroup('listeners', 150))
      await turn()
      for (const connection of server.connections.slice(1)) connection.accepts()
      await failed
      await turn()
      expect(server.connections).to.have.length(100)
    })

    it('makes no connection after the end', async () => {
      server.onConnection = () => {}
      const connected = failureOf(() => conversation.connectGroup('listeners', 150))
      await turn()
      await conversation.end()
      await connected
      await turn()
      expect(server.connections).to.have.length(100)
      expect(server.connections.every(({ wasTerminated }) => wasTerminated)).to.equal(true)
    })

    it('may be of one', async () => {
      await conversation.connectGroup('listeners', 1)
      expect(server.connections).to.have.length(1)
    })

    for (const count of [0, -1]) {
      it(`of ${count} is a mistake`, async () => {
        const failure = await failureOf(() => conversation.connectGroup('listeners', count))
        expect(failure).to.be.an.instanceOf(UsageError)
        expect(failure.message).to.equal(`A group cannot have ${count} listeners: write 1 or more.`)
      })
    }
  })

  describe('a pause', () => {
    it('is over when its time is', () => conversation.pause(1))

    it('is over with the conversation, and leaves no timer', async () => {
      await turn()
      const before = timers()
      const pause = conversation.pause(5000)
      expect(timers()).to.equal(before + 1)
      await conversation.end()
      await pause
      expect(timers()).to.equal(before)
    })
  })

  describe('settling', () => {
    it('is done at once if nothing is to happen any more', () => conversation.settle())

    it('waits for one-time reactions', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      ann.when('Hello').send('Hi')
      const settled = conversation.settle()
      server.to('Ann').sends('Hello')
      await settled
      expect(server.to('Ann').sent).to.deep.equal(['Hi'])
    })

    it('waits for what reactions are about to do, also those of every time', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      ann.whenever('Hello').send('Hi', { after: 1 })
      server.to('Ann').sends('Hello')
      await conversation.settle()
      expect(server.to('Ann').sent).to.deep.equal(['Hi'])
    })

    it('fails when the time is over and a reaction never happened', async () => {
      begin({ timeout: 20 })
      const ann = conversation.client('Ann')
      await ann.connect()
      server.to('Ann').sends('Ann has connected')
      ann.when('Bob has connected', { location: 'features/chat.feature:12', pronoun: 'she' }).send('Hello from Ann!')
      const failure = await failureOf(() => conversation.settle())
      expect(failure).to.be.an.instanceOf(ExpectationError)
      expect(await failureMessage(() => Promise.reject(failure))).to.equal(
        [
          'Ann never received "Bob has connected", so she never sent "Hello from Ann!" (features/chat.feature:12).',
          'Unread',
          '  1  +0 ms  Ann has connected',
          'Ann is connected to ws://server/?name=Ann.',
        ].join('\n'),
      )
    })

    it('says if the message had been read before the rule was made', async () => {
      begin({ timeout: 20 })
      const ann = conversation.client('Ann')
      await ann.connect()
      server.to('Ann').sends('Hello')
      await ann.receives('Hello')
      ann.when('Hello').disconnect()
      expect(await failureMessage(() => conversation.settle())).to.equal(
        [
          'Ann never received "Hello", so Ann never disconnected.',
          'No message is unread: Ann has read the only one that came.',
          'Ann is connected to ws://server/?name=Ann.',
          'Ann had received it before, as number 1, and a sentence had read it.',
        ].join('\n'),
      )
    })

    it('says which message another rule took, of several that were taken', async () => {
      begin({ timeout: 20 })
      const ann = conversation.client('Ann')
      await ann.connect()
      for (const message of ['Hullo', 'Hello', 'Hello']) ann.when(message).send('Hi')
      server.to('Ann').sends('Hey', 'Hullo', 'Hello')
      expect(await failureMessage(() => conversation.settle())).to.match(/^Ann received "Hello" as number 3, but /)
    })

    it('says if another rule took the message', async () => {
      begin({ timeout: 20 })
      const ann = conversation.client('Ann')
      await ann.connect()
      ann.when('Hello', { location: 'features/chat.feature:3', pronoun: 'she' }).send('one')
      ann.when('Hello', { location: 'features/chat.feature:4', pronoun: 'she' }).send('two')
      server.to('Ann').sends('Hello')
      expect(await failureMessage(() => conversation.settle())).to.equal(
        [
          'Ann received "Hello" as number 1, but that set off another rule: ' +
            'when Ann receives "Hello" she sends "one" (features/chat.feature:3)',
          'So she never sent "two" (features/chat.feature:4).',
          'Unread',
          '  1  +0 ms  Hello',
          'Ann is connected to ws://server/?name=Ann.',
        ].join('\n'),
      )
    })

    it('fails for a reaction of somebody who never connected', async () => {
      begin({ timeout: 20 })
      conversation
        .client('Ann')
        .when('Hello', { pronoun: 'she' })
        .do('order a taxi', () => {})
      expect(await failureMessage(() => conversation.settle())).to.equal(
        [
          'Ann never received "Hello", so she never came to order a taxi.',
          'Ann has received no message at all.',
          'Ann has not connected yet.',
        ].join('\n'),
      )
    })

    it('tells of all that went wrong', async () => {
      begin({ timeout: 20 })
      const ann = conversation.client('Ann')
      await ann.connect()
      for (const answer of ['one', 'two']) ann.when('Hello').send(answer)
      const words = await failureMessage(() => conversation.settle())
      expect(words.split('\n\n').map((each) => each.split('\n')[0])).to.deep.equal([
        'Ann never received "Hello", so Ann never sent "one".',
        'Ann never received "Hello", so Ann never sent "two".',
      ])
    })

    it('tells the same thing once, and no more than five', async () => {
      begin({ timeout: 20 })
      const ann = conversation.client('Ann')
      await ann.connect()
      for (const answer of ['1', '2', '2', '3', '4', '5', '6', '7']) ann.when('Hello').send(answer)
      const words = (await failureMessage(() => conversation.settle())).split('\n\n')
      expect(words).to.have.length(6)
      expect(words.at(-1)).to.equal('… and 2 more')
    })

    it('tells of all five', async () => {
      begin({ timeout: 20 })
      for (const answer of ['1', '2', '3', '4', '5']) conversation.client('Ann').when('Hello').send(answer)
      expect((await failureMessage(() => conversation.settle())).split('\n\n')).to.have.length(5)
    })

    it('fails when the time is over and a reaction is still under way', async () => {
      begin({ timeout: 20 })
      const ann = conversation.client('Ann')
      await ann.connect()
      ann.when('Hello', { location: 'features/chat.feature:12' }).do('order a taxi', () => new Promise(() => {}))
      server.to('Ann').sends('Hello')
      expect(await failureMessage(() => conversation.settle())).to.equal(
        'This was still under way 20 ms after the last sentence: when Ann receives "Hello" Ann is to order a taxi (features/chat.feature:12)',
      )
    })

    it('gives up at once if all connections of the reactions that wait are closed', async () => {
      const [ann, bob] = [conversation.client('Ann'), conversation.client('Bob')]
      await ann.connect()
      await bob.connect()
      ann.when('Hello').send('Hi')
      bob.when('Hello').send('Hi')
      const words = failureMessage(() => conversation.settle())
      ann.terminate()
      server.to('Bob').closes(4001, 'Kicked')
      expect((await words).split('\n\n')).to.deep.equal([
        'Ann never received "Hello", so Ann never sent "Hi".\n' +
          'Ann has received no message at all.\n' +
          'Ann has lost the connection.',
        'Bob never received "Hello", so Bob never sent "Hi".\n' +
          'Bob has received no message at all.\n' +
          'Bob was disconnected by the server with 4001 "Kicked".',
      ])
    })

    it('waits as long as one of them is open', async () => {
      const [ann, bob] = [conversation.client('Ann'), conversation.client('Bob')]
      await ann.connect()
      await bob.connect()
      ann.when('Hello').send('Hi')
      const settled = conversation.settle()
      bob.terminate()
      await turn()
      server.to('Ann').sends('Hello')
      await settled
    })

    it('tells of a connection that broke while no sentence spoke of it', async () => {
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
    })) {
      it(`does not tell again of a broken connection that a sentence has spoken of: ${sentence}`, async () => {
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

    it('does not tell of a broken connection that was made again', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      server.to('Ann').fails('the server broke the WebSocket protocol: invalid opcode 3', 'WS_ERR_INVALID_OPCODE')
      await ann.reconnect()
      await conversation.settle()
    })

    it('tells of a wait that nobody awaited', async () => {
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

    it('does not tell of connections that were closed, whoever closed them', async () => {
      const [ann, bob, carol] = ['Ann', 'Bob', 'Carol'].map((name) => conversation.client(name))
      for (const client of [ann, bob, carol]) await client?.connect()
      await ann?.disconnect()
      bob?.terminate()
      server.to('Carol').closes(4001)
      await conversation.settle()
    })

    it('tells of one that is gone without a closing handshake, if no sentence has spoken of it', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      server.to('Ann').closes(1006)
      expect((await failureOf(() => conversation.settle())).message).to.equal(
        'Ann was disconnected by the server without a closing handshake (1006).',
      )
      await ann.expectDisconnected()
      await conversation.settle()
    })
  })

  describe('after a failed sentence', () => {
    it('names the reactions that wait in its message', async () => {
      begin({ timeout: 20 })
      const [ann, bob] = [conversation.client('Ann'), conversation.client('Bob')]
      await ann.connect()
      await bob.connect()
      bob.when('Bye', { location: 'features/chat.feature:3', pronoun: 'he' }).disconnect()
      ann.when('Hi', { location: 'features/chat.feature:4', pronoun: 'she' }).send('Hello')
      bob.whenever('Hi').send('Hello')
      expect(await failureMessage(() => ann.receives('Hello'))).to.equal(
        [
          'Ann did not receive "Hello" within 20 ms.',
          'Ann has received no message at all.',
          'Ann is connected to ws://server/?name=Ann.',
          'Still waiting: when Bob receives "Bye" he disconnects (features/chat.feature:3)',
          '               when Ann receives "Hi" she sends "Hello" (features/chat.feature:4)',
        ].join('\n'),
      )
    })
  })

  describe('ending', () => {
    it('closes every connection by a closing handshake', async () => {
      await conversation.connectGroup('listeners', 3)
      await conversation.end()
      expect(server.connections.map(({ closeFrame, wasTerminated }) => ({ closeFrame, wasTerminated }))).to.deep.equal(
        Array(3).fill({ closeFrame: {}, wasTerminated: false }),
      )
    })

    it('cuts what does not answer it soon', async () => {
      await conversation.client('Ann').connect()
      server.to('Ann').answersClosing = false
      await conversation.end()
      expect(server.to('Ann').wasTerminated).to.equal(true)
    })

    it('cuts what is still connecting', async () => {
      server.onConnection = () => {}
      const connected = failureOf(() => conversation.client('Ann').connect())
      await turn()
      await conversation.end()
      expect(await connected).to.be.an.instanceOf(ConnectionError)
      expect(server.connections[0]?.wasTerminated).to.equal(true)
    })

    it('cuts what broke, for the transport may still hold it', async () => {
      await conversation.client('Ann').connect()
      server.to('Ann').fails('the server broke the WebSocket protocol: invalid opcode 3', 'WS_ERR_INVALID_OPCODE')
      await conversation.end()
      expect(server.to('Ann').wasTerminated).to.equal(true)
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

    it('leaves nobody waiting for ever', async () => {
      const ann = conversation.client('Ann')
      await ann.connect()
      const wait = failureMessage(() => ann.receives('Hello'))
      await conversation.end()
      expect(await Promise.race([wait, turn().then(turn)])).to.match(/^Ann did not receive "Hello": /)
    })

    for (const [sentence, begun] of Object.entries({
      receives: (client: Client) => client.receives('Hello'),
      'does not receive': (client: Client) => client.doesNotReceive('Hello', { within: 5000 }),
      'is disconnected': (client: Client) => client.expectDisconnected(),
      'receives a pong': (client: Client) => client.expectPong(),
      'sends later': (client: Client) => client.send('Hello', { after: 5000 }),
    })) {
      it(`does no harm to a sentence that nobody awaits: ${sentence}`, async () => {
        const ann = conversation.client('Ann')
        await ann.connect()
        const unheard = await unhandledRejectionsDuring(async () => {
          void begun(ann)
          await conversation.end()
        })
        expect(unheard).to.deep.equal([])
      })
    }

    it('stops the programs but those that are kept for the next conversation', async () => {
      const stops: object[] = []
      const transports = transportsOf(server.openConnection)
      const programs = { ...transports.programs, stop: async (options: object) => void stops.push(options) }
      await new Conversation(resolvedSettings('ws://server/'), { ...transports, programs }).end()
      expect(stops).to.deep.equal([{ includeKept: false }])
    })

    it('may come twice, and before anything has happened', async () => {
      await conversation.end()
      await conversation.end()
    })

    it('lets nobody connect any more', async () => {
      await conversation.end()
      const failure = await failureOf(() => conversation.client('Ann').connect())
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal('Ann cannot connect any more: the conversation has ended.')
    })
  })

  function begin(changes: Partial<ResolvedSettings> = {}): void {
    ;({ conversation, server } = startConversation(changes))
  }
})
