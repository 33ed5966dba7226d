/** Passwords in addresses: no error shows one, however wrong the address is. */

import { expect } from 'chai'
import fc from 'fast-check'
import { Conversation } from '../src/conversation/conversation'
import { LocalPrograms } from '../src/programs/local-programs'
import { readinessAttempt } from '../src/programs/readiness-probe'
import { fillReadyCheck } from '../src/programs/ready-check'
import { readSchemas } from '../src/schemas/schema-files'
import { readSettings, type Settings } from '../src/settings/settings'
import { lazyProjectFiles } from '../src/transport/lazy-transports'
import { fillSchemaLocation } from '../src/variables/fill-in-place'
import { Variables } from '../src/variables/variables'
import { addresses, commandTexts } from './support/arbitrary-address'
import { resolvedSettings, transportsOf } from './support/fake-server'
import { LONG } from './support/node-programs'

const ADDRESSES = [
  'ws://rob:pa#hunter2@host',
  'ws://rob:1#hunter2@host',
  'ws://rob:pa?hunter2@host',
  'http://rob:pa/hunter2@host',
  'ws+unix://rob:hunter2@host/x',
  'http+unix://rob:hunter2@/x',
  'WS+Unix:rob:hunter2@/x',
  'ws+unix:///run/app.sock:/chat#rob:hunter2@host',
  'redis://rob:hunter2@/x',
  'jdbc:postgresql://rob:hunter2@host:x/shop',
  'ws%3A//rob%3Ahunter2%40host',
  'ws://rob%3Ahunter2%40host:x/',
  'rob:hunter2@127.0.0.1:1',
  'wz:/rob:hunter2@host',
  'amqp:rob:hunter2@host',
  'ws://rob:hunter2@ho st',
  'ws://rob:hunter2@host\tx y',
  'ws://rob:hunter2@a b ws://rob:hunter2@c d',
  `ws://rob:${'x'.repeat(400)}hunter2@ho st`,
]

/** Settings that are wrong, or not, with a text in them. */
const settingsWith: readonly ((text: string) => unknown)[] = [
  (text) => text,
  (text) => ({ [text]: 1 }),
  ...['timeout', 'quiet', 'headers', 'redact', 'report', 'protocol', 'programs', 'commands', 'maxMessageBytes'].map(
    (key) => (text: string) => ({ [key]: text }),
  ),
  (text) => ({ redact: [text] }),
  (text) => ({ phrases: { sent: { a: text }, received: `{"${text}` } }),
  (text) => ({ protocols: { chat: { name: text, address: text } } }),
  (text) => ({ asyncapi: { document: text, address: text } }),
  (text) => ({ report: { diagram: text } }),
  (text) => ({ programs: { chat: { command: 'node', timeout: text } } }),
  (text) => ({ programs: { chat: { command: 'node', ready: text } } }),
  (text) => ({ programs: { chat: { command: 'node', ready: { port: text } } } }),
  (text) => ({ programs: { chat: { command: 'node', shell: text } } }),
  (text) => ({ commands: { chat: { command: 'node', keep: text, [text]: 1 } } }),
]

describe('Passwords in addresses', () => {
  let conversation: Conversation

  const begin = (url: string) => {
    const settings = resolvedSettings(url)
    conversation = new Conversation(
      { ...settings, redact: ['header:authorization'] },
      { ...transportsOf(() => ({}) as never), files: lazyProjectFiles('features/messages') },
    )
    return conversation
  }

  /** What shows an address in its errors. */
  const attemptsWith = (address: string): Record<string, () => unknown> => ({
    setting: () => begin(address).client('Rob').connect(),
    connect: () => begin('ws://server/').client('Rob').connect({ to: address }),
    request: () => begin('ws://server/').client('Rob').request(`GET ${address}`),
    'request without method': () => begin('ws://server/').client('Rob').request(address),
    readSchema: () => begin('ws://server/').readSchema(address.replace('http:', 'httq:')),
    contract: () => begin('ws://server/').setContract(address),
    schema: () => {
      begin('ws://server/')
      readSchemas(address.replace(/^ws:\/\//, 'http://').replace('@', '@ '), () => '')
    },
    'host of a schema': () => {
      begin('ws://server/')
      fillSchemaLocation('http://rob:hunter2@${host}/', new Variables().with({ host: '/' }))
    },
    ready: () => {
      begin('ws://server/')
      const ready = fillReadyCheck('chat', { url: address }, new Variables())
      readinessAttempt('chat', ready as { url: string })
    },
    'port of a program': () => {
      begin('ws://server/')
      fillReadyCheck('chat', { port: '${port}' }, new Variables().with({ port: address }))
    },
  })

  const messageOf = async (attempt: () => unknown) => {
    try {
      await attempt()
      return ''
    } catch (error) {
      return (error as Error).message
    } finally {
      await conversation?.end().catch(() => {})
    }
  }

  for (const address of ADDRESSES) {
    it(`are in no error: ${address}`, async () => {
      for (const [name, attempt] of Object.entries(attemptsWith(address))) {
        expect(await messageOf(attempt), name).not.to.match(/hunter2|xxxx/)
      }
    })
  }

  it('are in no error, whatever the address is', () =>
    fc.assert(
      fc.asyncProperty(addresses, async ({ text, password }) => {
        for (const [name, attempt] of Object.entries(attemptsWith(text))) {
          expect(await messageOf(attempt), name).not.to.include(password)
        }
      }),
      { numRuns: 30 },
    )).timeout(60_000)

  it('are in no error of the settings, wherever in them an address stands', () =>
    fc.assert(
      fc.property(commandTexts, fc.constantFrom(...settingsWith), ({ text, password }, write) => {
        let message = ''
        try {
          readSettings(write(text) as Settings, {})
        } catch (error) {
          message = (error as Error).message
        }
        expect(message).not.to.include(password)
      }),
      { numRuns: 500 },
    ))

  for (const [what, command, shown] of [
    [
      'the program',
      { command: 'DATABASE_URL=redis://rob:hunter2@host/ node x.js' },
      'DATABASE_URL=redis://rob:[redacted]@host/',
    ],
    ['the folder', { command: 'node -v', cwd: 'redis://rob:hunter2@host/' }, '/redis:/rob:[redacted]@host'],
    ['an open quote', { command: 'node "redis://rob:hunter2@host/' }, 'node "redis://rob:[redacted]@host/'],
    [
      'a variable of a shell',
      { command: 'node redis://rob:a$hunter2@host/' },
      '"[redacted]" means something to a shell',
    ],
    [
      'a marker of files',
      { command: "node redis://rob:*'a'hunter2@host/" },
      '"redis://rob:[redacted]@host/" means something',
    ],
    [
      'what is printed',
      { command: "node -e 'throw process.argv[1]' redis://rob:hunter2@host/" },
      'redis://rob:[redacted]@host/',
    ],
    ['a value', { command: 'node -e "throw process.env.URL"', env: { URL: '${url}' } }, 'redis://rob:[redacted]@host/'],
    ['an argument', { command: "node -e 'throw process.argv[1]' ${url}" }, 'redis://rob:[redacted]@host/'],
    ['a login', { command: "node -e 'throw process.argv[1]' --login=rob:hunter2@host" }, '--login=rob:[redacted]@host'],
    [
      'a line of a shell',
      { command: 'echo DB=redis://rob:hunter2@host/; exit 1', shell: true },
      'DB=redis://rob:[redacted]@host/',
    ],
  ] as const) {
    it(`are in no error of a command: ${what}`, async () => {
      begin('ws://server/')
      const programs = new LocalPrograms()
      const variables = new Variables().with({ url: 'redis://rob:hunter2@host/' })
      const message = await messageOf(() => programs.run('migrate', command, LONG, variables))
      expect(message).to.include(shown).and.not.to.include('hunter2')
    })
  }
})
