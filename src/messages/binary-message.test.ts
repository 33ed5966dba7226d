import { expect } from 'chai'
import { noFiles } from '../../test/support/fake-server'
import { accepts, messageContext, variables } from '../../test/support/message-context'
import { UsageError } from '../errors'
import { bytes, file } from './binary-message'

describe('bytes', () => {
  for (const digits of ['de ad be ef', 'DEADBEEF', ' dead\nbe  ef ', '', 'de ad ${end}']) {
    it(`are sent and expected: ${JSON.stringify(digits)}`, () => {
      const context = { ...messageContext(), variables: variables.with({ end: 'be ef' }) }
      const content = Buffer.from(digits === '' ? '' : 'deadbeef', 'hex')
      expect(bytes(digits).toSend(context)).to.deep.equal(content)
      expect(accepts(bytes(digits).toMatcher(context), content)).to.equal(true)
      expect(accepts(bytes(digits).toMatcher(context), Buffer.from('00', 'hex'))).to.equal(false)
    })
  }

  for (const digits of ['hello', 'd', 'de a', '0xde']) {
    it(`are refused if the digits are not valid: ${digits}`, () => {
      for (const use of [
        () => bytes(digits).toSend(messageContext()),
        () => bytes(digits).toMatcher(messageContext()),
      ]) {
        expect(use).to.throw(
          UsageError,
          `"${digits}" is not valid hexadecimal. Write two digits for each byte: "de ad be ef".`,
        )
      }
    })
  }

  it('are described by their digits, cut if there are many', () => {
    expect(bytes('de ad').describe()).to.equal('the bytes "de ad"')
    expect(bytes('de ad').toMatcher(messageContext()).describe()).to.equal('the bytes "de ad"')
    expect(bytes('00'.repeat(1000)).describe()).to.match(/^the bytes "0{300}… \(2000 characters\)"$/)
  })
})

describe('file', () => {
  const read: string[] = []
  const files = {
    ...noFiles,
    read: (path: string) => {
      read.push(path)
      return Buffer.from('GIF')
    },
  }
  const context = { ...messageContext(), files }

  it('is sent and expected as the bytes of the file, whose path may have variables', () => {
    expect(file('logo-${count}.gif').toSend(context)).to.deep.equal(Buffer.from('GIF'))
    expect(accepts(file('logo.gif').toMatcher(context), Buffer.from('GIF'))).to.equal(true)
    expect(accepts(file('logo.gif').toMatcher(context), 'GIF')).to.equal(false)
    expect(read.slice(0, 2)).to.deep.equal(['logo-3.gif', 'logo.gif'])
  })

  it('is described by its path', () => {
    expect(file('logo.gif').describe()).to.equal('the file "logo.gif"')
    expect(file('logo.gif').toMatcher(context).describe()).to.equal('the file "logo.gif"')
  })
})
