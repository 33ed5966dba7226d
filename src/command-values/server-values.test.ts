/** A value that a server has sent is an argument of a program that runs none of its arguments, or it is refused. */

import { expect } from 'chai'
import fc from 'fast-check'
import { remembering } from '../../test/support/remembering'
import { UsageError } from '../errors'
import type { Command } from '../processes/programs'
import { fillCommand } from './fill-command'

const label = { kind: 'command', name: 'translate' } as const

const fill = (command: string | Command, v = 'x') => {
  const variables = remembering({ v, w: 'y' })
  variables.set('shell', 'sh')
  variables.set('nothing', '')
  const written = typeof command === 'string' ? { command } : command
  return fillCommand(label, written, { variables, platform: 'linux' })
}

const SHELL = /with "?(?:shell": true|.*) a shell reads the command, where the value could become a command of its own/
const RUN = /may run what its arguments say/
const SCRIPT = /could run it\. Write it after the file of a script/
const PROGRAM = /the program's name cannot come from/
const OPTION = /begins with "-", and would be taken for an option/

const REFUSED: readonly (readonly [message: RegExp, ...commands: string[]])[] = [
  [PROGRAM, '${v} x', './bin/${v} x', '"${v}"', '${nothing}${v}', 'npx ${v}', 'npx -y ${v} x', 'npx x${v}'],
  [
    SHELL,
    ...[
      'sh ${v}',
      'sh -c ${v}',
      '/bin/sh x.sh ${v}',
      'bash5.2 ${v}',
      'bash.exe -c 1 ${v}',
      'dash -s ${v}',
      'fish -c x ${v}',
    ],
    ...['busybox ash ${v}', 'pwsh x.ps1 ${v}', 'cmd.exe /c x ${v}', 'powershell -File x ${v}', 'npm.cmd run x -- ${v}'],
    ...['./x.bat ${v}', 'rbash -c x ${v}', 'zsh-5.9 ${v}', '${shell} -c 1 ${v}', 'SH -c ${v}', 'eval ${v}'],
    ...['env x=${v} sh', 'sudo -u bob sh -c ${v}', "docker exec i sh -c '$1' ${v}", 'ssh host sh ${v}'],
    ...[
      'xargs bash -c ${v}',
      'npx sh ${v}',
      'npm exec -- sh ${v}',
      'wrapper -x 1 bash -c ${v}',
      'wrapper "sh -c \'${v}\'"',
    ],
    ...[
      'wrapper --shell=/bin/sh ${v}',
      'node x.js bash ${v}',
      'wrapper "x;sh" ${v}',
      'redis-cli eval ${v}',
      'deno eval ${v}',
    ],
    // Ways in which scripts of shells have run a value.
    ...[`sh -c 'for i do sh -c "$i"; done' sh \${v}`, `bash -c '. "$BASH_ARGV0"' \${v}`, `sh -c 'echo "$1"' sh \${v}`],
    ...[`bash -c 'printf -vabc %s "$1"; . "$abc"' bash \${v}`, `docker run -eabc=\${v} i sh -c '. "$abc"'`],
    ...["bash -c 'cat <($1)' _ ${v}", "bash -c 'RANDOM=$1' _ ${v}", "find . -exec sh -c 1 _ ${v} ';'"],
  ],
  [
    RUN,
    ...['env X=${v} node x.js', 'cross-env X=${v} node x.js', 'sudo ls ${v}', 'nice -n 5 ls ${v}', 'timeout 5 x ${v}'],
    ...[
      'time x ${v}',
      'nohup x ${v}',
      'xargs -a ${v} x',
      "find . -name ${v} -exec rm {} ';'",
      'find ${v}',
      'ssh host ${v}',
    ],
    ...['docker exec ${v} ls', 'docker run -e A=${v} x', 'docker run -e NODE_OPTIONS=${v} x', 'kubectl exec ${v} ls'],
    ...[
      'make X=${v}',
      'gmake ${v}',
      'tar cf ${v} q',
      'tar xf x.tar -C ${v}',
      'git clone ${v}',
      'git log ${v}',
      'rsync ${v} x',
    ],
    ...[
      'nodemon ok.ts ${v}',
      'nodemon ok.js --exec ${v}',
      'npx nodemon@3 ok.js ${v}',
      'jshell ok.jsh ${v}',
      'gnuplot f ${v}',
    ],
    ...[
      'mongosh f.js ${v}',
      'gdb ${v}',
      'websocat ${v}',
      'jq ${v} f',
      'mocha ${v}',
      'lldb x ${v}',
      'sqlite3 x.db ${v}',
      'psql -v x=${v} -f x.sql',
      'irb ${v}',
    ],
    ...[
      'perl x.pl ${v}',
      'perl -e 1 ${v}',
      'awk -f x.awk ${v}',
      'mawk x ${v}',
      'sed -n p ${v}',
      'r -f ${v}',
      'julia x.jl ${v}',
    ],
    ...[
      'iex ${v}',
      'm4 ${v}',
      'i386 ${v}',
      'linux32 ${v}',
      '/lib64/ld-linux-x86-64.so.2 ${v}',
      'su -c ${v}',
      'watch ${v}',
    ],
    ...[
      'npm run ${v}',
      'npm run x ${v}',
      'npm run ${v} -- x',
      'npm run -- ${v}',
      'npm exec -- ${v}',
      'npm -- run ${v}',
      'npm x -- ${v}',
    ],
    ...['npm run -s -- ${v}', 'npm run --prefix x -- ${v}', 'npm run "" -- ${v}', 'npm run-script -- ${v}'],
    ...[
      'npx -p x ${v}',
      'npx -c ${v}',
      'npx -p ${v} x',
      'npx -- ${v}',
      'yarn x ${v}',
      'cargo x -- ${v}',
      'cargo run ${v}',
    ],
    // Behind another program, which may run it.
    ...[
      'wrapper node -e ${v}',
      'wrapper node x.js ${v}',
      'wrapper nodejs20 ${v}',
      './x ssh host ${v}',
      'x --exec=node ${v}',
    ],
    ...['node ./mocha x.js ${v}', 'node x.js node -e ${v}', 'python x.py sudo ${v}'],
    ...['x "xargs ${v}"', 'pyenv exec python3 ${v}', 'echo node ${v}', 'npx dotenv-x node ${v}'],
  ],
  [
    SCRIPT,
    ...[
      'node bin/ts-node -e ${v}',
      'node ${v}',
      'node x${v}',
      'node ./${v}',
      'node x ${v}',
      'node -e ${v}',
      'node -e 1 ${v}',
      'node --eval=${v} x.js',
    ],
    ...[
      'node --title x.js ${v}',
      'node --require=${v} x.js',
      'node -r ${v} x.js',
      'node -r ./x.js ${v}',
      'node - ${v}',
    ],
    ...['node -- ${v}', 'node -- x.js ${v}', 'node inspect ${v}', 'node inspect x.js ${v}', 'node --run=x -- ${v}'],
    ...[
      '/usr/bin/node20 -p ${v}',
      'nodejs.exe ${v}',
      'NODE ${v}',
      'tsx watch ${v}',
      'tsx watch x.ts ${v}',
      'npx tsx ${v}',
    ],
    ...['npx tsx@4 ${v}', 'npx -y tsx -e ${v}', 'ts-node ${v}', 'deno ${v}', 'deno run ${v}', 'bun x ${v}'],
    ...[
      'bun run x ${v}',
      'python3.12 -c ${v}',
      'python -m timeit ${v}',
      'python -mx ${v}',
      'python -W x.py ${v}',
      'py ${v}',
    ],
    ...[
      'ruby -e ${v}',
      'ruby -n x.rb ${v}',
      'php -r ${v}',
      'java ${v}',
      'java -Djava.class.path=${v} Main',
      'java Main ${v}',
    ],
    ...[
      'java @x.txt ${v}',
      'java -cp x.jar ${v}',
      'lua -e 1 ${v}',
      'lua5.4 ${v}',
      'dotnet run ${v}',
      'dotnet test x.sln ${v}',
    ],
  ],
]

const ACCEPTED = [
  ...['show ${v} a=${v} --path=${v} "x ${v}" http://x/${v}', './check.sh --id=${v} --room ${v}', 'ls -- ${v}'],
  ...[
    'curl -s -H "X: ${v}" http://x/${v}',
    './shell/x node-check push ${v}',
    'mosquitto_pub -t a -m ${v}',
    'echo a.sh ${v}',
  ],
  ...['./order.sh find make time ${v}', './${shell}.js ${v}', 'show ${env.PATH} ${v}'],
  ...['node x.js ${v}', 'node ./x ${v} -e', 'node --enable-source-maps --import=tsx x.js -e ${v}'],
  ...['node bin/ts-node x.ts ${v}', 'node ./start ${v}'],
  ...['/usr/bin/node20 x.js ${v}', 'tsx x.ts ${v}', 'ts-node --project=x.json x.ts ${v}', 'npx tsx x.ts ${v}'],
  ...[
    'npx -y tsx@4 x.ts ${v}',
    'npx --yes cowsay ${v}',
    'npx npm run x -- ${v}',
    'deno run -A --allow-net=x x.ts ${v}',
  ],
  ...[
    'deno x.ts ${v}',
    'bun run x.ts ${v}',
    'python3 -u tools/x.py --id ${v}',
    'python3.12 x.py ${v}',
    'ruby -w x.rb ${v}',
  ],
  ...[
    'java -Xmx1g -Da=b -jar x.jar --port ${v}',
    'java --class-path=lib a.Main ${v}',
    'php x.php ${v}',
    'lua5.4 x.lua ${v}',
  ],
  ...['dotnet x.dll ${v}', 'dotnet run --no-build -- ${v}', 'cargo run --bin x -- ${v}', 'npm run x -- --id ${v}'],
  ...['npm run -s x -- ${v}', 'npm test -- ${v}', 'npm run --prefix=x y -- ${v}', 'npm run x --silent -- ${v}'],
]

describe('A value that a server has sent', () => {
  for (const [message, ...commands] of REFUSED) {
    for (const command of commands) {
      it(`is refused: ${command}`, () => {
        expect(() => fill(command)).to.throw(UsageError, message)
        expect(() => fill(command)).to.throw(/^The command "translate" cannot be started: [^\0]*\.$/)
      })
    }
  }

  for (const command of ACCEPTED) {
    it(`is an argument: ${command}`, () => {
      expect(fill(command).words.join(' ')).to.include('x')
    })
  }

  it('says which shell would read it, and what to write instead', () => {
    expect(() => fill('sudo /bin/sh x.sh ${v}')).to.throw(
      UsageError,
      'The command "translate" cannot be started: a server has sent the value of ${v}, and with /bin/sh a shell reads the ' +
        'command, where the value could become a command of its own. Write the program without a shell, and ${v} as an ' +
        'argument of its own; or set "env": { "X": "${v}" } beside the command, and read it as "$X" in a script of the project.',
    )
  })

  it('says which program would run it, and what to write instead', () => {
    expect(() => fill('wrapper node x.js ${v}')).to.throw(
      UsageError,
      'The command "translate" cannot be started: a server has sent the value of ${v}, and node may run what its arguments ' +
        'say. Write it as an argument of a program of the project, as in node check.js ${v} or npm run check -- ${v}, or set ' +
        '"env": { "X": "${v}" } beside the command.',
    )
  })

  for (const [command, v] of [
    ['show ${v}', '-x'],
    ['show "${v}"', '--x=y'],
    ['show ${nothing}${v}', '-x'],
    ['node x.js ${v}', '-e'],
    // These take the first -- for themselves.
    ['npm test -- ${v}', '--require=./x'],
    ['npx npm run x -- ${v}', '-x'],
    ['cargo run -- ${v}', '-x'],
  ] as const) {
    it(`is not an option: ${command} with ${v}`, () => {
      expect(() => fill(command, v)).to.throw(UsageError, OPTION)
    })
  }

  it('may begin like an option behind an option, and after --', () => {
    expect(fill('show --id=${v} -- ${v}', '-x').words).to.deep.equal(['show', '--id=-x', '--', '-x'])
    expect(fill('npm test -- -- ${v}', '-x').words).to.deep.equal(['npm', 'test', '--', '--', '-x'])
    expect(fill('npx -y show -- ${v}', '-x').words).to.deep.equal(['npx', '-y', 'show', '--', '-x'])
  })

  it('is read by no shell, whatever the line is', () => {
    const piece = fc.constantFrom(
      'echo ',
      '"',
      "'",
      '\\',
      ';',
      '$(',
      '`',
      '#',
      '<<X',
      '\n',
      ' ',
      'a',
      '${w}',
      '${shell}',
    )
    const text = fc.array(piece).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(() => fill({ command: `${before}\${v}${after}`, shell: true })).to.throw(UsageError, SHELL)
      }),
    )
  })

  it('stands beside no shell, wherever that is named', () => {
    const word = fc.constantFrom('x', '-c', '--', 'a=b', 'node', './x.js', '${w}', 'env', '"a b"')
    const words = fc.array(word, { maxLength: 4 })
    const shell = fc.constantFrom(
      'sh',
      '/bin/bash',
      'zsh',
      '"sh -c"',
      '--shell=dash',
      'cmd.exe',
      'pwsh',
      'eval',
      '${shell}',
    )
    fc.assert(
      fc.property(words, shell, words, (before, name, after) => {
        expect(() => fill(['wrapper', ...before, name, ...after, '${v}'].join(' '))).to.throw(UsageError, SHELL)
        expect(() => fill(['wrapper', '${v}', ...before, name, ...after].join(' '))).to.throw(UsageError, SHELL)
      }),
    )
  })
})
