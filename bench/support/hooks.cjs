/** Empty sentences among the hooks that the library has, which do nothing. */

const { After, AfterStep, Before, BeforeStep } = require('@cucumber/cucumber')
require('./empty.cjs')

Before(() => {})
BeforeStep(() => {})
AfterStep(async () => {})
After(async () => {})
