/** Sentences about the way to a server: proxies, redirects, compression and Unix domain sockets. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { After, Given, Then } from '@cucumber/cucumber'
import { expect } from 'chai'
import type { InnerWorld } from './inner-run-steps'
import { type ProxyServer, startProxy } from './proxy-server'
import { type ScriptedServer, startServer } from './scripted-server'

/** What these sentences keep on the World. */
interface WayWorld extends InnerWorld {
  proxy?: ProxyServer
  /** The server that the other one sends everybody to. */
  destination?: ScriptedServer
  folder?: string
}

Given('a proxy', async function (this: WayWorld) {
  this.proxy = await startProxy()
})

Given('a proxy that lets through whoever has the password {string}', async function (this: WayWorld, password: string) {
  this.proxy = await startProxy({ credentials: `rob:${password}` })
})

Given('the environment names the proxy as {word}', function (this: WayWorld, name: string) {
  // Whatever the environment of this run excepts.
  const none = { NO_PROXY: '', no_proxy: '' }
  this.environment = { ...none, ...this.environment, [name]: this.proxy?.url ?? '' }
})

Given('the settings name the proxy', function (this: WayWorld) {
  this.settings = { ...this.settings, proxy: this.proxy?.url }
})

Given('the settings name the proxy with the password {string}', function (this: WayWorld, password: string) {
  this.settings = { ...this.settings, proxy: this.proxy?.url.replace('//', `//rob:${password}@`) }
})

Given('the settings name a proxy that is not there', async function (this: WayWorld) {
  const proxy = await startProxy()
  await proxy.close()
  this.settings = { ...this.settings, proxy: proxy.url }
})

Then('the proxy was asked for the server {int} time(s)', function (this: WayWorld, count: number) {
  const { host } = new URL(this.server?.url ?? '')
  expect(this.proxy?.asked).to.deep.equal(Array(count).fill(host))
})

Given('a server that sends everybody to another one', async function (this: WayWorld) {
  this.destination = await startServer({ opened: (socket) => socket.send(JSON.stringify({ message: 'Here I am' })) })
  this.server = await startServer({ refusal: { status: 307, body: '', location: `${this.destination.url}/here` } })
})

Given('a server that sends everybody to itself', async function (this: WayWorld) {
  this.server = await startServer({ refusal: { status: 307, body: '', location: '/again' } })
})

Given('a server that accepts compression', async function (this: WayWorld) {
  this.server = await startServer({ compresses: true, received: (message, socket) => socket.send(message) })
})

Given('a server at a Unix domain socket', async function (this: WayWorld) {
  this.folder = await mkdtemp(join(tmpdir(), 'socket-'))
  this.server = await startServer({
    socket: join(this.folder, 'app.sock'),
    opened: (socket, _, { url }) => socket.send(JSON.stringify({ message: `You came to ${url}` })),
    requested: ({ method, url }) => `${method} ${url}`,
  })
})

After(async function (this: WayWorld) {
  await this.proxy?.close()
  await this.destination?.close()
  if (this.folder) await rm(this.folder, { recursive: true })
})
