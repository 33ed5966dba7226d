require('cucumber-websocket/register')
