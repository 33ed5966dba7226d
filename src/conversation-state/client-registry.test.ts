import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { failureMessage, failureOf } from '../../test/support/failures'
import { type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Conversation } from '../conversation/conversation'
import { UsageError } from '../errors'
import { joinNames } from '../text/grammar'
import type { ClientRegistry } from './client-registry'

describe('ClientRegistry', () => {
  let conversation: Conversation
  let clients: ClientRegistry
  let server: FakeServer

  beforeEach(async () => {
    ;({ conversation, server } = startConversation())
    clients = conversation.clients
  })

  describe('resolve', () => {
    for (const name of ['Rob', 'Zoë', '李', 'user_1', 'client-7', 'I', 'Client-2']) {
      it(`finds one client: ${name}`, () => {
        expect(clients.resolve(name)).to.equal(conversation.client(name))
      })
    }

    for (const name of ['helen', 'orit']) {
      it(`does not take a name for a pronoun: ${name}`, () => {
        sentence(name)
        next()
        expect(names('she')).to.deep.equal([name])
      })
    }

    it('finds one client by role', () => {
      expect(clients.resolve('the dispatcher')).to.equal(conversation.client('dispatcher'))
    })

    it('finds one client in quotes, whatever the name is', () => {
      expect(clients.resolve('"Rob Anderson"').name).to.equal('Rob Anderson')
      expect(clients.resolve('"Rob, and the others"').name).to.equal('Rob, and the others')
      expect(clients.resolve('"he"').name).to.equal('he')
      expect(clients.resolve('"everyone but me"').name).to.equal('everyone but me')
    })

    it('finds several clients, in their order', () => {
      expect(names('Bob and Ann')).to.deep.equal(['Bob', 'Ann'])
      expect(names('Carol, Ann and Bob')).to.deep.equal(['Carol', 'Ann', 'Bob'])
      expect(names('Carol, Ann, and Bob')).to.deep.equal(['Carol', 'Ann', 'Bob'])
      expect(names('"Rob, and all", user_1 and the dispatcher')).to.deep.equal(['Rob, and all', 'user_1', 'dispatcher'])
    })

    it('finds several clients, also if a role is not the last', () => {
      expect(names('the dispatcher, Rob and Ann')).to.deep.equal(['dispatcher', 'Rob', 'Ann'])
    })

    it('finds each client once', () => {
      expect(names('Ann, Bob and Ann')).to.deep.equal(['Ann', 'Bob'])
    })

    it('refuses several clients where one is needed', async () => {
      clients.createGroup('listeners', 3)
      expect(await failureMessage(() => clients.resolve('the listeners'))).to.equal(
        '"the listeners" means 3 clients, and this sentence is about one: name it.',
      )
    })
  })

  describe('introduced and unknownClient', () => {
    it('know a client that has connected', async () => {
      conversation.client('Bob')
      await conversation.client('Ann').connect()
      expect(clients.introduced.map(({ name }) => name)).to.deep.equal(['Ann'])
    })

    it('know a client that has a reaction', () => {
      conversation.client('Ann').when('Hello').send('Hi')
      expect(clients.introduced.map(({ name }) => name)).to.deep.equal(['Ann'])
    })

    it('say that there are no clients yet', () => {
      expect(clients.unknownClient('Ann').message).to.equal(
        'There is no client Ann in this scenario yet. There are none at all so far. Introduce Ann with: Ann is connected',
      )
    })

    it('list the known clients, and suggest the nearest', async () => {
      await connect('Ann', 'Robert')
      expect(clients.unknownClient('Robbert').message).to.equal(
        'There is no client Robbert in this scenario yet. Known: Ann and Robert. Did you mean Robert?',
      )
    })

    it('suggest no name that is far off', async () => {
      await connect('Ann', 'Bob')
      expect(clients.unknownClient('Zacharias').message).to.equal(
        'There is no client Zacharias in this scenario yet. Known: Ann and Bob. ' +
          'Introduce Zacharias with: Zacharias is connected',
      )
    })

    it('advise a sentence in which the name is written correctly', () => {
      expect(clients.unknownClient('dispatcher').message).to.match(/ with: the dispatcher is connected$/)
      expect(clients.unknownClient('Rob Anderson').message).to.match(/ with: "Rob Anderson" is connected$/)
      expect(clients.unknownClient('user_1').message).to.match(/ with: user_1 is connected$/)
    })
  })

  describe('pronouns', () => {
    for (const pronoun of ['he', 'she', 'it', 'they']) {
      it(`mean the client that the previous sentence named: ${pronoun}`, () => {
        sentence('Ann')
        next()
        expect(names(pronoun)).to.deep.equal(['Ann'])
      })
    }

    it('mean the same client in sentence after sentence', () => {
      sentence('Ann')
      sentence('she')
      next()
      expect(names('she')).to.deep.equal(['Ann'])
    })

    it('skip a sentence that names nobody', () => {
      sentence('Ann')
      next()
      next()
      expect(names('she')).to.deep.equal(['Ann'])
    })

    it('stand beside names', () => {
      sentence('Ann')
      next()
      expect(names('she and Bob')).to.deep.equal(['Ann', 'Bob'])
      expect(names('Bob and she')).to.deep.equal(['Bob', 'Ann'])
    })

    it('do not mean a client of the same sentence', () => {
      sentence('Ann')
      next()
      names('Bob')
      expect(names('she')).to.deep.equal(['Ann'])
    })

    it('mean several clients if it is "they"', () => {
      sentence('Ann and Bob')
      next()
      expect(names('they')).to.deep.equal(['Ann', 'Bob'])
    })

    it('are refused for several clients unless it is "they"', async () => {
      sentence('Ann and Bob')
      next()
      expect(await failureMessage(() => clients.resolveAll('she'))).to.equal(
        '"she" may be any of Ann and Bob, whom the sentence before named: write the name, or "they".',
      )
      expect(await failureOf(() => clients.resolve('she'))).to.be.an.instanceOf(UsageError)
    })

    it('list at most three clients that may be meant', async () => {
      sentence('Ann, Bob, Carol and Dave')
      next()
      expect(await failureMessage(() => clients.resolveAll('it'))).to.match(/^"it" may be any of Ann, Bob and Carol, /)
    })

    it('are refused before any client was named', async () => {
      expect(await failureMessage(() => clients.resolveAll('they'))).to.equal(
        '"they" means nobody: no sentence before this one named a client.',
      )
    })

    it('distinguish the clients that acted and the one that was left out', async () => {
      await connect('Ann', 'Bob', 'Carol')
      sentence('everyone but Ann')
      next()
      expect(names('they')).to.deep.equal(['Bob', 'Carol'])
      expect(names('she')).to.deep.equal(['Ann'])
    })
  })

  describe('everyone', () => {
    beforeEach(() => connect('Ann', 'Bob', 'Carol'))

    it('means all clients', () => {
      expect(names('everyone')).to.deep.equal(['Ann', 'Bob', 'Carol'])
    })

    it('leaves out clients that have left, and those that the server disconnected once a sentence has said so', async () => {
      await connect('Dave')
      await conversation.client('Ann').disconnect()
      conversation.client('Bob').terminate()
      server.to('Carol').closes(4001)
      expect(names('everyone')).to.deep.equal(['Carol', 'Dave'])
      await conversation.client('Carol').expectDisconnected()
      expect(names('everyone')).to.deep.equal(['Dave'])
    })

    it('leaves out clients that were refused', async () => {
      server.onConnection = (connection) => connection.refuses(401)
      await conversation.client('Dave').tryToConnect()
      expect(names('everyone')).to.deep.equal(['Ann', 'Bob', 'Carol'])
    })

    it('includes clients that have a reaction and have not connected yet', () => {
      conversation.client('Dave').when('Hello').send('Hi')
      expect(names('everyone')).to.deep.equal(['Ann', 'Bob', 'Carol', 'Dave'])
    })

    it('else: leaves out those that the previous sentence named', () => {
      sentence('Bob')
      next()
      expect(names('everyone else')).to.deep.equal(['Ann', 'Carol'])
    })

    it('else: keeps its meaning in sentence after sentence', () => {
      sentence('Bob')
      sentence('everyone else')
      next()
      expect(names('everyone else')).to.deep.equal(['Ann', 'Carol'])
    })

    it('else: leaves out the one that a pronoun meant', () => {
      sentence('Bob')
      sentence('he')
      next()
      expect(names('everyone else')).to.deep.equal(['Ann', 'Carol'])
    })

    for (const word of ['but', 'except']) {
      it(`${word}: leaves out those that are named`, () => {
        expect(names(`everyone ${word} Ann`)).to.deep.equal(['Bob', 'Carol'])
        expect(names(`everyone ${word} Ann and Carol`)).to.deep.equal(['Bob'])
      })
    }

    it('but: leaves out a group, or the one that a pronoun means', () => {
      clients.createGroup('listeners', 2)
      sentence('Ann')
      next()
      expect(names('everyone but she')).to.deep.equal(['Bob', 'Carol', 'listener-1', 'listener-2'])
      expect(names('everyone but the listeners')).to.deep.equal(['Ann', 'Bob', 'Carol'])
    })

    it('is what "they" means in the next sentence', () => {
      sentence('everyone')
      next()
      expect(names('they')).to.deep.equal(['Ann', 'Bob', 'Carol'])
    })

    it('but: refuses an unknown name', async () => {
      expect(await failureMessage(() => clients.resolveAll('everyone but Anne'))).to.equal(
        'There is no client Anne in this scenario yet. Known: Ann, Bob and Carol. Did you mean Ann?',
      )
    })

    it('is refused if nobody is left', async () => {
      expect(await failureMessage(() => clients.resolveAll('everyone but Ann, Bob and Carol'))).to.equal(
        '"everyone but Ann, Bob and Carol" means nobody: no such client is connected now.',
      )
    })
  })

  describe('createGroup', () => {
    it('numbers the members', () => {
      expect(clients.createGroup('listeners', 3).map(({ name }) => name)).to.deep.equal([
        'listener-1',
        'listener-2',
        'listener-3',
      ])
    })

    it('makes a group that "the" and "every" call', () => {
      clients.createGroup('listeners', 2)
      expect(names('the listeners')).to.deep.equal(['listener-1', 'listener-2'])
      expect(names('every listener')).to.deep.equal(['listener-1', 'listener-2'])
    })

    it('knows irregular plurals', () => {
      expect(clients.createGroup('people', 1)[0]?.name).to.equal('person-1')
      expect(names('every person')).to.deep.equal(['person-1'])
    })

    it('makes members that can be named one by one', () => {
      const [first] = clients.createGroup('listeners', 2)
      expect(clients.resolve('listener-1')).to.equal(first)
      expect(clients.resolve('the listener-1')).to.equal(first)
    })

    it('makes a group that can be named beside other clients', () => {
      clients.createGroup('listeners', 2)
      expect(names('the listeners and Rob')).to.deep.equal(['listener-1', 'listener-2', 'Rob'])
      expect(names('Rob, every listener and Ann')).to.deep.equal(['Rob', 'listener-1', 'listener-2', 'Ann'])
      expect(names('Rob, the listeners, and Ann')).to.deep.equal(['Rob', 'listener-1', 'listener-2', 'Ann'])
    })

    it('makes a group that the next sentence calls "they"', () => {
      clients.createGroup('listeners', 2)
      next()
      expect(names('they')).to.deep.equal(['listener-1', 'listener-2'])
    })

    it('makes a group that is known by its members', () => {
      clients.createGroup('listeners', 2)
      clients.createGroup('people', 1)
      expect([...clients.groupsByMember]).to.deep.equal([
        ['listener-1', { name: 'listener', size: 2 }],
        ['listener-2', { name: 'listener', size: 2 }],
        ['person-1', { name: 'person', size: 1 }],
      ])
    })

    it('refuses a second group of that name', async () => {
      clients.createGroup('listeners', 2)
      expect(await failureMessage(() => clients.createGroup('listeners', 3))).to.equal(
        'There are 2 listeners already. Call the others something else, or write: the listeners …',
      )
    })

    it('refuses a name that a sentence before took for one client', async () => {
      conversation.client('listeners').when('Hello').send('Hi')
      expect(await failureMessage(() => clients.createGroup('listeners', 2))).to.equal(
        'A sentence before this one took «the listeners» for one client: write that sentence after this one.',
      )
    })

    it('is advised for an unknown group, beside the known ones', async () => {
      expect(await failureMessage(() => clients.resolveAll('every reader'))).to.equal(
        'There is no group with a reader in it. Introduce it with: 100 readers are connected',
      )
      clients.createGroup('listeners', 2)
      clients.createGroup('people', 2)
      expect(await failureMessage(() => clients.resolveAll('every reader'))).to.equal(
        'There is no group with a reader in it. There are listeners and people. ' +
          'Introduce it with: 100 readers are connected',
      )
    })

    it('is advised with the right plural', async () => {
      expect(await failureMessage(() => clients.resolveAll('every spy'))).to.match(/ with: 100 spies are connected$/)
    })
  })

  describe('others', () => {
    beforeEach(() => connect('Ann', 'Bob', 'Carol'))

    it('leave out the given clients', () => {
      expect(clients.others([conversation.client('Bob')]).map(({ name }) => name)).to.deep.equal(['Ann', 'Carol'])
    })

    it('are refused if nobody ever connected', async () => {
      const { conversation: quiet } = startConversation()
      expect(await failureMessage(() => quiet.clients.others([]))).to.match(/^Nobody has connected yet/)
    })

    it('leave out those that never connected', () => {
      conversation.client('Dave').when('Hello').send('Hi')
      conversation.client('Ann').terminate()
      expect(clients.others([]).map(({ name }) => name)).to.deep.equal(['Ann', 'Bob', 'Carol'])
    })
  })

  describe('both, all and each', () => {
    beforeEach(async () => {
      await connect('Ann', 'Bob')
      clients.createGroup('bidders', 3)
      clients.createGroup('judges', 2)
    })

    it('mean those whom the sentence before was about', () => {
      sentence('Ann and Bob')
      for (const words of ['both', 'both of them', 'all of them', 'each of them']) {
        next()
        expect(names(words)).to.deep.equal(['Ann', 'Bob'])
      }
    })

    it('may stand after the names', () => {
      expect(names('Ann and Bob both')).to.deep.equal(['Ann', 'Bob'])
      expect(names('the judges each')).to.deep.equal(['judge-1', 'judge-2'])
      expect(names('Ann should')).to.deep.equal(['Ann'])
    })

    it('mean all of a group', () => {
      for (const words of ['all bidders', 'all the bidders', 'all of the bidders', 'each bidder', 'every bidder']) {
        expect(names(words), words).to.deep.equal(['bidder-1', 'bidder-2', 'bidder-3'])
      }
      expect(names('both judges')).to.deep.equal(['judge-1', 'judge-2'])
    })

    it('mean everyone if it is about clients, unless there is a group of that name', async () => {
      for (const member of [...clients.resolveAll('the bidders'), ...clients.resolveAll('the judges')]) {
        await member.connect()
      }
      for (const words of ['all clients', 'every user', 'each participant', 'all people', 'everybody']) {
        expect(names(words), words).to.have.length(7)
      }
      clients.createGroup('users', 1)
      expect(names('every user')).to.deep.equal(['user-1'])
    })

    it('are refused where both are not two', async () => {
      sentence('the bidders')
      next()
      for (const [words, count] of [
        ['both', 3],
        ['both of them', 3],
        ['both bidders', 3],
      ] as const) {
        expect(await failureMessage(() => clients.resolveAll(words))).to.equal(
          `"${words}" means ${count} clients: write all of them, or their names.`,
        )
      }
      sentence('Ann')
      next()
      for (const words of [
        'both',
        'each of them',
        'all of them',
        'both of them',
        'they both',
        'they all',
        'they each',
      ]) {
        expect(await failureMessage(() => clients.resolveAll(words))).to.equal(
          `"${words}" means 1 client: write its name.`,
        )
      }
      expect(names('they')).to.deep.equal(['Ann'])
    })

    it('are refused where they are one of two that are connected', async () => {
      const { conversation: fresh } = startConversation()
      for (const name of ['Ann', 'Bob']) await fresh.client(name).connect()
      fresh.clients.resolveAll('Ann')
      fresh.clients.beginSentence()
      for (const words of ['both', 'each of them']) {
        expect(await failureMessage(() => fresh.clients.resolveAll(words))).to.equal(
          `"${words}" means 1 client: write Ann and Bob, or everyone.`,
        )
      }
    })

    it('are refused before any client was named, and for an unknown group', async () => {
      const { clients: fresh } = startConversation().conversation
      expect(await failureMessage(() => fresh.resolveAll('both'))).to.equal(
        '"they" means nobody: no sentence before this one named a client.',
      )
      expect(await failureMessage(() => clients.resolveAll('all singers'))).to.equal(
        'There is no group with a singer in it. There are bidders and judges. Introduce it with: 100 singers are connected',
      )
    })
  })

  describe('the others', () => {
    beforeEach(async () => {
      await connect('Ann', 'Bob', 'Carol')
      for (const member of clients.createGroup('bidders', 3)) await member.connect()
    })

    it('are all whom the sentence before was not about', () => {
      sentence('Ann and Bob')
      next()
      expect(names('the others')).to.deep.equal(['Carol', 'bidder-1', 'bidder-2', 'bidder-3'])
    })

    it('of a group are its other members', () => {
      for (const words of [
        'the other bidders',
        'all other bidders',
        'each of the other bidders',
        'every other bidder',
      ]) {
        sentence('bidder-1')
        next()
        expect(names(words), words).to.deep.equal(['bidder-2', 'bidder-3'])
      }
    })

    it('may be all other clients', () => {
      sentence('the bidders')
      next()
      expect(names('all other clients')).to.deep.equal(['Ann', 'Bob', 'Carol'])
    })

    it('keep their meaning in the next sentence', () => {
      sentence('bidder-1')
      sentence('the other bidders')
      next()
      expect(names('the other bidders')).to.deep.equal(['bidder-2', 'bidder-3'])
    })

    it('are refused where there are none', async () => {
      sentence('the bidders')
      next()
      expect(await failureMessage(() => clients.resolveAll('the other bidders'))).to.equal(
        '"the other bidders" means nobody: there are no other bidders.',
      )
      sentence('the bidders, Ann, Bob and Carol')
      next()
      expect(await failureMessage(() => clients.resolveAll('the others'))).to.equal(
        '"the others" means nobody: no such client is connected now.',
      )
      const { clients: fresh } = startConversation().conversation
      expect(await failureMessage(() => fresh.resolveAll('the others'))).to.equal(
        '"the others" refers to a sentence before this one, and none has named a client: write "everyone".',
      )
    })
  })

  it('creates no group of a name that means others', async () => {
    for (const plural of ['they', 'both', 'others', 'everyone', 'all']) {
      expect(await failureMessage(() => clients.createGroup(plural, 2))).to.equal(
        `"${plural}" would not mean this group: call it something else, such as guests.`,
      )
    }
  })

  describe('members by their order', () => {
    beforeEach(() => clients.createGroup('bidders', 3))

    it('are found from the first to the last', () => {
      expect(names('the first bidder')).to.deep.equal(['bidder-1'])
      expect(names('the third bidder and the second bidder')).to.deep.equal(['bidder-3', 'bidder-2'])
      expect(clients.resolve('the last bidder').name).to.equal('bidder-3')
    })

    it('are refused where there is no such member, or no such group', async () => {
      expect(await failureMessage(() => clients.resolve('the fourth bidder'))).to.equal(
        'There is no fourth bidder: there are 3.',
      )
      expect(await failureMessage(() => startConversation().conversation.clients.resolve('the first bidder'))).to.equal(
        'There is no group with a bidder in it. Introduce it with: 100 bidders are connected',
      )
    })

    it('are not both, if there are more', async () => {
      expect(await failureMessage(() => clients.resolveAll('both bidders'))).to.equal(
        '"both bidders" means 3 clients: write all of them, or their names.',
      )
      clients.createGroup('guests', 1)
      expect(await failureMessage(() => clients.resolveAll('both guests'))).to.equal(
        '"both guests" means 1 client: write its name.',
      )
    })

    it('are refused where the word is no ordinal, or a later one', async () => {
      for (const word of ['eleventh', 'host', 'nth']) {
        expect(await failureMessage(() => clients.resolve(`the ${word} bidder`))).to.equal(
          `"${word}" is not known in «the ${word} bidder»: write the first, the second … the tenth or the last bidder.`,
        )
      }
    })

    it('are roles of their own where no noun follows', () => {
      expect(names('the host and the guest')).to.deep.equal(['host', 'guest'])
      expect(names('the first, the second and the third bidder')).to.deep.equal(['first', 'second', 'bidder-3'])
    })

    it('are no ordinals where the word is the role itself', () => {
      expect(names('the first')).to.deep.equal(['first'])
    })
  })

  describe('words that are not names', () => {
    for (const [name, instead] of [
      ['Nobody', 'write nobody where it is not one'],
      ['Only', 'write only where it is not one'],
      ['Both', 'write both where it is not one'],
      ['All', 'write all where it is not one'],
      ['Every', 'write every where it is not one'],
      ['When', 'write when where it is not one'],
      ['Someone', 'write who it is, such as Ann'],
      ['Everything', 'write who it is, such as Ann'],
      ['Client', 'write who it is, such as Ann'],
      ['Clients', 'write everyone, or how many: 3 clients are connected'],
      ['Others', 'write the others, or everyone else'],
      ['Server', 'of the server there are sentences of its own'],
    ] as const) {
      it(`refuses ${name}, unless it is in quotes`, async () => {
        for (const words of [name, `Ann and ${name}`]) {
          expect(await failureMessage(() => clients.resolveAll(words))).to.equal(
            `${name} is not a valid name: ${instead}, or "${name}" in quotes.`,
          )
        }
        expect(names(`"${name}"`)).to.deep.equal([name])
      })
    }

    it('refuses roles of which other sentences speak', async () => {
      expect(await failureMessage(() => clients.resolve('the socket'))).to.equal(
        '"the socket" is not a client: write a sentence such as «Ann is disconnected».',
      )
      expect(names('the guard')).to.deep.equal(['guard'])
    })

    it('refuses somebody else', async () => {
      expect(await failureMessage(() => clients.resolveAll('Ann else'))).to.equal(
        '"Ann else" does not mean anybody: write everyone else.',
      )
    })
  })

  describe('references to a sentence before', () => {
    beforeEach(() => connect('Ann', 'Bob', 'Rob'))

    const page = readFileSync(join(__dirname, '../../docs/references.md'), 'utf8')
    const rows = page.match(/^\| (?:`.*`|none) \|.*(?:error|Rob|Bob|none) \|$/gm) ?? []
    const references: Record<string, (() => string[])[]> = {
      'he, she, it': ['he', 'she', 'it'].map((pronoun) => () => names(pronoun)),
      they: [() => names('they')],
      'everyone else': [() => names('everyone else')],
      'nobody else': [() => clients.nobodyElse().others.map(({ name }) => name)],
    }

    for (const row of rows) {
      const [before = '', ...meanings] = row.split('|').slice(1, -1)
      for (const [index, [words, resolve]] of Object.entries(references).entries()) {
        const meaning = meanings[index]?.trim() ?? ''
        it(`after ${before.trim()}: ${words} means ${meaning}`, async () => {
          for (const [, written = ''] of before.matchAll(/`([^`]+)`/g)) sentence(written)
          next()
          for (const mean of resolve) {
            if (meaning === 'an error') expect(await failureOf(mean)).to.be.an.instanceOf(UsageError)
            else expect(joinNames(mean())).to.equal(meaning.replace('none', ''))
          }
        })
      }
    }

    it('are all in the table', () => {
      expect(rows).to.have.length(12)
    })

    it('are refused with what to write instead', async () => {
      expect(await failureMessage(() => clients.nobodyElse())).to.equal(
        '"nobody else" refers to a sentence before this one, and none has named a client: write "nobody".',
      )
    })
  })

  function names(written: string): string[] {
    return clients.resolveAll(written).map(({ name }) => name)
  }

  /** A whole sentence that names these clients. */
  function sentence(written: string): void {
    next()
    clients.resolveAll(written)
  }

  function next(): void {
    clients.beginSentence()
  }

  async function connect(...names: string[]): Promise<void> {
    for (const name of names) await conversation.client(name).connect()
  }
})
