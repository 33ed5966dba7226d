import { expect } from 'chai'
import { UsageError } from '../errors'
import { parsePath, setAtPath } from './path'

const order = {
  id: 7,
  customer: { name: 'Rob', 'first-name': 'Robert', 'e mail': null },
  items: [{ colour: 'red' }, { colour: 'blue' }],
  'a/b': { '~': 1 },
  '': 'nameless',
  Größe: 'XL',
}

describe('parsePath', () => {
  for (const [written, values] of [
    ['id', [7]],
    ['$.id', [7]],
    ['$', [order]],
    ['customer.name', ['Rob']],
    ["customer['name']", ['Rob']],
    ["['customer'].name", ['Rob']],
    ["customer['e mail']", [null]],
    ['customer.first-name', ['Robert']],
    ['Größe', ['XL']],
    ['items[0].colour', ['red']],
    ['items[-1].colour', ['blue']],
    ['items[*].colour', ['red', 'blue']],
    ["items[?@.colour == 'blue'].colour", ['blue']],
    ['$..colour', ['red', 'blue']],
    ['/id', [7]],
    ['/items/1/colour', ['blue']],
    ['/a~1b/~0', [1]],
    ['/', ['nameless']],
    ['customer.age', []],
    ['items[2]', []],
    ['id.name', []],
    ['/customer/age', []],
    ['/items/-', []],
    ['toString', []],
    ['/constructor', []],
  ] as const) {
    it(`${written} means ${values.length === 0 ? 'nothing here' : JSON.stringify(values).slice(0, 40)}`, () => {
      expect(parsePath(written).select(order)).to.deep.equal(values)
    })
  }

  it('accepts a leading dot, as in jq', () => {
    expect(parsePath('.id').select({ id: 7, customer: { id: 8 } })).to.deep.equal([7])
  })

  it('finds nothing in a text, a number or null, except for $, the value itself', () => {
    for (const value of ['text', 3, null, true]) {
      expect(parsePath('$').select(value)).to.deep.equal([value])
      expect(parsePath('length').select(value)).to.deep.equal([])
      expect(parsePath('/length').select(value)).to.deep.equal([])
    }
  })

  it('finds values however deep', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(1000)}{"colour":"red"}${'}'.repeat(1000)}`)
    expect(parsePath('$..colour').select(deep)).to.deep.equal(['red'])
  })

  it('keeps the source', () => {
    expect(['id', '$.id', '/id'].map((written) => parsePath(written).source)).to.deep.equal(['id', '$.id', '/id'])
  })

  for (const written of ['', 'a.', 'a[', 'user name', '0', '$type', 'a..']) {
    it(`refuses "${written}"`, () => {
      expect(() => parsePath(written)).to.throw(
        UsageError,
        / is not a valid path: .+\. Write it like payload\.message, items\[0\]\.colour, items\[\*\]\.colour, \['first-name'\] or \/payload\/message\.$/,
      )
    })
  }
})

describe('setAtPath', () => {
  for (const [written, before, after] of [
    ['$', undefined, 'x'],
    ['$', { a: 1 }, 'x'],
    ['a', undefined, { a: 'x' }],
    ['a', null, { a: 'x' }],
    ['a.b', undefined, { a: { b: 'x' } }],
    ['a.b', { a: { c: 1 } }, { a: { c: 1, b: 'x' } }],
    ['a', { a: 1 }, { a: 'x' }],
    ['a[0].b', undefined, { a: [{ b: 'x' }] }],
    ['a[1]', { a: [1] }, { a: [1, 'x'] }],
    ['a[0]', { a: [1, 2] }, { a: ['x', 2] }],
    ['/a/0/b', undefined, { a: [{ b: 'x' }] }],
    ['/a/1', { a: [1] }, { a: [1, 'x'] }],
    ['/a/10', { a: Array(11).fill(0) }, { a: Array(11).fill(0).with(10, 'x') }],
    ['/a/100', { a: Array(100).fill(0) }, { a: [...Array(100).fill(0), 'x'] }],
    ['/a/07', undefined, { a: { '07': 'x' } }],
    ['/0', { a: 1 }, { a: 1, 0: 'x' }],
    ["['']", undefined, { '': 'x' }],
    ['__proto__.a', undefined, JSON.parse('{"__proto__":{"a":"x"}}')],
    ['constructor.a', undefined, { constructor: { a: 'x' } }],
  ] as const) {
    it(`with ${written} makes ${JSON.stringify(after).slice(0, 40)} of ${JSON.stringify(before)?.slice(0, 40) ?? 'nothing'}`, () => {
      const root = before === undefined ? undefined : JSON.parse(JSON.stringify(before))
      expect(JSON.stringify(setAtPath(root, parsePath(written), 'x'))).to.equal(JSON.stringify(after))
    })
  }

  for (const [written, before, words] of [
    ['a[*]', {}, '"a[*]" means several places, and a value has one: write each in a row of its own.'],
    ['$..a', {}, '"$..a" means several places, and a value has one: write each in a row of its own.'],
    ['a.b', { a: 'text' }, '"a.b" does not fit "text": there is no place for "b".'],
    ['a.b', { a: [1] }, '"a.b" does not fit [1]: there is no place for "b".'],
    ['a[1]', {}, '"a[1]" does not fit []: there is no place for 1.'],
    ['/a/00', { a: [1] }, '"/a/00" does not fit [1]: there is no place for "00".'],
    ['a[-1]', { a: [1] }, '"a[-1]" does not fit [1]: there is no place for -1.'],
  ] as const) {
    it(`refuses ${written} in ${JSON.stringify(before)}`, () => {
      expect(() => setAtPath(JSON.parse(JSON.stringify(before)), parsePath(written), 'x')).to.throw(UsageError, words)
    })
  }

  it('shows only the beginning of a long text in its error', () => {
    expect(() => setAtPath({ a: 'x'.repeat(5000) }, parsePath('a.b'), 1)).to.throw(UsageError, /^.{300,500}$/)
  })
})
