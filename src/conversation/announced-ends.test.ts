import { expect } from 'chai'
import { failureMessage, failureOf } from '../../test/support/failures'
import { FakeServer, resolvedSettings, transportsOf } from '../../test/support/fake-server'
import { UsageError } from '../errors'
import { Conversation } from './conversation'

describe('announceEnds', () => {
  let conversation: Conversation
  let server: FakeServer

  beforeEach(() => {
    server = new FakeServer()
  })

  const endingProgram = (act: () => void, isReplaced = false): Conversation => {
    const settings = resolvedSettings('ws://server/?name=${client}', { programs: { chat: { command: 'chat' } } })
    const { programs, ...transports } = transportsOf(server.openConnection)
    return new Conversation(settings, {
      ...transports,
      programs: {
        ...programs,
        end: async () => act(),
        async start() {
          act()
          return isReplaced
        },
        serves: (_, url) => (url.includes('Bob') ? false : /Dora|Eve/.test(url) ? undefined : true),
        isListening: async (url) => url.includes('Dora'),
      },
    })
  }

  it('leaves nothing to be thrown for the end of connections that the sentence announced, also if a sentence says it', async () => {
    conversation = endingProgram(() => {
      server.to('Ann').closes(1006)
      setImmediate(() => server.to('Carol').closes(1011))
    })
    for (const name of ['Ann', 'Carol', 'Zoe']) await conversation.client(name).connect()
    await conversation.client('Zoe').disconnect()
    await conversation.processes.crash('chat')
    await conversation.client('Ann').expectDisconnected()
    await conversation.settle()
    await conversation.end()
  })

  it('is not about the end of another connection, and of one that came later', async () => {
    conversation = endingProgram(() => {
      server.to('Ann').closes(1006)
      server.to('Bob').closes(1006)
    })
    for (const name of ['Ann', 'Bob', 'Carol']) await conversation.client(name).connect()
    await conversation.processes.crash('chat')
    await conversation.client('Ann').reconnect()
    server.to('Carol').closes(1011)
    server.to('Ann').closes(1012)
    const words = await failureMessage(() => conversation.settle())
    for (const name of ['Ann', 'Bob', 'Carol']) expect(words).to.contain(`${name} was disconnected by the server`)
  })

  it('is not about one to a server that is still there, nor about a server that breaks the protocol', async () => {
    const names = ['Ann', 'Dora', 'Eve', 'Finn']
    conversation = endingProgram(() => {
      for (const name of names.slice(0, 3)) server.to(name).closes(1006)
      server.to('Finn').fails('invalid opcode 3')
    })
    for (const name of names) await conversation.client(name).connect()
    await conversation.processes.crash('chat')
    const words = await failureMessage(() => conversation.settle())
    expect(words).to.match(/Dora was disconnected by the server without.*\n(?:.*\n)*.*Finn lost the connection/)
    expect(words).not.to.match(/Ann|Eve/)
  })

  for (const isReplaced of [true, false])
    it(`is about one to a program that starts${isReplaced ? ' anew' : ', only if one has ended for that'}`, async () => {
      conversation = endingProgram(() => server.to('Ann').closes(1006), isReplaced)
      await conversation.client('Ann').connect()
      await conversation.processes.start('chat')
      const settled = await failureMessage(() => conversation.settle().then(() => Promise.reject(new Error('nothing'))))
      expect(settled).to.match(isReplaced ? /^nothing$/ : /^Ann was disconnected/)
    })

  for (const protocol of [undefined, 'json-rpc'])
    it(`is about one that was redirected there, and not about one that was redirected elsewhere: ${protocol}`, async () => {
      conversation = endingProgram(() => {
        for (const name of ['Ann', 'Bob']) server.to(name).closes(1011)
      })
      if (protocol !== undefined) conversation.setProtocol(protocol)
      for (const name of ['Ann', 'Bob']) await conversation.client(name).connect()
      server.to('Ann').destination = 'ws://server/?name=Bob'
      server.to('Bob').destination = 'ws://server/?name=Ann'
      await conversation.processes.crash('chat')
      const words = await failureMessage(() => conversation.settle())
      expect(words).to.contain('Ann was disconnected').and.not.to.contain('Bob was')
    })

  it('is not about the end of one when the program could not be ended', async () => {
    conversation = endingProgram(() => {
      throw new UsageError('It is not running.')
    })
    await conversation.client('Ann').connect()
    await failureOf(() => conversation.processes.crash('chat'))
    server.to('Ann').closes(1006)
    expect(await failureMessage(() => conversation.settle())).to.contain('Ann was disconnected')
  })
})
