/** Sentences that start a small server; the scenario's clients connect to it. */

import { After, Given } from '@cucumber/cucumber'
import type { WebSocket } from 'ws'
import { conversationOf } from '../../src'
import { GARBAGE, type Script, type ScriptedServer, startServer, UNFINISHED_MESSAGE } from './scripted-server'

/** What these sentences keep on the World. */
export interface ScriptedWorld {
  server?: ScriptedServer
}

Given('a server that answers each message with the same', function (this: ScriptedWorld) {
  return serve(this, { received: (message, socket) => socket.send(message) })
})

Given('a server that says {string} to everyone who comes', function (this: ScriptedWorld, greeting: string) {
  return serve(this, { opened: (socket) => socket.send(greeting) })
})

Given('a server that tells everyone who comes how they came', function (this: ScriptedWorld) {
  return serve(this, { opened: (socket, _, { url, headers }) => socket.send(JSON.stringify({ url, headers })) })
})

Given('a server that lets nobody in, with status {int}', function (this: ScriptedWorld, status: number) {
  return serve(this, { refusal: { status, body: 'Who are you?' } })
})

Given('a server that chooses the subprotocol {string}', function (this: ScriptedWorld, subprotocol: string) {
  return serve(this, { subprotocol })
})

Given(
  'a server that disconnects whoever speaks, with {int} {string}',
  function (this: ScriptedWorld, code: number, reason: string) {
    return serve(this, { received: (_, socket) => socket.close(code, reason) })
  },
)

Given('a server that tells everyone what somebody says, {int} ms later', function (this: ScriptedWorld, late: number) {
  const everyone = new Set<{ send(message: string | Buffer): void }>()
  return serve(this, {
    opened: (socket) => everyone.add(socket),
    received: (message) => {
      setTimeout(() => {
        for (const socket of everyone) socket.send(message)
      }, late)
    },
  })
})

Given('a server that tells whoever comes who has left, for {int} ms', function (this: ScriptedWorld, duration: number) {
  let left = Number.NEGATIVE_INFINITY
  return serve(this, {
    opened: (socket) => {
      if (performance.now() - left < duration) socket.send('Somebody has left')
      socket.on('close', () => {
        left = performance.now()
      })
    },
  })
})

Given('a server that tells everyone in a room what somebody says there', function (this: ScriptedWorld) {
  const rooms = new Map<string | undefined, Set<WebSocket>>()
  const roomOf = (socket: WebSocket) => [...rooms.values()].find((room) => room.has(socket)) ?? []
  return serve(this, {
    opened: (socket, _, { url }) => rooms.set(url, (rooms.get(url) ?? new Set()).add(socket)),
    received: (message, speaker) => {
      for (const socket of roomOf(speaker)) socket.send(message)
    },
  })
})

Given('a server that answers with an unfinished message and cuts the line', function (this: ScriptedWorld) {
  return serve(this, { received: (_, __, raw) => raw.write(UNFINISHED_MESSAGE, () => raw.resetAndDestroy()) })
})

Given('a server that resets the connection when somebody speaks', function (this: ScriptedWorld) {
  return serve(this, { received: (_, __, raw) => raw.resetAndDestroy() })
})

Given('a server that answers with garbage', function (this: ScriptedWorld) {
  return serve(this, { received: (_, __, raw) => raw.write(GARBAGE) })
})

Given('a server that answers each request with {string}', function (this: ScriptedWorld, body: string) {
  return serve(this, { requested: () => body })
})

After(async function (this: ScriptedWorld) {
  await this.server?.close()
})

async function serve(world: ScriptedWorld, script: Script): Promise<void> {
  const [before, server] = [world.server, await startServer(script)]
  world.server = { url: server.url, close: async () => void (await Promise.all([before?.close(), server.close()])) }
  const conversation = conversationOf(world)
  conversation.setServerUrl(world.server.url)
  conversation.variables.set('server', world.server.url)
}
