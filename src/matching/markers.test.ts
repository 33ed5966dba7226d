import { expect } from 'chai'
import { UsageError } from '../errors'
import { ExactNumber } from '../json/exact-number'
import { ABSENT } from '../json/json-value'
import { defineMarker, markerFor } from './markers'

const values = {
  text: 'Rob',
  'an empty text': '',
  'a number': 3,
  'an exact number': new ExactNumber('9007199254740993'),
  false: false,
  null: null,
  'a list': [1, 2, 3],
  'an empty list': [],
  'an object': { a: 1 },
  nothing: ABSENT,
}

const meant: Record<string, (keyof typeof values)[]> = {
  '#string': ['text', 'an empty text'],
  '#number': ['a number', 'an exact number'],
  '#boolean': ['false'],
  '#array': ['a list', 'an empty list'],
  '#object': ['an object'],
  '#null': ['null'],
  '#notnull': ['text', 'an empty text', 'a number', 'an exact number', 'false', 'a list', 'an empty list', 'an object'],
  '#present': [
    'text',
    'an empty text',
    'a number',
    'an exact number',
    'false',
    'null',
    'a list',
    'an empty list',
    'an object',
  ],
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

describe('Markers', () => {
  for (const [marker, accepted] of Object.entries(meant)) {
    it(`${marker} stands for ${accepted.join(', ') || 'none of the simple values'}`, () => {
      const found = Object.entries(values).filter(([, value]) => markerFor(marker)?.(value))
      expect(found.map(([name]) => name)).to.deep.equal(accepted)
    })
  }

  for (const [marker, text, otherText] of [
    ['#uuid', 'c9bf9e57-1685-4c89-bafb-ff5af830be8a', 'c9bf9e57'],
    ['#uuid', 'C9BF9E57-1685-4C89-BAFB-FF5AF830BE8A', 'urn:uuid:c9bf9e57-1685-4c89-bafb-ff5af830be8a'],
    ['#date-time', '2026-03-01T10:30:00.5+01:00', '2026-03-01'],
    ['#email', 'rob@example.org', 'rob@'],
    ['#uri', 'wss://example.org/chat?x=1', '/chat'],
    ['#regex \\d{3}', 'call 911!', 'call me'],
    ['#regex ^\\p{Lu}', 'Änne', 'änne'],
  ] as const) {
    it(`${marker} stands for ${text}, not for ${otherText}`, () => {
      expect(markerFor(marker)?.(text)).to.equal(true)
      expect(markerFor(marker)?.(otherText)).to.equal(false)
    })
  }

  it('are the same however often they are looked up', () => {
    const marker = markerFor('#regex ^a')
    expect([marker?.('ab'), marker?.('ab'), markerFor('#regex ^a')?.('ab')]).to.deep.equal([true, true, true])
  })

  it('are not values and texts that do not begin with #', () => {
    for (const value of ['string', ' #string', '', 3, null, undefined, ['#string'], {}]) {
      expect(markerFor(value)).to.equal(undefined)
    }
  })
})

describe('markerFor, given an unknown marker', () => {
  it('lists the known markers, and how to write the text itself', () => {
    expect(() => markerFor('#offtopic')).to.throw(
      UsageError,
      '"#offtopic" is not a known marker. The markers are #string #number #boolean #array #object #null #notnull #present ' +
        '#notpresent #ignore #uuid #date-time #email #uri #[3] #regex ^a.*z$ ' +
        '#> 100 #>= 100 #< 100 #<= 100 #!= 100 #between 1 and 5 #contains lo #startsWith He #endsWith lo #/^he/i.\n' +
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
    it(`suggests ${hint} for ${written}`, () => {
      expect(() => markerFor(written)).to.throw(
        UsageError,
        `"${written}" is not a known marker. Did you mean ${hint}? The markers`,
      )
    })
  }

  for (const written of ['#offtopic', '#1.2', '#a (b) [c] {d}', '#a*b+c?', '#^$', '#a|b/c\\d']) {
    it(`advises a way to write the text in JSON that works: ${written}`, () => {
      const advice = /^For a text that begins with # write (".*")\.$/m.exec(errorMessage(written))?.[1] ?? ''
      expect(markerFor(JSON.parse(advice))?.(written)).to.equal(true)
      expect(markerFor(JSON.parse(advice))?.(`${written}!`)).to.equal(false)
    })
  }

  it('refuses an invalid regular expression', () => {
    expect(() => markerFor('#regex (')).to.throw(
      UsageError,
      /^"\(" is not a valid regular expression: .*Unterminated group\.$/,
    )
  })
})

describe('defineMarker', () => {
  it('defines a marker by a function', () => {
    defineMarker('#plate', (actual) => actual === undefined || /^B-/.test(String(actual)))
    const plate = markerFor('#plate')
    expect([plate?.('B-TX 42'), plate?.('taxi'), plate?.(ABSENT)]).to.deep.equal([true, false, true])
    expect(() => markerFor('#plane')).to.throw(UsageError, 'Did you mean #plate?')
  })

  it('gives the function a copy, which it may change', () => {
    defineMarker('#ordered', (actual) => (actual as number[]).sort()[0] === 1)
    const list = [2, 1, new ExactNumber('9007199254740993')]
    expect(markerFor('#ordered')?.(list)).to.equal(true)
    expect(list.map(String)).to.deep.equal(['2', '1', '9007199254740993'])
  })

  it('refuses a name that is taken', () => {
    defineMarker('#price', (actual) => typeof actual === 'number')
    expect(() => defineMarker('#price', () => true)).to.throw(UsageError, 'There is a marker #price already.')
    for (const name of ['#string', '#regex']) {
      expect(() => defineMarker(name, () => true)).to.throw(UsageError, `There is a marker ${name} already.`)
    }
  })

  it('needs a function that returns true or false', () => {
    expect(() => defineMarker('#none', undefined as never)).to.throw(UsageError, 'The marker #none needs a function')
    defineMarker('#vague', (() => 'yes') as never)
    expect(() => markerFor('#vague')?.(1)).to.throw(
      UsageError,
      'The marker #vague should say true or false, not "yes".',
    )
    defineMarker('#broken', (actual) => (actual as string).startsWith('B'))
    expect(() => markerFor('#broken')?.(1)).to.throw(UsageError, 'The marker #broken failed: actual.startsWith is not')
  })

  for (const name of ['plate', '#', '#[3]', '#regex x', '#1', '# plate']) {
    it(`refuses the name ${name}`, () => {
      expect(() => defineMarker(name, () => true)).to.throw(UsageError, 'Write it like #plate.')
    })
  }
})

function errorMessage(written: string): string {
  try {
    markerFor(written)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}
