import { expect } from 'chai'
import { loadsCode } from './loading-variables'

const LOADING = [
  ...['PATH', 'Path', 'LD_PRELOAD', 'LD_AUDIT', 'DYLD_INSERT_LIBRARIES', 'OPENSSL_CONF', 'GTK_MODULES'],
  ...['SHELL', 'ENV', 'BASH_ENV', 'BASH_FUNC_ls%%', 'IFS', 'PS4', 'PROMPT_COMMAND', 'ZDOTDIR'],
  ...['EDITOR', 'VISUAL', 'PAGER', 'GIT_EDITOR', 'GIT_SEQUENCE_EDITOR', 'GIT_PAGER', 'MANPAGER', 'BROWSER', 'LESSOPEN'],
  ...[
    'GIT_SSH',
    'GIT_SSH_COMMAND',
    'GIT_CONFIG_COUNT',
    'GIT_CONFIG_KEY_0',
    'GIT_EXEC_PATH',
    'GIT_PROXY_COMMAND',
    'SSH_ASKPASS',
  ],
  ...[
    'NODE_OPTIONS',
    'NODE_PATH',
    'npm_config_node_options',
    'NPM_CONFIG_SCRIPT_SHELL',
    'YARN_YARN_PATH',
    'BUN_INSPECT_PRELOAD',
  ],
  ...[
    'PYTHONSTARTUP',
    'PYTHONPATH',
    'PYTHONHOME',
    'PYTHONWARNINGS',
    'PERL5OPT',
    'PERL5LIB',
    'PERL5DB',
    'RUBYOPT',
    'RUBYLIB',
  ],
  ...[
    'JAVA_TOOL_OPTIONS',
    '_JAVA_OPTIONS',
    'JDK_JAVA_OPTIONS',
    'JAVA_OPTS',
    'GRADLE_OPTS',
    'CLASSPATH',
    'PHPRC',
    'LUA_INIT',
  ],
  ...[
    'DOTNET_STARTUP_HOOKS',
    'CORECLR_PROFILER_PATH',
    'COR_PROFILER',
    'RUSTC_WRAPPER',
    'MAKEFLAGS',
    'GOFLAGS',
    'VIMINIT',
  ],
]

const OTHERS = [
  ...[
    'PORT',
    'HOST',
    'URL',
    'TOKEN',
    'USER',
    'NODE_ENV',
    'LANG',
    'TZ',
    'ROOM_PATH',
    'OPTIONAL',
    'GIT_AUTHOR_NAME',
    'GIT_BRANCH',
  ],
  ...['SESSION', 'ENVIRONMENT', 'npmrc', 'CARD', 'GOAL', 'PS', 'HTTP_PROXY', 'SSH_HOST', 'SHELLS'],
]

describe('Variables of the environment', () => {
  it('say what is loaded or run', () => {
    expect(LOADING.filter((name) => !loadsCode(name))).to.deep.equal([])
  })

  it('are others', () => {
    expect(OTHERS.filter(loadsCode)).to.deep.equal([])
  })
})
