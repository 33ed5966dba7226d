import { randomUUID } from 'node:crypto'
import { supportCodeLibraryBuilder } from '@cucumber/cucumber'
import { expect } from 'chai'

describe('explainAtExit', () => {
  it('prints what to write instead of the steps of a dry run that nobody defines', () => {
    supportCodeLibraryBuilder.reset('', randomUUID)
    supportCodeLibraryBuilder.methods.defineStep('{word} naps', () => {})
    supportCodeLibraryBuilder.methods.defineStep(/^it (?:rains|snows)$/, () => {})
    for (const file of Object.keys(require.cache).filter((path) => path.includes('suggestions/explanations')))
      delete require.cache[file]
    const before = process.listeners('exit')
    require('./explanations').explainAtExit()
    const added = process.listeners('exit').filter((listener) => !before.includes(listener))
    const { stepDefinitions } = supportCodeLibraryBuilder.finalize()
    for (const step of ['Rob naps', 'it snows', 'Rob napps', 'the LED is red', 'there is hail']) {
      for (const { expression } of stepDefinitions) expression.match(step)
    }
    const printed: unknown[] = []
    const { error } = console
    console.error = (line) => void printed.push(line)
    try {
      for (const listener of added) listener(0)
    } finally {
      console.error = error
      for (const listener of added) process.off('exit', listener)
    }
    expect(printed).to.deep.equal([
      '\nNo sentence says: Rob napps\nDid you mean: Rob naps',
      '\nNo sentence says: the LED is red\nNo sentence looks at a user interface: say what the client receives, or write a step of your own.',
    ])
  })
})
