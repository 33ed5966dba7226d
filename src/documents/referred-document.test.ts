/** The paths and addresses of documents that others refer to. */

import { expect } from 'chai'
import { UsageError } from '../errors'
import { addressOf } from './document-source'
import { referredDocument } from './referred-document'

describe('referredDocument', () => {
  for (const [path, reference, target, id] of [
    ['s/a.json', 't/b.json', 's/u/t/b.json', 'file:///s/u/a.json'],
    ['s/a.json', 'b.json#/c', 's/b.json'],
    ['s/a.json', '../b.json', 'b.json'],
    ['s/a.json', '/b.json', 'b.json'],
    ['s/a.json', 'b%20c.json', 's/b c.json'],
    ['http://h/s/a.json', 'b.json', 'http://h/s/b.json'],
    ['http://h/s/a.json', '../b.json', 'http://h/b.json'],
    ['http://h/s/a.json', '/b.json', 'http://h/b.json'],
    ['http://h/s/a.json', 't/b.json', 'http://h/s/u/t/b.json', 'http://h/s/u/a.json'],
    ['http://h/s/a.json', 'http://h/b.json', 'http://h/b.json'],
    ['http://h/s/a.json', '//h/b.json?c', 'http://h/b.json?c'],
    ['http://h/s?name=a', 's?name=b', 'http://h/s?name=b'],
    ['http://h/s?name=a', '?name=b', 'http://h/s?name=b'],
    ['http://h/s?name=a', '/s?name=b/../c//d', 'http://h/s?name=b/../c//d'],
    ['http://h/s?name=a', 's?name=b/../c//d', 'http://h/s?name=b/../c//d'],
    ['http://h/s/a:b', './c:d', 'http://h/s/c:d'],
  ] as const) {
    it(`is ${target} for ${reference} in ${path}${id === undefined ? '' : `, which is ${id}`}`, () => {
      const own = new URL(addressOf(path))
      expect(referredDocument({ reference, path, own, base: new URL(id ?? own) }, 'It')).to.equal(target)
    })
  }

  for (const [path, reference] of [
    ['a.json', 'http://h/b.json'],
    ['a.json', '//h/b.json'],
    ['http://h/a.json', 'http://g/b.json'],
    ['http://h/a.json', '//g/b.json'],
    ['http://h/a.json', 'file:///b.json'],
  ] as const) {
    it(`is nothing for ${reference} in ${path}`, () => {
      const own = new URL(addressOf(path))
      expect(() => referredDocument({ reference, path, own, base: own }, 'It')).to.throw(UsageError, 'It refers to ')
    })
  }
})
