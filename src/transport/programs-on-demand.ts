/** Programs, whose code is loaded when the first is started: few features run any. */

import type { Programs } from '../conversation/programs'

/** Programs and commands on this machine, as long as there are any. */
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
