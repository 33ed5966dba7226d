/** Accepts what two matchers accept. */

import { type ComparingMatcher, type Difference, LibraryMatcher, type Matcher, type MessageContent } from './matcher'

/** @param first says how a message differs that neither accepts */
export function bothOf(first: ComparingMatcher, second: Matcher, description: string): ComparingMatcher {
  return new BothMatcher(first, second, description)
}

class BothMatcher extends LibraryMatcher implements ComparingMatcher {
  constructor(
    private readonly first: ComparingMatcher,
    private readonly second: Matcher,
    private readonly description: string,
  ) {
    super()
  }

  describe(): string {
    return this.description
  }

  accepts(message: MessageContent): boolean {
    return this.first.accepts(message) && this.second.accepts(message)
  }

  compare(message: MessageContent): Difference {
    if (!this.first.accepts(message)) return this.first.compare(message)
    return this.second.compare?.(message) ?? { distance: 0.5, expected: this.second.describe(), actual: undefined }
  }
}
