/** All sentences of the library, with the parts of sentences as they are; none of them does anything. What they take is Cucumber's own. */

const { readFileSync } = require('node:fs')
const { dirname, join } = require('node:path')
const { Given, defineParameterType } = require('@cucumber/cucumber')

const library = dirname(require.resolve('cucumber-websocket/package.json'))
const types = readFileSync(join(library, 'src/vocabulary/parameter-types.ts'), 'utf8')
for (const [, name, source] of types.matchAll(/name: '(\w+)',\s+regexp:\s+\/(.*)\/,$/gm)) {
  defineParameterType({ name, regexp: new RegExp(source) })
}

const page = readFileSync(join(__dirname, '../../docs/vocabulary.md'), 'utf8')
for (const [, pattern] of page.matchAll(/^\| `(.*?)` \|/gm)) {
  const taken = pattern.match(/\{\w+\}|:$/g) ?? []
  Given(
    pattern,
    Object.defineProperty(async () => {}, 'length', { value: taken.length }),
  )
}
