/** Multiples, in decimals as JSON has them: 19.99 is one of 0.01. */

import type { ExactNumber } from './exact-number'
import { UncertainValidity } from './uncertain-validity'

/** So many digits are divided. */
const MAX_DIGITS = 1000

/** @throws UncertainValidity where it takes too many digits to find out */
export function isMultipleOf(value: number | ExactNumber, step: number): boolean {
  const [dividend, divisor] = [decimal(value), decimal(step)]
  const exponent = Math.min(dividend.exponent, divisor.exponent)
  if (Math.max(dividend.exponent, divisor.exponent) - exponent > MAX_DIGITS)
    throw new UncertainValidity(`Whether ${value} is a multiple of ${step} takes too many digits to find out.`)
  const whole = ({ digits, exponent: own }: Decimal) => digits * 10n ** BigInt(own - exponent)
  return whole(dividend) % whole(divisor) === 0n
}

/** A number: digits times a power of ten. */
interface Decimal {
  readonly digits: bigint
  readonly exponent: number
}

function decimal(number: number | ExactNumber): Decimal {
  const [mantissa = '', power = '0'] = String(number).toLowerCase().split('e')
  const [integer = '', fraction = ''] = mantissa.split('.')
  return { digits: BigInt(integer + fraction), exponent: Number(power) - fraction.length }
}
