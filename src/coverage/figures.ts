/** How much of a document has been seen, in numbers. */

import { type DocumentCoverage, type Outcome, outcomeOf } from './coverage'

/** How much of a document has been seen; what was wrong or undocumented on purpose is not counted as such. */
export interface Figures {
  /** The share of the document's messages that were seen and valid, from 0 to 1; undefined if it has no messages. */
  readonly coverage: number | undefined
  /** All messages: valid, wrong, unvalidated and unseen ones. */
  readonly messages: number
  readonly valid: number
  readonly wrong: number
  readonly unvalidated: number
  readonly unseen: number
  /** Kinds of messages that contradict the document and are none of its messages. */
  readonly undocumented: number
  /** Branches of schemas, and values of enums. */
  readonly parts: number
  readonly partsSeen: number
}

/** Counts what has been seen of a document. */
export function figuresOf({ messages, findings }: DocumentCoverage): Figures {
  const so = (outcome: Outcome) => messages.filter((one) => outcomeOf(one) === outcome).length
  const parts = messages.flatMap((one) => one.parts)
  return {
    coverage: messages.length === 0 ? undefined : so('valid') / messages.length,
    messages: messages.length,
    valid: so('valid'),
    wrong: so('wrong'),
    unvalidated: so('unvalidated'),
    unseen: so('unseen'),
    undocumented: findings.filter((one) => one.verdict === 'undocumented' && !one.isOnPurpose).length,
    parts: parts.length,
    partsSeen: parts.filter(({ isSeen }) => isSeen).length,
  }
}

/** A share in percent, never more than it is: `83.3 %`. */
export function formatShare(share: number): string {
  return `${Math.floor(Number((share * 1000).toFixed(6))) / 10} %`
}
