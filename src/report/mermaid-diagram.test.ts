/** The source for Mermaid. */

import { expect } from 'chai'
import type { TranscriptEntry } from '../transcript'
import { createDiagram } from './diagram'
import { mermaidDiagram } from './mermaid-diagram'

describe('mermaidDiagram', () => {
  it('writes participants, sentences as notes, and an arrow for each client that receives', () => {
    const board = createDiagram(
      [
        entry('sentence', '', 'Ann and Bob connect'),
        entry('connects', 'Ann'),
        entry('receives', 'Ann', 'Hi'),
        entry('receives', 'Bob', 'Hi'),
        entry('sends', 'Ann', '{"a": 1}', { isReaction: true }),
        entry('hears', 'Bob', 'nothing for 200 ms'),
        entry('starts', 'chat'),
        entry('is disconnected', 'Bob', 'with 4001'),
        entry('disconnects', 'Ann'),
      ],
      new Map(),
      'Ann did not receive "x"; why?',
    )
    expect(mermaidDiagram(board).split('\n')).to.deep.equal([
      'sequenceDiagram',
      '    participant p0 as server',
      '    actor p1 as Ann',
      '    actor p2 as Bob',
      '    Note over p0,p2: Ann and Bob connect',
      '    p1->>p0: connects',
      '    p0-->>p1: Hi',
      '    p0-->>p2: Hi',
      '    p1->>p0: #40;reaction#41; #123;#34;a#34;: 1#125;',
      '    Note over p2: silence: nothing for 200 ms',
      '    Note over p0,p2: chat is started',
      '    p0--xp2: is disconnected with 4001',
      '    p1-xp0: disconnects',
      '    Note over p0,p2: FAILED: Ann did not receive #34;x#34;#59; why?',
    ])
  })

  it('writes how often a message was sent', () => {
    const board = createDiagram(Array.from({ length: 20 }, () => entry('sends', 'Ann', 'tick')))
    expect(mermaidDiagram(board).split('\n').slice(3)).to.deep.equal(['    p1->>p0: ×20 tick'])
  })

  it('writes one line for each row, whatever its message contains', () => {
    const board = createDiagram(
      Array.from({ length: 100 }, (_, index) => entry('sends', 'A\nnn', `line\n${index}\r\u2028end`)),
    )
    expect(mermaidDiagram(board).split('\n')).to.have.length(1 + 2 + 81)
    expect(mermaidDiagram(board))
      .to.contain('… 20 more …')
      .and.not.match(/[\r\u2028]/)
  })

  it('cuts long messages, and escapes what Mermaid would interpret', () => {
    const texts = ['x'.repeat(1_000_000), 'wrap:a $$b$$', '\u202eturned']
    const lines = mermaidDiagram(createDiagram(texts.map((text) => entry('sends', 'Ann', text))))
      .split('\n')
      .slice(3)
    expect(lines).to.deep.equal([
      `    p1->>p0: ${'x'.repeat(80)}…`,
      '    p1->>p0: wrap#58;a #36;#36;b#36;#36;',
      '    p1->>p0: \\u202eturned',
    ])
  })
})

function entry(
  kind: TranscriptEntry['kind'],
  client: string,
  detail = '',
  { isReaction = false } = {},
): TranscriptEntry {
  return { at: 0, kind, client, detail, isReaction, url: 'ws://server/' }
}
