/** What is collected of the messages of a run, also of those that others have made. */

import { type Attachment, AttachmentContentEncoding, type Envelope } from '@cucumber/messages'
import { expect } from 'chai'
import { modelOf, observation, observedOf } from '../../test/support/contract-documents'
import { CoverageCollector } from './collect-coverage'

const MEDIA_TYPE = 'application/vnd.cucumber-websocket.asyncapi+json'
const model = modelOf('chat.yaml')
const time = { seconds: 0, nanos: 0 }

/** The messages of an attempt at a scenario. */
function attempt(name: string, attachments: Partial<Attachment>[], willBeRetried = false): Envelope[] {
  const started = { id: `started ${name}`, attempt: 0, testCaseId: `case ${name}`, timestamp: time }
  const uri = `features\\${name}.feature`
  const named = { keyword: '', name, description: '', tags: [], location: { line: 3 } }
  const scenario = { ...named, id: name, steps: [], examples: [] }
  return [
    { gherkinDocument: { uri, feature: { ...named, language: 'en', children: [{ scenario }] }, comments: [] } },
    { pickle: { id: name, uri, name, language: 'en', steps: [], tags: [], astNodeIds: [name] } },
    { testCase: { id: `case ${name}`, pickleId: name, testSteps: [] } },
    { testCaseStarted: started },
    ...attachments.map((one) => ({
      attachment: {
        ...{ mediaType: MEDIA_TYPE, body: '', contentEncoding: AttachmentContentEncoding.IDENTITY },
        ...{ testCaseStartedId: started.id, ...one },
      },
    })),
    { testCaseFinished: { testCaseStartedId: started.id, timestamp: time, willBeRetried } },
  ] as Envelope[]
}

function collect(...envelopes: Envelope[]): CoverageCollector {
  const collector = new CoverageCollector()
  for (const envelope of envelopes) collector.update(envelope)
  return collector
}

const body = (content: object) => JSON.stringify({ version: 1, ...content })
const observed = observedOf(model, observation())

describe('CoverageCollector', () => {
  it('collects what scenarios have seen, whichever has brought the document', () => {
    const { coverage, remarks } = collect(
      ...attempt('bob', [{ body: body({ observed }) }]),
      ...attempt('ann', [{ body: body({ model, observed }) }, { mediaType: 'text/plain', body: 'Hello' }]),
      ...attempt('cleo', []),
      ...attempt('dan', [{ body: body({ observed: observedOf(model) }) }]),
    )
    expect(coverage.documents[0]?.messages[0]).to.include({ valid: 2, message: 'Say' })
    expect(coverage.scenarios).to.deep.equal([
      { at: 'features/ann.feature:3', name: 'ann' },
      { at: 'features/bob.feature:3', name: 'bob' },
    ])
    expect(remarks).to.deep.equal([])
  })

  it('reads what is attached as bytes', () => {
    const bytes = Buffer.from(body({ model, observed })).toString('base64')
    const { coverage } = collect(
      ...attempt('ann', [{ body: bytes, contentEncoding: AttachmentContentEncoding.BASE64 }]),
    )
    expect(coverage.documents[0]?.messages[0]?.valid).to.equal(1)
  })

  it('leaves out an attempt that is repeated, but not the document that it has brought', () => {
    const { coverage } = collect(...attempt('ann', [{ body: body({ model, observed }) }], true))
    expect(coverage.documents[0]?.messages[0]?.valid).to.equal(0)
    expect(coverage.scenarios).to.deep.equal([])
  })

  it('tells several documents for themselves, by name', () => {
    const other = modelOf('admin.yaml')
    const { coverage } = collect(
      ...attempt('ann', [
        { body: body({ model, observed }) },
        { body: body({ model: other, observed: observedOf(other) }) },
      ]),
    )
    expect(coverage.documents.map(({ document }) => document)).to.deep.equal(['admin.yaml', 'chat.yaml'])
  })

  it('says that a document changed', () => {
    const other = modelOf('chat.yaml', { hash: 'b2' })
    const { remarks, coverage } = collect(
      ...attempt('ann', [
        { body: body({ model, observed }) },
        { body: body({ model: other, observed: observedOf(other) }) },
      ]),
    )
    expect(coverage.documents).to.have.length(2)
    expect(remarks).to.deep.equal([
      'The document chat.yaml changed during the run: each of its versions is counted by itself.',
    ])
  })

  for (const [what, content] of [
    ['no JSON', '{'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['another version', JSON.stringify({ version: 2, observed })],
    ['numbers that are none', body({ observed: observedOf(model, observation({ count: -1 })) })],
    ['observations of another shape', body({ observed: { document: 'a', hash: 'b', observations: [null, 3, 'x'] } })],
    ['a verdict that is none', body({ observed: observedOf(model, observation({ verdict: '__proto__' as 'valid' })) })],
    ['what was seen of an unknown document', body({ observed: observedOf(modelOf('nobody.yaml'), observation()) })],
    ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ] as const) {
    it(`leaves out an attachment with ${what}, and says so`, () => {
      const { coverage, remarks } = collect(...attempt('ann', [{ body: content }, { body: body({ model, observed }) }]))
      expect(coverage.documents[0]?.messages[0]?.valid).to.equal(1)
      expect(remarks).to.deep.equal(['1 attachment of coverage could not be read, and is left out.'])
    })
  }

  it('leaves out what belongs to no scenario', () => {
    const stray = {
      mediaType: MEDIA_TYPE,
      body: body({ model, observed }),
      contentEncoding: AttachmentContentEncoding.IDENTITY,
    }
    const { coverage, remarks } = collect({ attachment: stray }, ...attempt('bob', [{ body: '{' }, { body: '{' }]))
    expect(coverage.documents[0]?.messages[0]?.valid).to.equal(0)
    expect(remarks).to.deep.equal(['2 attachments of coverage could not be read, and are left out.'])
  })

  it('knows whether there was any scenario', () => {
    expect(collect().isEmpty).to.equal(true)
    expect(collect(...attempt('bob', [])).isEmpty).to.equal(false)
  })

  it('knows whether any step was run', () => {
    const step = (status: string) =>
      ({ testStepFinished: { testStepResult: { status }, testCaseStartedId: '1', testStepId: '2' } }) as Envelope
    expect(collect(step('SKIPPED')).hasRun).to.equal(false)
    expect(collect(step('FAILED'), step('SKIPPED')).hasRun).to.equal(true)
  })
})
