/** Numbers of JSON that JavaScript cannot hold: kept as they were written, compared by their value. */

const DIGITS = Symbol('digits')

/** Whether there has been such a number: most processes have none, and need not look for them in each message. */
let isAnyKnown = false

/**
 * A number that is kept as it was written, since JavaScript would round it, or write it otherwise.
 * @example const id = String((message.json as { id: number | ExactNumber }).id)
 */
export class ExactNumber {
  // A symbol, so that no path leads to it; a member, so that assertions of others compare it.
  private readonly [DIGITS]: string

  /** @internal */
  constructor(source: string) {
    this[DIGITS] = source
    isAnyKnown = true
  }

  /** For those who show or compare values: Cucumber, chai and their like show its digits without quotes. */
  get [Symbol.toStringTag](): string {
    return 'Number'
  }

  /** As it was written: `9007199254740993`. */
  toString(): string {
    return this[DIGITS]
  }

  /** As a text: arithmetic would round it. */
  valueOf(): string {
    return this[DIGITS]
  }

  /** As a text, where it is written by others. */
  toJSON(): string {
    return this[DIGITS]
  }

  /** Whether another value is this number, however it is written. */
  equals(other: unknown): boolean {
    if (typeof other !== 'number' && !(other instanceof ExactNumber)) return false
    const [source, otherSource] = [this.toString(), String(other)]
    if (source === otherSource) return true
    return compareDecimals(source, otherSource) === 0
  }
}

/** A number as it may be written in whatever spelling: 10.0 and 1e1 are the same text. */
export function canonicalNumber(number: ExactNumber): string {
  const near = Number(number.toString())
  if (number.equals(near)) return String(near)
  const { sign, digits, exponent } = parseDecimal(number.toString()) as Decimal
  const significant = digits.replace(/0+$/, '')
  const isInteger = exponent >= significant.length && exponent <= MAX_WRITTEN_OUT
  const written = isInteger ? significant.padEnd(Number(exponent), '0') : `0.${significant}e${exponent}`
  return `${sign < 0 ? '-' : ''}${written}`
}

/** Integers of more digits are not written out. */
const MAX_WRITTEN_OUT = 40

/** Which of two numbers is larger, by their digits: positive if it is the first one. */
export function compareNumbers(one: number | ExactNumber, other: number | ExactNumber): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return compareDecimals(String(one), String(other))
}

/** NaN where one of them is not a number of JSON, such as Infinity. */
function compareDecimals(one: string, other: string): number {
  const [first, second] = [parseDecimal(one), parseDecimal(other)]
  if (!first || !second) return Number.NaN
  return first.sign - second.sign || first.sign * compareSizes(first, second)
}

/** A number as JSON writes it: its sign, and 0.digits times ten to the exponent. */
interface Decimal {
  readonly sign: number
  /** From the first on that is not 0. */
  readonly digits: string
  /** It may be larger than a number holds. */
  readonly exponent: bigint
}

function parseDecimal(source: string): Decimal | undefined {
  const [, minus, integer, fraction = '', power = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(source) ?? []
  if (integer === undefined) return undefined
  const first = (integer + fraction).search(/[1-9]/)
  if (first === -1) return { sign: 0, digits: '', exponent: 0n }
  return {
    sign: minus === '-' ? -1 : 1,
    digits: (integer + fraction).slice(first),
    exponent: BigInt(power) + BigInt(integer.length - first),
  }
}

function compareSizes(one: Decimal, other: Decimal): number {
  if (one.exponent !== other.exponent) return one.exponent > other.exponent ? 1 : -1
  const length = Math.max(one.digits.length, other.digits.length)
  const [digits, otherDigits] = [one.digits.padEnd(length, '0'), other.digits.padEnd(length, '0')]
  if (digits === otherDigits) return 0
  return digits > otherDigits ? 1 : -1
}

/** How exact a parser is. */
export interface NumberOptions {
  /** Whether numbers that JavaScript would write otherwise are kept as they are, too: `1.0`, `1e3`, `-0`. */
  readonly keepSpelling?: boolean
}

/** Whether JSON may have a number that JavaScript cannot hold: most texts have none with 16 digits or an exponent. */
export function mayHaveExactNumbers(text: string): boolean {
  if (!LONG_NUMBER.test(text)) return false
  const { isSafeNumber } = loadLosslessJson()
  for (const [, source = ''] of text.matchAll(new RegExp(LONG_NUMBER, 'g'))) if (!isSafeNumber(source)) return true
  return false
}

/** Where a number may begin, which is not within most texts; the dot may be one of the 16. */
const LONG_NUMBER = /(?:^|[[:,\s])(-?(?:[\d.]{16}|[\d.]+[eE])[\d.eE+-]*)/

/** Parses JSON that is valid; each number that JavaScript cannot hold becomes an {@link ExactNumber}. */
export function parseExactly(text: string, { keepSpelling = false }: NumberOptions = {}): unknown {
  const { parse, isSafeNumber } = loadLosslessJson()
  const isHeld = (source: string) => (keepSpelling ? String(Number(source)) === source : isSafeNumber(source))
  return parse(text, undefined, {
    parseNumber: (source) => (isHeld(source) && isSafeNumber(source) ? Number(source) : new ExactNumber(source)),
    onDuplicateKey: ({ newValue }) => newValue,
  })
}

/** Writes JSON with exact numbers, big integers and negative zeros in it. */
export function stringifyExactly(value: unknown): string {
  if (isWrittenByJavaScript(value)) return JSON.stringify(value)
  const isNegativeZero = (inner: unknown) => Object.is(inner, -0)
  return loadLosslessJson().stringify(value, undefined, undefined, [
    { test: (inner) => inner instanceof ExactNumber, stringify: String },
    { test: isNegativeZero, stringify: () => '-0' },
  ]) as string
}

/** Whether JavaScript itself writes all of a value as it is. */
function isWrittenByJavaScript(value: unknown): boolean {
  if (typeof value === 'number') return !Object.is(value, -0)
  if (typeof value !== 'object' || value === null) return typeof value !== 'bigint'
  // An exact number has one, too.
  if ('toJSON' in value) return false
  // Without a list for each object.
  for (const name in value) if (!isWrittenByJavaScript(value[name as never])) return false
  return true
}

/** Whether a value of JSON has such a number in it; bytes have none. */
export function hasExactNumbers(value: unknown): boolean {
  if (!isAnyKnown) return false
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false
  if (value instanceof ExactNumber) return true
  for (const name in value) if (hasExactNumbers(value[name as never])) return true
  return false
}

/** A number of JavaScript for those who know no exact ones: whole if the exact one is, and not above it where that can be. */
export function standInFor(number: ExactNumber): number {
  const source = number.toString()
  const nearest = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, Number(source)))
  if (!isWhole(source)) return Number.isInteger(nearest) ? 0.5 : nearest
  // So it is in the range of 64 bits, of which the ends are not held, if the exact one is.
  return compareDecimals(String(BigInt(nearest)), source) > 0
    ? Math.max(-Number.MAX_VALUE, numberBelow(nearest))
    : nearest
}

/** The number of JavaScript next to a large one (IEEE 754: in order, as their bits are). */
function numberBelow(number: number): number {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, number)
  bits.setBigInt64(0, bits.getBigInt64(0) + (number < 0 ? 1n : -1n))
  return bits.getFloat64(0)
}

/** Whether a number is whole, by its digits: `1.50e1` is 15. */
function isWhole(source: string): boolean {
  const [digits = '', power = '0'] = source.toLowerCase().replace(/^-/, '').split('e')
  const [integer = '', fraction = ''] = digits.split('.')
  const point = integer.length + Number(power)
  return /^0*$/.test((integer + fraction).slice(Math.max(0, point)))
}

/** Loaded when it is needed: few messages have such a number. */
function loadLosslessJson(): typeof import('lossless-json') {
  return require('lossless-json')
}
