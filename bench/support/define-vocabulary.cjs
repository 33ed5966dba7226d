/** Defines all sentences of the library, with its parameter types, and loads nothing else of it. */

const { readdirSync, readFileSync } = require('node:fs')
const { dirname, join } = require('node:path')
const { Given, defineParameterType } = require('@cucumber/cucumber')

/** A conversation has timeouts of its own. */
const OPTIONS = { timeout: -1 }

/** The pattern of a definition, in either kind of quotes. */
const SENTENCE = /^(?:Given|When|Then)\(\s*(?:'([^']*)'|"([^"]*)")/gm

/** Bodies by their patterns; a sentence without one does nothing. */
module.exports = function defineVocabulary(bodies = {}) {
  const library = dirname(require.resolve('cucumber-websocket/package.json'))
  const types = readFileSync(join(library, 'src/vocabulary/parameter-types.ts'), 'utf8')
  for (const [, name, source] of types.matchAll(/name: '(\w+)',\s+regexp:\s+\/(.*)\/,$/gm)) {
    defineParameterType({ name, regexp: new RegExp(source) })
  }
  const folder = join(library, 'src/vocabulary')
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
  const patterns = sources.flatMap((source) => [...source.matchAll(SENTENCE)].map(([, one, other]) => one ?? other))
  for (const pattern of Object.keys(bodies)) {
    if (!patterns.includes(pattern)) throw new Error(`No sentence has the pattern: ${pattern}`)
  }
  for (const pattern of patterns) {
    const parameters = pattern.match(/\{\w+\}|:$/g) ?? []
    const nothing = Object.defineProperty(async () => {}, 'length', { value: parameters.length })
    Given(pattern, OPTIONS, bodies[pattern] ?? nothing)
  }
}
