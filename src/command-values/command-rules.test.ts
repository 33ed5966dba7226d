/** Where a value would be code, however the command is written. */

import { expect } from 'chai'
import fc from 'fast-check'
import { UsageError } from '../errors'
import { Variables } from '../messages/variables'
import { fillCommand } from './fill-command'

const label = { kind: 'command', name: 'translate' } as const

const fill = (command: string, shell: boolean) => {
  const variables = new Variables().with({ v: 'x', w: 'y' })
  return fillCommand(label, { command, shell }, { fill: (text) => variables.fill(text), platform: 'linux' })
}

const ASSIGNED = /stands in a variable that says what is loaded or run, and may be what a server has sent/
const RUN = /stands in what is run or evaluated/
const PROGRAM = /the program's name cannot come from/
const OPTION = /may have the word after it, so that another word/
const PLAIN = /is known to the shell alone, and could be an interpreter/
const READS = /would run what it reads/
const UNSUPPORTED = /a line for a shell with variables or arguments cannot have/

/** With a shell and without. */
const COMMANDS: readonly (readonly [command: string, words: RegExp])[] = [
  ['env ${v} node x.js', PROGRAM],
  ['env A=1 "${v}" node x.js', PROGRAM],
  ['env NODE_OPTIONS=${v} node x.js', ASSIGNED],
  ['env "NODE_OPTIONS=--max-old-space-size=${v}" node x.js', ASSIGNED],
  ['env -S "node ${v}"', PROGRAM],
  ['env -S${v} x', RUN],
  ['env --split-string="node ${v}"', RUN],
  ['/usr/bin/env ${v}', PROGRAM],
  ['cross-env LD_PRELOAD=${v} x', ASSIGNED],
  ['docker run -e NODE_OPTIONS=${v} x', ASSIGNED],
  ['docker run -eNODE_OPTIONS=${v} x', ASSIGNED],
  ['docker run --env=npm_config_node_options=${v} x', ASSIGNED],
  ['nice -n 5 ${v}', PROGRAM],
  ['nice -- ${v}', PROGRAM],
  ['timeout 5 ${v}', PROGRAM],
  ['timeout -s KILL 5 ${v}', PROGRAM],
  ['sudo -u bob -g staff sh -c ${v}', RUN],
  ['nohup env timeout 5 bash -c "echo ${v}"', RUN],
  ['find . -exec ${v}', PROGRAM],
  ['find . -execdir sh -c "echo ${v}"', RUN],
  ['ssh host ${v}', RUN],
  ['xargs ${v}', RUN],
  ['make X=${v}', RUN],
  ['cmd.exe /c ${v}', RUN],
  ['powershell -Command "${v}"', RUN],
  ['sh -c ${v}', RUN],
  ['/bin/sh -c ${v}', RUN],
  ['bash -lc "echo ${v}"', RUN],
  ['bash -c -e "echo ${v}"', RUN],
  ['bash -o pipefail -c "echo ${v}"', RUN],
  ['bash +O extglob x${v}', RUN],
  ['sh ${v}', RUN],
  ['node -e "console.log(${v})"', RUN],
  ['node --print x${v}', RUN],
  ['node --eval=x${v}', RUN],
  ['node -r ./x${v} x.js', RUN],
  ['node --require=./x${v} x.js', RUN],
  ['node -- ${v}', RUN],
  ['node x${v}', RUN],
  ['nodejs.exe -e x -p x${v}', RUN],
  ['python3.12 -u -c "print(${v})"', RUN],
  ['python -m x${v}', RUN],
  ['perl -ne "print ${v}"', RUN],
  ['ruby -I lib -e "x${v}"', RUN],
  ['php -d a=${v} -r 1', RUN],
  ['java -cp lib x${v}', RUN],
  ['java -javaagent:${v} Main', RUN],
  ['awk "{ print ${v} }" x', RUN],
  ['awk x=${v}', RUN],
  ['sed "s/x/${v}/" x', RUN],
  ['sed -n -e "s/x/${v}/" x', RUN],
  ['osascript -e "x${v}"', RUN],
  // An option that may have a word before the script.
  ['node --title server -e ${v}', OPTION],
  ['node --title server x.js ${v}', OPTION],
  ['python3 --check-hash-based-pycs never -c ${v}', OPTION],
  ['sed --line-length 70 ${v} f', OPTION],
  ['mawk -W interactive ${v} f', OPTION],
  ['bash -i x.sh ${v}', OPTION],
  ['sed p f -e ${v}', OPTION],
  ['sed p f -s --expression ${v}', OPTION],
  ['node -r ./x -e 1 -p ${v}', RUN],
  ['ruby -E utf-8 x${v}', RUN],
  ['fish -c x -c ${v}', RUN],
  ['perl -pe 1 ${v}', RUN],
  ['node inspect ${v}', RUN],
  ['deno eval ${v}', RUN],
  ['deno run ${v}', RUN],
  ['bun x ${v}', RUN],
  ['python3 -m timeit ${v}', RUN],
  // Behind another program, which may run it.
  ['prlimit --nofile=10 sh -c ${v}', RUN],
  ['prlimit ${v}', PROGRAM],
  ['setpriv --reuid=1 sh -c ${v}', RUN],
  ['nsenter -t 1 sh -c ${v}', RUN],
  ['setarch -R ${v}', PROGRAM],
  ['setarch x86_64 ${v}', PROGRAM],
  ['linux32 sh -c ${v}', RUN],
  ['choom -n 0 -- ${v}', PROGRAM],
  ['capsh -- -c ${v}', RUN],
  ['valgrind sh -c ${v}', RUN],
  ['perf stat ${v}', PROGRAM],
  ['/lib64/ld-linux-x86-64.so.2 ${v}', PROGRAM],
  ['pyenv exec ${v}', PROGRAM],
  ['flock f -c ${v}', PROGRAM],
  ['sg root -c ${v}', RUN],
  ['tmux new -d ${v}', RUN],
  ['wrapper -x 1 bash -c ${v}', RUN],
  ['wrapper node20 -e ${v}', RUN],
  ['wrapper nice -n 5 ${v}', PROGRAM],
  ['docker exec db sqlite3 x.db ${v}', RUN],
  ['m4 ${v}', RUN],
  // Options and first words that are run.
  ['npm exec -c ${v}', RUN],
  ['npm exec -- node -e ${v}', RUN],
  ['npm explore ws -- ${v}', RUN],
  ['npm run ${v}', RUN],
  ['npm run -s ${v}', RUN],
  ['npm run x --script-shell ${v}', RUN],
  ['git -c alias.x=!${v} x', RUN],
  ['git submodule foreach ${v}', RUN],
  ['tar -I ${v} -cf x y', RUN],
  ['tar cIf ${v} x y', RUN],
  ['tar --checkpoint-action=exec=${v} -cf x y', RUN],
  ['split --filter=${v} f', RUN],
  ['psql db -c ${v}', RUN],
  // A script that a shell reads from the line.
  [`sh -c 'eval "$1"' sh \${v}`, RUN],
  [`sh -c '"$@"' sh \${v}`, PROGRAM],
  [`sh -c 'sh -c "$1"' sh \${v}`, RUN],
  [`sh -c 'echo "$1" | sh' sh \${v}`, READS],
  [`sh -c 'echo $(date)' sh \${v}`, UNSUPPORTED],
  [`env x=\${v} sh -c 'eval "$x"'`, RUN],
]

const ACCEPTED = [
  'show ${v} a=${v} --path=${v} "x ${v}"',
  'env PORT=${v} node x.js ${v}',
  'env -u A PORT=${v} node x.js y ${v}',
  'cross-env PORT=${v} node x.js --port ${v}',
  'timeout -s KILL 5 node x.js ${v}',
  'timeout ${v} node x.js',
  'nice node x.js -n ${v}',
  'sudo -- ls ${v}',
  'sh x.sh ${v}',
  'sh -c \'echo "$1"\' - ${v}',
  'bash -e -o pipefail -c \'echo "$1"\' x ${v}',
  'node --enable-source-maps -r x x.js -e ${v}',
  'node -e 1 ${v}',
  'node -p 1 -- ${v}',
  'python -u x.py ${v}',
  'java -Dport=${v} -jar x.jar ${v}',
  'awk -v x=${v} "{ print x }" y',
  'sed -n p ${v}',
  'find . -name ${v} -exec rm x',
  'find . -exec sh -c 1 - ${v}',
  'printf %s ${v}',
  'echo sh -c ${v}',
  'echo nice ${v}',
  'docker exec ${v} ls',
  './check.sh --id=${v} --room ${v}',
  'python3 tools/check.py --id ${v}',
  'python3 -m checks --id ${v}',
  'node --env-file .env --inspect=9229 x.js ${v}',
  'deno run -A x.ts ${v}',
  'bun x.ts ${v}',
  'npx tsx check.ts ${v}',
  'npm run check -- --id ${v}',
  'npm run -s check ${v}',
  'npm test -- --id=${v}',
  'git commit -m ${v}',
  'git checkout ${v}',
  'tar czf x.tgz ${v}',
  'tar xf ${v}',
  'docker run node:20 node x.js ${v}',
  'docker exec db psql -v id=${v} -f x.sql',
  'java -Xmx1g -jar x.jar --port ${v}',
  'choom -n 0 -- ls ${v}',
  'sed -n p f -s -- ${v}',
  'curl -s -H "X: ${v}" http://x/${v}',
  `sh -ec 'test "$1" = x && echo "$1" | wc' - \${v}`,
  'env',
  'node',
]

describe('Values that are code in a command', () => {
  for (const [command, words] of COMMANDS) {
    it(`are refused: ${command}`, () => {
      for (const shell of [false, true]) expect(() => fill(command, shell)).to.throw(UsageError, words)
    })
  }

  for (const command of ACCEPTED) {
    it(`are none: ${command}`, () => {
      for (const shell of [false, true]) fill(command, shell)
    })
  }

  it('are none where the environment says them', () => {
    process.env.CUCUMBER_WEBSOCKET_TEST = 'sh'
    try {
      const own = '${env.CUCUMBER_WEBSOCKET_TEST}'
      for (const shell of [false, true]) {
        fill(`sh -c ${own}`, shell)
        fill(`eval ${own}`, shell)
        expect(() => fill(`${own} -c "\${v}"`, shell)).to.throw(UsageError, RUN)
      }
    } finally {
      delete process.env.CUCUMBER_WEBSOCKET_TEST
    }
  })
})

/** For a shell alone. */
const LINES: readonly (readonly [line: string, words: RegExp])[] = [
  ['NODE_OPTIONS="--max-old-space-size=${v}" node -e 1', ASSIGNED],
  ['A=1 PATH="/dir/${v}" hello', ASSIGNED],
  ['LD_PRELOAD="${v}" true', ASSIGNED],
  ['PATH+=:${v}; hello', ASSIGNED],
  ['export NODE_OPTIONS="x ${v}"; node x.js', ASSIGNED],
  ['A=${v}; export NODE_OPTIONS="$A"', ASSIGNED],
  ['A=${v}; B="x$A"; PATH="$PATH:$B"; x', ASSIGNED],
  ['export "${v}"; x', RUN],
  ['export A=1 x${v}', RUN],
  ['declare -i A=${v}', RUN],
  ['typeset -n A=${v}', RUN],
  ['readonly A${v}=1', RUN],
  ['local a[${v}]=1', RUN],
  ['a[${v}]=1', PROGRAM],
  ['read x${v}', RUN],
  ['printf -v ${v} x', PROGRAM],
  ['[ -v x${v} ]', PROGRAM],
  ['if eval ${v}; then :; fi', RUN],
  ['true && eval ${v}', RUN],
  ['if true; then eval ${v}; fi', RUN],
  ['! eval ${v}', RUN],
  ['{ eval ${v}; }', RUN],
  ['\\eval ${v}', RUN],
  ['ev\\\nal ${v}', RUN],
  ['"eval" ${v}', RUN],
  ['"ev\\\nal" ${v}', RUN],
  ["e'v'al ${v}", RUN],
  ['command eval ${v}', RUN],
  ['builtin eval ${v}', RUN],
  ['function f { ${v}; }', PROGRAM],
  ['A=${v}; $A', PROGRAM],
  ['A=${v}; x; "$A"', PROGRAM],
  ['A=${v}; B=$A; C=$B$C; $C', PROGRAM],
  ['A=${v}; 2>&1 $A', PROGRAM],
  ['A=${v}; >x $A', PROGRAM],
  ['A=${v}; sh -c "$A"', RUN],
  ['A=${v}; . "$A"', RUN],
  ['for A in ${v}; do $A; done', PROGRAM],
  ['echo ${v} | while read A; do $A; done', PROGRAM],
  ['echo ${v} | while read; do "$REPLY"; done', PROGRAM],
  ['printf -vA %s ${v}; $A', PROGRAM],
  ['f() { "$@"; }; f ${v}', PROGRAM],
  ['set -- ${v}; $1', PROGRAM],
  ['A=${v}; trap "$A" EXIT', RUN],
  ['A=${v}; x eval', UNSUPPORTED],
  ['A=${v}; let B=A', UNSUPPORTED],
  ['echo ${v} | /usr/bin/xargs -n 1 echo', READS],
  ['A=./x; B=$A; "$B" ${v} "$A"', PLAIN],
  ['echo ${v} | sh', READS],
  ['echo ${v} | bash -s x', READS],
  ['echo ${v} | tee x | { sudo sh -; }', READS],
  ['echo ${v} | node', READS],
  ['echo ${v} |& python3 /dev/stdin', READS],
  ['echo ${v} | . /dev/stdin', READS],
  ['echo ${v} | sh -c sh', READS],
  ['printf %s ${v} | sed -f - f', READS],
  ['printf %s ${v} | sed --file=- f', READS],
  ['printf %s ${v} | sed p f -f -', READS],
  ['echo ${v} | python3 -m code', READS],
  ['echo ${v} | python3 -i x.py', READS],
  ['echo ${v} | fakeroot sh', READS],
  ['echo ".shell ${v}" | sqlite3', READS],
  ['echo ${v} | psql', READS],
  ['echo ${v} >x; sh <x', READS],
  ['$SHELL -c ${v}', PLAIN],
  ['echo ${v} | $SHELL', PLAIN],
  ['x=${v}; $SHELL -c "$x"', PLAIN],
  ['s=sh; nice "$s" -c ${v}', PLAIN],
  ['e=eval; $e ${v}', PLAIN],
  ['c=-c; sh $c ${v}', PLAIN],
  ['node $OPT x.js ${v}', PLAIN],
  ['sed p $OPT ${v}', OPTION],
  ['/bin/[s]h -c ${v}', PLAIN],
  ['env A=$B node x.js ${v}', PLAIN],
  ['git $OPT ${v}', RUN],
  ['git checkout $OPT ${v}', RUN],
  ['/bin/@(sh) -c ${v}', UNSUPPORTED],
  [`x=\${v} sh -c 'eval "$x"'`, RUN],
  [`export x=\${v}; sh -c 'sh -c "$x"'`, RUN],
  [`x=\${v}; bash -i -c 'eval "$x"'`, OPTION],
  [`x=\${v}; trap 'eval "$x"' EXIT`, RUN],
  ['f() { A=$1; sh -c "$A"; }; f ${v}', RUN],
  ['alias e=eval; echo ${v}', UNSUPPORTED],
]

const ACCEPTED_LINES = [
  'PORT=${v} URL="ws://a:${v}" node x.js',
  'export PORT=${v} A; declare -x B=${v}; node x.js "$PORT"',
  'PATH="$PWD/bin:$PATH"; export PATH; node x.js ${v}',
  'A=./x; ./x ${v} "$A"',
  '$HOME/x ${v} \\$A "\\$A\\x"',
  'A=${v} sh x.sh; echo "$A" >x',
  'echo ${v} | node x.js | sh x.sh',
  'echo ${v} | node -e 1',
  'echo ${v} || sh',
  'echo ${v} | python3 -m json.tool | grep x',
  'echo ${v} | while read A; do echo "$A"; done',
  '"$DIR/check.sh" --dir="$PWD" "$A" ${v}',
  'env A="$B" node x.js ${v}',
  'ID=${v} npm test',
  '[ ${v} = x ] && ls *.js',
  'A=$B; C=$B; x ${v}',
  'git; npm; "" ${v}; "$DIR/x" ${v}',
  'case ${v} in x) echo y;; esac',
  'if test ${v} = x; then\n  echo ${w} \\\n    z\nfi',
  'let A=1; eval "x"; echo ${env.HOME}',
  "trap 'rm -f x' EXIT; echo ${v}",
]

describe('Values that are code in a line for a shell', () => {
  for (const [line, words] of LINES) {
    it(`are refused: ${line}`, () => {
      expect(() => fill(line, true)).to.throw(UsageError, words)
    })
  }

  for (const line of ACCEPTED_LINES) {
    it(`are none: ${line}`, () => {
      fill(line, true)
    })
  }

  const spelled = (word: string) =>
    fc
      .array(
        fc.constantFrom<(char: string) => string>(
          String,
          (c) => `\\${c}`,
          (c) => `'${c}'`,
          (c) => `"${c}"`,
          (c) => `\\\n${c}`,
        ),
        {
          minLength: word.length,
          maxLength: word.length,
        },
      )
      .map((spell) => [...word].map((char, at) => (spell[at] as (char: string) => string)(char)).join(''))

  it('are refused, however the word that runs them is quoted, and wherever it stands', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(
          '',
          'x && ',
          'x || ',
          'x; ',
          'x | ',
          '! ',
          '{ ',
          'if ',
          'while ',
          'A=1 ',
          'exec ',
          'x\n',
          'x & ',
          '(',
        ),
        fc.constantFrom('eval', 'source', 'trap', 'alias', 'ssh').chain(spelled),
        fc.constantFrom('${v}', '"${v}"', 'x "a${v}"', '-- ${v}'),
        (before, word, value) => {
          expect(() => fill(`${before}${word} ${value}`, true)).to.throw(UsageError, RUN)
        },
      ),
    ))
})
