/** The formatter of this repository, from its source; a project writes `cucumber-websocket/living-docs`. */
require('ts-node/register')
module.exports = require('../../src/living-docs/index.ts')
