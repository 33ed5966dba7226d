/** Whatever was said, by whomever: the picture is well-formed, and the same for the same. */

import { expect } from 'chai'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { EVENT_KINDS, type TranscriptEntry } from '../transcript'
import { createDiagram } from './diagram'
import { mermaidDiagram } from './mermaid-diagram'
import { svgDiagram } from './svg-diagram'

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: fc.constantFrom('<', '>', ']]>', '</svg>', '&', '"', '\u202e', '\u0000', '\ud800', '😀', '東') }),
)

const entry = fc.record<TranscriptEntry>({
  at: fc.double({ min: 0, max: 1e6, noNaN: true }),
  kind: fc.constantFrom(...EVENT_KINDS),
  client: text,
  detail: fc.oneof(
    text,
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  ),
  isReaction: fc.boolean(),
  url: fc.constantFrom('', 'ws://a/', 'ws://b/?c=<d>', 'no address'),
})

describe('svgDiagram of any conversation', () => {
  it('is well-formed, has a width and a height, and is the same for the same', () =>
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 120 }), fc.option(text), (entries, failure) => {
        const board = createDiagram(entries, new Map(), failure ?? undefined)
        const picture = svgDiagram(board, 'A conversation')
        let size: unknown[] = []
        const parser = new SaxesParser({ xmlns: true })
        parser.on('opentag', ({ name, attributes }) => {
          if (name === 'svg') size = [Number(attributes.width?.value), Number(attributes.height?.value)]
        })
        parser.write(picture).close()
        expect(size.every((side) => Number.isInteger(side) && (side as number) > 0)).to.equal(true)
        expect(svgDiagram(createDiagram(entries, new Map(), failure ?? undefined), 'A conversation')).to.equal(picture)
        expect(mermaidDiagram(board)).to.match(/^sequenceDiagram\b/)
      }),
      { numRuns: 200 },
    ))
})
