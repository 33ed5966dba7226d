/** Which processes are alive, as the system reports: each is connected to this one until it ends, however it ends. */

import { EventEmitter, once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { portOf } from './ports'

/** Tracks processes that run the code of `tracked`. */
export class ProcessTracker extends EventEmitter {
  /** The names of all that have started. */
  readonly started: string[] = []
  private readonly alive = new Map<string, Socket>()
  private readonly sockets = new Set<Socket>()
  private readonly server = createServer((socket) => {
    socket.on('error', () => {})
    createInterface(socket).on('line', (name) => this.add(name, socket))
    socket.on('close', () => this.remove(socket))
    this.sockets.add(socket)
  })

  async open(): Promise<void> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening')
  }

  close(): Promise<unknown> {
    for (const socket of this.sockets) socket.destroy()
    return new Promise((closed) => this.server.close(closed))
  }

  /** Code of a process that is tracked under this name, and runs what `evaluate` sends it; `then` runs once it is tracked. */
  tracked(name: string, then = ''): string {
    return `require('node:net')
      .connect(${portOf(this.server)}, '127.0.0.1', function () { this.write('${name}\\n'); ${then} })
      .on('data', function (code) { (function () { eval(String(code)) }).call(this) })`
  }

  /** Runs code in the process of this name; its socket is `this`. */
  evaluate(name: string, code: string): void {
    this.alive.get(name)?.write(code)
  }

  /** Resolves when all of these have started. */
  async untilStarted(...names: string[]): Promise<void> {
    while (!names.every((name) => this.started.includes(name))) await once(this, 'change')
  }

  /** Resolves when this one has ended. */
  async untilEnded(name: string): Promise<void> {
    while (this.alive.has(name)) await once(this, 'change')
  }

  /** Resolves when all have ended. */
  async untilAllEnded(): Promise<void> {
    while (this.sockets.size > 0) await once(this, 'change')
  }

  private add(name: string, socket: Socket): void {
    this.started.push(name)
    this.alive.set(name, socket)
    this.emit('change')
  }

  private remove(socket: Socket): void {
    this.sockets.delete(socket)
    for (const [name, other] of this.alive) if (other === socket) this.alive.delete(name)
    this.emit('change')
  }
}
