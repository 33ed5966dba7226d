/** Variables: `${name}` in whatever a sentence writes. */

import { FUNCTION, OBJECT, requireArgument, TEXT } from '../arguments'
import { UsageError } from '../errors'
import { parseBoundedJson, parseCompletely } from '../json/json-depth'
import { escapeForJson, hasVariables, parseJson, quoteVariables, stringifyJson } from '../json/json-text'
import { defineMember, isContainer, LiteralValue } from '../json/json-value'
import { lazyFunctions } from '../lazy-functions'
import { parsePath } from '../paths/path'
import { learnSecrets } from '../redaction'
import { excerpt, quoted } from '../text/excerpt'
import { nearest } from '../text/nearest'
import type * as FillInPlace from './fill-in-place'
import { objectOfFilled } from './filled-members'

/** Loaded when it is needed: few features have patterns. */
const { fillPattern } = lazyFunctions<typeof FillInPlace>(() => require('./fill-in-place'))

/**
 * The scenario's variables, and on top of them those of one client or one reaction.
 * @example conversation.variables.set('room', 'kitchen')
 */
export class Variables {
  /** Those of our own whose value a server has sent. */
  private readonly remembered = new Set<string>()

  /** @internal */
  constructor(
    private readonly own: Record<string, unknown> = Object.create(null),
    private readonly outer?: Variables,
  ) {}

  /**
   * Variables that hold on top of these, as long as they are used.
   * @throws UsageError for a name that is always known
   */
  with(more: Record<string, unknown>): Variables {
    requireArgument('with', 'more', more, OBJECT)
    const taken = Object.keys(more).find(hasOwnMeaning)
    if (taken !== undefined) throw hasMeaning(taken)
    return new Variables({ ...more }, this)
  }

  /**
   * Sets a variable; of an object it keeps a copy, as JSON has it.
   * @throws UsageError for a name that could not be written, or that means something else wherever it is written, and for a
   * value that JSON cannot hold
   */
  set(name: string, value: unknown): void {
    requireArgument('set', 'name', name, TEXT)
    if (!NAME.test(name)) {
      throw new UsageError(
        `${quoted(name)} cannot be the name of a variable: write a name without braces, such as "room".`,
      )
    }
    if (RESERVED.test(name) || hasOwnMeaning(name)) throw hasMeaning(name)
    const kept = typeof value === 'string' ? value : parseBoundedJson(stringifyJson(value, 'variable'))
    defineMember(this.own, name, kept)
    this.remembered.delete(name)
  }

  /**
   * Sets a variable to what a server has sent.
   * @internal
   */
  remember(name: string, value: unknown): void {
    this.set(name, value)
    this.remembered.add(name)
  }

  /**
   * Whether a server has sent the value of a variable in a text.
   * @internal
   */
  hasRemembered(text: string): boolean {
    return [...text.matchAll(VARIABLE)].some(([, name = '']) => this.isRemembered(name))
  }

  /**
   * The value of a variable.
   * @throws UsageError for an unknown one, listing those that are known
   */
  get(name: string): unknown {
    requireArgument('get', 'name', name, TEXT)
    if (Object.hasOwn(this.own, name)) return this.own[name]
    if (this.outer?.has(name)) return this.outer.get(name)
    const builtIn = builtIns.get(name)
    if (builtIn) return builtIn()
    if (name.startsWith('env.')) return environmentVariable(name.slice('env.'.length))
    if (name.startsWith('received.') && this.has('received')) return this.getReceived(name.slice('received.'.length))
    throw this.unknownVariable(name)
  }

  /**
   * A text with its variables filled in.
   * @param encode is applied to each value
   */
  fill(text: string, encode: (value: string) => string = (value) => value): string {
    requireArgument('fill', 'text', text, TEXT)
    requireArgument('fill', 'encode', encode, FUNCTION)
    if (!hasVariables(text)) return text
    const filled = text.replace(VARIABLE, (_, name: string) => encode(toText(this.get(name))))
    if (filled.length > MAX_LENGTH)
      throw new UsageError(`${quoted(text)} becomes longer than ${MAX_LENGTH} characters.`)
    return filled
  }

  /**
   * JSON as it was written, with its variables filled in: a value that is just one variable keeps its type,
   * with or without quotes around it; within a longer text it is text.
   */
  fillJson(text: string): string {
    requireArgument('fillJson', 'text', text, TEXT)
    if (!hasVariables(text)) return text
    return text.replace(STRING_OR_VARIABLE, (found, isName: string | undefined, bare: string | undefined) => {
      const alone = bare ?? (isName === undefined ? QUOTED_VARIABLE.exec(found)?.[1] : undefined)
      return alone === undefined ? this.fill(found, escapeForJson) : stringifyJson(this.get(alone), 'variable')
    })
  }

  /** The value of a table's cell: typed as JSON where it is JSON, with its numbers as they are written, text otherwise. */
  cell(text: string): unknown {
    requireArgument('cell', 'text', text, TEXT)
    try {
      return parseCompletely(this.fillJson(text), { keepSpelling: true })
    } catch (error) {
      if (error instanceof UsageError) throw error
      return this.fill(text)
    }
  }

  /** Expected JSON with its variables filled in: their values are never markers. */
  expectedJson(text: string): unknown {
    requireArgument('expectedJson', 'text', text, TEXT)
    const parsed = parseJson(quoteVariables(text))
    if (!hasVariables(text)) {
      learnSecrets((redaction) => redaction.learn(parsed))
      return parsed
    }
    const expected = this.fillExpected(parsed)
    const filled = stringifyJson(expected)
    parseJson(filled)
    learnSecrets((redaction) => redaction.learnFromText(filled))
    return expected
  }

  /** A table's cell that is expected. */
  expectedCell(text: string): unknown {
    requireArgument('expectedCell', 'text', text, TEXT)
    try {
      JSON.parse(quoteVariables(text))
    } catch {
      return this.fillExpected(text)
    }
    return this.expectedJson(text)
  }

  private fillExpected(value: unknown): unknown {
    if (typeof value === 'string') {
      const alone = BARE_VARIABLE.exec(value)?.[1]
      if (alone !== undefined) return new LiteralValue(this.get(alone))
      if (!hasVariables(value)) return value
      if (/^#(?:regex |\/)/.test(value)) return fillPattern(value, this)
      // Of markers only these take a value: in any other text it could make a marker.
      return TAKES_VALUE.test(value) ? this.fillMarker(value) : new LiteralValue(this.fill(value))
    }
    if (Array.isArray(value)) return value.map((item) => this.fillExpected(item))
    if (!isContainer(value)) return value
    return objectOfFilled(Object.entries(value).map(([name, inner]) => [this.fill(name), this.fillExpected(inner)]))
  }

  /** A marker with its value: one that is compared as such keeps its type, and is not read anew. */
  private fillMarker(marker: string): string {
    if (SIZED.test(marker)) return this.fill(marker, (value) => requireNumber(value, marker))
    const [, comparison, operand] = OPERAND.exec(marker) as unknown as readonly [string, string, string]
    const alone = BARE_VARIABLE.exec(operand)?.[1]
    if (alone !== undefined) return comparison + stringifyJson(this.get(alone), 'variable')
    return operand.startsWith('"') ? comparison + this.fill(operand, escapeForJson) : this.fill(marker)
  }

  private isRemembered(name: string): boolean {
    if (Object.hasOwn(this.own, name)) return this.remembered.has(name)
    return this.outer?.isRemembered(name) === true
  }

  private has(name: string): boolean {
    requireArgument('has', 'name', name, TEXT)
    return Object.hasOwn(this.own, name) || (this.outer?.has(name) ?? false)
  }

  private names(): string[] {
    return [...new Set([...Object.keys(this.own), ...(this.outer?.names() ?? builtIns.keys())])]
  }

  private getReceived(path: string): unknown {
    const received = this.get('received')
    const values = parsePath(path).select(received)
    if (values.length === 1) return values[0]
    const found = values.length === 0 ? 'nothing' : `${values.length} values`
    throw new UsageError(
      `\${received.${path}}: the message that was received, ${excerpt(toText(received))}, has ${found} at ${path}.`,
    )
  }

  private unknownVariable(name: string): UsageError {
    if (/^received\b/.test(name)) {
      return new UsageError(`\${${name}} is known in the answer of a reaction alone: when Rob receives … he sends …`)
    }
    const known = [...this.names().sort(), 'env.NAME']
    const hint = nearest(name, known)
    const advice = hint ? `Did you mean \${${hint}}?` : `Introduce it with: ${quoted(name)} stands for "…"`
    const list = known.map((other) => `\${${other}}`).join(', ')
    return new UsageError(`There is no variable \${${name}}. Known: ${list}.\n${advice}`)
  }
}

const NAME = /^[^{}]*[^{}\s][^{}]*$/
/** What is known for one client, one reaction or one phrase alone, on top of what the scenario has set. */
const RESERVED = /^(?:client|phrase|received(?:\..*)?)$/
/** Markers whose values are numbers. */
const SIZED = /^#(?:\[|(?:number )?\s*(?:[<>]|between ))/
/** What they compare with, in the others that take a value. */
const OPERAND = /^(#(?:(?:number )?\s*!=\s*|(?:contains|startsWith|endsWith)\s+))(.+)$/s
const TAKES_VALUE = /^#(?:\[\$\{[^{}]*\}\]$|(?:number )?\s*(?:[<>]|!=|between )|(?:contains|startsWith|endsWith) )/
/** How long a text may become by its variables, in characters. */
const MAX_LENGTH = 16 * 2 ** 20

const VARIABLE = /\$\{([^{}]*)\}/g
const BARE_VARIABLE = /^\$\{([^{}]*)\}$/
const QUOTED_VARIABLE = /^"\$\{([^{}]*)\}"$/
const STRING_OR_VARIABLE = /"(?:[^"\\]|\\[\s\S]?)*(?:"|$)(?=(\s*:)?)|\$\{([^{}]*)\}/g

const builtIns = new Map<string, () => unknown>([
  // Loaded when it is needed, and not the global one, which a project may have replaced.
  ['uuid', () => (require('node:crypto') as typeof import('node:crypto')).randomUUID()],
  ['now', () => new Date().toISOString()],
  ['timestamp', () => Date.now()],
])

/** Whether a name means something also where nothing has set it. */
export function hasOwnMeaning(name: string): boolean {
  return builtIns.has(name) || name.startsWith('env.')
}

function hasMeaning(name: string): UsageError {
  return new UsageError(`${quoted(name)} cannot be the name of a variable: \${${name}} has a meaning of its own.`)
}

function environmentVariable(name: string): string {
  const value = Object.hasOwn(process.env, name) ? process.env[name] : undefined
  if (value === undefined) throw new UsageError(`\${env.${name}}: the environment has no variable ${name}.`)
  return value
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : stringifyJson(value, 'variable')
}

/** What stands for a number is one number, and no part of the marker. */
function requireNumber(value: string, marker: string): string {
  if (/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value)) return value
  throw new UsageError(`In ${quoted(marker)} a variable stands for ${quoted(value)}, which is not a number.`)
}
