/** A step in the words of the sentences, where there are several for the same. */

/** JSON of a few levels. */
export const JSON_TEXT = String.raw`\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|\[(?:[^[\]]|\[[^[\]]*\])*\]`

const QUOTED_OR_JSON = new RegExp(String.raw`("(?:[^"\\]|\\.)*"|${JSON_TEXT})`)

/** How people say a word that is not quoted, and what it is in our sentences; in this order. */
const WORDS: readonly (readonly [said: RegExp, meant: string])[] = [
  [/’/g, "'"],
  [/\b(?:should|must) be (?=receive\b)/g, ''],
  [/\b(?:below|under) (?=\d)/g, 'less than '],
  [/\b(?:above|over) (?=\d)/g, 'greater than '],
  [/\bcan'?t\b|\bcan not\b|\b(?:must|may) not be able to\b/g, 'cannot'],
  [/\bwon't\b/g, 'will not'],
  [/\b(do|does|did|should|must|has|have|is|are|was|were)n't\b/g, '$1 not'],
  [/\b(?:should|must|shall|may|will) not be\b|\b(?:has|have) not been\b/g, 'is not'],
  [/\b(?:should|must|shall|may|will|has|have) not\b|\bdid not\b/g, 'does not'],
  [/\bdoes not (receiv|hear|seen|see|gotten|got|get|sen)(?:t|d|ed)\b/g, 'does not $1'],
  [/\bdoes not receiv(?!e)/g, 'does not receive'],
  [/\bdoes not (?:got|gotten)\b/g, 'does not get'],
  [/\b(?:should|must|shall|has to|have to|needs to|will|is going to|is expected to) (?=[a-z])/g, ''],
  [/\bstill be\b/g, 'is still'],
  [/\b(?:is|are) (?:now )?able to |\bmanages? to /g, ''],
  [/(?<=\s)be(?= )/g, 'is'],
  [/\b(?:has|have|had) been\b/g, 'is'],
  [/\b(?:has|have|had) (?=(?:just |already )?(?:received|got|heard|seen|sent|disconnected|reconnected)\b)/g, ''],
  [/ (?:now|also|just|already|eventually|finally|successfully)(?= )/g, ''],
  [/\b(?:gets?|got|is getting) (?=(?!type|used)[a-z]+ed\b|thrown|cut|sent)/g, 'is '],
  [/\b(?:no|not) more than (?=\d|[a-z]+ messages?\b)|\ba maximum of |\bup to (?=\d)/g, 'at most '],
  [/\b(?:no|not) (?:less|fewer) than (?=\d)|\ba minimum of /g, 'at least '],
  [/\bin (?:less than|under|at most|the next) (?=\d|a |one )|\bin (?=\d+(?:\.\d+)? ?(?:ms|s|sec|min))/g, 'within '],
  [
    /\b(?:all|everyone|everybody)(?: \w+)? (?:except|but|other than|apart from|besides)(?: for)? (?=[A-Z"]|the)/g,
    'everyone except ',
  ],
  [
    /\b(two|three|four|five|six|seven|eight|nine|ten)(?= (?!seconds?|minutes?|hours?|ms|milli|times|and)\w+s\b)/g,
    '#$1',
  ],
]

/** Of what is found, the first letter is written small. */
const LOWER = Symbol('lower')

/** Of a step as a whole. */
const WHOLE: readonly (readonly [said: RegExp, meant: string | typeof LOWER])[] = [
  [/\.$/, ''],
  [
    /^(?:The|An?|Every|All|Each|Both|When|Whenever|Nobody|No one|Everyone|Everybody|Within|After|Others|Nothing|Someone|Somebody|Neither|Not|Another)\b/,
    LOWER,
  ],
  [/^(?:as soon as|the moment|once|if) (?=.* (?:he|she|it|they|I) [a-z]+)/, 'when '],
  [/^(?:every|each|any) time (?:that )?|^always when /, 'whenever '],
  [/^within ((?:\d+(?:\.\d+)?|an?|one|half a) ?[a-z]+),? (.*[^:])$/s, '$2 within $1'],
]

const DIGITS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** The same step, in words that the rules and sentences know; what is quoted stays as it is. */
export function normalise(text: string): string {
  const whole = WHOLE.reduce((step, [said, meant]) => {
    if (meant !== LOWER) return step.replace(said, meant)
    return step.replace(said, (first) => first.charAt(0).toLowerCase() + first.slice(1))
  }, text.trim())
  return whole
    .split(QUOTED_OR_JSON)
    .map((part, index) => (index % 2 === 1 ? part : normaliseWords(part)))
    .join('')
}

function normaliseWords(part: string): string {
  return WORDS.reduce((words, [said, meant]) => words.replace(said, meant), part).replace(
    /#([a-z]+)/g,
    (_, word: string) => String(DIGITS.indexOf(word) + 2),
  )
}

/** Whether a suggestion has each text, JSON and number of a step. */
export function keepsAll(step: string, suggestion: string): boolean {
  return step.split(QUOTED_OR_JSON).every((part, index) => {
    if (index % 2 === 0)
      return (part.match(/(?<![\w.-])\d+(?:\.\d+)?(?=\W|$|ms|s\b)/g) ?? []).every((number) =>
        hasNumber(suggestion, number),
      )
    return suggestion.includes(part.startsWith('"') ? part.slice(1, -1) : part)
  })
}

function hasNumber(text: string, number: string): boolean {
  return new RegExp(`(?<![\\d.])${number.replace('.', '\\.')}(?![\\d]|\\.\\d)`).test(text)
}
