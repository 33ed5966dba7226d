/** YAML, as JSON: what it says, with its numbers as they are written. */

import type { Document, LineCounter, Node, Range, Scalar, YAMLError, YAMLWarning } from 'yaml'
import { UsageError } from '../errors'
import { evaluate } from '../evaluation-limit'
import { excerpt } from '../text/excerpt'
import { ExactNumber } from './exact-number'
import { MAX_JSON_DEPTH } from './json-depth'
import { stringifyJson } from './json-text'

/**
 * The JSON of what a text in YAML says.
 * @param name of its file, for an error
 * @throws UsageError if it is not valid, or JSON cannot hold it
 */
export function jsonOfYaml(text: string, name: string): string {
  const yaml = loadYaml()
  const tooLong = `${name} takes too long to be read as YAML: write it as JSON, or divide it.`
  try {
    return evaluate(() => stringifyJson(parseYaml(text, yaml)), { tooLong: () => tooLong, isReading: true })
  } catch (error) {
    const { message } = error as Error
    if (message === tooLong) throw error
    if (message === TOO_DEEP) throw new UsageError(`${name} is nested too deep to be read as YAML.`)
    // Below its first line the library quotes the text, whose lines would be lines of the error.
    throw new UsageError(`${name} is not valid YAML: ${excerpt(message.replace(/:?\n.*/s, ''))}`)
  }
}

/** Loaded when it is needed, and before its time counts: what is stopped half-way would never be loaded. */
export function loadYaml(): typeof import('yaml') {
  return require('yaml')
}

const TOO_DEEP = 'nested too deep'

type Yaml = typeof import('yaml')

/** Parses YAML whose decimal numbers are kept as they are written; `.nan` and its like are refused when they become JSON. */
function parseYaml(text: string, yaml: Yaml): unknown {
  const lineCounter = new yaml.LineCounter()
  const document = composeDocument(text, yaml, lineCounter)
  const warning = document.warnings[0]
  if (document.errors.length === 0 && warning) throw new Error(describeWarning(warning, lineCounter))
  yaml.visit(document, {
    Scalar(place, node) {
      if (place === 'key' && node.value === '<<' && node.type === 'PLAIN') throw new Error(MERGE_KEY)
      const source = decimalOf(String(node.source), node.value)
      if (source !== undefined) node.value = place === 'key' ? source : new ExactNumber(source)
    },
  })
  if (document.errors[0]) throw new Error(describeProblem(document.errors[0], lineCounter))
  resolveAliases(document, yaml, lineCounter)
  yaml.visit(document, {
    Map(_, { items }) {
      const keys = items.map(({ key }) => key as Node)
      const collection = keys.find((key) => yaml.isCollection(key))
      if (collection)
        throw new Error(`A key is a list or a map, and JSON has texts for keys${placeOf(collection, lineCounter)}`)
      const other = keys.find((key) => isOtherThanText(key as Scalar))
      if (other) throw new Error(`${OTHER_THAN_TEXT}${placeOf(other, lineCounter)}`)
      const twice = firstRepeated(keys)
      if (twice) throw new Error(`Map keys must be unique${placeOf(twice, lineCounter)}`)
    },
  })
  return document.toJS()
}

/**
 * As `parseDocument` of the library, which would call itself for each level: where the stack is used up, a regular expression
 * that is compiled there ends the process (V8).
 */
function composeDocument(text: string, yaml: Yaml, lineCounter: LineCounter): Document.Parsed {
  // The library would compare each key with all others.
  const composer = new yaml.Composer({ intAsBigInt: true, uniqueKeys: false, lineCounter })
  const [document, another] = composer.compose(tokensOf(text, yaml, lineCounter), true, text.length)
  if (another)
    throw new Error(`It has several documents: write each in a file of its own${placeOf(another, lineCounter)}`)
  return document as Document.Parsed
}

function* tokensOf(text: string, yaml: Yaml, lineCounter: LineCounter) {
  lineCounter.addNewLine(0)
  const parser = new yaml.Parser(lineCounter.addNewLine)
  for (const lexeme of new yaml.Lexer().lex(text)) {
    yield* parser.next(lexeme)
    if (parser.stack.length > MAX_JSON_DEPTH) throw new Error(TOO_DEEP)
  }
  yield* parser.end()
}

/** Makes sure that nothing contains itself, and puts what an alias stands for in its place where it is a key. */
function resolveAliases(document: Document, yaml: Yaml, lineCounter: LineCounter): void {
  const anchored = new Map<string, Node>()
  yaml.visit(document, {
    Value(_, node) {
      if (node.anchor !== undefined) anchored.set(node.anchor, node)
    },
    Alias(place, node, path) {
      const target = anchored.get(node.source)
      if (target && path.includes(target)) throw new Error(`It contains itself${placeOf(node, lineCounter)}`)
      if (place !== 'key' || !yaml.isScalar(target)) return place === 'key' ? target : undefined
      const { value, source } = target
      // As a text, where a number would be an object.
      return Object.assign(new yaml.Scalar(value instanceof ExactNumber ? String(value) : value), {
        ...{ range: node.range, source },
      })
    },
  })
}

/** Whether a key is another value than the text that is written, such as null, `TRUE` or `0x10`. */
function isOtherThanText({ value, source }: Scalar): boolean {
  return value === null || String(value) !== source
}

const OTHER_THAN_TEXT = 'A key is read as another value than its text, and JSON has texts for keys: put it in quotes'

/** The first key that stands twice; JSON has texts for keys alone, so that `1` and `"1"` are the same, but `1.0` is another one. */
function firstRepeated(keys: readonly Node[]): Node | undefined {
  const names = new Set<string>()
  return keys.find((key) => {
    const isRepeated = names.has(String(key))
    names.add(String(key))
    return isRepeated
  })
}

function placeOf({ range }: { readonly range?: Range | null | undefined }, lineCounter: LineCounter): string {
  return placeAt((range as Range)[0], lineCounter)
}

function placeAt(position: number, lineCounter: LineCounter): string {
  const { line, col } = lineCounter.linePos(position)
  return ` at line ${line}, column ${col}`
}

const MERGE_KEY =
  'it has the merge key <<, which YAML 1.2 does not know: write the members themselves, or "<<" for that name.'

/** A value that would lose its type. */
function describeWarning(warning: YAMLWarning, lineCounter: LineCounter): string {
  const problem = describeProblem(warning, lineCounter)
  return warning.code === 'TAG_RESOLVE_FAILED' ? `its tags have to be those of JSON: ${problem}` : problem
}

function describeProblem({ message, pos: [position] }: YAMLWarning | YAMLError, lineCounter: LineCounter): string {
  return `${message}${placeAt(position, lineCounter)}`
}

/** A decimal number of YAML as JSON writes it. */
function decimalOf(source: string, value: unknown): string | undefined {
  const [, sign, whole, fraction = '', exponent = ''] = DECIMAL.exec(source) ?? []
  // Older YAML reads some digits as octal ones.
  if (whole === undefined || !['number', 'bigint'].includes(typeof value) || Number(source) !== Number(value)) return
  return `${sign === '-' ? '-' : ''}${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction === '.' ? '' : fraction}${exponent}`
}

const DECIMAL = /^([-+]?)(?=\.?\d)(\d*)(\.\d*)?(e[-+]?\d+)?$/i
