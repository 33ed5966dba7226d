/** What becomes of messages that scenarios see. */

import { expect } from 'chai'
import { modelOf, observation, observedOf, said, undocumented, wrong } from '../../test/support/contract-documents'
import type { Observation } from '../asyncapi/contract-model'
import { addObservations, areOfSame, type DocumentCoverage, inOrder, outcomeOf, unseenDocument } from './coverage'
import { figuresOf, formatShare } from './figures'

const model = modelOf('chat.yaml')

function coverageOf(...scenarios: Observation[][]): DocumentCoverage {
  const document = unseenDocument(model)
  for (const [index, observations] of scenarios.entries())
    addObservations(document, observedOf(model, ...observations), `a.feature:${index + 1}`)
  return inOrder(document)
}

const outcomes = (...scenarios: Observation[][]) => coverageOf(...scenarios).messages.map(outcomeOf)

describe('Coverage', () => {
  it('has every message of every operation, seen or not', () => {
    expect(outcomes()).to.deep.equal(['unseen', 'unseen', 'unseen'])
    expect(outcomes([observation()], [said()])).to.deep.equal(['valid', 'valid', 'unseen'])
  })

  it('takes a message for wrong that was so once, whatever else was seen', () => {
    expect(outcomes([observation({ verdict: 'wrong' }), observation()])).to.deep.equal(['wrong', 'unseen', 'unseen'])
  })

  it('takes no message for wrong, nor for seen, that was so on purpose', () => {
    const onPurpose = observation({ verdict: 'wrong', isOnPurpose: true })
    expect(outcomes([onPurpose])).to.deep.equal(['unseen', 'unseen', 'unseen'])
    expect(outcomes([onPurpose, observation()])).to.deep.equal(['valid', 'unseen', 'unseen'])
  })

  it('takes a message for unvalidated whose format nobody can validate', () => {
    expect(outcomes([observation({ verdict: 'unvalidated' })])).to.deep.equal(['unvalidated', 'unseen', 'unseen'])
  })

  it('counts, and knows the scenarios, by file and line', () => {
    const [say] = coverageOf(...Array.from({ length: 11 }, () => [observation({ count: 2 })])).messages
    expect(say).to.include({ valid: 22, wrong: 0 })
    expect(say?.scenarios.slice(0, 3)).to.deep.equal(['a.feature:1', 'a.feature:2', 'a.feature:3'])
    expect(say?.scenarios.at(-1)).to.equal('a.feature:11')
  })

  it('knows which parts of a message were seen in one that is valid', () => {
    const inWrong = { ...said('$.mood: "sad"'), verdict: 'wrong' as const }
    const { messages } = coverageOf([said('$.mood: "glad"')], [inWrong])
    expect(messages[1]?.parts).to.deep.equal([
      { part: '$.mood: "glad"', isSeen: true },
      { part: '$.mood: "sad"', isSeen: false },
    ])
  })

  it('lists what contradicts the document: what is on purpose last, what is undocumented after what is wrong', () => {
    const findings = (...scenarios: Observation[][]) =>
      coverageOf(...scenarios).findings.map(({ verdict, isOnPurpose, count, scenarios: places }) => [
        verdict,
        isOnPurpose,
        count,
        places.join(),
      ])
    const expected = [
      ['wrong', false, 3, 'a.feature:1,a.feature:2'],
      ['undocumented', false, 1, 'a.feature:1'],
      ['wrong', true, 1, 'a.feature:1'],
    ]
    const first = [undocumented(), wrong({ isOnPurpose: true }), wrong()]
    expect(findings(first, [wrong({ count: 2 })])).to.deep.equal(expected)
  })

  it('leaves out what is valid of another document', () => {
    expect(outcomes([observation({ message: 'Nobody' })])).to.deep.equal(['unseen', 'unseen', 'unseen'])
  })

  it('takes what is undocumented for none of its messages', () => {
    expect(outcomes([undocumented({ operation: 'say', message: 'Say' })])).to.deep.equal(['unseen', 'unseen', 'unseen'])
  })

  it('knows a document with other messages, or another hash', () => {
    const fewer = modelOf('chat.yaml', { channels: model.channels.slice(0, 1) })
    const other = modelOf('chat.yaml', { channels: model.channels.map((one) => ({ ...one, name: `${one.name} 2` })) })
    for (const one of [fewer, other, modelOf('chat.yaml', { hash: 'b2' })]) {
      expect(areOfSame(unseenDocument(model), unseenDocument(one))).to.equal(false)
    }
    expect(areOfSame(unseenDocument(model), unseenDocument(model))).to.equal(true)
  })
})

describe('figuresOf', () => {
  it('counts messages, parts and what is undocumented', () => {
    const seen = [observation(), said('$.mood: "sad"'), wrong(), undocumented(), undocumented({ isOnPurpose: true })]
    expect(figuresOf(coverageOf(seen))).to.deep.equal({
      ...{ coverage: 2 / 3, messages: 3, valid: 2, wrong: 1, unvalidated: 0, unseen: 0 },
      ...{ undocumented: 1, parts: 2, partsSeen: 1 },
    })
  })

  it('has no share of a document without messages', () => {
    expect(figuresOf(unseenDocument(modelOf('empty.yaml', { channels: [] }))).coverage).to.equal(undefined)
  })
})

describe('formatShare', () => {
  for (const [share, text] of [
    [0, '0 %'],
    [1 / 3, '33.3 %'],
    [2 / 3, '66.6 %'],
    [0.29, '29 %'],
    [0.9999, '99.9 %'],
    [1, '100 %'],
  ] as const) {
    it(`writes ${share} as ${text}`, () => {
      expect(formatShare(share)).to.equal(text)
    })
  }
})
