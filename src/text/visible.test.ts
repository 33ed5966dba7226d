import { expect } from 'chai'
import { escapeAllButAscii, escapeInvisible, lookAlike } from './visible'

describe('escapeInvisible', () => {
  for (const [invisible, visible] of [
    ['\u0000\u0007\u001b[2J\r\n', '\\u0000\\u0007\\u001b[2J\\r\\n'],
    ['\u009b31m\u2028', '\\u009b31m\\u2028'],
    ['\u202e\u202c\u2066\u2069\u200e\u200f\u061c', '\\u202e\\u202c\\u2066\\u2069\\u200e\\u200f\\u061c'],
    ['\u200b\u2060\ufeff\u00ad\u3164', '\\u200b\\u2060\\ufeff\\u00ad\\u3164'],
    ['a\u200db\u200cc', 'a\\u200db\\u200cc'],
    ['👩\u200d', '👩\\u200d'],
    ['\u{e0041}\u{e0062}', '\\udb40\\udc41\\udb40\\udc62'],
    ['a\ufe0f\ufe01\u{e0100}', 'a\\ufe0f\\ufe01\\udb40\\udd00'],
    ['a\u180bb', 'a\\u180bb'],
    ['ᠠ\u180b\u180d\u180f\u180e', 'ᠠ\u180b\\u180d\\u180f\\u180e'],
    ['葛\u{e0100}\u{e0101}', '葛\u{e0100}\\udb40\\udd01'],
    ['❤\ufe0f\ufe0f', '❤\ufe0f\\ufe0f'],
    ['\u2800', '\\u2800'],
    ['𓀀\u{13430}\u{1343f}𓀀', '𓀀\\ud80d\\udc30\\ud80d\\udc3f𓀀'],
    ['\u{1d159}\u{16fe4}', '\\ud834\\udd59\\ud81b\\udfe4'],
    ['half \ud83d', 'half \\ud83d'],
    ['\ufff9', '\\ufff9'],
    ['\ufdd0', '\\ufdd0'],
    ['\uffff', '\\uffff'],
  ] as const) {
    it(`writes ${visible}`, () => {
      expect(escapeInvisible(`<${invisible}>`)).to.equal(`<${visible}>`)
    })
  }

  for (const text of [
    'Zoë 李 Ωμέγα Привет שלום مرحبا नमस्ते 한국어',
    '👩‍👩‍👧 👩🏽‍🚀 🏳️‍🌈 ❤️‍🔥 1️⃣ 🇩🇪 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    'می‌خواهم क्‍ष ශ්‍රී',
    'ᠠ᠋ 葛\u{e0100}',
  ]) {
    it(`leaves what people write: ${text}`, () => {
      expect(escapeInvisible(text)).to.equal(text)
    })
  }

  it('keeps what it is told to', () => {
    expect(escapeInvisible('a\n\tb\u202e', '\n\t')).to.equal('a\n\tb\\u202e')
  })
})

describe('lookAlike', () => {
  it('is false for the same text, and for others that differ', () => {
    expect(lookAlike('a', 'a')).to.equal(false)
    expect(lookAlike('a', 'b')).to.equal(false)
    expect(lookAlike('a\u200b', 'a')).to.equal(true)
  })

  it('escapeAllButAscii tells them apart', () => {
    expect(escapeAllButAscii('a\u200b\\é😀')).to.equal('a\\u200b\\\\\\u00e9\\ud83d\\ude00')
  })
})
