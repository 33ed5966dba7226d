/** The same sentences, which do nothing: what is left is Cucumber's own time. */

const { Given, Then, When } = require('@cucumber/cucumber')

Given('{word} is connected', async (_name) => {})
When('{word} sends {string}', async (_name, _text) => {})
Then('{word} receives {string}', async (_name, _text) => {})
