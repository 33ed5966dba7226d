/**
 * Writes the patterns of names and messages into src/vocabulary/parameter-types.ts, where editors need them as literals, from
 * the named parts below; with --check it only compares.
 */

import { readFileSync, writeFileSync } from 'node:fs'

const file = 'src/vocabulary/parameter-types.ts'

/**
 * Is true everywhere. What follows a choice, V8 compiles up to ten times, for different ways through it
 * (kMaxCopiesCodeGenerated), but what follows a look-ahead once: without these, to compile all sentences takes half as long
 * again.
 */
const once = '(?=)'

const choice = (...alternatives) => `(?:${alternatives.join('|')})`

// Names

const quotedName = '"[^"]*"'
const role = String.raw`[a-z][\w-]*`
/** `first`, `second`, `third`, `fourth`, `last`. */
const ordinal = '(?!and )[a-z]+(?:st|nd|rd|th) '
const pronouns = ['he', 'she', 'they', 'it']

/** Punctuation, which is not in names: Cucumber drops the flag that would allow \p{L}. */
const punctuation = String.raw`\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f`
const backtick = '`'
const letters = String.raw`[^\s!-,./:-@[-^${backtick}{-~${punctuation}]+`
const endOfName = "(?:[ ',:]|$)"
/** It begins with a letter, and is not a lower-case word: `Rob`, `李`, `user_1`. */
const name = String.raw`(?![\d_-]|[a-z]+${endOfName})${letters}`

const oneClient = choice(quotedName, `the (?!server |connection )(?:${ordinal})?${role}`, ...pronouns, name)
const member = choice(
  quotedName,
  `${choice('the', 'every', 'all', 'each', 'both')} (?!server |connection |never )(?:of |the |other |${ordinal})*${role}`,
  'every(?:one|body)',
  'both',
  ...pronouns,
  name,
)
const separator = choice(', and ', ', ', ' and ', `(?=${endOfName})`)
const list = `(?:${member}${once}${separator})+`

// Messages

const doubleQuoted = String.raw`"(?:[^"\\]|\\[\s\S])*"`
const singleQuoted = String.raw`'(?:[^'\\]|\\[\s\S])*'`
const quotedText = choice(doubleQuoted, singleQuoted)
const number = String.raw`-?\d[\d.]*(?:[eE][-+]?\d+)?`
/** Of a member, after its path: `"welcome"`, ` is greater than 100`, ` is between 1 and 5`. */
const condition = `(?: is(?: [a-z]+)*)? ${choice(doubleQuoted, `${number}(?: and ${number})?`)}`
/** `containing`, `matching`, `valid against`, `that …`, `which …`, `where`, `whose`, `with`, `of type`: not `before` or `he sends`. */
const kind = '(?:[cmv][a-z]+|that|w(?:h[a-z]+|ith)|of) (?:[a-z]+ )*'
const words = choice(`a message ${kind}`, 'the (?:[A-Za-z]+ )?')

const stringInJson = String.raw`"(?:[^"\\]|\\[\s\S])*(?:"|$)`
/** With what a sentence goes on after a message, also where its bracket has been forgotten: two sentences must not match. */
const continuation = choice(
  ...pronouns,
  ...['I', 'within', 'after', 'for', 'before', 'without', 'every', 'exactly', 'only', 'once', 'twice', 'at'],
  ...['or', 'nor', 'on', 'and', 'then', String.raw`\w+ times`],
)
/** Goes on to the bracket after which the sentence goes on; whether it is valid is checked later, with a better error. */
const json = String.raw`[{[](?:${stringInJson}|(?![}\]]\s+\w|\s${continuation}(?!\w))[^"])*[}\]]?`

/** In a protocol that has events, before the content of one. */
const event = `(?:the event ${doubleQuoted} with )?`
/** In a protocol that has topics, behind what is on one. */
const onTopic = `(?: on ${quotedText})?`

const patterns = {
  client: oneClient + once,
  clients: `(?:every(?:one|body) (?:but|except) )?${once}${list}(?: else)?(?: both| all| each| should)?${once}`,
  message:
    event +
    once +
    choice(
      quotedText,
      `(?:the [A-Za-z]+ |JSON |message )?${json}`,
      `${words}${once}${quotedText}(?: message|${condition})?`,
      // Of an AsyncAPI document; `a "ride" message` may mean others, too.
      `an? ${quotedText}(?! message)`,
      '(?:any|a|a binary) message',
      'anything',
    ) +
    once +
    onTopic +
    once,
}

const before = readFileSync(file, 'utf8')
for (const name of Object.keys(patterns)) {
  if (!literalOf(name).test(before)) throw new Error(`${file} has no parameter type "${name}" with a literal pattern.`)
}
const after = Object.entries(patterns).reduce(
  (source, [name, pattern]) => source.replace(literalOf(name), (_, start) => `${start}/${pattern}/`),
  before,
)
if (!process.argv.includes('--check')) writeFileSync(file, after)
else if (after !== before) {
  console.error(`${file} is stale: run npm run patterns`)
  process.exitCode = 1
}

/** The literal of a parameter type. */
function literalOf(name) {
  return new RegExp(String.raw`(name: '${name}',\s+regexp:\s+)/.*/(?=,$)`, 'm')
}
