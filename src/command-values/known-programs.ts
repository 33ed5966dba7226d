/** Programs that read their arguments as code, or run what they say: by name, and where a value that a server has sent may stand. */

/** Shells, and what evaluates like one; also a batch file of Windows, which a shell reads with its arguments. */
const SHELL =
  /^(?:r?(?:ba|da|z|k|mk|lk|pdk|ok|a|o|y|hu|ya|c|tc|git-ba|xon)?sh|fish|elvish|nushell|busybox|toybox|eval|cmd|powershell|pwsh|pwsh-preview|wsl|.*\.(?:bat|cmd))$/

/** Names of programs that mean nothing else, wherever they stand in a command. */
const RUNNER = new RegExp(
  `^(?:${[
    // What runs the program after it, here or elsewhere.
    'cross-env(?:-shell)?|sudo|doas|runuser|pkexec|ionice|nohup|setsid|stdbuf|xargs|flock|chroot|chrt|taskset|unshare|nsenter',
    'tini|dumb-init|catatonit|gosu|su-exec|cgexec|numactl|firejail|bwrap|proot|rlwrap|dtach|chronic|catchsegv|logsave|heaptrack',
    'run-parts|start-stop-daemon|rustup|gdbserver|setpriv|setarch|linux(?:32|64)|prlimit|capsh|choom|systemd-run|xvfb-run|dbus-run-session|fakeroot|unbuffer|tmux|entr',
    'watchexec|strace|ltrace|valgrind|faketime|ld(?:-linux|-musl)?[-\\w.]*\\.so',
    'ssh|sshpass|autossh|mosh|rsh|docker(?:-compose)?|podman(?:-compose)?|nerdctl|kubectl|flatpak|ansible[\\w-]*|vagrant',
    'npm|npx|pnpm|pnpx|yarn|yarnpkg|bunx|corepack|lerna|concurrently|npm-run-all|run-[ps]|nodemon|ts-node-dev|tsnd|pm2|dotenvx?',
    'electron|pyenv|rbenv|nodenv|nvm|asdf|direnv|poetry|pipenv|pipx|uvx|pytest|tox|nox|gmake|mvnw?|gradlew?|cargo',
    'esno|jiti|vite-node|babel-node|node-dev|mocha|jest|vitest|cucumber-js|nyc|c8|k6|websocat|socat',
    'mshta|wscript|cscript|rundll32|regsvr32|msbuild|schtasks|crontab|systemctl',
    // What evaluates its arguments, its files or its input.
    'perl|[gmn]?awk|g?sed|tclsh|wish|osascript|groovy(?:sh|console)?|elixir|iex|escript|raku|guile|racket|ocaml|ghci|runghc|kotlin',
    'jimsh|clojure|sbcl|janet|gforth|jshell|irb|ipython|jupyter|gnuplot|octave|matlab|maxima|rscript|julia|gdb|lldb|cgdb|nvim|vim|magick|mogrify|jq|yq|gojq',
    'sqlite|psql|mysql|mariadb|mongo|mongosh|duckdb|sqlplus|clickhouse(?:-client)?|git|rsync|gfind|gtar|bsdtar|gsplit',
  ].join('|')})$`,
)

/** Programs of both kinds whose names are common words, so that they are known by their place alone. */
const RUNNER_BY_PLACE =
  /^(?:env|command|exec|builtin|source|\.|function|nice|time|g?timeout|su|sg|doas|watch|script|screen|parallel|perf|rr|find|fd|fdfind|at|batch|start|open|xdg-open|make|cmake|ninja|rake|gulp|grunt|just|task|ant|sbt|lein|bazel|go|mix|bundle|uv|pip|conda|mise|volta|nx|turbo|foreman|forever|terraform|helm|lxc|oc|7z|nix[\w-]*|tar|zip|split|vi|view|ex|ed|emacs|m4|dc|bc|r|expect|swift|scala|erl|gp|pry|nu|rc|bb|nim|coffee|es|ion|hg|svn|scp|sftp|i386|x86_64)$/

/** A program that reads a script's file, and passes on what stands behind it. */
interface Interpreter {
  readonly names: RegExp
  /** What may stand before the file: options that have no word of their own, or have it behind =. */
  readonly before?: RegExp
}

const INTERPRETERS: readonly Interpreter[] = [
  {
    names: /^(?:node|nodejs|tsx|ts-node)$/,
    before:
      /^--(?:enable-source-maps|no-warnings|no-deprecation|expose-gc|experimental-(?:strip|transform)-types|esm|transpile-only|(?:require|import|loader|env-file|env-file-if-exists|conditions|tsconfig|project|max-old-space-size)=.+)$/,
  },
  {
    names: /^deno$/,
    before: /^(?:run|-A|-q|--quiet|--(?:allow|deny)-[\w-]+(?:=.+)?|--no-(?:check|lock|prompt|remote))$/,
  },
  { names: /^bun$/, before: /^(?:run|--silent|--env-file=.+)$/ },
  { names: /^(?:pythonw?|pypy|py)$/, before: /^-[bBdEIOPqRsSuv]+$/ },
  { names: /^ruby$/, before: /^-(?:w|W\d)$/ },
  {
    names: /^javaw?$/,
    before: /^-(?:jar|X\S+|D[\w.-]+=.+|ea|server|-enable-preview|-class-path=.+)$/,
  },
  { names: /^(?:php|lua|luajit|dotnet)$/ },
]

/** What passes the words behind -- on to a program of the project, by its name and the words before that. */
const PASSES_ON: readonly (readonly [name: RegExp, words: RegExp])[] = [
  [/^npm$/, /^(?:test|t|start|stop|restart)(?: |$)/],
  // Without the name of a script, the first word behind -- is that.
  [/^npm$/, /^run(?:-script)? (?:(?:-s|--silent|--if-present|--[\w-]+=\S*) )*[^\s-]/],
  [/^(?:cargo|dotnet)$/, /^run(?: |$)/],
]

/** The name of a program without its folder and the ending that it has on Windows, as it is and without its version. */
function namesOf(program: string): readonly [string, string] {
  const name = program
    .replace(/^.*[\\/]/s, '')
    .toLowerCase()
    .replace(/(?:(?<=.)@.*|\.exe)$/s, '')
  return [name, name.replace(/(?<=[a-z])[-.]?\d[\d.]*$/, '')]
}

/** The first shell that a text names. */
export function shellIn(text: string): string | undefined {
  const words = text.split(/[^\w.\\/+-]+/)
  return words.find((word) => namesOf(word).some((name) => SHELL.test(name)))
}

/** The first program that is named by a word of a text and runs, or evaluates, what it is given. */
export function runnerIn(text: string): string | undefined {
  const names = text.split(/[\s=;|&]+/).flatMap(namesOf)
  return names.find((name) => RUNNER.test(name) || interpreterNamed(name) !== undefined)
}

/** Whether a program may run, or evaluate, what its arguments say. */
export function runsArguments(program: string): boolean {
  return namesOf(program).some((name) => RUNNER.test(name) || RUNNER_BY_PLACE.test(name))
}

/** The interpreter that a program is. */
export function interpreterNamed(program: string): Interpreter | undefined {
  const [, name] = namesOf(program)
  return INTERPRETERS.find(({ names }) => names.test(name))
}

/** Whether what stands behind -- is passed on to a program of the project. */
export function passesOn(program: string, before: readonly string[]): boolean {
  const [name] = namesOf(program)
  return PASSES_ON.some(([names, words]) => names.test(name) && words.test(before.join(' ')))
}

/** Whether a program is one that runs the package after it. */
export function runsPackage(program: string): boolean {
  return namesOf(program)[0] === 'npx'
}
