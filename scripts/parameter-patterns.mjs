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

/** The end of a word; `\b` takes a quarter more time to compile. */
const endOfWord = String.raw`(?!\w)`

const choice = (...alternatives) => `(?:${alternatives.join('|')})`
const words = (...all) => all.join('|')

// Names

const quotedName = '"[^"]*"'
const role = String.raw`[a-z][\w-]*`
const pronoun = words('he', 'she', 'they', 'it')
const lowerCaseName = String.raw`[a-z]+[\d_-][\w-]*`

/** Punctuation, which is not in names: Cucumber drops the flag that would allow \p{L}. */
const punctuation = {
  latin1: String.raw`\u00a1-\u00bf`,
  general: String.raw`\u2000-\u206f`,
  cjk: String.raw`\u3000-\u303f`,
  fullWidth: String.raw`\uff00-\uff0f`,
}
const backtick = '`'
const otherScripts = Object.values(punctuation).join('')

/** No white space, no ASCII before the letters, no lower-case Latin letter: a capital, or a letter of another script. */
const firstLetter = String.raw`[^\s!-@[-~${otherScripts}]`
/** No white space, and of ASCII letters, digits, `-` and `_` alone. */
const furtherLetter = String.raw`[^\s!-,./:-@[-^${backtick}{-~${otherScripts}]`
const reserved = choice('Nobody', 'Only', 'Everyone', 'When', 'Whenever')
const capitalisedName = `(?!${reserved}${endOfWord})${firstLetter}${furtherLetter}*`

const oneClient = choice(quotedName, `the ${role}`, pronoun, lowerCaseName, capitalisedName)
const nameInList = choice(quotedName, `(?:the|every) ${role}`, pronoun, lowerCaseName, capitalisedName)
const separator = choice(', and ', ', ', ' and ')
const list = `${nameInList}${once}(?:${separator}${once}${nameInList})*`

// Messages

const doubleQuoted = String.raw`"(?:[^"\\]|\\[\s\S])*"`
const singleQuoted = String.raw`'(?:[^'\\]|\\[\s\S])*'`
const quotedText = choice(doubleQuoted, singleQuoted)
const kind = '(?:a message (?:containing|matching|valid against) |the (?:file|bytes) )?'

/** Goes on to the bracket after which the sentence goes on; whether it is valid is checked later, with a better error. */
const continuation = choice(
  words('he', 'she', 'they', 'it', 'I', 'within', 'after', 'for', 'before', 'without', String.raw`\d+ times?`),
)
const stringInJson = String.raw`"(?:[^"\\]|\\[\s\S])*(?:"|$)`
const json = String.raw`[{[](?:${stringInJson}|(?![}\]]\s+[A-Za-z]|\s${continuation}${endOfWord})[^"])*[}\]]?`

const patterns = {
  client: oneClient + once,
  clients: choice('everyone(?: else)?', `(?:everyone (?:but|except) )?${once}${list}`) + once,
  message: choice(`${kind}${once}${quotedText}`, `the ${quotedText} message`, 'any message', json) + once,
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
