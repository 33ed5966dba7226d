import { expect } from 'chai'
import { registerRedaction } from '../redaction'
import { excerpt, hexExcerpt, quoted } from './excerpt'

describe('excerpt', () => {
  it('keeps a short text', () => {
    expect(excerpt('x'.repeat(300))).to.equal('x'.repeat(300))
  })

  it('cuts a long text, and says how long it is', () => {
    expect(excerpt('x'.repeat(301))).to.equal(`${'x'.repeat(300)}… (301 characters)`)
  })

  it('cuts at another length', () => {
    expect(excerpt('Hello, world!', { length: 5 })).to.equal('Hello… (13 characters)')
  })

  it('shows no secret where others before it made room for it', () => {
    const [one, other] = ['hunter2'.repeat(10_000), 'hunter3']
    const hide = (text: string) => text.replaceAll(one, '-').replaceAll(other, '=')
    const nothing = () => {}
    const stop = registerRedaction({
      learn: nothing,
      learnFromText: nothing,
      learnFromAddress: nothing,
      learnFromCommand: nothing,
      hide,
    })
    expect(excerpt(`${one}${'x'.repeat(250)}${other}${'y'.repeat(300_000)}`)).to.equal(
      `-${'x'.repeat(250)}=${'y'.repeat(48)}… (300252 characters)`,
    )
    stop()
  })

  it('cuts between characters, never within one', () => {
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
    it(`escapes ${visible}`, () => {
      expect(excerpt(`a${invisible}b`)).to.equal(`a${visible}b`)
    })
  }

  it('keeps quotes, backslashes and letters of all scripts', () => {
    expect(excerpt('"Zoë" \\ 李 🙂')).to.equal('"Zoë" \\ 李 🙂')
  })

  it('quoted: puts the excerpt in quotes', () => {
    expect(quoted('Hello')).to.equal('"Hello"')
    expect(quoted('x'.repeat(301))).to.equal(`"${'x'.repeat(300)}… (301 characters)"`)
  })

  it('hexExcerpt: writes hexadecimal digits', () => {
    expect(hexExcerpt(Buffer.from('deadbeef', 'hex'))).to.equal('bytes deadbeef')
  })

  it('hexExcerpt: cuts many bytes, and says how many there are', () => {
    expect(hexExcerpt(Buffer.alloc(150))).to.equal(`bytes ${'00'.repeat(150)}`)
    expect(hexExcerpt(Buffer.alloc(151))).to.equal(`bytes ${'00'.repeat(150)}… (151 bytes)`)
  })

  for (const encoding of ['utf8', 'latin1'] as const) {
    it(`hexExcerpt: shows no secret in ${encoding}`, () => {
      const secret = 'é"ünter'
      const hide = (text: string) => text.replaceAll(secret, '-')
      const nothing = () => {}
      const stop = registerRedaction({
        learn: nothing,
        learnFromText: nothing,
        learnFromAddress: nothing,
        learnFromCommand: nothing,
        hide,
      })
      expect(hexExcerpt(Buffer.from(`a ${secret}`, encoding))).to.match(/^\d+ bytes with something that is not shown$/)
      stop()
    })
  }
})
