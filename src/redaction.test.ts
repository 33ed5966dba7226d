import { expect } from 'chai'
import { UsageError } from './errors'
import { ExactNumber } from './json/exact-number'
import { type Redaction, redact, redactValue, registerRedaction } from './redaction'
import { excerpt, hexExcerpt } from './text/excerpt'

const hunter: Redaction = {
  learn: () => {},
  learnFromText: () => {},
  learnFromAddress: () => {},
  learnFromCommand: () => {},
  hide: (text) => text.replaceAll(/hunter\d|4711/g, '[redacted]'),
}

describe('registerRedaction', () => {
  it('applies to all texts that are shown, until it is stopped', () => {
    const stop = registerRedaction(hunter)
    try {
      expect(redact('hunter2')).to.equal('[redacted]')
      expect(excerpt('hunter2')).to.equal('[redacted]')
      expect(hexExcerpt(Buffer.from('hunter2'))).to.equal('7 bytes with something that is not shown')
      const error = new UsageError('It is hunter2.', {
        expected: { a: 'hunter2' },
        actual: ['hunter3', 4711, 12, new ExactNumber('1e4711')],
      })
      expect(error.message).to.equal('It is [redacted].')
      expect([error.expected, error.actual]).to.deep.equal([
        { a: '[redacted]' },
        ['[redacted]', '[redacted]', 12, '1e[redacted]'],
      ])
    } finally {
      stop()
    }
    expect(redact('hunter2')).to.equal('hunter2')
    expect(redactValue('hunter2')).to.equal('hunter2')
  })

  it('applies until each of those who have registered it has stopped it', () => {
    const [one, other] = [registerRedaction(hunter), registerRedaction(hunter)]
    one()
    one()
    expect(redact('hunter2')).to.equal('[redacted]')
    other()
    expect(redact('hunter2')).to.equal('hunter2')
  })

  it('applies before a text is cut, so that no half of a secret is left', () => {
    const stop = registerRedaction(hunter)
    try {
      expect(excerpt(`${'x'.repeat(297)}hunter2`)).to.match(/^x{297}\[re… \(307 characters\)$/)
    } finally {
      stop()
    }
  })

  it('keeps values without secrets', () => {
    const stop = registerRedaction(hunter)
    const date = new Date(0)
    try {
      expect(redactValue([null, undefined, true, date, { a: 1 }])).to.deep.equal([
        null,
        undefined,
        true,
        date,
        { a: 1 },
      ])
    } finally {
      stop()
    }
  })
})
