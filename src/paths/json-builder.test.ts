import { expect } from 'chai'
import { UsageError } from '../errors'
import { JsonBuilder } from './json-builder'
import { parsePath } from './path'

describe('JsonBuilder', () => {
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
      expect(JSON.stringify(setAt(root, written, 'x'))).to.equal(JSON.stringify(after))
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
      expect(() => setAt(JSON.parse(JSON.stringify(before)), written, 'x')).to.throw(UsageError, words)
    })
  }

  it('shows only the beginning of a long text in its error', () => {
    expect(() => setAt({ a: 'x'.repeat(5000) }, 'a.b', 1)).to.throw(UsageError, /^.{300,500}$/)
  })

  it('leaves the base as it is', () => {
    const base = { a: { b: 1 } }
    setAt(base, 'a.b', 2)
    expect(base).to.deep.equal({ a: { b: 1 } })
  })

  for (const [first, second, value = 1] of [
    ['role', 'role'],
    ['role', '$.role'],
    ['role', "['role']"],
    ['role', '/role'],
    ['items[0]', '/items/0'],
    ['a.b', 'a'],
    ['a.b.c', 'a.b'],
    ['a', '$'],
    ['$', 'a', { a: 1 }],
    ['a', 'a.b', { b: 1 }],
    ['a', 'a.b.c', { b: { c: 1 } }],
    ['a', 'a[0]', [1]],
  ] as const) {
    it(`refuses ${second} after ${first}, as it would be lost`, () => {
      for (const base of [undefined, { role: 0, items: [0], a: { b: { c: 0 } } }]) {
        const builder = new JsonBuilder(base)
        builder.set(parsePath(first), value)
        expect(() => builder.set(parsePath(second), 2)).to.throw(
          UsageError,
          `"${second}" would replace what a row before it has set, which would be lost: write each place in one row.`,
        )
      }
    })
  }

  it('adds to a value that was set, which is no loss, and leaves that of a variable as it is', () => {
    const builder = new JsonBuilder()
    const order = { id: 1, tags: ['a'] }
    builder.set(parsePath('order'), order)
    builder.set(parsePath('order.amount'), 3)
    builder.set(parsePath('order.tags[1]'), 'b')
    expect(builder.value).to.deep.equal({ order: { id: 1, amount: 3, tags: ['a', 'b'] } })
    expect(order).to.deep.equal({ id: 1, tags: ['a'] })
  })

  it('replaces a part of a value that is a base of its own, once', () => {
    const builder = new JsonBuilder()
    builder.set(parsePath('order'), { id: 1, by: { name: 'Rob' } }, { isBase: true })
    for (const path of ['order.id', 'order.by.name']) builder.set(parsePath(path), 2)
    expect(builder.value).to.deep.equal({ order: { id: 2, by: { name: 2 } } })
    for (const path of ['order', 'order.id', 'order.by']) {
      expect(() => builder.set(parsePath(path), 3)).to.throw(UsageError, 'would replace what a row before it has set')
    }
  })
})

function setAt(base: unknown, path: string, value: unknown): unknown {
  const builder = new JsonBuilder(base)
  builder.set(parsePath(path), value)
  return builder.value
}
