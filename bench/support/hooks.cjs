/** The same sentences and hooks as the library's, empty. */

const { After, AfterStep, Before, BeforeStep } = require('@cucumber/cucumber')
require('./vocabulary.cjs')

Before(() => {})
BeforeStep(() => {})
AfterStep({ timeout: -1 }, () => {})
After({ timeout: -1 }, async () => {})
