import { expect } from 'chai'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import { UsageError } from '../errors'
import { joinNames } from '../text/grammar'
import type { ClientRegistry } from './client-registry'
import type { Conversation } from './conversation'

describe('a roster', () => {
  let conversation: Conversation
  let roster: ClientRegistry
  let server: FakeServer

  beforeEach(async () => {
    ;({ conversation, server } = startConversation())
    roster = conversation.clients
  })

  describe('names', () => {
    for (const name of ['Rob', 'Zoë', '李', 'user_1', 'client-7', 'I', 'Client-2']) {
      it(`one client: ${name}`, () => {
        expect(roster.resolve(name)).to.equal(conversation.client(name))
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
      expect(roster.resolve('the dispatcher')).to.equal(conversation.client('dispatcher'))
    })

    it('one client in quotes, whatever stands there', () => {
      expect(roster.resolve('"Rob Anderson"').name).to.equal('Rob Anderson')
      expect(roster.resolve('"Rob, and the others"').name).to.equal('Rob, and the others')
      expect(roster.resolve('"he"').name).to.equal('he')
      expect(roster.resolve('"everyone but me"').name).to.equal('everyone but me')
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
      roster.createGroup('listeners', 3)
      expect(await failureMessage(() => roster.resolve('the listeners'))).to.equal(
        '"the listeners" means 3 clients, and this sentence is about one: name it.',
      )
    })
  })

  describe('knows', () => {
    it('whom a sentence has connected', async () => {
      conversation.client('Bob')
      await conversation.client('Ann').connect()
      expect(roster.introduced.map(({ name }) => name)).to.deep.equal(['Ann'])
    })

    it('whom a sentence has given a reaction', () => {
      conversation.client('Ann').when('Hello').send('Hi')
      expect(roster.introduced.map(({ name }) => name)).to.deep.equal(['Ann'])
    })

    it('nobody yet, and says so', () => {
      expect(roster.unknownClient('Ann').message).to.equal(
        'There is no client Ann in this scenario yet. There are none at all so far. Introduce Ann with: Ann is connected',
      )
    })

    it('others, and offers the nearest', async () => {
      await connect('Ann', 'Robert')
      expect(roster.unknownClient('Robbert').message).to.equal(
        'There is no client Robbert in this scenario yet. Known: Ann and Robert. Did you mean Robert?',
      )
    })

    it('others, and offers none that is far off', async () => {
      await connect('Ann', 'Bob')
      expect(roster.unknownClient('Zacharias').message).to.equal(
        'There is no client Zacharias in this scenario yet. Known: Ann and Bob. ' +
          'Introduce Zacharias with: Zacharias is connected',
      )
    })

    it('how each kind of name is written', () => {
      expect(roster.unknownClient('dispatcher').message).to.match(/ with: the dispatcher is connected$/)
      expect(roster.unknownClient('Rob Anderson').message).to.match(/ with: "Rob Anderson" is connected$/)
      expect(roster.unknownClient('user_1').message).to.match(/ with: user_1 is connected$/)
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
      expect(await failureMessage(() => roster.resolveAll('she'))).to.equal(
        '"she" may be any of Ann and Bob, whom the sentence before named: write the name, or "they".',
      )
      expect(await failureOf(() => roster.resolve('she'))).to.be.an.instanceOf(UsageError)
    })

    it('and names no more than three of many it may be', async () => {
      sentence('Ann, Bob, Carol and Dave')
      next()
      expect(await failureMessage(() => roster.resolveAll('it'))).to.match(/^"it" may be any of Ann, Bob and Carol, /)
    })

    it('for nobody before anybody was named', async () => {
      expect(await failureMessage(() => roster.resolveAll('they'))).to.equal(
        '"they" means nobody: no sentence before this one named a client.',
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
      conversation.client('Bob').terminate()
      server.to('Carol').closes(4001)
      expect(names('everyone')).to.deep.equal(['Carol', 'Dave'])
      await conversation.client('Carol').expectDisconnected()
      expect(names('everyone')).to.deep.equal(['Dave'])
    })

    it('for none who was not let in', async () => {
      server.onConnection = (connection) => connection.refuses(401)
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
      roster.createGroup('listeners', 2)
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
      expect(await failureMessage(() => roster.resolveAll('everyone but Anne'))).to.equal(
        'There is no client Anne in this scenario yet. Known: Ann, Bob and Carol. Did you mean Ann?',
      )
    })

    it('for somebody, or it is a mistake', async () => {
      expect(await failureMessage(() => roster.resolveAll('everyone but Ann, Bob and Carol'))).to.equal(
        '"everyone but Ann, Bob and Carol" means nobody: no such client is connected now.',
      )
    })
  })

  describe('has groups', () => {
    it('whose members have numbers', () => {
      expect(roster.createGroup('listeners', 3).map(({ name }) => name)).to.deep.equal([
        'listener-1',
        'listener-2',
        'listener-3',
      ])
    })

    it('called by "the" and "every"', () => {
      roster.createGroup('listeners', 2)
      expect(names('the listeners')).to.deep.equal(['listener-1', 'listener-2'])
      expect(names('every listener')).to.deep.equal(['listener-1', 'listener-2'])
    })

    it('with an irregular plural', () => {
      expect(roster.createGroup('people', 1)[0]?.name).to.equal('person-1')
      expect(names('every person')).to.deep.equal(['person-1'])
    })

    it('whose members can be called one by one', () => {
      const [first] = roster.createGroup('listeners', 2)
      expect(roster.resolve('listener-1')).to.equal(first)
      expect(roster.resolve('the listener-1')).to.equal(first)
    })

    it('beside other clients', () => {
      roster.createGroup('listeners', 2)
      expect(names('the listeners and Rob')).to.deep.equal(['listener-1', 'listener-2', 'Rob'])
      expect(names('Rob, every listener and Ann')).to.deep.equal(['Rob', 'listener-1', 'listener-2', 'Ann'])
      expect(names('Rob, the listeners, and Ann')).to.deep.equal(['Rob', 'listener-1', 'listener-2', 'Ann'])
    })

    it('that the next sentence calls "they"', () => {
      roster.createGroup('listeners', 2)
      next()
      expect(names('they')).to.deep.equal(['listener-1', 'listener-2'])
    })

    it('that are made once', async () => {
      roster.createGroup('listeners', 2)
      expect(await failureMessage(() => roster.createGroup('listeners', 3))).to.equal(
        'There are 2 listeners already. Call the others something else, or write: the listeners …',
      )
    })

    it('that no sentence before took for one client', async () => {
      conversation.client('listeners').when('Hello').send('Hi')
      expect(await failureMessage(() => roster.createGroup('listeners', 2))).to.equal(
        'A sentence before this one took «the listeners» for one client: write that sentence after this one.',
      )
    })

    it('and says which there are where there is no such group', async () => {
      expect(await failureMessage(() => roster.resolveAll('every reader'))).to.equal(
        'There is no group with a reader in it. Introduce it with: 100 readers are connected',
      )
      roster.createGroup('listeners', 2)
      roster.createGroup('people', 2)
      expect(await failureMessage(() => roster.resolveAll('every reader'))).to.equal(
        'There is no group with a reader in it. There are listeners and people. ' +
          'Introduce it with: 100 readers are connected',
      )
    })

    it('and says their plural right', async () => {
      expect(await failureMessage(() => roster.resolveAll('every spy'))).to.match(/ with: 100 spies are connected$/)
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
      const { conversation: quiet } = startConversation()
      expect(await failureMessage(() => quiet.clients.others([]))).to.match(/^Nobody has connected yet/)
    })

    it('less those who never connected', () => {
      conversation.client('Dave').when('Hello').send('Hi')
      conversation.client('Ann').terminate()
      expect(roster.others([]).map(({ name }) => name)).to.deep.equal(['Ann', 'Bob', 'Carol'])
    })
  })

  describe('lists names as people do', () => {
    it('none, one, two, three', () => {
      expect(joinNames([])).to.equal('')
      expect(joinNames(['Ann'])).to.equal('Ann')
      expect(joinNames(['Ann', 'Bob'])).to.equal('Ann and Bob')
      expect(joinNames(['Ann', 'Bob', 'Carol'])).to.equal('Ann, Bob and Carol')
    })

    it('and not too many', () => {
      const letters = [...'abcdefghijkl']
      expect(joinNames(letters.slice(0, 10))).to.equal('a, b, c, d, e, f, g, h, i and j')
      expect(joinNames(letters)).to.equal('a, b, c, d, e, f, g, h, i and 3 others')
    })
  })

  function names(written: string): string[] {
    return roster.resolveAll(written).map(({ name }) => name)
  }

  /** A whole sentence that names these clients. */
  function sentence(written: string): void {
    next()
    roster.resolveAll(written)
  }

  function next(): void {
    roster.beginSentence()
  }

  async function connect(...clients: string[]): Promise<void> {
    for (const client of clients.map((name): Client => conversation.client(name))) await client.connect()
  }
})
