/** Programs that end by themselves just before a sentence ends them: that is told, also while the news of it are on their way. */

import { expect } from 'chai'
import { failureOf } from '../../test/support/failures'
import { LONG, nodeProgram } from '../../test/support/node-programs'
import { freePort } from '../../test/support/ports'
import { Conversation, ExpectationError } from '../index'

const WS = JSON.stringify(require.resolve('ws'))

describe('A program that ends by itself, and is ended at once', function () {
  this.timeout(60_000)

  let conversation: Conversation

  afterEach(() => conversation.end())

  const ways = {
    'process.exit(3)': 'with code 3',
    "throw new Error('Oops')": 'with code 1',
    "process.kill(process.pid, 'SIGKILL')": 'by the signal SIGKILL',
  }
  for (const act of ['stop', 'restart', 'crash'] as const)
    for (const ready of ['port', 'output'] as const)
      for (const [way, words] of Object.entries(ways)) {
        it(`by ${way} is told to have: ${act}, ready by its ${ready}`, async () => {
          const port = await freePort()
          const server = `new (require(${WS}).WebSocketServer)({ host: '127.0.0.1', port: ${port} })`
          const listening = "on('listening', () => console.log('listening'))"
          const connection = `on('connection', (socket) => socket.on('message', () => { ${way} }))`
          const chat = {
            ...nodeProgram(`${server}.${listening}.${connection}`),
            ready: ready === 'port' ? { port } : { output: 'listening' },
          }
          conversation = new Conversation({ url: `ws://127.0.0.1:${port}`, timeout: LONG, programs: { chat } })
          await conversation.processes.start('chat')
          const ann = conversation.client('Ann')
          await ann.connect()
          await ann.send('End')
          await ann.expectDisconnected()
          const failure = await failureOf(() => conversation.processes[act]('chat'))
          expect(failure).to.be.an.instanceOf(ExpectationError)
          expect(failure.message).to.contain(`The program "chat" has ended by itself ${words}.`)
        })
      }
})
