/**
 * The least that such sentences can do: hooks around each, a line in the transcript for each sentence and message, messages
 * that wait in an inbox, and a wait that ends in time. A name means one client, a message is a phrase.
 */

const { once } = require('node:events')
const { performance } = require('node:perf_hooks')
const { After, AfterStep, Before, BeforeStep } = require('@cucumber/cucumber')
const { WebSocket } = require('ws')

const TIMEOUT = 5000

Before(function () {
  this.clients = new Map()
  this.transcript = []
})

BeforeStep(function ({ pickleStep }) {
  record(this, 'sentence', '', pickleStep.text)
})

AfterStep({ timeout: -1 }, () => {})

After({ timeout: -1 }, async function () {
  for (const { socket } of this.clients.values()) {
    socket.close()
    await once(socket, 'close')
  }
})

require('./define-vocabulary.cjs')({
  async '{clients} is/are/am/be connected( to the server)'(name) {
    const socket = new WebSocket(process.env.CUCUMBER_WEBSOCKET_URL, { perMessageDeflate: false })
    const client = { socket, unread: [], check: () => {} }
    this.clients.set(name, client)
    socket.on('message', (data) => {
      const text = data.toString()
      record(this, 'receives', name, text)
      client.unread.push(text)
      client.check()
    })
    await once(socket, 'open')
  },

  '{clients} send(s)/say(s) {message}( to the server)'(name, message) {
    const text = JSON.parse(message)
    record(this, 'sends', name, text)
    return new Promise((resolve, reject) => {
      this.clients.get(name).socket.send(text, (error) => (error ? reject(error) : resolve()))
    })
  },

  '{clients} receive(s)/get(s)/see(s) {message}'(name, message) {
    const client = this.clients.get(name)
    const text = JSON.parse(message)
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => reject(new Error(`${name} did not receive ${message}`)), TIMEOUT)
      client.check = () => {
        const index = client.unread.indexOf(text)
        if (index === -1) return
        client.unread.splice(index, 1)
        client.check = () => {}
        clearTimeout(deadline)
        resolve()
      }
      client.check()
    })
  },
})

function record({ transcript }, kind, client, detail) {
  transcript.push({ at: performance.now(), kind, client, detail })
}
