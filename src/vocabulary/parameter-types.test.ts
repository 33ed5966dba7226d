import { randomUUID } from 'node:crypto'
import { defineStep, supportCodeLibraryBuilder } from '@cucumber/cucumber'
import { expect } from 'chai'
import { noFiles } from '../../test/support/fake-server'
import { World } from '../../test/support/world'
import type { Client } from '../client/client'
import { UsageError } from '../errors'
import type { MessageExpression } from '../messages/message-expression'
import { conversationOf } from '../world'

const sentences = [
  '{client} acts',
  '{clients} act',
  '{pronoun} answers',
  'say {message}',
  'say {message} after {duration}',
  'say {message} {int} times',
  '{clients} hear(s) {message} {pronoun} say(s) {message}',
  'wait {duration}',
  'often {times}',
  'it {condition}',
  'ends {close}',
  'cut {connection}',
]

describe('Parameter types', () => {
  let library: ReturnType<typeof supportCodeLibraryBuilder.finalize>

  before(() => {
    supportCodeLibraryBuilder.reset('', randomUUID)
    delete require.cache[require.resolve('./parameter-types')]
    require('./parameter-types')
    for (const sentence of sentences) defineStep(sentence, () => {})
    library = supportCodeLibraryBuilder.finalize()
  })

  /** The sentences that match, each with the values of its parameters. */
  function readings(text: string, world: object = new World()): [sentence: string, ...values: unknown[]][] {
    return library.stepDefinitions.flatMap(({ expression, pattern }) => {
      const values = expression.match(text)
      return values ? [[String(pattern), ...values.map((value) => value.getValue(world))] as const] : []
    }) as [string, ...unknown[]][]
  }

  /** The values of the parameters of the only sentence that matches. */
  function values(sentence: string, text: string, world: object = new World()): unknown[] {
    const found = readings(text, world)
    expect(found.map(([meant]) => meant)).to.deep.equal([sentence])
    return found[0]?.slice(1) ?? []
  }

  describe('client', () => {
    for (const [written, name] of [
      ['Rob', 'Rob'],
      ['Zoë', 'Zoë'],
      ['Zoe\u0308', 'Zoe\u0308'],
      ['李', '李'],
      ['Ōta-san', 'Ōta-san'],
      ['Client-2', 'Client-2'],
      ['Rob_2', 'Rob_2'],
      ['user_1', 'user_1'],
      ['client-7', 'client-7'],
      ['bot3', 'bot3'],
      ['🤖', '🤖'],
      ['I', 'I'],
      ['Nobodyman', 'Nobodyman'],
      ['the dispatcher', 'dispatcher'],
      ['the taxi-driver', 'taxi-driver'],
      ['"Rob Anderson"', 'Rob Anderson'],
      ['"nobody"', 'nobody'],
      ['"Rob, Ann and Bob"', 'Rob, Ann and Bob'],
    ] as const) {
      it(`matches ${written}`, () => {
        const [client] = values('{client} acts', `${written} acts`) as [Client]
        expect(client.name).to.equal(name)
      })
    }

    it('matches a pronoun', () => {
      for (const pronoun of ['he', 'she', 'it', 'they']) {
        const world = new World()
        conversationOf(world).clients.resolveAll('Rob')
        conversationOf(world).clients.beginSentence()
        const [client] = values('{client} acts', `${pronoun} acts`, world) as [Client]
        expect(client.name).to.equal('Rob')
      }
    })

    for (const written of [
      'nobody',
      'only',
      'everyone',
      'hello',
      'rob',
      'when',
      'whenever',
      'only Rob',
      'Rob and Ann',
      'Rob Anderson',
      'Rob.',
      'Rob’s',
      "O'Brien",
      '“Rob”',
      '"Rob',
      '2',
      '2nd',
      '100 listeners',
      'the Dispatcher',
      'the',
      '-',
      '{Rob}',
      '',
    ]) {
      it(`does not match ${written || 'nothing'}`, () => {
        expect(readings(`${written} acts`)).to.be.empty
      })
    }
  })

  describe('clients', () => {
    const names = (written: string) => {
      const world = new World()
      const { clients } = conversationOf(world)
      clients.createGroup('listeners', 2)
      for (const name of ['Ann', 'Bob', 'Carol', 'listener-1', 'listener-2'])
        clients.getOrCreate(name).state.isIntroduced = true
      clients.beginSentence()
      clients.resolveAll('Ann')
      clients.beginSentence()
      const [named] = values('{clients} act', `${written} act`, world) as [Client[]]
      return named.map(({ name }) => name)
    }

    for (const [written, meant] of [
      ['Ann', ['Ann']],
      ['Ann and Bob', ['Ann', 'Bob']],
      ['Carol, Ann and Bob', ['Carol', 'Ann', 'Bob']],
      ['Carol, Ann, and Bob', ['Carol', 'Ann', 'Bob']],
      ['"Rob Anderson", the dispatcher and user_1', ['Rob Anderson', 'dispatcher', 'user_1']],
      ['she and Bob', ['Ann', 'Bob']],
      ['Bob and I', ['Bob', 'I']],
      ['everyone', ['listener-1', 'listener-2', 'Ann', 'Bob', 'Carol']],
      ['everyone else', ['listener-1', 'listener-2', 'Bob', 'Carol']],
      ['everyone but Ann', ['listener-1', 'listener-2', 'Bob', 'Carol']],
      ['everyone except Bob and the listeners', ['Ann', 'Carol']],
      ['everyone but Ann, Bob, and Carol', ['listener-1', 'listener-2']],
      ['the listeners', ['listener-1', 'listener-2']],
      ['every listener', ['listener-1', 'listener-2']],
      ['every listener and Ann', ['listener-1', 'listener-2', 'Ann']],
    ] as const) {
      it(`matches ${written}`, () => {
        expect(names(written)).to.deep.equal(meant)
      })
    }

    for (const written of [
      'nobody',
      'only Ann',
      'hello',
      'Ann and nobody',
      'Ann and',
      'and Ann',
      'Ann & Bob',
      'everyone but',
      'everyone else and Ann',
      'everyone Ann',
      'all',
    ]) {
      it(`does not match ${written}`, () => {
        expect(readings(`${written} act`)).to.be.empty
      })
    }
  })

  describe('message', () => {
    const written = (expression: unknown) => (expression as MessageExpression).describe()

    for (const [text, shown] of [
      ['"Hello"', '"Hello"'],
      ["'Hello'", '"Hello"'],
      ['""', '""'],
      ['"say \\"hi\\""', '"say "hi""'],
      ['"C:\\\\"', '"C:\\\\"'],
      ["'it\\'s'", '"it\'s"'],
      ['"{} he says {}"', '"{} he says {}"'],
      ['{}', '{}'],
      ['[]', '[]'],
      ['{"type": "ping", "tags": [1, {"a": null}]}', '{"type": "ping", "tags": [1, {"a": null}]}'],
      ['{"a": "} he says {"}', '{"a": "} he says {"}'],
      ['{"a": "\\"} after 2 s"}', '{"a": "\\"} after 2 s"}'],
      ['{"a": "]"} ', '{"a": "]"} '],
      ['{ "a" : [ 1 , 2 ] }', '{ "a" : [ 1 , 2 ] }'],
      ['{"n": ${count}, "o": {"p": ${place}}}', '{"n": ${count}, "o": {"p": ${place}}}'],
      ['{"a": "} after 2 s", "b": [1]}', '{"a": "} after 2 s", "b": [1]}'],
      ['a message containing "lo"', 'a message containing "lo"'],
      ["a message matching '^\\d'", 'a message matching "^\\d"'],
      ['any message', 'any message'],
      ['a message', 'any message'],
      ['anything', 'any message'],
      ['a binary message', 'a binary message'],
      ['a message that contains "lo"', 'a message containing "lo"'],
      ['a message of type "welcome"', 'a message of type "welcome"'],
      ['a message with "type" "welcome"', 'a message where "type" is "welcome"'],
      ['a message where "amount" is greater than 100', 'a message where "amount" is greater than 100'],
      ['a message where "amount" is between 1 and 5', 'a message where "amount" is between 1 and 5'],
      ['a message where "amount" is between -1.5e-3 and 1E3', 'a message where "amount" is between -1.5e-3 and 1E3'],
      ['the message "Hello"', '"Hello"'],
      ['the JSON {"a": 1}', '{"a": 1}'],
    ] as const) {
      it(`matches ${text}`, () => {
        const [message] = values('say {message}', `say ${text}`)
        expect(written(message)).to.equal(shown)
      })
    }

    for (const text of [
      '{type: ping}',
      "{'type': 'ping'}",
      '{"type": "ping"',
      '{"a": {"b": 1}',
      '["a", "b"',
      '{"a": "b}',
      '{"a": 1}}',
      '{a: [b, {c: d}]}',
      '{"a": 1,}',
      '{',
    ]) {
      it(`matches invalid JSON, so that it can be reported: ${text}`, () => {
        const [message] = values('say {message}', `say ${text}`) as [MessageExpression]
        const speaker = { variables: conversationOf(new World()).variables, phrases: {}, files: noFiles }
        expect(() => message.toSend(speaker)).to.throw(`${text} is not valid JSON: `)
      })
    }

    for (const text of ['Hello', '"Hello', '"Hello" "Bye"', '"a"b"', "'it's'", 'a message like "x"', 'any', '']) {
      it(`does not match ${text || 'nothing'}`, () => {
        expect(readings(`say ${text}`)).to.be.empty
      })
    }

    for (const json of [
      '{"a": [1, {"b": "} after 2 s"}]}',
      '[{"a": 1}, [2]]',
      '{}',
      '{"n": ${count}}',
      '{type: ping}',
    ]) {
      it(`ends where the sentence goes on: ${json}`, () => {
        const [late, after] = values('say {message} after {duration}', `say ${json} after 2 s`)
        expect([written(late), after]).to.deep.equal([json, 2000])
        const [often, times] = values('say {message} {int} times', `say ${json} 3 times`)
        expect([written(often), times]).to.deep.equal([json, 3])
      })
    }

    for (const [received, sent] of [
      ['"Hello"', '"Bye"'],
      ['{"a": 1}', '{"b": {"c": 2}}'],
      ['{"a": "} he says {"}', '["} they say {"]'],
      ['[{"a": {}}]', '"Bye"'],
      ['any message', '{"b": 2}'],
      ['a message containing "lo"', '[1]'],
    ] as const) {
      it(`matches two messages in one sentence: ${received} he says ${sent}`, () => {
        const sentence = '{clients} hear(s) {message} {pronoun} say(s) {message}'
        const [, first, pronoun, second] = values(sentence, `Ann hears ${received} she says ${sent}`)
        expect([written(first), pronoun, written(second)]).to.deep.equal([received, 'she', sent])
      })
    }
  })

  for (const [written, advice] of [
    [
      'say a message concerning "x"',
      '"a message concerning "x"" is not a message. Write it in one of these ways: "…", {"…": …}, ',
    ],
    [
      'say a message where "x" is bigger than 3',
      '"is bigger than" is not a known comparison. There are is, is greater than',
    ],
    ['say a message where "x" is greater then 3', 'Did you mean "is greater than"?'],
    ['say a message containing "x" "y"', 'is not a message'],
    ['say a message that does not contain "x"', 'no sentence says what a message has not'],
    ['say the red "x" message', 'is not a message'],
    ['Nobody acts', 'Nobody is not a valid name: write nobody where it is not one, or "Nobody" in quotes.'],
    ['the socket acts', '"the socket" is not a client: write a sentence such as «Ann is disconnected».'],
    ['everyone but everyone act', '"everyone" means nobody: no such client is connected now.'],
    ['Ann else act', '"Ann else" does not mean anybody: write everyone else.'],
  ] as const) {
    it(`refuses ${written}`, () => {
      expect(() => readings(written)).to.throw(UsageError, advice)
    })
  }

  describe('times, condition, close and connection', () => {
    it('match how people write them', () => {
      const times = ['once', 'twice', '3 times', 'three times'].map(
        (text) => values('often {times}', `often ${text}`)[0],
      )
      expect(times).to.deep.equal([1, 2, 3, 3])
      expect(values('it {condition}', 'it is at least 3')).to.deep.equal(['is at least 3'])
      for (const [text, close] of [
        ['with code 4001', { code: 4001, reason: undefined }],
        ['with reason "Bye"', { code: undefined, reason: 'Bye' }],
        ['with code 4001 and reason "Bye"', { code: 4001, reason: 'Bye' }],
      ] as const) {
        expect(values('ends {close}', `ends ${text}`)).to.deep.equal([close])
      }
    })

    it('a connection is that of those who are named, or of those before', () => {
      const world = new World()
      const { clients } = conversationOf(world)
      clients.resolveAll('Ann')
      for (const [text, name] of [
        ["Rob's connection", 'Rob'],
        ['the connection', 'Rob'],
        ['my connection', 'I'],
      ] as const) {
        clients.beginSentence()
        const [owners] = values('cut {connection}', `cut ${text}`, world) as [Client[]]
        expect(owners.map((client) => client.name)).to.deep.equal([name])
      }
    })

    for (const before of [['Rob'], ['Ann and Bob'], ['everyone but Rob'], ['Rob', 'everyone else'], ['everyone'], []]) {
      it(`a possessive means whom its pronoun means, after ${before.join(', then ') || 'no sentence'}`, () => {
        for (const [possessive, pronoun] of [
          ['his', 'he'],
          ['her', 'she'],
          ['its', 'it'],
          ['their', 'they'],
          ['the', 'they'],
        ]) {
          expect(namesOrProblem(`cut ${possessive} connection`, before), possessive).to.deep.equal(
            namesOrProblem(`${pronoun} act`, before),
          )
        }
      })
    }

    /** Whom a sentence means after these, where Ann, Bob and Rob are connected; or why it means nobody. */
    function namesOrProblem(text: string, before: string[]): string[] | string {
      const world = new World()
      const { clients } = conversationOf(world)
      for (const name of ['Ann', 'Bob', 'Rob']) clients.getOrCreate(name).state.isIntroduced = true
      for (const words of before) {
        clients.resolveAll(words)
        clients.beginSentence()
      }
      try {
        const [, named] = readings(text, world).at(-1) as [string, Client[]]
        return named.map(({ name }) => name)
      } catch (error) {
        return (error as UsageError).message
      }
    }
  })

  describe('duration', () => {
    for (const [written, ms] of [
      ['2 seconds', 2000],
      ['1 second', 1000],
      ['2s', 2000],
      ['1.5 s', 1500],
      ['200 ms', 200],
      ['200 milliseconds', 200],
      ['1 minute', 60_000],
      ['2 m', 120_000],
      ['0.5 hours', 1_800_000],
      ['0 s', 0],
      ['a second', 1000],
      ['an hour', 3_600_000],
      ['half an hour', 1_800_000],
      ['two seconds', 2000],
      ['second', 1000],
    ] as const) {
      it(`matches ${written}`, () => {
        expect(values('wait {duration}', `wait ${written}`)).to.deep.equal([ms])
      })
    }

    for (const written of ['2', 'twelve seconds', 'half', '-1 s', '1,5 s', '.5 s', '2  s', '2 fortnights']) {
      it(`does not match ${written}`, () => {
        expect(readings(`wait ${written}`)).to.be.empty
      })
    }
  })

  it('a pronoun says whose rule it is', () => {
    for (const pronoun of ['he', 'she', 'they', 'it', 'I']) {
      expect(values('{pronoun} answers', `${pronoun} answers`)).to.deep.equal([pronoun])
    }
    expect(readings('we answers')).to.be.empty
  })

  for (const [what, head, part, tail] of [
    ['opening brackets', 'say ', '{', ''],
    ['closing brackets', 'say {', '} ', '!'],
    ['quotes', 'say {', '"', ' after 2 x'],
    ['escaped quotes', 'say "', '\\"', ''],
    ['backslashes', 'say {"', '\\', ''],
    ['texts', 'say {', '"a" ', 'after 2 x'],
    ['spaces', 'say {}', ' ', '!'],
    ['beginnings of names', '', 'a-', ' act!'],
    ['names', 'Ann', ', Ann', ' act!'],
    ['quoted names', '"Ann"', ' and "Ann"', ' act!'],
    ['digits', 'wait ', '1', ' x'],
  ] as const) {
    it(`100 kB of ${what} are read through`, () => {
      expect(readings(head + part.repeat(100_000 / part.length) + tail).length).to.be.at.most(1)
    })
  }
})
