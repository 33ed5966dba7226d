/** What a sentence can wait for: each expectation considers one unread message after the other, in the order of arrival. */

import { Mistake } from '../matching/errors'
import { quoted } from '../matching/excerpt'
import { anyMessage, type Matcher } from '../matching/matcher'
import type { Inbox } from './inbox'
import type { Message } from './message'

/** Why an expectation cannot be met any more. */
export interface Impossible {
  /** What should have been and was not, as the rest of a sentence that begins with the client's name. */
  readonly impossible: string
  /** The message that is to blame, and what it should have been. */
  readonly blame?: { readonly message: Message; readonly matcher: Matcher }
}

/** The messages that met the expectation, or why it cannot be met any more; undefined while it is open. */
export type Verdict = readonly Message[] | Impossible | undefined

/** One wait: what has been considered so far. */
export interface Progress {
  consider(message: Message): Verdict
  /** Whether it counts on this message; if another wait reads it, this one begins again. */
  holds?(message: Message): boolean
  /** What is still missing, a line each. */
  missing?(): readonly string[]
}

/** Something to wait for. */
export interface Expectation {
  /** What the client did not do when the time is over: `receive "Hello"`. */
  readonly aim: string
  /** Whether it is met by the passing of time; `for good` also by the end of the connection. */
  readonly silent?: boolean | 'for good'
  /** What the closest message is looked for with. */
  readonly closest?: Matcher
  /** A message that none of these accepts makes no difference; without them each one does. */
  readonly heeds?: readonly Matcher[]
  begin(inbox: Inbox): Progress
}

/** The earliest unread message that is meant. */
export function one(matcher: Matcher): Expectation {
  mustMatch(matcher)
  return new One(matcher)
}

class One implements Expectation, Progress {
  readonly heeds: readonly Matcher[]

  constructor(readonly closest: Matcher) {
    this.heeds = [closest]
  }

  get aim(): string {
    return `receive ${this.closest.describe()}`
  }

  /** There is nothing to keep. */
  begin(): Progress {
    return this
  }

  consider(message: Message): Verdict {
    return this.closest.accepts(message) ? [message] : undefined
  }
}

/** The earliest unread message, whatever else may come. */
export function next(matcher: Matcher): Expectation {
  mustMatch(matcher)
  return {
    aim: `receive ${matcher.describe()} as the next message`,
    closest: matcher,
    begin: () => ({
      consider: (message) =>
        matcher.accepts(message)
          ? [message]
          : {
              impossible: `should receive ${matcher.describe()} as the next message, but number ${message.number} is the next`,
              blame: { message, matcher },
            },
    }),
  }
}

/** The earliest unread messages, this many. */
export function messages(count: number): Expectation {
  if (!(count >= 1)) throw new Mistake(`Nobody can wait for ${count} messages: write 1 or more, or "receives nothing".`)
  return {
    aim: `receive ${count} message${count === 1 ? '' : 's'}`,
    begin: () => {
      const found = new Set<Message>()
      return {
        consider: (message) => (found.add(message).size === count ? [...found] : undefined),
        holds: (message) => found.has(message),
        missing: () => [`received ${found.size} of ${count}`],
      }
    },
  }
}

/** These messages in this order; others may come between. */
export function inOrder(matchers: readonly Matcher[]): Expectation {
  mustBeSome(matchers)
  return {
    aim: 'receive these messages in this order',
    heeds: matchers,
    begin: () => {
      const found: Message[] = []
      const others: Message[] = []
      return {
        consider(message) {
          const isDue = matchers[found.length]?.accepts(message)
          ;(isDue ? found : others).push(message)
          return found.length === matchers.length ? found : undefined
        },
        holds: (message) => found.includes(message),
        missing: () => {
          const lines = tally(matchers, (index) => index < found.length)
          const early = others.findLast((message) => matchers[found.length]?.accepts(message))
          if (early) lines[found.length] += `: number ${early.number} came too early`
          return lines
        },
      }
    },
  }
}

/** These messages in any order, each row met by a message of its own; others may come between. */
export function inAnyOrder(matchers: readonly Matcher[]): Expectation {
  mustBeSome(matchers)
  return {
    aim: 'receive these messages in any order',
    heeds: matchers,
    begin: () => {
      const takers = new Map<number, Message>()
      return {
        consider(message) {
          assign(message, matchers, takers, new Set())
          return takers.size === matchers.length ? inArrival(takers.values()) : undefined
        },
        holds: (message) => [...takers.values()].includes(message),
        missing: () => tally(matchers, (index) => takers.has(index)),
      }
    },
  }
}

/**
 * Finds a row for the message; a row that is taken is freed if its message fits another one
 * (augmenting paths in a bipartite graph), so that no order of arrival makes it fail.
 */
function assign(
  message: Message,
  matchers: readonly Matcher[],
  takers: Map<number, Message>,
  tried: Set<number>,
): boolean {
  for (const [index, matcher] of matchers.entries()) {
    if (tried.has(index) || !matcher.accepts(message)) continue
    tried.add(index)
    const taker = takers.get(index)
    if (taker === undefined || assign(taker, matchers, takers, tried)) {
      takers.set(index, message)
      return true
    }
  }
  return false
}

/** These messages one right after the other. */
export function inOneRun(matchers: readonly Matcher[]): Expectation {
  mustBeSome(matchers)
  return {
    aim: 'receive exactly these messages, and none between,',
    begin: () => {
      const latest: Message[] = []
      let best = 0
      let intruder: Message | undefined
      const fits = () => latest.every((message, index) => matchers[index]?.accepts(message))
      return {
        consider(message) {
          const run = latest.length
          latest.push(message)
          if (run === best && run > 0 && !fits()) intruder = message
          while (!fits()) latest.shift()
          if (latest.length > best) intruder = undefined
          best = Math.max(best, latest.length)
          return latest.length === matchers.length ? [...latest] : undefined
        },
        holds: (message) => latest.includes(message),
        missing: () => {
          const lines = tally(matchers, (index) => index < best)
          if (intruder) lines[best] += `: number ${intruder.number} came in its place`
          return lines
        },
      }
    },
  }
}

/** All unread messages up to a closing one, which are exactly these. */
export function inFullBefore(matchers: readonly Matcher[], closing: Matcher): Expectation {
  mustMatch(...matchers, closing)
  return {
    aim: `receive ${closing.describe()}`,
    closest: closing,
    begin: () => {
      const before: Message[] = []
      return {
        consider(message) {
          if (!closing.accepts(message)) {
            before.push(message)
            return undefined
          }
          const same = before.length === matchers.length && before.every((one, index) => matchers[index]?.accepts(one))
          return same ? [...before, message] : differs(matchers, before, closing)
        },
        holds: (message) => before.includes(message),
      }
    },
  }
}

function differs(matchers: readonly Matcher[], before: readonly Message[], closing: Matcher): Impossible {
  const should = `should receive exactly these messages before ${closing.describe()}`
  const at = before.findIndex((message, index) => !matchers[index]?.accepts(message))
  const [message, matcher] = [before[at], matchers[at]]
  if (message && matcher) {
    return {
      impossible: `${should}, but number ${message.number} is not ${matcher.describe()}`,
      blame: { message, matcher },
    }
  }
  return {
    impossible: message
      ? `${should}, but number ${message.number} is one too many`
      : `${should}, but ${matchers[before.length]?.describe()} is missing`,
  }
}

/** A message with none of the unwanted ones before it; `newsOnly` forgives what came before the client's last reading. */
export function oneWithout(matcher: Matcher, unwanted: Matcher, newsOnly = false): Expectation {
  mustMatch(matcher, unwanted)
  return {
    aim: `receive ${matcher.describe()}`,
    closest: matcher,
    heeds: [matcher, unwanted],
    begin: (inbox) => ({
      consider(message) {
        if (matcher.accepts(message)) return [message]
        if (!unwanted.accepts(message) || (newsOnly && !inbox.isNews(message))) return undefined
        const wish = newsOnly
          ? `nothing before ${matcher.describe()}`
          : `${matcher.describe()} without ${unwanted.describe()}`
        return { impossible: `should receive ${wish}, but number ${message.number} came first` }
      },
    }),
  }
}

/**
 * None of the unwanted messages, unread or coming.
 * @param newsOnly forgives what came before the client's last reading
 * @param forGood takes the end of the connection for silence
 */
export function silence(unwanted: Matcher, newsOnly = false, forGood = false): Expectation {
  mustMatch(unwanted)
  const wish =
    unwanted === anyMessage
      ? newsOnly
        ? 'receive nothing'
        : 'receive nothing else'
      : `not receive ${unwanted.describe()}`
  return {
    aim: wish,
    silent: forGood ? 'for good' : true,
    heeds: [unwanted],
    begin: (inbox) => ({
      consider(message) {
        if (!unwanted.accepts(message) || (newsOnly && !inbox.isNews(message))) return undefined
        return { impossible: `should ${wish}, but number ${message.number} came` }
      },
    }),
  }
}

/** Everything up to and including the message that is meant. */
export function everythingUpTo(matcher: Matcher): Expectation {
  mustMatch(matcher)
  return {
    aim: `receive ${matcher.describe()}`,
    closest: matcher,
    heeds: [matcher],
    begin: (inbox) => ({
      consider(message) {
        if (!matcher.accepts(message)) return undefined
        return inbox.unread.filter(({ number }) => number <= message.number)
      },
    }),
  }
}

function tally(matchers: readonly Matcher[], met: (index: number) => boolean): string[] {
  return matchers.map((matcher, index) => `${met(index) ? 'received' : 'missing '}  ${matcher.describe()}`)
}

function inArrival(messages: Iterable<Message>): Message[] {
  return [...messages].sort((a, b) => a.number - b.number)
}

function mustBeSome(matchers: readonly Matcher[]): void {
  if (matchers.length === 0) throw new Mistake('No message is listed: write one in each row of the table.')
  mustMatch(...matchers)
}

/** Those who write no types may give a message itself. */
function mustMatch(...matchers: readonly unknown[]): void {
  for (const matcher of matchers) {
    if (typeof (matcher as Matcher | undefined)?.accepts === 'function') continue
    const written = typeof matcher === 'string' ? quoted(matcher) : String(matcher)
    throw new Mistake(`An expectation is made of matchers, not of ${written}: write client.matcher("Hello").`)
  }
}
