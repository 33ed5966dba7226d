import { expect } from 'chai'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import type { ResolvedSettings } from '../conversation-state/resolved-settings'
import { ExpectationError, UsageError } from '../errors'
import { anyMessage } from '../matching/matcher'
import { answerByMember } from './asking'

describe('Asking', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin())

  it('reads the answer that has the same value as the request, and leaves others unread', async () => {
    here().sending = async () => here().sends('{"id":8,"ok":true}', '{"id":7,"ok":true,"n":1}')
    const { json } = await rob.ask({ op: 'list', id: 7 }, { ok: true })
    expect(here().sent).to.deep.equal(['{"op":"list","id":7}'])
    expect(json).to.deep.equal({ id: 7, ok: true, n: 1 })
    await rob.receives({ id: 8 })
  })

  it('fills in variables once, for the request and its answer', async () => {
    here().sending = async () => here().sends(here().sent[0] as string)
    const { json } = await rob.ask({ id: '${uuid}' }, anyMessage)
    expect(json).to.deep.equal(JSON.parse(here().sent[0] as string))
  })

  it('compares any value at any path: a number that JavaScript cannot hold, a list', async () => {
    for (const value of ['12345678901234567890', '[1,{"a":null}]', '"#string"']) {
      await begin({ correlation: 'meta.id' })
      here().sending = async () => here().sends('{"meta":{"id":1}}', `{"meta":{"id":${value}}}`)
      const { text } = await rob.ask(`{"meta":{"id":${value}}}`, anyMessage)
      expect(text).to.equal(`{"meta":{"id":${value}}}`)
    }
  })

  it('takes no message for the answer that came before the request was sent', async () => {
    here().sends('{"id":7,"ok":true}')
    expect(await failureMessage(() => rob.ask({ id: 7 }, { ok: true }, { within: 1 }))).to.equal(
      [
        'Rob did not receive {"ok":true} with "id" 7 within 1 ms.',
        '  number 1 came before the request was sent',
        'Unread',
        '  1  +0 ms  {"id":7,"ok":true}',
        'Rob is connected to ws://server/?name=Rob.',
      ].join('\n'),
    )
  })

  it('shows the answer that has the same value and is another one', async () => {
    here().sending = async () => here().sends('{"id":7,"ok":false}')
    const failure = (await failureOf(() => rob.ask({ id: 7 }, { ok: true }, { within: 1 }))) as ExpectationError
    expect(failure).to.be.an.instanceOf(ExpectationError)
    expect(failure.message).to.match(/^Rob should be answered \{"ok":true\}, but number 1 is the answer\.\nUnread\n/)
    expect([failure.expected, failure.actual]).to.deep.equal([{ ok: true }, { ok: false }])
  })

  it('shows the answer to another request as such', async () => {
    here().sending = async () => here().sends('{"id":8,"ok":true}')
    const failure = (await failureOf(() => rob.ask({ id: 7 }, { ok: true }, { within: 1 }))) as ExpectationError
    expect([failure.expected, failure.actual]).to.deep.equal([{ id: 7 }, { id: 8 }])
  })

  it('shows a message that a matcher of its own cannot compare', () => {
    const answer = { describe: () => 'an answer', accepts: () => false }
    const expectation = answerByMember('id', {
      data: '{"id":7}',
      description: 'x',
      answer,
      firstNumber: 1,
    })
    expect(expectation.matcher?.compare?.({ json: { id: 7 }, text: '{"id":7}', bytes: undefined })).to.exist
  })

  it('throws a UsageError without the setting', async () => {
    await begin({ correlation: undefined })
    const failure = await failureOf(() => rob.ask({ id: 7 }, anyMessage))
    expect(failure).to.be.an.instanceOf(UsageError)
    expect(failure.message).to.equal(
      'Which member an answer has in common with its request is not known. ' +
        "Write to worldParameters.websocket: correlation: 'id'",
    )
    expect(here().sent).to.deep.equal([])
  })

  for (const [what, request, problem] of [
    ['a phrase', 'Hello', '"Hello" is not JSON, and so has no "id" that an answer could have, too.'],
    ['JSON without the member', { op: 'list' }, '{"op":"list"} has nothing at "id": it is {"op":"list"}'],
    [
      'JSON without the member, and says where its name comes from',
      { op: 'list' },
      '\nThe setting "correlation" or the AsyncAPI document names this member, which is to be the same in the answer: ' +
        'give each request one of its own, or let them name another.',
    ],
    ['null, which any answer may have', { id: null }, '{"id":null} has null at "id", which any answer may have.'],
    ['bytes', Buffer.from([1, 2]), ''],
  ] as const) {
    it(`refuses to ask ${what}`, async () => {
      const failure = await failureOf(() => rob.ask(request as never, anyMessage))
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.contain(problem)
      expect(here().sent).to.deep.equal([])
    })
  }

  it('refuses a request that has several values at the path', async () => {
    await begin({ correlation: '$..id' })
    expect(await failureMessage(() => rob.ask({ id: 1, inner: { id: 2 } }, anyMessage))).to.contain(
      '{"id":1,"inner":{"id":2}} has 2 values at "$..id", and one is to be remembered: name its place.',
    )
  })

  it('throws for a client that has not connected, or has disconnected', async () => {
    expect(await failureMessage(() => conversation.client('Ann').ask({ id: 7 }, anyMessage))).to.match(
      /^There is no client Ann in this scenario yet\. /,
    )
    await rob.disconnect()
    expect(await failureMessage(() => rob.ask({ id: 7 }, anyMessage))).to.match(/^Rob cannot ask: /)
  })

  it('fails if the connection ends before the answer comes', async () => {
    here().sending = async () => here().closes(4001, 'Kicked')
    expect(await failureMessage(() => rob.ask({ id: 7 }, { ok: true }))).to.match(
      /^Rob did not receive \{"ok":true\} with "id" 7: Rob was disconnected by the server with 4001 "Kicked"\./,
    )
  })

  async function begin(changes: Partial<ResolvedSettings> = {}): Promise<void> {
    ;({ conversation, server } = startConversation({ correlation: 'id', ...changes }))
    rob = conversation.client('Rob')
    await rob.connect()
  }

  function here(): FakeConnection {
    return server.to('Rob')
  }
})
