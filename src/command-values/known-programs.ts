/** Programs that run or evaluate what they are given, by name, and where in their words a value may stand. */

/** What evaluates each of its arguments, or reads names from them: builtins of a shell, and names that are words, too. */
export const EVALUATES_ARGUMENTS =
  /^(?:eval|source|\.|trap|alias|let|enable|hash|bind|complete|compgen|fc|history|jobs|unset|read|readarray|mapfile|getopts|coproc|g?make|script|watch|expect|at|batch|screen|ex|ed|vi|view)$/

/** Builtins of those that only read what they are given. */
export const READS_VALUES = /^(?:trap|unset|read|readarray|mapfile|getopts)$/

/** Builtins of those that change what other words of the line run, or run what they keep. */
export const CHANGES_COMMANDS = /^(?:alias|hash|enable|bind|complete|compgen|fc|history|jobs|coproc)$/

/** What runs or evaluates each of its arguments, here or elsewhere, wherever its name stands. */
export const RUNS_ARGUMENTS =
  /^(?:ssh|xargs|parallel|su|runuser|sg|capsh|tmux|vim|nvim|cmd|powershell|pwsh|tclsh|wish|sqlite|m4|dc)$/

/** Of both, those whose arguments may be lines for a shell. */
export const RUNS_LINES = /^(?:trap|watch|script|su|runuser|sg|capsh|tmux|screen|flock)$/

/** Builtins that set the variables after them. */
export const DECLARES = /^(?:export|declare|typeset|readonly|local)$/

/** What runs none of its words, whatever they are. */
export const RUNS_NOTHING =
  /^(?:echo|printf|test|\[|true|false|:|cat|ls|[ef]?grep|head|tail|wc|cut|tr|tee|diff|cmp|basename|dirname|cd|rm|mkdir|touch|kill|sleep|jq|curl|redis-cli|mosquitto_pub|for|case|export|declare|typeset|readonly|local)$/

/** After these options of theirs, a command or a name that is evaluated. */
export const COMMAND_OPTIONS: ReadonlyMap<string, RegExp> = new Map([
  ...['find', 'gfind'].map((name) => [name, /^-(?:exec|ok)(?:dir)?$/] as const),
  ...['printf', 'test', '['].map((name) => [name, /^-v$/] as const),
])

/** What runs the command after it, how many words of its own may stand before that, options apart, and options without a word. */
export const RUNNERS: readonly (readonly [names: RegExp, least: number, most: number, flags?: RegExp])[] = [
  [/^(?:npx|pnpx|bunx)$/, 0, 0, /^(?:-y|--yes)$/],
  [
    /^(?:env|cross-env|exec|command|builtin|time|nice|nohup|setsid|stdbuf|ionice|sudo|doas|strace|ltrace|unshare|busybox|toybox|dotenv|xvfb-run)$/,
    0,
    0,
  ],
  [
    /^(?:prlimit|setpriv|nsenter|linux(?:32|64)|i386|x86_64|uname26|choom|dbus-run-session|fakeroot|valgrind|systemd-run|faketime|unbuffer|ld(?:-linux|-musl)?[-\w.]*\.so[\d.]*)$/,
    0,
    0,
  ],
  [/^setarch$/, 0, 1],
  [/^(?:timeout|flock|chroot|chrt|taskset|function|perf|pyenv|rbenv|nodenv)$/, 1, 1],
]

/** Those of them that are also words of other commands, as in `docker exec`. */
export const COMMON_WORDS = /^(?:exec|command|builtin|time|function|dotenv|perf)$/

/** A program that runs a script: a file, or the text after an option. */
export interface Interpreter {
  readonly names: RegExp
  /** Options that have no word after them; those that are written with = need not be named. */
  readonly flags?: RegExp
  /** Options before code, or before the name of what is run. */
  readonly script?: RegExp
  /** Whether what follows its script is its own, also after such an option. */
  readonly isScriptLast?: boolean
  /** Other options before a word. */
  readonly withWord?: RegExp
  /** A shell's option that makes a text of what would else be the script's file. */
  readonly inline?: RegExp
  /** An option, or the word after it, that sets a variable of the script. */
  readonly sets?: RegExp
  /** A word before the name of the script. */
  readonly skipped?: RegExp
  /** Scripts that evaluate their arguments or their input, unless they follow what is skipped, and options with their word. */
  readonly evaluates?: RegExp
  /** Whether options may stand behind the script. */
  readonly isPermuted?: boolean
}

/** Modules of Python that evaluate their arguments or what they read. */
const PYTHON_MODULES =
  /^-\w*m (?:timeit|b?pdb|c?profile|trace|runpy|doctest|unittest|pytest|coverage|debugpy|pip|ensurepip|venv|pydoc|inspect|pickle|code|asyncio|idlelib|ipython|zipapp)(?:\.|$)/i

/** What sets variables of a program by an option with NAME=value, or with the name of one of our own. */
export const SETS_VARIABLES =
  /(?:^|[\\/])(?:docker(?:-compose)?|podman(?:-compose)?|nerdctl|kubectl|flatpak)(?:\.exe)?$/i

/** The interpreters that are known; a number at the end of the name is that of a version. */
export const INTERPRETERS: readonly Interpreter[] = [
  {
    names: /^r?(?:ba|da|z|k|mk|a|ya|c|tc)?sh$/,
    flags: /^(?:[-+][abefhklmnpuvx]+|-[abefhiklmnpuvx]*c[abefhiklmnpuvx]*|--(?:login|noprofile|norc|posix|verbose))$/,
    withWord: /^(?:[-+][abefhkmnuvx]*[oO]|--(?:rc|init-)file)$/,
    inline: /^-\w*c/,
  },
  {
    names: /^(?:node(?:js)?|nodemon|tsx|ts-node|electron)$/,
    flags:
      /^(?:-c|--(?:check|enable-source-maps|expose-gc|inspect(?:-brk|-wait)?|no-[\w-]+|pending-deprecation|preserve-symlinks(?:-main)?|throw-deprecation|trace-(?:deprecation|exit|sigint|sync-io|uncaught|warnings)|test-only|watch|experimental-(?:strip-types|transform-types|vm-modules|wasm-modules|websocket|sqlite|require-module)|use-system-ca|permission|frozen-intrinsics))$/,
    script: /^(?:-[pe]+|--eval|--print)$/,
    withWord: /^(?:-[rC]|--require|--import|--(?:experimental-)?loader|--conditions|--env-file)$/,
    evaluates: /^(?:inspect|debug)$/,
  },
  {
    names: /^(?:deno|bun)$/,
    flags: /^(?:-[Aq]|--(?:allow-[\w-]+|quiet|no-[\w-]+|watch|hot))$/,
    script: /^(?:-[pe]|--eval|--print)$/,
    skipped: /^run$/,
    evaluates: /^[^-./][^./]*$/,
  },
  {
    names: /^(?:python|pypy)$/,
    flags: /^-(?:[bBdEIOPqRsSuvx]+|[WX].+)$/,
    script: /^-[bBdEIOPqRsSuvx]*[cm]$/,
    withWord: /^-[WX]$/,
    isScriptLast: true,
    evaluates: PYTHON_MODULES,
  },
  {
    names: /^perl$/,
    flags: /^-(?:[acnpsStTuUwWX]+|[0l][0-7]*|[MmI].+)$/,
    script: /^-[aclnpsStTuUwWX0-7]*[eE]$/,
    withWord: /^-I$/,
    // It opens files that stand behind these as commands, if their names say so.
    evaluates: /^-[aclnpsStTuUwWX0-7]*[anp]/,
  },
  {
    names: /^ruby$/,
    flags: /^-(?:[aclnpsSUwv]+|W\d?|[IrEK].+)$/,
    script: /^-[aclnpsSUwv]*e$/,
    withWord: /^-[IrEC]$/,
    evaluates: /^-[aclnpsSUwv]*[np]/,
  },
  { names: /^php$/, flags: /^-[nqe]+$/, script: /^-[rBREFf]$/, withWord: /^-[cdz]$/ },
  {
    names: /^java$/,
    flags:
      /^-(?:D[\w.-]+(?:=.*)?|X.*|e[as]|enable\w*assertions|server|client|javaagent:.*|showversion|-enable-preview)$/s,
    script: /^(?:-jar|-m|--module)$/,
    isScriptLast: true,
    withWord:
      /^(?:-cp|-p|--?class-path|--module-path|-classpath|--add-(?:opens|exports|modules|reads)|--enable-native-access)$/,
    sets: /^-D[\w.]+=/,
  },
  {
    names: /^[gmn]?awk$/,
    flags: /^(?:-[vF].+|--(?:posix|traditional|re-interval|csv|sandbox))$/s,
    script: /^(?:-f|-e|--source|--file)$/,
    withWord: /^-[vF]$/,
    sets: /^(?:-v)?[a-z_]\w*=/i,
  },
  {
    names: /^g?sed$/,
    flags:
      /^(?:-[nErsuz]+|-[nErsuz]*i.*|--(?:quiet|silent|regexp-extended|debug|posix|separate|unbuffered|null-data|sandbox|follow-symlinks|in-place))$/,
    script: /^(?:-[nErsuz]*[ef]|--expression|--file)$/,
    isPermuted: true,
  },
  {
    names:
      /^(?:fish|lua(?:jit)?|julia|rscript|osascript|groovy|elixir|iex|scala|racket|raku|guile|ocaml|swift|jshell|irb|ipython|gnuplot|octave|mongosh|gdb|lldb)$/,
    script: /^(?:-[eEcf]|--?eval|-ex|--command)$/,
    isPermuted: true,
  },
]

/** A tool some of whose options and words are run. */
export interface Tool {
  readonly names: RegExp
  /** Options that are not run, and whose word, if they have one, is none that is. */
  readonly options: RegExp
  /** An option before the first word, with a folder of its own. */
  readonly folder?: RegExp
  /** Letters of options that are not run, as its first word without a hyphen. */
  readonly bundle?: RegExp
  /** First words behind which a value may stand. */
  readonly subcommands?: RegExp
  /** Whether it also runs what it reads. */
  readonly reads?: boolean
}

export const TOOLS: readonly Tool[] = [
  {
    names: /^git$/,
    folder: /^-C$/,
    options:
      /^(?:-[abBfmnqv]|-am|--(?:all|author|branch|date|depth|force|format|grep|hard|message|oneline|quiet|since|until|soft|no-[\w-]+))$/,
    subcommands:
      /^(?:add|blame|branch|cat-file|checkout|cherry-pick|clone|commit|describe|diff|fetch|grep|log|ls-files|ls-remote|merge|mv|pull|push|reset|restore|rev-list|rev-parse|revert|rm|show|status|switch|tag)$/,
  },
  {
    // The name of a script follows "run"; its words are passed on to it.
    names: /^(?:npm|pnpm|yarn)$/,
    options: /^(?:-s|--silent)$/,
    subcommands: /^(?:run|run-script|test|t|start|stop|restart|view|info)$/,
  },
  {
    names: /^(?:g|bsd)?tar$/,
    bundle: /^[cxtruvzjJpkmhfbC]+$/,
    options: /^(?:-[cxtrvzjJpk]*f?|-C|--(?:file|directory|exclude|create|extract|gzip|strip-components))$/,
  },
  { names: /^g?split$/, options: /^-(?:[abln]|-(?:lines|bytes|number|suffix-length))$/ },
  { names: /^rsync$/, options: /^(?:-[avzrtln]+|--(?:archive|delete|exclude|include|compress))$/ },
  {
    names: /^psql$/,
    options: /^(?:-[vhpUdtAqXw]+|--(?:variable|set|host|port|username|dbname|quiet|no-psqlrc|csv))$/,
    reads: true,
  },
  { names: /^(?:mysql|mariadb)$/, options: /^(?:-[huPDN]|--(?:host|user|port|database|batch|silent))$/, reads: true },
]
