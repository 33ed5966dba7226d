/** Documents of JSON or YAML, in files and at addresses: their texts, which may come later, and what they say. */

import { UsageError } from '../errors'
import { parseCompletely } from '../json/json-depth'
import { looksLikeJson } from '../json/json-text'
import { isObject } from '../json/json-value'
import { jsonOfYaml, loadYaml } from '../json/yaml-text'
import { learnSecrets } from '../redaction'
import { excerpt, quoted } from '../text/excerpt'
import { parseUrl } from '../text/url'
import { splitFragment } from './json-pointer'

/** Reads the text of a file, or of an address. */
export type ReadFile = (path: string) => string

/** The text of a document; it throws why there is none. */
export type TextSource = () => string

/** Reads documents: it yields the path or address of one after another, and is given their texts. */
export type Reading<Result> = Generator<string, Result, TextSource>

/** Reads a document, which is outside of what may be stopped, as is what its language needs. */
export function sourceOf(path: string, read: ReadFile): TextSource {
  try {
    const text = read(path)
    if (isYaml(path, text)) loadYaml()
    return () => text
  } catch (error) {
    return () => {
      throw error
    }
  }
}

/** Whether a document is read from an address, and not from a file. */
export function isAddress(path: string): boolean {
  return /^https?:\/\//i.test(path)
}

/** Any absolute address serves for a file, so that references are resolved against its path; an outer folder has a name in it. */
export function addressOf(path: string): string {
  if (isAddress(path)) return path
  return `file:///${path
    .split('/')
    .map((name) => (name === '..' ? '~..' : encodeURIComponent(name)))
    .join('/')}`
}

/** A document, and the place in it that is meant. */
export interface OpenedDocument {
  readonly path: string
  readonly text: string
  readonly fragment: string
}

/**
 * Opens what is named: a file may have a `#` in its name; of an address it begins the fragment.
 * @param noun what the document is, for an error
 */
export function* openDocument(location: string, noun: string): Reading<OpenedDocument> {
  learnSecrets((redaction) => redaction.learnFromAddress(location))
  const [path, fragment] = splitFragment(location)
  if (isAddress(path)) {
    const url = parseUrl(path)
    if (url) return { path: url.href, text: (yield url.href)(), fragment }
    throw new UsageError(`${quoted(path)} is not a valid address of ${noun}.`)
  }
  if (path === location) return { path, text: (yield path)(), fragment }
  const whole = yield location
  let text: string
  try {
    text = whole()
  } catch {
    return { path, text: (yield path)(), fragment }
  }
  return { path: location, text, fragment: '' }
}

/** A document that is still to be parsed. */
type DocumentText = Pick<OpenedDocument, 'path' | 'text'>

/**
 * What a document says.
 * @param subject what it is, for an error: `The schema "a.json"`
 * @throws UsageError if it is not valid JSON or YAML, or no object
 */
export function parseDocument(document: DocumentText, subject: string): object {
  const value = parseContent(document, subject)
  if (isObject(value)) return value
  throw new UsageError(`${subject} is not an object.`)
}

/**
 * What a document says, whatever it is.
 * @throws UsageError if it is not valid JSON or YAML
 */
export function parseContent({ path, text }: DocumentText, subject: string): unknown {
  try {
    return parseCompletely(isYaml(path, text) ? jsonOfYaml(text, 'It') : text)
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`In ${subject.replace(/^The/, 'the')}: ${error.message}`)
    throw new UsageError(`${subject} is not valid JSON: ${excerpt((error as Error).message)}.`)
  }
}

function isYaml(path: string, text: string): boolean {
  return isAddress(path) ? !looksLikeJson(text) : /\.ya?ml$/i.test(path)
}
