import { expect } from 'chai'
import { failureOf, wordsOf } from '../../test/failing'
import { converse, type FakeServer } from '../../test/fake-server'
import { Mistake } from '../matching/errors'
import type { Client } from './client'
import type { Conversation } from './conversation'
import { listing } from './names'
import type { Roster } from './roster'

describe('a roster', () => {
  let conversation: Conversation
  let roster: Roster
  let server: FakeServer

  beforeEach(async () => {
    ;({ conversation, server } = converse())
    roster = conversation.roster
  })

  describe('names', () => {
    for (const name of ['Rob', 'Zoë', '李', 'user_1', 'client-7', 'I', 'Client-2']) {
      it(`one client: ${name}`, () => {
        expect(roster.one(name)).to.equal(conversation.client(name))
      })
    }

    for (const name of ['helen', 'orit']) {
      it(`one client that is called a little like a pronoun: ${name}`, () => {
        sentence(name)
        next()
        expect(names('she')).to.deep.equal([name])
      })
    }

    it('one client by role', () => {
      expect(roster.one('the dispatcher')).to.equal(conversation.client('dispatcher'))
    })

    it('one client in quotes, whatever stands there', () => {
      expect(roster.one('"Rob Anderson"').name).to.equal('Rob Anderson')
      expect(roster.one('"Rob, and the others"').name).to.equal('Rob, and the others')
      expect(roster.one('"he"').name).to.equal('he')
      expect(roster.one('"everyone but me"').name).to.equal('everyone but me')
    })

    it('several clients, in their order', () => {
      expect(names('Bob and Ann')).to.deep.equal(['Bob', 'Ann'])
      expect(names('Carol, Ann and Bob')).to.deep.equal(['Carol', 'Ann', 'Bob'])
      expect(names('Carol, Ann, and Bob')).to.deep.equal(['Carol', 'Ann', 'Bob'])
      expect(names('"Rob, and all", user_1 and the dispatcher')).to.deep.equal(['Rob, and all', 'user_1', 'dispatcher'])
    })

    it('several clients, also where a role is not the last', () => {
      expect(names('the dispatcher, Rob and Ann')).to.deep.equal(['dispatcher', 'Rob', 'Ann'])
    })

    it('nobody twice', () => {
      expect(names('Ann, Bob and Ann')).to.deep.equal(['Ann', 'Bob'])
    })

    it('no several clients where the sentence speaks of one', async () => {
      roster.group('listeners', 3)
      expect(await wordsOf(() => roster.one('the listeners'))).to.equal(
        '"the listeners" are 3 clients, and this sentence speaks of one: name it.',
      )
    })
  })

  describe('knows', () => {
    it('whom a sentence has connected', async () => {
      conversation.client('Bob')
      await conversation.client('Ann').connect()
      expect(roster.known.map(({ name }) => name)).to.deep.equal(['Ann'])
    })

    it('whom a sentence has given a reaction', () => {
      conversation.client('Ann').when('Hello').send('Hi')
      expect(roster.known.map(({ name }) => name)).to.deep.equal(['Ann'])
    })

    it('nobody yet, and says so', () => {
      expect(roster.unknown('Ann').message).to.equal(
        'There is no client Ann in this scenario yet. There are none at all so far. Introduce Ann with: Ann is connected',
      )
    })

    it('others, and offers the nearest', async () => {
      await connect('Ann', 'Robert')
      expect(roster.unknown('Robbert').message).to.equal(
        'There is no client Robbert in this scenario yet. Known: Ann and Robert. Did you mean Robert?',
      )
    })

    it('others, and offers none that is far off', async () => {
      await connect('Ann', 'Bob')
      expect(roster.unknown('Zacharias').message).to.equal(
        'There is no client Zacharias in this scenario yet. Known: Ann and Bob. ' +
          'Introduce Zacharias with: Zacharias is connected',
      )
    })

    it('how each kind of name is written', () => {
      expect(roster.unknown('dispatcher').message).to.match(/ with: the dispatcher is connected$/)
      expect(roster.unknown('Rob Anderson').message).to.match(/ with: "Rob Anderson" is connected$/)
      expect(roster.unknown('user_1').message).to.match(/ with: user_1 is connected$/)
    })
  })

  describe('takes a pronoun', () => {
    for (const pronoun of ['he', 'she', 'it', 'they']) {
      it(`for whom the previous sentence named: ${pronoun}`, () => {
        sentence('Ann')
        next()
        expect(names(pronoun)).to.deep.equal(['Ann'])
      })
    }

    it('for the same one in sentence after sentence', () => {
      sentence('Ann')
      sentence('she')
      next()
      expect(names('she')).to.deep.equal(['Ann'])
    })

    it('over a sentence that names nobody', () => {
      sentence('Ann')
      next()
      next()
      expect(names('she')).to.deep.equal(['Ann'])
    })

    it('together with a name', () => {
      sentence('Ann')
      next()
      expect(names('she and Bob')).to.deep.equal(['Ann', 'Bob'])
      expect(names('Bob and she')).to.deep.equal(['Bob', 'Ann'])
    })

    it('not for a name of the same sentence', () => {
      sentence('Ann')
      next()
      names('Bob')
      expect(names('she')).to.deep.equal(['Ann'])
    })

    it('"they" for several', () => {
      sentence('Ann and Bob')
      next()
      expect(names('they')).to.deep.equal(['Ann', 'Bob'])
    })

    it('for several only if it is "they"', async () => {
      sentence('Ann and Bob')
      next()
      expect(await wordsOf(() => roster.many('she'))).to.equal(
        '"she" may be any of Ann and Bob, whom the sentence before named: write the name, or "they".',
      )
      expect(await failureOf(() => roster.one('she'))).to.be.an.instanceOf(Mistake)
    })

    it('and names no more than three of many it may be', async () => {
      sentence('Ann, Bob, Carol and Dave')
      next()
      expect(await wordsOf(() => roster.many('it'))).to.match(/^"it" may be any of Ann, Bob and Carol, /)
    })

    it('for nobody before anybody was named', async () => {
      expect(await wordsOf(() => roster.many('they'))).to.equal(
        '"they" is nobody: no sentence before this one named a client.',
      )
    })

    it('for the one who acted beside the one who was left out', async () => {
      await connect('Ann', 'Bob', 'Carol')
      sentence('everyone but Ann')
      next()
      expect(names('they')).to.deep.equal(['Bob', 'Carol'])
      expect(names('she')).to.deep.equal(['Ann'])
    })
  })

  describe('takes "everyone"', () => {
    beforeEach(() => connect('Ann', 'Bob', 'Carol'))

    it('for all', () => {
      expect(names('everyone')).to.deep.equal(['Ann', 'Bob', 'Carol'])
    })

    it('for none who has left, but for whom the server has thrown out, until a sentence says so', async () => {
      await connect('Dave')
      await conversation.client('Ann').disconnect()
      conversation.client('Bob').loseConnection()
      server.to('Carol').closes(4001)
      expect(names('everyone')).to.deep.equal(['Carol', 'Dave'])
      await conversation.client('Carol').isDisconnected()
      expect(names('everyone')).to.deep.equal(['Dave'])
    })

    it('for none who was not let in', async () => {
      server.welcome = (connection) => connection.refuses(401)
      await conversation.client('Dave').tryToConnect()
      expect(names('everyone')).to.deep.equal(['Ann', 'Bob', 'Carol'])
    })

    it('for those too who have not connected yet and have a reaction', () => {
      conversation.client('Dave').when('Hello').send('Hi')
      expect(names('everyone')).to.deep.equal(['Ann', 'Bob', 'Carol', 'Dave'])
    })

    it('"else" without those whom the previous sentence named', () => {
      sentence('Bob')
      next()
      expect(names('everyone else')).to.deep.equal(['Ann', 'Carol'])
    })

    it('"else", however many sentences say so', () => {
      sentence('Bob')
      sentence('everyone else')
      next()
      expect(names('everyone else')).to.deep.equal(['Ann', 'Carol'])
    })

    it('"else" without the one whom a pronoun meant', () => {
      sentence('Bob')
      sentence('he')
      next()
      expect(names('everyone else')).to.deep.equal(['Ann', 'Carol'])
    })

    for (const word of ['but', 'except']) {
      it(`"${word}" without those who are named`, () => {
        expect(names(`everyone ${word} Ann`)).to.deep.equal(['Bob', 'Carol'])
        expect(names(`everyone ${word} Ann and Carol`)).to.deep.equal(['Bob'])
      })
    }

    it('"but" without a role, a group, or whom a pronoun means', () => {
      roster.group('listeners', 2)
      sentence('Ann')
      next()
      expect(names('everyone but she')).to.deep.equal(['Bob', 'Carol', 'listener-1', 'listener-2'])
      expect(names('everyone but the listeners')).to.deep.equal(['Ann', 'Bob', 'Carol'])
    })

    it('and a sentence after it may speak of them', () => {
      sentence('everyone')
      next()
      expect(names('they')).to.deep.equal(['Ann', 'Bob', 'Carol'])
    })

    it('"but" without somebody who is known', async () => {
      expect(await wordsOf(() => roster.many('everyone but Anne'))).to.equal(
        'There is no client Anne in this scenario yet. Known: Ann, Bob and Carol. Did you mean Ann?',
      )
    })

    it('for somebody, or it is a mistake', async () => {
      expect(await wordsOf(() => roster.many('everyone but Ann, Bob and Carol'))).to.equal(
        '"everyone but Ann, Bob and Carol" is nobody: no such client is connected now.',
      )
    })
  })

  describe('has groups', () => {
    it('whose members have numbers', () => {
      expect(roster.group('listeners', 3).map(({ name }) => name)).to.deep.equal([
        'listener-1',
        'listener-2',
        'listener-3',
      ])
    })

    it('called by "the" and "every"', () => {
      roster.group('listeners', 2)
      expect(names('the listeners')).to.deep.equal(['listener-1', 'listener-2'])
      expect(names('every listener')).to.deep.equal(['listener-1', 'listener-2'])
    })

    it('with an irregular plural', () => {
      expect(roster.group('people', 1)[0]?.name).to.equal('person-1')
      expect(names('every person')).to.deep.equal(['person-1'])
    })

    it('whose members can be called one by one', () => {
      const [first] = roster.group('listeners', 2)
      expect(roster.one('listener-1')).to.equal(first)
      expect(roster.one('the listener-1')).to.equal(first)
    })

    it('beside other clients', () => {
      roster.group('listeners', 2)
      expect(names('the listeners and Rob')).to.deep.equal(['listener-1', 'listener-2', 'Rob'])
      expect(names('Rob, every listener and Ann')).to.deep.equal(['Rob', 'listener-1', 'listener-2', 'Ann'])
      expect(names('Rob, the listeners, and Ann')).to.deep.equal(['Rob', 'listener-1', 'listener-2', 'Ann'])
    })

    it('that the next sentence calls "they"', () => {
      roster.group('listeners', 2)
      next()
      expect(names('they')).to.deep.equal(['listener-1', 'listener-2'])
    })

    it('that are made once', async () => {
      roster.group('listeners', 2)
      expect(await wordsOf(() => roster.group('listeners', 3))).to.equal(
        'There are 2 listeners already. Call the others something else, or write: the listeners …',
      )
    })

    it('that no sentence before took for one client', async () => {
      conversation.client('listeners').when('Hello').send('Hi')
      expect(await wordsOf(() => roster.group('listeners', 2))).to.equal(
        'A sentence before this one took «the listeners» for one client: write that sentence after this one.',
      )
    })

    it('and says which there are where there is no such group', async () => {
      expect(await wordsOf(() => roster.many('every reader'))).to.equal(
        'There is no group with a reader in it. Introduce it with: 100 readers are connected',
      )
      roster.group('listeners', 2)
      roster.group('people', 2)
      expect(await wordsOf(() => roster.many('every reader'))).to.equal(
        'There is no group with a reader in it. There are listeners and people. ' +
          'Introduce it with: 100 readers are connected',
      )
    })

    it('and says their plural right', async () => {
      expect(await wordsOf(() => roster.many('every spy'))).to.match(/ with: 100 spies are connected$/)
    })
  })

  describe('knows all others who could hear', () => {
    beforeEach(() => connect('Ann', 'Bob', 'Carol'))

    it('less those named', () => {
      expect(roster.others([conversation.client('Bob')]).map(({ name }) => name)).to.deep.equal(['Ann', 'Carol'])
    })

    it('less those whom the previous sentence named', () => {
      sentence('Ann and Bob')
      next()
      expect(roster.others().map(({ name }) => name)).to.deep.equal(['Carol'])
    })

    it('if anybody has ever connected', async () => {
      const { conversation: quiet } = converse()
      expect(await wordsOf(() => quiet.roster.others([]))).to.match(/^Nobody has connected yet/)
    })

    it('less those who never connected', () => {
      conversation.client('Dave').when('Hello').send('Hi')
      conversation.client('Ann').loseConnection()
      expect(roster.others([]).map(({ name }) => name)).to.deep.equal(['Ann', 'Bob', 'Carol'])
    })
  })

  describe('lists names as people do', () => {
    it('none, one, two, three', () => {
      expect(listing([])).to.equal('')
      expect(listing(['Ann'])).to.equal('Ann')
      expect(listing(['Ann', 'Bob'])).to.equal('Ann and Bob')
      expect(listing(['Ann', 'Bob', 'Carol'])).to.equal('Ann, Bob and Carol')
    })

    it('and not too many', () => {
      const letters = [...'abcdefghijkl']
      expect(listing(letters.slice(0, 10))).to.equal('a, b, c, d, e, f, g, h, i and j')
      expect(listing(letters)).to.equal('a, b, c, d, e, f, g, h, i and 3 others')
    })
  })

  function names(written: string): string[] {
    return roster.many(written).map(({ name }) => name)
  }

  /** A whole sentence that names these clients. */
  function sentence(written: string): void {
    next()
    roster.many(written)
  }

  function next(): void {
    roster.nextSentence()
  }

  async function connect(...clients: string[]): Promise<void> {
    for (const client of clients.map((name): Client => conversation.client(name))) await client.connect()
  }
})
