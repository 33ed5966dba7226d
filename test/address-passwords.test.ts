/** Passwords in addresses: no error shows one, however wrong the address is. */

import { expect } from 'chai'
import { Conversation } from '../src/conversation/conversation'
import { readinessAttempt } from '../src/programs/readiness-probe'
import { fillReadyCheck } from '../src/programs/ready-check'
import { readSchemas } from '../src/schemas/schema-files'
import { fillSchemaLocation } from '../src/variables/fill-in-place'
import { Variables } from '../src/variables/variables'
import { failureMessage } from './support/failures'
import { resolvedSettings, transportsOf } from './support/fake-server'

const ADDRESSES = [
  'ws://rob:pa#hunter2@host',
  'ws://rob:1#hunter2@host',
  'ws://rob:pa?hunter2@host',
  'http://rob:pa/hunter2@host',
  'rob:hunter2@127.0.0.1:1',
  'wz:/rob:hunter2@host',
  'amqp:rob:hunter2@host',
  'ws://rob:hunter2@ho st',
  'ws://rob:hunter2@host\tx y',
  'ws://rob:hunter2@a b ws://rob:hunter2@c d',
  `ws://rob:${'x'.repeat(400)}hunter2@ho st`,
]

describe('Passwords in addresses', () => {
  let conversation: Conversation

  const begin = (url: string) => {
    const settings = resolvedSettings(url)
    conversation = new Conversation(
      { ...settings, redact: ['header:authorization'] },
      transportsOf(() => ({}) as never),
    )
    return conversation
  }

  for (const address of ADDRESSES) {
    it(`are in no error: ${address}`, async () => {
      const attempts: Record<string, () => unknown> = {
        setting: () => begin(address).client('Rob').connect(),
        connect: () => begin('ws://server/').client('Rob').connect({ to: address }),
        request: () => begin('ws://server/').client('Rob').request(`GET ${address}`),
        'request without method': () => begin('ws://server/').client('Rob').request(address),
        readSchema: () => begin('ws://server/').readSchema(address.replace('http:', 'httq:')),
        schema: () => {
          begin('ws://server/')
          readSchemas(address.replace(/^ws:\/\//, 'http://').replace('@', '@ '), () => '')
          throw new Error('accepted')
        },
        'host of a schema': () => {
          begin('ws://server/')
          fillSchemaLocation('http://rob:hunter2@${host}/', new Variables().with({ host: '/' }))
        },
        ready: () => {
          begin('ws://server/')
          const ready = fillReadyCheck('chat', { url: address }, new Variables())
          readinessAttempt('chat', ready as { url: string })
          throw new Error(`accepted`)
        },
      }
      for (const [name, attempt] of Object.entries(attempts)) {
        const message = await failureMessage(attempt)
        await conversation.end().catch(() => {})
        expect(message, name).not.to.match(/hunter2|xxxx/)
      }
    })
  }
})
