/** How long texts are cut. */

import { expect } from 'chai'
import { excerpt, hexExcerpt, quoted } from './excerpt'

describe('excerpt', () => {
  it('is the whole of a short text', () => {
    expect(excerpt('x'.repeat(300))).to.equal('x'.repeat(300))
  })

  it('is the beginning of a long text, and says how long that is', () => {
    expect(excerpt('x'.repeat(301))).to.equal(`${'x'.repeat(300)}… (301 characters)`)
  })

  it('may be shorter', () => {
    expect(excerpt('Hello, world!', { length: 5 })).to.equal('Hello… (13 characters)')
  })

  it('cuts between letters, never through one', () => {
    expect(excerpt('🙂🙂🙂', { length: 3 })).to.be.oneOf(['🙂… (6 characters)', '🙂🙂… (6 characters)'])
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
