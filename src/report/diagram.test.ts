/** What is drawn of a conversation, before it is drawn. */

import { expect } from 'chai'
import type { TranscriptEntry } from '../transcript'
import { createDiagram } from './diagram'
import type { Row } from './diagram-rows'

const url = 'ws://server/?name=Ann'

describe('createDiagram', () => {
  it('has a lane for the server and one for each client, in order of appearance', () => {
    const { lanes } = createDiagram([
      happens('connects', 'Bob'),
      happens('connects', 'Ann'),
      happens('sends', 'Bob', 'Hi'),
    ])
    expect(lanes.map(({ name }) => name)).to.deep.equal(['server', 'Bob', 'Ann'])
    expect(lanes.map(({ isServer }) => isServer)).to.deep.equal([true, false, false])
  })

  it('has a lane for each of several servers, HTTP of the same host included', () => {
    const { lanes, rows } = createDiagram([
      happens('connects', 'Ann', '', { url: 'ws://one:1/' }),
      happens('requests', 'Ann', 'GET http://one:1/orders', { url: 'http://one:1/orders' }),
      happens('connects', 'Bob', '', { url: 'ws://[::1]:2/' }),
    ])
    expect(lanes.map(({ name }) => name)).to.deep.equal(['one:1', '[::1]:2', 'Ann', 'Bob'])
    expect(rows.map((row) => row.is === 'arrow' && [row.server, row.clients])).to.deep.equal([
      [0, [2]],
      [0, [2]],
      [1, [3]],
    ])
  })

  it('says what a connection has beside its address, and that of a Unix domain socket', () => {
    const url = 'ws+unix:///run/app.sock:/chat?x=1'
    const { lanes, rows } = createDiagram([
      happens('connects', 'Ann', `${url}, redirected to ws://two/ with permessage-deflate`, { url }),
      happens('requests', 'Ann', 'GET http+unix:///run/app.sock:/orders', { url: 'http+unix:///run/app.sock:/orders' }),
      happens('connects', 'Bob', 'ws://one/', { url: 'ws://one/' }),
    ])
    expect(lanes.map(({ name }) => name)).to.deep.equal(['/run/app.sock', 'one', 'Ann', 'Bob'])
    expect(rows.map((row) => row.is === 'arrow' && row.label)).to.deep.equal([
      'connects /chat?x=1, redirected to ws://two/ with permessage-deflate',
      'GET /orders',
      'connects',
    ])
  })

  it('has a row for each thing that happened, headed by the sentences', () => {
    const { rows } = createDiagram(
      [
        entry({ kind: 'starts', client: 'chat' }),
        entry({ kind: 'sentence', detail: 'Ann connects' }),
        happens('connects', 'Ann'),
        happens('sends', 'Ann', ''),
        happens('receives', 'Ann', Buffer.from([0xde, 0xad])),
        happens('hears', 'Ann', 'nothing for 200 ms'),
        happens('pings', 'Ann'),
        happens('receives a pong', 'Ann'),
        happens('is disconnected', 'Ann', 'with 4001 "Kicked"'),
        happens('loses the connection', 'Ann'),
      ],
      new Map(),
      'Ann did not receive "Hello".',
    )
    expect(rows.map(inWords)).to.deep.equal([
      'note chat is started',
      'sentence Ann connects',
      'connects connects /?name=Ann',
      'sends (an empty message)',
      'receives bytes dead',
      'note silence: nothing for 200 ms',
      'pings ping',
      'receives a pong pong',
      'is disconnected is disconnected with 4001 "Kicked"',
      'loses the connection loses the connection',
      'failure Ann did not receive "Hello".',
    ])
  })

  it('shows letters instead of their escapes, and the raw message beside it', () => {
    const { rows } = createDiagram([
      happens('receives', 'Ann', String.raw`{"say":"Gr\u00fc\u00dfe"}`),
      happens('is answered', 'Ann', String.raw`200 ["\u00fc"]`),
      happens('requests', 'Ann', String.raw`POST http://one/ ["\u00fc"]`, { url: 'http://one/' }),
      happens('sends', 'Ann', '{"say":"Grüße"}'),
    ])
    expect(rows.map((row) => row.is === 'arrow' && [row.label, row.raw])).to.deep.equal([
      ['{"say":"Grüße"}', String.raw`{"say":"Gr\u00fc\u00dfe"}`],
      ['200 ["ü"]', String.raw`200 ["\u00fc"]`],
      ['POST / ["ü"]', String.raw`POST http://one/ ["\u00fc"]`],
      ['{"say":"Grüße"}', undefined],
    ])
  })

  it('shows the phrase of a message, and the raw message beside it', () => {
    const entries = [happens('receives', 'Ann', '{"say":"Hi"}'), happens('receives', 'Ann', Buffer.from([1]))]
    const phraseOf = ({ detail }: TranscriptEntry) => (typeof detail === 'string' ? '"Hi"' : undefined)
    const { rows } = createDiagram(entries, new Map(), undefined, phraseOf)
    expect(rows.map((row) => row.is === 'arrow' && [row.label, row.raw])).to.deep.equal([
      ['"Hi"', '{"say":"Hi"}'],
      ['bytes 01', undefined],
    ])
  })

  it('makes one row of a broadcast', () => {
    const { rows } = createDiagram(['Ann', 'Bob', 'Carol', 'Ann'].map((who) => happens('receives', who, 'Hi')))
    expect(rows.map((row) => row.is === 'arrow' && row.clients)).to.deep.equal([[1, 2, 3], [1]])
  })

  it('does not merge a text with bytes that say the same', () => {
    const { rows } = createDiagram([happens('receives', 'Ann', 'Hi'), happens('receives', 'Bob', Buffer.from('Hi'))])
    expect(rows.map((row) => row.is === 'arrow' && row.label)).to.deep.equal(['Hi', 'bytes 4869'])
  })

  it('does not merge what a reaction did with other messages', () => {
    const { rows } = createDiagram([
      happens('receives', 'Ann', 'Hi'),
      happens('receives', 'Bob', 'Hullo'),
      happens('sends', 'Ann', 'Hi'),
      happens('sends', 'Ann', 'Hi', { isReaction: true }),
    ])
    expect(rows).to.have.length(4)
  })

  describe('of a group', () => {
    const members = Array.from({ length: 100 }, (_, index) => `listener-${index + 1}`)
    const groups = new Map(members.map((name) => [name, { name: 'listener', size: 100 }]))

    it('has one lane, and few rows for all of them', () => {
      const { lanes, rows } = createDiagram(
        [
          ...members.flatMap((who) => [happens('connects', who), happens('receives', who, `${who} has connected`)]),
          entry({ kind: 'sentence', detail: 'Ann sends "Hi"' }),
          happens('sends', 'Ann', 'Hi'),
          ...members.map((who) => happens('receives', who, 'Ann: Hi')),
          happens('receives', 'Ann', 'Ann: Hi'),
        ],
        groups,
      )
      expect(lanes.map(({ name, isGroup }) => [name, isGroup])).to.deep.equal([
        ['server', false],
        ['listener ×100', true],
        ['Ann', false],
      ])
      expect(rows.map((row) => `${inWords(row)}${row.is === 'arrow' ? ` ×${row.count}` : ''}`)).to.deep.equal([
        'connects connects /?name=Ann ×100',
        'receives listener-1 has connected, and 99 others ×100',
        'sentence Ann sends "Hi"',
        'sends Hi ×1',
        'receives Ann: Hi ×101',
      ])
    })

    it('of three has a lane for each', () => {
      const few = new Map(members.slice(0, 3).map((name) => [name, { name: 'listener', size: 3 }]))
      const { lanes } = createDiagram(
        members.slice(0, 3).map((who) => happens('connects', who)),
        few,
      )
      expect(lanes.map(({ name }) => name)).to.deep.equal(['server', 'listener-1', 'listener-2', 'listener-3'])
    })
  })

  it('puts the last clients into one lane if there are too many', () => {
    const names = Array.from({ length: 20 }, (_, index) => `P${index}`)
    const { lanes, rows } = createDiagram(names.map((who) => happens('sends', who, who)))
    expect(lanes).to.have.length(10)
    expect(lanes.at(-1)).to.deep.equal({ name: 'others ×12', isServer: false, isGroup: true })
    const [last] = rows.slice(-1)
    expect(last?.is === 'arrow' && [last.clients, last.count]).to.deep.equal([[9], 12])
  })

  it('cuts a long conversation in the middle, and says so', () => {
    const { rows } = createDiagram(Array.from({ length: 1000 }, (_, index) => happens('sends', 'Ann', `${index}`)))
    expect(rows).to.have.length(81)
    expect(rows[40]).to.deep.equal({ is: 'cut', rows: 920 })
    expect(inWords(rows[41] as Row)).to.equal('sends 960')
  })

  it('says where the transcript itself is cut, and counts what it has left out', () => {
    const cut: TranscriptEntry = { ...entry({ detail: '990000' }), kind: 'is cut' }
    const ticks = Array.from({ length: 10 }, () => happens('receives', 'Ann', 'tick'))
    const { lanes, rows } = createDiagram([...ticks, cut, ...ticks])
    expect(lanes).to.have.length(2)
    expect(rows).to.have.length(3)
    expect(rows[1]).to.deep.equal({ is: 'cut', rows: 990_000 })
    const many = Array.from({ length: 100 }, (_, index) => happens('sends', 'Ann', `${index}`))
    expect(createDiagram([...many, cut, ...many]).rows[40]).to.deep.equal({ is: 'cut', rows: 990_120 })
  })

  it('keeps the last sentence of the part that is cut', () => {
    const said = (count: number, text: string) =>
      Array.from({ length: count }, (_, index) => happens('receives', 'Ann', `${text} ${index}`))
    const { rows } = createDiagram([
      ...said(100, 'early'),
      entry({ detail: 'Ann receives "late 1"' }),
      ...said(100, 'late'),
    ])
    expect(rows.slice(40, 43).map(inWords)).to.deep.equal(['cut', 'sentence Ann receives "late 1"', 'receives late 60'])
    expect(rows[40]).to.deep.equal({ is: 'cut', rows: 120 })
  })

  it('makes one row of a message that is sent four times in a row, or more', () => {
    const again = (count: number) => Array.from({ length: count }, () => happens('sends', 'Ann', 'Hello'))
    const counts = (entries: TranscriptEntry[]) =>
      createDiagram(entries).rows.map((row) => row.is === 'arrow' && row.count)
    expect(counts(again(3))).to.deep.equal([1, 1, 1])
    expect(counts([...again(150), happens('sends', 'Ann', 'Bye')])).to.deep.equal([150, 1])
  })

  it('keeps a lane for clients that the last sentence or the failure names', () => {
    const many = Array.from({ length: 20 }, (_, index) => happens('connects', `Client ${index}.`))
    const names = (failure?: string) =>
      createDiagram([...many, entry({ detail: 'Client 18. receives "x"' })], new Map(), failure).lanes.map(
        ({ name }) => name,
      )
    expect(names()).to.include('Client 18.').and.have.length(10)
    expect(names('Client 19. did not')).to.include.members(['Client 18.', 'Client 19.', 'others ×12'])
  })

  it('makes two rows of heartbeats and their answers, and says what frames are', () => {
    const beats = Array.from({ length: 20 }, () => [
      happens('receives a frame', 'Ann', '2'),
      happens('sends a frame', 'Ann', '\n'),
    ]).flat()
    const { rows } = createDiagram([...beats, happens('receives a frame', 'Ann', '2'), happens('sends', 'Ann', 'Hi')])
    expect(rows.map((row) => row.is === 'arrow' && `${inWords(row)} ×${row.count}`)).to.deep.equal([
      'receives a frame frame 2 ×21',
      String.raw`sends a frame frame \n ×20`,
      'sends Hi ×1',
    ])
  })

  it('tells events apart, also those that say all by their names', () => {
    const events = ['wave', 'smile'].map((event, index) =>
      happens('receives', index === 0 ? 'Ann' : 'Bob', '', { details: { event } }),
    )
    expect(createDiagram(events).rows.map(inWords)).to.deep.equal(['receives wave', 'receives smile'])
  })

  it('shows blanks', () => {
    const { rows } = createDiagram([happens('sends', 'Ann', '  ')])
    expect(rows.map(inWords)).to.deep.equal(['sends "  "'])
  })

  it('is empty if nothing happened', () => {
    expect(createDiagram([])).to.deep.equal({ lanes: [], rows: [] })
  })
})

function inWords(row: Row): string {
  if (row.is === 'arrow') return `${row.event} ${row.label}`
  return row.is === 'cut' ? 'cut' : `${row.is} ${row.text}`
}

function happens(
  kind: TranscriptEntry['kind'],
  client: string,
  detail: TranscriptEntry['detail'] = '',
  more: Partial<TranscriptEntry> = {},
): TranscriptEntry {
  return entry({ kind, client, detail, url, ...more })
}

function entry(more: Partial<TranscriptEntry>): TranscriptEntry {
  return { at: 0, kind: 'sentence', client: '', detail: '', isReaction: false, url: '', ...more }
}
