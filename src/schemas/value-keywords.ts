/**
 * Keywords that compare values, in the place of Ajv's own: these divide decimals exactly, and take members named `toString` or
 * `valueOf` for members.
 */

import type { Ajv, FuncKeywordDefinition } from 'ajv'
import type { DataValidateFunction } from 'ajv/dist/types'
import { isEqual } from '../json/json-value'

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
    compile(expected: Expected) {
      const validate: DataValidateFunction = (value: Value) => {
        if (accepts(value, expected)) return true
        validate.errors = [
          { keyword: String(definition.keyword), message: message(expected), params: parameters(expected) },
        ]
        return false
      }
      return validate
    },
  }
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
  keyword<number, number>(
    { keyword: 'multipleOf', type: 'number', schemaType: 'number' },
    {
      accepts: isMultiple,
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
  const [composite, simple] = [items.filter(isComposite), items.filter((item) => !isComposite(item))]
  return (
    new Set(simple).size === simple.length &&
    composite.every((item, at) => composite.slice(at + 1).every((other) => !isEqual(item, other)))
  )
}

function isComposite(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** Whether a number is a multiple, in decimals as JSON has them: 19.99 is one of 0.01. */
function isMultiple(value: number, step: number): boolean {
  const [dividend, divisor] = [decimal(value), decimal(step)]
  const exponent = Math.min(dividend.exponent, divisor.exponent)
  const whole = ({ digits, exponent: own }: Decimal) => digits * 10n ** BigInt(own - exponent)
  return whole(dividend) % whole(divisor) === 0n
}

/** A number: digits times a power of ten. */
interface Decimal {
  readonly digits: bigint
  readonly exponent: number
}

function decimal(number: number): Decimal {
  const [mantissa = '', power = '0'] = String(number).split('e')
  const [integer = '', fraction = ''] = mantissa.split('.')
  return { digits: BigInt(integer + fraction), exponent: Number(power) - fraction.length }
}
