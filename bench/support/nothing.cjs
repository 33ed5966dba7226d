const { Given } = require('@cucumber/cucumber')

Given('nothing happens', () => {})
