/** What each marker stands for, and what is said of a text that only looks like one. */

import { expect } from 'chai'
import { Mistake } from './errors'
import { ABSENT, defineMarker, markerOf } from './markers'
import { regularExpression } from './regular-expression'

const values = {
  text: 'Rob',
  'an empty text': '',
  'a number': 3,
  false: false,
  null: null,
  'a list': [1, 2, 3],
  'an empty list': [],
  'an object': { a: 1 },
  nothing: ABSENT,
}

const meant: Record<string, (keyof typeof values)[]> = {
  '#string': ['text', 'an empty text'],
  '#number': ['a number'],
  '#boolean': ['false'],
  '#array': ['a list', 'an empty list'],
  '#object': ['an object'],
  '#null': ['null'],
  '#notnull': ['text', 'an empty text', 'a number', 'false', 'a list', 'an empty list', 'an object'],
  '#present': ['text', 'an empty text', 'a number', 'false', 'null', 'a list', 'an empty list', 'an object'],
  '#notpresent': ['nothing'],
  '#ignore': Object.keys(values) as (keyof typeof values)[],
  '#[3]': ['a list'],
  '#[0]': ['an empty list'],
  '#regex ^R.b$': ['text'],
  '#uuid': [],
  '#date-time': [],
  '#email': [],
  '#uri': [],
}

describe('a marker', () => {
  for (const [marker, accepted] of Object.entries(meant)) {
    it(`${marker} stands for ${accepted.join(', ') || 'none of the simple values'}`, () => {
      const found = Object.entries(values).filter(([, value]) => markerOf(marker)?.(value))
      expect(found.map(([name]) => name)).to.deep.equal(accepted)
    })
  }

  for (const [marker, text, otherText] of [
    ['#uuid', 'c9bf9e57-1685-4c89-bafb-ff5af830be8a', 'c9bf9e57'],
    ['#date-time', '2026-03-01T10:30:00.5+01:00', '2026-03-01'],
    ['#email', 'rob@example.org', 'rob@'],
    ['#uri', 'wss://example.org/chat?x=1', '/chat'],
    ['#regex \\d{3}', 'call 911!', 'call me'],
    ['#regex ^\\p{Lu}', 'Änne', 'änne'],
  ] as const) {
    it(`${marker} stands for ${text}, not for ${otherText}`, () => {
      expect(markerOf(marker)?.(text)).to.equal(true)
      expect(markerOf(marker)?.(otherText)).to.equal(false)
    })
  }

  it('is the same however often it is asked for', () => {
    const marker = markerOf('#regex ^a')
    expect([marker?.('ab'), marker?.('ab'), markerOf('#regex ^a')?.('ab')]).to.deep.equal([true, true, true])
  })

  it('is none of the values and texts that do not begin with #', () => {
    for (const value of ['string', ' #string', '', 3, null, undefined, ['#string'], {}]) {
      expect(markerOf(value)).to.equal(undefined)
    }
  })
})

describe('a text that looks like a marker and is none', () => {
  it('is told with all that are, and with the way to write it', () => {
    expect(() => markerOf('#offtopic')).to.throw(
      Mistake,
      '"#offtopic" is no marker. The markers are #string #number #boolean #array #object #null #notnull #present ' +
        '#notpresent #ignore #uuid #date-time #email #uri #[3] #regex ^a.*z$.\n' +
        'For a text that begins with # write "#regex ^#offtopic$".',
    )
  })

  for (const [written, hint] of [
    ['#strnig', '#string'],
    ['#String', '#string'],
    ['#datetime', '#date-time'],
    ['#[x]', '#[3]'],
    ['#notPresent', '#notpresent'],
  ] as const) {
    it(`comes with a hint: ${written} may mean ${hint}`, () => {
      expect(() => markerOf(written)).to.throw(Mistake, `"${written}" is no marker. Did you mean ${hint}? The markers`)
    })
  }

  for (const written of ['#offtopic', '#1.2', '#a (b) [c] {d}', '#a*b+c?', '#^$', '#a|b/c\\d']) {
    it(`can be written in JSON as is advised: ${written}`, () => {
      const advice = /^For a text that begins with # write (".*")\.$/m.exec(complaint(written))?.[1] ?? ''
      expect(markerOf(JSON.parse(advice))?.(written)).to.equal(true)
      expect(markerOf(JSON.parse(advice))?.(`${written}!`)).to.equal(false)
    })
  }

  it('may be a regular expression that is none', () => {
    expect(() => markerOf('#regex (')).to.throw(Mistake, /^"\(" is no regular expression: .*Unterminated group\.$/)
  })
})

describe('a regular expression', () => {
  it('is read as Unicode', () => {
    expect(regularExpression('^.$').test('🙂')).to.equal(true)
    expect(() => regularExpression('^(a+)+$').test(`${'a'.repeat(60)}!`)).to.throw(
      Mistake,
      'The regular expression "^(a+)+$" takes too long on a text of 61 characters. Nested repetitions like (a+)+',
    )
    expect(() => regularExpression('\\-')).to.throw(Mistake, /^"\\-" is no regular expression: /)
  })

  it('may have several repetitions', () => {
    const pattern = regularExpression('^a+b+$')
    expect([pattern.test('aab'), pattern.test('aa')]).to.deep.equal([true, false])
  })

  it('is stopped if it would run for ever', () => {
    expect(() => regularExpression('^(a+)+$').test(`${'a'.repeat(50)}!`)).to.throw(
      Mistake,
      'The regular expression "^(a+)+$" takes too long on a text of 51 characters. ' +
        'Nested repetitions like (a+)+ are the likeliest cause: write it without them.',
    )
  }).timeout(10_000)
})

function complaint(written: string): string {
  try {
    markerOf(written)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

describe('a marker of one’s own', () => {
  it('stands for the values that it accepts', () => {
    defineMarker('#plate', (actual) => actual === undefined || /^B-/.test(String(actual)))
    const plate = markerOf('#plate')
    expect([plate?.('B-TX 42'), plate?.('taxi'), plate?.(ABSENT)]).to.deep.equal([true, false, true])
    expect(() => markerOf('#plane')).to.throw(Mistake, 'Did you mean #plate?')
  })

  it('has a name of its own', () => {
    defineMarker('#price', (actual) => typeof actual === 'number')
    expect(() => defineMarker('#price', () => true)).to.throw(Mistake, 'There is a marker #price already.')
    for (const name of ['#string', '#regex']) {
      expect(() => defineMarker(name, () => true)).to.throw(Mistake, `There is a marker ${name} already.`)
    }
  })

  it('is a function that says true or false', () => {
    expect(() => defineMarker('#none', undefined as never)).to.throw(Mistake, 'The marker #none needs a function')
    defineMarker('#vague', (() => 'yes') as never)
    expect(() => markerOf('#vague')?.(1)).to.throw(Mistake, 'The marker #vague should say true or false, not yes.')
    defineMarker('#broken', (actual) => (actual as string).startsWith('B'))
    expect(() => markerOf('#broken')?.(1)).to.throw(Mistake, 'The marker #broken failed: actual.startsWith is not')
  })

  for (const name of ['plate', '#', '#[3]', '#regex x', '#1', '# plate']) {
    it(`is not called ${name}`, () => {
      expect(() => defineMarker(name, () => true)).to.throw(Mistake, 'Write it like #plate.')
    })
  }
})
