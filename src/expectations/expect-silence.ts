/** The expectation that a message does not come. */

import { FLAG, requireOptions } from '../arguments'
import type { Expectation } from '../inbox/expectation'
import { anyMessage, type Matcher } from '../matching/matcher'
import type { NewOnly } from './expect-one'
import { requireMatcher } from './require-matchers'
import { isUnwanted, unwantedWords } from './unwanted'

/**
 * Which unwanted messages a silence allows, and what else than time meets it.
 * @example await rob.expect(silence(anyMessage, { newOnly: true }))
 */
export interface SilenceOptions extends NewOnly {
  /** Whether the end of the connection meets it, too. Default `false`. */
  readonly metByDisconnection?: boolean
}

/**
 * No unwanted message is unread, and none comes.
 * @example await rob.expect(silence(anyMessage), { within: '1 s' })
 */
export function silence(unwanted: Matcher, options: SilenceOptions = {}): Expectation {
  requireOptions('silence', options, { newOnly: FLAG, metByDisconnection: FLAG })
  const { newOnly = false, metByDisconnection = false } = options
  const excluded = requireMatcher(unwanted)
  const anything = newOnly ? 'nothing' : 'nothing else'
  const message = excluded.describe()
  const goal = unwanted === anyMessage ? `receive ${anything}` : `not receive ${message}`
  const description = unwanted === anyMessage ? anything : `no ${message.replace(/^(?:an?|any|the) /, '')}`
  return {
    goal,
    silence: { description, metByDisconnection },
    seesAll: true,
    start({ latestKnown }) {
      return {
        consider(received) {
          if (!isUnwanted(received, excluded) || (newOnly && received.number <= latestKnown)) return undefined
          return { reason: `should ${goal}, but ${unwantedWords(received, excluded, 'came')}`, surplus: received }
        },
      }
    },
  }
}
