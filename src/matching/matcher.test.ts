import { expect } from 'chai'
import { unhandledRejectionsDuring } from '../../test/support/failures'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import {
  anyBytes,
  anyMessage,
  callPredicate,
  displayValue,
  guardMatcher,
  type Matcher,
  type MessageContent,
} from './matcher'

const messages = [new Message(1, 0, ''), new Message(2, 0, '{"type":"ping"}'), new Message(3, 0, Buffer.from([1]))]

describe('anyMessage', () => {
  it('accepts every message', () => {
    expect(messages.every((message) => anyMessage.accepts(message))).to.equal(true)
  })

  it('finds no difference', () => {
    expect(messages.map((message) => anyMessage.compare?.(message).distance)).to.deep.equal([0, 0, 0])
  })

  it('describes itself', () => {
    expect(anyMessage.describe()).to.equal('any message')
  })
})

describe('anyBytes', () => {
  it('accepts what is binary, and describes itself', () => {
    expect(messages.map((message) => anyBytes.accepts(message))).to.deep.equal([false, false, true])
    expect(anyBytes.describe()).to.equal('a binary message')
  })
})

describe('guardMatcher', () => {
  it('gives the matcher copies: what it changes, no sentence sees', () => {
    const sorts = ({ json }: MessageContent) => (json as { list: number[] }).list.sort()[0] === 1
    const sorting = guardMatcher({
      describe: () => 'sorted',
      accepts: sorts,
      compare: (message) => ({ distance: Number(sorts(message)), expected: 1, actual: 2 }),
    })
    const message = new Message(1, 0, '{"list":[2,1]}')
    expect(sorting.accepts(message)).to.equal(true)
    expect(sorting.compare?.(message).distance).to.equal(1)
    expect(message.json).to.deep.equal({ list: [2, 1] })
    const content: MessageContent = { text: undefined, json: { list: [1] }, bytes: undefined }
    expect(sorting.accepts(content)).to.equal(true)
  })

  const [message] = messages as [Message]
  const matcher = (accepts: () => unknown) => guardMatcher({ describe: () => 'a taxi', accepts } as Matcher)

  it('keeps description, decision and comparison', () => {
    const difference = { distance: 0.5, expected: 'taxi', actual: 'bus' }
    const careful = guardMatcher({ describe: () => 'a taxi', accepts: () => true, compare: () => difference })
    expect([careful.describe(), careful.accepts(message), careful.compare?.(message)]).to.deep.equal([
      'a taxi',
      true,
      difference,
    ])
    expect(matcher(() => false)).not.to.have.property('compare')
  })

  it('requires a description', () => {
    expect(() => guardMatcher({ accepts: () => true } as unknown as Matcher)).to.throw(
      UsageError,
      'A matcher needs a function `describe` that returns its description, beside `accepts`.',
    )
  })

  it('requires true or false', () => {
    expect(() => matcher(() => undefined).accepts(message)).to.throw(
      UsageError,
      'The matcher «a taxi» should say true or false, not undefined.',
    )
  })

  it('leaves no unhandled rejection of a promise in the place of true or false', async () => {
    const rejections = await unhandledRejectionsDuring(async () => {
      const late = () => Promise.reject(new Error('too late')) as never
      expect(() => matcher(late).accepts(message)).to.throw(UsageError, 'should say true or false, not an object.')
    })
    expect(rejections).to.deep.equal([])
  })

  it('names a matcher whose description or comparison throws, and keeps its error as the cause', () => {
    const problem = new TypeError('no wheels')
    const fail = () => {
      throw problem
    }
    expect(() => guardMatcher({ describe: fail, accepts: () => true }))
      .to.throw(UsageError, 'The function `describe` of a matcher failed: no wheels')
      .with.property('cause', problem)
    const careful = guardMatcher({ describe: () => 'a taxi', accepts: () => true, compare: fail })
    expect(() => careful.compare?.(message))
      .to.throw(UsageError, 'The matcher «a taxi» failed: no wheels')
      .with.property('cause', problem)
  })

  it('requires a description that is a text, and a comparison that is one', () => {
    expect(() => guardMatcher({ describe: () => 3 as never, accepts: () => true })).to.throw(
      UsageError,
      'The function `describe` of a matcher should say a text, not 3.',
    )
    for (const difference of [undefined, null, {}] as never[]) {
      const vague = guardMatcher({ describe: () => 'a taxi', accepts: () => true, compare: () => difference })
      expect(() => vague.compare?.(message)).to.throw(UsageError, 'The matcher «a taxi» should say a difference, not ')
    }
  })

  it('names a matcher that throws, and keeps its error as the cause', () => {
    const problem = new TypeError('no wheels')
    const careful = matcher(() => {
      throw problem
    })
    expect(() => careful.accepts(message))
      .to.throw(UsageError, 'The matcher «a taxi» failed: no wheels')
      .with.property('cause', problem)
  })
})

describe('callPredicate', () => {
  const asking = (thrown: unknown) => () =>
    callPredicate('The taxi', () => {
      throw thrown
    })

  it('throws a UsageError of the function as it is', () => {
    expect(asking(new UsageError('There is no taxi.'))).to.throw(UsageError, /^There is no taxi\.$/)
  })

  it('names the function if it throws anything else', () => {
    expect(asking('no wheels')).to.throw(UsageError, 'The taxi failed: no wheels')
  })
})

describe('displayValue', () => {
  for (const [data, shown] of [
    ['{"type":"ping"}', { type: 'ping' }],
    ['null', null],
    ['Hello', 'Hello'],
    ['', ''],
    [Buffer.from([0xde, 0xad]), 'dead'],
  ] as const) {
    it(`is ${JSON.stringify(shown)} for ${typeof data === 'string' ? `"${data}"` : 'its bytes'}`, () => {
      expect(displayValue(new Message(1, 0, data))).to.deep.equal(shown)
    })
  }
})
