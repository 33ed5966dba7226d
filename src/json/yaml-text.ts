/** YAML, as JSON: what it says, with its numbers as they are written. */

import type { LineCounter, ParsedNode, YAMLWarning } from 'yaml'
import { UsageError } from '../errors'
import { evaluate } from '../evaluation-limit'
import { ExactNumber } from './exact-number'
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
    if ((error as Error).message === tooLong) throw error
    throw new UsageError(`${name} is not valid YAML: ${(error as Error).message}`)
  }
}

/** Loaded when it is needed, and before its time counts: what is stopped half-way would never be loaded. */
export function loadYaml(): typeof import('yaml') {
  return require('yaml')
}

/** Parses YAML whose decimal numbers are kept as they are written; `.nan` and its like are refused when they become JSON. */
function parseYaml(text: string, { LineCounter: Counter, parseDocument, visit }: typeof import('yaml')): unknown {
  const lineCounter = new Counter()
  // The library would compare each key with all others.
  const document = parseDocument(text, { intAsBigInt: true, uniqueKeys: false, lineCounter })
  const warning = document.warnings[0]
  if (document.errors.length === 0 && warning) throw new Error(describeWarning(warning))
  visit(document, {
    Scalar(place, node) {
      if (place === 'key' && node.value === '<<' && node.type === 'PLAIN') throw new Error(MERGE_KEY)
      const source = decimalOf(String(node.source), node.value)
      if (source !== undefined) node.value = place === 'key' ? source : new ExactNumber(source)
    },
  })
  if (document.errors[0]) throw document.errors[0]
  visit(document, {
    Map(_, { items }) {
      const twice = firstRepeated(items.map(({ key }) => key as ParsedNode))
      if (twice) throw new Error(describeRepeated(twice, lineCounter))
    },
  })
  return document.toJS()
}

/** The first key that stands twice; JSON has texts for keys alone, so that `1` and `"1"` are the same, but `1.0` is another one. */
function firstRepeated(keys: readonly ParsedNode[]): ParsedNode | undefined {
  const names = new Set<string>()
  return keys.find((key) => {
    const isRepeated = names.has(String(key))
    names.add(String(key))
    return isRepeated
  })
}

function describeRepeated({ range }: ParsedNode, lineCounter: LineCounter): string {
  const { line, col } = lineCounter.linePos(range[0])
  return `Map keys must be unique at line ${line}, column ${col}`
}

const MERGE_KEY =
  'it has the merge key <<, which YAML 1.2 does not know: write the members themselves, or "<<" for that name.'

/** A value that would lose its type. */
function describeWarning({ code, message }: YAMLWarning): string {
  return code === 'TAG_RESOLVE_FAILED' ? `its tags have to be those of JSON: ${message}` : message
}

/** A decimal number of YAML as JSON writes it. */
function decimalOf(source: string, value: unknown): string | undefined {
  const [, sign, whole, fraction = '', exponent = ''] = DECIMAL.exec(source) ?? []
  // Older YAML reads some digits as octal ones.
  if (whole === undefined || !['number', 'bigint'].includes(typeof value) || Number(source) !== Number(value)) return
  return `${sign === '-' ? '-' : ''}${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction === '.' ? '' : fraction}${exponent}`
}

const DECIMAL = /^([-+]?)(?=\.?\d)(\d*)(\.\d*)?(e[-+]?\d+)?$/i
