/** Binary messages: equal, byte for byte. */

import { hexExcerpt } from './excerpt'
import { type ComparingMatcher, type Difference, type Readable, showable } from './matcher'

/** Accepts binary messages that have just these bytes. */
export function bytesEqualTo(expected: Buffer, words = `the ${hexExcerpt(expected)}`): ComparingMatcher {
  return new BytesMatcher(expected, words)
}

class BytesMatcher implements ComparingMatcher {
  constructor(
    private readonly expected: Buffer,
    private readonly words: string,
  ) {}

  describe(): string {
    return this.words
  }

  accepts({ bytes }: Readable): boolean {
    return bytes?.equals(this.expected) ?? false
  }

  compare(message: Readable): Difference {
    const { bytes } = message
    const expected = this.expected.toString('hex')
    if (!bytes) return { distance: 1, expected, actual: showable(message) }
    const longest = Math.max(bytes.length, this.expected.length)
    const same = bytes.filter((byte, at) => byte === this.expected[at]).length
    return { distance: 1 - same / longest, expected, actual: bytes.toString('hex') }
  }
}
