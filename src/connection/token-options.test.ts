import { expect } from 'chai'
import { UsageError } from '../errors'
import { tokenOptions } from './token-options'

describe('tokenOptions', () => {
  it('puts the token wherever the setting has it, and leaves the rest', () => {
    expect(
      tokenOptions(
        {
          headers: { Authorization: 'Bearer ${token}', Accept: 'a' },
          parameters: [
            ['token', '${token}'],
            ['both', '${token}-${token}'],
          ],
          cookies: { session: '${token}' },
          subprotocols: ['chat.v2', 'token.${token}'],
        },
        'abc',
      ),
    ).to.deep.equal({
      headers: { Authorization: 'Bearer abc', Accept: 'a' },
      parameters: [
        ['token', 'abc'],
        ['both', 'abc-abc'],
      ],
      cookies: { session: 'abc' },
      subprotocols: ['chat.v2', 'token.abc'],
    })
  })

  it('takes a token as it is, also one that looks like a replacement', () => {
    for (const token of ['$&', '$1', '${client}', '']) {
      expect(tokenOptions({ headers: { a: '${token}' } }, token)).to.deep.equal({ headers: { a: token } })
    }
  })

  it('leaves what is not a text as it is', () => {
    const template = { headers: { a: 1, b: null, c: undefined } } as never
    expect(tokenOptions(template, 'abc')).to.deep.equal(template)
  })

  it('throws a UsageError without the setting', () => {
    expect(() => tokenOptions(undefined, 'abc')).to.throw(
      UsageError,
      "Where a token stands is not known. Write to worldParameters.websocket: token: { headers: { Authorization: 'Bearer ${token}' } }, " +
        'or the same with parameters, cookies or subprotocols.',
    )
  })
})
