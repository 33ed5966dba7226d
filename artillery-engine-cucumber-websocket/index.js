/** Artillery looks for engines in packages of this name. */
module.exports = require('cucumber-websocket/artillery').ArtilleryEngine
