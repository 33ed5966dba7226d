/** A server that echoes to all, and steps that end in every way. */

import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AfterAll, Before, BeforeAll, Given, Then } from '@cucumber/cucumber'
import { WebSocketServer } from 'ws'
import { conversationOf } from '../../../../src'
import '../../../../src/register'

const MARKUP = '</svg><script>alert(3)</script>'

let server: WebSocketServer

BeforeAll(async () => {
  const verifyClient = ({ req }: { req: IncomingMessage }) => !req.url?.includes('closed')
  server = new WebSocketServer({ host: '127.0.0.1', port: 0, verifyClient })
  server.on('connection', (client) => {
    client.on('message', (data) => {
      const text = data.toString()
      if (text.includes('log me in')) client.send('{"token":"hunter2","expires":60}')
      else if (text.includes('kick')) client.close(4001, MARKUP)
      else if (text.includes('megabyte')) client.send(JSON.stringify({ message: 'x'.repeat(1_000_000) }))
      else for (const each of server.clients) each.send(text)
    })
  })
  await once(server, 'listening')
  process.env.CUCUMBER_WEBSOCKET_URL = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/?name=\${client}`
})

AfterAll(() => server.close())

Before({ tags: '@attached' }, function () {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><script>alert(4)</script>' +
    '<image href="https://example.org/picture.png"/><circle r="20"/>' +
    '<a href="javascript:alert(5)"><text y="20">A drawing</text></a>' +
    '<foreignObject><iframe src="https://example.org"></iframe></foreignObject></svg>'
  this.attach(Buffer.from(svg), { mediaType: 'image/svg+xml', fileName: 'A "<drawing>' })
  this.attach('<b>bold</b><script>alert(6)</script>', 'text/html')
  this.attach('# links\njavascript:alert(7)\n java\tscript:alert(12)\nhttps://example.org/order', 'text/uri-list')
  this.attach('{"order": 12}', { mediaType: 'application/json', fileName: 'The order' })
  this.attach(Buffer.from([1, 2, 3]), { mediaType: 'application/zip', fileName: 'order.zip' })
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  this.attach(pixel, { mediaType: 'base64:image/png', fileName: 'A pixel' })
  this.log('<i>logged</i>')
})

Before(function ({ pickle }) {
  if (pickle.name !== 'A reason for closing') return
  const conversation =
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="50">' +
    '<style>@import "https://example.org/a.css"; * { fill: url(https://example.org/b.svg) }</style>' +
    '<filter id="f"><feImage href="https://example.org/c.png"/></filter>' +
    '<image href="https://example.org/d.png"/><image xlink:href="https://example.org/e.png"/>' +
    '<use href="https://example.org/f.svg#g"/><rect fill="url(https://example.org/h.svg#i)" width="9" height="9"/>' +
    '<g filter="url(https://example.org/j.svg#k)" mask="url(https://example.org/l.svg#m)"><rect width="9" height="9"/></g>' +
    '<path marker-end="url(https://example.org/n.svg#o)" clip-path="url(https://example.org/p.svg#q)" d="M0 0H9"/>' +
    '<circle r="9" style="fill: url(https://example.org/r.svg#s)" cursor="url(https://example.org/t.png), auto"/>' +
    '<rect stroke="\\75rl(https://example.org/u.svg#v)" fill="URL( https://example.org/w.svg#x)" width="9" height="9"/>' +
    '<animate attributeName="fill" to="url(https://example.org/y.svg#z)"/><text y="20">Foreign words</text></svg>'
  this.attach(Buffer.from(conversation), { mediaType: 'image/svg+xml', fileName: 'Conversation: of others' })
})

Given('Rob sends what cannot be shown', async function (this: object) {
  // NUL, an escape, half a letter, and marks that turn the direction of writing.
  await conversationOf(this).client('Rob').send({ message: '\u0000\u001b[31m\ud800 \u202eturned ]]> </svg> </script>' })
})

let tries = 0
Then('it passes the second time', () => {
  if (tries++ === 0) throw new Error('This was the first time.')
})
Then('it is pending', (_below: string) => 'pending')
Then('it is ambi(g)uous', () => {})
Then('it is ambiguous', () => {})
Then('it fails', () => {
  throw new Error('It failed as it should.')
})
