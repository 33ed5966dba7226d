/** Matchers and expectations that a project has written itself: a mistake in one is said in words, and never makes a sentence pass. */

import { expect } from 'chai'
import { type Failure, failureOf, unhandledRejectionsDuring } from '../../test/support/failures'
import { type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import { ExpectationError, UsageError } from '../errors'
import { atMost, regularly, repeatedly } from '../expectations/expect-count'
import { eitherMessage, everythingUpTo, message, messageWithout, nextMessage } from '../expectations/expect-one'
import { lastMessage, messageAfter, messageBefore, nextAfter } from '../expectations/expect-order'
import { consecutively, exactlyBefore, inAnyOrder, inOrder, messageCount } from '../expectations/expect-several'
import { silence } from '../expectations/expect-silence'
import type { Expectation } from '../inbox/expectation'
import { anyMessage, type Matcher } from '../matching/matcher'

const fail = (thrown: unknown) => () => {
  throw thrown
}

/** What a function of a project may do wrong, and how that is said. */
const MISTAKES: Readonly<Record<string, readonly [act: () => unknown, words: string]>> = {
  'returns a promise': [async () => true, ' should say true or false, not an object.'],
  'returns a promise that is rejected': [
    () => Promise.reject(new Error('No.')),
    ' should say true or false, not an object.',
  ],
  'returns nothing': [() => undefined, ' should say true or false, not undefined.'],
  'returns a text': [() => 'yes', ' should say true or false, not "yes".'],
  throws: [fail(new TypeError('No wheels')), ' failed: No wheels'],
  'throws a text': [fail('No wheels'), ' failed: No wheels'],
  'throws null': [fail(null), ' failed: null'],
  'throws undefined': [fail(undefined), ' failed: undefined'],
  'throws an object': [fail({ a: 1 }), ' failed: an object'],
  'throws a symbol': [fail(Symbol('x')), ' failed: Symbol(x)'],
  'throws an object that cannot become a text': [fail(Object.create(null)), ' failed: an object'],
  'throws a list of which something could be mistaken': [fail([{ reason: 'x' }]), ' failed: a list'],
}

const NOTHING: Matcher = { describe: () => 'nothing', accepts: () => false }

/** Everything that takes a matcher. */
const EXPECTATIONS: Readonly<Record<string, (matcher: Matcher) => Expectation>> = {
  message,
  nextMessage,
  everythingUpTo,
  silence,
  inOrder: (matcher) => inOrder([matcher]),
  inAnyOrder: (matcher) => inAnyOrder([matcher]),
  consecutively: (matcher) => consecutively([matcher]),
  'exactlyBefore, in its list': (matcher) =>
    exactlyBefore([matcher], { describe: () => 'b', accepts: ({ text }) => text === 'b' }),
  'exactlyBefore, at its end': (matcher) => exactlyBefore([], matcher),
  messageWithout: (matcher) => messageWithout(matcher, anyMessage),
  'messageWithout, what is not wanted': (matcher) => messageWithout(NOTHING, matcher),
  'eitherMessage, the one': (matcher) => eitherMessage(matcher, NOTHING),
  'eitherMessage, the other': (matcher) => eitherMessage(NOTHING, matcher),
  messageBefore: (matcher) => messageBefore(matcher, anyMessage),
  'messageBefore, what follows': (matcher) => messageBefore(anyMessage, matcher),
  messageAfter: (matcher) => messageAfter(matcher, anyMessage),
  'messageAfter, what comes before': (matcher) => messageAfter(anyMessage, matcher),
  nextAfter: (matcher) => nextAfter(matcher, anyMessage),
  'nextAfter, what comes before': (matcher) => nextAfter(anyMessage, matcher),
  lastMessage,
  repeatedly: (matcher) => repeatedly(matcher, 2),
  atMost: (matcher) => atMost(matcher, 0),
  regularly: (matcher) => regularly(matcher, 1000),
}

describe('A matcher of a project', () => {
  let rob: Client
  let server: FakeServer

  beforeEach(async () => {
    const started = startConversation()
    server = started.server
    rob = started.conversation.client('Rob')
    await rob.connect()
  })

  for (const [name, make] of Object.entries(EXPECTATIONS)) {
    for (const [mistake, [accepts, words]] of Object.entries(MISTAKES)) {
      it(`is named if it ${mistake}: ${name}`, async () => {
        const rejections = await unhandledRejectionsDuring(async () => {
          for (const isUnread of [true, false]) {
            if (isUnread) server.to('Rob').sends('a', 'b')
            const failing = failureOf(() => rob.expect(make({ describe: () => 'a taxi', accepts: accepts as never })))
            if (!isUnread) server.to('Rob').sends('a', 'b')
            expectUsageError(await failing, `The matcher «a taxi»${words}`)
            rob.catchUp()
          }
        })
        expect(rejections).to.deep.equal([])
      })
    }

    it(`must have a description: ${name}`, () => {
      for (const describe of [fail('No.'), () => 3]) {
        expect(() => make({ describe: describe as never, accepts: () => true })).to.throw(UsageError, /^The function/)
      }
    })
  }

  it('meets an expectation if it does what it should', async () => {
    server.to('Rob').sends('a', 'b')
    const [first] = await rob.expect(inOrder([{ describe: () => 'b', accepts: ({ text }) => text === 'b' }]))
    expect(first?.text).to.equal('b')
  })

  it('is asked for itself', async () => {
    class Taxi implements Matcher {
      constructor(private readonly name: string) {}
      describe = () => 'a taxi'
      accepts({ text }: { text: string | undefined }) {
        return text === this.name
      }
      compare() {
        return { distance: 0, expected: this.name, actual: 'b' }
      }
    }
    server.to('Rob').sends('b')
    const failure = await failureOf(() => rob.expect(nextMessage(new Taxi('a'))))
    expect([failure.expected, failure.actual]).to.deep.equal(['a', 'b'])
  })

  it('must be what an expression of a project becomes', () => {
    const expression = { describe: () => 'a taxi', toSend: () => 'x', toMatcher: () => 5 as never }
    for (const act of [() => rob.matcher(expression), () => rob.when(expression)]) {
      expect(act).to.throw(
        UsageError,
        'The function `toMatcher` of a message expression should return a matcher, not 5.',
      )
    }
  })
})

describe('An expectation of a project', () => {
  let rob: Client
  let server: FakeServer

  beforeEach(async () => {
    const started = startConversation({ timeout: 50 })
    server = started.server
    rob = started.conversation.client('Rob')
    await rob.connect()
  })

  const progress = { consider: () => undefined }
  for (const [mistake, [start, words]] of Object.entries<readonly [() => unknown, string]>({
    'starts with nothing': [() => null, 'should say an object with a function `consider`, not null.'],
    'starts with a promise': [async () => progress, 'should say an object with a function `consider`, not an object.'],
    'starts with an object': [() => ({}), 'should say an object with a function `consider`, not an object.'],
    'throws when it starts': [fail(null), 'failed: null'],
    'throws at a message': [() => ({ consider: fail('No.') }), 'failed: No.'],
    'says a number': [
      () => ({ consider: () => 5 }),
      'should say the messages that meet it, { reason: "…" } if none can any more, or undefined, not 5.',
    ],
    'says null': [() => ({ consider: () => null }), 'or undefined, not null.'],
    'says a reason that is none': [() => ({ consider: () => ({ reason: 5 }) }), 'or undefined, not an object.'],
    'says messages that are none': [() => ({ consider: () => [{}] }), 'or undefined, not a list.'],
    'says a promise': [() => ({ consider: () => Promise.reject(new Error('No.')) }), 'or undefined, not an object.'],
  })) {
    it(`is named if it ${mistake}`, async () => {
      server.to('Rob').sends('a')
      const rejections = await unhandledRejectionsDuring(async () => {
        const failure = await failureOf(() => rob.expect({ goal: 'find a taxi', start: start as never }))
        expectUsageError(failure, 'The expectation «find a taxi» ')
        expect(failure.message).to.contain(words)
      })
      expect(rejections).to.deep.equal([])
    })
  }

  it('fails by itself, and not another one, if it cannot say whether it depends on what that one reads', async () => {
    const wrong = { goal: 'find a taxi', start: () => ({ ...progress, dependsOn: fail('No.') }) }
    const failing = failureOf(() => rob.expect(wrong, { within: 5000 }))
    server.to('Rob').sends('a')
    expect((await rob.receives('a')).text).to.equal('a')
    expectUsageError(await failing, 'The expectation «find a taxi» failed: No.')
  })

  it('is told without what is missing, if it cannot say that', async () => {
    for (const missing of [() => 5 as never, fail('No.')]) {
      const failure = await failureOf(() =>
        rob.expect({ goal: 'find a taxi', start: () => ({ ...progress, missing }) }),
      )
      expect(failure).to.be.instanceOf(ExpectationError)
      expect(failure.message).to.match(/^Rob did not find a taxi within 50 ms\.\nRob has received no message/)
    }
  })

  it('is met, or fails, as it says', async () => {
    server.to('Rob').sends('a')
    const reason = 'should find a taxi'
    const failing = { goal: 'find a taxi', start: () => ({ consider: () => ({ reason }) }) }
    expect((await failureOf(() => rob.expect(failing))).message).to.match(/^Rob should find a taxi\.\n/)
    const met: Expectation = { goal: 'find a taxi', start: () => ({ consider: (received) => [received] }) }
    expect((await rob.expect(met)).map(({ text }) => text)).to.deep.equal(['a'])
  })

  it('starts again without a message that another one has read', async () => {
    const counting = rob.expect(messageCount(2))
    server.to('Rob').sends('a')
    await rob.receives('a')
    server.to('Rob').sends('b', 'c')
    expect((await counting).map(({ text }) => text)).to.deep.equal(['b', 'c'])
  })
})

function expectUsageError(failure: Failure, words: string): void {
  expect(failure).to.be.instanceOf(UsageError)
  expect(failure.message).to.contain(words)
}
