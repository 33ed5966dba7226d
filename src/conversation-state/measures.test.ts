import { expect } from 'chai'
import { failureOf } from '../../test/support/failures'
import { type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Measures } from '../client-state/client-context'
import type { Conversation } from '../conversation/conversation'
import { silence } from '../expectations/expect-silence'
import { scenarioEnded } from '../inbox/scenario-before'
import { anyMessage } from '../matching/matcher'

describe('A conversation that is measured', () => {
  let conversation: Conversation
  let server: FakeServer
  let told: (readonly [what: string, figure: number])[]

  beforeEach(() => {
    ;({ conversation, server } = startConversation({ correlation: 'id' }))
    told = []
    const measures: Measures = {
      connected: (ms) => told.push(['connected', ms]),
      closed: (code) => told.push(['closed', code]),
      answered: (ms) => told.push(['answered', ms]),
      reacted: (ms) => told.push(['reacted', ms]),
    }
    conversation.state.measures = measures
  })

  afterEach(() => conversation.end())

  it('tells how long connecting takes, and how connections are closed', async () => {
    const ann = conversation.client('Ann')
    await ann.connect()
    server.to('Ann').closes(4001, 'Kicked')
    await ann.expectDisconnected({ code: 4001 })
    await ann.reconnect()
    ann.terminate()
    server.onConnection = (connection) => connection.fails('it is broken')
    await failureOf(() => ann.reconnect())
    expect(told.map(([what]) => what)).to.deep.equal(['connected', 'closed', 'connected', 'closed'])
    expect(told.filter(([what]) => what === 'closed').map(([, code]) => code)).to.deep.equal([4001, 1006])
    expect(told[0]?.[1]).to.be.within(0, 5000)
  })

  it('tells how long answers take', async () => {
    const ann = conversation.client('Ann')
    await ann.connect()
    const answered = ann.ask({ id: 1 }, { id: 1 })
    server.to('Ann').sends('{"id":1}')
    await answered
    expect(figures('answered')[0]).to.be.within(0, 5000)
  })

  it('tells nothing of reactions that fail', async () => {
    const ann = conversation.client('Ann')
    ann.when('Ping').send('${unknown}')
    await ann.connect()
    server.to('Ann').sends('Ping')
    await failureOf(() => conversation.settle())
    expect(figures('reacted')).to.deep.equal([])
  })

  it('tells how long reactions take', async () => {
    const ann = conversation.client('Ann')
    ann.when('Ping').send('Pong')
    await ann.connect()
    server.to('Ann').sends('Ping')
    await conversation.settle()
    expect(figures('reacted')[0]).to.be.within(0, 5000)
  })

  it('has no scenario before it, of which it could hear', async () => {
    scenarioEnded(['ws://server'], performance.now())
    const ann = conversation.client('Ann')
    await ann.connect()
    server.to('Ann').sends('Bob has left')
    const nothing = silence(anyMessage)
    expect((await failureOf(() => ann.expect(nothing))).message).not.to.contain('scenario before')
    conversation.state.measures = undefined
    expect((await failureOf(() => ann.expect(nothing))).message).to.contain('scenario before')
  })

  function figures(wanted: string): number[] {
    return told.filter(([what]) => what === wanted).map(([, figure]) => figure)
  }
})
