import { expect } from 'chai'
import { accepts, messageContext } from '../../test/support/message-context'
import { UsageError } from '../errors'
import { messageOfType, messageWhere } from './member-message'

describe('messageWhere', () => {
  for (const [path, condition, accepted, rejected] of [
    ['type', '"welcome"', { type: 'welcome', more: 1 }, { type: 'Welcome' }],
    ['type', "'welcome'", { type: 'welcome' }, {}],
    ['type', 'is "wel\\"come"', { type: 'wel"come' }, { type: 'welcome' }],
    ['type', 'is not "welcome"', { type: 'bye' }, { type: 'welcome' }],
    ['amount', '100', { amount: 100 }, { amount: '100' }],
    ['amount', 'is -1.5', { amount: -1.5 }, { amount: 1.5 }],
    ['amount', 'is greater than 100', { amount: 101 }, { amount: 100 }],
    ['amount', 'is greater than "${count}"', { amount: 4 }, { amount: 3 }],
    ['amount', 'is more than 100', { amount: 101 }, { amount: '101' }],
    ['amount', 'is less than 100', { amount: 99 }, { amount: 100 }],
    ['amount', 'is at least 100', { amount: 100 }, { amount: 99 }],
    ['amount', 'is at most 100', { amount: 100 }, { amount: 101 }],
    ['amount', 'is between 1 and 5', { amount: 5 }, { amount: 6 }],
    ['amount', 'is not 100', { amount: '100' }, {}],
    ['id', 'is "${digits}"', { id: '0042' }, { id: 42 }],
    ['id', 'is not "${digits}"', { id: 42 }, { id: '0042' }],
    ['id', 'is not "${count}"', { id: '3' }, { id: 3 }],
    ['id', 'is not "no. ${client}"', { id: 'Ann' }, { id: 'no. Ann "the cat"' }],
    ['id', 'is not "${blank}"', { id: 'x' }, { id: '\n x ' }],
    ['user.name', 'is "${client}"', { user: { name: 'Ann "the cat"' } }, { user: { name: 'Rob' } }],
    ['items[${count}]', '"x"', { items: [0, 1, 2, 'x'] }, { items: ['x'] }],
  ] as const) {
    it(`compares "${path}" ${condition}`, () => {
      const matcher = messageWhere(path, condition).toMatcher(messageContext())
      expect(accepts(matcher, accepted)).to.equal(true)
      expect(accepts(matcher, rejected)).to.equal(false)
      expect(accepts(matcher, 'welcome')).to.equal(false)
    })
  }

  it('describes itself', () => {
    expect(messageWhere('a', 'is at least 3').describe()).to.equal('a message where "a" is at least 3')
    expect(messageWhere('a', '"x"').describe()).to.equal('a message where "a" is "x"')
  })

  it('compares exact numbers by their digits', () => {
    const matcher = messageWhere('id', 'is greater than 9007199254740992').toMatcher(messageContext())
    expect(accepts(matcher, '{"id": 9007199254740993}')).to.equal(true)
    expect(accepts(matcher, '{"id": 9007199254740992}')).to.equal(false)
  })

  it('refuses a comparison that is unknown', () => {
    expect(() => messageWhere('a', 'is greater then 3')).to.throw(
      UsageError,
      '"is greater then" is not a known comparison. Did you mean "is greater than"?',
    )
    expect(() => messageWhere('a', 'is approximately 3')).to.throw(
      UsageError,
      '"is approximately" is not a known comparison. There are is, is greater than, is more than, is less than, ' +
        'is at least, is at most, is between, is not.',
    )
  })

  it('refuses a size that is not a number', () => {
    for (const [condition, numbers] of [
      ['is greater than "x"', 'a number'],
      ['is at least 1 and 5', 'a number'],
      ['is between 1', 'two numbers'],
      ['is between "1" and "5"', 'two numbers'],
    ] as const) {
      expect(() => messageWhere('a', condition)).to.throw(
        UsageError,
        ` does not compare with ${numbers}: write it like "is at least 100", or "is between 1 and 5".`,
      )
    }
  })

  it('refuses a condition without a value', () => {
    for (const condition of ['', 'is', 'is x', 'exists']) {
      expect(() => messageWhere('a', condition), condition).to.throw(UsageError, `"${condition}" compares with nothing`)
    }
  })

  it('cannot be sent', () => {
    expect(() => messageWhere('a', '3').toSend(messageContext())).to.throw(UsageError, 'can be expected, not sent')
  })
})

describe('messageOfType', () => {
  it('compares the member that the setting names', () => {
    const isByDefault = messageOfType('welcome').toMatcher(messageContext())
    expect(accepts(isByDefault, { type: 'welcome', more: 1 })).to.equal(true)
    expect(accepts(isByDefault, { type: 'bye' })).to.equal(false)
    const matcher = messageOfType('welcome').toMatcher({ ...messageContext(), typePath: 'meta.event' })
    expect(accepts(matcher, { meta: { event: 'welcome' } })).to.equal(true)
    expect(accepts(matcher, { type: 'welcome' })).to.equal(false)
  })

  it('takes the type as a text, also one that looks like a number', () => {
    const matcher = messageOfType('5').toMatcher(messageContext())
    expect(accepts(matcher, { type: '5' })).to.equal(true)
    expect(accepts(matcher, { type: 5 })).to.equal(false)
  })

  it('describes itself, and cannot be sent', () => {
    expect(messageOfType('welcome').describe()).to.equal('a message of type "welcome"')
    expect(messageOfType('welcome').toMatcher(messageContext()).describe()).to.equal('a message of type "welcome"')
    expect(() => messageOfType('welcome').toSend(messageContext())).to.throw(UsageError)
  })
})
