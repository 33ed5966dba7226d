/** What is read is remembered, so that what was made of it can be kept as long as it is the same. */

import type { ReadFile } from './document-source'

/** Reads files for something that is made of them. */
export interface RecordedReading {
  readonly read: ReadFile
  /** Whether each file that was read is still the same, and each that was missing is still missing. */
  isUnchanged(read: ReadFile): boolean
}

/** Reads files, and remembers their texts. */
export function recordReading(read: ReadFile): RecordedReading {
  const texts = new Map<string, string | undefined>()
  return {
    read(path) {
      texts.set(path, undefined)
      const text = read(path)
      texts.set(path, text)
      return text
    },
    isUnchanged: (again) => [...texts].every(([path, text]) => textOf(path, again) === text),
  }
}

function textOf(path: string, read: ReadFile): string | undefined {
  try {
    return read(path)
  } catch {
    return undefined
  }
}
