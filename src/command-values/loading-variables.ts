/** Variables of the environment by which the system, a shell, an interpreter or a tool is told what to load and run. */

/** Their names, as regular expressions; for what they belong to. */
const PATTERNS = [
  // The system, its loader and its desktop, and the folders of their configuration.
  'PATH|PATHEXT|COMSPEC|HOME|USERPROFILE|(?:LOCAL)?APPDATA|XDG_.*|LIBPATH|SHLIB_PATH|GCONV_PATH|NLSPATH|LD_.*|DYLD_.*|_RLD.*|INPUTRC',
  'GTK.*_(?:PATH|MODULES)|GIO_(?:EXTRA_MODULES|MODULE_DIR)|GST_PLUGIN_.*|QT_.*PLUGIN.*|OPENSSL_(?:CONF|ENGINES|MODULES)',
  // Shells.
  'ENV|BASH.*|SHELLOPTS|ZDOTDIR|FPATH|CDPATH|IFS|PS[0-4]|PROMPT_COMMAND',
  // What a tool starts, by the end of the name: an editor, a pager, a connection, options.
  '(?:.*_)?(?:SHELL|EDITOR|PAGER|ASKPASS|SSH|RSH|COMMAND|PRELOAD|WRAPPER|OPTIONS|OPTS)|VISUAL|BROWSER|LESS(?:OPEN|CLOSE|KEY.*)?',
  'GIT_(?:CONFIG.*|SSH.*|EXEC_PATH|EXTERNAL_DIFF|TEMPLATE_DIR|DIR|COMMON_DIR|ALLOW_PROTOCOL)|SSH_SK_(?:PROVIDER|HELPER)|RSYNC_CONNECT_PROG',
  'DOCKER_(?:HOST|CONFIG)|KUBECONFIG|AWS_CONFIG_FILE|ANSIBLE_.*|TF_CLI_.*|CLOUDSDK_.*',
  // Interpreters and their package managers.
  'NODE_PATH|NODE_REPL_.*|npm_.*|YARN_.*|PNPM_.*|COREPACK_.*|BUN_.*|DENO_.*|TS_NODE_.*|ELECTRON_.*|ESBUILD_.*',
  'PYTHON.*|PIP_.*|UV_.*|VIRTUAL_ENV|CONDA_.*|PERL.*|RUBY.*|GEM_.*|BUNDLE_.*|PHPRC|PHP_.*|LUA_.*|R_(?:PROFILE|ENVIRON|HOME|LIBS).*|JULIA_.*|TCLLIBPATH',
  'CLASSPATH|JAVA_HOME|JDK_HOME|M2_HOME|MAVEN_.*|GRADLE_.*|DOTNET_.*|COMPLUS_.*|CORECLR_.*|COR_.*|MSBUILD.*|ERL_.*|ELIXIR_.*',
  'MANPAGER|VIM|VIMINIT|VIMRUNTIME|EXINIT|EMACSLOADPATH',
  // Compilers and what builds.
  'MAKE(?:FLAGS|FILES)|(?:C|CXX|CPP|LD|AS|AR)FLAGS|CC|CXX|LD|AR|CARGO_.*|RUST.*',
  'GO(?:BIN|ENV|FLAGS|PATH|PROXY|ROOT|SUMDB|TOOLCHAIN|TOOLDIR)',
]

const LOADS_CODE = new RegExp(`^(?:${PATTERNS.join('|')})$`, 'i')

/** Whether a variable of the environment says what is loaded or run; in any case, as Windows reads it. */
export function loadsCode(name: string): boolean {
  return LOADS_CODE.test(name)
}
