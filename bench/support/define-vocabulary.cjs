/** Defines all sentences of the library, with the parts of sentences as they are, and does nothing else of what the library does. */

const { readFileSync } = require('node:fs')
const { dirname, join } = require('node:path')
const { Given, defineParameterType } = require('@cucumber/cucumber')

/** A conversation keeps its own time. */
const OPTIONS = { timeout: -1 }

/** Bodies by their patterns; a sentence without one does nothing. */
module.exports = function defineVocabulary(bodies = {}) {
  const library = dirname(require.resolve('cucumber-websocket/package.json'))
  const types = readFileSync(join(library, 'src/vocabulary/parameter-types.ts'), 'utf8')
  for (const [, name, source] of types.matchAll(/name: '(\w+)',\s+regexp:\s+\/(.*)\/,$/gm)) {
    defineParameterType({ name, regexp: new RegExp(source) })
  }
  const page = readFileSync(join(__dirname, '../../docs/vocabulary.md'), 'utf8')
  const patterns = [...page.matchAll(/^\| `(.*?)` \|/gm)].map(([, pattern]) => pattern)
  for (const pattern of Object.keys(bodies)) {
    if (!patterns.includes(pattern)) throw new Error(`No sentence says: ${pattern}`)
  }
  for (const pattern of patterns) {
    const taken = pattern.match(/\{\w+\}|:$/g) ?? []
    const nothing = Object.defineProperty(async () => {}, 'length', { value: taken.length })
    Given(pattern, OPTIONS, bodies[pattern] ?? nothing)
  }
}
