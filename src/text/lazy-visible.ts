/** Makes invisible characters visible; the classes of characters are loaded with the first text that is not plain ASCII. */

import { lazyFunction } from '../lazy-function'
import type { escapeInvisible as EscapeInvisible } from './visible'

const escapeCharacters: typeof EscapeInvisible = lazyFunction(() => require('./visible').escapeInvisible)

/**
 * A text whose invisible characters are written as JSON would escape them.
 * @param kept characters that stay anyway, such as the line breaks of a text of several lines
 */
export function escapeInvisible(text: string, kept = ''): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : escapeCharacters(text, kept)
}
