/** What the tables below sentences mean. */

import { DataTable } from '@cucumber/cucumber'
import { expect } from 'chai'
import { noFiles } from '../../test/fake-server'
import { Variables } from '../conversation/variables'
import { Mistake } from '../matching/errors'
import { arrivalOf, headersOf, membersOf, messagesOf } from './tables'

const speaker = { variables: new Variables(), phrases: {}, files: noFiles }

describe('a table of members', () => {
  it('has a path and a value in each row', () => {
    const table = new DataTable([
      ['type', 'order'],
      ['items[0].id', '7'],
    ])
    expect(membersOf(table).outgoing(speaker)).to.equal('{"type":"order","items":[{"id":7}]}')
  })

  it('may have paths alone', () => {
    expect(membersOf(new DataTable([['id'], ['type']])).written).to.equal('a message with id, type')
  })

  it('has no third column', () => {
    expect(() => membersOf(new DataTable([['id', '7', 'x']]))).to.throw(
      Mistake,
      "A message's table has two columns, a path and a value: | payload.name | Rob |",
    )
  })

  it('has a row', () => {
    expect(() => membersOf(new DataTable([])).outgoing(speaker)).to.throw(Mistake)
  })
})

describe('a table of messages', () => {
  it('has one in each row, in any of the ways to write one', () => {
    const table = new DataTable([['Hello'], ['"Bye"'], ['{"type": "ping"}'], ['any message']])
    expect(messagesOf(table).map(({ written }) => written)).to.deep.equal([
      '"Hello"',
      '"Bye"',
      '{"type": "ping"}',
      'any message',
    ])
  })

  it('has one column', () => {
    for (const rows of [[['Rob', 'Hello']], [['Hello'], []]]) {
      expect(() => messagesOf(new DataTable(rows))).to.throw(
        Mistake,
        'A table of messages has one column, with one message in each row.',
      )
    }
  })
})

describe('a table of what a client brings along', () => {
  it('has parameters, headers, cookies and subprotocols', () => {
    const table = new DataTable([
      ['parameter', 'name', 'Rob'],
      ['parameter', 'room', '1'],
      ['header', 'Authorization', 'Bearer x'],
      ['cookie', 'session', 'abc'],
      ['subprotocol', 'chat.v2', ''],
      ['subprotocol', 'chat.v1', ''],
    ])
    expect(arrivalOf(table, '/chat')).to.deep.equal({
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

  it('leaves the address and the subprotocols to the settings if it names none', () => {
    expect(arrivalOf(new DataTable([['header', 'X-Empty', '']]))).to.deep.equal({
      parameters: [],
      headers: { 'X-Empty': '' },
      cookies: {},
    })
  })

  it('may have short rows', () => {
    expect(arrivalOf(new DataTable([['subprotocol', 'chat.v2']]))).to.have.deep.property('subprotocols', ['chat.v2'])
    expect(arrivalOf(new DataTable([['parameter', 'debug']]))).to.have.deep.property('parameters', [['debug', '']])
  })

  for (const [kind, words] of [
    ['Header', /^A client cannot connect with a "Header"\. Did you mean header\? /],
    ['cookies', /^A client cannot connect with a "cookies"\. Did you mean cookie\? /],
    ['body', /^A client cannot connect with a "body"\. Write parameter, header, cookie or subprotocol: \| header \| /],
    ['', /^A client cannot connect with a ""\. Write parameter, header, cookie or subprotocol: \| header \| /],
  ] as const) {
    it(`has no ${kind || 'rows without a kind'}`, () => {
      expect(() => arrivalOf(new DataTable([[kind, 'x', 'y']]))).to.throw(Mistake, words)
      expect(() => arrivalOf(new DataTable([[kind, 'x', 'y']]))).to.throw(/ \| header \| Authorization \| Bearer x \|$/)
    })
  }

  it('of a request may have its kind before it', () => {
    const rows = [
      ['header', 'Accept', 'text/html'],
      ['header', 'X-Tag', ''],
    ]
    expect(headersOf(new DataTable(rows))).to.deep.equal({ Accept: 'text/html', 'X-Tag': '' })
    expect(() => headersOf(new DataTable([['cookie', 'a', 'b']]))).to.throw(
      Mistake,
      'two columns, a header and its value',
    )
  })

  it('has a kind in every row', () => {
    expect(() => arrivalOf(new DataTable([[]]))).to.throw(Mistake, 'A client cannot connect with a "".')
  })

  it('says which header it names twice, as one of them would be lost', () => {
    const table = new DataTable([
      ['header', 'X-Tag', 'a'],
      ['header', 'X-Tag', 'b'],
    ])
    expect(() => arrivalOf(table)).to.throw(Mistake, 'X-Tag')
  })
})
