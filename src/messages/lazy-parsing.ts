/** What parses messages and templates, loaded when it is first needed. */

import { lazyFunctions } from '../lazy-functions'
import type * as ParseMessage from './parse-message'
import type * as Templates from './templates'

/** Messages, in a sentence, a cell and a doc string. */
export const { parseCell, parseDocString, parseMessage, requireDocString } = lazyFunctions<typeof ParseMessage>(() =>
  require('./parse-message'),
)

/** How phrases travel. */
export const { parseTemplate } = lazyFunctions<typeof Templates>(() => require('./templates'))
