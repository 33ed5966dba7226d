import { expect } from 'chai'
import { UsageError } from '../errors'
import { optionalPackage } from './optional-package'

describe('A package that a protocol needs', () => {
  it('is loaded', () => {
    expect(optionalPackage('pigeon', 'coop', () => 'birds')).to.equal('birds')
  })

  it('is told with how to install it if it is missing', () => {
    const name = 'no-such-coop'
    expect(() => optionalPackage('pigeon', name, () => require(name))).to.throw(
      UsageError,
      'The protocol pigeon needs the package no-such-coop: npm install --save-dev no-such-coop',
    )
  })

  it('is not called missing if it is broken', () => {
    const load = () => {
      throw new SyntaxError('Unexpected bird')
    }
    expect(() => optionalPackage('pigeon', 'coop', load)).to.throw(SyntaxError, 'Unexpected bird')
  })
})
