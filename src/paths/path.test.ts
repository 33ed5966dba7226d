import { expect } from 'chai'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import { parsePath } from './path'

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
    ['/#id', []],
    ['/customer/#name', []],
    ['/items/#0', []],
    ['/items/length', []],
    ['/items/00', []],
    ['/items/2', []],
    ['/id/0', []],
    ['/a~1b/~0/0', []],
  ] as const) {
    it(`${written} means ${values.length === 0 ? 'nothing here' : JSON.stringify(values).slice(0, 40)}`, () => {
      expect(parsePath(written).select(order)).to.deep.equal(values)
    })
  }

  it('unescapes a pointer once, from left to right (RFC 6901, section 4)', () => {
    expect(parsePath('/m~01').select({ 'm~1': 3, 'm/': 4 })).to.deep.equal([3])
  })

  it('keeps an index that JavaScript would round as a name', () => {
    expect(parsePath('/9007199254740993').steps).to.deep.equal(['9007199254740993'])
  })

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

  for (const written of ['', 'a.', 'a[', 'user name', '0', '$type', 'a..', '/m~2', '/m~', '/~~']) {
    it(`refuses "${written}"`, () => {
      expect(() => parsePath(written)).to.throw(
        UsageError,
        / is not a valid path: .+\. Write it like payload\.message, items\[0\]\.colour, items\[\*\]\.colour, \['first-name'\] or \/payload\/message\.$/,
      )
    })
  }
})

describe('parsePath, of filters', () => {
  it('compares numbers by their value, also those that JavaScript would round', () => {
    const { json } = new Message(
      1,
      0,
      '{"a":[{"id":9007199254740993,"other":9007199254740992},{"id":12,"other":12.0}]}',
    )
    for (const [path, found] of [
      ['a[?@.id == 9007199254740993].id', ['9007199254740993']],
      ['a[?@.id == 9007199254740992].id', []],
      ['a[?@.id > 9007199254740992].id', ['9007199254740993']],
      ['a[?@.id < 1e400].id', ['9007199254740993', '12']],
      ['a[?12345678901234567 < @.id].id', []],
      ['a[?@.id == @.other].id', ['12']],
      ['a[?@.id >= 0.12345678901234567e2].id', ['9007199254740993']],
      ['a[0].id', ['9007199254740993']],
    ] as const) {
      expect(parsePath(path).select(json).map(String), path).to.deep.equal(found)
    }
    expect(parsePath('$..*').select(json)).to.have.length(7)
  })

  it('compares decimals, also those below one', () => {
    const items = { a: [{ p: 0.25 }, { p: 0.5 }, { p: 10.5 }, { p: '0.5' }] }
    for (const [path, found] of [
      ['a[?@.p<0.5].p', [0.25]],
      ['a[?@.p==0.5].p', [0.5]],
      ['a[?@.p>0.05 && @.p<=0.50].p', [0.25, 0.5]],
      ['a[?@.p==10.5].p', [10.5]],
      ["a[?@.p=='0.5'].p", ['0.5']],
      ['a[?@.p>-0.5 && @.p<5e-1].p', [0.25]],
      ['a[?@.p>0.0 && @.p<0.05E1].p', [0.25]],
      ['a[?@.p>0e1 && @.p<0e5].p', []],
      ['a[?@.p>=-0.0 && @.p<=0.025e1].p', [0.25]],
    ] as const) {
      expect(parsePath(path).select(items), path).to.deep.equal(found)
    }
  })
})
