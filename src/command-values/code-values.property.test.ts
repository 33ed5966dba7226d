/** Whatever stands before an interpreter and its script, no value of a command is run: those that are accepted are started. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { UsageError } from '../errors'
import { Variables } from '../variables/variables'
import { type FilledCommand, fillCommand } from './fill-command'

const label = { kind: 'command', name: 'translate' } as const

/** What writes the file "mark" in each language, the option before it, and options of which some have a word. */
const INTERPRETERS = [
  {
    names: ['sh', 'bash', '/bin/sh'],
    script: '-c',
    code: 'echo > mark',
    options: ['-e', '-u', '-o', '+o', '-O', '--rcfile', '-l'],
  },
  {
    names: ['node'],
    script: '-e',
    code: 'require("fs").writeFileSync("mark", "")',
    options: [
      ...[
        '--title',
        '--diagnostic-dir',
        '--disable-warning',
        '--icu-data-dir',
        '--openssl-config',
        '--redirect-warnings',
      ],
      ...[
        '--report-dir',
        '--env-file-if-exists',
        '--trace-event-categories',
        '--input-type',
        '--unhandled-rejections',
        '-C',
      ],
      ...[
        '--no-warnings',
        '--enable-source-maps',
        '--stack-trace-limit',
        '--max-http-header-size',
        '--dns-result-order',
        '-r',
      ],
    ],
  },
  {
    names: ['python3'],
    script: '-c',
    code: 'open("mark", "w")',
    options: ['-W', '-X', '--check-hash-based-pycs', '-u', '-B', '-i'],
  },
  {
    names: ['perl'],
    script: '-e',
    code: 'open(F, ">mark")',
    options: ['-I', '-w', '-n', '-l', '-i', '-F', '-C', '-x'],
  },
  { names: ['mawk', 'awk'], script: '--', code: 'BEGIN { print > "mark" }', options: ['-W', '-v', '-F', '-f'] },
  { names: ['sed'], script: '-e', code: 'w mark', options: ['-n', '-l', '--line-length', '-E', '-s', '-i', '-f'] },
] as const

/** What runs the command after it; some are known to nobody. */
const RUNNERS = [
  ...[
    '',
    'env',
    'env A=1',
    'env -u A',
    'nice -n 5',
    'nice',
    'timeout 9',
    'prlimit --nofile=99',
    'setpriv --no-new-privs',
  ],
  ...['setarch -R', 'linux64', 'choom -n 0 --', 'command', 'exec', 'nohup', 'setsid -w', 'stdbuf -o L', 'time'],
]
const OTHER_RUNNERS = [
  'npm exec --',
  'pyenv exec',
  'capsh --',
  'valgrind -q',
  'perf stat',
  'fakeroot',
  'wrapper',
  './wrap -x y --',
]

const commandOf = (runners: readonly string[]) =>
  fc
    .record({
      interpreter: fc.constantFrom(...INTERPRETERS),
      runner: fc.array(fc.constantFrom(...runners), { maxLength: 2 }),
      file: fc.nat(),
    })
    .chain(({ interpreter, runner, file }) => {
      const { names, script, options } = interpreter
      const word = fc.constantFrom('x', 'y=1', 'x.txt', '1', ...(options as readonly string[]))
      const option = fc.tuple(fc.constantFrom(...(options as readonly string[])), fc.option(word))
      return fc.record({
        code: fc.constant(interpreter.code),
        before: fc.constant([...runner, names[file % names.length]].join(' ')),
        options: fc.array(option, { maxLength: 3 }).map((all) => all.flat().filter((one) => one !== null)),
        value: fc.constantFrom(
          `${script} \${v}`,
          `${script} " \${v}"`,
          '${v}',
          '-- ${v}',
          `${script} 1 \${v}`,
          `x.txt ${script} \${v}`,
        ),
        isFile: fc.boolean(),
        shell: fc.boolean(),
      })
    })

/** Commands of bash that keep, name, or evaluate what they are given, and that then use what was kept. */
const BASH_COMMANDS = [
  ...['x="$1"', 'x=$1', 'n=x', 'n=PATH', 'RANDOM="$1"', 'RANDOM=x', 'SECONDS=$x', 'PATH=$x', 'y="A=$x"', 'a=(1)'],
  ...['declare -i n', 'typeset -xi n=x', 'declare -n n=PATH', 'local x', 'declare -a "a=([x]=1)"', "unset 'a[x]'"],
  ...['read x <<<"$1"', 'echo "$1" | read $n', "printf -v 'a[x]' 1", 'printf -v PATH %s "$1"', 'printf "$o" "$n" "$1"'],
  ...['for PATH in "$1"; do true; done', 'for n in "$1"; do true; done', 'for OPTIND do true; done', 'test -v "a[x]"'],
  ...['cat <($1)', 'true > >($x)', 'wait -p n', 'jobs -x $x', 'history -s "$x"', 'fc -s', 'hello', 'node -e 1', 'o=-v'],
  ...['trap "$x" EXIT', 'trap "A=$x" EXIT', 'trap \'echo "$x"\' EXIT', 'sh -c "A=$x"', 'sh -c \'echo "$1"\' sh "$x"'],
  ...['find "$1" -exec {} \\;', 'find . -exec sh -c \'echo "$1"\' _ {} \\;', 'mapfile -C "$x" a', 'compgen -C "$x"'],
  ...['echo "$x"', 'set -- "$x"', 'shift', 'command $x', 'builtin "$n"', 'export n', 'readonly x', 'exec true'],
]

interface Written {
  readonly before: string
  readonly options: readonly string[]
  readonly value: string
  readonly shell: boolean
}

/** The command with a value; undefined if that is refused. */
function fill({ before, options, value, shell }: Written, v: string): FilledCommand | undefined {
  const variables = new Variables().with({ v })
  const command = [before, ...options, value].join(' ')
  try {
    return fillCommand(label, { command, shell }, { fill: (text) => variables.fill(text), platform: 'linux' })
  } catch (error) {
    expect(error).to.be.instanceOf(UsageError)
    return undefined
  }
}

describe('Values behind an interpreter', function () {
  this.timeout(120_000)

  let folder: string

  before(function () {
    if (process.platform === 'win32') this.skip()
  })

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'code-values-'))
    writeFileSync(join(folder, 'x.txt'), 'text\n')
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  /** Whether a command, once it is started, has written the file "mark". */
  function writesMark(
    [file, ...args]: readonly string[],
    shell: boolean,
    values: FilledCommand['values'] = {},
  ): boolean {
    const env = { ...process.env, ...values, NODE_V8_COVERAGE: undefined }
    spawnSync(file as string, args, { cwd: folder, shell, env, input: 'text\n', timeout: 20_000 })
    const mark = join(folder, 'mark')
    const isWritten = existsSync(mark)
    rmSync(mark, { force: true })
    return isWritten
  }

  it('are refused where they are the script, whatever runs the interpreter', () =>
    fc.assert(
      fc.property(
        commandOf([...RUNNERS, ...OTHER_RUNNERS]),
        fc.constantFrom(...INTERPRETERS),
        (written, { names, script, code }) => {
          const before = `${written.before.replace(/\S+$/, '')}${names[0]}`
          expect(fill({ ...written, before, options: [], value: `${script} \${v}` }, code)).to.equal(undefined)
        },
      ),
      { numRuns: 500 },
    ))

  it('would be run there if nothing refused them', () => {
    const { names, code } = INTERPRETERS[1]
    expect(writesMark([names[0], '--title', 'server', '-e', code], false)).to.equal(true)
    expect(writesMark([names[0], '--title', 'server', 'x.txt', code], false)).to.equal(false)
  })

  it('are not run where they are accepted', () => {
    let started = 0
    fc.assert(
      fc.property(commandOf(RUNNERS), (written) => {
        const { code, isFile, shell } = written
        const script = join(folder, 'script')
        writeFileSync(script, code)
        const filled = fill(written, isFile ? script : code)
        if (!filled || started >= 60) return
        started++
        expect(writesMark(filled.words, shell, filled.values), `${filled.words.join(' ')}`).to.equal(false)
      }),
      { numRuns: 2000 },
    )
    expect(started).to.be.greaterThan(0)
  })

  it('are not run by the commands of bash where they are accepted', () => {
    let started = 0
    const values = fc.constantFrom('a[$(echo > mark)]', 'eval echo > mark', '1; echo > mark', './script', 'bin')
    const commands = fc.array(fc.constantFrom(...BASH_COMMANDS), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(commands, values, fc.boolean(), (lines, value, shell) => {
        mkdirSync(join(folder, 'bin'), { recursive: true })
        for (const name of ['script', 'bin/hello', 'bin/node'])
          writeFileSync(join(folder, name), 'echo > mark', { mode: 0o755 })
        const script = shell
          ? `set -- \${v}; ${lines.join('; ')}`
          : `-c '${lines.join('; ').replaceAll("'", "'\\''")}' _ \${v}`
        const written = shell ? { before: '', value: script } : { before: 'bash', value: script }
        const filled = fill({ ...written, options: [], shell }, value)
        if (!filled || started >= 100) return
        started++
        const [line] = filled.words
        const words = shell ? (['bash', '-c', line] as const) : filled.words
        expect(writesMark(words, false, filled.values), filled.words.join(' ')).to.equal(false)
      }),
      { numRuns: 2000 },
    )
    expect(started).to.be.greaterThan(0)
  })
})
