/** How text fits into a picture. */

import { expect } from 'chai'
import { escapeXml, textColumns, wrapText } from './diagram-text'

describe('Text of a diagram', () => {
  it('is as wide as its characters', () => {
    expect(['abc', '漢字', '👩‍👩‍👧', 'é'].map(textColumns)).to.deep.equal([3, 4, 2, 1])
  })

  it('is cut where it is too long, but not within a character', () => {
    expect(wrapText('Hello, world!', 8, 1)).to.deep.equal(['Hello, …'])
    expect(wrapText('漢字かな', 5, 1)).to.deep.equal(['漢字…'])
    expect(wrapText('👩‍👩‍👧👩‍👩‍👧', 3, 1)).to.deep.equal(['👩‍👩‍👧…'])
    expect(wrapText('Hello', 5, 1)).to.deep.equal(['Hello'])
  })

  it('is wrapped, between words if possible', () => {
    expect(wrapText('one two three four', 9, 3)).to.deep.equal(['one two', 'three', 'four'])
    expect(wrapText('one two three four five', 9, 2)).to.deep.equal(['one two', 'three fo…'])
    expect(wrapText('x'.repeat(12), 5, 3)).to.deep.equal(['xxxxx', 'xxxxx', 'xx'])
  })

  it('is escaped for XML', () => {
    expect(escapeXml('<b a="1">&\'</b>')).to.equal('&lt;b a=&quot;1&quot;&gt;&amp;&#39;&lt;/b&gt;')
    expect(escapeXml('a\u0000\ud83d\uffff')).to.equal('a\ufffd\ufffd\ufffd')
  })

  it('keeps its direction of writing from its neighbours', () => {
    expect(escapeXml('שלום')).to.equal('\u2068שלום\u2069')
    expect(escapeXml('a\u202eb')).to.equal('\u2068a\ufffdb\u2069')
  })
})
