import { randomUUID } from 'node:crypto'
import { supportCodeLibraryBuilder } from '@cucumber/cucumber'
import { expect } from 'chai'

describe('defineSentences', () => {
  const { prepareStackTrace, stackTraceLimit } = Error

  afterEach(() => {
    Error.prepareStackTrace = prepareStackTrace
  })

  it('defines each sentence in the file of its theme, whoever formats stacks, and leaves that as it was', () => {
    for (const format of [undefined, prepareStackTrace]) {
      Error.prepareStackTrace = format as typeof prepareStackTrace
      supportCodeLibraryBuilder.reset(process.cwd(), randomUUID)
      const defining = /src\/(?:define-sentences|(?:system-)?vocabulary\/[\w-]+)\.ts$/
      for (const file of Object.keys(require.cache).filter((path) => defining.test(path))) delete require.cache[file]
      require('./define-sentences').defineSentences()
      expect([Error.prepareStackTrace, Error.stackTraceLimit]).to.deep.equal([format, stackTraceLimit])
      const { stepDefinitions } = supportCodeLibraryBuilder.finalize()
      expect(
        stepDefinitions.filter(({ uri, line }) => !/^src.(?:system-)?vocabulary.[\w-]+\.ts$/.test(uri) || line < 1),
      ).to.deep.equal([])
    }
  })
})
