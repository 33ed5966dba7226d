import { expect } from 'chai'
import { ConnectionError, ExpectationError } from '../errors'
import { DeferredErrors } from './deferred-errors'

describe('DeferredErrors', () => {
  let errors: DeferredErrors

  beforeEach(() => {
    errors = new DeferredErrors()
  })

  it('throws nothing if there is none', () => {
    errors.throwAll()
  })

  it('throws a single error as it is, and only once', () => {
    const error = new ConnectionError('Ann lost the connection.')
    errors.add(error)
    expect(() => errors.throwAll()).to.throw(error)
    errors.throwAll()
  })

  it('throws what somebody was told and swallowed, once the sentence has passed nevertheless', () => {
    const error = new ConnectionError('Ann lost the connection.')
    errors.addThrown(error)
    errors.throwAll()
    errors.sentencePassed()
    expect(() => errors.throwAll()).to.throw(error)
    errors.sentencePassed()
    errors.throwAll()
  })

  it('keeps no more than a hundred, however many there are', () => {
    for (let count = 0; count < 200; count++) {
      add(`${count}`)
      errors.addThrown(new Error(`thrown ${count}`))
    }
    expect(() => errors.throwAll()).to.throw(/… and 95 more$/)
    errors.sentencePassed()
    expect(() => errors.throwAll()).to.throw(/^thrown 0\n.*… and 95 more$/s)
  })

  it('throws several errors as one', () => {
    add('one', 'two')
    expect(() => errors.throwAll()).to.throw(ExpectationError, /^one\n\ntwo$/)
  })

  it('shows equal messages once, and no more than five', () => {
    add('1', '2', '2', '3', '4', '5', '6', '7')
    expect(() => errors.throwAll()).to.throw(/^1\n\n2\n\n3\n\n4\n\n5\n\n… and 2 more$/)
  })

  it('shows all of five messages', () => {
    add('1', '2', '3', '4', '5')
    expect(() => errors.throwAll()).to.throw(/^1\n\n2\n\n3\n\n4\n\n5$/)
  })

  function add(...messages: string[]): void {
    for (const message of messages) errors.add(new Error(message))
  }
})
