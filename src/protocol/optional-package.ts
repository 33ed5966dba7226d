/** Packages that only one protocol needs, and that are installed by those who speak it. */

import { UsageError } from '../errors'

/**
 * Loads such a package.
 * @param load requires it
 * @throws UsageError that says how to install it, if it is missing
 */
export function optionalPackage<Module>(protocol: string, name: string, load: () => Module): Module {
  try {
    return load()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    throw new UsageError(`The protocol ${protocol} needs the package ${name}: npm install --save-dev ${name}`)
  }
}
