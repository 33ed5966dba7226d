/** A value is one argument or a part of one, whatever is in it; where it could be more, it is refused. */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import { orUsageError } from '../../test/support/arbitrary-text'
import { remembering } from '../../test/support/remembering'
import { UsageError } from '../errors'
import type { Command } from '../processes/programs'
import { Variables } from '../variables/variables'
import { type FilledCommand, fillCommand, fillEnvironment } from './fill-command'

const label = { kind: 'command', name: 'translate' } as const

const HOSTILE = [
  '1; touch ./injected',
  '$(touch ./injected)',
  '`touch ./injected`',
  '1 --extra "two words"',
  `'`,
  '"',
  `'; touch ./injected; '`,
  '"; touch ./injected; "',
  '" "$(touch ./injected)',
  '\\',
  '*',
  '~',
  '&& touch ./injected',
  '| touch ./injected',
  '> ./injected',
  'a\nb',
  '\n touch ./injected \n',
  '${id}',
  '$HOME',
  '%PATH%',
  '!x!',
  '# nothing',
  '',
  ' ',
  '{a,b}',
  '{"a": "b c"}',
]

const fill = (
  command: Command,
  values: Record<string, unknown>,
  platform: NodeJS.Platform = 'linux',
  more?: string,
) => {
  const variables = new Variables().with(values)
  return fillCommand(label, command, { variables, platform, arguments: more })
}

/** The same with values that a server has sent. */
const fillRemembered = (command: Command, values: Record<string, unknown>, more?: string) => {
  const variables = remembering(values)
  return fillCommand(label, command, { variables, platform: 'linux', arguments: more })
}

/** What a command prints that is run as its watchdog does. */
function outputOf({ words: [file, ...args], values }: FilledCommand, shell: boolean): string {
  const { stdout } = spawnSync(file, args, { shell, env: { ...process.env, ...values }, encoding: 'utf8' })
  return stdout
}

describe('Values in a command line', () => {
  const show = `'${process.execPath}' test/support/print-arguments.js`

  for (const value of HOSTILE) {
    it(`are one argument, or a part of one: ${JSON.stringify(value)}`, () => {
      const command = { command: `${show} \${id} id=\${id} "--id=\${id}" 'a \${id}'\${id}` }
      for (const filled of [fill(command, { id: value }), fillRemembered(command, { id: value })]) {
        const args = JSON.parse(outputOf(filled, false))
        expect(args).to.deep.equal([value, `id=${value}`, `--id=${value}`, `a ${value}${value}`])
      }
    })
  }

  it('are split from each other by the spaces of the line alone, whatever is in them', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        fc.pre(!`${a}${b}`.includes('\0'))
        const { words } = fillRemembered({ command: 'show -- ${a} x${b} "${a b}"' }, { a, b, 'a b': a })
        expect(words).to.deep.equal(['show', '--', a, `x${b}`, a])
      }),
    ))
})

describe('A command line without a shell', () => {
  for (const [command, found] of [
    ['echo hello && false', '&&'],
    ['echo hello | grep hello', '|'],
    ['echo hello > ./${id}', '>'],
    ['echo $HOME', '$HOME'],
    ['mocha test/*.js', 'test/*.js'],
  ] as const) {
    it(`is refused if it means something to a shell alone: ${command}`, () => {
      expect(() => fill({ command }, { id: 1 })).to.throw(
        UsageError,
        `The command "translate" cannot be started: "${found}" means something to a shell alone. ` +
          'Say "shell": true beside the command, or put it in single quotes to pass it on as it is.',
      )
    })
  }

  it('is refused if its arguments do', () => {
    const fillArguments = (text: string, shell: boolean) =>
      fillCommand(label, { command: 'show', shell }, { variables: new Variables(), arguments: text, platform: 'linux' })
    for (const shell of [false, true]) {
      expect(() => fillArguments('a > b', shell)).to.throw(
        UsageError,
        'The command "translate" cannot be started: ">" means something to a shell alone, which reads no arguments. ' +
          'Put it in single quotes to pass it on as it is.',
      )
      fillArguments("a '>' b", shell)
    }
  })

  it('is accepted with such parts in quotes, or in values', () => {
    const { words } = fill(
      { command: `show 'a && b' "c | d" \\> \${id} http://x/?a=1&b=2 '*.js' a~b` },
      { id: '; $HOME' },
    )
    expect(words).to.deep.equal(['show', 'a && b', 'c | d', '>', '; $HOME', 'http://x/?a=1&b=2', '*.js', 'a~b'])
  })
})

describe('Values in a line for a shell', () => {
  before(function () {
    if (process.platform === 'win32') this.skip()
  })

  const shellOutput = (line: string, values: Record<string, unknown>) =>
    outputOf(fill({ command: line, shell: true }, values), true)

  for (const value of HOSTILE) {
    it(`are one argument, or a part of one: ${JSON.stringify(value)}`, () => {
      const line = `printf '<%s>' -- \${id} id=\${id} "\${id}" "it's \\"\${id}" \\$x\${id} 'a b' && printf '|%s' "\${id}"`
      const args = ['--', value, `id=${value}`, value, `it's "${value}`, `$x${value}`, 'a b'].map((arg) => `<${arg}>`)
      expect(shellOutput(line, { id: value })).to.equal(`${args.join('')}|${value}`)
      expect(existsSync('injected')).to.equal(false)
    })
  }

  it('are one argument, whatever is in them', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom(...'$`"\'\\ ;&|()*\n-a') }),
        (a, b) => {
          fc.pre(!`${a}${b}`.includes('\0'))
          expect(shellOutput('printf "<%s>" ${a} "${b}"', { a, b })).to.equal(`<${a}><${b}>`)
        },
      ),
      { numRuns: 100 },
    ))

  it('leave a line without variables to the shell as it is', () => {
    expect(shellOutput(`A=1; echo "$A$(echo 2)" '3' # four`, {})).to.equal('12 3\n')
  })
})

describe('Values that cannot stand where they do', () => {
  const shell = true
  for (const [problem, command, id, words] of [
    ['has a null byte', { command: 'a x${id}' }, '\0', /has a null byte, which no argument can have/],
    ['has a null byte in a shell', { command: 'a x${id}', shell }, '\0', /has a null byte, which no argument can have/],
    [
      'is in single quotes',
      { command: `sh -c 'echo \${id}'`, shell },
      'x',
      /is in single quotes, where a shell reads no/,
    ],
    ['is in backticks', { command: 'echo `echo ${id}`', shell }, 'x', /cannot have `\. Move that into a script/],
    [
      'is in quoted backticks',
      { command: 'echo "\\"`echo ${id}`"', shell },
      'x',
      /cannot have `\. Move that into a script/,
    ],
    ['is in a substitution', { command: 'echo $(echo ${id})', shell }, 'x', /cannot have \$\(\./],
    ['is in a quoted substitution', { command: 'echo "$(echo ${id})"', shell }, 'x', /cannot have \$\(\./],
    ['is in arithmetic', { command: 'echo $((${id}))', shell }, '1', /cannot have \$\(\./],
    ['is in a document', { command: 'cat <<X\n${id}\nX', shell }, 'x', /cannot have <<\./],
    ['is in text with escapes', { command: `echo $'a' \${id}`, shell }, 'x', /cannot have \$'\./],
    ['is in a translated text', { command: 'echo $${id}', shell }, 'x', /cannot have \$"\./],
    ['is after a comment', { command: "echo # it's\necho ${id}", shell }, 'x', /cannot have #\./],
    [
      'is after an open quote',
      { command: `echo 'a \${id}`, shell },
      'x',
      /a quote or a backslash is left open in echo/,
    ],
    ['is after an open double quote', { command: `echo "a \${id}`, shell }, 'x', /a quote or a backslash is left open/],
  ] as const) {
    it(`are refused: one that ${problem}`, () => {
      expect(() => fill(command, { id })).to.throw(UsageError, words)
      expect(() => fill(command, { id })).to.throw(/^The command "translate" cannot be started: .*\.$/s)
    })
  }

  it('are refused for a shell of Windows, which parses what it has filled in', () => {
    expect(() => fill({ command: 'echo ${id}', shell }, { id: 'x' }, 'win32')).to.throw(
      UsageError,
      'The command "translate" cannot be started: a shell of Windows would read the value of ${id} as a part of the ' +
        'command. Leave "shell" out, and name a program that can be started without it, such as "node script.js".',
    )
    expect(fill({ command: 'echo %A%', shell }, {}, 'win32').words).to.deep.equal(['echo %A%'])
  })

  it('may be anything where the project says them', () => {
    for (const id of ['-v', 'sh']) {
      expect(fill({ command: '${id} ${id}' }, { id }).words).to.deep.equal([id, id])
      expect(fill({ command: '${id} >${id}', shell }, { id }).words).to.deep.equal([
        '"${CUCUMBER_WEBSOCKET_VALUE_1}" >"${CUCUMBER_WEBSOCKET_VALUE_2}"',
      ])
    }
  })
})

describe('Arguments that a sentence gives a command', () => {
  const show = `'${process.execPath}' test/support/print-arguments.js`
  const given = (command: Command, more: string, id = 'x') => fill(command, { id }, 'linux', more)

  for (const value of HOSTILE) {
    it(`are split before their values are filled in: ${JSON.stringify(value)}`, () => {
      const more = `one 'two three' -- \${id} "a \${id}"`
      const args = ['one', 'two three', '--', value, `a ${value}`]
      const remembered = fillRemembered({ command: show }, { id: value }, more)
      for (const filled of [given({ command: show }, more, value), remembered])
        expect(JSON.parse(outputOf(filled, false))).to.deep.equal(args)
      const shown = outputOf(given({ command: "true && printf '<%s>' \n", shell: true }, more, value), true)
      expect(shown).to.equal(args.map((arg) => `<${arg}>`).join(''))
      expect(existsSync('injected')).to.equal(false)
    })
  }

  it('have no meaning for a shell', () => {
    const { words, values } = given({ command: 'printf "<%s>"', shell: true }, "'$(touch injected)' ';' '>' '*'")
    expect(words).to.deep.equal([
      'printf "<%s>" "${CUCUMBER_WEBSOCKET_VALUE_1}" "${CUCUMBER_WEBSOCKET_VALUE_2}" "${CUCUMBER_WEBSOCKET_VALUE_3}" ' +
        '"${CUCUMBER_WEBSOCKET_VALUE_4}"',
    ])
    expect(Object.values(values)).to.deep.equal(['$(touch injected)', ';', '>', '*'])
  })

  it('may be options', () => {
    expect(given({ command: 'show' }, '-v ${id}', '-x').words).to.deep.equal(['show', '-v', '-x'])
    expect(Object.values(given({ command: 'show', shell: true }, '${id}', '-x').values)).to.deep.equal(['-x'])
  })

  it('may be values that a server has sent, but not in a shell', () => {
    expect(fillRemembered({ command: 'show --' }, { id: '-x' }, 'a ${id}').words).to.deep.equal([
      'show',
      '--',
      'a',
      '-x',
    ])
    expect(() => fillRemembered({ command: 'show', shell: true }, { id: 'x' }, 'a ${id}')).to.throw(
      UsageError,
      'with "shell": true a shell reads the command',
    )
  })

  for (const [what, command, more, words] of [
    [
      'an open quote',
      { command: 'show' },
      "'a",
      /a quote or a backslash is left open in 'a\. Write arguments like the "tr/,
    ],
    [
      'nothing',
      { command: 'show' },
      ' ',
      /the sentence gives it no arguments\. Write arguments like the "translate" com/,
    ],
    ['nothing, for a shell', { command: 'show', shell: true }, '', /the sentence gives it no arguments/],
    [
      'a line with a comment',
      { command: 'a # b', shell: true },
      'c',
      /a line for a shell with variables or arguments cannot have #/,
    ],
    ['a line with an open quote', { command: "a 'b", shell: true }, 'c', /is left open in a '/],
  ] as const) {
    it(`are refused: ${what}`, () => {
      expect(() => given(command, more, '-x')).to.throw(UsageError, words)
    })
  }

  it('are refused for a shell of Windows', () => {
    expect(() => fill({ command: 'echo', shell: true }, {}, 'win32', 'a')).to.throw(UsageError, /a shell of Windows/)
  })
})

describe('A command with values', () => {
  it('is filled in quickly, however long it is', function () {
    // Together these are half a million words.
    this.timeout(10_000)
    const pieces = ['x', '1', 'a=', ' ${id}', ' x', ' $a', ' nice -n', ' --x', ' a=$b', '\\;', "'x'", ' | x']
    for (const piece of pieces) {
      for (const shell of [false, true]) {
        const command = { command: `a \${id}${piece.repeat(20_000)} \${id}`, shell }
        orUsageError(() => fill(command, { id: 'x' }))
        orUsageError(() => fillRemembered(command, { id: 'x' }))
      }
    }
  })
})

describe('Values in an environment', () => {
  const fillEnv = (env: Record<string, string>, port: unknown = 8080) =>
    fillEnvironment(label, env, remembering({ port }))

  it('are filled in as they are', () => {
    expect(fillEnv({ PORT: '${port}', URL: 'ws://a:${port}' }, '$(x) ;')).to.deep.equal({
      PORT: '$(x) ;',
      URL: 'ws://a:$(x) ;',
    })
  })

  for (const name of ['NODE_OPTIONS', 'Path', 'BASH_ENV']) {
    it(`are refused where they would be code, and a server has sent them: ${name}`, () => {
      expect(() => fillEnv({ [name]: 'a ${port}' })).to.throw(
        UsageError,
        'The command "translate" cannot be started: the value of ${port}, which a server has sent, would say in its "env" ' +
          'what is loaded or run.',
      )
      const variables = new Variables().with({ port: 8080 })
      expect(fillEnvironment(label, { [name]: 'a ${port}' }, variables)).to.deep.equal({ [name]: 'a 8080' })
    })
  }

  it('are refused if they have a null byte', () => {
    expect(() => fillEnv({ PORT: '${port}' }, '\0')).to.throw(UsageError, /has a null byte/)
  })
})
