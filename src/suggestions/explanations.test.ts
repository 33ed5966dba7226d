import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
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

describe('explainInSnippets', () => {
  it('writes above a snippet what was meant, once, and nothing where nobody knows', () => {
    supportCodeLibraryBuilder.reset('', randomUUID)
    supportCodeLibraryBuilder.methods.defineStep('{word} naps', () => {})
    supportCodeLibraryBuilder.finalize()
    const cucumber = createRequire(require.resolve('@cucumber/cucumber'))
    const Builder = cucumber('./formatter/step_definition_snippet_builder').default
    const { build } = Builder.prototype
    for (const file of Object.keys(require.cache).filter((path) => path.includes('suggestions/explanations')))
      delete require.cache[file]
    Builder.prototype.build = ({ pickleStep }: { pickleStep: { text: string } }) => `snippet of ${pickleStep.text}`
    try {
      const { explainInSnippets } = require('./explanations')
      explainInSnippets()
      explainInSnippets()
      const snippetOf = (text: string) => Builder.prototype.build({ pickleStep: { text } })
      expect(snippetOf('Rob napps')).to.equal(
        '// Did you mean: Rob naps\n// Only if you mean something else:\nsnippet of Rob napps',
      )
      expect(snippetOf('there is hail')).to.equal('snippet of there is hail')
    } finally {
      Builder.prototype.build = build
    }
  })
})
