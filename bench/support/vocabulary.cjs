/** As many sentences as the library has, which do nothing, with parts of the simplest kind: what they take is Cucumber's own. */

const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const { Given, defineParameterType } = require('@cucumber/cucumber')

for (const name of ['client', 'clients', 'message', 'pronoun', 'duration']) defineParameterType({ name, regexp: /\S+/ })

const page = readFileSync(join(__dirname, '../../docs/vocabulary.md'), 'utf8')
for (const [, pattern] of page.matchAll(/^\| `(.*?)` \|/gm)) Given(pattern, () => {})
