import { expect } from 'chai'
import { KnownTexts } from './known-texts'

const hidden = (texts: readonly string[], text: string) => {
  const known = new KnownTexts()
  for (const one of texts) known.add(one)
  return known.replaceIn(text, '#')
}

describe('known texts', () => {
  it('are found though they begin alike', () => {
    const texts = ['token-1', 'token-12', 'token-2', 'tokens', 'token', 'ticket']
    expect(hidden(texts, '<token-1> <token-12> <token-2> <tokens> <token> <ticket> <tok>')).to.equal(
      '<#> <#> <#> <#> <#> <#> <tok>',
    )
    expect(hidden(texts.toReversed(), '<token-1> <token-12> <token-22> <tokens>')).to.equal('<#> <#> <#2> <#>')
  })

  it('are one where they overlap, and two where they stand side by side', () => {
    expect(hidden(['abcd', 'cdef'], '<abcdef> <abcdcdef>')).to.equal('<#> <##>')
    expect(hidden(['aaaa'], '<aaaaaaa>')).to.equal('<#>')
  })

  it('are found by the longest of their spellings', () => {
    expect(hidden(['100%'], '<100%25> <100%>')).to.equal('<#> <#>')
    expect(hidden(['a\\b\\c'], '<a\\\\b\\\\c> <a\\b\\c>')).to.equal('<#> <#>')
  })

  it('may begin as one does that is looked for in another way', () => {
    const long = 'x'.repeat(20)
    expect(hidden([long, `${long.repeat(60)}!`], `<${long}> <${long.repeat(60)}!>`)).to.equal('<#> <#>')
    expect(hidden(['12.5', '12.5 dollars', '12'], '<12.500> <12.5 dollars> <12> <123>')).to.equal('<#> <#> <#> <123>')
  })

  it('may have half letters, which stand as a sign where they are encoded', () => {
    expect(hidden(['\ud83dabc'], '<\ud83dabc> <\\ud83dabc> <%EF%BF%BDabc> <\\ud83d\\u0061bc>')).to.equal(
      '<#> <#> <#> <#>',
    )
    expect(hidden(['😀 ä '], '<😀 ä > <\\ud83d\\ude00+\\u00e4 > <%F0%9F%98%80%20%c3%a4+>')).to.equal('<#> <#> <#>')
  })

  it('are not found in escapes that mean nothing', () => {
    expect(hidden(['abcd'], '<%C3bcd> <%FFabc> <\\u00g1bcd> <\\> <%> <%6> <\\u006')).to.equal(
      '<%C3bcd> <%FFabc> <\\u00g1bcd> <\\> <%> <%6> <\\u006',
    )
  })

  it('are none, or kept once', () => {
    const known = new KnownTexts()
    known.add('')
    expect(known.areSome).to.equal(false)
    known.add('abcd')
    known.add('abcd')
    expect([known.areSome, known.has('abcd'), known.has('abc')]).to.deep.equal([true, true, false])
  })
})
