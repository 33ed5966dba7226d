import { DataTable } from '@cucumber/cucumber'
import { expect } from 'chai'
import { noFiles } from '../../test/support/fake-server'
import { UsageError } from '../errors'
import { Variables } from '../variables/variables'
import { connectOptionsTable, memberTable, messageTable } from './tables'

const speaker = { variables: new Variables(), phrases: {}, files: noFiles }

describe('memberTable', () => {
  it('reads a path and a value in each row', () => {
    const table = new DataTable([
      ['type', 'order'],
      ['items[0].id', '7'],
    ])
    expect(memberTable(table).toSend(speaker)).to.equal('{"type":"order","items":[{"id":7}]}')
  })

  it('reads paths alone', () => {
    expect(memberTable(new DataTable([['id'], ['type']])).describe()).to.equal('a message with id, type')
  })

  it('refuses a third column', () => {
    expect(() => memberTable(new DataTable([['id', '7', 'x']]))).to.throw(
      UsageError,
      "A message's table has two columns, a path and a value: | payload.name | Rob |",
    )
  })

  it('needs a row', () => {
    expect(() => memberTable(new DataTable([])).toSend(speaker)).to.throw(UsageError)
  })
})

describe('messageTable', () => {
  it('reads a message in each row, however it is written', () => {
    const table = new DataTable([['Hello'], ['"Bye"'], ['{"type": "ping"}'], ['any message']])
    expect(messageTable(table).map((message) => message.describe())).to.deep.equal([
      '"Hello"',
      '"Bye"',
      '{"type": "ping"}',
      'any message',
    ])
  })

  it('needs one column', () => {
    for (const rows of [[['Rob', 'Hello']], [['Hello'], []]]) {
      expect(() => messageTable(new DataTable(rows))).to.throw(
        UsageError,
        'A table of messages has one column, with one message in each row.',
      )
    }
  })
})

describe('connectOptionsTable', () => {
  it('reads parameters, headers, cookies and subprotocols', () => {
    const table = new DataTable([
      ['parameter', 'name', 'Rob'],
      ['parameter', 'room', '1'],
      ['header', 'Authorization', 'Bearer x'],
      ['cookie', 'session', 'abc'],
      ['subprotocol', 'chat.v2', ''],
      ['subprotocol', 'chat.v1', ''],
    ])
    expect(connectOptionsTable(table, '/chat')).to.deep.equal({
      to: '/chat',
      parameters: [
        ['name', 'Rob'],
        ['room', '1'],
      ],
      headers: { Authorization: 'Bearer x' },
      cookies: { session: 'abc' },
      subprotocols: ['chat.v2', 'chat.v1'],
    })
  })

  it('leaves out address and subprotocols if there are none', () => {
    expect(connectOptionsTable(new DataTable([['header', 'X-Empty', '']]))).to.deep.equal({
      parameters: [],
      headers: { 'X-Empty': '' },
      cookies: {},
    })
  })

  it('reads short rows', () => {
    expect(connectOptionsTable(new DataTable([['subprotocol', 'chat.v2']]))).to.have.deep.property('subprotocols', [
      'chat.v2',
    ])
    expect(connectOptionsTable(new DataTable([['parameter', 'debug']]))).to.have.deep.property('parameters', [
      ['debug', ''],
    ])
  })

  it('refuses cells that would not be sent', () => {
    expect(() => connectOptionsTable(new DataTable([['parameter', 'tag', 'a', 'b']]))).to.throw(
      UsageError,
      'A table to connect with has three columns, a kind, a name and a value: | header | Authorization | Bearer x |',
    )
    expect(() => connectOptionsTable(new DataTable([['subprotocol', 'chat.v1', 'chat.v2']]))).to.throw(
      UsageError,
      'A subprotocol has no value: write each in a row of its own, | subprotocol | chat.v1 |',
    )
  })

  for (const [kind, words] of [
    ['Header', /^A client cannot connect with a "Header"\. Did you mean header\? /],
    ['cookies', /^A client cannot connect with a "cookies"\. Did you mean cookie\? /],
    ['body', /^A client cannot connect with a "body"\. Write parameter, header, cookie or subprotocol: \| header \| /],
    ['', /^A client cannot connect with a ""\. Write parameter, header, cookie or subprotocol: \| header \| /],
  ] as const) {
    it(`refuses ${kind || 'rows without a kind'}`, () => {
      expect(() => connectOptionsTable(new DataTable([[kind, 'x', 'y']]))).to.throw(UsageError, words)
      expect(() => connectOptionsTable(new DataTable([[kind, 'x', 'y']]))).to.throw(
        / \| header \| Authorization \| Bearer x \|$/,
      )
    })
  }

  it('needs a kind in every row', () => {
    expect(() => connectOptionsTable(new DataTable([[]]))).to.throw(UsageError, 'A client cannot connect with a "".')
  })

  for (const [kind, first, second] of [
    ['header', 'X-Tag', 'X-Tag'],
    ['header', 'X-Tag', 'x-tag'],
    ['cookie', 'session', 'session'],
    ['subprotocol', 'chat.v1', 'chat.v1'],
  ] as const) {
    it(`refuses a ${kind} that is named twice: ${first}, ${second}`, () => {
      const rows = [first, second].map((name, at) => [kind, name, kind === 'subprotocol' ? '' : `${at}`])
      const words = `The ${kind} "${second}" stands twice, and one of them would be lost`
      expect(() => connectOptionsTable(new DataTable(rows))).to.throw(UsageError, words)
    })
  }

  it('keeps all values of a parameter', () => {
    const rows = ['1', '2', '2'].map((value) => ['parameter', 'id', value])
    expect(connectOptionsTable(new DataTable(rows)).parameters).to.deep.equal([
      ['id', '1'],
      ['id', '2'],
      ['id', '2'],
    ])
  })
})
