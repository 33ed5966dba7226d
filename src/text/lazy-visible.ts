/** Makes invisible characters visible; the classes of characters are loaded with the first text that is not plain ASCII. */

import { lazyFunctions } from '../lazy-functions'
import type * as Visible from './visible'

const visible = lazyFunctions<typeof Visible>(() => require('./visible'))

/**
 * A text whose invisible characters are written as JSON would escape them.
 * @param kept characters that stay anyway, such as the line breaks of a text of several lines
 */
export function escapeInvisible(text: string, kept = ''): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : visible.escapeInvisible(text, kept)
}
