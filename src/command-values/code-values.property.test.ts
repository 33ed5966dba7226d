/** Whatever a server sends, and wherever it stands in a command, nothing runs it: commands that are accepted are started. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { remembering } from '../../test/support/remembering'
import { UsageError } from '../errors'
import { type FilledCommand, fillCommand } from './fill-command'

const label = { kind: 'command', name: 'translate' } as const

/** Code that writes the file "mark", in each language, and commands, options and settings that would run it. */
const VALUES = [
  ...[
    'echo > mark',
    './script',
    'script.js',
    'eval echo > mark',
    '$(echo > mark)',
    'a[$(echo > mark)]',
    '`echo > mark`',
  ],
  ...[
    'require("fs").writeFileSync("mark", "")',
    'open("mark", "w")',
    'File.write("mark", "")',
    'w mark',
    '1e echo > mark',
  ],
  ...[
    'BEGIN { print > "mark" }',
    'BEGIN { system("echo > mark") }',
    'system("echo > mark")',
    'echo > mark |',
    '| echo > mark',
  ],
  ...['-e', '-c', '--', '-', '--require=./script.js', '--import=./script.js', '-r./script.js', '-exec', '-p'],
  ...['NODE_OPTIONS=--require=./script.js', 'BASH_ENV=./script', 'ENV=./script', '@script', 'ext::sh -c echo% >% mark'],
  ...["'; echo > mark; '", '"; echo > mark; "', '\n echo > mark\n', '&& echo > mark', 'x; echo > mark', "${v}' > mark"],
]

/** The programs of a machine, their options, and what their scripts are called. */
const PROGRAMS = [
  ...[
    'sh',
    'bash',
    'dash',
    '/bin/sh',
    'node',
    process.execPath,
    'python3',
    'perl',
    'ruby',
    'awk',
    'mawk',
    'sed',
    'find',
    'xargs',
  ],
  ...[
    'env',
    'nice',
    'timeout',
    'nohup',
    'setsid',
    'stdbuf',
    'setpriv',
    'setarch',
    'prlimit',
    'choom',
    'time',
    'command',
    'eval',
  ],
  ...['make', 'tar', 'split', 'git', 'echo', 'cat', 'ls', 'test', 'printf', './show', './script'],
]
const WORDS = [
  ...[
    '-e',
    '-c',
    '-n',
    '-p',
    '-x',
    '-u',
    '-i',
    '-s',
    '-r',
    '-f',
    '-m',
    '-W',
    '-exec',
    '-execdir',
    '--',
    '-',
    '--eval',
    '{}',
    ';',
  ],
  ...[
    '--no-warnings',
    '--enable-source-maps',
    '--title',
    '--import',
    '--env-file',
    '-w',
    '-I',
    '--file',
    '-I',
    '-ne',
    '-lc',
  ],
  ...[
    '1',
    '5',
    'x',
    'A=1',
    'x.txt',
    './show.js',
    'show.js',
    './show.py',
    './show.rb',
    'x86_64',
    '--nofile=99',
    '-R',
    'cf',
    'p',
  ],
  ...['run', 'inspect', 'log', 'clone', '-C', '.', '$0', 'eval "$1"', 'echo "$1"', '. "$1"', '"$@"'],
]

const quote = (word: string) => `'${word.replaceAll("'", `'"'"'`)}'`

/** A command, with the value as a word, or a part of one, somewhere in it. */
const COMMANDS = fc
  .record({
    programs: fc.array(fc.constantFrom(...PROGRAMS), { minLength: 1, maxLength: 2 }),
    words: fc.array(fc.constantFrom(...WORDS, ...PROGRAMS), { maxLength: 4 }),
    value: fc.constantFrom(
      '${v}',
      '${v}',
      'x${v}',
      'A=${v}',
      '--eval=${v}',
      '-e${v}',
      '--file=${v}',
      'NODE_OPTIONS=${v}',
    ),
    place: fc.nat(),
    after: fc.array(fc.constantFrom(...WORDS), { maxLength: 2 }),
  })
  .map(({ programs, words, value, place, after }) => {
    const before = [...programs, ...words].map(quote)
    const at = 1 + (place % before.length)
    return [...before.slice(0, at), value, ...before.slice(at), ...after.map(quote)].join(' ')
  })

/** Commands with a script, which are mostly accepted. */
const SCRIPTS = fc
  .record({
    runner: fc.constantFrom('', 'npx ', 'npx -y ', 'env ', './show '),
    script: fc.constantFrom(
      './show',
      './show x',
      "'./show.sh' --",
      'node ./show.js',
      'python3 -u ./show.py',
      'ruby -w ./show.rb',
    ),
    options: fc.array(fc.constantFrom(...WORDS.map(quote)), { maxLength: 2 }),
    value: fc.constantFrom('${v}', 'x${v}', '-- ${v}', '--id=${v}'),
  })
  .map(({ runner, script, options, value }) => [`${runner}${script}`, ...options, value].join(' '))

/** The command with a value; undefined if that is refused. */
function fill(command: string, v: string): FilledCommand | undefined {
  try {
    return fillCommand(label, { command }, { variables: remembering({ v }), platform: 'linux' })
  } catch (error) {
    expect(error).to.be.instanceOf(UsageError)
    return undefined
  }
}

describe('Values of servers in commands', function () {
  this.timeout(120_000)

  let folder: string

  before(function () {
    if (process.platform === 'win32') this.skip()
  })

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'code-values-'))
    const files = {
      'x.txt': 'text\n',
      script: '#!/bin/sh\necho > mark\n',
      'script.js': 'require("fs").writeFileSync("mark", "")',
      show: '#!/bin/sh\nexit 0\n',
      'show.sh': '#!/bin/sh\nexit 0\n',
      'show.js': 'console.log(JSON.stringify(process.argv.slice(2)))',
      'show.py': 'import sys\nprint(sys.argv)',
      'show.rb': 'p ARGV',
      'package.json': '{"scripts": {"show": "node ./show.js"}}',
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o755 })
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  /** What a command prints once it is started, and whether it has written the file "mark". */
  function start([file, ...args]: readonly string[]): { readonly output: string; readonly isMarked: boolean } {
    const env = { ...process.env, NODE_V8_COVERAGE: undefined, npm_config_offline: 'true', npm_config_cache: folder }
    const { stdout } = spawnSync(file as string, args, {
      cwd: folder,
      env,
      encoding: 'utf8',
      input: '',
      timeout: 20_000,
    })
    const mark = join(folder, 'mark')
    const isMarked = existsSync(mark)
    rmSync(mark, { force: true })
    return { output: stdout, isMarked }
  }

  it('would be run if nothing refused them', () => {
    expect(start(['node', '-e', VALUES[7] as string]).isMarked).to.equal(true)
    expect(start(['sh', '-c', VALUES[0] as string]).isMarked).to.equal(true)
    expect(start(['node', './show.js', VALUES[7] as string]).isMarked).to.equal(false)
  })

  for (const [what, commands, least] of [
    ['wherever they stand', COMMANDS, 1],
    ['behind scripts', SCRIPTS, 10],
  ] as const) {
    it(`are not run where they are accepted, ${what}`, () => {
      let started = 0
      fc.assert(
        fc.property(commands, fc.constantFrom(...VALUES), (command, value) => {
          const filled = fill(command, value)
          if (!filled || /^npx /.test(command) || started >= 60) return
          started++
          expect(start(filled.words).isMarked, filled.words.join(' ')).to.equal(false)
        }),
        { numRuns: 2000 },
      )
      expect(started).to.be.at.least(least)
    })
  }

  it('are as many arguments as were written, behind npm run', () => {
    const values = VALUES.filter((value) => !value.startsWith('-'))
    const variables = remembering(Object.fromEntries(values.map((value, index) => [`v${index}`, value])))
    const words = values.map((_, index) => `\${v${index}}`).join(' ')
    const filled = fillCommand(label, { command: `npm run -s show -- ${words}` }, { variables, platform: 'linux' })
    const { output, isMarked } = start(filled.words)
    expect(isMarked).to.equal(false)
    expect(JSON.parse(output)).to.deep.equal(values)
  })
})
