/** The formatter of this repository, from its source; a project writes `cucumber-websocket/asyncapi-coverage`. */
require('ts-node/register')
module.exports = require('../../src/coverage/index.ts')
