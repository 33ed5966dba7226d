/** Binary messages: equal, byte for byte. */

import { hexExcerpt } from '../text/excerpt'
import {
  type ComparingMatcher,
  type Difference,
  displayValue,
  LibraryMatcher,
  type Matcher,
  type MessageContent,
} from './matcher'

/** Accepts binary messages that have exactly these bytes. */
export function bytesEqualTo(expected: Buffer, description = `the ${hexExcerpt(expected)}`): ComparingMatcher {
  return new BytesMatcher(expected, description)
}

/** Whether a matcher compares bytes, and no text. */
export function comparesBytes(matcher: Matcher): boolean {
  return matcher instanceof BytesMatcher
}

class BytesMatcher extends LibraryMatcher implements ComparingMatcher {
  constructor(
    private readonly expected: Buffer,
    private readonly description: string,
  ) {
    super()
  }

  describe(): string {
    return this.description
  }

  accepts({ bytes }: MessageContent): boolean {
    return bytes?.equals(this.expected) ?? false
  }

  compare(message: MessageContent): Difference {
    const { bytes } = message
    const expected = this.expected.toString('hex')
    if (!bytes) return { distance: 1, expected, actual: displayValue(message) }
    const length = Math.max(bytes.length, this.expected.length)
    const same = bytes.filter((byte, at) => byte === this.expected[at]).length
    return { distance: length === 0 ? 0 : 1 - same / length, expected, actual: bytes.toString('hex') }
  }
}
