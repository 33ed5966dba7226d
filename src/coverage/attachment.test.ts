/** What a worker attaches, and how often. */

import { expect } from 'chai'
import { modelOf, observation, observedOf } from '../../test/support/contract-documents'
import { attachCoverage, beginRun, isCoverage } from './attachment'

describe('attachCoverage', () => {
  let attached: { data: string; mediaType: string; fileName: string }[]
  const world = {
    attach: (data: string, options: { mediaType: string; fileName: string }) => attached.push({ data, ...options }),
  }

  beforeEach(() => {
    attached = []
  })

  it('attaches what a scenario has seen, and the document with the first of a process', () => {
    const model = modelOf('attached once')
    const observed = observedOf(model, observation())
    attachCoverage(world, observed, () => model)
    attachCoverage(world, observed, () => model)
    expect(attached.map(({ data }) => JSON.parse(data))).to.deep.equal([
      { version: 1, model: JSON.parse(JSON.stringify(model)), observed: JSON.parse(JSON.stringify(observed)) },
      { version: 1, observed: JSON.parse(JSON.stringify(observed)) },
    ])
    expect(attached[0]?.fileName).to.equal('asyncapi-coverage.json')
    expect(attached.every(isCoverage)).to.equal(true)
    expect(isCoverage({ mediaType: 'application/json' })).to.equal(false)
  })

  it('attaches the document again in another run of the process', () => {
    const model = modelOf('of two runs')
    for (let run = 1; run <= 2; run++) {
      beginRun()
      attachCoverage(world, observedOf(model, observation()), () => model)
    }
    expect(attached.map(({ data }) => 'model' in JSON.parse(data))).to.deep.equal([true, true])
  })

  it('attaches nothing for a scenario that has seen nothing, but a document that is new', () => {
    const model = modelOf('seen by nobody')
    attachCoverage(world, observedOf(model), () => model)
    attachCoverage(world, observedOf(model), () => model)
    expect(attached).to.have.length(1)
  })

  it('attaches nothing to a World that cannot attach, and keeps the document for one that can', () => {
    const model = modelOf('of a World of its own')
    attachCoverage({}, observedOf(model, observation()), () => model)
    attachCoverage(world, observedOf(model, observation()), () => model)
    expect(JSON.parse(attached[0]?.data ?? '').model.document).to.equal('of a World of its own')
  })
})
