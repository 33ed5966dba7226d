import { expect } from 'chai'
import { parseUrl } from './url'

describe('URLs', () => {
  it('are read alone or beside a base, and are undefined where they are not valid', () => {
    expect(parseUrl('ws://bücher.example/')?.host).to.equal('xn--bcher-kva.example')
    expect(parseUrl('/chat', 'ws://localhost/')?.href).to.equal('ws://localhost/chat')
    expect(parseUrl('/chat')).to.equal(undefined)
  })
})
