/** How a project has its living documentation: `formatOptions: { livingDocs: { … } }`. */

import { readFileSync } from 'node:fs'
import { UsageError } from '../errors'
import { nearest } from '../text/nearest'

/** What is said above the features. */
export interface LivingDocsOptions {
  /** The page's heading; `Living documentation` without it. */
  readonly title?: string
  /** Markdown, or the path of a file that ends in `.md` and has no blanks in it. */
  readonly introduction?: string
}

const KEYS = ['title', 'introduction']

/**
 * Checks the options, and reads the introduction.
 * @throws Mistake for an unknown option, one that is no text, or a file that cannot be read
 */
export function readOptions(given: unknown = {}): Required<LivingDocsOptions> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw wrong(`They should be an object, such as { title: 'Our chat' }.`)
  }
  for (const [key, value] of Object.entries(given)) {
    if (!KEYS.includes(key)) {
      const hint = nearest(key, KEYS)
      throw wrong(
        `"${key}" is none of them. ${hint ? `Did you mean "${hint}"?` : 'There are "title" and "introduction".'}`,
      )
    }
    if (typeof value !== 'string') throw wrong(`"${key}" should be a text, not ${JSON.stringify(value)}.`)
  }
  const { title, introduction = '' } = given as LivingDocsOptions
  const isPath = /^\S+\.md$/.test(introduction)
  return { title: title?.trim() || 'Living documentation', introduction: isPath ? fileAt(introduction) : introduction }
}

function fileAt(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw wrong(`The introduction "${path}" cannot be read: ${(error as Error).message}`)
  }
}

function wrong(problem: string): UsageError {
  return new UsageError(`The options "livingDocs" in formatOptions are wrong. ${problem}`)
}
