import { expect } from 'chai'
import fc from 'fast-check'
import { Variables } from './variables'

describe('Variables', () => {
  it('keep any text, in a phrase, in JSON and in a cell', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (kept) => {
        const variables = new Variables()
        variables.set('kept', kept)
        expect(variables.fill('<${kept}>')).to.equal(`<${kept}>`)
        expect(JSON.parse(variables.fillJson('{"a": "${kept}", "b": [${kept}]}'))).to.deep.equal({ a: kept, b: [kept] })
        expect(variables.cell('${kept}')).to.equal(kept)
      }),
    ))
})
