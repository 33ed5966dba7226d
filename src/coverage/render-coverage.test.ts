/** The coverage as it stands on a page. */

import { expect } from 'chai'
import { modelOf, observation, observedOf, said, undocumented, wrong } from '../../test/support/contract-documents'
import type { ContractModel, Observation } from '../asyncapi/contract-model'
import { addObservations, type Coverage, inOrder, unseenDocument } from './coverage'
import { renderCoverage, renderCoverageLinks } from './render-coverage'

function coverageOf(model: ContractModel, ...scenarios: Observation[][]): Coverage {
  const places = scenarios.map((_, index) => `a.feature:${index + 1}`)
  const document = unseenDocument(model)
  for (const [index, observations] of scenarios.entries())
    addObservations(document, observedOf(model, ...observations), `a.feature:${index + 1}`)
  return { documents: [inOrder(document)], scenarios: places.map((at) => ({ at, name: `Scenario <${at}>` })) }
}

const render = (coverage: Coverage) => renderCoverage(coverage, (at) => (at.endsWith(':9') ? undefined : `to-${at}`))

/** What a reader reads, line by line. */
function textOf(html: string): string[] {
  return html
    .replace(/<(?:tr|h\d|p|summary|li|span class="(?:note|complaint)")(?: [^>]*)?>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

describe('renderCoverage', () => {
  it('tells the gaps, then the rest', () => {
    const html = render(
      coverageOf(modelOf('docs/chat.yaml'), [
        ...[wrong(), undocumented(), undocumented({ complaint: undefined })],
        ...[said('$.mood: "glad"'), observation({ count: 2 }), wrong({ isOnPurpose: true, complaint: 'on purpose' })],
      ]),
    )
    expect(textOf(html)).to.deep.equal([
      'What was seen of the contract',
      'Chat',
      'docs/chat.yaml · AsyncAPI 3.0.0',
      '66.6 % 2 of 3 messages seen and valid, 1 of 2 branches and enum values',
      '✓ 2 valid',
      '✗ 1 wrong',
      '? 2 undocumented',
      'Gaps',
      'MessageSeen in',
      '✗ Told',
      'sent by the server in news (told)',
      '$.at is missing',
      'Scenario <a.feature:1>',
      '? unknown message',
      'sent by the server in /rooms/{room}',
      'No message has "type": "bye"',
      'Scenario <a.feature:1>',
      '? unknown message',
      'sent by the server in /rooms/{room}',
      'Scenario <a.feature:1>',
      '2 seen and valid2 seen and valid',
      'MessageSeen in',
      '✓ Said',
      'sent by the server in /rooms/{room} (said)',
      'never $.mood: "sad"',
      'Scenario <a.feature:1>',
      '✓ Say 2 times',
      'sent by the client in /rooms/{room} (say)',
      'Scenario <a.feature:1>',
      '1 contradicted on purpose1 contradicted on purpose',
      'MessageSeen in',
      '✗ Told',
      'sent by the server in news (told)',
      'on purpose',
      'Scenario <a.feature:1>',
    ])
    expect(html).to.contain('<a href="#to-a.feature:1" title="a.feature:1">')
    expect(html).to.contain('<span class="passed" style="flex-grow:2"></span><span class="failed" style="flex-grow:1">')
  })

  it('has no link to a scenario that the page does not tell, and folds many', () => {
    const html = render(coverageOf(modelOf('chat.yaml'), ...Array.from({ length: 9 }, () => [observation()])))
    expect(html.match(/<a /g)).to.have.length(8)
    expect(html).to.contain('<summary>6 more</summary>').and.to.contain('<li>Scenario &#60;a.feature:9&#62;</li>')
  })

  it('names a scenario by its place whose name nobody knows', () => {
    const { documents } = coverageOf(modelOf('chat.yaml'), [observation()])
    expect(render({ documents, scenarios: [] })).to.contain('title="a.feature:1">a.feature:1</a>')
  })

  it('folds what is long, and tells a document without a title, without messages, or with unvalidated ones', () => {
    const parts = Array.from({ length: 10 }, (_, index) => `$.a: ${index}`)
    const messages = Array.from({ length: 27 }, (_, index) => ({ name: `M${index}`, parts }))
    const operations = [{ name: 'say', sender: 'client' as const, isReply: false, messages }]
    const large = modelOf('large.yaml', { title: '', channels: [{ name: 'rooms', address: '/', operations }] })
    const text = textOf(render(coverageOf(large, [observation({ message: 'M0', verdict: 'unvalidated' })])))
    expect(text.slice(1, 3)).to.deep.equal(['large.yaml', 'AsyncAPI 3.0.0'])
    expect(text).to.include('2 more2 more').and.to.include('… 1 seen, not validated').and.to.include('… M0')
    expect(text).to.include(`never ${parts.slice(0, 8).join(', ')} and 2 more`)
    expect(textOf(render(coverageOf(modelOf('empty.yaml', { channels: [] }))))).to.include('it has no messages')
  })

  it('takes what it is told for text', () => {
    const hostile = '</td><script>alert(1)</script>"\u202e'
    const model = modelOf(hostile, {
      ...{ title: hostile, asyncapi: hostile },
      channels: [
        {
          ...{ name: hostile, address: hostile },
          operations: [
            { name: hostile, sender: 'client', isReply: false, messages: [{ name: hostile, parts: [hostile] }] },
          ],
        },
      ],
    })
    const seen = observation({ channel: hostile, operation: hostile, message: hostile })
    const html = render(coverageOf(model, [seen], [{ ...seen, verdict: 'wrong', complaint: hostile }]))
    expect(html).not.to.match(/<script|\u202e/)
  })

  it('renders nothing without documents', () => {
    expect(render({ documents: [], scenarios: [] })).to.equal('')
  })
})

describe('renderCoverageLinks', () => {
  it('leads to the section, with the shares', () => {
    expect(textOf(renderCoverageLinks(coverageOf(modelOf('chat.yaml'), [observation()])))).to.deep.equal([
      'Contract: 33.3 %',
    ])
    expect(textOf(renderCoverageLinks(coverageOf(modelOf('chat.yaml', { channels: [] }))))).to.deep.equal(['Contract'])
    expect(renderCoverageLinks({ documents: [], scenarios: [] })).to.equal('')
  })
})
