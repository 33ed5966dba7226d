/** Who takes part: finds the clients that a sentence names, also by pronoun, role and group. */

import { Mistake } from '../matching/errors'
import { nearest } from '../matching/text-distance'
import type { Client } from './client'
import { advised, listing } from './names'

/** Whom a sentence spoke of. */
interface Mention {
  /** Those it called by name: `everyone else` leaves them out. */
  readonly named: readonly Client[]
  /** Those who acted: `they` means them. */
  readonly actors: readonly Client[]
}

const NOBODY: Mention = { named: [], actors: [] }
const NAME = /"[^"]*"|(?:the|every) [^\s,]+|[^\s,]+/g

/** Loaded when it is needed: few scenarios speak of groups. */
const inflections = () => require('pluralize') as typeof import('pluralize')

/** All clients of a conversation. */
export class Roster {
  private readonly clients = new Map<string, Client>()
  private readonly groups = new Map<string, readonly Client[]>()
  private previous = NOBODY
  private current = NOBODY

  constructor(private readonly make: (name: string) => Client) {}

  /** Those whom a sentence has introduced, by connecting them or by giving them a reaction. */
  get known(): Client[] {
    return [...this.clients.values()].filter((client) => client.isIntroduced)
  }

  /** All who are known and have not disconnected; whom the server has thrown out is still asked for, until a sentence says so. */
  get present(): Client[] {
    return this.known.filter((client) => !client.isGone)
  }

  /** The client of that name, known or not. */
  client(name: string): Client {
    const client = this.clients.get(name) ?? this.make(name)
    this.clients.set(name, client)
    return client
  }

  /** The groups by the names of their members: `listener-7` is one of 100 that are called `listener`. */
  get crowds(): Map<string, { readonly name: string; readonly size: number }> {
    return new Map(
      [...this.groups].flatMap(([word, members]) => {
        const crowd = { name: inflections().singular(word), size: members.length }
        return members.map(({ name }) => [name, crowd] as const)
      }),
    )
  }

  /**
   * Makes a group: `listeners` are listener-1, listener-2 and so on.
   * @throws Mistake if there is such a group already
   */
  group(word: string, count: number): Client[] {
    if (this.groups.has(word))
      throw new Mistake(
        `There are ${this.groups.get(word)?.length} ${word} already. Call the others something else, or write: the ${word} …`,
      )
    if (this.clients.get(word)?.isIntroduced) {
      throw new Mistake(
        `A sentence before this one took «the ${word}» for one client: write that sentence after this one.`,
      )
    }
    const one = inflections().singular(word)
    const members = Array.from({ length: count }, (_, index) => this.client(`${one}-${index + 1}`))
    for (const member of members) member.isIntroduced = true
    this.groups.set(word, members)
    this.mention({ named: members, actors: members })
    return members
  }

  /** A new sentence begins: what the last one named can now be called by a pronoun. */
  nextSentence(): void {
    if (this.current !== NOBODY) this.previous = this.current
    this.current = NOBODY
  }

  /** The one client that is written. */
  one(written: string): Client {
    const [client, ...others] = this.many(written)
    if (client && others.length === 0) return client
    throw new Mistake(`"${written}" are ${others.length + 1} clients, and this sentence speaks of one: name it.`)
  }

  /** The clients that are written, in that order. */
  many(written: string): Client[] {
    const but = /^everyone (?:but|except) (.*)/s.exec(written)?.[1]
    if (but !== undefined) {
      const named = this.listed(but)
      const stranger = named.find((client) => !client.isIntroduced)
      if (stranger) throw this.unknown(stranger.name)
      return this.all(written, named, { named })
    }
    if (written === 'everyone else') return this.all(written, this.previous.named, { named: this.previous.named })
    if (written === 'everyone') return this.all(written, [])
    const clients = this.listed(written)
    const pronoun = /^(?:he|she|it|they)$/.test(written)
    this.mention({ named: pronoun ? this.previous.named : clients, actors: clients })
    return clients
  }

  /**
   * All who ever connected, less those whom the previous sentence named, or those given.
   * @throws Mistake if there is nobody
   */
  others(than: readonly Client[] = this.previous.named): Client[] {
    const ever = this.known.filter((client) => client.hasEverConnected)
    if (ever.length === 0) throw new Mistake('Nobody has connected yet, so nobody could receive anything.')
    return ever.filter((client) => !than.includes(client))
  }

  /** Says of an unknown name which ones are known. */
  unknown(name: string): Mistake {
    const names = this.known.map((client) => client.name)
    const hint = nearest(name, names)
    return new Mistake(
      `There is no client ${name} in this scenario yet. ` +
        (names.length === 0 ? 'There are none at all so far.' : `Known: ${listing(names)}.`) +
        (hint ? ` Did you mean ${hint}?` : ` Introduce ${name} with: ${advised(name, 'is connected')}`),
    )
  }

  private all(written: string, less: readonly Client[], mention: Partial<Mention> = {}): Client[] {
    const clients = this.present.filter((client) => !less.includes(client))
    if (clients.length === 0) throw new Mistake(`"${written}" is nobody: no such client is connected now.`)
    this.mention({ named: clients, actors: clients, ...mention })
    return clients
  }

  private listed(written: string): Client[] {
    // As most sentences have it: a name that can be nothing else.
    if (/^[A-Z][\w-]*$/.test(written)) return [this.client(written)]
    const names = written.match(NAME)?.filter((name) => name !== 'and') ?? []
    return [...new Set(names.flatMap((name) => this.named(name)))]
  }

  private named(written: string): readonly Client[] {
    if (written.startsWith('"')) return [this.client(written.slice(1, -1))]
    if (/^(?:he|she|it|they)$/.test(written)) return this.meant(written)
    const [article, word] = written.split(' ')
    if (word === undefined) return [this.client(written)]
    const group = article === 'every' ? this.groupOf(word) : this.groups.get(word)
    if (article === 'every' && !group) {
      const groups = [...this.groups.keys()]
      throw new Mistake(
        `There is no group with a ${word} in it. ${groups.length > 0 ? `There are ${listing(groups)}. ` : ''}` +
          `Introduce it with: 100 ${inflections().plural(word)} are connected`,
      )
    }
    return group ?? [this.client(word)]
  }

  private groupOf(member: string): readonly Client[] | undefined {
    return [...this.groups].find(([word]) => inflections().singular(word) === member)?.[1]
  }

  private meant(pronoun: string): readonly Client[] {
    const { named, actors } = this.previous
    const clients = pronoun === 'they' ? actors : named
    if (clients.length === 0) throw new Mistake(`"${pronoun}" is nobody: no sentence before this one named a client.`)
    if (pronoun !== 'they' && clients.length > 1) {
      const names = listing(clients.slice(0, 3).map((client) => client.name))
      throw new Mistake(
        `"${pronoun}" may be any of ${names}, whom the sentence before named: write the name, or "they".`,
      )
    }
    return clients
  }

  private mention({ named, actors }: Mention): void {
    this.current = {
      named: union(this.current.named, named),
      actors: union(this.current.actors, actors),
    }
  }
}

function union(some: readonly Client[], more: readonly Client[]): readonly Client[] {
  return some.length === 0 ? more : [...new Set([...some, ...more])]
}
