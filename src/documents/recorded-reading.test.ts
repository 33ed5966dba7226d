import { expect } from 'chai'
import { recordReading } from './recorded-reading'

describe('recordReading', () => {
  it('tells whether what was read is the same, and what was missing is still missing', () => {
    const files = new Map([['a.json', '{}']])
    const read = (path: string): string => {
      const text = files.get(path)
      if (text === undefined) throw new Error(`There is no ${path}.`)
      return text
    }
    const reading = recordReading(read)
    expect(reading.read('a.json')).to.equal('{}')
    expect(() => reading.read('b.json')).to.throw('There is no b.json.')
    expect(reading.isUnchanged(read)).to.equal(true)
    files.set('c.json', '{}')
    expect(reading.isUnchanged(read)).to.equal(true)
    files.set('b.json', '{}')
    expect(reading.isUnchanged(read)).to.equal(false)
    files.delete('b.json')
    files.set('a.json', '[]')
    expect(reading.isUnchanged(read)).to.equal(false)
    files.delete('a.json')
    expect(reading.isUnchanged(read)).to.equal(false)
  })
})
