/** The options of the living documentation: `formatOptions: { livingDocs: { … } }`. */

import { readFileSync } from 'node:fs'
import { UsageError } from '../errors'
import { nearest } from '../text/nearest'

/**
 * What stands above the features.
 * @example const options: LivingDocsOptions = { title: 'Our chat', introduction: 'docs/introduction.md' }
 */
export interface LivingDocsOptions {
  /** The page's heading; `Living documentation` without it. */
  readonly title?: string
  /** Markdown, or the path of a file that ends in `.md` and has no blanks in it. */
  readonly introduction?: string
}

const KEYS = ['title', 'introduction']

/**
 * Checks the options, and reads the introduction.
 * @throws UsageError for an unknown option, one that is not a text, or a file that cannot be read
 */
export function readOptions(given: unknown = {}): Required<LivingDocsOptions> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw invalidOptions(`They should be an object, such as { title: 'Our chat' }.`)
  }
  for (const [key, value] of Object.entries(given)) {
    if (!KEYS.includes(key)) {
      const hint = nearest(key, KEYS)
      throw invalidOptions(
        `"${key}" is not a known option. ${hint ? `Did you mean "${hint}"?` : 'There are "title" and "introduction".'}`,
      )
    }
    if (typeof value !== 'string') throw invalidOptions(`"${key}" should be a text, not ${JSON.stringify(value)}.`)
  }
  const { title, introduction = '' } = given as LivingDocsOptions
  const isPath = /^\S+\.md$/.test(introduction)
  return {
    title: title?.trim() || 'Living documentation',
    introduction: isPath ? readIntroduction(introduction) : introduction,
  }
}

function readIntroduction(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw invalidOptions(`The introduction "${path}" cannot be read: ${(error as Error).message}`)
  }
}

function invalidOptions(problem: string): UsageError {
  return new UsageError(`The options "livingDocs" in formatOptions are wrong. ${problem}`)
}
