/** The engine as it is in src: the features load the library from there, too. */

require('ts-node/register/transpile-only')
module.exports = require('../../src/artillery').ArtilleryEngine
