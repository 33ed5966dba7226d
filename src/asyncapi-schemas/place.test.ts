import { expect } from 'chai'
import { ContractDocuments } from './contract-documents'
import { Place } from './place'

describe('Place', () => {
  const documents = new ContractDocuments('a.json')
  const content = {
    direct: { $ref: '#/inner' },
    anchored: { $ref: '#inner' },
    plain: {},
    inner: { $id: 'http://x/a', $ref: '#/to/deeper', to: { deeper: 1 } },
    none: { $id: 'http://x/a', $ref: '#/nowhere' },
  }
  documents.add({ path: 'a.json', text: JSON.stringify(content) })
  const at = (name: string) => Place.root(documents, 'a.json').member(name) as Place

  it('tells where its reference itself leads, and nothing where that is nowhere', () => {
    const pointers = ['direct', 'anchored', 'plain', 'none'].map((name) => at(name).referred?.pointer)
    expect(pointers).to.deep.equal(['/inner', ...[undefined, undefined, undefined]])
  })

  it('follows references within a schema that has an "$id", and refers to something itself', () => {
    expect(at('direct').followIfPossible()?.pointer).to.equal('/inner/to/deeper')
  })
})
