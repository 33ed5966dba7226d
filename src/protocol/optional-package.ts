/** Packages that only one protocol or codec needs, and that are installed by those who use it. */

import { UsageError } from '../errors'

/**
 * Loads such a package.
 * @param load requires it
 * @param kind what needs it
 * @throws UsageError that says how to install it, if it is missing
 */
export function optionalPackage<Module>(user: string, name: string, load: () => Module, kind = 'protocol'): Module {
  try {
    return load()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    throw new UsageError(`The ${kind} ${user} needs the package ${name}: npm install --save-dev ${name}`)
  }
}
