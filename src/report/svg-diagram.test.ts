/** The picture of a conversation: well-formed, the same each time, and nothing but a picture. */

import { expect } from 'chai'
import { SaxesParser } from 'saxes'
import { EVENT_KINDS, type EventKind, type TranscriptEntry } from '../transcript'
import { createDiagram } from './diagram'
import { svgDiagram } from './svg-diagram'

const hostile = [
  '<script>alert(1)</script>',
  ']]></svg><svg onload="alert(1)">',
  '<!-- & &amp; &#0; "\' -->',
  'a\u0000b\u0007c\u001bd\u009b\ufffe\uffff',
  'half of a letter: \ud83d and \udc4b',
  'right to left \u202e kcatta',
  'שלום עולם',
  '漢字かな交じり文 👩‍👩‍👧 é',
  'x'.repeat(1_000_000),
  '',
]

describe('svgDiagram', () => {
  it('draws a title, the lanes and the labels, in a size of its own', () => {
    const { svg, elements, texts } = drawn([happens('sends', 'Ann', 'Hello'), happens('receives', 'Ann', 'Hi')])
    expect(svg).to.match(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="960" height="\d+"/)
    expect(elements.find(({ name }) => name === 'title')?.text).to.equal('Conversation: 2 messages')
    expect(texts).to.include.members(['server', 'Ann', 'Hello', 'Hi', '+0 ms'])
  })

  it('distinguishes sent from received without colour: by the line and by the side of the arrow', () => {
    const { elements } = drawn([happens('sends', 'Ann', 'Hello'), happens('receives', 'Ann', 'Hi')])
    const lines = elements.filter(({ name, attributes }) => name === 'path' && /^M\d+ \d+H/.test(attributes.d ?? ''))
    expect(
      lines.map(({ attributes }) => [attributes.d?.replace(/ \d+H/, ' to '), attributes['stroke-dasharray']]),
    ).to.deep.equal([
      ['M254 to 64', undefined],
      ['M64 to 254', '7 4'],
    ])
  })

  it('marks reactions, and how many messages a row stands for', () => {
    const { texts } = drawn([
      happens('sends', 'Ann', 'Hello', { isReaction: true }),
      ...['a-1', 'a-2', 'a-3', 'a-4'].map((who) => happens('sends', who, 'Hi')),
    ])
    expect(texts).to.include.members(['reaction', '×4'])
  })

  it('says the raw message where the pointer rests, below what it shows', () => {
    const { elements } = drawn([happens('sends', 'Ann', String.raw`["\u00fc"]`)])
    expect(elements.findLast(({ name }) => name === 'title')?.text).to.equal(
      ['Ann sends: ["ü"]', '', String.raw`Raw message: ["\u00fc"]`].join('\n'),
    )
  })

  it('ends with the failure', () => {
    const { texts } = drawn([happens('connects', 'Ann')], 'Ann did not receive "Hello" within 5 s.')
    expect(texts.slice(-2)).to.deep.equal(['FAILED', 'Ann did not receive "Hello" within 5 s.'])
  })

  it('draws the same conversation in the same way', () => {
    const entries = [happens('connects', 'Ann'), happens('sends', 'Ann', 'Hello')]
    expect(drawn(entries).svg).to.equal(drawn(entries).svg)
  })

  for (const what of EVENT_KINDS) {
    for (const [index, text] of hostile.entries()) {
      it(`is well-formed and runs no script, whatever a message contains: ${what}, ${index + 1}`, () => {
        const { elements } = drawn([happens(what, text || 'Ann', text)], text)
        expect(new Set(elements.map(({ name }) => name))).to.satisfy((names: Set<string>) =>
          [...names].every((name) => ['svg', 'title', 'rect', 'path', 'g', 'text', 'circle'].includes(name)),
        )
        expect(elements.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => /^on|href/.test(name))).to
          .be.empty
      })
    }
  }

  it('stays small, however many messages there are', () => {
    const { svg } = drawn(Array.from({ length: 10_000 }, () => happens('sends', 'Ann', 'x'.repeat(10_000))))
    expect(svg.length).to.be.lessThan(100_000)
  })
})

interface Element {
  readonly name: string
  readonly attributes: Record<string, string | undefined>
  text: string
}

function drawn(entries: TranscriptEntry[], failure?: string) {
  const groups = new Map(['a-1', 'a-2', 'a-3', 'a-4'].map((name) => [name, { name: 'a', size: 4 }]))
  const svg = svgDiagram(createDiagram(entries, groups, failure), 'Conversation: 2 messages')
  const elements: Element[] = []
  const open: Element[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: '' }
    elements.push(element)
    open.push(element)
  })
  parser.on('text', (text) => {
    const current = open.at(-1)
    if (current) current.text += text
  })
  parser.on('closetag', () => void open.pop())
  parser.on('error', (error) => {
    throw error
  })
  parser.write(svg).close()
  const texts = elements
    .filter(({ name, attributes }) => name === 'text' && !attributes['aria-hidden'])
    .map(({ text }) => text)
  return { svg, elements, texts }
}

function happens(kind: EventKind, client: string, detail = '', more: Partial<TranscriptEntry> = {}): TranscriptEntry {
  return { at: 0, kind, client, detail, isReaction: false, url: 'ws://server/', ...more }
}
