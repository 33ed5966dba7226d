/** Where a value would be code, however the command is written. */

import { expect } from 'chai'
import fc from 'fast-check'
import { UsageError } from '../errors'
import { Variables } from '../variables/variables'
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
const REDIRECTED = /stands after < or >/
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
  // Other ways in which it runs one, or sets a variable that is run or evaluated.
  ["bash -c 'cat <($1)' _ ${v}", UNSUPPORTED],
  [`bash -c 'cat < <("$@")' _ \${v}`, UNSUPPORTED],
  ["bash -c 'true > >($1)' _ ${v}", UNSUPPORTED],
  ["env A=${v} bash -c 'cat <($A)'", UNSUPPORTED],
  ["zsh -c 'cat =($1)' _ ${v}", UNSUPPORTED],
  ["sh -c 'for PATH do x; done' _ ${v}", UNSUPPORTED],
  [`bash -c 'printf -v PATH %s "$1"; x' _ \${v}`, UNSUPPORTED],
  ["bash -c 'declare -n r=PATH; r=$1; x' _ ${v}", UNSUPPORTED],
  ["bash -c 'declare -i n; n=$1' _ ${v}", UNSUPPORTED],
  ["bash -c 'RANDOM=$1' _ ${v}", RUN],
  ["bash -c 'x=$1; RANDOM=x' _ ${v}", UNSUPPORTED],
  [`bash -c 'jobs -x "$1"' _ \${v}`, RUN],
  [`bash -c 'command "$1"' _ \${v}`, PROGRAM],
  [`bash -c 'builtin $x' _ \${v}`, PLAIN],
  // The files that find has found.
  ["find ${v} -exec {} ';'", PROGRAM],
  ["find . -name ${v} -execdir {} ';'", PROGRAM],
  ["/usr/bin/find ${v} -ok {} ';'", PROGRAM],
  ["find ${v} -exec sh {} ';'", RUN],
  ["find ${v} -exec env {} ';'", PROGRAM],
  ["nice find ${v} -exec node ./{} ';'", RUN],
  ["find ${v} -exec nice {} ';'", PROGRAM],
  ["find ${v} -exec timeout 5 {} ';'", PROGRAM],
  ["find ${v} -exec sh -c '. {}' ';'", RUN],
  ["gfind ${v} -exec {} ';'", PROGRAM],
  // The letters of tar, each of which may take a word.
  ['tar cfI x ${v} f', RUN],
  ['tar cvfI x ${v} f', RUN],
  ['tar cbIf 1 ${v} x', RUN],
  ['bsdtar cFf x ${v} y', RUN],
  ['tar cfI x -- ${v}', RUN],
  // The name of a variable.
  ['docker run -e ${v} x', ASSIGNED],
  ['docker run -e LD_${v} x', ASSIGNED],
  ['docker run --env=${v} x', ASSIGNED],
  ['docker run -e${v} x', ASSIGNED],
  ['docker run -e=${v} x', ASSIGNED],
  ['docker run --env-file ${v} x', ASSIGNED],
  ['docker run -ite ${v} x', ASSIGNED],
  ['docker exec --env ${v} x ls', ASSIGNED],
  ['docker compose exec -e ${v} x ls', ASSIGNED],
  // A shell's own name is nothing else.
  [`sh -c 'echo "$1"' sh node \${v}`, RUN],
  [`sh -c '"$0" "$1"' sh \${v}`, PROGRAM],
  ['npx -y ${v}', PROGRAM],
  ['npx -p x ${v}', PROGRAM],
  ['git -C ${v} log', RUN],
  ['git -C g gc ${v}', RUN],
  ['git -C g -C h log ${v}', RUN],
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
  `sh -c 'echo "$1"' sh \${v}`,
  `bash -ec 'echo "$1"; wait' bash \${v}`,
  'npx -y cowsay ${v}',
  'npx --yes tsx check.ts ${v}',
  'git -C g log ${v}',
  'docker run -e=ID=${v} -eA=${v} --env-file .env x',
  'docker run -e ID=${v} --env=A=${v} -e HOME x',
  'docker exec --env ID=x${v} x ls ${v}',
  'find . -name ${v} -exec rm {} \\;',
  `find \${v} -exec sh -c 'wc "$1"' _ "{}" \\;`,
  'tar cfz x.tgz ${v}',
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
  ['diff <(echo 1) <(x); echo ${v}', UNSUPPORTED],
  ['for PATH in ${v}; do x; done', UNSUPPORTED],
  ['select PATH in ${v}; do x; done', UNSUPPORTED],
  ['echo ${v} | read PATH', UNSUPPORTED],
  ['echo ${v} | { read -r x PATH; x; }', UNSUPPORTED],
  ['echo ${v} | while IFS= read -aPATH; do x; done', UNSUPPORTED],
  ['echo ${v} | command read "NODE_OPTIONS"', UNSUPPORTED],
  ['echo ${v} | read BASH_ENV?x', UNSUPPORTED],
  ['echo ${v} | read "PATH[0]"', UNSUPPORTED],
  ['n=PATH; echo ${v} | read $n', UNSUPPORTED],
  ['n=PATH; o=-v; printf "$o" "$n" ${v}', UNSUPPORTED],
  ['echo ${v} | mapfile -t PATH', UNSUPPORTED],
  ['echo ${v} | readarray LD_PRELOAD', UNSUPPORTED],
  ['echo ${v} | mapfile -tC x -c 1 a', UNSUPPORTED],
  ['getopts a: PATH; echo ${v}', UNSUPPORTED],
  ['printf -vPATH %s ${v}; x', UNSUPPORTED],
  ['printf -v npm_config_x %s ${v}; x', UNSUPPORTED],
  ['typeset -n r=PATH; r=${v}; x', UNSUPPORTED],
  ['nameref r=PATH; r=${v}; x', UNSUPPORTED],
  ['integer n; n=${v}', UNSUPPORTED],
  ['typeset -xi n; n=${v}', UNSUPPORTED],
  ['local -ri n=1; n=${v}', UNSUPPORTED],
  ['readonly -i n; n=${v}', UNSUPPORTED],
  ['export -i n; n=${v}', UNSUPPORTED],
  ['o=-i; declare $o n; n=${v}', UNSUPPORTED],
  ["x=${v}; declare -a 'a[x]=1'", UNSUPPORTED],
  ["x=${v}; declare -a 'a=([x]=1)'", UNSUPPORTED],
  ["x=${v}; printf -v 'a[x]' 1", UNSUPPORTED],
  ["x=${v}; [ -v 'a[x]' ]", UNSUPPORTED],
  ["x=${v}; unset 'a[x]'", UNSUPPORTED],
  ['SECONDS=${v}', RUN],
  ['A=1 OPTIND=x${v}', RUN],
  ['x=${v}; HISTCMD+=x', UNSUPPORTED],
  ['for RANDOM in ${v}; do :; done', UNSUPPORTED],
  ['echo ${v} | read SRANDOM', UNSUPPORTED],
  ['printf -v EPOCHSECONDS %s ${v}', UNSUPPORTED],
  ['sleep 1 & wait -np x; echo ${v}', UNSUPPORTED],
  ['jobs -x eval; echo ${v}', UNSUPPORTED],
  ['history -s x; echo ${v}', UNSUPPORTED],
  ['fc -s x; echo ${v}', UNSUPPORTED],
  ['complete -C x y; echo ${v}', UNSUPPORTED],
  ['compgen -C x; echo ${v}', UNSUPPORTED],
  ['bind -x x; echo ${v}', UNSUPPORTED],
  ['enable -f x y; echo ${v}', UNSUPPORTED],
  ['coproc x; echo ${v}', UNSUPPORTED],
  // What a shell fills in before another one reads it.
  ['x="; eval 1"; trap "echo $x" EXIT; echo ${v}', PLAIN],
  ['x="; eval 1"; trap "A=$x" EXIT; echo ${v}', PLAIN],
  ['x="1; eval 1"; sh -c "A=$x" sh ${v}', PLAIN],
  ['x=${v}; trap "A=$x" EXIT', RUN],
  ['echo x >f && cat < ${v}', REDIRECTED],
  ['echo x >f | cat ${v}', REDIRECTED],
  ['echo x >f; cat >| ${v}', REDIRECTED],
  ['tar $OPT x ${v} f', RUN],
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
  'wc -c < f && echo ${v}',
  'echo x > f; echo ${v}\necho y >f || echo ${w}',
  'for room in a b; do echo "$room" ${v}; done',
  'COLUMNS=80 node x.js ${v}',
  'unset NODE_OPTIONS; export PATH; env -u NODE_PATH node x.js ${v}',
  'echo read PATH ${v}',
  'printf "a[%s] %s" ${v} "$A"',
  'node x.js & wait $!; echo ${v}',
  'declare -r A=${v}; local B="$A"; read -r -p "x" C; export -n A',
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

  it('are refused where a loading variable, or a number, is set by its name, however that is written', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('', 'x && ', 'while ', '{ ', 'A=1 ', 'command ', '(', 'x\n', '! '),
        fc.constantFrom('read', 'read -r x', 'mapfile', 'printf -v', 'typeset', 'local', 'declare -x A'),
        fc.constantFrom('PATH', 'BASH_ENV', 'NODE_OPTIONS', 'LD_PRELOAD', 'RANDOM', 'OPTIND').chain(spelled),
        (before, setter, name) => {
          expect(() => fill(`echo \${v}; ${before}${setter} ${name}`, true)).to.throw(UsageError, UNSUPPORTED)
        },
      ),
    ))

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
