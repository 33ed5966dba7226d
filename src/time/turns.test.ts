import { expect } from 'chai'
import { turn } from '../../test/support/event-loop'
import { WorkQueue } from './turns'

describe('Work in turns', () => {
  let events: string[]

  const queue = (name: string) =>
    new WorkQueue({ pause: () => events.push(`${name} pauses`), resume: () => events.push(`${name} resumes`) })
  /** Takes so many ms. */
  const working = (name: string, ms: number) => () => {
    for (const end = performance.now() + ms; performance.now() < end; );
    events.push(name)
  }

  // What others have worked before is over.
  beforeEach(async () => {
    const first = queue('first')
    events = []
    first.do(working('long', 30))
    first.do(() => {})
    for (let turns = 0; turns < 3; turns++) await turn()
    events = []
  })

  it('is done at once as long as it takes little time', () => {
    const one = queue('one')
    for (const name of ['a', 'b', 'c']) one.do(() => events.push(name))
    expect(events).to.deep.equal(['a', 'b', 'c'])
  })

  it('waits in order for the next turn if it takes longer, so that others have theirs between', async () => {
    const one = queue('one')
    one.do(working('a', 30))
    for (const name of ['b', 'c']) one.do(() => events.push(name))
    expect(events).to.deep.equal(['a', 'one pauses'])
    await turn()
    expect(events).to.deep.equal(['a', 'one pauses', 'b', 'c', 'one resumes'])
  })

  it('is that of all sources, of which each has its turn', async () => {
    const [one, other] = [queue('one'), queue('other')]
    one.do(working('a', 30))
    one.do(working('b', 30))
    other.do(() => events.push('x'))
    one.do(() => events.push('c'))
    other.do(() => events.push('y'))
    expect(events).to.deep.equal(['a', 'one pauses', 'other pauses'])
    await turn()
    expect(events.slice(3)).to.deep.equal(['b'])
    await turn()
    expect(events.slice(4)).to.deep.equal(['x', 'c', 'one resumes', 'y', 'other resumes'])
    one.do(() => events.push('d'))
    expect(events.at(-1)).to.equal('d')
  })

  it('is not delayed if it is the last of its source, but by what is before it', async () => {
    const [one, other] = [queue('one'), queue('other')]
    one.do(working('a', 30))
    other.do(() => events.push('end'), { isLast: true })
    one.do(() => events.push('b'))
    one.do(() => events.push('end of one'), { isLast: true })
    expect(events).to.deep.equal(['a', 'end', 'one pauses'])
    await turn()
    expect(events.slice(3)).to.deep.equal(['b', 'end of one', 'one resumes'])
  })

  describe('in pieces', () => {
    /** Each takes so many ms. */
    function* pieces(ms: number, ...names: string[]): Generator<void> {
      for (const name of names) {
        working(name, ms)()
        yield
      }
      events.push('done')
    }

    it('is done at once as long as it takes little time', () => {
      const one = queue('one')
      one.do(() => one.doInPieces(pieces(0, 'a', 'b')))
      one.do(() => events.push('c'))
      expect(events).to.deep.equal(['a', 'b', 'done', 'c'])
    })

    it('is done in later turns if it takes longer, before all that waits', async () => {
      const [one, other] = [queue('one'), queue('other')]
      one.do(() => one.doInPieces(pieces(30, 'a', 'b')))
      one.do(() => events.push('c'))
      one.do(() => events.push('end'), { isLast: true })
      other.do(() => events.push('x'))
      expect(events).to.deep.equal(['a', 'one pauses', 'other pauses'])
      await turn()
      expect(events.slice(3)).to.deep.equal(['b'])
      await turn()
      expect(events.slice(4)).to.deep.equal(['x', 'other resumes', 'done', 'c', 'end', 'one resumes'])
    })

    it('is done in later turns if it was begun in one, or by itself', async () => {
      const one = queue('one')
      one.do(working('long', 30))
      one.do(() => one.doInPieces(pieces(30, 'a', 'b')))
      await turn()
      one.do(() => events.push('c'))
      expect(events).to.deep.equal(['long', 'one pauses', 'a'])
      for (let turns = 0; turns < 3; turns++) await turn()
      expect(events.slice(3)).to.deep.equal(['b', 'done', 'c', 'one resumes'])
      events = []
      one.doInPieces(pieces(30, 'd', 'e'))
      expect(events).to.deep.equal(['d', 'one pauses'])
      for (let turns = 0; turns < 3; turns++) await turn()
      expect(events.slice(2)).to.deep.equal(['e', 'done', 'one resumes'])
    })

    it('leaves others their turns also if it throws', async () => {
      const one = queue('one')
      const broken = () => {
        throw new Error('broken')
      }
      expect(() => one.do(broken)).to.throw('broken')
      one.do(working('a', 30))
      one.do(() => events.push('b'))
      expect(events).to.deep.equal(['a', 'one pauses'])
      await turn()
      expect(events.slice(2)).to.deep.equal(['b', 'one resumes'])
    })
  })
})
