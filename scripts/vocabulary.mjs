/** Writes docs/vocabulary.md from the sentences in the source and their use in the manual; with --check it only compares. */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const require = createRequire(import.meta.url)
require('ts-node/register/transpile-only')
const { documentedForm } = require('../src/translation.ts')

const page = 'docs/vocabulary.md'
const manual = ['features/vocabulary', 'features/asyncapi']
const themes = [
  'connecting',
  'sending',
  'receiving',
  'reacting',
  'remembering',
  'requesting',
  'programs',
  'protocols',
  'contract',
]

const PARTS = [
  [
    '`{clients}`',
    'one or more participants: `Rob`, `the dispatcher`, `"Rob Anderson"`, `she`, `Ann and Bob`, `everyone (else)`, `everyone but Rob`, `the others`, `all bidders`, `the other bidders`, `the first bidder`, `both`, `each of them`; `should` may follow',
  ],
  ['`{client}`', 'one participant'],
  [
    '`{message}`',
    '`"Hello"`, `{"type": "ping"}`, `the "place order" message`, `the file "logo.png"`, `the bytes "de ad"`; where it is expected also `a message containing "lo"`, `matching "^He"`, `valid against "order.json"`, `of type "welcome"`, `with "room" "lobby"`, `where "amount" is greater than 100`, `any message`, `a binary message`; in a protocol also `"Hello" on "news"`, `the event "chat"`, `the event "chat" with "Hello"`, and sent past it `the frame "42[1]"`; of an AsyncAPI document `a "PongMessage"`, and what contradicts it on purpose `the wrong {"type": "ping"}`; a row of a table has any of these, and a phrase there may stand without its quotes, also `a message` and `anything`, which are any message elsewhere',
  ],
  ['`{duration}`', '`2 seconds`, `200 ms`, `half an hour`; `every second`'],
  ['`{times}`', '`once`, `twice`, `3 times`'],
  [
    '`{condition}`',
    '`is 100`, `is "open"`, `is not 0`, `is greater than 100`, `is at least 1`, `is between 1 and 5`; of several places, such as `items[*].price`, one is enough, and for `is not` none may be',
  ],
  [
    'path',
    '`order.id`, `items[0].colour`, `items[*].price`, `items[?@.price > 10].id`: JSONPath (RFC 9535), where `$.` may be left out; or JSON Pointer, `/order/id`. `match(@.id, "a[0-9]+")` is about the whole text, `search` about a part of it; their patterns are I-Regexp (RFC 9485), without `\\d` and the like, where `^` and `$` are anchors at the ends of an alternative and ordinary characters elsewhere',
  ],
  ['`{close}`', '`with code 4001`, `with reason "Kicked"`, `with code 4001 and reason "Kicked"`'],
  ['`{connection}`', "`Ann's connection`, `her connection`; `the connection` of whom the sentence before was about"],
  ['receive', 'may be said get or see, but in `receives:`'],
  ['send', 'may be said say, and in a reaction answer or reply, but in `sends:`'],
  ['is refused, disconnect', 'may be said is rejected, leave'],
]

const sentences = usage()
const problems = sentences.flatMap(({ pattern, meaning, matches }) => [
  ...(meaning ? [] : [`No doc comment: ${pattern}`]),
  ...(matches.length > 0 ? [] : [`No scenario of the manual uses: ${pattern}`]),
])
const written = render()
if (process.argv.includes('--check')) {
  if (readFileSync(page, 'utf8') !== written) problems.push(`${page} is stale: run npm run vocabulary`)
} else {
  writeFileSync(page, written)
}
for (const problem of problems) console.error(problem)
console.log(
  `${sentences.length} sentences, ${sentences.filter(({ matches }) => matches.length > 0).length} used, ${sentences.filter(({ meaning }) => meaning).length} documented`,
)
process.exitCode = problems.length > 0 ? 1 : 0

/** The sentences of the library in the order of their source, each with the steps of the manual that it answers. */
function usage() {
  const folder = mkdtempSync(join(tmpdir(), 'vocabulary-'))
  const file = join(folder, 'usage.json')
  try {
    const format = `usage-json:${file}`
    execFileSync('cucumber-js', ['--dry-run', '--format', format, ...manual], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    return JSON.parse(readFileSync(file, 'utf8'))
      .filter(({ uri }) => /^src\/(?:system-)?vocabulary\//.test(uri))
      .map((found) => ({ ...found, theme: /(\w+)\.ts$/.exec(found.uri)[1], meaning: commentAbove(found) }))
      .sort((a, b) => themes.indexOf(a.theme) - themes.indexOf(b.theme) || a.line - b.line)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The doc comment right above a step definition. */
function commentAbove({ uri, line }) {
  const above = readFileSync(uri, 'utf8')
    .split('\n')
    .slice(0, line - 1)
    .join('\n')
  return /\/\*\* ((?:(?!\*\/)[\s\S])*?) \*\/\s*$/.exec(above)?.[1]
}

function render() {
  const parts = themes.map((theme) => {
    const rows = sentences
      .filter((sentence) => sentence.theme === theme)
      .map(
        ({ pattern, meaning, matches }) =>
          `| ${[code(documentedForm(pattern)), meaning, code(example(matches))].map(cell).join(' | ')} |`,
      )
    return [
      `## ${theme[0].toUpperCase()}${theme.slice(1)}`,
      '',
      '| sentence | what it does | example |',
      '| --- | --- | --- |',
      ...rows,
    ].join('\n')
  })
  return `${[
    '# The sentences\n',
    'Generated by `npm run vocabulary` from `src/vocabulary`, `src/system-vocabulary`, `features/vocabulary` and `features/asyncapi`, where each example runs.',
    '`(s)` and `a/b` are choices, and what is in brackets may be left out.\n',
    '| written | stands for |',
    '| --- | --- |',
    ...PARTS.map((row) => `| ${row.map(cell).join(' | ')} |`),
    '',
    parts.join('\n\n'),
  ].join('\n')}\n`
}

/** The shortest step says it best. */
function example(matches) {
  return (
    [...matches].sort((a, b) => a.text.length - b.text.length || a.uri.localeCompare(b.uri) || a.line - b.line)[0]
      ?.text ?? ''
  )
}

function code(text) {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``
}

function cell(text) {
  return (text ?? '').replaceAll('|', '\\|')
}
