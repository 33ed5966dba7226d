/** What the console says of the coverage. */

import { expect } from 'chai'
import { modelOf, observation, observedOf, said, undocumented, wrong } from '../../test/support/contract-documents'
import type { ContractModel, Observation } from '../asyncapi/contract-model'
import { addObservations, type Coverage, inOrder, unseenDocument } from './coverage'
import { formatSummary } from './summary'

function coverageOf(model: ContractModel, ...scenarios: Observation[][]): Coverage {
  const document = unseenDocument(model)
  for (const [index, observations] of scenarios.entries())
    addObservations(document, observedOf(model, ...observations), `a.feature:${index + 1}`)
  return { documents: [inOrder(document)], scenarios: [] }
}

const summary = (model: ContractModel, ...scenarios: Observation[][]) => formatSummary(coverageOf(model, ...scenarios))

describe('formatSummary', () => {
  it('tells gaps first, each with its place', () => {
    expect(
      summary(
        modelOf('chat.yaml'),
        [said('$.mood: "glad"'), wrong({ complaint: '$.at is missing\n  of {}' }), undocumented()],
        [wrong({ count: 2, complaint: '$.at is missing\n  of {}' }), wrong({ isOnPurpose: true })],
        [undocumented({ channel: undefined, complaint: undefined }), undocumented({ channel: 'news' })],
      ),
    ).to.equal(
      `AsyncAPI coverage of chat.yaml (Chat): 33.3 %, 1 of 3 messages seen and valid, 1 of 2 branches and enum values
  Wrong: 1
    Told, sent by the server in news (told), 3 times: $.at is missing; of {} (a.feature:1 and 1 more)
  Undocumented: 3
    A message, sent by the server in news: No message has "type": "bye" (a.feature:3)
    A message, sent by the server in /rooms/{room}: No message has "type": "bye" (a.feature:1)
    A message, sent by the server at an address that is in no channel (a.feature:3)
  Never seen: 1
    Say, sent by the client in /rooms/{room} (say)
  Seen in part: 1
    Said (said): never $.mood: "sad"`,
    )
  })

  it('tells what cannot be validated', () => {
    expect(summary(modelOf('chat.yaml'), [observation({ verdict: 'unvalidated' })])).to.contain(
      '\n  Seen, in a format that is not validated: 1\n    Say, sent by the client in /rooms/{room} (say)',
    )
  })

  it('is short where all is well', () => {
    const [rooms] = modelOf('chat.yaml').channels
    const [say] = rooms?.operations ?? []
    const small = modelOf('chat.yaml', {
      title: '',
      channels: [{ name: 'a', address: '/a', operations: say ? [say] : [] }],
    })
    expect(summary(small, [observation({ channel: 'a' })])).to.equal(
      'AsyncAPI coverage of chat.yaml: 100 %, 1 of 1 message seen and valid',
    )
    expect(summary(modelOf('chat.yaml', { channels: [] }))).to.equal(
      'AsyncAPI coverage of chat.yaml (Chat): it has no messages',
    )
  })

  it('counts the messages of a channel without operations', () => {
    const others = [
      { name: 'Rung', parts: [] },
      { name: 'Knocked', parts: ['$.how: "loud"', '$.how: "soft"'] },
      { name: 'Left', parts: [] },
    ]
    const open = modelOf('open.yaml', { channels: [{ name: 'door', address: '/door', operations: [], others }] })
    const seen = { channel: 'door', operation: undefined }
    const told = summary(open, [
      observation({ ...seen, message: 'Rung' }),
      observation({ ...seen, message: 'Knocked', parts: ['$.how: "loud"'] }),
    ])
    expect(told).to.contain('open.yaml (Chat): 66.6 %, 2 of 3 messages seen and valid, 1 of 2 branches')
    expect(told).to.contain('Never seen: 1\n    Left, sent by either side in /door\n')
    expect(told).to.contain('Seen in part: 1\n    Knocked (door): never $.how: "soft"')
  })

  it('cuts long lists', () => {
    const parts = Array.from({ length: 7 }, (_, index) => `$.a: ${index}`)
    const messages = Array.from({ length: 25 }, (_, index) => ({ name: `M${index}`, parts }))
    const large = modelOf('large.yaml', {
      channels: [
        { name: 'rooms', address: '/', operations: [{ name: 'say', sender: 'client', isReply: false, messages }] },
      ],
    })
    const text = summary(large, [observation({ message: 'M0' })])
    expect(text)
      .to.contain('Never seen: 24\n    M1,')
      .and.to.contain('    M20, sent by the client in / (say)\n    and 4 more\n')
    expect(text).to.contain('M0 (say): never $.a: 0, $.a: 1, $.a: 2, $.a: 3, $.a: 4 and 2 more')
  })

  it('shows what cannot be seen', () => {
    expect(summary(modelOf('a\u001b[31m.yaml'))).to.contain('a\\u001b[31m.yaml')
  })

  it('is empty without documents', () => {
    expect(formatSummary({ documents: [], scenarios: [] })).to.equal('')
  })
})
