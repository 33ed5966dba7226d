/** The same sentences, written with bare ws. */

const { once } = require('node:events')
const { After, Given, Then, When } = require('@cucumber/cucumber')
const { WebSocket } = require('ws')

Given('{word} is connected', async function (_name) {
  this.socket = new WebSocket(process.env.CUCUMBER_WEBSOCKET_URL, { perMessageDeflate: false })
  await once(this.socket, 'open')
})

When('{word} sends {string}', function (_name, text) {
  this.answer = once(this.socket, 'message')
  this.socket.send(text)
})

Then('{word} receives {string}', async function (_name, text) {
  if (`${(await this.answer)[0]}` !== text) throw new Error('The server sent something else.')
})

After(async function () {
  this.socket.close()
  await once(this.socket, 'close')
})
