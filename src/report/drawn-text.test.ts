/** How text fits into a picture. */

import { expect } from 'chai'
import { drawnText, textColumns, wrapped } from './drawn-text'

describe('a text in a picture', () => {
  it('is as wide as its letters', () => {
    expect(['abc', '漢字', '👩‍👩‍👧', 'é'].map(textColumns)).to.deep.equal([3, 4, 2, 1])
  })

  it('is cut where there is no room, but not within a letter', () => {
    expect(wrapped('Hello, world!', 8, 1)).to.deep.equal(['Hello, …'])
    expect(wrapped('漢字かな', 5, 1)).to.deep.equal(['漢字…'])
    expect(wrapped('👩‍👩‍👧👩‍👩‍👧', 3, 1)).to.deep.equal(['👩‍👩‍👧…'])
    expect(wrapped('Hello', 5, 1)).to.deep.equal(['Hello'])
  })

  it('goes on in the next line, between words if it can', () => {
    expect(wrapped('one two three four', 9, 3)).to.deep.equal(['one two', 'three', 'four'])
    expect(wrapped('one two three four five', 9, 2)).to.deep.equal(['one two', 'three fo…'])
    expect(wrapped('x'.repeat(12), 5, 3)).to.deep.equal(['xxxxx', 'xxxxx', 'xx'])
  })

  it('is nothing but text', () => {
    expect(drawnText('<b a="1">&\'</b>')).to.equal('&lt;b a=&quot;1&quot;&gt;&amp;&#39;&lt;/b&gt;')
    expect(drawnText('a\u0000\ud83d\uffff')).to.equal('a\ufffd\ufffd\ufffd')
  })

  it('keeps its direction of writing to itself', () => {
    expect(drawnText('שלום')).to.equal('\u2068שלום\u2069')
    expect(drawnText('a\u202eb')).to.equal('\u2068a\ufffdb\u2069')
  })
})
