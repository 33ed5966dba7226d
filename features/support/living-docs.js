/** The formatter of this repository, from its source; a project writes `cucumber-websocket/living-docs`. */
// Of two that are registered, each would translate what the other has written.
if (!process[Symbol.for('ts-node.register.instance')]) require('ts-node/register')
module.exports = require('../../src/living-docs/index.ts')
