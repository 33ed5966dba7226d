/** Addresses within a page. */

import { expect } from 'chai'
import { createAnchors } from './anchors'

describe('createAnchors', () => {
  it('makes anchors of the letters and digits of names, in all scripts', () => {
    const anchorOf = createAnchors()
    expect(anchorOf('chat/any-words', 'Rob says: "Hello, <name>!"')).to.equal('chat-any-words--rob-says-hello-name')
    expect(anchorOf('東京', 'Äpfel & Übung')).to.equal('東京--äpfel-übung')
  })

  it('gives each anchor once', () => {
    const anchorOf = createAnchors()
    expect(['a', 'A!', 'a 2', 'a', '?', '…'].map((name) => anchorOf(name))).to.deep.equal([
      'a',
      'a-2',
      'a-2-2',
      'a-3',
      'nameless',
      'nameless-2',
    ])
  })
})
