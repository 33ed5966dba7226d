/** Reports that are written, read and added. */

import { expect } from 'chai'
import { modelOf, observation, observedOf, said, wrong } from '../../test/support/contract-documents'
import type { ContractModel, Observation } from '../asyncapi/contract-model'
import { UsageError } from '../errors'
import { addObservations, type Coverage, inOrder, unseenDocument } from './coverage'
import { formatReport, mergeReports, readReport } from './report'

const model = modelOf('chat.yaml')

function report(file: string, of: ContractModel, ...observations: Observation[]): { file: string; coverage: Coverage } {
  const document = unseenDocument(of)
  addObservations(document, observedOf(of, ...observations), `${file}.feature:3`)
  const documents = [inOrder(document)]
  return { file, coverage: { documents, scenarios: [{ at: `${file}.feature:3`, name: `Of ${file}` }] } }
}

describe('A report', () => {
  it('is read as it was written', () => {
    const { coverage } = report('one', model, observation(), said('$.mood: "sad"'), wrong())
    const text = formatReport(coverage)
    expect(formatReport(readReport('one.json', text).coverage)).to.equal(text)
    const [document] = JSON.parse(text).documents
    expect(document.figures.coverage).to.equal(2 / 3)
    expect(document.messages.map(({ outcome }: { outcome: string }) => outcome)).to.deep.equal([
      'valid',
      'valid',
      'wrong',
    ])
  })

  for (const [text, words] of [
    ['', '"one.json" is empty: the run that should have written it was broken off. Run it again.'],
    [
      '{}',
      '"one.json" is not a report of this version: have it written by "cucumber-websocket/asyncapi-coverage:reports/',
    ],
    ['{"version":2,"documents":[],"scenarios":[]}', '"one.json" is not a report of this version'],
    ['nonsense', '"one.json" is not a report of this version'],
  ] as const) {
    it(`is refused: ${words}`, () => {
      expect(() => readReport('one.json', text)).to.throw(UsageError, words)
    })
  }
})

describe('mergeReports', () => {
  it('adds what several have seen, in whatever order', () => {
    const [one, two] = [report('one', model, observation(), wrong()), report('two', model, said(), wrong({ count: 2 }))]
    const sum = mergeReports([one, two])
    expect(formatReport(mergeReports([two, one]))).to.equal(formatReport(sum))
    const [document] = sum.documents
    expect(document?.messages.map(({ valid, wrong: wrongs }) => [valid, wrongs])).to.deep.equal([
      [1, 0],
      [1, 0],
      [0, 3],
    ])
    expect(document?.findings[0]).to.deep.include({ count: 3, scenarios: ['one.feature:3', 'two.feature:3'] })
    expect(sum.scenarios.map(({ name }) => name)).to.deep.equal(['Of one', 'Of two'])
  })

  it('keeps different documents apart, by name', () => {
    const sum = mergeReports([report('one', model, observation()), report('two', modelOf('admin.yaml'), observation())])
    expect(sum.documents.map(({ document }) => document)).to.deep.equal(['admin.yaml', 'chat.yaml'])
  })

  it('refuses versions of a document that differ', () => {
    const other = modelOf('chat.yaml', { hash: 'b2' })
    const words = 'what was seen of different documents cannot be added. Run all shards with the same one.'
    expect(() => mergeReports([report('one', model), report('two', other)])).to.throw(
      UsageError,
      `The document "chat.yaml" is not the same in "one" and in "two": ${words}`,
    )
    const both = report('one', model)
    both.coverage.documents.push(...report('two', other).coverage.documents)
    expect(() => mergeReports([both])).to.throw(`The document "chat.yaml" is not the same within "one": ${words}`)
  })

  it('refuses other messages under the same hash', () => {
    const other = modelOf('chat.yaml', { channels: [] })
    expect(() => mergeReports([report('one', model), report('two', other)])).to.throw('is not the same in')
  })
})
