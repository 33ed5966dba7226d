/** The same sentences, which do nothing: what is left is Cucumber's own time. */

const { After, Given, Then, When } = require('@cucumber/cucumber')

Given('{word} is connected', async (_name) => {})
When('{word} sends {string}', (_name, _text) => {})
Then('{word} receives {string}', async (_name, _text) => {})
After(async () => {})
