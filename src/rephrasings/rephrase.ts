/** What whole steps mean, as people say them: the sentences, or one line of advice. */

import { CONNECTING } from './connecting'
import { CONTRACT } from './contract'
import { JSON_TEXT } from './normalise'
import { PROTOCOLS } from './protocols'
import { RECEIVING } from './receiving'
import { REQUESTING } from './requesting'
import { SENDING } from './sending'

/** What a step means, by a rule. */
export interface Rephrasing {
  /** Each is a sentence, with the rows below it, or several sentences, one a line; any of them is meant. */
  readonly sentences: readonly string[]
  /** Said instead, where no sentence means the same. */
  readonly advice?: string
  /** Whether something that was said is left out on purpose. */
  readonly isLoose: boolean
}

/*
 * A rule is a line: a regular expression, and behind ` => ` what is meant. `$1` is what stands in the first bracket, and
 * square brackets are left out with what was not said. ` OR ` divides alternatives, ` + ` lines, of which rows begin with `|`.
 * Behind `!` is advice, and `~` leaves something out on purpose. A word in angle brackets is one of PARTS; each but the last
 * four counts as a bracket.
 */
const PARTS: Readonly<Record<string, string>> = {
  who: String.raw`((?:"[^"]*"|(?:[Tt]he|all|every|each|both)(?: of| the| other)* [\w-]+?(?: [\w-]+)??|everyone (?:but|except) [\w-]+|[A-Z][\w-]*|he|she|they|it|everyone(?: else)?|everybody)(?:(?:,| and) (?:the )?[\w-]+)*)`,
  said: String.raw`("(?:[^"\\]|\\.)*"|${JSON_TEXT}|an? (?:[a-z]+ )?message (?:of type|containing|matching) "[^"]*")`,
  json: `(${JSON_TEXT})`,
  text: '("[^"]*")',
  name: '"([^"]*)"',
  value: String.raw`("[^"]*"|-?\d[\d.]*|true|false|null)`,
  num: String.raw`(-?\d[\d.]*)`,
  time: String.raw`(\d+(?:\.\d+)? ?(?:ms|milliseconds?|s|secs?|seconds?|minutes?)|(?:a|one|half a) (?:second|minute))`,
  prog: String.raw`(?:the|my|our) ((?:"[^"]*" ?|(?!log|output)[\w-]+ (?:(?!server|program|service|process|backend)[\w-]+ )?)?(?:server|program|service|process|backend))`,
  program: String.raw`([\w-]+(?: (?!exits|ends|prints|crashes|server|program|service|while|is)[\w-]+)?)(?: (?:server|program|service))?`,
  calls: `(?:(?:requests?|does an?|sends? an?|sends?|makes an?|calls?) )?(GET|POST|PUT|PATCH|DELETE)(?: request)?(?: to)?`,
  gets: '(?:receives?|received|gets?|got|hears?|heard|sees?|saw)',
  notgets: '(?:(?:do|does|did) not (?:receive|get|see|hear)|never (?:receives?|gets?|sees?|hears?))',
  its: '(?:his|her|its|their)',
  answer: '(?:the |its )?(?:HTTP |REST )?(?:response|answer|reply)(?: body)?(?: of the HTTP request)?',
}

/** A longer step is not one that people say. */
const MAX_LENGTH = 300

let rules: readonly (readonly [said: RegExp, meant: string])[] | undefined

/** What a step as a whole may have meant, the nearest first; whether the sentences are defined is not checked. */
export function* rephrase(text: string): Iterable<Rephrasing> {
  if (text.length > MAX_LENGTH) return
  rules ??= [CONTRACT, CONNECTING, PROTOCOLS, SENDING, RECEIVING, REQUESTING]
    .flatMap((table) => table.trim().split('\n'))
    .map(parseRule)
  for (const [said, meant] of rules) {
    const groups = said.exec(text)
    if (groups) yield meantBy(meant, groups)
  }
}

function parseRule(line: string): readonly [RegExp, string] {
  const [said = '', meant = ''] = line.split(' => ')
  return [new RegExp(`^(?:${said.replace(/<(\w+)>/g, (_, part: string) => PARTS[part] as string)})$`), meant]
}

function meantBy(meant: string, groups: RegExpExecArray): Rephrasing {
  if (meant.startsWith('!')) return { sentences: [], advice: fill(meant.slice(1), groups), isLoose: true }
  const isLoose = meant.startsWith('~')
  const sentences = meant
    .slice(Number(isLoose))
    .split(' OR ')
    .map((one) =>
      withoutMissing(one, groups)
        .split(' + ')
        .map((line) => (line.startsWith('|') ? `  ${fill(line, groups)}` : agree(fill(line, groups))))
        .join('\n'),
    )
  return { sentences, isLoose }
}

/** What stands in square brackets is left out if a part of it was not said. */
function withoutMissing(meant: string, groups: RegExpExecArray): string {
  return meant.replace(/\[([^[\]]*\$[^[\]]*)\]/g, (_, part: string) =>
    [...part.matchAll(/\$(\d)/g)].some(([, index]) => groups[Number(index)] === undefined) ? '' : part,
  )
}

function fill(meant: string, groups: RegExpExecArray): string {
  const group = (index: string) => groups[Number(index)] ?? ''
  return meant
    .replace(/<1000\/\$(\d)>/g, (_, index: string) => String(Math.round(1000 / Number(group(index)))))
    .replace(/<q\$(\d)>/g, (_, index: string) => quoteName(group(index)))
    .replace(/\$(\d)/g, (_, index: string) => group(index))
    .replace(/<list (\d+)>/, '#[$1]')
    .replace('§', '$')
    .replaceAll(/0x([\dA-F]{2})/g, '$1')
    .trim()
}

/** Of `chat server`, `"chat" program` and `server`, how sentences call a program. */
function quoteName(written: string): string {
  const name = written.replace(/ ?(?:server|program|service|process|backend)$/, '')
  return name.startsWith('"') ? name : `"${name || '…'}"`
}

/** The same sentence, in which the verb agrees: several clients receive, one receives, and I receive. */
export function agree(sentence: string): string {
  if (/^the (?:response|(?:next |last )?message|server|connection|command|handshake|scenario|")/.test(sentence))
    return sentence
  if (/^(?:1|one|an?|half an?) \w+ pass$/.test(sentence)) return `${sentence}es`
  const { reaction = '', subject: written = '', verb } = SUBJECT.exec(sentence)?.groups ?? {}
  if (verb === undefined) return sentence
  const rest = sentence.slice(`${reaction}${written} ${verb}`.length)
  const one = written.startsWith('every ') ? written.replace(/s$/, '') : written
  const subject = one.replace(MANY_WORDS, 'the ')
  const isMany = / and |^(?:all|both|they)\b|^the (?:\w+ )*\w+(?<![siu])s$|^\d+ /.test(subject)
  return `${reaction}${subject} ${subject === 'I' || isMany ? manyOf(verb, subject) : oneOf(verb)}${rest}`
}

function manyOf(verb: string, subject: string): string {
  if (/^(?:is|are)$/.test(verb)) return subject === 'I' ? 'am' : 'are'
  return IRREGULAR.find(([one]) => one === verb)?.[1] ?? verb.replace(/(?<!s)s$/, '')
}

function oneOf(verb: string): string {
  return IRREGULAR.find(([, many]) => many === verb)?.[0] ?? verb.replace(PLURAL_VERB, '$&s')
}

const IRREGULAR = [
  ['does', 'do'],
  ['is', 'are'],
  ['has', 'have'],
  ['tries', 'try'],
] as const

const VERBS =
  '(?:receive|get|see|hear|send|say|(?:dis|re)?connect|lose|stay|remain|wait|close|open|ignore|request|remember|ask|ping|hang|speak|stop|subscribe|unsubscribe|publish|emit|call)'

const PLURAL_VERB = new RegExp(`^${VERBS}$`)

/** More words than a role has, as in `the rider app`. */
const MANY_WORDS = /^the (?!other |last |[a-z]+(?:st|nd|rd|th) |of )[a-z-]+ (?=[a-z-]+$)/

/** Whom a sentence is about, and what they do. */
const SUBJECT = new RegExp(
  `^(?<reaction>(?:when|whenever|only) )?(?<subject>${PARTS.who}|I|\\d+ [a-z]+) (?<verb>is(?! at)|are|am|do|does|has|have|try|tries|${VERBS}s?)\\b`,
)
