/** First features from an AsyncAPI document: one for each channel, with a scenario for each operation, ready to be edited. */

import type { Contract } from '../asyncapi/contract'
import type {
  AddressParameter,
  ContractChannel,
  ContractMessage,
  ContractOperation,
} from '../asyncapi-reading/contract-parts'
import type { ContractSchema } from '../asyncapi-schemas/contract-schemas'
import { makeExample } from '../asyncapi-schemas/made-example'
import { exampleIn, membersAt, schemasOfSameValue } from '../asyncapi-schemas/shape'
import { UsageError } from '../errors'
import { isObject } from '../json/json-value'
import { quoted } from '../text/excerpt'
import { formatProse, formatStep, formatTable, inOneLine, inQuotes, type WrittenStep } from './gherkin'
import { literalJson, rowsOf } from './member-rows'

/** A feature, as a file. */
interface WrittenFeature {
  /** Of the file. */
  readonly name: string
  readonly text: string
}

/** What has been written, and what was not as it should be. */
export interface WrittenFeatures {
  readonly features: readonly WrittenFeature[]
  /** In words, each once. */
  readonly problems: readonly string[]
}

/** Writes the features; a channel in which nothing is said, but replies, has none. */
export function writeFeatures(contract: Contract): WrittenFeatures {
  const writer = new FeatureWriter(contract)
  const features = contract.channels.flatMap((channel) => writer.write(channel) ?? [])
  return { features, problems: [...writer.problems] }
}

/** Longer names are cut. */
const MAX_NAME = 100

class FeatureWriter {
  readonly problems = new Set<string>()
  private readonly fileNames = new Set<string>()
  private readonly replies: readonly ContractOperation[]

  constructor(private readonly contract: Contract) {
    this.replies = contract.channels.flatMap(({ operations }) => operations.filter(({ isReply }) => isReply))
  }

  write(channel: ContractChannel): WrittenFeature | undefined {
    const scenarios = [
      ...channel.operations
        .filter(({ isReply, messages }) => !isReply && messages.length > 0)
        .map((operation) => this.scenario(operation)),
      ...(channel.others.length > 0 ? [this.receiving('What no operation has', channel.others)] : []),
    ]
    if (scenarios.length === 0) {
      const isSilent = channel.operations.every(({ messages }) => messages.length === 0)
      if (isSilent)
        this.problems.add(`The channel ${quoted(channel.name)} has no messages: no feature is written for it.`)
      return undefined
    }
    const { document } = this.contract
    const lines = [
      `Feature: ${channel.name.includes('/') ? inOneLine(channel.name) : humanised(channel.name)}`,
      ...formatProse(`The channel ${inQuotes(channel.name)} of ${inOneLine(document)}.`),
      '',
      '  Background:',
      `    Given the server is described by ${inQuotes(document)}`,
      ...this.connecting(channel),
      ...scenarios.flatMap((scenario) => ['', ...scenario]),
    ]
    return { name: this.fileName(channel.name), text: `${lines.join('\n')}\n` }
  }

  /** Unique also where capitals make no difference. */
  private fileName(channel: string): string {
    const words = wordsOf(channel).join('-').toLowerCase().slice(0, MAX_NAME) || 'channel'
    let name = words
    for (let number = 2; this.fileNames.has(name); number++) name = `${words}-${number}`
    this.fileNames.add(name)
    return `${name}.feature`
  }

  private connecting({ name, address, parameters, query, headers }: ContractChannel): string[] {
    const rows = [...this.handshakeRows('parameter', query, name), ...this.handshakeRows('header', headers, name)]
    const filled = address?.text.replace(/\{([^{}]+)\}/g, (_, parameter: string) =>
      encodeURIComponent(this.parameterValue(parameter, parameters.get(parameter) as AddressParameter) ?? parameter),
    )
    const to = filled === undefined ? undefined : inQuotes(filled.replace(/^(?!\/)/, '/'))
    if (rows.length > 0)
      return formatStep({ text: `And Rob connects${to === undefined ? '' : ` to ${to}`} with:`, rows })
    return [`    And Rob is connected${to === undefined ? '' : ` to ${to}`}`]
  }

  /** A value of a parameter; undefined where its name serves as well as another text. */
  private parameterValue(name: string, { example, schema }: AddressParameter): string | undefined {
    if (example !== undefined || !schema) return usable(example)
    const { type = 'string', title, description, ...limits } = schema.place.value as Readonly<Record<string, unknown>>
    if (type === 'string' && Object.keys(limits).length === 0) return undefined
    const made = this.tried(() => makeExample(schema, name, true))
    return ['string', 'number', 'boolean'].includes(typeof made) ? usable(String(made)) : undefined
  }

  private handshakeRows(kind: string, schema: ContractSchema | undefined, channel: string): string[][] {
    if (!schema) return []
    const parts = schemasOfSameValue(schema.place)
    const required = parts.flatMap((one) => one.listAt('required') ?? []).map(({ value }) => String(value))
    if (required.length === 0) return []
    const members = parts.flatMap(membersAt)
    const example = this.tried(() => makeExample(schema, channel, true))
    const values = isObject(example) ? example : {}
    return required.map((name) => {
      const own = members.filter(({ key }) => key === name).flatMap(schemasOfSameValue)
      const value = String(values[name] ?? exampleIn(own)?.value ?? name)
      return [kind, name, value.includes('${') ? 'value' : value]
    })
  }

  /** What is made; what cannot be made is told. */
  private tried(make: () => unknown): unknown {
    try {
      return make()
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      this.problems.add(error.message)
      return undefined
    }
  }

  private scenario(operation: ContractOperation): string[] {
    const { name, sender, messages } = operation
    const title = humanised(name)
    if (sender === 'server') return this.receiving(title, messages)
    const reply = this.replies.find((one) => one.name === `${name} reply`)
    const steps = messages.flatMap((message, index) => [
      this.sending(message, index === 0 ? 'When Rob' : 'And he'),
      ...repliesOf(reply),
    ])
    return [`  Scenario: ${title}`, ...steps.flatMap(formatStep)]
  }

  private sending(message: ContractMessage, subject: string): WrittenStep {
    const { body, name } = message
    const { payload } = body.facts
    const example = this.tried(() => body.example ?? body.makeExample(name) ?? withoutExample(name))
    const rows = payload && isObject(example) ? rowsOf(payload.place, example) : []
    if (!this.isFound(name) && example !== undefined)
      return { text: `${subject} sends the JSON ${inOneLine(literalJson(example))}` }
    const text = `${subject} sends ${aMessage(name)}`
    return rows.length === 0 ? { text } : { text: `${text} with:`, rows }
  }

  /** Whether a sentence finds a message by its name. */
  private isFound(name: string): boolean {
    return this.tried(() => this.contract.messageNamed(name)) !== undefined
  }

  /** Which of several messages comes is not known: each is a scenario of its own. */
  private receiving(title: string, messages: readonly ContractMessage[]): string[] {
    const [first, ...others] = messages.map(({ name }) => name)
    for (const { name } of messages) this.isFound(name)
    if (others.length === 0) return [`  Scenario: ${title}`, `    Then Rob receives ${aMessage(first as string)}`]
    return [
      `  Scenario Outline: ${title}: <message>`,
      '    Then Rob receives a "<message>"',
      '',
      '    Examples:',
      ...formatTable([['message'], ...messages.map(({ name }) => [inQuotes(name).slice(1, -1)])], '      '),
    ]
  }
}

function withoutExample(name: string): never {
  throw new UsageError(`The document has no valid example of ${quoted(name)}, and none can be made.`)
}

/** One of them comes. */
function repliesOf(reply: ContractOperation | undefined): WrittenStep[] {
  const [first, ...others] = reply?.messages.map(({ name }) => aMessage(name)) ?? []
  if (first === undefined) return []
  return [
    ...(others.length > 0 ? [{ text: `# Or ${others.join(', or ')}.` }] : []),
    { text: `Then he receives ${first}` },
  ]
}

function aMessage(name: string): string {
  return `${/^(?:[aeio]|u(?!ni|s[aeu]))/i.test(name) ? 'an' : 'a'} ${inQuotes(name)}`
}

/** `roomHears` and `room-hears` are `Room hears`. */
function humanised(name: string): string {
  const words = wordsOf(name)
    .map((word) => (/^[A-Z][a-z]/.test(word) ? word.toLowerCase() : word))
    .join(' ')
  return words === '' ? inOneLine(name) : words.charAt(0).toUpperCase() + words.slice(1)
}

function wordsOf(name: string): string[] {
  return name.replace(/([\p{Ll}\d])(?=\p{Lu})/gu, '$1 ').match(/[\p{L}\p{N}]+/gu) ?? []
}

/** A value as a part of a path, from which addresses take dots. */
function usable(example: string | undefined): string | undefined {
  return example !== undefined && /^\.{0,2}$/.test(example) ? undefined : example
}
