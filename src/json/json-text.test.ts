import { expect } from 'chai'
import { UsageError } from '../errors'
import { looksLikeJson, parseJson } from './json-text'

describe('parseJson', () => {
  it('gives its value', () => {
    expect(parseJson(' {"a": [null]} ')).to.deep.equal({ a: [null] })
  })

  it('shows the beginning of what is none', () => {
    expect(() => parseJson('{type: ping}')).to.throw(UsageError, /^\{type: ping\} is not valid JSON: /)
    expect(() => parseJson(`[${'x'.repeat(400)}`)).to.throw(
      UsageError,
      /^\[x{299}… \(401 characters\) is not valid JSON: /,
    )
  })

  it('is for what looks like it', () => {
    const written = ['{', ' \n[1]', '{nonsense', '"text"', '3', 'Hello {', '']
    expect(written.filter(looksLikeJson)).to.deep.equal(['{', ' \n[1]', '{nonsense'])
  })
})
