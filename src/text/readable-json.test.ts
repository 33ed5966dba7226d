import { expect } from 'chai'
import fc from 'fast-check'
import { registerRedaction } from '../redaction'
import { Secrets } from '../secrets/secrets'
import { messageExcerpt } from './excerpt'
import { readableJson } from './readable-json'

describe('readableJson', () => {
  for (const [what, json, readable] of [
    ['letters', String.raw`{"\u0438\u043c\u044f": "Gr\u00f6\u00dfe"}`, '{"имя": "Größe"}'],
    ['a pair of surrogates', String.raw`["\ud83d\udd27 Echo"]`, '["🔧 Echo"]'],
    ['what needs no escape', String.raw`"\u003cb\u003e \u0041\u0020"`, '"<b> A "'],
    ['upper and lower case', String.raw`"\u00E9\u00e9"`, '"éé"'],
  ] as const) {
    it(`shows ${what}`, () => {
      expect(readableJson(json)).to.equal(readable)
    })
  }

  it('shows the beginning of a long text, without parsing it, where it begins like JSON', () => {
    const rest = String.raw`\u00e9`.repeat(20_000)
    expect(readableJson(`["${rest}`)).to.match(/^\["é{5000}.*\\u00e9$/s)
    expect(readableJson(`-${rest}`)).to.equal(`-${rest}`)
    expect(readableJson(String.raw`["\u00e9\ug"` + rest)).to.match(/^\["é\\ug"é/)
  })

  for (const [what, json] of [
    ['quotes and backslashes', String.raw`"\u0022\u005c \" \\"`],
    ['controls', String.raw`"\u0000\u001b\u007f\u009b\n"`],
    ['blanks that are others', String.raw`"\u00a0\u2003\u3000\u2028"`],
    ['halves of surrogate pairs', String.raw`["\ud83d", "\udd27\ud83d"]`],
    ['what no font has', String.raw`"\ue000\uffff"`],
    ['what stands behind an escaped backslash', String.raw`"\\u0041\\\\u0041"`],
    ['a text that is not JSON', String.raw`C:\u0041`],
    ['what only begins like JSON', String.raw`{"a": "\u0041"`],
  ] as const) {
    it(`leaves ${what} as they are`, () => {
      expect(readableJson(json)).to.equal(json)
    })
  }

  it('messageExcerpt: leaves what cannot be seen escaped, but where a script or emoji need it', () => {
    expect(messageExcerpt(String.raw`"a\u200bb \u202e \u0646\u200c\u0645 \u2764\ufe0f"`)).to.equal(
      String.raw`"a\u200bb \u202e ${'\u0646\u200c\u0645 \u2764\ufe0f'}"`,
    )
  })

  it('messageExcerpt: is JSON that means the same', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), (json) => {
        const escaped = json.replace(
          /[^\x20-\x7e]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        )
        fc.pre(readableJson(escaped).length <= 300)
        expect(JSON.parse(messageExcerpt(escaped))).to.deep.equal(JSON.parse(json))
      }),
    )
  })

  it('messageExcerpt: shows no secret, in whatever way it is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 4, maxLength: 20 }), (secret) => {
        fc.pre(!'[redacted]{"token":"note"}'.includes(JSON.stringify(secret).slice(1, -1)))
        const secrets = new Secrets(['$.token'])
        const stop = registerRedaction(secrets)
        try {
          const units = Array.from({ length: secret.length }, (_, at) => secret.charCodeAt(at))
          const escaped = units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
          secrets.learnFromText(`{"token":"${escaped}"}`)
          const shown = messageExcerpt(`{"token":"${escaped}","note":"${escaped}"}`)
          expect(shown).to.equal('{"token":"[redacted]","note":"[redacted]"}')
        } finally {
          stop()
        }
      }),
    )
  })
})
