/** The vocabulary, as Cucumber knows it when a project has loaded nothing else. */

import { randomUUID } from 'node:crypto'
import { supportCodeLibraryBuilder } from '@cucumber/cucumber'

/** What registers itself while it is loaded, and what remembers whom it has registered with. */
const REGISTERING = /src\/(?:register|define-sentences|suggestions\/explanations|(?:system-)?vocabulary\/[\w-]+)\.ts$/

/**
 * Registers the vocabulary, whatever other tests of this process have registered.
 * @param root the folder that places of definitions are told from
 */
export function registerVocabulary(root = ''): ReturnType<typeof supportCodeLibraryBuilder.finalize> {
  supportCodeLibraryBuilder.reset(root, randomUUID)
  for (const file of Object.keys(require.cache)) {
    if (REGISTERING.test(file.replaceAll('\\', '/'))) delete require.cache[file]
  }
  require('../../src/register')
  return supportCodeLibraryBuilder.finalize()
}
