/** The sentences that deny or count: what each makes of frames of another kind, and of a connection that has ended. */

import { expect } from 'chai'
import { failureMessage } from '../../test/support/failures'
import { type FakeServer, startConversation } from '../../test/support/fake-server'
import { registerVocabulary } from '../../test/support/vocabulary'
import type { Conversation } from '../conversation/conversation'
import { defineProtocol, ownProtocols } from '../protocol/protocol'

/** Each is met where nothing comes. */
const DENIALS = [
  'Rob receives nothing',
  'Rob receives nothing for 10 ms',
  'Rob receives no messages',
  'Rob receives nothing else',
  'Rob receives nothing more for 10 ms',
  'Rob receives no further messages',
  'Rob does not receive anything else',
  'Rob does not receive "Hi"',
  'Rob does not receive "Hi" for 10 ms',
  'Rob never receives "Hi"',
  'Rob receives neither "Hi" nor "Bye"',
  'Rob receives at most 2 messages',
  'Rob receives at most 2 messages within 10 ms',
  'Rob receives "Hi" at most twice',
]

/** Those that speak of everybody, also of whoever has left. */
const OF_EVERYBODY = ['nobody receives "Hi"', 'no one receives "Hi"', 'only Ann receives "Hi"']

/** Each is met by one message, and by the end of the connection after it. */
const COUNTS = [
  'Rob receives exactly 1 message',
  'Rob receives only 1 message',
  'Rob receives "Hi" once',
  'Rob receives "Hi" only once within 1 second',
]

describe('Sentences that deny or count', () => {
  let library: ReturnType<typeof registerVocabulary>
  let conversation: Conversation
  let server: FakeServer
  let world: object

  before(() => {
    library = registerVocabulary()
  })

  beforeEach(async () => {
    ;({ conversation, server } = startConversation())
    world = new (class World {})()
    Object.defineProperty(world, Symbol.for('cucumber-websocket.conversation'), { value: conversation })
    await says('Rob and Ann are connected')
  })

  afterEach(() => conversation.end())

  describe('where the protocol of some clients has no topics', () => {
    before(() => {
      defineProtocol({ name: 'of one topic', open: () => ({ received: (content) => [{ content, topic: 'a' }] }) })
    })

    after(() => void ownProtocols.delete('of one topic'))

    it('mean nothing if that holds for all', async () => {
      const failure = await failureMessage(() => says('nobody receives "Hi" on "a"'))
      expect(failure).to.contain('without a protocol messages have no topics')
    })

    it('fail for whatever else is wrong', async () => {
      expect(await failureMessage(() => says('nobody receives "Hi, ${name}"'))).to.contain(
        'There is no variable ${name}',
      )
    })

    for (const [sentence, problem] of [
      ['nobody receives "Hi" on "a"', 'Bob should not receive "Hi" on "a"'],
      ['only Bob receives "Hi" on "a"', undefined],
      ['only Rob receives "Hi" on "a"', 'without a protocol messages have no topics'],
    ] as const) {
      it(`speak of the others: ${sentence}`, async () => {
        await says('the server speaks "of one topic"')
        await says('Bob is connected')
        if (sentence.startsWith('nobody')) await says(sentence)
        server.to('Bob').sends('Hi')
        if (problem === undefined) await says(sentence)
        else expect(await failureMessage(() => says(sentence))).to.contain(problem)
      })
    }
  })

  describe('after the client has left', () => {
    for (const [leaving, problem] of [
      ['Rob disconnects', 'Rob has disconnected, and so could not receive anything.'],
      ['Rob loses the connection', 'Rob has lost the connection, and so could not receive anything.'],
    ] as const) {
      for (const sentence of DENIALS) {
        it(`fail, since nothing could come: ${leaving}, ${sentence}`, async () => {
          await says(leaving)
          expect((await failureMessage(() => says(sentence))).split('\n')[0]).to.equal(problem)
        })
      }
    }

    for (const sentence of [...COUNTS, ...OF_EVERYBODY]) {
      it(`pass, as they look at what came until then: ${sentence}`, async () => {
        server.to(COUNTS.includes(sentence) ? 'Rob' : 'Ann').sends('Hi')
        if (sentence.startsWith('no')) await says('Ann has caught up')
        await says('Rob disconnects')
        await says(sentence)
      })
    }
  })

  describe('after the server has ended the connection', () => {
    for (const sentence of DENIALS) {
      it(`pass if a sentence has said so: ${sentence}`, async () => {
        server.to('Rob').closes(1000)
        await says('Rob is disconnected')
        await says(sentence)
      })

      it(`fail if none has: ${sentence}`, async () => {
        server.to('Rob').closes(1000)
        expect(await failureMessage(() => says(sentence))).to.match(/ by the server .* could not receive anything\.\n/)
      })
    }

    for (const sentence of COUNTS) {
      it(`pass for what came until then: ${sentence}`, async () => {
        server.to('Rob').sends('Hi')
        server.to('Rob').closes(1000)
        await says(sentence)
      })
    }
  })

  describe('about a binary message', () => {
    const bytes = Buffer.from('Hi')

    for (const [sentence, ...met] of [
      ['Rob does not receive a binary message'],
      ['Rob does not receive a binary message for 10 ms'],
      ['Rob never receives a binary message'],
      ['Rob receives neither a binary message nor "Bye"'],
      ['nobody receives a binary message'],
      ['no one receives a binary message'],
      ['Rob receives "End" without receiving a binary message', 'End'],
      ['Rob receives "End" before a binary message', 'End', bytes],
      ['Rob receives a binary message once', bytes],
      ['Rob receives a binary message at most once', bytes],
    ] as const) {
      it(`pass over each text: ${sentence}`, async () => {
        server.to('Rob').sends('Hi', 'Hi', ...met)
        await says(sentence)
      })

      it(`fail for one too many: ${sentence}`, async () => {
        server.to('Rob').sends(bytes, ...met, bytes)
        expect(await failureMessage(() => says(sentence))).to.match(/^Rob should (?:not )?receive .*, but number \d /)
      })
    }

    it('pass over the texts of others, where only one receives it', async () => {
      server.to('Ann').sends('Hi')
      server.to('Rob').sends(bytes)
      await says('only Rob receives a binary message')
      server.to('Ann').sends(bytes)
      server.to('Rob').sends(bytes)
      expect(await failureMessage(() => says('only Rob receives a binary message'))).to.match(/^Ann should not receive/)
    })
  })

  describe('over a frame that its protocol could not read', () => {
    const OF_EVERYTHING = DENIALS.filter((denial) => /else|more|messages|nothing/.test(denial))

    for (const [sentence, ...met] of [
      ...DENIALS.filter((denial) => !/ at most /.test(denial)).map((denial) => [denial] as const),
      ...OF_EVERYBODY.map((denial) => [denial] as const),
      ['Rob receives "Hi" at most 0 times'],
      ['Rob does not receive {"a": 1}'],
      ['Rob does not receive a message where "a" is 1'],
      ['Rob receives "End" without receiving "Hi"', 'End'],
      ['Rob receives "End" before "Hi"', 'End', 'Hi'],
    ] as const) {
      it(`fail, as it may say what is denied: ${sentence}`, async () => {
        conversation.client('Rob').state.received('torn', { problem: 'it is torn' })
        server.to('Rob').sends(...met)
        server.to('Ann').sends('Hi')
        if (sentence.startsWith('no')) await says('Ann receives "Hi"')
        const came = OF_EVERYTHING.includes(sentence) ? 'came' : 'cannot be read, so that it may be one'
        expect(await failureMessage(() => says(sentence))).to.match(
          new RegExp(`^Rob should (?:not )?receive .*, but number 1 ${came}\\.\n`),
        )
      })
    }

    it('pass if a sentence has read it', async () => {
      conversation.client('Rob').state.received('torn', { problem: 'it is torn' })
      await says('Rob receives the bytes "74 6f 72 6e"')
      for (const sentence of DENIALS) await says(sentence)
    })

    it('fail if other bytes are denied, and any', async () => {
      conversation.client('Rob').state.received('torn', { problem: 'it is torn' })
      expect(await failureMessage(() => says('Rob does not receive the bytes "74 6f"'))).to.contain(
        'number 1 cannot be read, so that it may be one',
      )
      expect(await failureMessage(() => says('Rob does not receive a binary message'))).to.contain('number 1 came')
    })
  })

  it('look at all that came to others while the sentence was under way, whoever has read it', async () => {
    for (const name of ['Ann', 'Carol']) {
      const sentence = failureMessage(() => says('only Rob receives "Hi"'))
      const reader = conversation.client(name)
      await reader.ensureConnected()
      const reading = reader.receives('Hi')
      server.to(name).sends('Hi')
      await reading
      server.to('Rob').sends('Hi')
      expect(await sentence).to.match(new RegExp(`^${name} should not receive "Hi", but number 1 came\\.\n`))
      for (const client of ['Ann', 'Rob']) conversation.client(client).catchUp()
    }
  })

  it('look for the same content in a frame of the other kind', async () => {
    for (const [sentence, message] of [
      ['Rob does not receive "Hi"', Buffer.from('Hi')],
      ['Rob does not receive the bytes "48 69"', 'Hi'],
      ['Rob receives neither a binary message nor the bytes "48 69"', 'Hi'],
      ['nobody receives {"a": 1}', Buffer.from('{"a": 1}')],
      ['Rob receives "Hi" at most 0 times', Buffer.from('Hi')],
    ] as const) {
      server.to('Rob').sends(message)
      expect(await failureMessage(() => says(sentence)), sentence).to.match(/^Rob should /)
      await says('Rob has caught up')
    }
  })

  /** Has a sentence carried out. */
  async function says(text: string): Promise<void> {
    conversation.beginSentence({ text, location: '' })
    const found = library.stepDefinitions.flatMap(({ expression, code }) => {
      const values = expression.match(text)
      return values ? [() => code.apply(world, values.map((value) => value.getValue(world)) as never)] : []
    })
    expect(found, text).to.have.length(1)
    await found[0]?.()
  }
})
