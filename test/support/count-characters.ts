/** How many characters a function reads by the methods of strings, and joins: a measure that no machine's speed changes. */

const READING = ['includes', 'indexOf', 'lastIndexOf', 'replace', 'replaceAll', 'search', 'slice', 'split'] as const

/** Counts the characters of each string of which a method is called, and of each that is joined, until a function returns. */
export function countCharacters(act: () => unknown): number {
  const texts = String.prototype as unknown as Record<string, (...given: unknown[]) => unknown>
  const lists = Array.prototype as unknown as Record<string, (...given: unknown[]) => unknown>
  let count = 0
  const undo = [...READING.map((name) => [texts, name] as const), [lists, 'join'] as const].map(([methods, name]) => {
    const original = methods[name] as (...given: unknown[]) => unknown
    methods[name] = function (this: unknown, ...given) {
      const result = original.apply(this, given)
      count += (typeof this === 'string' || this instanceof String ? this : String(result)).length
      return result
    }
    return () => {
      methods[name] = original
    }
  })
  try {
    act()
  } finally {
    for (const restore of undo) restore()
  }
  return count
}
