/** The options of the living documentation, right and wrong. */

import { expect } from 'chai'
import { UsageError } from '../errors'
import { readOptions } from './options'

describe('readOptions', () => {
  it('needs no options', () => {
    expect(readOptions()).to.deep.equal({ title: 'Living documentation', introduction: '' })
  })

  it('reads a title and an introduction, which may be a file', () => {
    expect(readOptions({ title: 'Our chat', introduction: '*Hello*' })).to.deep.equal({
      title: 'Our chat',
      introduction: '*Hello*',
    })
    expect(readOptions({ introduction: 'README.md' }).introduction).to.match(/^# cucumber-websocket/)
  })

  for (const [options, words] of [
    ['Our chat', "They should be an object, such as { title: 'Our chat' }."],
    [['Our chat'], 'They should be an object'],
    [{ titel: 'Our chat' }, '"titel" is not a known option. Did you mean "title"?'],
    [{ colour: 'red' }, '"colour" is not a known option. There are "title" and "introduction".'],
    [{ title: 3 }, '"title" should be a text, not 3.'],
    [{ introduction: 'none.md' }, 'The introduction "none.md" cannot be read: ENOENT'],
  ] as const) {
    it(`refuses options: ${words}`, () => {
      expect(() => readOptions(options)).to.throw(
        UsageError,
        `The options "livingDocs" in formatOptions are wrong. ${words}`,
      )
    })
  }
})
