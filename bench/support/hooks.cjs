/** The same sentences, with hooks as the library has them; none does anything. */

const { After, AfterStep, Before, BeforeStep } = require('@cucumber/cucumber')
require('./define-vocabulary.cjs')()

Before(() => {})
BeforeStep(() => {})
AfterStep({ timeout: -1 }, () => {})
After({ timeout: -1 }, async () => {})
