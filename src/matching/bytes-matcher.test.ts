import { expect } from 'chai'
import { Message } from '../inbox/message'
import { bytesEqualTo } from './bytes-matcher'

describe('bytesEqualTo', () => {
  const expected = bytesEqualTo(Buffer.from('deadbeef', 'hex'))

  it('accepts a message of exactly these bytes', () => {
    expect(expected.accepts(new Message(1, 0, Buffer.from('deadbeef', 'hex')))).to.equal(true)
    expect(bytesEqualTo(Buffer.alloc(0)).accepts(new Message(1, 0, Buffer.alloc(0)))).to.equal(true)
  })

  it('rejects other bytes, and texts', () => {
    const other = new Message(1, 0, Buffer.from('deadbe00', 'hex'))
    expect(expected.accepts(other)).to.equal(false)
    expect(expected.compare(other)).to.deep.equal({ distance: 0.25, expected: 'deadbeef', actual: 'deadbe00' })
    const more = new Message(1, 0, Buffer.from('deadbeef00000000', 'hex'))
    expect(expected.compare(more)).to.deep.equal({ distance: 0.5, expected: 'deadbeef', actual: 'deadbeef00000000' })
    const text = new Message(1, 0, 'deadbeef')
    expect(expected.accepts(text)).to.equal(false)
    expect(bytesEqualTo(Buffer.alloc(0)).compare(new Message(1, 0, Buffer.alloc(0))).distance).to.equal(0)
    expect(expected.compare(text)).to.deep.equal({ distance: 1, expected: 'deadbeef', actual: 'deadbeef' })
  })

  it('describes itself', () => {
    expect(expected.describe()).to.equal('the bytes deadbeef')
    expect(bytesEqualTo(Buffer.alloc(1), 'the file "a.png"').describe()).to.equal('the file "a.png"')
  })
})
