/** Which connections may end unreported while a sentence restarts a program: those to the program. */

import { expect } from 'chai'
import { failureMessage } from '../../test/support/failures'
import { type FakeConnection, FakeServer, resolvedSettings, transportsOf } from '../../test/support/fake-server'
import { IDLE, LONG, listenOn, nodeProgram } from '../../test/support/node-programs'
import { freePort } from '../../test/support/ports'
import { Conversation } from '../conversation/conversation'
import { LocalPrograms } from './local-programs'

describe('Connections that break while a program is restarted', function () {
  this.timeout(60_000)

  let conversation: Conversation
  let server: FakeServer
  let ends: (() => void)[]

  const ways: [how: string, end: (connection: FakeConnection) => void, words: string][] = [
    ['are reset', (connection) => connection.closes(1006), 'without a closing handshake'],
    ['end by an error of the server', (connection) => connection.closes(1011, 'Oops'), 'with 1011'],
    ['break the protocol', (connection) => connection.fails('invalid opcode 3'), 'invalid opcode 3'],
  ]

  beforeEach(async () => {
    const [chatPort, mailPort] = [await freePort(), await freePort()]
    const programs = {
      chat: { ...nodeProgram(listenOn(chatPort)), ready: { port: chatPort } },
      mail: { ...nodeProgram(listenOn(mailPort)), ready: { port: mailPort } },
      worker: nodeProgram(IDLE),
    }
    server = new FakeServer()
    ends = []
    const local = new BreakingPrograms(() => {
      for (const end of ends) end()
    })
    const settings = resolvedSettings('ws://server', { programs, timeout: LONG })
    conversation = new Conversation(settings, { ...transportsOf(server.openConnection), programs: local })
    for (const name of Object.keys(programs)) await conversation.processes.start(name)
    const addresses = { Ann: `ws://127.0.0.1:${chatPort}`, Bob: `ws://127.0.0.1:${mailPort}`, Carol: 'ws://elsewhere' }
    for (const [name, address] of Object.entries(addresses)) {
      await conversation.client(name).connect({ to: `${address}/?name=${name}` })
    }
  })

  afterEach(() => conversation.end())

  for (const [how, end, words] of ways) {
    it(`and ${how} are reported, unless they are to the program`, async () => {
      ends = ['Ann', 'Bob', 'Carol'].map((name) => () => end(server.to(name)))
      await conversation.processes.restart('chat')
      const failure = await failureMessage(() => conversation.settle())
      expect(failure)
        .to.match(/^Bob .*\n(?:.*\n)*Carol /)
        .and.not.to.contain('Ann')
      expect(failure).to.contain(words)
    })

    it(`and ${how} are reported where they are to another program, if the program has no port`, async () => {
      ends = ['Bob', 'Carol'].map((name) => () => end(server.to(name)))
      await conversation.processes.restart('worker')
      const failure = await failureMessage(() => conversation.settle())
      expect(failure).to.match(/^Bob /).and.not.to.contain('Carol')
      expect(failure).to.contain(words)
    })
  }
})

/** Does something whenever a program is restarted. */
class BreakingPrograms extends LocalPrograms {
  constructor(private readonly onRestart: () => void) {
    super()
  }

  override restart(name: string, timeout: number): Promise<void> {
    this.onRestart()
    return super.restart(name, timeout)
  }
}
