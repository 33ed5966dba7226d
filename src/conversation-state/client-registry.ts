/** The clients of a scenario: finds those that a sentence names, also by pronoun, role and group. */

import type { Client } from '../client/client'
import { UsageError } from '../errors'
import { quoted } from '../text/excerpt'
import { exampleStep, joinNames } from '../text/grammar'
import { nearest } from '../text/nearest'
import { NO_GROUP, RESERVED_NAMES, RESERVED_ROLES } from '../text/reserved-names'

/** The clients that a sentence mentions. */
interface Mention {
  /** Those it calls by name, also in order to leave them out: `he`, `she` and `it` mean one of them. */
  readonly named: readonly Client[]
  /** Those it is about: `they` means them; `everyone else` and `nobody else` leave them out. */
  readonly actors: readonly Client[]
  /** Those whom its `everyone else` left out: in the next sentence it leaves out the same. */
  readonly exceptions?: readonly Client[] | undefined
}

/** A group, as its members are named: of `listener-7` it is `listener`, with how many there are. */
export interface ClientGroup {
  readonly name: string
  readonly size: number
}

const NO_MENTION: Mention = { named: [], actors: [] }
const SINGLE_NAME = /^[A-Z][\w-]*$/
/** A role may end as an ordinal does: `the host and the guest`. */
const NAME =
  /"[^"]*"|(?:the|every|all|each|both) (?:of |the |other |(?!and )[a-z]+(?:st|nd|rd|th) )*(?!and(?: |$))[^\s,]+|[^\s,]+/g
const PRONOUN = /^(?:he|she|it|they)$/
/** Several, unlike `they` alone, which may be one person. */
const PLURAL = /^they (?:both|all|each)$/
const EVERYONE = /^every(?:one|body)$/i
/** Those whom the previous sentence was about: `both`, `all of them`. */
const THEY = /^(?:both|(?:all|each|both) of them)$/
/** `the others`, `the other bidders`: all others, or those of a group. */
const OTHERS = /^(?:the others?|(?:all|each|every)?(?: ?of)? ?(?:the )?other ([a-z][\w-]*))$/
/** Words for all clients, unless there is a group of that name. */
const CLIENTS = /^(?:clients?|users?|participants?|people|person)$/
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']

/** Loaded when it is needed: few scenarios have groups. */
const loadPluralize = () => require('pluralize') as typeof import('pluralize')

/** All clients of a conversation. */
export class ClientRegistry {
  private readonly clients = new Map<string, Client>()
  private readonly groups = new Map<string, readonly Client[]>()
  private previous = NO_MENTION
  private current = NO_MENTION

  constructor(private readonly create: (name: string) => Client) {}

  /** Also those that no sentence has introduced, and which may well request something. */
  get all(): Client[] {
    return [...this.clients.values()]
  }

  /** The clients that a sentence has introduced, by connecting them or by giving them a reaction. */
  get introduced(): Client[] {
    return this.all.filter(({ state }) => state.isIntroduced)
  }

  /** The group of each member, by the member's name. */
  get groupsByMember(): Map<string, ClientGroup> {
    return new Map(
      [...this.groups].flatMap(([plural, members]) => {
        const group = { name: loadPluralize().singular(plural), size: members.length }
        return members.map(({ name }) => [name, group] as const)
      }),
    )
  }

  /** The client of that name; it is created when it is first named. */
  getOrCreate(name: string): Client {
    const client = this.clients.get(name) ?? this.create(name)
    this.clients.set(name, client)
    return client
  }

  /**
   * Creates a group: `listeners` are listener-1, listener-2 and so on.
   * @throws UsageError if there is such a group already
   */
  createGroup(plural: string, size: number): Client[] {
    if (NO_GROUP.test(plural)) {
      throw new UsageError(`${quoted(plural)} would not mean this group: call it something else, such as guests.`)
    }
    const group = this.groups.get(plural)
    if (group) {
      throw new UsageError(
        `There are ${group.length} ${plural} already. Call the others something else, or write: the ${plural} …`,
      )
    }
    if (this.clients.get(plural)?.state.isIntroduced) {
      throw new UsageError(
        `A sentence before this one took «the ${plural}» for one client: write that sentence after this one.`,
      )
    }
    const singular = loadPluralize().singular(plural)
    const members = Array.from({ length: size }, (_, index) => this.getOrCreate(`${singular}-${index + 1}`))
    for (const { state } of members) state.isIntroduced = true
    this.groups.set(plural, members)
    this.mention({ named: members, actors: members })
    return members
  }

  /** Begins a sentence: pronouns in it mean the clients that the last one mentioned. */
  beginSentence(): void {
    if (this.current !== NO_MENTION) this.previous = this.current
    this.current = NO_MENTION
  }

  /**
   * The client that is meant.
   * @throws UsageError if several are, or none
   */
  resolve(text: string): Client {
    const [client, ...others] = this.resolveAll(text)
    if (client && others.length === 0) return client
    throw new UsageError(`${quoted(text)} means ${others.length + 1} clients, and this sentence is about one: name it.`)
  }

  /**
   * The clients that are meant, in that order.
   * @throws UsageError if there is none
   */
  resolveAll(text: string): Client[] {
    // As in most sentences: what follows takes eight times as long.
    if (SINGLE_NAME.test(text) && !EVERYONE.test(text)) return this.mentionAll([this.resolveCapitalised(text)])
    const said = text.replace(/ (?:both|all|each|should)$/, '')
    const exceptions = /^every(?:one|body) (?:but|except) (.*)/s.exec(said)?.[1]
    if (exceptions !== undefined) return this.resolveEveryoneBut(exceptions, said)
    if (/^every(?:one|body) else$/.test(said)) return this.resolveOthers('everyone else')
    if (said.endsWith(' else')) throw new UsageError(`${quoted(said)} does not mean anybody: write everyone else.`)
    const [others, noun] = OTHERS.exec(said) ?? []
    if (others !== undefined) return this.resolveOthers(others, noun)
    if (PRONOUN.test(said)) {
      const clients = PLURAL.test(text)
        ? this.requireSeveral(text, this.resolvePronoun(said))
        : this.resolvePronoun(said)
      this.mention({ named: this.previous.named, actors: clients })
      return [...clients]
    }
    return this.mentionAll(this.resolveList(said))
  }

  /**
   * The clients that the previous sentence was about, and all others that ever connected.
   * @throws UsageError if none ever connected, or no sentence was about any
   */
  nobodyElse(): { readonly meant: readonly Client[]; readonly others: readonly Client[] } {
    if (this.previous === NO_MENTION) throw noAntecedent('nobody else', 'nobody')
    const meant = this.previous.actors
    return { meant, others: this.others(meant) }
  }

  /**
   * All clients that ever connected, except those given.
   * @throws UsageError if none ever connected
   */
  others(exceptions: readonly Client[]): Client[] {
    const connected = this.introduced.filter(({ state }) => state.inbox.hasConnected)
    if (connected.length === 0) throw new UsageError('Nobody has connected yet, so nobody could receive anything.')
    return connected.filter((client) => !exceptions.includes(client))
  }

  /** The error for an unknown name, which lists the known ones. */
  unknownClient(name: string): UsageError {
    const names = this.introduced.map((client) => client.name)
    const hint = nearest(name, names)
    return new UsageError(
      `There is no client ${name} in this scenario yet. ` +
        (names.length === 0 ? 'There are none at all so far.' : `Known: ${joinNames(names)}.`) +
        (hint ? ` Did you mean ${hint}?` : ` Introduce ${name} with: ${exampleStep(name, 'is connected')}`),
    )
  }

  /** The error for a client that a rule is about, and that never connected: its name may well be misspelt. */
  neverConnected(name: string): UsageError {
    const others = this.introduced.filter(({ state }) => state.inbox.hasConnected)
    const hint = nearest(
      name,
      others.map((client) => client.name),
    )
    const advice = hint ? `Did you mean ${hint}?` : `Write: ${exampleStep(name, 'is connected')}`
    return new UsageError(`${name} never connected, so that no rule about ${name} could do anything. ${advice}`)
  }

  /** All that are connected; one that the server has disconnected still counts, until a sentence has said so. */
  private connectedExcept(exceptions: readonly Client[], text: string): Client[] {
    const clients = this.introduced.filter((client) => !client.state.isGone && !exceptions.includes(client))
    if (clients.length === 0) throw new UsageError(`${quoted(text)} means nobody: no such client is connected now.`)
    return clients
  }

  private resolveEveryoneBut(exceptions: string, text: string): Client[] {
    const named = this.resolveExceptions(exceptions)
    const clients = this.connectedExcept(named, text)
    this.mention({ named, actors: clients })
    return clients
  }

  /**
   * Those whom the previous sentence was not about, or did not leave out.
   * @param group whose members they are
   */
  private resolveOthers(reference: string, group?: string): Client[] {
    if (this.previous === NO_MENTION) throw noAntecedent(reference, 'everyone')
    const { named, actors, exceptions = actors } = this.previous
    const clients = this.connectedExcept(exceptions, reference)
    const members = group === undefined || this.meansAll(group) ? clients : this.groupOf(group)
    const others = clients.filter((client) => members.includes(client))
    if (others.length === 0) throw new UsageError(`${quoted(reference)} means nobody: there are no other ${group}.`)
    this.mention({ named, actors: others, exceptions })
    return others
  }

  private resolveExceptions(text: string): Client[] {
    const clients = this.resolveList(text)
    const unknown = clients.find(({ state }) => !state.isIntroduced)
    if (unknown) throw this.unknownClient(unknown.name)
    return clients
  }

  private resolveList(text: string): Client[] {
    const names = text.match(NAME)?.filter((name) => name !== 'and') ?? []
    return [...new Set(names.flatMap((name) => this.resolveName(name)))]
  }

  private resolveName(text: string): readonly Client[] {
    if (text.startsWith('"')) return [this.getOrCreate(text.slice(1, -1))]
    if (PRONOUN.test(text)) return this.resolvePronoun(text)
    if (THEY.test(text)) return this.requireSeveral(text, this.resolvePronoun('they'))
    if (EVERYONE.test(text)) return this.connectedExcept([], text)
    const words = text.split(' ')
    const noun = words.at(-1) as string
    if (words.length === 1) return [this.resolveCapitalised(text)]
    const ordinal = words.slice(1, -1).find((word) => !/^(?:of|the|other)$/.test(word))
    if (ordinal !== undefined) return [this.memberOf(noun, ordinal)]
    if (words[0] !== 'the')
      return requireTwo(text, this.meansAll(noun) ? this.connectedExcept([], text) : this.groupOf(noun))
    const instead = RESERVED_ROLES.get(noun)
    if (instead !== undefined)
      throw new UsageError(`${quoted(text)} is not a client: write a sentence such as «${instead}».`)
    return this.groups.get(noun) ?? [this.getOrCreate(noun)]
  }

  /** @throws UsageError for a word that means something else, or nobody */
  private resolveCapitalised(name: string): Client {
    const instead = RESERVED_NAMES.get(name)
    if (instead === undefined) return this.getOrCreate(name)
    throw new UsageError(`${name} is not a valid name: ${instead}, or ${quoted(name)} in quotes.`)
  }

  /** Whether `all clients` means everyone. */
  private meansAll(noun: string): boolean {
    return CLIENTS.test(noun) && this.findGroup(noun) === undefined
  }

  private findGroup(noun: string): readonly Client[] | undefined {
    return this.groups.get(noun) ?? [...this.groups].find(([plural]) => loadPluralize().singular(plural) === noun)?.[1]
  }

  private groupOf(noun: string): readonly Client[] {
    const group = this.findGroup(noun)
    if (group) return group
    const names = [...this.groups.keys()]
    const { singular, plural } = loadPluralize()
    throw new UsageError(
      `There is no group with a ${singular(noun)} in it. ${names.length > 0 ? `There are ${joinNames(names)}. ` : ''}` +
        `Introduce it with: 100 ${plural(noun)} are connected`,
    )
  }

  private memberOf(noun: string, ordinal: string): Client {
    if (ordinal !== 'last' && !ORDINALS.includes(ordinal)) {
      throw new UsageError(
        `${quoted(ordinal)} is not known in «the ${ordinal} ${noun}»: write the first, the second … the tenth or the last ${noun}.`,
      )
    }
    const group = this.groupOf(noun)
    const member = ordinal === 'last' ? group.at(-1) : group[ORDINALS.indexOf(ordinal)]
    if (member) return member
    throw new UsageError(`There is no ${ordinal} ${noun}: there are ${group.length}.`)
  }

  private resolvePronoun(pronoun: string): readonly Client[] {
    const { named, actors } = this.previous
    const clients = pronoun === 'they' ? actors : named
    if (clients.length === 0) {
      throw new UsageError(`${quoted(pronoun)} means nobody: no sentence before this one named a client.`)
    }
    if (pronoun !== 'they' && clients.length > 1) {
      const names = joinNames(clients.slice(0, 3).map((client) => client.name))
      throw new UsageError(
        `${quoted(pronoun)} may be any of ${names}, whom the sentence before named: write the name, or "they".`,
      )
    }
    return clients
  }

  /**
   * Of those whom the previous sentence was about.
   * @throws UsageError if it was about one, or if `both` are not two
   */
  private requireSeveral(text: string, clients: readonly Client[]): readonly Client[] {
    if (clients.length !== 1) return requireTwo(text, clients)
    const present = this.introduced.filter(({ state }) => !state.isGone).map(({ name }) => name)
    const instead = present.length === 2 ? `write ${joinNames(present)}, or everyone` : 'write its name'
    throw new UsageError(`${quoted(text)} means 1 client: ${instead}.`)
  }

  private mentionAll(clients: Client[]): Client[] {
    this.mention({ named: clients, actors: clients })
    return clients
  }

  private mention({ named, actors, exceptions }: Mention): void {
    this.current = {
      named: union(this.current.named, named),
      actors: union(this.current.actors, actors),
      exceptions,
    }
  }
}

/** @throws UsageError if it speaks of both, and there are not two */
function requireTwo(text: string, clients: readonly Client[]): readonly Client[] {
  if (clients.length === 2 || !/\bboth\b/.test(text)) return clients
  const meaning =
    clients.length === 1 ? '1 client: write its name' : `${clients.length} clients: write all of them, or their names`
  throw new UsageError(`${quoted(text)} means ${meaning}.`)
}

function noAntecedent(reference: string, absolute: string): UsageError {
  return new UsageError(
    `${quoted(reference)} refers to a sentence before this one, and none has named a client: write ${quoted(absolute)}.`,
  )
}

function union(some: readonly Client[], more: readonly Client[]): readonly Client[] {
  return some.length === 0 ? more : [...new Set([...some, ...more])]
}
