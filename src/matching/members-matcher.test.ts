import { expect } from 'chai'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import type { Difference } from './matcher'
import { havingMembers, type MemberRow } from './members-matcher'

const order = { id: 7, customer: { name: 'Rob' }, items: [{ colour: 'red' }, { colour: 'blue' }], note: null }
const message = new Message(1, 0, JSON.stringify(order))

describe('havingMembers', () => {
  for (const rows of [
    [['id', 7]],
    [['$.customer.name', 'Rob']],
    [['/customer/name', 'Rob']],
    [['customer', { name: 'Rob' }]],
    [['items[0].colour', 'red']],
    [['items[*].colour', 'blue']],
    [['items', '#[2]']],
    [['note', null]],
    [['note', '#present']],
    [['customer.age', '#notpresent']],
    [
      ['id', '#number'],
      ['customer.name', '#regex ^R'],
    ],
  ] as MemberRow[][]) {
    it(`accepts the message for ${formatRows(rows)}`, () => {
      expect(havingMembers(rows).accepts(message)).to.equal(true)
    })
  }

  for (const [rows, difference] of [
    [[['id', '7']], { distance: 1, expected: { id: '7' }, actual: { id: 7 } }],
    [
      [
        ['id', 7],
        ['customer.name', 'Ann'],
      ],
      { distance: 0.5, expected: { 'customer.name': 'Ann' }, actual: { 'customer.name': 'Rob' } },
    ],
    [[['customer.age', 30]], { distance: 1, expected: { 'customer.age': 30 }, actual: {} }],
    [[['customer.age', '#present']], { distance: 1, expected: { 'customer.age': '#present' }, actual: {} }],
    [[['note', '#notpresent']], { distance: 1, expected: { note: '#notpresent' }, actual: { note: null } }],
    [[['customer', {}]], { distance: 1, expected: { customer: {} }, actual: { customer: { name: 'Rob' } } }],
    [
      [['items[*].colour', 'green']],
      { distance: 1, expected: { 'items[*].colour': 'green' }, actual: { 'items[*].colour': ['red', 'blue'] } },
    ],
    [
      [['items[1:].colour', 'green']],
      { distance: 1, expected: { 'items[1:].colour': 'green' }, actual: { 'items[1:].colour': 'blue' } },
    ],
  ] as [MemberRow[], Difference][]) {
    it(`rejects the message for ${formatRows(rows)}`, () => {
      expect(havingMembers(rows).accepts(message)).to.equal(false)
      expect(havingMembers(rows).compare(message)).to.deep.equal(difference)
    })
  }

  it('compares a marker that was met as the value itself', () => {
    const { expected, actual } = havingMembers([['$', { id: '#number', note: 'x' }]]).compare(
      new Message(1, 0, '{"id":7,"note":"y"}'),
    )
    expect({ expected, actual }).to.deep.equal({
      expected: { $: { id: 7, note: 'x' } },
      actual: { $: { id: 7, note: 'y' } },
    })
  })

  it('rejects what is not JSON, and compares it as it is', () => {
    expect(havingMembers([['$', '#present']]).accepts(new Message(1, 0, 'Hello'))).to.equal(false)
    const matcher = havingMembers([['id', 7]])
    for (const [data, shown] of [
      ['Hello', 'Hello'],
      [Buffer.from([7]), '07'],
    ] as const) {
      expect(matcher.accepts(new Message(1, 0, data))).to.equal(false)
      expect(matcher.compare(new Message(1, 0, data))).to.deep.equal({
        distance: 1,
        expected: { id: 7 },
        actual: shown,
      })
    }
  })

  it('describes itself by its rows', () => {
    const rows: MemberRow[] = [
      ['id', 7],
      ['customer.name', 'Rob'],
      ['note', '#present'],
    ]
    expect(havingMembers(rows).describe()).to.equal('a message with id 7, customer.name "Rob", note present')
    expect(havingMembers([['a', 'x'.repeat(400)]]).describe()).to.match(
      /^a message with a "x{297}… \(\d+ characters\)$/,
    )
  })

  for (const [first, second] of [
    [
      ['role', 'admin'],
      ['role', 'user'],
    ],
    [
      ['role', '#present'],
      ['$.role', 'user'],
    ],
    [
      ['/items/0', 1],
      ['items[0]', 1],
    ],
    [
      ['items[*]', 1],
      ['items[*]', 1],
    ],
    [
      ['order', { id: 1 }],
      ['order.id', 2],
    ],
    [
      ['order.id', 2],
      ['order', { id: 1 }],
    ],
    [
      ['order.id', 2],
      ['$', { order: {} }],
    ],
  ] as const) {
    it(`refuses rows about the same place: ${first.map(String)} and ${second.map(String)}`, () => {
      expect(() => havingMembers([first, ['x', 1], second])).to.throw(
        UsageError,
        'are about the same place: write what',
      )
    })
  }

  it('allows several of several places, and a marker for what has rows of its own', () => {
    havingMembers([
      ['items[*]', 1],
      ['items[*]', 2],
      ['order', '#object'],
      ['order.id', 1],
      ['order.amount', 1],
    ])
  })

  it('refuses an invalid path at once', () => {
    expect(() => havingMembers([['items[', 1]])).to.throw(UsageError, '"items[" is not a valid path: ')
  })

  it('refuses an unknown marker at once, however deep', () => {
    const words = '"#strnig" is not a known marker. Did you mean #string?'
    expect(() => havingMembers([['id', '#strnig']])).to.throw(UsageError, words)
    expect(() => havingMembers([['customer', { name: ['#strnig'] }]])).to.throw(UsageError, words)
  })
})

function formatRows(rows: MemberRow[]): string {
  return rows.map(([path, expected]) => `${path} ${JSON.stringify(expected)}`).join(' and ')
}
