/** The transports, each loaded when it is first needed: Cucumber starts sooner, and a dry run needs none of them. */

import type { Connect, Tls } from '../conversation/connection'
import type { Programs } from '../conversation/programs'
import type { Request } from '../conversation/request'
import type { Certificates } from './certificates'

/**
 * The certificates that the settings name, read at once, so that a wrong one is told at the start.
 * @throws Mistake for a file that is not there, is no PEM, or does not go with the others
 */
export function certificatesOnDemand(tls: Tls): Certificates {
  if (Object.keys(tls).length === 0) return {}
  return (require('./certificates') as typeof import('./certificates')).certificatesOf(tls)
}

/** WebSockets, by the library ws. */
export function webSocketsOnDemand(certificates: Certificates): Connect {
  let connect: Connect | undefined
  return (...connecting) => {
    connect ??= (require('./ws') as typeof import('./ws')).webSockets(certificates)
    return connect(...connecting)
  }
}

/** HTTP requests, by the library undici. */
export function httpRequestsOnDemand(certificates: Certificates): Request {
  let request: Request | undefined
  return (...asking) => {
    request ??= (require('./http') as typeof import('./http')).httpRequests(certificates)
    return request(...asking)
  }
}

/** Programs and commands on this machine; where none was started, there is none to stop. */
export function programsOnDemand(): Programs {
  let loaded: Programs | undefined
  const programs = () => {
    const { LocalPrograms } = require('./programs') as typeof import('./programs')
    loaded ??= new LocalPrograms()
    return loaded
  }
  return {
    start: (...program) => programs().start(...program),
    run: (...command) => programs().run(...command),
    stop: async (onlyUnkept) => loaded?.stop(onlyUnkept),
    fallen: async () => loaded?.fallen() ?? [],
  }
}
