import { expect } from 'chai'
import { expectFailure, failureMessage, failureOf } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { anyMessage } from '../matching/matcher'
import { namedEvent } from '../messages/addressed-message'
import { text } from '../messages/phrase-message'

describe('JSON-RPC', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => {
    ;({ conversation, server } = startConversation({ protocol: 'json-rpc' }))
    rob = conversation.client('Rob')
  })

  afterEach(() => conversation.end())

  const here = (): FakeConnection => server.to('Rob')
  const received = () => rob.state.inbox.messages.map(({ detail, details }) => [detail, details])

  /** Calls a method so often: the ids are 1, 2 and so on. */
  async function callTimes(count: number): Promise<void> {
    for (let times = 0; times < count; times++) await rob.call('add')
  }

  it('reads notifications, requests, results and errors', async () => {
    await rob.connect()
    await callTimes(1)
    here().sends(
      '{"jsonrpc":"2.0","method":"said","params":["Hello"]}',
      '{"jsonrpc":"2.0","method":"ping","id":"a"}',
      '{"jsonrpc":"2.0","result":19,"id":1}',
      '{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":null}',
    )
    expect(received()).to.deep.equal([
      ['["Hello"]', { event: 'said' }],
      ['', { event: 'ping', requestId: 'a' }],
      ['19', { answerTo: 1 }],
      ['{"code":-32601,"message":"Method not found"}', { isError: true }],
    ])
  })

  it('answers requests that have the same id', async () => {
    await rob.connect()
    here().sends('{"jsonrpc":"2.0","method":"ask","id":7}', '{"jsonrpc":"2.0","method":"ask","id":7}')
    for (const answer of ['yes', 'no']) {
      await rob.receives(namedEvent('ask'))
      await rob.answer(answer)
    }
    expect(here().sent).to.deep.equal([
      '{"jsonrpc":"2.0","id":7,"result":"yes"}',
      '{"jsonrpc":"2.0","id":7,"result":"no"}',
    ])
  })

  it('answers a request once, by whatever rule or sentence', async () => {
    const ask = '{"jsonrpc":"2.0","method":"ask","id":"a"}'
    const tried = async (arm: () => void, after = async () => {}): Promise<string> => {
      await rob.reconnect()
      arm()
      here().sends(ask)
      await after()
      return failureMessage(() => conversation.settle())
    }
    await rob.connect()
    const twice = 'Rob cannot answer number 1 by 2 messages: a request has one answer.'
    expect(await tried(() => rob.when(namedEvent('ask')).sendAll(['A', 'B']))).to.contain(twice)
    expect(here().sent).to.deep.equal([])
    expect(await tried(() => rob.when(namedEvent('ask')).send('A', { times: 2 }))).to.contain(
      twice.replace('number 1', 'number 2'),
    )
    const slow = () => rob.when(namedEvent('ask')).send('A', { after: 10 })
    const sentence = async () => {
      for (let number = 1; number <= 3; number++) await rob.receives(namedEvent('ask'))
      await rob.answer('B')
    }
    expect(await tried(slow, sentence)).to.contain('Rob cannot answer number 3: it has been answered already.')
    expect(here().sent).to.deep.equal(['{"jsonrpc":"2.0","id":"a","result":"B"}'])
  })

  it('leaves a request that a rule has answered once alone, where another rule answers every time', async () => {
    await rob.connect()
    rob.when(namedEvent('ask')).send('once')
    rob.whenever(namedEvent('ask')).sendAll(['always', namedEvent('noted')])
    here().sends('{"jsonrpc":"2.0","method":"ask","id":1}', '{"jsonrpc":"2.0","method":"ask","id":2}')
    await conversation.settle()
    expect(here().sent.filter((frame) => String(frame).includes('result'))).to.deep.equal([
      '{"jsonrpc":"2.0","id":1,"result":"once"}',
      '{"jsonrpc":"2.0","id":2,"result":"always"}',
    ])
  })

  it('answers requests by results and errors', async () => {
    await rob.connect()
    rob.when(namedEvent('ping')).send('pong')
    here().sends('{"jsonrpc":"2.0","method":"ping","id":"a"}')
    await conversation.settle()
    here().sends('{"jsonrpc":"2.0","method":"sum","params":[1],"id":7}')
    await rob.receives(namedEvent('sum'))
    await rob.answer('out of order', { isError: true })
    await expectFailure(() => rob.answer('once more'), 'Rob cannot answer number 2: it has been answered already.')
    here().sends('{"jsonrpc":"2.0","method":"large","id":12345678901234567890}')
    await rob.receives(namedEvent('large'))
    await rob.answer({ code: 1, message: 'no' }, { isError: true })
    here().sends('{"jsonrpc":"2.0","method":"small","id":8}')
    await rob.receives(namedEvent('small'))
    await rob.answer({ message: 'no' }, { isError: true })
    here().sends('{"jsonrpc":"2.0","method":"next","id":9}')
    await rob.receives(namedEvent('next'))
    await rob.answer([1], { isError: true })
    here().sends('{"jsonrpc":"2.0","method":"old","id":null}', '{"jsonrpc":"2.0","method":"odd","id":true}')
    await rob.receives(namedEvent('old'))
    await failureOf(() => rob.answer('to nothing'))
    expect(received().at(-1)).to.deep.equal([
      '{"jsonrpc":"2.0","method":"odd","id":true}',
      { problem: 'its id is neither a text nor a number' },
    ])
    expect(here().sent).to.deep.equal([
      '{"jsonrpc":"2.0","id":"a","result":"pong"}',
      '{"jsonrpc":"2.0","id":7,"error":{"code":-32000,"message":"out of order"}}',
      '{"jsonrpc":"2.0","id":12345678901234567890,"error":{"code":1,"message":"no"}}',
      '{"jsonrpc":"2.0","id":8,"error":{"code":-32000,"message":"no"}}',
      '{"jsonrpc":"2.0","id":9,"error":[1]}',
    ])
  })

  it('reads each message of a batch', async () => {
    await rob.connect()
    await callTimes(1)
    here().sends('[{"jsonrpc":"2.0","result":1,"id":1},{"jsonrpc":"2.0","method":"said","params":{"n":2}}]')
    expect(received()).to.deep.equal([
      ['1', { answerTo: 1 }],
      ['{"n":2}', { event: 'said' }],
    ])
  })

  it('sends requests as they are written', async () => {
    await rob.connect()
    await rob.send({ jsonrpc: '2.0', method: 'add', params: [1, 2], id: 1 })
    expect(here().sent).to.deep.equal(['{"jsonrpc":"2.0","method":"add","params":[1,2],"id":1}'])
  })

  it('shows what is neither a request nor a response, and why', async () => {
    await rob.connect()
    here().sends('{"jsonrpc":"2.0","hello":1}', 'Hello', '[1]', '[]', Buffer.from('{}'))
    const problems = rob.state.inbox.messages.map(({ details }) => details.problem)
    expect(problems[0]).to.contain('it is neither a request nor a response')
    expect(problems[1]).to.contain('Unexpected token')
    expect(problems[2]).to.contain('it is not a JSON object')
    expect(problems[3]).to.contain('it is a batch without messages')
    expect(problems[4]).to.contain('it is binary')
  })

  it('shows the messages of a batch beside one that it cannot read', async () => {
    await rob.connect()
    await callTimes(1)
    here().sends('[{"jsonrpc":"2.0","result":1,"id":1},5]')
    expect(received()).to.deep.equal([
      ['1', { answerTo: 1 }],
      ['5', { problem: 'it is not a JSON object' }],
    ])
  })

  it('asks, and is answered by the response with the id of the request alone', async () => {
    ;({ conversation, server } = startConversation({ protocol: 'json-rpc', correlation: 'id' }))
    rob = conversation.client('Rob')
    await rob.connect()
    here().sending = async () =>
      here().sends(
        '{"jsonrpc":"2.0","method":"said","params":{"sum":3,"id":1}}',
        '{"jsonrpc":"2.0","result":{"sum":3,"id":1},"id":2}',
        '{"jsonrpc":"2.0","result":{"sum":3,"n":4},"id":1}',
      )
    const { json } = await rob.ask({ jsonrpc: '2.0', method: 'add', id: 1 }, { sum: 3 })
    expect(json).to.deep.equal({ sum: 3, n: 4 })
  })

  /** Results, each with an id. */
  const answers = (...results: (readonly [result: number, id: string | number])[]): void =>
    here().sends(...results.map(([result, id]) => `{"jsonrpc":"2.0","result":${result},"id":${id}}`))

  it('tells the answer to the id "7" from that to 7, whatever the setting "correlation" says', async () => {
    await rob.connect()
    here().sending = async () => answers([1, '"7"'], [2, 7])
    expect((await rob.ask('{"jsonrpc":"2.0","method":"a","id":7}', anyMessage)).text).to.equal('2')
    here().sending = async () => answers([3, 7], [4, '"7"'])
    expect((await rob.ask('{"jsonrpc":"2.0","method":"a","id":"7"}', anyMessage)).text).to.equal('4')
  })

  it('asks nothing that has no id', async () => {
    await rob.connect()
    for (const content of ['[]', 'Hello', '{"jsonrpc":"2.0","method":"a"}']) {
      expect((await failureOf(() => rob.ask(text(content), anyMessage))).message).to.contain('correlation')
    }
  })

  it('reads what there is not as null, too, as servers of version 1.0 write it', async () => {
    await rob.connect()
    await callTimes(4)
    here().sends(
      '{"jsonrpc":"2.0","result":1,"error":null,"id":1}',
      '{"jsonrpc":"2.0","result":null,"error":{"code":2,"message":""},"id":2}',
      '{"jsonrpc":"2.0","result":null,"error":null,"id":3}',
      '{"jsonrpc":"2.0","result":null,"id":4}',
    )
    expect(received()).to.deep.equal([
      ['1', { answerTo: 1 }],
      ['{"code":2,"message":""}', { answerTo: 2, isError: true }],
      ['null', { answerTo: 3 }],
      ['null', { answerTo: 4 }],
    ])
  })

  const problems = () => rob.state.inbox.messages.map(({ details }) => details.problem)
  const UNASKED = 'it answers nothing that the client has asked'
  const NO_ERROR = 'its error is not an object with an integer "code" and a text "message"'
  const NO_VERSION = 'its member "jsonrpc" is not "2.0": for a server that leaves it out, write jsonrpc: false'

  it('reads one answer to each question', async () => {
    await rob.connect()
    await rob.call('add', [1, 2])
    here().sends(
      '{"jsonrpc":"2.0","result":3,"id":1}',
      '{"jsonrpc":"2.0","error":{"code":1,"message":"No"},"id":1}',
      '[{"jsonrpc":"2.0","result":4,"id":1}]',
    )
    expect(problems()).to.deep.equal([undefined, UNASKED, UNASKED])
  })

  it('reads as many answers to an id as there are questions that have it', async () => {
    await rob.connect()
    await rob.send('{"jsonrpc":"2.0","method":"add","id":"a"}', { times: 2 })
    here().sends(...Array(3).fill('{"jsonrpc":"2.0","result":3,"id":"a"}'))
    expect(problems()).to.deep.equal([undefined, undefined, UNASKED])
  })

  it('reads the answers to a batch, and to what is not a valid request', async () => {
    await rob.connect()
    await rob.send(
      '[{"jsonrpc":"2.0","method":"add","id":1},{"jsonrpc":"2.0","method":"say"},5,{"id":2},{"id":3,"result":1}]',
    )
    const error = '"error":{"code":-32600,"message":"Invalid Request"}'
    const messages = [`"id":2,${error}`, '"id":1,"result":1', `"id":null,${error}`, '"id":3,"result":1']
    here().sends(`[${messages.map((members) => `{"jsonrpc":"2.0",${members}}`)}]`)
    expect(problems()).to.deep.equal([undefined, undefined, undefined, UNASKED])
  })

  for (const id of ['2', '"1"', 'null', '{"a":1}', 'true']) {
    it(`shows the answer to ${id}, which nobody has asked`, async () => {
      await rob.connect()
      await callTimes(1)
      const answer = `{"jsonrpc":"2.0","result":3,"id":${id}}`
      here().sends(answer)
      expect(received()).to.deep.equal([[answer, { problem: UNASKED }]])
    })
  }

  it('shows the answer to a question of a former connection', async () => {
    await rob.connect()
    await rob.call('add')
    await rob.disconnect()
    await rob.connect()
    here().sends('{"jsonrpc":"2.0","result":3,"id":1}')
    expect(problems()).to.deep.equal([UNASKED])
  })

  it('shows what nobody has asked without the version, too', async () => {
    conversation.setProtocol({ name: 'json-rpc', jsonrpc: false })
    await rob.connect()
    here().sends('{"result":3,"id":1}')
    expect(problems()).to.deep.equal([UNASKED])
  })

  for (const [asked, answered] of [
    ['12345678901234567890', '12345678901234567890'],
    ['1e3', '1000'],
    ['7', '7.0'],
  ] as const) {
    it(`takes ${answered} for the id ${asked}, and not for the text`, async () => {
      await rob.connect()
      await rob.send(`{"jsonrpc":"2.0","method":"a","id":${asked}}`)
      answers([1, `"${asked}"`], [2, answered])
      expect(problems()).to.deep.equal([UNASKED, undefined])
    })
  }

  for (const [members, problem] of [
    ['"method":5', 'its method is not a text'],
    ['"method":"add","result":5', 'it is both a request and a response'],
    ['"method":"add","error":null', 'it is both a request and a response'],
    ['"result":1,"error":{"code":2,"message":""}', 'it has both a result and an error'],
    ['"x":1', 'it has neither a result nor an error'],
    ['"error":null', 'it has neither a result nor an error'],
    ['"error":"oops"', NO_ERROR],
    ['"error":{}', NO_ERROR],
    ['"error":["code"]', NO_ERROR],
    ['"error":{"code":1}', NO_ERROR],
    ['"error":{"message":"No"}', NO_ERROR],
    ['"error":{"code":"1","message":"No"}', NO_ERROR],
    ['"error":{"code":1.5,"message":"No"}', NO_ERROR],
    ['"error":{"code":1e400,"message":"No"}', NO_ERROR],
    ['"error":{"code":1,"message":7}', NO_ERROR],
    ['"method":"add","params":7', 'its parameters are neither a list nor an object'],
    ['"method":"add","params":null', 'its parameters are neither a list nor an object'],
  ] as const) {
    it(`shows a message that is none, ${members}: ${problem}`, async () => {
      await rob.connect()
      await callTimes(3)
      const response = `{"jsonrpc":"2.0",${members},"id":3}`
      here().sends(response)
      expect(received()).to.deep.equal([[response, { problem }]])
    })
  }

  for (const version of ['', '"jsonrpc":"1.0",', '"jsonrpc":2.0,', '"jsonrpc":null,']) {
    it(`shows what is not of version 2.0, and reads it only where the settings say so: ${version || 'nothing'}`, async () => {
      const messages = ['"result":3,"id":1', '"method":"a","params":7', '"error":"No","id":null']
      const frames = messages.map((members) => `{${version}${members}}`)
      await rob.connect()
      await rob.call('add')
      here().sends(...frames)
      expect(problems()).to.deep.equal(Array(3).fill(NO_VERSION))
      conversation.setProtocol({ name: 'json-rpc', jsonrpc: false })
      rob = conversation.client('Bob')
      await rob.connect()
      await rob.call('add')
      server.to('Bob').sends(...frames)
      expect(received()).to.deep.equal([
        ['3', { answerTo: 1 }],
        ['7', { event: 'a' }],
        ['No', { isError: true }],
      ])
    })
  }

  it('reads an integer code however it is written', async () => {
    await rob.connect()
    await callTimes(1)
    const error = '{"code":-3.2e4,"message":"No"}'
    here().sends(`{"jsonrpc":"2.0","error":${error},"id":1}`)
    expect(received()).to.deep.equal([[error, { answerTo: 1, isError: true }]])
  })

  it('reads so many messages of a batch, and no more', async () => {
    await rob.connect()
    here().sends(`[${Array(10_001).fill('1')}]`)
    expect(received()).to.have.length(10_001)
    expect(received()[9999]).to.deep.equal(['1', { problem: 'it is not a JSON object' }])
    expect(received()[10_000]?.[1]).to.deep.equal({
      problem: 'The function received of the protocol json-rpc failed: it says more than 10000 messages at once',
    })
  })

  it('calls methods, and emits notifications', async () => {
    await rob.connect()
    await rob.call('add', [20, 3])
    await rob.call('negate', { value: 9007199254740993n })
    await rob.call('greet', 'Ann')
    await rob.call('fail')
    await rob.send(namedEvent('bye'))
    await rob.send(namedEvent('said', ['Hello']))
    expect(here().sent).to.deep.equal([
      '{"jsonrpc":"2.0","method":"add","params":[20,3],"id":1}',
      '{"jsonrpc":"2.0","method":"negate","params":{"value":9007199254740993},"id":2}',
      '{"jsonrpc":"2.0","method":"greet","params":["Ann"],"id":3}',
      '{"jsonrpc":"2.0","method":"fail","id":4}',
      '{"jsonrpc":"2.0","method":"bye"}',
      '{"jsonrpc":"2.0","method":"said","params":["Hello"]}',
    ])
    here().sends('{"jsonrpc":"2.0","error":{"code":1,"message":"No"},"id":4}')
    await rob.expectAnswer({ code: 1 }, { isError: true })
  })

  const ask = (id: string, method = 'watch') => rob.send(`{"jsonrpc":"2.0","method":"${method}","id":${id}}`)
  const ids = () => here().sent.map((frame) => JSON.parse(String(frame)).id)

  it('calls by ids that no sentence has written, answered or not', async () => {
    await rob.connect()
    await ask('1')
    answers([1, 1])
    await ask('2.0')
    await ask('"3"')
    await rob.send('[{"jsonrpc":"2.0","method":"a","id":4},{"jsonrpc":"2.0","method":"b","id":5e0}]')
    await callTimes(3)
    await ask('9')
    await callTimes(2)
    expect(ids()).to.deep.equal([1, 2, '3', undefined, 3, 6, 7, 9, 8, 10])
  })

  it('takes the answer to what a sentence has sent for no answer to a call', async () => {
    await rob.connect()
    await ask('1')
    await rob.call('add', [20, 3])
    answers([7, 1])
    const failure = await failureOf(() => rob.expectAnswer('7', { within: 1 }))
    expect(failure.message).to.contain('Rob did not receive the answer "7" to "add"')
    answers([23, 2])
    await rob.expectAnswer('23')
  })

  it('sends no id of a call that has no answer, or was the last one', async () => {
    const refused = async (id: string) =>
      expect((await failureOf(() => rob.send(`[{"jsonrpc":"2.0","method":"a","id":"a"},{"id":${id}}]`))).message)
    await rob.connect()
    await ask('0')
    await callTimes(3)
    answers([1, 2], [2, 3])
    for (const id of ['1', '1.0', '3'])
      (await refused(id)).to.contain(
        `the id ${Number(id)} is that of a call of the client: write another one, such as "a"`,
      )
    answers([3, '"a"'])
    expect(problems().at(-1)).to.equal(UNASKED)
    await ask('2')
    await ask('2')
    await callTimes(1)
    await ask('3')
    answers([4, 2], [5, 2], [6, 1], [7, 3])
    expect(problems().slice(-4)).to.deep.equal(Array(4).fill(undefined))
    expect(ids()).to.deep.equal([0, 1, 2, 3, 2, 2, 4, 3])
  })

  it('leaves out the version where servers do not take it', async () => {
    conversation.setProtocol({ name: 'json-rpc', jsonrpc: false })
    const ann = conversation.client('Ann')
    await ann.connect()
    await ann.call('Page.enable')
    expect(server.to('Ann').sent).to.deep.equal(['{"method":"Page.enable","id":1}'])
  })

  it('has no other options', async () => {
    conversation.setProtocol({ name: 'json-rpc', version: 1 })
    expect((await failureOf(() => rob.connect())).message).to.contain(
      'There is no option "version" of the protocol json-rpc. Write jsonrpc.',
    )
  })
})
