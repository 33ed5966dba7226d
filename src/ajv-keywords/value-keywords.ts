/**
 * Keywords that compare values, in the place of Ajv's own: these divide decimals exactly, and take members named `toString` or
 * `valueOf` for members.
 */

import type { Ajv, FuncKeywordDefinition } from 'ajv'
import type { DataValidateFunction } from 'ajv/dist/types'
import { compareNumbers, ExactNumber } from '../json/exact-number'
import { isEqual } from '../json/json-value'
import { isMultipleOf } from '../json/multiples'
import { originalOf, type ValuePlace } from '../json/stand-ins'

/** What a keyword asks for, and the words and parameters of its error. */
interface Check<Expected, Value> {
  readonly accepts: (value: Value, expected: Expected) => boolean
  readonly message: (expected: Expected) => string
  readonly parameters: (expected: Expected) => Readonly<Record<string, unknown>>
}

function keyword<Expected, Value>(
  definition: Pick<FuncKeywordDefinition, 'keyword' | 'type' | 'schemaType'>,
  { accepts, message, parameters }: Check<Expected, Value>,
): FuncKeywordDefinition {
  return {
    ...definition,
    errors: true,
    compile(written: Expected, schema: unknown) {
      const place = { parentData: schema, parentDataProperty: String(definition.keyword) }
      const expected = originalOf(written, place) as Expected
      const validate: DataValidateFunction = (value: unknown, place?: ValuePlace) => {
        if (accepts(originalOf(value, place) as Value, expected)) return true
        validate.errors = [
          { keyword: String(definition.keyword), message: message(expected), params: parameters(expected) },
        ]
        return false
      }
      return validate
    },
  }
}

/** @param comparison what a value has to be to the limit */
function limit(name: string, comparison: string, accepts: (difference: number) => boolean): FuncKeywordDefinition {
  return keyword<number | ExactNumber, number | ExactNumber>(
    { keyword: name, type: 'number', schemaType: 'number' },
    {
      accepts: (value, expected) => accepts(compareNumbers(value, expected)),
      message: (expected) => `must be ${comparison} ${expected}`,
      parameters: (expected) => ({ comparison, limit: expected }),
    },
  )
}

const KEYWORDS = [
  keyword<unknown, unknown>(
    { keyword: 'const' },
    {
      accepts: isEqual,
      message: () => 'must be equal to constant',
      parameters: (allowedValue) => ({ allowedValue }),
    },
  ),
  keyword<readonly unknown[], unknown>(
    { keyword: 'enum', schemaType: 'array' },
    {
      accepts: (value, all) => all.some((one) => isEqual(value, one)),
      message: () => 'must be equal to one of the allowed values',
      parameters: (allowedValues) => ({ allowedValues }),
    },
  ),
  keyword<boolean, readonly unknown[]>(
    { keyword: 'uniqueItems', type: 'array', schemaType: 'boolean' },
    {
      accepts: (items, isAsked) => !isAsked || areUnique(items),
      message: () => 'must NOT have duplicate items',
      parameters: () => ({}),
    },
  ),
  limit('maximum', '<=', (difference) => difference <= 0),
  limit('minimum', '>=', (difference) => difference >= 0),
  limit('exclusiveMaximum', '<', (difference) => difference < 0),
  limit('exclusiveMinimum', '>', (difference) => difference > 0),
  keyword<number | ExactNumber, number | ExactNumber>(
    { keyword: 'multipleOf', type: 'number', schemaType: 'number' },
    {
      accepts: isMultipleOf,
      message: (step) => `must be multiple of ${step}`,
      parameters: (multipleOf) => ({ multipleOf }),
    },
  ),
]

/** Puts them in the place of Ajv's. */
export function replaceValueKeywords(ajv: Ajv): void {
  for (const definition of KEYWORDS) ajv.removeKeyword(String(definition.keyword)).addKeyword(definition)
}

function areUnique(items: readonly unknown[]): boolean {
  const values = items.map((item) => (item instanceof ExactNumber && item.equals(Number(item)) ? Number(item) : item))
  const [composite, simple] = [values.filter(isComposite), values.filter((item) => !isComposite(item))]
  return (
    new Set(simple).size === simple.length &&
    composite.every((item, at) => composite.slice(at + 1).every((other) => !isEqual(item, other)))
  )
}

function isComposite(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
