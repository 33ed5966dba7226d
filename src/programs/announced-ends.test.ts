/** Which connections may end unreported while a sentence ends a program: those to the program. */

import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { failureMessage } from '../../test/support/failures'
import { type FakeConnection, FakeServer, resolvedSettings, transportsOf } from '../../test/support/fake-server'
import { IDLE, LONG, listenOn, nodeProgram } from '../../test/support/node-programs'
import { freePort, portOf } from '../../test/support/ports'
import { Conversation } from '../conversation/conversation'
import type { ProgramEnding } from '../processes/programs'
import { LocalPrograms } from './local-programs'

describe('Connections that end while a program is ended by a sentence', function () {
  this.timeout(60_000)

  /** Who is connected, and where to. */
  type Name = 'Chat' | 'Mail' | 'Worker' | 'Elsewhere' | 'Socket'

  let conversation: Conversation
  let server: FakeServer
  let others: Server[]
  let folder: string
  let end: (connection: FakeConnection) => void

  const names: Name[] = ['Chat', 'Mail', 'Worker', 'Elsewhere', 'Socket']

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'a socket-'))
    const path = join(folder, 'app.sock')
    others = [createServer().listen(0, '127.0.0.1'), createServer().listen(path)]
    await Promise.all(others.map((other) => once(other, 'listening')))
    const [chatPort, mailPort, workerPort] = [await freePort(), await freePort(), await freePort()]
    const programs = {
      chat: { ...nodeProgram(listenOn(chatPort)), ready: { port: chatPort } },
      mail: { ...nodeProgram(listenOn(mailPort)), ready: { port: mailPort } },
      worker: { ...nodeProgram(listenOn(workerPort), "console.log('ready')", IDLE), ready: { output: 'ready' } },
    }
    server = new FakeServer()
    const local = new BreakingPrograms(() => {
      for (const name of names) end(server.to(name))
    })
    const settings = resolvedSettings('ws://server', { programs, timeout: LONG })
    conversation = new Conversation(settings, { ...transportsOf(server.openConnection), programs: local })
    for (const name of Object.keys(programs)) await conversation.processes.start(name)
    const addresses: Record<Name, string> = {
      Chat: `ws://127.0.0.1:${chatPort}/`,
      Mail: `ws://[::1]:${mailPort}/`,
      Worker: `ws://127.0.0.1:${workerPort}/`,
      Elsewhere: `ws://127.0.0.1:${portOf(others[0] as Server)}/`,
      Socket: `ws+unix://${path.replaceAll(' ', '%20')}:/`,
    }
    for (const name of names) await conversation.client(name).connect({ to: `${addresses[name]}?name=${name}` })
  })

  afterEach(async () => {
    await conversation.end()
    for (const other of others) other.close()
    await rm(folder, { recursive: true })
  })

  const ways: [how: string, end: (connection: FakeConnection) => void, isFault: boolean][] = [
    ['are reset', (connection) => connection.closes(1006), false],
    ['end by an error of the server', (connection) => connection.closes(1011, 'Oops'), false],
    ['break the protocol', (connection) => connection.fails('invalid opcode 3'), true],
  ]
  const acts = ['restart', 'stop', 'crash'] as const
  const ended: [program: string, its: Name[]][] = [
    ['chat', ['Chat']],
    ['worker', ['Worker']],
  ]

  for (const act of acts)
    for (const [program, its] of ended)
      for (const [how, way, isFault] of ways) {
        it(`and ${how} are reported, unless they are to the program: ${act} ${program}`, async () => {
          end = way
          await conversation.processes[act](program)
          const failure = await failureMessage(() => conversation.settle())
          const reported = names.filter((name) => new RegExp(`^(?:\\d+\\. )?${name} `, 'm').test(failure))
          expect(reported).to.deep.equal(isFault ? names : names.filter((name) => !its.includes(name)))
        })
      }
})

/** Does something whenever a program is ended. */
class BreakingPrograms extends LocalPrograms {
  constructor(private readonly onEnd: () => void) {
    super()
  }

  override end(name: string, ending: ProgramEnding, timeout: number): Promise<void> {
    this.onEnd()
    return super.end(name, ending, timeout)
  }
}
