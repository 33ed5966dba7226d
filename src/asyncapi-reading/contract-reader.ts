/** Reads the channels, operations and messages of a document, of version 2 or 3. */

import type { Sender } from '../asyncapi/contract-model'
import type { ContractDocuments } from '../asyncapi-schemas/contract-documents'
import type { ContractSchemas } from '../asyncapi-schemas/contract-schemas'
import { Place, shown } from '../asyncapi-schemas/place'
import { exampleIn } from '../asyncapi-schemas/shape'
import { excerpt, quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'
import { parseUrl } from '../text/url'
import { ChannelAddress } from './address'
import type {
  AddressParameter,
  ContractChannel,
  ContractMessage,
  ContractOperation,
  ContractParts,
} from './contract-parts'
import type { MajorVersion } from './members'
import type { MessageBody } from './message-body'
import { formAt, MessageReader, type Note } from './message-reader'
import { requireKnownMembers, withTraits, wsBindingOf } from './structure'

/** How a document is meant. */
export interface ContractOptions {
  /** Whom it describes: with `client`, what it says that it sends is what clients send. Default `server`. */
  readonly view?: 'server' | 'client'
  /** The draft of JSON Schema in which payloads are written that name none. Default `draft-07`, as AsyncAPI has it. */
  readonly draft?: string
}

/** What has been read, and all its messages. */
export interface ReadContract extends ContractParts {
  readonly bodies: readonly MessageBody[]
}

/**
 * Reads what a document promises.
 * @throws UsageError for the first place at which it is not as AsyncAPI has it
 */
export function readParts(
  documents: ContractDocuments,
  schemas: ContractSchemas,
  options: ContractOptions,
): ReadContract {
  const root = Place.root(documents, documents.path)
  const asyncapi = versionOf(root)
  const version: MajorVersion = asyncapi.startsWith('2') ? 2 : 3
  requireKnownMembers(root, 'a document', version)
  // One of each kind: to find a place in a text takes time.
  const notes = new Map<string, string>()
  const note = (kind: string, text: () => string) => notes.set(kind, notes.get(kind) ?? text())
  const { view = 'server', draft = 'draft-07' } = options
  const messages = new MessageReader({
    ...{ version, draft, schemas },
    form: formAt(root, 'defaultContentType'),
    note,
  })
  const context = { root, version, schemas, draft, view, messages, note }
  const channels = version === 2 ? new Version2(context).read() : new Version3(context).read()
  schemas.reach()
  const info = root.objectAt('info', 'what is said of the document')
  if (info) requireKnownMembers(info, 'the info', version)
  return { title: info?.textAt('title') ?? '', asyncapi, channels, notes: [...notes.values()], bodies: messages.all }
}

function versionOf(root: Place): string {
  const { value } = root.member('asyncapi') ?? {}
  if (typeof value === 'string' && /^[23]\.\d+\.\d+/.test(value)) return value
  if (value !== undefined)
    throw root.error(
      `its "asyncapi" is ${shown(value)}; only documents of 2.x and 3.x are read, such as asyncapi: '3.0.0'.`,
    )
  const other = ['openapi', 'swagger', '$schema'].find((name) => root.member(name))
  const hint = other === undefined ? '' : ` It has ${quoted(other)} instead.`
  throw root.error(`it is not an AsyncAPI document: that begins with a version, such as asyncapi: '3.0.0'.${hint}`)
}

interface Context {
  readonly root: Place
  readonly version: MajorVersion
  readonly schemas: ContractSchemas
  readonly draft: string
  readonly view: 'server' | 'client'
  readonly messages: MessageReader
  readonly note: Note
}

/** A channel that is being read. */
interface Opened {
  readonly channel: ContractChannel
  readonly place: Place
  /** Of the place among the document's channels. */
  readonly id: string
}

/** A message that is being read: what it may be called, the best name first. */
interface Named {
  readonly body: MessageBody
  readonly names: readonly string[]
}

/** What both versions have. */
abstract class VersionReader {
  private readonly operationNames = new Set<string>()

  constructor(protected readonly context: Context) {}

  /** The channels of the document. */
  read(): readonly ContractChannel[] {
    const channels = this.context.root.objectAt('channels', 'the channels')?.namedMembers() ?? []
    if (channels.length === 0) throw this.context.root.error('it has no channels, so that it promises nothing.')
    const opened = channels.map((place) => this.openChannel(place))
    this.readOperations(opened)
    return opened.map(({ channel }) => channel)
  }

  protected abstract addressOf(name: string, place: Place): string | undefined

  /** The place at which a server stands that a channel names. */
  protected abstract serverOf(item: Place): Place

  /** The way to a server, with its variables in braces. */
  protected abstract pathnameOf(server: Place): string

  protected abstract readOperations(channels: readonly Opened[]): void

  private openChannel(place: Place): Opened {
    const target = place.object('a channel')
    // Of version 2, a channel may have members beside its `$ref`.
    const channel = target.id === place.id ? target : target.over([place, target])
    for (const one of [place, target]) requireKnownMembers(one, 'a channel', this.context.version)
    const text = this.addressOf(place.key, channel)
    const binding = wsBindingOf(channel, 'a channel', this.context.version)
    if (binding?.textAt('method')?.toUpperCase() === 'POST')
      this.context.note(
        'POST',
        () => binding.error('a WebSocket is opened by GET: its method POST is not validated.').message,
      )
    return {
      id: place.id,
      place: channel,
      channel: {
        name: place.key,
        address: text === undefined ? undefined : this.addressWith(text, channel),
        parameters: new Map(this.parametersOf(channel)),
        query: this.schemaOf(binding?.member('query')),
        headers: this.schemaOf(binding?.member('headers')),
        operations: [],
        others: [],
        unused: [],
      },
    }
  }

  private addressWith(text: string, channel: Place): ChannelAddress {
    if (text.trim() === '')
      throw channel.error('its address is empty: write "/" for the root, or null for one that is not known.')
    if (/[{}]/.test(text.replace(/\{[^{}]+\}/g, '')))
      throw channel.error(`its address ${quoted(text)} has a brace without the other one: a parameter is {name}.`)
    if (/[?#]/.test(text))
      throw channel.error(
        `its address ${quoted(text)} has a query or a fragment: write the query in the "query" of its ws binding, and a character that is meant percent-encoded.`,
      )
    this.requireItsParameters(text, channel)
    const named = channel.listAt('servers')?.map((item) => this.serverOf(item))
    const servers = named ?? this.context.root.objectAt('servers', 'the servers')?.namedMembers() ?? []
    return new ChannelAddress(
      text,
      servers.map((place) => {
        const server = place.object('a server')
        requireKnownMembers(server, 'a server', this.context.version)
        wsBindingOf(server, 'a server', this.context.version)
        return { pathname: this.pathnameOf(server), values: variableValuesOf(server, this.context.version) }
      }),
    )
  }

  /** @throws UsageError for a parameter that stands in the address alone, or among its parameters alone */
  private requireItsParameters(text: string, channel: Place): void {
    const used = [...text.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name)
    const parameters = channel.objectAt('parameters', 'the parameters')
    const declared = parameters?.namedMembers() ?? []
    const keys = declared.map(({ key }) => key)
    for (const name of used) {
      if (parameters && Object.hasOwn(parameters.value as object, name)) continue
      const hint = nearest(name, keys)
      const advice = hint === undefined ? `Write it there, if only as ${name}: {}.` : `Did you mean ${quoted(hint)}?`
      throw channel.error(
        `its address ${quoted(text)} has {${excerpt(name)}}, which is not one of its "parameters". ${advice}`,
      )
    }
    const unusedOne = declared.find(({ key }) => !used.includes(key))
    if (unusedOne)
      throw unusedOne.error(`the address ${quoted(text)} of its channel has no {${excerpt(unusedOne.key)}}.`)
  }

  private parametersOf(channel: Place): [string, AddressParameter][] {
    const parameters = channel.objectAt('parameters', 'the parameters')?.namedMembers() ?? []
    return parameters.map((member) => {
      const parameter = member.object('a parameter')
      requireKnownMembers(parameter, 'a parameter', this.context.version)
      const values = parameter.listAt('enum')?.map(({ value }) => String(value))
      return [member.key, { schema: this.schemaOf(parameter.member('schema')), values, example: exampleOf(parameter) }]
    })
  }

  private schemaOf(place: Place | undefined) {
    if (!place) return undefined
    place.object('a schema')
    return this.context.schemas.add(place, this.context.draft)
  }

  /** Adds an operation to its channel. */
  protected addOperation(
    { channel }: Opened,
    operation: { readonly name: string; readonly isSent: boolean; readonly isReply: boolean },
    messages: readonly Named[],
  ): void {
    const { isSent, isReply } = operation
    const name = unused(this.operationNames, [operation.name])
    const sender: Sender = isSent === (this.context.view === 'server') ? 'server' : 'client'
    const own: ContractMessage[] = []
    const added: ContractOperation = { name, sender, isReply, messages: own }
    const taken = new Set<string>()
    for (const { body, names } of messages)
      own.push({ name: unused(taken, names.length > 0 ? names : [`${name} message`]), body, channel, operation: added })
    channel.operations.push(added)
  }
}

/** The values that the variables of a server may have, where it says them. */
function variableValuesOf(server: Place, version: MajorVersion): Map<string, readonly string[]> {
  const variables = server.objectAt('variables', 'the variables')?.namedMembers() ?? []
  return new Map(
    variables.flatMap((variable) => {
      const described = variable.object('a variable')
      requireKnownMembers(described, 'a variable of a server', version)
      const values = described.listAt('enum')
      return values ? [[variable.key, values.map(({ value }) => String(value))]] : []
    }),
  )
}

/** An example of the parameter or its schema, its default, or the first of its values. */
function exampleOf(parameter: Place): string | undefined {
  const schema = parameter.member('schema')?.followIfPossible()
  const example = exampleIn([parameter, ...(schema ? [schema] : [])])
  return example && String(example.value)
}

/** The first of several names that is not taken; if all are, the first with a number. */
function unused(taken: Set<string>, names: readonly string[]): string {
  const [first = ''] = names
  let name = names.find((one) => !taken.has(one)) ?? first
  for (let number = 2; taken.has(name); number++) name = `${first} ${number}`
  taken.add(name)
  return name
}

class Version2 extends VersionReader {
  protected addressOf(name: string): string {
    return name
  }

  protected serverOf(item: Place): Place {
    const server = this.context.root.objectAt('servers', 'the servers')?.member(String(item.value))
    if (server) return server
    throw item.error(`there is no server ${quoted(String(item.value))} among the document's servers.`)
  }

  protected pathnameOf(server: Place): string {
    const url = (server.textAt('url') ?? '').replace(/^[a-z][a-z\d+.-]*:\/\//i, '')
    return url.slice(url.indexOf('/') < 0 ? url.length : url.indexOf('/'))
  }

  protected readOperations(channels: readonly Opened[]): void {
    for (const opened of channels) {
      for (const keyword of ['publish', 'subscribe']) {
        const own = opened.place.objectAt(keyword, 'an operation')
        if (!own) continue
        const operation = withTraits(own, 'an operation', 2)
        const name = operation.textAt('operationId') ?? `${opened.channel.name} ${keyword}`
        const messages = this.messagesOf(operation).map((place) => this.context.messages.read(place))
        // What others subscribe to is what the described application sends.
        this.addOperation(
          opened,
          { name, isSent: keyword === 'subscribe', isReply: false },
          messages.map((body) => ({ body, names: namesOf(body) })),
        )
      }
    }
  }

  private messagesOf(operation: Place): Place[] {
    const message = operation.member('message')
    if (!message) return []
    const target = message.object('a message')
    const choice = target.listAt('oneOf')
    if (choice) requireKnownMembers(target, 'a choice of messages', 2)
    return choice ?? [message]
  }
}

/** A message of a channel, and by which ways it is referred to. */
interface ChannelMessage extends Named {
  readonly passed: readonly string[]
}

class Version3 extends VersionReader {
  private readonly messagesOf = new Map<Opened, ChannelMessage[]>()
  private readonly used = new Map<Opened, Set<MessageBody>>()

  protected addressOf(_name: string, place: Place): string | undefined {
    return place.textAt('address')
  }

  protected serverOf(item: Place): Place {
    return item
  }

  protected pathnameOf(server: Place): string {
    return server.textAt('pathname') ?? parseUrl(`ws://${server.textAt('host') ?? ''}`)?.pathname ?? ''
  }

  protected readOperations(channels: readonly Opened[]): void {
    for (const opened of channels) this.messagesOf.set(opened, this.readMessages(opened.place))
    for (const place of this.context.root.objectAt('operations', 'the operations')?.namedMembers() ?? [])
      this.readOperation(place, channels)
    for (const opened of channels) {
      const { channel } = opened
      const used = this.used.get(opened)
      const taken = new Set<string>()
      for (const { body, names } of this.messagesIn(opened)) {
        if (used?.has(body)) continue
        const list = used ? channel.unused : channel.others
        list.push({ name: unused(taken, names), body, channel, operation: undefined })
      }
    }
  }

  private readMessages(channel: Place): ChannelMessage[] {
    const members = channel.objectAt('messages', 'the messages')?.namedMembers() ?? []
    return members.map((member) => {
      const passed: string[] = []
      const body = this.context.messages.read(member, passed)
      body.keys.add(member.key)
      return { body, passed, names: [...body.facts.ownNames, member.key] }
    })
  }

  private messagesIn(opened: Opened): ChannelMessage[] {
    return this.messagesOf.get(opened) as ChannelMessage[]
  }

  private readOperation(place: Place, channels: readonly Opened[]): void {
    const own = place.object('an operation')
    const operation = withTraits(own, 'an operation', 3)
    const action = operation.textAt('action')
    if (action !== 'send' && action !== 'receive')
      throw own.error(`its "action" must be "send" or "receive", and is ${shown(action ?? null)}.`)
    const opened = this.channelOf(operation, channels)
    if (!opened) throw own.error('it has no "channel": write $ref: "#/channels/…".')
    this.add(opened, { name: place.key, isSent: action === 'send', isReply: false }, operation)
    const reply = operation.objectAt('reply', 'a reply')
    if (!reply) return
    requireKnownMembers(reply, 'a reply', 3)
    const address = reply.objectAt('address', 'the address of a reply')
    if (address) requireKnownMembers(address, 'an address of a reply', 3)
    const target = this.channelOf(reply, channels) ?? opened
    this.add(target, { name: `${place.key} reply`, isSent: action === 'receive', isReply: true }, reply)
  }

  private channelOf(holder: Place, channels: readonly Opened[]): Opened | undefined {
    const reference = holder.member('channel')
    if (!reference) return undefined
    const passed: string[] = []
    reference.object('a channel', { passed })
    const found =
      channels.find(({ id }) => passed.includes(id)) ?? channels.find(({ place }) => passed.includes(place.id))
    if (found) return found
    throw reference.error('it must lead to one of the document\'s channels: write $ref: "#/channels/…".')
  }

  private add(
    opened: Opened,
    operation: { readonly name: string; readonly isSent: boolean; readonly isReply: boolean },
    holder: Place,
  ): void {
    const all = this.messagesIn(opened)
    const messages = holder.listAt('messages')?.map((place) => this.messageAt(place, all)) ?? all
    const used = this.used.get(opened) ?? new Set()
    this.used.set(opened, used)
    for (const { body } of messages) used.add(body)
    this.addOperation(opened, operation, messages)
  }

  /** The message of a channel to which an operation refers; some documents refer to the one that is meant itself. */
  private messageAt(place: Place, all: readonly ChannelMessage[]): Named {
    const passed: string[] = []
    const body = this.context.messages.read(place, passed)
    const own = all.find((one) => passed.includes(one.passed[0] as string)) ?? all.find((one) => one.body === body)
    return own ?? { body, names: namesOf(body) }
  }
}

function namesOf({ facts: { names } }: MessageBody): string[] {
  const [own = [], titles = []] = names
  return [...own, ...titles]
}
