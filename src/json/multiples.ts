/** Multiples, in decimals as JSON has them: 19.99 is one of 0.01. */

import type { ExactNumber } from './exact-number'

/** Whether a number is a multiple of another one, however large or small it is. */
export function isMultipleOf(value: number | ExactNumber, step: number | ExactNumber): boolean {
  const [dividend, divisor] = [decimal(value), decimal(step)]
  const shift = dividend.exponent - divisor.exponent
  // More tens than the divisor has digits in binary bring it no more of its factors 2 and 5.
  if (shift >= 0n) return (dividend.digits * 10n ** min(shift, divisor.bits)) % divisor.digits === 0n
  // What has fewer digits than that is less than the divisor.
  if (-shift > dividend.bits) return dividend.digits === 0n
  return dividend.digits % (divisor.digits * 10n ** -shift) === 0n
}

/** A number: digits times a power of ten. */
interface Decimal {
  readonly digits: bigint
  /** As many as the digits take in binary, or more. */
  readonly bits: bigint
  readonly exponent: bigint
}

function decimal(number: number | ExactNumber): Decimal {
  const [mantissa = '', power = '0'] = String(number).toLowerCase().split('e')
  const [integer = '', fraction = ''] = mantissa.split('.')
  const digits = integer + fraction
  return {
    digits: BigInt(digits),
    bits: BigInt(4 * digits.length),
    exponent: BigInt(power) - BigInt(fraction.length),
  }
}

function min(one: bigint, other: bigint): bigint {
  return one < other ? one : other
}
