/** How long texts are cut, and what of two values is shown side by side. */

import { expect } from 'chai'
import { comparable, excerpt, hexExcerpt, quoted } from './excerpt'

describe('an excerpt', () => {
  it('is the whole of a short text', () => {
    expect(excerpt('x'.repeat(300))).to.equal('x'.repeat(300))
  })

  it('is the beginning of a long text, and says how long that is', () => {
    expect(excerpt('x'.repeat(301))).to.equal(`${'x'.repeat(300)}… (301 characters)`)
  })

  it('may be shorter', () => {
    expect(excerpt('Hello, world!', 5)).to.equal('Hello… (13 characters)')
  })

  it('cuts between letters, never through one', () => {
    expect(excerpt('🙂🙂🙂', 3)).to.be.oneOf(['🙂… (6 characters)', '🙂🙂… (6 characters)'])
  })

  for (const [invisible, visible] of [
    ['\n', '\\n'],
    ['\r\n', '\\r\\n'],
    ['\t', '\\t'],
    ['\u0000', '\\u0000'],
    ['\u001b[31m', '\\u001b[31m'],
    ['\u007f', '\\u007f'],
    ['\u009b31m', '\\u009b31m'],
    ['\u2028', '\\u2028'],
  ] as const) {
    it(`makes ${visible} visible`, () => {
      expect(excerpt(`a${invisible}b`)).to.equal(`a${visible}b`)
    })
  }

  it('leaves quotes, backslashes and letters of all scripts as they are', () => {
    expect(excerpt('"Zoë" \\ 李 🙂')).to.equal('"Zoë" \\ 李 🙂')
  })

  it('of a phrase stands in quotes', () => {
    expect(quoted('Hello')).to.equal('"Hello"')
    expect(quoted('x'.repeat(301))).to.equal(`"${'x'.repeat(300)}… (301 characters)"`)
  })

  it('of bytes is in hexadecimal digits', () => {
    expect(hexExcerpt(Buffer.from('deadbeef', 'hex'))).to.equal('bytes deadbeef')
  })

  it('of many bytes says how many there are', () => {
    expect(hexExcerpt(Buffer.alloc(150))).to.equal(`bytes ${'00'.repeat(150)}`)
    expect(hexExcerpt(Buffer.alloc(151))).to.equal(`bytes ${'00'.repeat(150)}… (151 bytes)`)
  })
})

describe('a comparison', () => {
  const [long, longer] = ['x'.repeat(1000), 'x'.repeat(2000)]

  it('leaves short values as they are', () => {
    for (const [expected, actual] of [
      ['Hello', 'Hullo'],
      [1, '1'],
      [{ a: [1, { b: 'x' }] }, { a: [2, { b: 'y' }], c: null }],
      [[1, 2], [1]],
      [undefined, {}],
    ]) {
      expect(comparable(expected, actual)).to.deep.equal({ expected, actual })
    }
  })

  it('leaves texts of up to 300 letters as they are, wherever they differ', () => {
    const [expected, actual] = [`${'x'.repeat(299)}\n`, `${'x'.repeat(299)}!`]
    expect(comparable(expected, actual)).to.deep.equal({ expected, actual })
  })

  it('cuts a long text beside a short one', () => {
    const cut = `${'x'.repeat(300)}… (2000 characters)`
    expect(comparable(longer, 'Hello')).to.deep.equal({ expected: cut, actual: 'Hello' })
  })

  it('cuts long texts that are the same to their end', () => {
    const end = `…${'x'.repeat(100)}`
    expect(comparable({ a: long, b: 1 }, { a: long, b: 2 })).to.deep.equal({
      expected: { a: end, b: 1 },
      actual: { a: end, b: 2 },
    })
  })

  it('cuts long texts to the surroundings of their first difference', () => {
    expect(comparable(`${long}Hello`, `${long}Hullo`)).to.deep.equal({
      expected: `…${'x'.repeat(99)}Hello`,
      actual: `…${'x'.repeat(99)}Hullo`,
    })
  })

  it('says how long a text is as a whole', () => {
    expect(comparable(`${long}a${long}`, `${long}b`)).to.deep.equal({
      expected: `…${'x'.repeat(100)}a${'x'.repeat(199)}… (2001 characters)`,
      actual: `…${'x'.repeat(100)}b`,
    })
  })

  it('shows texts that differ early from their beginning', () => {
    expect(comparable('Hello', longer)).to.deep.equal({
      expected: 'Hello',
      actual: `${'x'.repeat(300)}… (2000 characters)`,
    })
  })

  it('cuts long texts in lists and objects, too', () => {
    expect(comparable({ a: [`${long}!`] }, { a: [`${long}?`] })).to.deep.equal({
      expected: { a: [`…${'x'.repeat(100)}!`] },
      actual: { a: [`…${'x'.repeat(100)}?`] },
    })
  })

  it('cuts a long text that has nothing beside it', () => {
    const cut = `${'x'.repeat(300)}… (1000 characters)`
    expect(comparable(3, long)).to.deep.equal({ expected: 3, actual: cut })
    expect(comparable({}, { a: long })).to.deep.equal({ expected: {}, actual: { a: cut } })
    expect(comparable('Hello', { a: [long] })).to.deep.equal({ expected: 'Hello', actual: { a: [cut] } })
  })

  it('takes names like constructor and __proto__ for names', () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      const car = JSON.parse(`{ "${name}": "Ferrari" }`)
      expect(JSON.stringify(comparable({}, car))).to.equal(JSON.stringify({ expected: {}, actual: car }))
      expect(Object.hasOwn(comparable({}, car).expected as object, name)).to.equal(false)
    }
  })
})
