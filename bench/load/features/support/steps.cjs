/** The vocabulary, for users of Artillery. */

require('cucumber-websocket/register')
