import { expect } from 'chai'
import { describeValue, NAMED_TEXTS, requireArgument, requireOptions, TEXT, WHOLE_NUMBER } from './arguments'
import { UsageError } from './errors'
import { readSettings } from './settings/settings'

describe('requireArgument', () => {
  it('says what an argument should be', () => {
    requireArgument('remember', 'path', 'a', TEXT)
    expect(() => requireArgument('remember', 'path', 3, TEXT)).to.throw(
      UsageError,
      'The argument path of remember should be a text, not 3.',
    )
  })
})

describe('requireOptions', () => {
  const kinds = { within: TEXT, times: WHOLE_NUMBER }

  it('lets options be left out', () => {
    requireOptions('send', {}, kinds)
    requireOptions('send', { times: undefined, within: '1s' }, kinds)
  })

  for (const [options, words] of [
    [{ whitin: '1s' }, 'There is no option "whitin" of send. Did you mean within?'],
    [{ constructor: 1 }, 'There is no option "constructor" of send. Write within or times.'],
    [{ times: 1.5 }, 'The option times of send should be a whole number, not 1.5.'],
    [null, 'The argument options of send should be an object, not null.'],
    ['1s', 'The argument options of send should be an object, not "1s".'],
    [[], 'The argument options of send should be an object, not a list.'],
  ] as const) {
    it(`refuses ${JSON.stringify(options)}`, () => {
      expect(() => requireOptions('send', options, kinds)).to.throw(UsageError, words)
    })
  }
})

describe('readable', () => {
  const { proxy: revoked, revoke } = Proxy.revocable([], {})
  revoke()
  const throwing = {
    get within() {
      throw new Error('boo\n1) forged')
    },
  }

  for (const [what, act, words] of [
    ['an argument', () => requireArgument('remember', 'path', revoked, TEXT), 'The argument path of remember'],
    ['options', () => requireOptions('send', revoked, {}), 'The argument options of send'],
    ['an option', () => requireOptions('send', throwing, { within: TEXT }), 'The argument options of send'],
    ['settings', () => readSettings(revoked as never), 'The settings in worldParameters.websocket'],
    ['a setting', () => readSettings({ url: 'ws://x', ...{ phrases: throwing } } as never), 'The settings in world'],
  ] as const) {
    it(`says that what throws cannot be read: ${what}`, () => {
      expect(act)
        .to.throw(UsageError, words)
        .with.property('message')
        .that.matches(/ cannot be read: .*(?:revoked|boo\\n1\) forged)\.$/)
    })
  }
})

describe('NAMED_TEXTS', () => {
  it('are texts by name, or pairs of texts', () => {
    const given = [{ a: 'x' }, {}, [['a', 'x']], [], { a: 1 }, [['a', 1]], [['a', 'x', 'y']], ['ax'], null, 'x']
    expect(given.map(NAMED_TEXTS.accepts)).to.deep.equal([
      ...[true, true, true, true],
      ...[false, false, false, false, false, false],
    ])
  })
})

describe('describeValue', () => {
  it('describes any value', () => {
    const values = ['x', () => {}, [1], {}, Object.create(null), null, undefined, Symbol('s'), 1n, Number.NaN]
    expect(values.map(describeValue)).to.deep.equal([
      ...['"x"', 'a function', 'a list', 'an object', 'an object', 'null', 'undefined', 'Symbol(s)', '1', 'NaN'],
    ])
  })
})
