/** The transports, each loaded when it is first needed: Cucumber starts sooner, and a dry run needs none of them. */

import type { OpenConnection, ProtocolSetting, SpokenProtocol, TlsSettings } from '../connection/connection'
import type { SendRequest } from '../http/send-request'
import { lazyFunctions } from '../lazy-functions'
import type { ProjectFiles } from '../messages/project-files'
import type { Programs } from '../processes/programs'
import type * as KnownProtocols from '../protocol/known-protocols'
import type { NamedProtocols } from '../protocol/known-protocols'
import type * as ProtocolTransport from '../protocol-transport/protocol-transport'
import type { Certificates } from './certificates'
import type { ChooseProxy } from './proxies'
import type { SocketSettings } from './ws'

/**
 * The certificates that the settings name, read at once, so that a wrong one is reported at the start.
 * @throws UsageError for a file that is missing, is not PEM, or does not go with the others
 */
export function lazyCertificates(tls: TlsSettings): Certificates {
  if (Object.keys(tls).length === 0) return {}
  return (require('./certificates') as typeof import('./certificates')).loadCertificates(tls)
}

const PROXY_VARIABLES = /^(?:https?|all)_proxy$/i

/**
 * Which proxy is used for an address; undefined where neither the settings nor the environment name any.
 * @param setting an address, or `false` for none
 */
export function lazyProxies(setting: string | false | undefined): ChooseProxy | undefined {
  if (setting === false) return undefined
  if (setting === undefined && !Object.keys(process.env).some((name) => PROXY_VARIABLES.test(name))) return undefined
  const { chooseProxies } = require('./proxies') as typeof import('./proxies')
  return chooseProxies(setting)
}

/** WebSockets, by the library ws. */
export function lazyWebSockets(certificates: Certificates, settings: SocketSettings): OpenConnection {
  let openConnection: OpenConnection | undefined
  return (...options) => {
    openConnection ??= (require('./ws') as typeof import('./ws')).webSockets(certificates, settings)
    return openConnection(...options)
  }
}

const { speaking } = lazyFunctions<typeof ProtocolTransport>(() => require('../protocol-transport/protocol-transport'))
const { chooseProtocol } = lazyFunctions<typeof KnownProtocols>(() => require('../protocol/known-protocols'))

/** The same in a protocol; `named` are those of the settings, and codecs read `files`. */
export function lazyProtocols(
  openConnection: OpenConnection,
  named: NamedProtocols,
  files: Pick<ProjectFiles, 'read'>,
): (protocol: ProtocolSetting) => SpokenProtocol {
  return (setting) =>
    speaking(
      chooseProtocol(setting, named, (path) => files.read(path)),
      openConnection,
    )
}

/** HTTP requests, by Node's own client. */
export function lazyHttpClient(certificates: Certificates, chooseProxy: ChooseProxy | undefined): SendRequest {
  let sendRequest: SendRequest | undefined
  return (...options) => {
    sendRequest ??= (require('./http') as typeof import('./http')).httpClient(certificates, chooseProxy)
    return sendRequest(...options)
  }
}

/** The project's files; `messages` is the folder of its named messages. */
export function lazyProjectFiles(messages: string): ProjectFiles {
  const project = process.cwd()
  let loaded: ProjectFiles | undefined
  const load = (): ProjectFiles => {
    loaded ??= (require('./project-files') as typeof import('./project-files')).projectFiles(messages, project)
    return loaded
  }
  return { read: (...options) => load().read(...options), message: (name) => load().message(name) }
}

/** Programs and commands on this machine; where none was started, there is none to stop. */
function lazyPrograms(): Programs {
  let loaded: Programs | undefined
  const load = (): Programs => {
    const { LocalPrograms } = require('../programs/local-programs') as typeof import('../programs/local-programs')
    loaded ??= new LocalPrograms()
    return loaded
  }
  return {
    start: (...program) => load().start(...program),
    run: (...command) => load().run(...command),
    end: (...program) => load().end(...program),
    startAgain: (...program) => load().startAgain(...program),
    requireRunning: (...program) => load().requireRunning(...program),
    requirePrinted: (...program) => load().requirePrinted(...program),
    serves: (...program) => load().serves(...program),
    isListening: (...address) => load().isListening(...address),
    freePort: () => load().freePort(),
    stop: async (options) => loaded?.stop(options),
    takeCrashes: async (names) => loaded?.takeCrashes(names) ?? [],
    untilIdle: async (names, timeout) => loaded?.untilIdle(names, timeout),
  }
}

/** Shared by the whole run, since some programs are kept from one scenario to the next. */
export const programs = lazyPrograms()
